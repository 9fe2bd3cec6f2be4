//! Requests of software that the authorization of an account be renewed, and which attempt at the bank each led to.

use db::{DbError, Row, Tx};
use domain::{AccountId, AuthorizationId, IntegrationId, OrganizationId, ReauthorizationRequestId, Timestamp};

use super::read;

/// A request that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReauthorizationRequest {
    /// Its id, part of the address that the person is sent to.
    pub id: ReauthorizationRequestId,
    /// Whose account it is.
    pub organization: OrganizationId,
    /// Who asks.
    pub integration: IntegrationId,
    /// The account whose authorization is to be renewed.
    pub account: AccountId,
    /// Where the person goes back to.
    pub redirect_uri: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// The attempt at the bank that it last led to.
    pub authorization: Option<AuthorizationId>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT organization_id, id, integration_id, account_id, redirect_uri, created_at, expires_at, ",
            "authorization_id FROM reauthorization_requests ",
            $rest
        )
    };
}

/// Keeps a request and forgets those of the organization that lapsed.
pub async fn insert(tx: &mut Tx, new: &ReauthorizationRequest) -> Result<(), DbError> {
    let organization = new.organization.to_string();
    let lapsed = "DELETE FROM reauthorization_requests WHERE organization_id = $1 AND expires_at < $2";
    tx.run(lapsed, &[(&organization).into(), new.created_at.as_microsecond().into()]).await?;
    let sql = "INSERT INTO reauthorization_requests (organization_id, id, integration_id, account_id, redirect_uri, \
               created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let args = [
        organization.into(),
        new.id.to_string().into(),
        new.integration.to_string().into(),
        new.account.to_string().into(),
        (&new.redirect_uri).into(),
        new.created_at.as_microsecond().into(),
        new.expires_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// A request of an organization, lapsed or not.
pub async fn get(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ReauthorizationRequestId,
) -> Result<Option<ReauthorizationRequest>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND id = $2");
    let row = tx.optional(sql, &[organization.to_string().into(), id.to_string().into()]).await?;
    row.as_ref().map(request).transpose()
}

/// Notes which attempt at the bank a request led to.
pub async fn lead_to(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ReauthorizationRequestId,
    attempt: AuthorizationId,
) -> Result<(), DbError> {
    let sql = "UPDATE reauthorization_requests SET authorization_id = $3 WHERE organization_id = $1 AND id = $2";
    let args = [organization.to_string().into(), id.to_string().into(), attempt.to_string().into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// The request that led to an attempt at the bank.
pub async fn of_attempt(
    tx: &mut Tx,
    organization: OrganizationId,
    attempt: AuthorizationId,
) -> Result<Option<ReauthorizationRequest>, DbError> {
    let sql = select!("WHERE organization_id = $1 AND authorization_id = $2");
    let row = tx.optional(sql, &[organization.to_string().into(), attempt.to_string().into()]).await?;
    row.as_ref().map(request).transpose()
}

fn request(row: &Row) -> Result<ReauthorizationRequest, DbError> {
    Ok(ReauthorizationRequest {
        id: row.parse("id")?,
        organization: row.parse("organization_id")?,
        integration: row.parse("integration_id")?,
        account: row.parse("account_id")?,
        redirect_uri: row.text("redirect_uri")?,
        created_at: read::instant(row, "created_at")?,
        expires_at: read::instant(row, "expires_at")?,
        authorization: row.optional_parse("authorization_id")?,
    })
}
