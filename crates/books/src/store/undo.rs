//! Imports that a person undid: their lines are set aside, not deleted, and can be brought back.

use db::{DbError, Tx};
use domain::{CompanyId, ImportId, JournalId, Timestamp, UserId};

use super::line::{self, Line};
use super::optional_instant;

/// When an import was undone.
pub async fn at(tx: &mut Tx, company: CompanyId, import: ImportId) -> Result<Option<Timestamp>, DbError> {
    let sql = "SELECT at FROM undo WHERE company_id = $1 AND import_id = $2";
    let row = tx.optional(sql, &[company.to_string().into(), import.to_string().into()]).await?;
    optional_instant(row.map(|row| row.int("at")).transpose()?)
}

/// Notes that an import was undone. Answers whether it was not before.
pub async fn begin(
    tx: &mut Tx,
    company: CompanyId,
    import: ImportId,
    person: UserId,
    lines: usize,
    now: Timestamp,
) -> Result<bool, DbError> {
    let sql = "INSERT INTO undo (company_id, import_id, at, person_id, lines) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT DO NOTHING";
    let args = [
        company.to_string().into(),
        import.to_string().into(),
        now.as_microsecond().into(),
        person.to_string().into(),
        i64::try_from(lines).unwrap_or(i64::MAX).into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Forgets that an import was undone. Answers whether it was.
pub async fn end(tx: &mut Tx, company: CompanyId, import: ImportId) -> Result<bool, DbError> {
    let sql = "DELETE FROM undo WHERE company_id = $1 AND import_id = $2";
    Ok(tx.run(sql, &[company.to_string().into(), import.to_string().into()]).await? == 1)
}

/// The lines that an import brought, each with its journal.
pub async fn lines(tx: &mut Tx, company: CompanyId, import: ImportId) -> Result<Vec<(JournalId, Line)>, DbError> {
    let sql = "SELECT * FROM line WHERE company_id = $1 AND import_id = $2 ORDER BY journal_id, booked_on, sequence";
    let rows = tx.all(sql, &[company.to_string().into(), import.to_string().into()]).await?;
    rows.iter().map(|row| Ok((row.parse("journal_id")?, line::of_row(row)?))).collect()
}
