//! Answers that were given to a request with an idempotency key, so that the same request gets the same answer.

use db::{DbError, Tx};
use domain::{Timestamp, ToSpan};

/// For how long an answer is kept.
const KEPT_HOURS: i64 = 24;
/// After how long a request that has no answer is taken for lost: its process died.
const LOST_AFTER_SECONDS: i64 = 60;

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Nothing: the request is now begun, and its answer must be kept or forgotten.
    Begun,
    /// The same request is being worked on.
    Unfinished,
    /// The key came with another request.
    OtherRequest,
    /// The same request was answered.
    Answered {
        /// HTTP status.
        status: u16,
        /// The whole body.
        body: String,
    },
}

/// Begins a request under a key, or tells what is known of it.
pub async fn begin(tx: &mut Tx, caller: &str, key: &str, digest: &str, now: Timestamp) -> Result<Known, DbError> {
    let sql = "DELETE FROM idempotent_answers WHERE created_at < $1 OR (status IS NULL AND created_at < $2)";
    let lost = (now - LOST_AFTER_SECONDS.seconds()).as_microsecond();
    tx.run(sql, &[(now - KEPT_HOURS.hours()).as_microsecond().into(), lost.into()]).await?;
    let sql = "INSERT INTO idempotent_answers (caller, idempotency_key, request_digest, created_at) \
               VALUES ($1, $2, $3, $4) ON CONFLICT (caller, idempotency_key) DO NOTHING";
    if tx.run(sql, &[caller.into(), key.into(), digest.into(), now.as_microsecond().into()]).await? == 1 {
        return Ok(Known::Begun);
    }
    let sql = "SELECT request_digest, status, body FROM idempotent_answers WHERE caller = $1 AND idempotency_key = $2";
    let row = tx.one(sql, &[caller.into(), key.into()]).await?;
    if row.text("request_digest")? != digest {
        return Ok(Known::OtherRequest);
    }
    let status = row.optional_int("status")?.and_then(|status| u16::try_from(status).ok());
    Ok(match status.zip(row.optional_text("body")?) {
        None => Known::Unfinished,
        Some((status, body)) => Known::Answered { status, body },
    })
}

/// Keeps the answer of a request that was begun.
pub async fn keep(tx: &mut Tx, caller: &str, key: &str, status: u16, body: &str) -> Result<(), DbError> {
    let sql = "UPDATE idempotent_answers SET status = $3, body = $4 WHERE caller = $1 AND idempotency_key = $2";
    tx.run(sql, &[caller.into(), key.into(), i64::from(status).into(), body.into()]).await.map(|_| ())
}

/// Forgets a request that failed on our side, so that it may be tried again under the same key.
pub async fn forget(tx: &mut Tx, caller: &str, key: &str) -> Result<(), DbError> {
    let sql = "DELETE FROM idempotent_answers WHERE caller = $1 AND idempotency_key = $2";
    tx.run(sql, &[caller.into(), key.into()]).await.map(|_| ())
}
