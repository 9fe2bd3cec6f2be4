//! Processes that do the books' work just now: each says every few seconds that it lives, so that another one need not
//! do the same work at the same time. Nothing rests on it: work that is done twice does no harm.

use db::{DbError, Tx};
use domain::Timestamp;

/// Says that a process lives.
pub async fn beat(tx: &mut Tx, holder: &str, now: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO worker (holder, seen_at) VALUES ($1, $2) \
               ON CONFLICT (holder) DO UPDATE SET seen_at = EXCLUDED.seen_at";
    tx.run(sql, &[holder.into(), now.as_microsecond().into()]).await.map(|_| ())
}

/// Forgets a process that ends, and those that have said nothing since an instant.
pub async fn leave(tx: &mut Tx, holder: &str, silent_since: Timestamp) -> Result<(), DbError> {
    let sql = "DELETE FROM worker WHERE holder = $1 OR seen_at < $2";
    tx.run(sql, &[holder.into(), silent_since.as_microsecond().into()]).await.map(|_| ())
}

/// Whether another process has said since an instant that it lives.
pub async fn another(tx: &mut Tx, holder: &str, since: Timestamp) -> Result<bool, DbError> {
    let sql = "SELECT holder FROM worker WHERE holder <> $1 AND seen_at >= $2 LIMIT 1";
    Ok(tx.optional(sql, &[holder.into(), since.as_microsecond().into()]).await?.is_some())
}
