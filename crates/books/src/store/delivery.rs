//! The delivery ledger: what became of every line at every target. A row is written before a line is handed over, so
//! that after a crash the same lines travel again under the same keys; one that was acknowledged is never handed over
//! again. What is on its way or parked is asked for in the words of the index of these few, else SQLite walks the ledger.

use std::collections::HashSet;

use db::{DbError, Row, Tx, rows};
use domain::{CompanyId, Date, JournalId, LineId, TargetId, Timestamp};
use serde_json::{Value, json};

use super::line::{self, Line};
use super::{instant, waiting};

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is there now, under an id of the system if that gives one.
    Created(Option<String>),
    /// It was there already.
    Exists(Option<String>),
    /// The system does not take it. With `retries`, it is tried again by itself when the journal is served next.
    Parked {
        /// Why, as a code that has a sentence in every language.
        reason: &'static str,
        /// What the system said, or a day or number that belongs to the reason.
        detail: String,
        /// Whether it may pass by itself.
        retries: bool,
    },
}

impl Outcome {
    /// What the system calls the line, where it is there.
    pub(crate) fn remote(&self) -> Option<&str> {
        match self {
            Outcome::Created(remote) | Outcome::Exists(remote) => remote.as_deref(),
            Outcome::Parked { .. } => None,
        }
    }
}

/// One journal of one target.
#[derive(Debug, Clone, Copy)]
pub struct Lane {
    /// The company.
    pub company: CompanyId,
    /// The target.
    pub target: TargetId,
    /// The journal.
    pub journal: JournalId,
}

/// A line that is about to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The line.
    pub line: LineId,
    /// What the target will know it by.
    pub key: String,
}

/// A line that a target did not take.
#[derive(Debug, Clone)]
pub struct Parked {
    /// Its journal.
    pub journal: JournalId,
    /// The line.
    pub line: Line,
    /// Why, as a code.
    pub reason: String,
    /// What the system said.
    pub detail: String,
    /// Since when.
    pub at: Timestamp,
}

/// How many lines of a journal are where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Acknowledged.
    pub delivered: i64,
    /// Parked.
    pub parked: i64,
    /// Handed over and not yet acknowledged.
    pub sending: i64,
    /// Acknowledged, and since then taken back or contradicted by the bank: a person must look at the target.
    pub changed: i64,
}

impl Lane {
    pub(super) fn args(self) -> [db::Arg; 3] {
        [self.company.to_string().into(), self.target.to_string().into(), self.journal.to_string().into()]
    }
}

/// The oldest parcel that was begun and not acknowledged.
pub async fn unfinished(tx: &mut Tx, lane: Lane) -> Result<Option<String>, DbError> {
    let sql = "SELECT MIN(parcel) AS parcel FROM delivery WHERE company_id = $1 AND target_id = $2 \
               AND journal_id = $3 AND status IN ('sending', 'parked') AND status = 'sending'";
    tx.one(sql, &lane.args()).await?.optional_text("parcel")
}

/// The lines of a parcel that were not acknowledged, oldest first, with their keys.
pub async fn of_parcel(tx: &mut Tx, lane: Lane, parcel: &str) -> Result<Vec<(Line, String)>, DbError> {
    let [company, target, journal] = lane.args();
    let found = tx
        .all(
            "SELECT line.*, d.line_key FROM delivery AS d JOIN line ON line.company_id = d.company_id \
             AND line.id = d.line_id WHERE d.company_id = $1 AND d.target_id = $2 AND d.journal_id = $3 \
             AND d.status IN ('sending', 'parked') AND d.status = 'sending' AND d.parcel = $4 ORDER BY line.booked_on, line.sequence",
            &[company, target, journal, parcel.into()],
        )
        .await?;
    found.iter().map(|row| Ok((line::of_row(row)?, row.text("line_key")?))).collect()
}

/// Month by month, each in the order of its lines, so that nothing is sorted and few are read of many.
pub(super) const WAITING: &str = "SELECT line.* FROM waiting_month AS m CROSS JOIN line WHERE m.company_id = $1 AND m.target_id = $2 \
     AND m.journal_id = $3 AND line.company_id = $1 AND line.journal_id = $3 \
     AND line.booked_on >= m.month || '-01' AND line.booked_on <= m.month || '-31' \
     AND line.state <> 'removed' AND NOT EXISTS (SELECT 1 FROM delivery AS d WHERE d.company_id = $1 \
     AND d.target_id = $2 AND d.line_id = line.id) ORDER BY m.month, line.booked_on, line.sequence LIMIT $4";

/// The lines of a journal that count and that the target has not been handed, oldest first.
pub async fn waiting(tx: &mut Tx, lane: Lane, limit: i64) -> Result<Vec<Line>, DbError> {
    let [company, target, journal] = lane.args();
    let found = tx.all(WAITING, &[company, target, journal, limit.into()]).await?;
    found.iter().map(line::of_row).collect()
}

/// Writes down that lines are about to be handed over.
pub async fn begin(tx: &mut Tx, lane: Lane, parcel: &str, lines: &[Sending], now: Timestamp) -> Result<(), DbError> {
    let values: Vec<Value> =
        lines.iter().map(|sending| json!({"line_id": sending.line, "line_key": sending.key})).collect();
    let [company, target, journal] = lane.args();
    tx.run(
        "INSERT INTO delivery (company_id, target_id, journal_id, line_id, line_key, status, parcel, retries, at) \
         SELECT $2, $3, $4, r.value->>'line_id', r.value->>'line_key', 'sending', $5, $6, $7 \
         FROM json_each($1) AS r WHERE true \
         ON CONFLICT (company_id, target_id, line_id) DO NOTHING",
        &[rows(&values), company, target, journal, parcel.into(), false.into(), now.as_microsecond().into()],
    )
    .await
    .map(|_| ())
}

/// Writes down what became of lines. Answers how many of them the target has.
pub async fn settle(tx: &mut Tx, lane: Lane, outcomes: &[(LineId, Outcome)], now: Timestamp) -> Result<u64, DbError> {
    let values: Vec<Value> = outcomes
        .iter()
        .map(|(line, outcome)| match outcome {
            Outcome::Created(remote) => json!({"line_id": line, "status": "created", "remote": remote, "retries": 0}),
            Outcome::Exists(remote) => json!({"line_id": line, "status": "exists", "remote": remote, "retries": 0}),
            Outcome::Parked { reason, detail, retries } => json!({
                "line_id": line, "status": "parked", "reason": reason, "detail": detail, "retries": i64::from(*retries),
            }),
        })
        .collect();
    let [company, target, _] = lane.args();
    tx.run(
        "WITH n AS MATERIALIZED (SELECT r.value->>'line_id' AS line_id, r.value->>'status' AS status, \
         r.value->>'remote' AS remote, r.value->>'reason' AS reason, r.value->>'detail' AS detail, \
         CAST(r.value->>'retries' AS BIGINT) AS retries FROM json_each($1) AS r) \
         UPDATE delivery SET status = n.status, remote = n.remote, reason = n.reason, detail = n.detail, \
         retries = (n.retries = 1), at = $4 FROM n \
         WHERE delivery.company_id = $2 AND delivery.target_id = $3 AND delivery.line_id = n.line_id \
         AND delivery.status = 'sending'",
        &[rows(&values), company, target, now.as_microsecond().into()],
    )
    .await?;
    Ok(outcomes.iter().filter(|(_, outcome)| !matches!(outcome, Outcome::Parked { .. })).count() as u64)
}

/// Lets parked lines be handed over again: all of a target, or only those of a journal that may pass by themselves.
/// They never reached the target, so nothing but the reason is forgotten.
pub async fn unpark(
    tx: &mut Tx,
    company: CompanyId,
    target: TargetId,
    only: Option<JournalId>,
) -> Result<u64, DbError> {
    waiting::unpark(tx, company, target, only).await?;
    let args = [company.to_string().into(), target.to_string().into()];
    match only {
        None => {
            let sql = "DELETE FROM delivery WHERE company_id = $1 AND target_id = $2 \
                       AND status IN ('sending', 'parked') AND status = 'parked'";
            tx.run(sql, &args).await
        }
        Some(journal) => {
            let [company, target] = args;
            let sql = "DELETE FROM delivery WHERE company_id = $1 AND target_id = $2 AND journal_id = $3 \
                       AND status IN ('sending', 'parked') AND status = 'parked' AND retries";
            tx.run(sql, &[company, target, journal.to_string().into()]).await
        }
    }
}

/// The parked lines of a target, oldest first.
pub async fn parked(tx: &mut Tx, company: CompanyId, target: TargetId, limit: i64) -> Result<Vec<Parked>, DbError> {
    let found = tx
        .all(
            "SELECT line.*, d.reason, d.detail, d.at FROM delivery AS d JOIN line ON line.company_id = d.company_id \
             AND line.id = d.line_id WHERE d.company_id = $1 AND d.target_id = $2 AND d.status = 'parked' \
             ORDER BY line.booked_on, line.sequence LIMIT $3",
            &[company.to_string().into(), target.to_string().into(), limit.into()],
        )
        .await?;
    found
        .iter()
        .map(|row| {
            Ok(Parked {
                journal: row.parse("journal_id")?,
                line: line::of_row(row)?,
                reason: row.optional_text("reason")?.unwrap_or_default(),
                detail: row.optional_text("detail")?.unwrap_or_default(),
                at: instant(row.int("at")?)?,
            })
        })
        .collect()
}

/// Those of some lines that stand in another system, or are on the way there.
pub async fn of_lines(tx: &mut Tx, company: CompanyId, lines: &[LineId]) -> Result<HashSet<LineId>, DbError> {
    if lines.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = "SELECT DISTINCT line_id FROM delivery WHERE company_id = $1 AND status IN ('sending', 'created', 'exists') \
         AND line_id IN (SELECT r.value->>0 FROM json_each($2) AS r)";
    let values: Vec<_> = lines.iter().map(|line| json!([line])).collect();
    let found = tx.all(sql, &[company.to_string().into(), rows(&values)]).await?;
    found.iter().map(|row| row.parse("line_id")).collect()
}

/// The delivered lines that the bank has taken back or contradicted since.
pub async fn changed(tx: &mut Tx, company: CompanyId, target: TargetId) -> Result<Vec<(JournalId, Line)>, DbError> {
    let found = tx
        .all(
            "SELECT line.* FROM delivery AS d JOIN line ON line.company_id = d.company_id AND line.id = d.line_id \
             WHERE d.company_id = $1 AND d.target_id = $2 AND d.status IN ('created', 'exists') \
             AND line.state <> 'posted' ORDER BY line.booked_on, line.sequence LIMIT 200",
            &[company.to_string().into(), target.to_string().into()],
        )
        .await?;
    found.iter().map(|row| Ok((row.parse("journal_id")?, line::of_row(row)?))).collect()
}

/// Whether lines of a journal are parked.
pub async fn is_parked(tx: &mut Tx, lane: Lane) -> Result<bool, DbError> {
    let sql = "SELECT line_id FROM delivery WHERE company_id = $1 AND target_id = $2 AND journal_id = $3 \
               AND status IN ('sending', 'parked') AND status = 'parked' LIMIT 1";
    Ok(tx.optional(sql, &lane.args()).await?.is_some())
}

/// How many lines of a journal are where.
pub async fn tally(tx: &mut Tx, lane: Lane) -> Result<Tally, DbError> {
    let sql = "SELECT d.status, COUNT(*) AS n, \
               CAST(COALESCE(SUM(CASE WHEN line.state <> 'posted' THEN 1 ELSE 0 END), 0) AS BIGINT) AS changed \
               FROM delivery AS d JOIN line ON line.company_id = d.company_id AND line.id = d.line_id \
               WHERE d.company_id = $1 AND d.target_id = $2 AND d.journal_id = $3 GROUP BY d.status";
    let mut tally = Tally::default();
    for row in tx.all(sql, &lane.args()).await? {
        let count = row.int("n")?;
        match row.text("status")?.as_str() {
            "created" | "exists" => {
                tally.delivered += count;
                tally.changed += row.int("changed")?;
            }
            "parked" => tally.parked = count,
            _ => tally.sending = count,
        }
    }
    Ok(tally)
}

/// The keys that lines of a journal were handed over under.
pub async fn keys(tx: &mut Tx, lane: Lane) -> Result<Vec<(LineId, String)>, DbError> {
    let sql = "SELECT line_id, line_key FROM delivery WHERE company_id = $1 AND target_id = $2 AND journal_id = $3";
    let found = tx.all(sql, &lane.args()).await?;
    found.iter().map(|row| Ok((row.parse("line_id")?, row.text("line_key")?))).collect()
}

/// What the target calls the lines of a journal booked from a day to a day, in their order; `None` for one that it has not.
pub async fn of_days(tx: &mut Tx, lane: Lane, from: Date, to: Date) -> Result<Vec<Option<String>>, DbError> {
    let [company, target, journal] = lane.args();
    let found: Vec<Row> = tx
        .all(
            "SELECT CASE WHEN d.status IN ('created', 'exists') THEN d.remote ELSE NULL END AS remote \
             FROM line LEFT JOIN delivery AS d ON d.company_id = line.company_id AND d.target_id = $2 \
             AND d.line_id = line.id WHERE line.company_id = $1 AND line.journal_id = $3 \
             AND line.booked_on >= $4 AND line.booked_on <= $5 AND line.state <> 'removed' \
             ORDER BY line.booked_on, line.sequence",
            &[company, target, journal, from.to_string().into(), to.to_string().into()],
        )
        .await?;
    found.iter().map(|row| row.optional_text("remote")).collect()
}

/// The statements of a journal that the target has a checkpoint of, and its opening entry when it has that.
pub async fn checkpoints(tx: &mut Tx, lane: Lane) -> Result<Vec<String>, DbError> {
    let sql = "SELECT month FROM checkpoint WHERE company_id = $1 AND target_id = $2 AND journal_id = $3";
    tx.all(sql, &lane.args()).await?.iter().map(|row| row.text("month")).collect()
}

/// Writes down a checkpoint.
pub async fn mark(tx: &mut Tx, lane: Lane, period: &str, remote: &str, now: Timestamp) -> Result<(), DbError> {
    let [company, target, journal] = lane.args();
    let sql = "INSERT INTO checkpoint (company_id, target_id, journal_id, month, remote, at) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    let args = [company, target, journal, period.into(), remote.into(), now.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}
