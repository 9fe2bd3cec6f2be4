//! Which organizations are blocked for not paying.

use db::{DbError, Tx};
use domain::{ApplicationId, OrganizationId, Timestamp};

/// Whether an organization is blocked.
pub async fn is_blocked(tx: &mut Tx, organization: OrganizationId) -> Result<bool, DbError> {
    let sql = "SELECT organization_id FROM organization_blocks WHERE organization_id = $1";
    Ok(tx.optional(sql, &[organization.to_string().into()]).await?.is_some())
}

/// Whether software is refused data: its user is blocked, or the organization of its maker that pays for all users.
pub async fn is_refused(
    tx: &mut Tx,
    organization: OrganizationId,
    application: ApplicationId,
) -> Result<bool, DbError> {
    let sql = "SELECT b.organization_id FROM organization_blocks b WHERE b.organization_id = $1 \
         OR b.organization_id = (SELECT p.paid_by FROM applications p WHERE p.id = $2) LIMIT 1";
    Ok(tx.optional(sql, &[organization.to_string().into(), application.to_string().into()]).await?.is_some())
}

/// Blocks an organization; false when it was before.
pub async fn block(tx: &mut Tx, organization: OrganizationId, at: Timestamp) -> Result<bool, DbError> {
    let sql = "INSERT INTO organization_blocks (organization_id, blocked_at) VALUES ($1, $2) \
         ON CONFLICT (organization_id) DO NOTHING";
    Ok(tx.run(sql, &[organization.to_string().into(), at.as_microsecond().into()]).await? == 1)
}

/// Unblocks an organization; false when it was not blocked.
pub async fn unblock(tx: &mut Tx, organization: OrganizationId) -> Result<bool, DbError> {
    let sql = "DELETE FROM organization_blocks WHERE organization_id = $1";
    Ok(tx.run(sql, &[organization.to_string().into()]).await? == 1)
}

/// Every blocked organization with its instant: the operator's view.
pub async fn all(tx: &mut Tx) -> Result<Vec<(OrganizationId, Timestamp)>, DbError> {
    let rows = tx.all("SELECT organization_id, blocked_at FROM organization_blocks ORDER BY blocked_at", &[]).await?;
    rows.iter().map(|row| Ok((row.parse("organization_id")?, super::read::instant(row, "blocked_at")?))).collect()
}
