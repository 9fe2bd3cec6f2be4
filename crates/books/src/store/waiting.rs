//! The months in which lines may wait for a target, so that looking for them does not walk a history. Whoever changes
//! lines adds theirs, and a visit clears those of which the target has every line. Both hold the row of the journal at
//! the target meanwhile: what is added beside a visit is never cleared by it.

use db::{DbError, Tx, rows};
use domain::{CompanyId, JournalId, TargetId};
use serde_json::{Value, json};

use super::delivery::Lane;

/// Lines of these months came or changed: they may wait for every target that receives the journal. The caller has
/// stirred those targets in the same transaction.
pub async fn touch(tx: &mut Tx, company: CompanyId, journal: JournalId, months: &[String]) -> Result<(), DbError> {
    let values: Vec<Value> = months.iter().map(|month| json!([month])).collect();
    let sql = "INSERT INTO waiting_month (company_id, target_id, journal_id, month) \
               SELECT l.company_id, l.target_id, l.journal_id, r.value->>0 FROM target_journal AS l \
               CROSS JOIN json_each($1) AS r WHERE l.company_id = $2 AND l.journal_id = $3 ON CONFLICT DO NOTHING";
    tx.run(sql, &[rows(&values), company.to_string().into(), journal.to_string().into()]).await.map(|_| ())
}

/// A target begins to receive a journal: every month may hold lines that wait.
pub async fn begin(tx: &mut Tx, lane: Lane) -> Result<(), DbError> {
    let sql = "INSERT INTO waiting_month (company_id, target_id, journal_id, month) \
               SELECT company_id, $2, journal_id, month FROM month WHERE company_id = $1 AND journal_id = $3 \
               ON CONFLICT DO NOTHING";
    tx.run(sql, &lane.args()).await.map(|_| ())
}

/// Parked lines are about to be handed over again: all of a target, or only those of a journal that may pass by
/// themselves.
pub async fn unpark(tx: &mut Tx, company: CompanyId, target: TargetId, only: Option<JournalId>) -> Result<(), DbError> {
    let args = [company.to_string().into(), target.to_string().into()];
    let hold = "SELECT journal_id FROM target_journal WHERE company_id = $1 AND target_id = $2 /*for update*/";
    tx.all(hold, &args).await?;
    let (sql, args) = match only {
        None => (
            "INSERT INTO waiting_month (company_id, target_id, journal_id, month) \
             SELECT DISTINCT d.company_id, d.target_id, line.journal_id, SUBSTR(line.booked_on, 1, 7) \
             FROM delivery AS d JOIN line ON line.company_id = d.company_id AND line.id = d.line_id \
             WHERE d.company_id = $1 AND d.target_id = $2 AND d.status IN ('sending', 'parked') \
             AND d.status = 'parked' ON CONFLICT DO NOTHING",
            args.to_vec(),
        ),
        Some(journal) => (
            "INSERT INTO waiting_month (company_id, target_id, journal_id, month) \
             SELECT DISTINCT d.company_id, d.target_id, line.journal_id, SUBSTR(line.booked_on, 1, 7) \
             FROM delivery AS d JOIN line ON line.company_id = d.company_id AND line.id = d.line_id \
             WHERE d.company_id = $1 AND d.target_id = $2 AND d.journal_id = $3 \
             AND d.status IN ('sending', 'parked') AND d.status = 'parked' AND d.retries ON CONFLICT DO NOTHING",
            [args.as_slice(), &[journal.to_string().into()]].concat(),
        ),
    };
    tx.run(sql, &args).await.map(|_| ())
}

/// Forgets the months of which the target has every line.
pub async fn clear(tx: &mut Tx, lane: Lane) -> Result<(), DbError> {
    let hold = "SELECT journal_id FROM target_journal WHERE company_id = $1 AND target_id = $2 AND journal_id = $3 \
                /*for update*/";
    tx.all(hold, &lane.args()).await?;
    let sql = "DELETE FROM waiting_month WHERE company_id = $1 AND target_id = $2 AND journal_id = $3 \
               AND NOT EXISTS (SELECT 1 FROM line WHERE line.company_id = $1 AND line.journal_id = $3 \
               AND line.booked_on >= waiting_month.month || '-01' AND line.booked_on <= waiting_month.month || '-31' \
               AND line.state <> 'removed' AND NOT EXISTS (SELECT 1 FROM delivery AS d WHERE d.company_id = $1 \
               AND d.target_id = $2 AND d.line_id = line.id))";
    tx.run(sql, &lane.args()).await.map(|_| ())
}
