//! What an application tells of somebody who is about to sign up. Forgotten when it lapses.

use db::{DbError, Tx};
use domain::{ApplicationId, OnboardingDetailsId, Timestamp};

/// Keeps what an application told, as JSON, and forgets what lapsed.
pub async fn insert(
    tx: &mut Tx,
    id: OnboardingDetailsId,
    application: ApplicationId,
    told: &str,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<(), DbError> {
    tx.run("DELETE FROM onboarding_details WHERE expires_at < $1", &[now.as_microsecond().into()]).await?;
    let sql = "INSERT INTO onboarding_details (id, application_id, told, created_at, expires_at) \
               VALUES ($1, $2, $3, $4, $5)";
    let args = [
        id.to_string().into(),
        application.to_string().into(),
        told.into(),
        now.as_microsecond().into(),
        expires_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// What this application told, unless it lapsed.
pub async fn get(
    tx: &mut Tx,
    id: OnboardingDetailsId,
    application: ApplicationId,
    now: Timestamp,
) -> Result<Option<String>, DbError> {
    let sql = "SELECT told FROM onboarding_details WHERE id = $1 AND application_id = $2 AND expires_at > $3";
    let args = [id.to_string().into(), application.to_string().into(), now.as_microsecond().into()];
    tx.optional(sql, &args).await?.map(|row| row.text("told")).transpose()
}

/// Notes that the person came, which happens once, and keeps the details for as long as signing up may take.
pub async fn open(tx: &mut Tx, id: OnboardingDetailsId, now: Timestamp, expires_at: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE onboarding_details SET opened_at = $2, expires_at = $3 WHERE id = $1 AND opened_at IS NULL";
    let args = [id.to_string().into(), now.as_microsecond().into(), expires_at.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}
