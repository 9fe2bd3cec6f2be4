//! Links that were sent to an address: whoever opens one reads the mail of that address. Only the hash is kept.

use db::{DbError, Tx};
use domain::Timestamp;

use super::read;
use super::user::email_key;

/// What a link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Making a login.
    SignUp,
    /// Choosing a new password.
    Reset,
}

impl Purpose {
    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Purpose::SignUp => "sign_up",
            Purpose::Reset => "reset",
        }
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailLink {
    /// What it is good for.
    pub purpose: Purpose,
    /// The address that it was sent to.
    pub email: String,
    /// Where the person wanted to go; empty for nowhere in particular.
    pub next_page: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// Keeps a link, and forgets those that lapsed before now.
pub async fn insert(tx: &mut Tx, token_hash: &str, link: &EmailLink, now: Timestamp) -> Result<(), DbError> {
    tx.run("DELETE FROM email_links WHERE expires_at < $1", &[now.as_microsecond().into()]).await?;
    let sql = "INSERT INTO email_links (token_hash, purpose, email, email_key, next_page, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let args = [
        token_hash.into(),
        link.purpose.code().into(),
        (&link.email).into(),
        email_key(&link.email).into(),
        (&link.next_page).into(),
        link.expires_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// A link that works now.
pub async fn get(
    tx: &mut Tx,
    token_hash: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<EmailLink>, DbError> {
    let sql = "SELECT email, next_page, expires_at FROM email_links WHERE token_hash = $1 AND purpose = $2 \
               AND used_at IS NULL AND expires_at > $3";
    let args = [token_hash.into(), purpose.code().into(), now.as_microsecond().into()];
    let Some(row) = tx.optional(sql, &args).await? else { return Ok(None) };
    Ok(Some(EmailLink {
        purpose,
        email: row.text("email")?,
        next_page: row.text("next_page")?,
        expires_at: read::instant(&row, "expires_at")?,
    }))
}

/// Uses a link up, with every other of its purpose for the same address. False when it does not work any more.
pub async fn take(tx: &mut Tx, token_hash: &str, purpose: Purpose, now: Timestamp) -> Result<bool, DbError> {
    let args = [token_hash.into(), purpose.code().into(), now.as_microsecond().into()];
    let sql = "UPDATE email_links SET used_at = $3 WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL \
               AND expires_at > $3";
    if tx.run(sql, &args).await? == 0 {
        return Ok(false);
    }
    let sql = "UPDATE email_links SET used_at = $3 WHERE purpose = $2 AND used_at IS NULL AND email_key = \
               (SELECT l.email_key FROM email_links l WHERE l.token_hash = $1)";
    tx.run(sql, &args).await?;
    Ok(true)
}
