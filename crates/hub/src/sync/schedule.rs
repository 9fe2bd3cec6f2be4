//! The unattended synchronizations: four a day for each account, spread with jitter, never more than the bank allows.
//! There is no leader: every process takes what is due, a few accounts at a time.

use std::collections::HashMap;

use connectors::InstitutionState;
use db::{DbError, Tx};
use domain::{Environment, InstitutionId, Timestamp, ToSpan};

use super::failure::{Cause, MAINTENANCE_MINUTES};
use super::health::Health;
use super::pace::{self, Ended};
use super::{enqueue, quota};
use crate::store;
use crate::store::account::Account;
use crate::store::due::Due;
use crate::store::synchronization::Subtype;
use crate::{Hub, notices, webhooks};

const BATCH: i64 = 20;
/// A run that has waited for longer than this is not waited for.
const WAITING_HOURS: i64 = 48;

/// Notes on an account how its run ended, and when the next unattended one is due.
pub async fn ended(
    hub: &Hub,
    tx: &mut Tx,
    account: &Account,
    cause: Option<Cause>,
    now: Timestamp,
) -> Result<(), DbError> {
    let (organization, id) = (account.organization, account.id);
    let before = store::figures::failures(tx, organization, id).await?;
    let (failures, how) = match cause {
        None => (0, Ended::Well),
        Some(Cause::Silent(bank_waits)) => (before + 1, Ended::Badly { failures: before + 1, bank_waits }),
        Some(Cause::Refused | Cause::Ours) => (before + 1, Ended::Badly { failures: before + 1, bank_waits: None }),
        Some(Cause::Held(until)) => (before, Ended::Held(until)),
    };
    let made = quota::made(tx, organization, id, "transactions", now).await?;
    let next = pace::next(how, &made, now, jitter_seconds(&hub.environment));
    store::figures::synchronized(tx, organization, id, cause.is_none().then_some(now), failures, next).await
}

fn jitter_seconds(environment: &Environment) -> i64 {
    let random = u64::from_le_bytes(environment.random());
    i64::try_from(random % pace::JITTER_SECONDS.unsigned_abs()).unwrap_or(0)
}

/// Enqueues the accounts whose time has come, ends the permissions whose last day is over, and tells of those that will
/// end soon. Tells whether it did anything.
pub async fn schedule_due(hub: &Hub) -> Result<bool, DbError> {
    hub.refresh_standings().await?;
    hub.write_traffic().await?;
    let now = hub.environment.now();
    let retaken_at = now + pace::EVERY_HOURS.hours();
    let taken = db::write!(hub.db, tx => {
        for over in store::authorization::overdue(&mut tx, hub.environment.today(), BATCH).await? {
            let reason = super::failure::ended(connectors::ConsentEnd::Expired);
            store::authorization::end(&mut tx, over.organization, over.id, reason, now).await?;
            store::account::expire(&mut tx, over.organization, over.id, reason, now).await?;
            notices::ended(&mut tx, hub, over.organization, over.id).await?;
        }
        let due = store::due::take_due(&mut tx, now, retaken_at, BATCH).await?;
        begin(hub, &mut tx, &due, now).await?;
        let told = webhooks::expiring(&mut tx, hub).await?;
        Ok::<_, DbError>(told || !due.is_empty())
    })?;
    Ok(taken)
}

/// Enqueues what may be asked for now. Where a bank is left alone or under maintenance, the account comes again when
/// that may be over, without a run that would only fail.
async fn begin(hub: &Hub, tx: &mut Tx, due: &[Due], now: Timestamp) -> Result<(), DbError> {
    let mut silent: HashMap<InstitutionId, Health> = HashMap::new();
    for account in due {
        let (organization, id, institution) = (account.organization, account.id, account.institution);
        // Who does not pay rests; whoever has paid is woken.
        if store::block::is_blocked(tx, organization).await? {
            continue;
        }
        let health = match silent.remove(&institution) {
            Some(known) => known,
            None => store::institution_health::lock(tx, institution).await?,
        };
        let mut asked = health.clone();
        let leave = if is_under_maintenance(hub, institution) {
            Err(hub.back_at(institution, MAINTENANCE_MINUTES))
        } else {
            asked.may_ask(id, now)
        };
        if asked != health {
            store::institution_health::set(tx, institution, &asked).await?;
        }
        silent.insert(institution, asked);
        match leave {
            Err(until) => {
                let again = until + jitter_seconds(&hub.environment).seconds();
                store::due::plan(tx, organization, id, again).await?;
            }
            // What waits already brings everything; another run would only use up a call.
            Ok(()) if store::synchronization::is_waiting(tx, organization, id, now - WAITING_HOURS.hours()).await? => {}
            Ok(()) => {
                let subtype = Subtype::AccountTransactionsWithUnsettled;
                enqueue(hub, tx, organization, id, subtype, None).await?;
            }
        }
    }
    Ok(())
}

fn is_under_maintenance(hub: &Hub, institution: InstitutionId) -> bool {
    let profile = hub.institution(institution);
    profile.is_some_and(|profile| hub.standing(profile).state == InstitutionState::Maintenance)
}
