//! How often something was tried within a while. A scope says what and for whom: `login:ana@example.com`.

use db::{DbError, Tx};
use domain::{Timestamp, ToSpan};

use super::read;

/// Counts one use of a scope and tells how many there were since when, this one included; a count older than the window
/// begins anew. Two that count at once wait for each other.
pub async fn count(tx: &mut Tx, scope: &str, now: Timestamp, window_seconds: i64) -> Result<(i64, Timestamp), DbError> {
    // Nothing counts for longer than a day.
    tx.run("DELETE FROM throttles WHERE since < $1", &[(now - 24.hours()).as_microsecond().into()]).await?;
    let sql = "INSERT INTO throttles (scope, since, uses) VALUES ($1, $2, 1) ON CONFLICT (scope) DO UPDATE SET \
               uses = CASE WHEN throttles.since <= $3 THEN 1 ELSE throttles.uses + 1 END, \
               since = CASE WHEN throttles.since <= $3 THEN excluded.since ELSE throttles.since END \
               RETURNING uses, since";
    let old = now - window_seconds.seconds();
    let args = [scope.into(), now.as_microsecond().into(), old.as_microsecond().into()];
    let row = tx.one(sql, &args).await?;
    Ok((row.int("uses")?, read::instant(&row, "since")?))
}

/// Forgets what was counted.
pub async fn forget(tx: &mut Tx, scope: &str) -> Result<(), DbError> {
    tx.run("DELETE FROM throttles WHERE scope = $1", &[scope.into()]).await.map(|_| ())
}
