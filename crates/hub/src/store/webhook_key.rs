//! The keys that sign what the hub tells software. The private halves are sealed.

use db::{DbError, Row, Tx};
use domain::Timestamp;

use super::read;

/// A signing key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookKey {
    /// Its name in signatures.
    pub kid: String,
    /// The modulus, base64url.
    pub modulus: String,
    /// The public exponent, base64url.
    pub exponent: String,
    /// The private key, sealed.
    pub sealed: String,
    /// From when on it signs; until then it is only published, so that everybody knows it in time.
    pub signs_from: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Every key, the one that signs last in front.
pub async fn list(tx: &mut Tx) -> Result<Vec<WebhookKey>, DbError> {
    let sql = "SELECT kid, modulus, exponent, sealed_key, signs_from, created_at FROM webhook_keys \
               ORDER BY signs_from DESC, kid DESC";
    tx.all(sql, &[]).await?.iter().map(key).collect()
}

/// Adds a key.
pub async fn insert(tx: &mut Tx, new: &WebhookKey) -> Result<(), DbError> {
    let sql = "INSERT INTO webhook_keys (kid, modulus, exponent, sealed_key, signs_from, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let args = [
        (&new.kid).into(),
        (&new.modulus).into(),
        (&new.exponent).into(),
        (&new.sealed).into(),
        new.signs_from.as_microsecond().into(),
        new.created_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Forgets a key.
pub async fn delete(tx: &mut Tx, kid: &str) -> Result<(), DbError> {
    tx.run("DELETE FROM webhook_keys WHERE kid = $1", &[kid.into()]).await.map(|_| ())
}

fn key(row: &Row) -> Result<WebhookKey, DbError> {
    Ok(WebhookKey {
        kid: row.text("kid")?,
        modulus: row.text("modulus")?,
        exponent: row.text("exponent")?,
        sealed: row.text("sealed_key")?,
        signs_from: read::instant(row, "signs_from")?,
        created_at: read::instant(row, "created_at")?,
    })
}
