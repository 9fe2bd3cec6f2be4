//! Events that providers sent: each is heeded once, however often it is sent.

use db::{DbError, Tx};
use domain::Timestamp;

/// Notes an event. Answers whether it is new. Those of before an instant are forgotten: their signatures are long over.
pub async fn note(tx: &mut Tx, provider: &str, id: &str, now: Timestamp, forget: Timestamp) -> Result<bool, DbError> {
    tx.run("DELETE FROM event WHERE seen_at < $1", &[forget.as_microsecond().into()]).await?;
    let sql = "INSERT INTO event (provider, id, seen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, &[provider.into(), id.into(), now.as_microsecond().into()]).await? == 1)
}

/// Whether an event was noted.
pub async fn is_known(tx: &mut Tx, provider: &str, id: &str) -> Result<bool, DbError> {
    let sql = "SELECT id FROM event WHERE provider = $1 AND id = $2";
    Ok(tx.optional(sql, &[provider.into(), id.into()]).await?.is_some())
}
