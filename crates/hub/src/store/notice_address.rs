//! Who is written to about an organization's permissions: its members, and further addresses.

use db::{DbError, Tx};
use domain::{OrganizationId, Timestamp};

/// An address with the language of its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeAddress {
    /// The address.
    pub email: String,
    /// The code of the language.
    pub language: String,
}

/// Adds an address; one that is there stays as it is.
pub async fn add(
    tx: &mut Tx,
    organization: OrganizationId,
    address: &NoticeAddress,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "INSERT INTO notice_addresses (organization_id, email, language, added_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (organization_id, email) DO NOTHING";
    let args = [
        organization.to_string().into(),
        (&address.email).into(),
        (&address.language).into(),
        now.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Removes an address.
pub async fn remove(tx: &mut Tx, organization: OrganizationId, email: &str) -> Result<(), DbError> {
    let sql = "DELETE FROM notice_addresses WHERE organization_id = $1 AND email = $2";
    tx.run(sql, &[organization.to_string().into(), email.into()]).await.map(|_| ())
}

/// The further addresses of an organization.
pub async fn added(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<NoticeAddress>, DbError> {
    let sql = "SELECT email, language FROM notice_addresses WHERE organization_id = $1 ORDER BY email";
    list(tx, sql, organization).await
}

/// The addresses of the members.
pub async fn of_members(tx: &mut Tx, organization: OrganizationId) -> Result<Vec<NoticeAddress>, DbError> {
    let sql = "SELECT u.email, u.language FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.organization_id = $1 ORDER BY u.email";
    list(tx, sql, organization).await
}

async fn list(tx: &mut Tx, sql: &'static str, organization: OrganizationId) -> Result<Vec<NoticeAddress>, DbError> {
    let rows = tx.all(sql, &[organization.to_string().into()]).await?;
    rows.iter().map(|row| Ok(NoticeAddress { email: row.text("email")?, language: row.text("language")? })).collect()
}
