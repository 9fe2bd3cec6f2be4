//! What people report about institutions, with a diagnostic that names no account.

use db::{DbError, Tx};
use domain::{InstitutionId, OrganizationId, ProblemReportId, Timestamp};

use super::read;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemReport {
    /// Its id, which the person can quote.
    pub id: ProblemReportId,
    /// Whose.
    pub organization: OrganizationId,
    /// About which institution.
    pub institution: InstitutionId,
    /// Whom to answer.
    pub email: String,
    /// In the person's words.
    pub words: String,
    /// What the last synchronizations answered, as JSON.
    pub diagnostic: String,
    /// When.
    pub reported_at: Timestamp,
    /// Since when it is dealt with.
    pub closed_at: Option<Timestamp>,
}

/// Keeps a report.
pub async fn insert(tx: &mut Tx, report: &ProblemReport) -> Result<(), DbError> {
    let sql = "INSERT INTO problem_reports \
         (organization_id, id, institution_id, email, words, diagnostic, reported_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let args = [
        report.organization.to_string().into(),
        report.id.to_string().into(),
        report.institution.to_string().into(),
        (&report.email).into(),
        (&report.words).into(),
        (&report.diagnostic).into(),
        report.reported_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// For the operator: the reports that are not dealt with, newest first, of one institution or of all.
pub async fn open(tx: &mut Tx, institution: Option<InstitutionId>) -> Result<Vec<ProblemReport>, DbError> {
    let sql = "SELECT organization_id, id, institution_id, email, words, diagnostic, reported_at, closed_at \
         FROM problem_reports WHERE closed_at IS NULL AND ($1 = '' OR institution_id = $1) \
         ORDER BY reported_at DESC, id DESC LIMIT 500";
    let institution = institution.map(|id| id.to_string()).unwrap_or_default();
    tx.all(sql, &[institution.into()]).await?.iter().map(report).collect()
}

/// Marks a report as dealt with. False when there is no such open report.
pub async fn close(tx: &mut Tx, id: ProblemReportId, now: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE problem_reports SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    Ok(tx.run(sql, &[id.to_string().into(), now.as_microsecond().into()]).await? == 1)
}

fn report(row: &db::Row) -> Result<ProblemReport, DbError> {
    Ok(ProblemReport {
        id: row.parse("id")?,
        organization: row.parse("organization_id")?,
        institution: row.parse("institution_id")?,
        email: row.text("email")?,
        words: row.text("words")?,
        diagnostic: row.text("diagnostic")?,
        reported_at: read::instant(row, "reported_at")?,
        closed_at: read::optional_instant(row, "closed_at")?,
    })
}
