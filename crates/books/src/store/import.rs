//! Imports: one run for one connection, with a row for each of its accounts that says how far it is.

use db::{DbError, Row, Tx};
use domain::{AccountId, CompanyId, ConnectionId, ImportId, SynchronizationId, Timestamp};

use super::{instant, micros, optional_instant};
use crate::Trouble;

/// Why an import runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// Somebody clicked.
    Person,
    /// Its time came.
    Schedule,
    /// The provider told that something new is there.
    Webhook,
}

impl AskedBy {
    fn as_str(self) -> &'static str {
        match self {
            AskedBy::Person => "person",
            AskedBy::Schedule => "schedule",
            AskedBy::Webhook => "webhook",
        }
    }

    fn read(row: &Row) -> Result<AskedBy, DbError> {
        let text = row.text("asked_by")?;
        let found = [AskedBy::Person, AskedBy::Schedule, AskedBy::Webhook].into_iter().find(|by| by.as_str() == text);
        let problem = format!("'{text}' is nobody who asks");
        found.ok_or(DbError::Column { column: "asked_by".into(), problem })
    }
}

/// An import.
#[derive(Debug, Clone)]
pub struct Import {
    /// The company.
    pub company: CompanyId,
    /// Id.
    pub id: ImportId,
    /// The connection.
    pub connection: ConnectionId,
    /// Counts the imports of the connection.
    pub number: i64,
    /// Whether a person asked for it.
    pub asked_by: AskedBy,
    /// The address of that person.
    pub customer_ip: Option<String>,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// How far an account of an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was asked yet.
    Waiting,
    /// The provider asks the bank.
    Asked,
    /// What is new is being read.
    Pulling,
    /// Read.
    Done,
    /// It ended with a trouble.
    Failed,
}

impl Stage {
    const ALL: [Stage; 5] = [Stage::Waiting, Stage::Asked, Stage::Pulling, Stage::Done, Stage::Failed];

    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Waiting => "waiting",
            Stage::Asked => "asked",
            Stage::Pulling => "pulling",
            Stage::Done => "done",
            Stage::Failed => "failed",
        }
    }

    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        match self {
            Stage::Waiting | Stage::Asked | Stage::Pulling => false,
            Stage::Done | Stage::Failed => true,
        }
    }
}

/// One account of an import.
#[derive(Debug, Clone)]
pub struct Step {
    /// The account.
    pub account: AccountId,
    /// How far it is.
    pub stage: Stage,
    /// The provider's synchronization of its movements.
    pub transactions: Option<SynchronizationId>,
    /// The provider's synchronization of its balances.
    pub details: Option<SynchronizationId>,
    /// When the provider was asked.
    pub asked_at: Option<Timestamp>,
    /// Lines made.
    pub created: i64,
    /// Lines corrected.
    pub updated: i64,
    /// Lines taken back.
    pub removed: i64,
    /// What went wrong.
    pub trouble: Option<Trouble>,
    /// When the provider may be asked again.
    pub next_allowed_at: Option<Timestamp>,
    /// How often in a row the books failed at it where it stands.
    pub tries: i64,
    /// When they try again, after such a failure.
    pub again_at: Option<Timestamp>,
}

impl Step {
    /// A step that has not begun.
    pub fn waiting(account: AccountId) -> Step {
        Step {
            account,
            stage: Stage::Waiting,
            transactions: None,
            details: None,
            asked_at: None,
            created: 0,
            updated: 0,
            removed: 0,
            trouble: None,
            next_allowed_at: None,
            tries: 0,
            again_at: None,
        }
    }
}

/// Begins an import, or answers the one that runs already for its connection.
pub async fn begin(tx: &mut Tx, import: &Import, accounts: &[AccountId]) -> Result<ImportId, DbError> {
    let company = import.company.to_string();
    tx.run(
        "INSERT INTO import (company_id, id, connection_id, number, asked_by, customer_ip, begun_at) \
         SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4, $5, $6 FROM import \
         WHERE company_id = $1 AND connection_id = $3 ON CONFLICT DO NOTHING",
        &[
            (&company).into(),
            import.id.to_string().into(),
            import.connection.to_string().into(),
            import.asked_by.as_str().into(),
            import.customer_ip.clone().into(),
            import.begun_at.as_microsecond().into(),
        ],
    )
    .await?;
    let sql = "SELECT id FROM import WHERE company_id = $1 AND connection_id = $2 AND ended_at IS NULL";
    let running: ImportId =
        tx.one(sql, &[(&company).into(), import.connection.to_string().into()]).await?.parse("id")?;
    for account in accounts {
        let step = Step::waiting(*account);
        tx.run(
            "INSERT INTO import_account (company_id, import_id, account_id, stage, created_lines, updated_lines, \
             removed_lines) VALUES ($1, $2, $3, $4, 0, 0, 0) ON CONFLICT DO NOTHING",
            &[(&company).into(), running.to_string().into(), account.to_string().into(), step.stage.as_str().into()],
        )
        .await?;
    }
    Ok(running)
}

/// Tells an import that has not begun which synchronization of the provider its news are of.
pub async fn follow(
    tx: &mut Tx,
    company: CompanyId,
    id: ImportId,
    account: AccountId,
    synchronization: SynchronizationId,
) -> Result<(), DbError> {
    let sql = "UPDATE import_account SET transactions_id = $4 WHERE company_id = $1 AND import_id = $2 \
               AND account_id = $3 AND stage = 'waiting'";
    let args = [
        company.to_string().into(),
        id.to_string().into(),
        account.to_string().into(),
        synchronization.to_string().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// One import of a company.
pub async fn find(tx: &mut Tx, company: CompanyId, id: ImportId) -> Result<Option<Import>, DbError> {
    let sql = "SELECT * FROM import WHERE company_id = $1 AND id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(import).transpose()
}

/// Whether an import of a connection runs.
pub async fn is_running(tx: &mut Tx, company: CompanyId, connection: ConnectionId) -> Result<bool, DbError> {
    let sql = "SELECT id FROM import WHERE company_id = $1 AND connection_id = $2 AND ended_at IS NULL";
    let row = tx.optional(sql, &[company.to_string().into(), connection.to_string().into()]).await?;
    Ok(row.is_some())
}

/// The imports that run, over all companies, oldest first.
pub async fn running(tx: &mut Tx) -> Result<Vec<Import>, DbError> {
    let rows = tx.all("SELECT * FROM import WHERE ended_at IS NULL ORDER BY begun_at, id", &[]).await?;
    rows.iter().map(import).collect()
}

/// The imports of a connection below a number, newest first.
pub async fn latest(
    tx: &mut Tx,
    company: CompanyId,
    connection: ConnectionId,
    below: Option<i64>,
    limit: i64,
) -> Result<Vec<Import>, DbError> {
    let sql = "SELECT * FROM import WHERE company_id = $1 AND connection_id = $2 AND number < $3 \
               ORDER BY number DESC LIMIT $4";
    let args =
        [company.to_string().into(), connection.to_string().into(), below.unwrap_or(i64::MAX).into(), limit.into()];
    let rows = tx.all(sql, &args).await?;
    rows.iter().map(import).collect()
}

/// The steps of an import.
pub async fn steps(tx: &mut Tx, company: CompanyId, id: ImportId) -> Result<Vec<Step>, DbError> {
    let sql = "SELECT * FROM import_account WHERE company_id = $1 AND import_id = $2 ORDER BY account_id";
    let rows = tx.all(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    rows.iter().map(step).collect()
}

/// Notes that the books failed at a step, and when they try again.
pub async fn stumble(tx: &mut Tx, import: &Import, step: &Step) -> Result<(), DbError> {
    let sql = "UPDATE import_account SET tries = $4, again_at = $5 \
               WHERE company_id = $1 AND import_id = $2 AND account_id = $3";
    let args = [
        import.company.to_string().into(),
        import.id.to_string().into(),
        step.account.to_string().into(),
        step.tries.into(),
        micros(step.again_at).into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Writes how far a step is. Its counts are written by [`count`] alone.
pub async fn set(tx: &mut Tx, import: &Import, step: &Step) -> Result<(), DbError> {
    let trouble = step.trouble.as_ref();
    tx.run(
        "UPDATE import_account SET stage = $4, transactions_id = $5, details_id = $6, asked_at = $7, \
         error_code = $8, error_detail = $9, error_reference = $10, next_allowed_at = $11, tries = 0, again_at = NULL \
         WHERE company_id = $1 AND import_id = $2 AND account_id = $3",
        &[
            import.company.to_string().into(),
            import.id.to_string().into(),
            step.account.to_string().into(),
            step.stage.as_str().into(),
            step.transactions.map(|id| id.to_string()).into(),
            step.details.map(|id| id.to_string()).into(),
            micros(step.asked_at).into(),
            trouble.map(|trouble| trouble.code.clone()).into(),
            trouble.map(|trouble| trouble.detail.clone()).into(),
            trouble.and_then(|trouble| trouble.reference.clone()).into(),
            micros(step.next_allowed_at).into(),
        ],
    )
    .await
    .map(|_| ())
}

/// What a page of a pull did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Lines made.
    pub created: i64,
    /// Lines corrected.
    pub updated: i64,
    /// Lines taken back.
    pub removed: i64,
}

/// Adds to the counts of a step.
pub async fn count(
    tx: &mut Tx,
    company: CompanyId,
    import: ImportId,
    account: AccountId,
    counts: Counts,
) -> Result<(), DbError> {
    tx.run(
        "UPDATE import_account SET created_lines = created_lines + $4, updated_lines = updated_lines + $5, \
         removed_lines = removed_lines + $6 WHERE company_id = $1 AND import_id = $2 AND account_id = $3",
        &[
            company.to_string().into(),
            import.to_string().into(),
            account.to_string().into(),
            counts.created.into(),
            counts.updated.into(),
            counts.removed.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Ends an import.
pub async fn end(tx: &mut Tx, import: &Import, now: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE import SET ended_at = $3 WHERE company_id = $1 AND id = $2 AND ended_at IS NULL";
    let args = [import.company.to_string().into(), import.id.to_string().into(), now.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}

fn import(row: &Row) -> Result<Import, DbError> {
    Ok(Import {
        company: row.parse("company_id")?,
        id: row.parse("id")?,
        connection: row.parse("connection_id")?,
        number: row.int("number")?,
        asked_by: AskedBy::read(row)?,
        customer_ip: row.optional_text("customer_ip")?,
        begun_at: instant(row.int("begun_at")?)?,
        ended_at: optional_instant(row.optional_int("ended_at")?)?,
    })
}

fn step(row: &Row) -> Result<Step, DbError> {
    let text = row.text("stage")?;
    let stage = Stage::ALL.into_iter().find(|stage| stage.as_str() == text);
    Ok(Step {
        account: row.parse("account_id")?,
        stage: stage
            .ok_or_else(|| DbError::Column { column: "stage".into(), problem: format!("'{text}' is no stage") })?,
        transactions: row.optional_parse("transactions_id")?,
        details: row.optional_parse("details_id")?,
        asked_at: optional_instant(row.optional_int("asked_at")?)?,
        created: row.int("created_lines")?,
        updated: row.int("updated_lines")?,
        removed: row.int("removed_lines")?,
        trouble: Trouble::of_row(row, false)?,
        next_allowed_at: optional_instant(row.optional_int("next_allowed_at")?)?,
        tries: row.int("tries")?,
        again_at: optional_instant(row.optional_int("again_at")?)?,
    })
}
