//! The pending lane of an account: what the bank announces, until it books it or forgets it.

use std::collections::HashSet;

use db::{DbError, Tx};
use domain::{Environment, PendingTransactionId, SynchronizationId};

use super::identity;
use crate::store;
use crate::store::account::Account;
use crate::store::pending::StoredPending;

/// Replaces the pending lane. What the bank still lists keeps its id, also when it tells the same amount under the same
/// id of its own with another text or day.
pub async fn replace(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    synchronization: SynchronizationId,
    listed: &[&domain::PendingTransaction],
) -> Result<(), DbError> {
    let (organization, now) = (account.organization, environment.now());
    let mut before = store::pending::list(tx, organization, account.id).await?;
    let mut lane = Vec::new();
    let (mut created, mut updated) = (0, 0);
    let print = |row: &domain::PendingTransaction| identity::fingerprint(row.expected_on, row.amount, &row.details);
    let prints: HashSet<String> = listed.iter().map(|row| print(row)).collect();
    for pending in listed {
        let fingerprint = print(pending);
        let changed = |row: &StoredPending| {
            let named = row.bank_id.is_some() && row.bank_id == pending.details.bank_id;
            named && row.amount == pending.amount && !prints.contains(&row.fingerprint)
        };
        let known = before.iter().position(|row| row.fingerprint == fingerprint);
        let known = known.or_else(|| before.iter().position(changed)).map(|index| before.remove(index));
        let same = known.as_ref().is_some_and(|row| row.fingerprint == fingerprint);
        match &known {
            None => created += 1,
            Some(_) if !same => updated += 1,
            Some(_) => {}
        }
        lane.push(StoredPending {
            id: known.as_ref().map_or_else(|| PendingTransactionId::new(environment), |row| row.id),
            account: account.id,
            expected_on: pending.expected_on,
            value_on: pending.value_on,
            amount: pending.amount,
            fingerprint,
            bank_id: pending.details.bank_id.clone(),
            details: pending.details.clone(),
            created_at: known.as_ref().map_or(now, |row| row.created_at),
            updated_at: known.filter(|_| same).map_or(now, |row| row.updated_at),
        });
    }
    if !before.is_empty() || created + updated > 0 {
        store::pending::replace(tx, organization, account.id, &lane).await?;
        store::synchronization::count_pending(tx, organization, synchronization, created, updated).await?;
    }
    Ok(())
}
