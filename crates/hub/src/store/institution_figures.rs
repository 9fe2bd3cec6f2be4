//! How an institution answered over all organizations: for the operator, who decides how far it can be relied on.

use db::{DbError, Tx};
use domain::{InstitutionId, OrganizationId, Timestamp};

use super::synchronization::SynchronizationError;

/// Synchronizations of one institution that ended in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Of which institution.
    pub institution: InstitutionId,
    /// The code of the failure; `None` for success.
    pub error_code: Option<String>,
    /// How many.
    pub count: i64,
}

/// How the synchronizations ended that were created since an instant.
pub async fn ended_since(tx: &mut Tx, since: Timestamp) -> Result<Vec<Ended>, DbError> {
    let sql = "SELECT a.institution_id, s.error_code, COUNT(*) AS n FROM synchronizations s \
         JOIN accounts a ON a.organization_id = s.organization_id AND a.id = s.account_id \
         WHERE s.created_at >= $1 AND s.status IN ('success', 'error') \
         GROUP BY a.institution_id, s.error_code ORDER BY a.institution_id, n DESC";
    let rows = tx.all(sql, &[since.as_microsecond().into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Ended {
                institution: row.parse("institution_id")?,
                error_code: row.optional_text("error_code")?,
                count: row.int("n")?,
            })
        })
        .collect()
}

/// A synchronization as a diagnostic tells it: nothing of it names an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The id of the synchronization: what the operator finds in the log.
    pub synchronization: String,
    /// Which kind.
    pub subtype: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// Why it failed; `None` for success and for what still runs.
    pub error: Option<SynchronizationError>,
}

/// The newest synchronizations of an organization at an institution, newest first.
pub async fn attempts(
    tx: &mut Tx,
    organization: OrganizationId,
    institution: InstitutionId,
    limit: i64,
) -> Result<Vec<Attempt>, DbError> {
    let sql = "SELECT s.id, s.subtype, s.created_at, s.error_code, s.error_detail, s.error_reply \
         FROM synchronizations s JOIN accounts a ON a.organization_id = s.organization_id AND a.id = s.account_id \
         WHERE s.organization_id = $1 AND a.institution_id = $2 ORDER BY s.created_at DESC, s.id DESC LIMIT $3";
    let rows = tx.all(sql, &[organization.to_string().into(), institution.to_string().into(), limit.into()]).await?;
    rows.iter()
        .map(|row| {
            let error = row.optional_text("error_code")?.map(|code| {
                let (detail, reply) = (row.optional_text("error_detail")?, row.optional_text("error_reply")?);
                Ok::<_, DbError>(SynchronizationError { code, detail: detail.unwrap_or_default(), reply })
            });
            Ok(Attempt {
                synchronization: row.text("id")?,
                subtype: row.text("subtype")?,
                created_at: super::read::instant(row, "created_at")?,
                error: error.transpose()?,
            })
        })
        .collect()
}
