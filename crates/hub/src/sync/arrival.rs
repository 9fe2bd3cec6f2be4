//! A person who logs in wants to see the day's movements: what is old is read again, with the person's address, so that
//! it costs none of the calls that the bank allows without one.

use std::net::IpAddr;

use db::DbError;
use domain::{OrganizationId, ToSpan};

use super::{SyncRefused, ask};
use crate::Hub;
use crate::store;
use crate::store::account::AccountState;
use crate::store::synchronization::Subtype;

/// How old a good synchronization may be before a log-in asks for another.
const STALE_MINUTES: i64 = 60;
/// Accounts that one log-in has read again, those read longest ago first.
const MOST: usize = 50;

/// Asks for a synchronization of each account that was not read within the hour, and tells of how many.
pub async fn on_log_in(hub: &Hub, organization: OrganizationId, psu_ip: IpAddr) -> Result<usize, DbError> {
    let now = hub.environment.now();
    let stale = now - STALE_MINUTES.minutes();
    let waiting_since = now - (24 * 60).minutes();
    let asked = db::write!(hub.db, tx => {
        let mut old = store::account::list(&mut tx, organization).await?;
        old.retain(|account| account.state == AccountState::Active && !account.is_fed_by_files());
        old.retain(|account| account.synchronized_at.is_none_or(|at| at < stale));
        old.sort_by_key(|account| account.synchronized_at);
        let mut asked = 0;
        for account in old.iter().take(MOST) {
            if store::synchronization::is_waiting(&mut tx, organization, account.id, waiting_since).await? {
                continue;
            }
            let subtype = Subtype::AccountTransactionsWithUnsettled;
            match ask(hub, &mut tx, organization, account.id, subtype, Some(psu_ip)).await {
                Ok(_) => asked += 1,
                Err(SyncRefused::Database(error)) => return Err(error),
                // Somebody was faster, or there is nothing to be had: the page says what there is.
                Err(
                    SyncRefused::UnknownAccount
                    | SyncRefused::RecentlySynchronized { .. }
                    | SyncRefused::AuthorizationEnded
                    | SyncRefused::QuotaUsedUp { .. }
                    | SyncRefused::Blocked,
                ) => {}
            }
        }
        Ok::<_, DbError>(asked)
    })?;
    if asked > 0 {
        hub.wake.notify_one();
    }
    Ok(asked)
}
