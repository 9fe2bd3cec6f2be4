//! The unattended synchronizations: four a day for each account, spread with jitter, never more than the bank allows.
//! There is no leader: every process takes what is due, a few accounts at a time.

use db::{DbError, Tx};
use domain::{Environment, Timestamp, ToSpan};

use super::{enqueue, quota};
use crate::store;
use crate::store::account::Account;
use crate::store::synchronization::Subtype;
use crate::{Hub, notices, webhooks};

const EVERY_HOURS: i64 = 6;
const JITTER_MINUTES: u64 = 20;
/// A failed run is repeated sooner than the next regular one, but not at once.
const RETRY_MINUTES: i64 = 30;
const BATCH: i64 = 20;

/// When the next unattended synchronization of an account is due: regularly, or sooner after a failure (`failed` holds
/// the bank's own waiting time, when it named one), but never before the quota allows it.
pub async fn next(
    hub: &Hub,
    tx: &mut Tx,
    account: &Account,
    failed: Option<Option<i64>>,
    now: Timestamp,
) -> Result<Timestamp, DbError> {
    let jitter = jitter_seconds(&hub.environment).seconds();
    let wanted = match failed {
        None => now + EVERY_HOURS.hours(),
        Some(Some(seconds)) => now + seconds.clamp(60, 86_400).seconds(),
        Some(None) => now + RETRY_MINUTES.minutes(),
    };
    let made = quota::made(tx, account.organization, account.id, "transactions", now).await?;
    let allowed = quota::allowed(&made, now, 1).err().unwrap_or(wanted);
    Ok(wanted.max(allowed) + jitter)
}

fn jitter_seconds(environment: &Environment) -> i64 {
    let random = u64::from_le_bytes(environment.random());
    i64::try_from(random % (JITTER_MINUTES * 60)).unwrap_or(0)
}

/// Enqueues the accounts whose time has come, ends the permissions whose last day is over, and tells of those that will
/// end soon. Tells whether it did
/// anything.
pub async fn schedule_due(hub: &Hub) -> Result<bool, DbError> {
    hub.refresh_standings().await?;
    let now = hub.environment.now();
    let retaken_at = now + EVERY_HOURS.hours();
    let taken = db::write!(hub.db, tx => {
        for over in store::authorization::overdue(&mut tx, hub.environment.today(), BATCH).await? {
            let reason = super::failure::ended(connectors::ConsentEnd::Expired);
            store::authorization::end(&mut tx, over.organization, over.id, reason, now).await?;
            store::account::expire(&mut tx, over.organization, over.id, reason, now).await?;
            notices::ended(&mut tx, hub, over.organization, over.id).await?;
        }
        let due = store::account::take_due(&mut tx, now, retaken_at, BATCH).await?;
        for (organization, account) in &due {
            let subtype = Subtype::AccountTransactionsWithUnsettled;
            enqueue(hub, &mut tx, *organization, *account, subtype, None).await?;
        }
        let told = webhooks::expiring(&mut tx, hub).await?;
        Ok::<_, DbError>(told || !due.is_empty())
    })?;
    Ok(taken)
}
