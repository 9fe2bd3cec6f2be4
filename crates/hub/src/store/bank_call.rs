//! The calls made to banks, by account and endpoint: what the quota planner counts (RTS article 36(5)(b)). A call is
//! written before it is made, so that a process that dies in between has used it up rather than hidden it.

use db::{DbError, Tx};
use domain::{AccountId, OrganizationId, Timestamp};

/// Notes a call that is about to be made.
pub async fn note(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    endpoint: &str,
    attended: bool,
    now: Timestamp,
    nonce: &str,
) -> Result<(), DbError> {
    let sql = "INSERT INTO bank_calls (organization_id, account_id, endpoint, called_at, attended, nonce) \
         VALUES ($1, $2, $3, $4, $5, $6)";
    let args = [
        organization.to_string().into(),
        account.to_string().into(),
        endpoint.into(),
        now.as_microsecond().into(),
        attended.into(),
        nonce.into(),
    ];
    tx.run(sql, &args).await?;
    // What is older than two days can never count again.
    let old = now.as_microsecond() - 2 * 24 * 3_600_000_000;
    let sql =
        "DELETE FROM bank_calls WHERE organization_id = $1 AND account_id = $2 AND endpoint = $3 AND called_at < $4";
    let args = [organization.to_string().into(), account.to_string().into(), endpoint.into(), old.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// When the unattended calls since an instant were made, oldest first.
pub async fn unattended_since(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    endpoint: &str,
    since: Timestamp,
) -> Result<Vec<i64>, DbError> {
    let sql = "SELECT called_at FROM bank_calls WHERE organization_id = $1 AND account_id = $2 AND endpoint = $3 \
         AND called_at > $4 AND NOT attended ORDER BY called_at";
    let args =
        [organization.to_string().into(), account.to_string().into(), endpoint.into(), since.as_microsecond().into()];
    tx.all(sql, &args).await?.iter().map(|row| row.int("called_at")).collect()
}
