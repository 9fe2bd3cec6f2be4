//! Booked transactions in the order of their ingestion. A row's place (`seq`) is given once and nothing is ever
//! inserted below it; its amount, currency and direction never change.

use db::{DbError, Row, Tx, rows};
use domain::{AccountId, Date, Details, Money, OrganizationId, RawAnswerId, Timestamp, TransactionId};
use serde_json::json;

use super::{read, search_text};

/// A stored transaction.
#[derive(Debug, Clone)]
pub struct StoredTransaction {
    /// Its id, for ever.
    pub id: TransactionId,
    /// Its account.
    pub account: AccountId,
    /// Its place in the ingest order of its account, from 1 without a gap.
    pub seq: i64,
    /// Its place in the account's change feed.
    pub change: i64,
    /// Booking date.
    pub booked_on: Date,
    /// Value date.
    pub value_on: Option<Date>,
    /// Signed amount.
    pub amount: Money,
    /// Whether the bank has withdrawn it since.
    pub withdrawn: bool,
    /// Why it was taken for new, or last changed.
    pub reason: String,
    /// Digest of its content.
    pub fingerprint: String,
    /// The bank's id of it, as evidence.
    pub bank_id: Option<String>,
    /// All the rest.
    pub details: Details,
    /// The answer it was read from.
    pub raw: Option<RawAnswerId>,
    /// First stored.
    pub created_at: Timestamp,
    /// Last changed.
    pub updated_at: Timestamp,
}

/// A page of a list that is ordered newest ingested first.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, newest first.
    pub rows: Vec<T>,
    /// Whether newer rows exist above the first one.
    pub has_newer: bool,
    /// Whether older rows exist below the last one.
    pub has_older: bool,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cursor<Id> {
    /// At the newest row.
    Newest,
    /// Right below a row: older ones.
    After(Id),
    /// Right above a row: newer ones, the page adjacent to it.
    Before(Id),
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, seq, change, booked_on, value_on, minor, currency, state, reason, fingerprint, ",
            "bank_id, details, raw_id, created_at, updated_at FROM transactions ",
            $rest
        )
    };
}
pub(super) use select;

pub(super) fn transaction(row: &Row) -> Result<StoredTransaction, DbError> {
    Ok(StoredTransaction {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        seq: row.int("seq")?,
        change: row.int("change")?,
        booked_on: row.parse("booked_on")?,
        value_on: row.optional_parse("value_on")?,
        amount: Money::new(row.int("minor")?, row.parse("currency")?),
        withdrawn: row.text("state")? == "withdrawn",
        reason: row.text("reason")?,
        fingerprint: row.text("fingerprint")?,
        bank_id: row.optional_text("bank_id")?,
        details: read::json(row, "details")?,
        raw: row.optional_parse("raw_id")?,
        created_at: read::instant(row, "created_at")?,
        updated_at: read::instant(row, "updated_at")?,
    })
}

/// One booked transaction of an account.
pub async fn get(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    id: TransactionId,
) -> Result<Option<StoredTransaction>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2 AND account_id = $3 AND state = 'booked'");
    let args = [organization.to_string().into(), id.to_string().into(), account.to_string().into()];
    tx.optional(sql, &args).await?.as_ref().map(transaction).transpose()
}

/// A page of the booked transactions that a stretch of the change feed created or changed (after the first place,
/// through the second), newest ingested first.
pub async fn touched(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    changes: (i64, i64),
    cursor: Cursor<TransactionId>,
    limit: i64,
) -> Result<Page<StoredTransaction>, DbError> {
    let (key, upward) = match cursor {
        Cursor::Newest => (Some(i64::MAX), false),
        Cursor::After(id) => (position(tx, organization, account, id).await?, false),
        Cursor::Before(id) => (position(tx, organization, account, id).await?, true),
    };
    let Some(key) = key else { return Ok(Page { rows: vec![], has_newer: false, has_older: false }) };
    // The places are gathered by the two indexes of the feed, so the cost is that of the stretch, not of the history.
    let sql = if upward {
        select!(
            "WHERE organization_id = $1 AND account_id = $2 AND seq > $3 AND state = 'booked' AND seq IN ( \
             SELECT seq FROM transactions WHERE organization_id = $1 AND account_id = $2 AND change > $4 AND change <= $5 \
             UNION SELECT seq FROM changes WHERE organization_id = $1 AND account_id = $2 AND change > $4 AND change <= $5 \
             ) ORDER BY seq LIMIT $6"
        )
    } else {
        select!(
            "WHERE organization_id = $1 AND account_id = $2 AND seq < $3 AND state = 'booked' AND seq IN ( \
             SELECT seq FROM transactions WHERE organization_id = $1 AND account_id = $2 AND change > $4 AND change <= $5 \
             UNION SELECT seq FROM changes WHERE organization_id = $1 AND account_id = $2 AND change > $4 AND change <= $5 \
             ) ORDER BY seq DESC LIMIT $6"
        )
    };
    let (owner, account) = (organization.to_string(), account.to_string());
    let args = [owner.into(), account.into(), key.into(), changes.0.into(), changes.1.into(), (limit + 1).into()];
    let found = tx.all(sql, &args).await?;
    Ok(as_page(found.iter().map(transaction).collect::<Result<_, _>>()?, cursor, limit))
}

/// Cuts a page out of one row more than it holds; the rows came in the direction of the cursor.
pub(super) fn as_page(
    mut found: Vec<StoredTransaction>,
    cursor: Cursor<TransactionId>,
    limit: i64,
) -> Page<StoredTransaction> {
    let limit = usize::try_from(limit).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    let continued = cursor != Cursor::Newest && !found.is_empty();
    if matches!(cursor, Cursor::Before(_)) {
        found.reverse();
        return Page { rows: found, has_newer: more, has_older: continued };
    }
    Page { rows: found, has_newer: continued, has_older: more }
}

pub(super) async fn position(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    id: TransactionId,
) -> Result<Option<i64>, DbError> {
    let sql = "SELECT seq FROM transactions WHERE organization_id = $1 AND id = $2 AND account_id = $3";
    let args = [organization.to_string().into(), id.to_string().into(), account.to_string().into()];
    tx.optional(sql, &args).await?.map(|row| row.int("seq")).transpose()
}

/// Every stored row booked in a window, withdrawn ones too, in ingest order.
pub async fn window(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    from: Date,
    to: Date,
) -> Result<Vec<StoredTransaction>, DbError> {
    let sql =
        select!("WHERE organization_id = $1 AND account_id = $2 AND booked_on >= $3 AND booked_on <= $4 ORDER BY seq");
    let args =
        [organization.to_string().into(), account.to_string().into(), from.to_string().into(), to.to_string().into()];
    tx.all(sql, &args).await?.iter().map(transaction).collect()
}

/// Appends new rows in one statement. Their `seq` and `change` must continue the account's counters.
pub async fn append(tx: &mut Tx, organization: OrganizationId, new: &[StoredTransaction]) -> Result<(), DbError> {
    let sql = "INSERT INTO transactions (organization_id, account_id, seq, change, id, booked_on, value_on, minor, \
         currency, state, reason, fingerprint, bank_id, details, search, raw_id, created_at, updated_at, counterparty) \
         SELECT $1, r.value->>0, CAST(r.value->>1 AS BIGINT), CAST(r.value->>2 AS BIGINT), r.value->>3, r.value->>4, \
         r.value->>5, CAST(r.value->>6 AS BIGINT), r.value->>7, 'booked', r.value->>8, r.value->>9, r.value->>10, \
         r.value->>11, r.value->>12, r.value->>13, CAST(r.value->>14 AS BIGINT), CAST(r.value->>14 AS BIGINT), \
         r.value->>15 \
         FROM json_each($2) AS r WHERE true";
    for chunk in new.chunks(1000) {
        let values: Vec<_> = chunk
            .iter()
            .map(|row| {
                json!([
                    row.account.to_string(),
                    row.seq,
                    row.change,
                    row.id.to_string(),
                    row.booked_on.to_string(),
                    row.value_on.map(|day| day.to_string()),
                    row.amount.minor(),
                    row.amount.currency().code(),
                    row.reason,
                    row.fingerprint,
                    row.bank_id,
                    as_json(&row.details),
                    search_text::text(row.amount, &row.details),
                    row.raw.map(|id| id.to_string()),
                    row.created_at.as_microsecond(),
                    search_text::counterparty(&row.details),
                ])
            })
            .collect();
        tx.run(sql, &[organization.to_string().into(), rows(&values)]).await?;
    }
    Ok(())
}

/// Writes a row's descriptive fields and state; amount, currency, direction, id and place stay.
pub async fn revise(tx: &mut Tx, organization: OrganizationId, row: &StoredTransaction) -> Result<(), DbError> {
    let sql = "UPDATE transactions SET booked_on = $4, value_on = $5, state = $6, reason = $7, fingerprint = $8, \
         bank_id = $9, details = $10, search = $11, raw_id = $12, updated_at = $13, counterparty = $14 \
         WHERE organization_id = $1 AND account_id = $2 AND seq = $3";
    let args = [
        organization.to_string().into(),
        row.account.to_string().into(),
        row.seq.into(),
        row.booked_on.to_string().into(),
        row.value_on.map(|day| day.to_string()).into(),
        if row.withdrawn { "withdrawn" } else { "booked" }.into(),
        (&row.reason).into(),
        (&row.fingerprint).into(),
        row.bank_id.clone().into(),
        as_json(&row.details).into(),
        search_text::text(row.amount, &row.details).into(),
        row.raw.map(|id| id.to_string()).into(),
        row.updated_at.as_microsecond().into(),
        search_text::counterparty(&row.details).into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Notes the id that the bank uses for a row now. Evidence only: no change for any reader.
pub async fn note_bank_ids(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    ids: &[(i64, Option<String>)],
) -> Result<(), DbError> {
    let sql = "WITH n AS MATERIALIZED \
         (SELECT CAST(r.value->>0 AS BIGINT) AS place, r.value->>1 AS told FROM json_each($3) AS r) \
         UPDATE transactions SET bank_id = n.told FROM n \
         WHERE organization_id = $1 AND account_id = $2 AND seq = n.place";
    if !ids.is_empty() {
        let values: Vec<_> = ids.iter().map(|(seq, bank_id)| json!([seq, bank_id])).collect();
        tx.run(sql, &[organization.to_string().into(), account.to_string().into(), rows(&values)]).await?;
    }
    Ok(())
}

/// Notes which answer tells rows now. Where they come from only: no change for any reader.
pub async fn note_raws(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    raws: &[(i64, RawAnswerId)],
) -> Result<(), DbError> {
    let sql = "WITH n AS MATERIALIZED \
         (SELECT CAST(r.value->>0 AS BIGINT) AS place, r.value->>1 AS told FROM json_each($3) AS r) \
         UPDATE transactions SET raw_id = n.told FROM n \
         WHERE organization_id = $1 AND account_id = $2 AND seq = n.place";
    if !raws.is_empty() {
        let values: Vec<_> = raws.iter().map(|(seq, raw)| json!([seq, raw.to_string()])).collect();
        tx.run(sql, &[organization.to_string().into(), account.to_string().into(), rows(&values)]).await?;
    }
    Ok(())
}

/// How many booked rows of a stretch of days an answer tells.
pub async fn told_by(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    raw: RawAnswerId,
    days: (Date, Date),
) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) AS n FROM transactions WHERE organization_id = $1 AND account_id = $2 \
         AND booked_on >= $3 AND booked_on <= $4 AND raw_id = $5 AND state = 'booked'";
    let args = [
        organization.to_string().into(),
        account.to_string().into(),
        days.0.to_string().into(),
        days.1.to_string().into(),
        raw.to_string().into(),
    ];
    tx.one(sql, &args).await?.int("n")
}

/// Rows of a stretch of the change feed that were created there, in feed order.
pub async fn created_between(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    after: i64,
    limit: i64,
) -> Result<Vec<StoredTransaction>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND account_id = $2 AND change > $3 ORDER BY change LIMIT $4");
    let args = [organization.to_string().into(), account.to_string().into(), after.into(), limit.into()];
    tx.all(sql, &args).await?.iter().map(transaction).collect()
}

/// Rows by their places.
pub async fn by_seq(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    seqs: &[i64],
) -> Result<Vec<StoredTransaction>, DbError> {
    let sql = select!(
        "WHERE organization_id = $1 AND account_id = $2 \
         AND seq IN (SELECT CAST(r.value->>0 AS BIGINT) FROM json_each($3) AS r) ORDER BY seq"
    );
    let values: Vec<_> = seqs.iter().map(|seq| json!([seq])).collect();
    let args = [organization.to_string().into(), account.to_string().into(), rows(&values)];
    tx.all(sql, &args).await?.iter().map(transaction).collect()
}

pub(super) fn as_json(details: &Details) -> String {
    serde_json::to_string(details).expect("details hold only texts and integers")
}
