//! Targets of a company and the journals that each receives.

use db::{DbError, Row, Tx};
use domain::{AccountId, CompanyId, JournalId, TargetId, Timestamp};

use super::target_values::Values;
use super::{instant, optional_instant};

/// A target.
#[derive(Debug, Clone)]
pub struct TargetRow {
    /// The company.
    pub company: CompanyId,
    /// Id.
    pub id: TargetId,
    /// Which system, as in `targets::ALL`.
    pub system: String,
    /// Its name, unique in the company.
    pub name: String,
    /// Its settings.
    pub values: Values,
    /// Its secret, sealed.
    pub secret_sealed: Option<String>,
    /// Whether the operator's settings file describes it; then a page cannot change it.
    pub from_file: bool,
    /// When it was taken out of use: it receives nothing, and keeps what is known of what it has.
    pub removed_at: Option<Timestamp>,
    /// When something was delivered last.
    pub delivered_at: Option<Timestamp>,
    /// How often in a row it could not be served.
    pub tries: i64,
    /// What is wrong with it.
    pub error: Option<TargetError>,
}

/// What is wrong with a target or one of its journals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetError {
    /// A code that has a sentence in every language.
    pub code: String,
    /// What the system said.
    pub detail: String,
    /// Whether it waits for a person; else it is tried again by itself.
    pub stops: bool,
    /// Since when.
    pub since: Timestamp,
}

impl TargetRow {
    /// Where its secret is sealed.
    pub fn place(&self) -> String {
        format!("target:secret:{}:{}", self.company, self.id)
    }
}

/// A journal that a target receives.
#[derive(Debug, Clone)]
pub struct Link {
    /// The journal.
    pub journal: JournalId,
    /// The name of its files there, unique at the target.
    pub stem: String,
    /// What it is called there, when a person said so.
    pub place: Option<String>,
    /// What the target remembered of it.
    pub memory: Option<String>,
    /// Counts what happened to the journal.
    pub asked: i64,
    /// How far of that the target is.
    pub served: i64,
    /// When to look again although nothing happened.
    pub look_again_at: Option<Timestamp>,
    /// When something was delivered last.
    pub delivered_at: Option<Timestamp>,
    /// What is wrong with it.
    pub error: Option<TargetError>,
}

impl Link {
    /// Whether there is something to do.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.error.is_none() && (self.asked > self.served || self.look_again_at.is_some_and(|at| at <= now))
    }
}

/// Adds a target, or changes its settings when one of this id is there. What was wrong is forgotten: new settings
/// deserve a new try.
pub async fn put(tx: &mut Tx, target: &TargetRow, now: Timestamp) -> Result<(), DbError> {
    tx.run(
        "INSERT INTO target (company_id, id, system, name, settings, secret_sealed, from_file, created_at, \
         next_try_at, tries, leased_until, error_stops) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9) \
         ON CONFLICT (company_id, id) DO UPDATE SET name = EXCLUDED.name, settings = EXCLUDED.settings, \
         secret_sealed = COALESCE(EXCLUDED.secret_sealed, target.secret_sealed), next_try_at = 0, tries = 0, \
         error_code = NULL, error_detail = NULL, error_stops = EXCLUDED.error_stops, error_since = NULL, \
         removed_at = NULL, identity = NULL, from_file = EXCLUDED.from_file",
        &[
            target.company.to_string().into(),
            target.id.to_string().into(),
            (&target.system).into(),
            (&target.name).into(),
            serde_json::to_string(&target.values).expect("a table of texts is JSON").into(),
            target.secret_sealed.clone().into(),
            target.from_file.into(),
            now.as_microsecond().into(),
            false.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Removes a target: its name, settings and secret are forgotten. What was delivered is remembered under its identity,
/// so that it gets nothing twice when somebody adds it again.
pub async fn remove(tx: &mut Tx, row: &TargetRow, identity: &str, now: Timestamp) -> Result<(), DbError> {
    let args = [row.company.to_string().into(), row.id.to_string().into()];
    let sql = "UPDATE target_journal SET place = NULL, memory = NULL WHERE company_id = $1 AND target_id = $2";
    tx.run(sql, &args).await?;
    let [company, id] = args;
    // A name is free again: no other row can have an id for a name.
    let sql = "UPDATE target SET name = id, settings = '{}', secret_sealed = NULL, error_code = NULL, \
               error_detail = NULL, error_since = NULL, identity = $3, removed_at = $4 WHERE company_id = $1 AND id = $2";
    tx.run(sql, &[company, id, identity.into(), now.as_microsecond().into()]).await.map(|_| ())
}

/// The removed target of a company that has an identity.
pub async fn removed_as(tx: &mut Tx, company: CompanyId, identity: &str) -> Result<Option<TargetId>, DbError> {
    let sql = "SELECT id FROM target WHERE company_id = $1 AND identity = $2 ORDER BY removed_at DESC LIMIT 1";
    tx.optional(sql, &[company.to_string().into(), identity.into()]).await?.map(|row| row.parse("id")).transpose()
}

/// One target of a company.
pub async fn find(tx: &mut Tx, company: CompanyId, id: TargetId) -> Result<Option<TargetRow>, DbError> {
    let sql = "SELECT * FROM target WHERE company_id = $1 AND id = $2 AND identity IS NULL";
    let row = tx.optional(sql, &[company.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(target).transpose()
}

/// The targets of a company that are in use, by name.
pub async fn of_company(tx: &mut Tx, company: CompanyId) -> Result<Vec<TargetRow>, DbError> {
    Ok(ever(tx, company).await?.into_iter().filter(|row| row.removed_at.is_none()).collect())
}

/// The targets of a company, those that were taken out of use included, by name.
pub async fn ever(tx: &mut Tx, company: CompanyId) -> Result<Vec<TargetRow>, DbError> {
    let sql = "SELECT * FROM target WHERE company_id = $1 AND identity IS NULL ORDER BY name, id";
    tx.all(sql, &[company.to_string().into()]).await?.iter().map(target).collect()
}

/// Takes a target out of use, or into use again. What it has been handed is remembered either way.
pub async fn retire(tx: &mut Tx, row: &TargetRow, at: Option<Timestamp>) -> Result<(), DbError> {
    let sql = "UPDATE target SET removed_at = $3 WHERE company_id = $1 AND id = $2";
    let args = [row.company.to_string().into(), row.id.to_string().into(), super::micros(at).into()];
    tx.run(sql, &args).await?;
    if at.is_none() { try_again(tx, row).await } else { Ok(()) }
}

/// The targets that have something to receive and may be tried, over all companies.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<TargetRow>, DbError> {
    let rows = tx
        .all(
            "SELECT * FROM target AS t WHERE t.next_try_at <= $1 AND t.leased_until <= $1 AND NOT t.error_stops \
             AND t.removed_at IS NULL \
             AND EXISTS (SELECT 1 FROM target_journal AS j WHERE j.company_id = t.company_id AND j.target_id = t.id \
             AND j.error_code IS NULL AND (j.asked > j.served OR j.look_again_at <= $1)) \
             ORDER BY t.next_try_at LIMIT 20",
            &[now.as_microsecond().into()],
        )
        .await?;
    rows.iter().map(target).collect()
}

/// Whether a target of a company has something to receive and may be tried, whoever has it now.
pub async fn is_owed(tx: &mut Tx, company: CompanyId, now: Timestamp) -> Result<bool, DbError> {
    let sql = "SELECT t.id FROM target AS t WHERE t.company_id = $1 AND t.next_try_at <= $2 AND NOT t.error_stops AND t.removed_at IS NULL \
               AND EXISTS (SELECT 1 FROM target_journal AS j WHERE j.company_id = t.company_id AND j.target_id = t.id \
               AND j.error_code IS NULL AND j.asked > j.served) LIMIT 1";
    Ok(tx.optional(sql, &[company.to_string().into(), now.as_microsecond().into()]).await?.is_some())
}

/// Notes how a visit to a target ended. A trouble that goes on keeps the instant it began.
pub async fn note(
    tx: &mut Tx,
    row: &TargetRow,
    error: Option<(&str, &str, bool)>,
    next_try_at: Timestamp,
    now: Timestamp,
) -> Result<(), DbError> {
    let (code, detail, stops) = error
        .map_or((None, None, false), |(code, detail, stops)| (Some(code.to_owned()), Some(detail.to_owned()), stops));
    let tries = if code.is_some() { row.tries + 1 } else { 0 };
    tx.run(
        "UPDATE target SET error_code = $3, error_detail = $4, error_stops = $5, next_try_at = $6, tries = $7, \
         error_since = CASE WHEN CAST($3 AS TEXT) IS NULL THEN NULL WHEN error_code = $3 THEN error_since ELSE $8 END \
         WHERE company_id = $1 AND id = $2",
        &[
            row.company.to_string().into(),
            row.id.to_string().into(),
            code.into(),
            detail.into(),
            stops.into(),
            next_try_at.as_microsecond().into(),
            tries.into(),
            now.as_microsecond().into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Notes that something was delivered.
pub async fn delivered(tx: &mut Tx, row: &TargetRow, journal: JournalId, now: Timestamp) -> Result<(), DbError> {
    let args = [row.company.to_string().into(), row.id.to_string().into(), now.as_microsecond().into()];
    tx.run("UPDATE target SET delivered_at = $3 WHERE company_id = $1 AND id = $2", &args).await?;
    let [company, id, at] = args;
    let sql =
        "UPDATE target_journal SET delivered_at = $3 WHERE company_id = $1 AND target_id = $2 AND journal_id = $4";
    tx.run(sql, &[company, id, at, journal.to_string().into()]).await.map(|_| ())
}

/// Forgets what was wrong, so that the target is tried at once.
pub async fn try_again(tx: &mut Tx, row: &TargetRow) -> Result<(), DbError> {
    let args = [row.company.to_string().into(), row.id.to_string().into(), false.into()];
    tx.run(
        "UPDATE target SET error_code = NULL, error_detail = NULL, error_since = NULL, error_stops = $3, \
         next_try_at = 0, tries = 0 WHERE company_id = $1 AND id = $2",
        &args,
    )
    .await?;
    tx.run(
        "UPDATE target_journal SET error_code = NULL, error_detail = NULL, error_since = NULL, asked = asked + 1 \
         WHERE company_id = $1 AND target_id = $2",
        &args[..2],
    )
    .await
    .map(|_| ())
}

/// Lets a target receive a journal from now on, or changes what it is called there.
pub async fn link(
    tx: &mut Tx,
    row: &TargetRow,
    journal: JournalId,
    stem: &str,
    place: Option<&str>,
) -> Result<(), DbError> {
    tx.run(
        "INSERT INTO target_journal (company_id, target_id, journal_id, stem, place, asked, served) \
         VALUES ($1, $2, $3, $4, $5, 1, 0) ON CONFLICT (company_id, target_id, journal_id) DO UPDATE SET \
         place = EXCLUDED.place, memory = NULL, asked = target_journal.asked + 1, error_code = NULL, \
         error_detail = NULL, error_since = NULL",
        &[
            row.company.to_string().into(),
            row.id.to_string().into(),
            journal.to_string().into(),
            stem.into(),
            place.map(str::to_owned).into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Stops a target from receiving a journal. What was delivered stays, and is remembered.
pub async fn unlink(tx: &mut Tx, row: &TargetRow, journal: JournalId) -> Result<(), DbError> {
    let sql = "DELETE FROM target_journal WHERE company_id = $1 AND target_id = $2 AND journal_id = $3";
    tx.run(sql, &[row.company.to_string().into(), row.id.to_string().into(), journal.to_string().into()])
        .await
        .map(|_| ())
}

/// The journals that a target receives, by the name of their files.
pub async fn links(tx: &mut Tx, company: CompanyId, id: TargetId) -> Result<Vec<Link>, DbError> {
    let sql = "SELECT * FROM target_journal WHERE company_id = $1 AND target_id = $2 ORDER BY stem";
    tx.all(sql, &[company.to_string().into(), id.to_string().into()]).await?.iter().map(link_of).collect()
}

/// Something happened to the lines of a journal: whoever receives it has something to look at.
pub async fn stir(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<(), DbError> {
    let sql = "UPDATE target_journal SET asked = asked + 1 WHERE company_id = $1 AND journal_id = $2";
    tx.run(sql, &[company.to_string().into(), journal.to_string().into()]).await.map(|_| ())
}

/// The bank told balances of an account: whoever receives its journal may now have a proof.
pub async fn stir_account(tx: &mut Tx, company: CompanyId, account: AccountId) -> Result<(), DbError> {
    let sql = "UPDATE target_journal SET asked = asked + 1 WHERE company_id = $1 AND journal_id IN \
               (SELECT id FROM journal WHERE company_id = $1 AND account_id = $2)";
    tx.run(sql, &[company.to_string().into(), account.to_string().into()]).await.map(|_| ())
}

/// Notes that a target has received all that was asked for up to a count, and when to look again.
pub async fn serve(tx: &mut Tx, row: &TargetRow, link: &Link, look_again_at: Option<Timestamp>) -> Result<(), DbError> {
    tx.run(
        "UPDATE target_journal SET served = $4, look_again_at = $5 \
         WHERE company_id = $1 AND target_id = $2 AND journal_id = $3",
        &[
            row.company.to_string().into(),
            row.id.to_string().into(),
            link.journal.to_string().into(),
            link.asked.into(),
            look_again_at.map(|at| at.as_microsecond()).into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Keeps what a target wants to remember of a journal.
pub async fn remember(tx: &mut Tx, row: &TargetRow, journal: JournalId, memory: &str) -> Result<(), DbError> {
    let sql = "UPDATE target_journal SET memory = $4 WHERE company_id = $1 AND target_id = $2 AND journal_id = $3";
    let args = [row.company.to_string().into(), row.id.to_string().into(), journal.to_string().into(), memory.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Stops one journal until a person looks.
pub async fn stop(
    tx: &mut Tx,
    row: &TargetRow,
    journal: JournalId,
    (code, detail): (&str, &str),
    now: Timestamp,
) -> Result<(), DbError> {
    tx.run(
        "UPDATE target_journal SET error_code = $4, error_detail = $5, error_since = $6 \
         WHERE company_id = $1 AND target_id = $2 AND journal_id = $3",
        &[
            row.company.to_string().into(),
            row.id.to_string().into(),
            journal.to_string().into(),
            code.into(),
            detail.into(),
            now.as_microsecond().into(),
        ],
    )
    .await
    .map(|_| ())
}

fn error(row: &Row, stops: bool) -> Result<Option<TargetError>, DbError> {
    let Some(code) = row.optional_text("error_code")? else { return Ok(None) };
    let since = instant(row.optional_int("error_since")?.unwrap_or(0))?;
    Ok(Some(TargetError { code, detail: row.optional_text("error_detail")?.unwrap_or_default(), stops, since }))
}

fn target(row: &Row) -> Result<TargetRow, DbError> {
    let settings = row.text("settings")?;
    let values = serde_json::from_str(&settings)
        .map_err(|error| DbError::Column { column: "settings".into(), problem: error.to_string() })?;
    Ok(TargetRow {
        company: row.parse("company_id")?,
        id: row.parse("id")?,
        system: row.text("system")?,
        name: row.text("name")?,
        values,
        secret_sealed: row.optional_text("secret_sealed")?,
        from_file: row.bool("from_file")?,
        removed_at: optional_instant(row.optional_int("removed_at")?)?,
        delivered_at: optional_instant(row.optional_int("delivered_at")?)?,
        tries: row.int("tries")?,
        error: error(row, row.bool("error_stops")?)?,
    })
}

fn link_of(row: &Row) -> Result<Link, DbError> {
    Ok(Link {
        journal: row.parse("journal_id")?,
        stem: row.text("stem")?,
        place: row.optional_text("place")?,
        memory: row.optional_text("memory")?,
        asked: row.int("asked")?,
        served: row.int("served")?,
        look_again_at: optional_instant(row.optional_int("look_again_at")?)?,
        delivered_at: optional_instant(row.optional_int("delivered_at")?)?,
        error: error(row, true)?,
    })
}
