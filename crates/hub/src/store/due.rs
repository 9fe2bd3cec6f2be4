//! When accounts are read without a person: whose time has come, and when it comes next.

use db::{DbError, Tx};
use domain::{AccountId, InstitutionId, OrganizationId, Timestamp};

/// An account whose time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Its owner.
    pub organization: OrganizationId,
    /// Its id.
    pub id: AccountId,
    /// Its bank.
    pub institution: InstitutionId,
}

/// Takes the accounts whose unattended synchronization is due, and moves their next one out of reach so that no other
/// process takes them too.
pub async fn take_due(tx: &mut Tx, now: Timestamp, next: Timestamp, limit: i64) -> Result<Vec<Due>, DbError> {
    let due = "SELECT organization_id, id, institution_id FROM accounts WHERE next_unattended_at <= $1 AND state = 'active' \
         ORDER BY next_unattended_at LIMIT $2 /*skip locked*/";
    let mut taken = Vec::new();
    for row in tx.all(due, &[now.as_microsecond().into(), limit.into()]).await? {
        let due = Due {
            organization: row.parse("organization_id")?,
            id: row.parse("id")?,
            institution: row.parse("institution_id")?,
        };
        plan(tx, due.organization, due.id, next).await?;
        taken.push(due);
    }
    Ok(taken)
}

/// Makes the unattended synchronizations of all accounts of an organization due.
pub async fn wake(tx: &mut Tx, organization: OrganizationId, now: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET next_unattended_at = $2 WHERE organization_id = $1 AND state = 'active' \
         AND next_unattended_at > $2";
    tx.run(sql, &[organization.to_string().into(), now.as_microsecond().into()]).await.map(|_| ())
}

/// Sets when an active account's next unattended synchronization is due.
pub async fn plan(tx: &mut Tx, organization: OrganizationId, id: AccountId, next: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE accounts SET next_unattended_at = $3 WHERE organization_id = $1 AND id = $2 AND state = 'active'";
    tx.run(sql, &[organization.to_string().into(), id.to_string().into(), next.as_microsecond().into()])
        .await
        .map(|_| ())
}
