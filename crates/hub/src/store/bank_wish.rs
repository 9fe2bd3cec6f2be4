//! Who wants to be told when a bank can be reached.

use db::{DbError, Tx};
use domain::{OrganizationId, Timestamp};

/// Notes a wish; the same person of the same organization wishes for a bank once.
pub async fn add(
    tx: &mut Tx,
    organization: OrganizationId,
    bic: &str,
    email: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let sql = "INSERT INTO bank_wishes (organization_id, bic, email, wished_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (organization_id, bic, email) DO NOTHING";
    let args = [organization.to_string().into(), bic.into(), email.into(), now.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// Whether a person of an organization wished for a bank already.
pub async fn exists(tx: &mut Tx, organization: OrganizationId, bic: &str, email: &str) -> Result<bool, DbError> {
    let sql = "SELECT 1 AS found FROM bank_wishes WHERE organization_id = $1 AND bic = $2 AND email = $3";
    let args = [organization.to_string().into(), bic.into(), email.into()];
    Ok(tx.optional(sql, &args).await?.is_some())
}

/// For the operator: how many organizations wish for each bank, the most wanted first.
pub async fn demand(tx: &mut Tx) -> Result<Vec<(String, i64)>, DbError> {
    let sql = "SELECT bic, COUNT(DISTINCT organization_id) AS organizations FROM bank_wishes \
         GROUP BY bic ORDER BY organizations DESC, bic";
    tx.all(sql, &[]).await?.iter().map(|row| Ok((row.text("bic")?, row.int("organizations")?))).collect()
}

/// A wish that can be fulfilled: whom to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The organization.
    pub organization: OrganizationId,
    /// The person.
    pub email: String,
}

/// The banks that somebody waits for and was not told of.
pub async fn untold(tx: &mut Tx) -> Result<Vec<String>, DbError> {
    let sql = "SELECT DISTINCT bic FROM bank_wishes WHERE told_at IS NULL ORDER BY bic";
    tx.all(sql, &[]).await?.iter().map(|row| row.text("bic")).collect()
}

/// Those who wished for a bank and were not told yet; they count as told from now on.
pub async fn take_untold(tx: &mut Tx, bic: &str, now: Timestamp) -> Result<Vec<Wish>, DbError> {
    let sql = "SELECT organization_id, email FROM bank_wishes WHERE bic = $1 AND told_at IS NULL ORDER BY wished_at";
    let rows = tx.all(sql, &[bic.into()]).await?;
    let wishes: Result<Vec<Wish>, DbError> = rows
        .iter()
        .map(|row| Ok(Wish { organization: row.parse("organization_id")?, email: row.text("email")? }))
        .collect();
    let sql = "UPDATE bank_wishes SET told_at = $2 WHERE bic = $1 AND told_at IS NULL";
    tx.run(sql, &[bic.into(), now.as_microsecond().into()]).await?;
    wishes
}
