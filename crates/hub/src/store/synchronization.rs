//! Synchronizations: one fetch for one account, from asked to done.

use db::{DbError, Row, Tx};
use domain::{AccountId, OrganizationId, SynchronizationId, Timestamp};

use super::read;

/// A stored synchronization.
#[derive(Debug, Clone)]
pub struct Synchronization {
    /// Its id.
    pub id: SynchronizationId,
    /// Its account.
    pub account: AccountId,
    /// What it fetches.
    pub subtype: Subtype,
    /// Where it stands.
    pub status: Status,
    /// Whether a person asked for it.
    pub attended: bool,
    /// The person's address, only until it is done.
    pub psu_ip: Option<String>,
    /// Asked.
    pub created_at: Timestamp,
    /// Last moved.
    pub updated_at: Timestamp,
    /// Pages fetched so far.
    pub pages: i64,
    /// Rows read so far.
    pub rows_read: i64,
    /// Transactions it added.
    pub created_count: i64,
    /// Transactions it corrected or withdrew.
    pub updated_count: i64,
    /// The stretch of the account's change feed that it wrote: after the first, through the second.
    pub changes: Option<(i64, i64)>,
    /// Why it failed.
    pub error: Option<SynchronizationError>,
}

/// Why a synchronization failed, for a person and for the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynchronizationError {
    /// Stable code, such as `authorizationExpired`.
    pub code: String,
    /// What happened and what to do.
    pub detail: String,
    /// The bank's own reply as JSON, in the shape of the wire's `financialInstitutionResponse`.
    pub reply: Option<String>,
}

/// What a synchronization changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// What it fetched.
    pub subtype: Subtype,
    /// Booked transactions added.
    pub created: i64,
    /// Booked transactions corrected, withdrawn or reinstated.
    pub updated: i64,
    /// Announced transactions added.
    pub pending_created: i64,
    /// Announced transactions changed.
    pub pending_updated: i64,
    /// Whether something that is told of the account itself changed.
    pub details_updated: bool,
}

/// What is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subtype {
    /// Balances and details.
    AccountDetails,
    /// Booked transactions.
    AccountTransactions,
    /// Booked and pending transactions.
    AccountTransactionsWithUnsettled,
}

impl Subtype {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Subtype::AccountDetails => "accountDetails",
            Subtype::AccountTransactions => "accountTransactions",
            Subtype::AccountTransactionsWithUnsettled => "accountTransactionsWithUnsettled",
        }
    }

    /// Reads the word on the wire.
    pub fn parse(text: &str) -> Option<Subtype> {
        match text {
            "accountDetails" => Some(Subtype::AccountDetails),
            "accountTransactions" => Some(Subtype::AccountTransactions),
            "accountTransactionsWithUnsettled" => Some(Subtype::AccountTransactionsWithUnsettled),
            _ => None,
        }
    }
}

/// Where a synchronization stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Asked, not begun.
    Pending,
    /// Begun.
    Running,
    /// Done.
    Success,
    /// Failed.
    Error,
}

impl Status {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Pending => "pending",
            Status::Running => "running",
            Status::Success => "success",
            Status::Error => "error",
        }
    }

    fn parse(text: &str) -> Status {
        match text {
            "success" => Status::Success,
            "error" => Status::Error,
            "running" => Status::Running,
            _ => Status::Pending,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, subtype, status, attended, psu_ip, created_at, updated_at, pages, rows_read, ",
            "created_count, updated_count, first_change, last_change, error_code, error_detail, error_reply ",
            "FROM synchronizations ",
            $rest
        )
    };
}

fn synchronization(row: &Row) -> Result<Synchronization, DbError> {
    let error = match row.optional_text("error_code")? {
        None => None,
        Some(code) => Some(SynchronizationError {
            code,
            detail: row.optional_text("error_detail")?.unwrap_or_default(),
            reply: row.optional_text("error_reply")?,
        }),
    };
    Ok(Synchronization {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        subtype: Subtype::parse(&row.text("subtype")?).unwrap_or(Subtype::AccountTransactions),
        status: Status::parse(&row.text("status")?),
        attended: row.bool("attended")?,
        psu_ip: row.optional_text("psu_ip")?,
        created_at: read::instant(row, "created_at")?,
        updated_at: read::instant(row, "updated_at")?,
        pages: row.int("pages")?,
        rows_read: row.int("rows_read")?,
        created_count: row.int("created_count")?,
        updated_count: row.int("updated_count")?,
        changes: row.optional_int("first_change")?.zip(row.optional_int("last_change")?),
        error,
    })
}

/// One synchronization of an organization.
pub async fn get(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
) -> Result<Option<Synchronization>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2");
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(synchronization).transpose()
}

/// The synchronizations of an account, newest first.
pub async fn recent(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    limit: i64,
) -> Result<Vec<Synchronization>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND account_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3");
    let args = [organization.to_string().into(), account.to_string().into(), limit.into()];
    tx.all(sql, &args).await?.iter().map(synchronization).collect()
}

/// The newest of a subtype: what the throttle looks at. Files do not count, nor what is done without any answer, such as
/// undoing one: a bank was not asked.
pub async fn latest_of(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    subtype: Subtype,
) -> Result<Option<Synchronization>, DbError> {
    let sql = select!(
        "WHERE organization_id = $1 AND account_id = $2 AND subtype = $3 \
         AND id NOT IN (SELECT id FROM statement_files WHERE organization_id = $1 AND account_id = $2) \
         AND NOT (status = 'success' AND pages = 0) ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    let args = [organization.to_string().into(), account.to_string().into(), subtype.as_str().into()];
    tx.optional(sql, &args).await?.as_ref().map(synchronization).transpose()
}

/// The newest of a subtype for each account of an organization.
pub async fn latest_each(
    tx: &mut Tx,
    organization: OrganizationId,
    subtype: Subtype,
) -> Result<Vec<Synchronization>, DbError> {
    // Ids grow with time.
    let sql = select!(
        "WHERE organization_id = $1 AND id IN (SELECT MAX(id) FROM synchronizations \
         WHERE organization_id = $1 AND subtype = $2 GROUP BY account_id)"
    );
    let args = [organization.to_string().into(), subtype.as_str().into()];
    tx.all(sql, &args).await?.iter().map(synchronization).collect()
}

/// Adds a synchronization that is to be done.
pub async fn insert(tx: &mut Tx, organization: OrganizationId, new: &Synchronization) -> Result<(), DbError> {
    let sql = "INSERT INTO synchronizations (organization_id, id, account_id, subtype, status, attended, psu_ip, \
         created_at, updated_at, pages, rows_read, created_count, updated_count) \
         VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $7, 0, 0, 0, 0)";
    let args = [
        organization.to_string().into(),
        new.id.to_string().into(),
        new.account.to_string().into(),
        new.subtype.as_str().into(),
        new.attended.into(),
        new.psu_ip.clone().into(),
        new.created_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Notes that it has begun; progress starts from nothing when a run is repeated.
pub async fn begin(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE synchronizations SET status = 'running', updated_at = $3, pages = 0, rows_read = 0 \
         WHERE organization_id = $1 AND id = $2 AND status IN ('pending', 'running')";
    tx.run(sql, &[organization.to_string().into(), id.to_string().into(), now.as_microsecond().into()])
        .await
        .map(|_| ())
}

/// Counts fetched pages and the movements on them.
pub async fn progress(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
    (pages, rows): (i64, i64),
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE synchronizations SET pages = pages + $3, rows_read = rows_read + $4, updated_at = $5 \
         WHERE organization_id = $1 AND id = $2";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        pages.into(),
        rows.into(),
        now.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Counts what an applied listing changed, in the same transaction as the change.
pub async fn count(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
    created: i64,
    updated: i64,
    changes: (i64, i64),
) -> Result<(), DbError> {
    let sql = "UPDATE synchronizations SET created_count = created_count + $3, updated_count = updated_count + $4, \
         first_change = COALESCE(first_change, $5), last_change = $6 WHERE organization_id = $1 AND id = $2";
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        created.into(),
        updated.into(),
        changes.0.into(),
        changes.1.into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Ends it, well or with an error, and forgets the person's address.
pub async fn finish(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
    error: Option<&SynchronizationError>,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE synchronizations SET status = $3, error_code = $4, error_detail = $5, error_reply = $6, \
         updated_at = $7, psu_ip = NULL WHERE organization_id = $1 AND id = $2";
    let status = if error.is_some() { Status::Error } else { Status::Success };
    let args = [
        organization.to_string().into(),
        id.to_string().into(),
        status.as_str().into(),
        error.map(|error| error.code.clone()).into(),
        error.map(|error| error.detail.clone()).into(),
        error.and_then(|error| error.reply.clone()).into(),
        now.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// What a synchronization changed.
pub async fn counts(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
) -> Result<Option<Counts>, DbError> {
    let sql = "SELECT subtype, created_count, updated_count, pending_created, pending_updated, details_updated \
         FROM synchronizations WHERE organization_id = $1 AND id = $2";
    let Some(row) = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await? else {
        return Ok(None);
    };
    Ok(Some(Counts {
        subtype: Subtype::parse(&row.text("subtype")?).unwrap_or(Subtype::AccountTransactions),
        created: row.int("created_count")?,
        updated: row.int("updated_count")?,
        pending_created: row.int("pending_created")?,
        pending_updated: row.int("pending_updated")?,
        details_updated: row.bool("details_updated")?,
    }))
}

/// Counts what happened to announced transactions, in the same transaction as the change.
pub async fn count_pending(
    tx: &mut Tx,
    organization: OrganizationId,
    id: SynchronizationId,
    created: i64,
    updated: i64,
) -> Result<(), DbError> {
    let sql = "UPDATE synchronizations SET pending_created = pending_created + $3, \
         pending_updated = pending_updated + $4 WHERE organization_id = $1 AND id = $2";
    let args = [organization.to_string().into(), id.to_string().into(), created.into(), updated.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Notes that something told of the account itself changed, in the same transaction as the change.
pub async fn note_details(tx: &mut Tx, organization: OrganizationId, id: SynchronizationId) -> Result<(), DbError> {
    let sql = "UPDATE synchronizations SET details_updated = TRUE WHERE organization_id = $1 AND id = $2";
    tx.run(sql, &[organization.to_string().into(), id.to_string().into()]).await.map(|_| ())
}

/// Whether a run for an account that was asked for since an instant has not begun, or is under way.
pub async fn is_waiting(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    since: Timestamp,
) -> Result<bool, DbError> {
    let sql = "SELECT id FROM synchronizations WHERE organization_id = $1 AND account_id = $2 AND created_at >= $3 \
         AND status IN ('pending', 'running') AND subtype <> 'accountDetails' LIMIT 1";
    let args = [organization.to_string().into(), account.to_string().into(), since.as_microsecond().into()];
    Ok(tx.optional(sql, &args).await?.is_some())
}
