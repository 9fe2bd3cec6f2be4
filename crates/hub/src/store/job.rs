//! Work to be done, with leases: a process takes a job for a while; when it dies, the job becomes due again.

use db::{DbError, Tx};
use domain::{JobId, OrganizationId, Timestamp};

/// The kind of jobs that send a webhook: they wait while there is anything else to do, because a receiver that does not
/// answer holds its worker up.
pub const WEBHOOK: &str = "webhook";

/// A job that this process has taken.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Whose work it is.
    pub organization: OrganizationId,
    /// What kind of work, such as `synchronize`.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// How often it was taken, this time included.
    pub attempts: i64,
    /// How often in a row whoever had it neither did it nor gave it back, but broke off or died.
    pub lapses: i64,
}

/// Adds a job; a job of the same kind about the same subject exists once.
pub async fn add(
    tx: &mut Tx,
    id: JobId,
    organization: OrganizationId,
    kind: &str,
    subject: &str,
    due_at: Timestamp,
) -> Result<(), DbError> {
    let sql = "INSERT INTO jobs (id, organization_id, kind, subject_id, due_at, lease_until, attempts) \
         VALUES ($1, $2, $3, $4, $5, 0, 0) ON CONFLICT (kind, subject_id) DO NOTHING";
    let args = [
        id.to_string().into(),
        organization.to_string().into(),
        kind.into(),
        subject.into(),
        due_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// Takes the job that has been due longest, until `lease_until`; webhooks come after everything else.
pub async fn take(tx: &mut Tx, now: Timestamp, lease_until: Timestamp) -> Result<Option<Job>, DbError> {
    let sql = "SELECT id, organization_id, kind, subject_id, lease_until, attempts, lapses FROM jobs \
         WHERE due_at <= $1 AND lease_until <= $1 \
         ORDER BY CASE WHEN kind = 'webhook' THEN 1 ELSE 0 END, due_at, id LIMIT 1 /*skip locked*/";
    let Some(row) = tx.optional(sql, &[now.as_microsecond().into()]).await? else { return Ok(None) };
    let job = Job {
        id: row.parse("id")?,
        organization: row.parse("organization_id")?,
        kind: row.text("kind")?,
        subject: row.text("subject_id")?,
        attempts: row.int("attempts")? + 1,
        // Whoever gives a job back takes its lease off.
        lapses: if row.int("lease_until")? == 0 { 0 } else { row.int("lapses")? + 1 },
    };
    let take = "UPDATE jobs SET lease_until = $2, attempts = $3, lapses = $4 WHERE id = $1";
    let args = [job.id.to_string().into(), lease_until.as_microsecond().into(), job.attempts.into(), job.lapses.into()];
    tx.run(take, &args).await?;
    Ok(Some(job))
}

/// Prolongs the lease of a job that this process took. False when another process has taken it since, or it is gone:
/// the count of attempts tells one holder from the next.
pub async fn renew(tx: &mut Tx, job: &Job, lease_until: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE jobs SET lease_until = $2 WHERE id = $1 AND attempts = $3";
    let args = [job.id.to_string().into(), lease_until.as_microsecond().into(), job.attempts.into()];
    Ok(tx.run(sql, &args).await? > 0)
}

/// Gives a job back, to be taken again when it is due. Nothing happens when another process has taken it since.
pub async fn postpone(tx: &mut Tx, job: &Job, due_at: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE jobs SET due_at = $2, lease_until = 0 WHERE id = $1 AND attempts = $3";
    let args = [job.id.to_string().into(), due_at.as_microsecond().into(), job.attempts.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Makes a job due no later than this.
pub async fn advance(tx: &mut Tx, kind: &str, subject: &str, due_at: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE jobs SET due_at = $3 WHERE kind = $1 AND subject_id = $2 AND due_at > $3";
    tx.run(sql, &[kind.into(), subject.into(), due_at.as_microsecond().into()]).await.map(|_| ())
}

/// Removes a job that is done.
pub async fn done(tx: &mut Tx, id: JobId) -> Result<(), DbError> {
    tx.run("DELETE FROM jobs WHERE id = $1", &[id.to_string().into()]).await.map(|_| ())
}

/// How many jobs exist, taken or not.
pub async fn count(tx: &mut Tx) -> Result<i64, DbError> {
    tx.one("SELECT COUNT(*) AS n FROM jobs", &[]).await?.int("n")
}
