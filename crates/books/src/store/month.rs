//! What a journal holds month by month, kept beside its lines so that a page need not add up a history.

use db::{DbError, Row, Tx, rows};
use domain::{CompanyId, Date, JournalId};
use serde_json::{Value, json};

use super::{target, waiting};

/// The lines of one month that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// `2026-03`.
    pub month: String,
    /// How many.
    pub line_count: i64,
    /// Their sum in minor units.
    pub total_minor: i64,
    /// Day of the first.
    pub first_on: Date,
    /// Day of the last.
    pub last_on: Date,
}

/// A cross join, because SQLite goes through its sides in the order in which they are written: month by month. Left to
/// choose, it holds every line of the journal against the months.
const ADD_UP: &str = "WITH n AS MATERIALIZED (SELECT r.value->>0 AS month FROM json_each($1) AS r) \
     INSERT INTO month (company_id, journal_id, month, line_count, total_minor, first_on, last_on) \
     SELECT $2, $3, n.month, COUNT(*), CAST(SUM(line.amount_minor) AS BIGINT), MIN(line.booked_on), MAX(line.booked_on) \
     FROM n CROSS JOIN line WHERE line.company_id = $2 AND line.journal_id = $3 AND line.booked_on >= n.month || '-01' \
     AND line.booked_on <= n.month || '-31' AND line.state <> 'removed' GROUP BY n.month";

/// Adds up these months again, after lines came or stopped counting.
pub async fn recount(tx: &mut Tx, company: CompanyId, journal: JournalId, months: &[String]) -> Result<(), DbError> {
    let values: Vec<Value> = months.iter().map(|month| json!([month])).collect();
    let args = [rows(&values), company.to_string().into(), journal.to_string().into()];
    tx.run(
        "DELETE FROM month WHERE company_id = $2 AND journal_id = $3 \
         AND month IN (SELECT r.value->>0 FROM json_each($1) AS r)",
        &args,
    )
    .await?;
    tx.run(ADD_UP, &args).await?;
    // Whoever changes lines comes by here, so this is where targets are told.
    target::stir(tx, company, journal).await?;
    waiting::touch(tx, company, journal, months).await
}

/// The months of a journal, oldest first.
pub async fn of_journal(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<Vec<Month>, DbError> {
    let found = tx
        .all(
            "SELECT month, line_count, total_minor, first_on, last_on FROM month \
             WHERE company_id = $1 AND journal_id = $2 ORDER BY month",
            &[company.to_string().into(), journal.to_string().into()],
        )
        .await?;
    found.iter().map(read).collect()
}

/// The days of a journal that hold lines which count, oldest first; each as a month of its own.
pub async fn days_of_journal(tx: &mut Tx, company: CompanyId, journal: JournalId) -> Result<Vec<Month>, DbError> {
    let found = tx
        .all(
            "SELECT booked_on AS month, COUNT(*) AS line_count, CAST(SUM(amount_minor) AS BIGINT) AS total_minor, \
             booked_on AS first_on, booked_on AS last_on FROM line WHERE company_id = $1 AND journal_id = $2 \
             AND state <> 'removed' GROUP BY booked_on ORDER BY booked_on",
            &[company.to_string().into(), journal.to_string().into()],
        )
        .await?;
    found.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Month, DbError> {
    Ok(Month {
        month: row.text("month")?,
        line_count: row.int("line_count")?,
        total_minor: row.int("total_minor")?,
        first_on: row.parse("first_on")?,
        last_on: row.parse("last_on")?,
    })
}

#[cfg(test)]
mod tests {
    use db::Db;

    use super::*;
    use crate::store::schema;

    /// How SQLite goes about a statement with so many parameters.
    async fn plan(sql: &str, parameters: usize) -> String {
        let path = std::env::temp_dir().join(format!("books-plan-{}-{parameters}.db", std::process::id()));
        let db = Db::open(&format!("sqlite:{}", path.display())).await.unwrap();
        db.migrate(schema::MIGRATIONS).await.unwrap();
        let explained: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {sql}").into_boxed_str());
        let args = vec!["[]".into(); parameters];
        let steps = db.read().await.unwrap().all(explained, &args).await.unwrap();
        db.close().await;
        std::fs::remove_file(path).unwrap();
        steps.iter().map(|step| step.text("detail").unwrap()).collect::<Vec<_>>().join("\n")
    }

    #[tokio::test]
    async fn new_lines_cost_their_month_and_no_history() {
        let plan = plan(ADD_UP, 3).await;
        assert!(plan.contains("line_order (company_id=? AND journal_id=? AND booked_on>? AND booked_on<?)"), "{plan}");
    }

    #[tokio::test]
    async fn what_waits_for_a_target_is_looked_for_in_its_months() {
        let plan = plan(super::super::delivery::WAITING, 4).await;
        assert!(plan.contains("line_order (company_id=? AND journal_id=? AND booked_on>? AND booked_on<?)"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
