//! Logins. The cookie is known to the browser alone; its hash is the key here.

use db::{DbError, Row, Tx};
use domain::{OrganizationId, SessionId, Timestamp, UserId};

use super::read;

/// A login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Ours; unlike the cookie it may be shown.
    pub id: SessionId,
    /// Whose login.
    pub user_id: UserId,
    /// The organization that the person works in at present.
    pub organization_id: Option<OrganizationId>,
    /// When the person logged in.
    pub created_at: Timestamp,
    /// When the person was last seen, to within a few minutes.
    pub seen_at: Timestamp,
}

/// Adds a login under the hash of its cookie.
pub async fn insert(tx: &mut Tx, cookie_hash: &str, session: &Session) -> Result<(), DbError> {
    let args = [
        cookie_hash.into(),
        session.id.to_string().into(),
        session.user_id.to_string().into(),
        session.organization_id.map(|id| id.to_string()).into(),
        session.created_at.as_microsecond().into(),
        session.seen_at.as_microsecond().into(),
    ];
    let sql = "INSERT INTO sessions (cookie_hash, id, user_id, organization_id, created_at, seen_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, &args).await.map(|_| ())
}

/// The login of a cookie's hash, expired or not.
pub async fn get(tx: &mut Tx, cookie_hash: &str) -> Result<Option<Session>, DbError> {
    let sql = "SELECT id, user_id, organization_id, created_at, seen_at FROM sessions WHERE cookie_hash = $1";
    tx.optional(sql, &[cookie_hash.into()]).await?.as_ref().map(session).transpose()
}

/// Notes that the person was seen.
pub async fn touch(tx: &mut Tx, cookie_hash: &str, at: Timestamp) -> Result<(), DbError> {
    let args = [cookie_hash.into(), at.as_microsecond().into()];
    tx.run("UPDATE sessions SET seen_at = $2 WHERE cookie_hash = $1", &args).await.map(|_| ())
}

/// Sets the organization that the person works in.
pub async fn choose_organization(
    tx: &mut Tx,
    id: SessionId,
    user: UserId,
    organization: OrganizationId,
) -> Result<(), DbError> {
    let args = [id.to_string().into(), user.to_string().into(), organization.to_string().into()];
    tx.run("UPDATE sessions SET organization_id = $3 WHERE user_id = $2 AND id = $1", &args).await.map(|_| ())
}

/// Sets the organization that a person works in, in every session.
pub async fn work_for(tx: &mut Tx, user: UserId, organization: OrganizationId) -> Result<(), DbError> {
    let args = [user.to_string().into(), organization.to_string().into()];
    tx.run("UPDATE sessions SET organization_id = $2 WHERE user_id = $1", &args).await.map(|_| ())
}

/// Takes a person's sessions out of an organization that the person left.
pub async fn leave(tx: &mut Tx, user: UserId, organization: OrganizationId) -> Result<(), DbError> {
    let args = [user.to_string().into(), organization.to_string().into()];
    let sql = "UPDATE sessions SET organization_id = NULL WHERE user_id = $1 AND organization_id = $2";
    tx.run(sql, &args).await.map(|_| ())
}

/// Ends one login.
pub async fn delete(tx: &mut Tx, cookie_hash: &str) -> Result<(), DbError> {
    tx.run("DELETE FROM sessions WHERE cookie_hash = $1", &[cookie_hash.into()]).await.map(|_| ())
}

/// Ends every login of a person and tells how many there were.
pub async fn delete_all(tx: &mut Tx, user: UserId) -> Result<u64, DbError> {
    tx.run("DELETE FROM sessions WHERE user_id = $1", &[user.to_string().into()]).await
}

/// Forgets logins that were last seen or begun before two limits.
pub async fn delete_expired(tx: &mut Tx, seen_before: Timestamp, begun_before: Timestamp) -> Result<(), DbError> {
    let args = [seen_before.as_microsecond().into(), begun_before.as_microsecond().into()];
    tx.run("DELETE FROM sessions WHERE seen_at < $1 OR created_at < $2", &args).await.map(|_| ())
}

fn session(row: &Row) -> Result<Session, DbError> {
    Ok(Session {
        id: row.parse("id")?,
        user_id: row.parse("user_id")?,
        organization_id: row.optional_parse("organization_id")?,
        created_at: read::instant(row, "created_at")?,
        seen_at: read::instant(row, "seen_at")?,
    })
}
