//! Synchronization: fetch what a bank lists, keep it raw, match it against what is known, append what is new.
//!
//! [`request`] writes a synchronization and its job in one transaction; [`run`] does the job, in this process or in
//! another one should this one die. [`plan`] decides which windows are asked for, [`quota`] whether the bank may be
//! called at all, [`pace`] when an account's time comes, [`health`] when a bank is left alone, [`identity`] which movement is which, [`apply`] writes one listing in one transaction.

pub mod apply;
mod arrival;
mod assertions;
mod edge;
mod failure;
pub(crate) mod familiar;
mod fetch;
pub mod health;
pub mod identity;
mod lane;
mod leave;
pub mod pace;
pub mod plan;
pub mod quota;
mod run;
mod same_day;
mod schedule;
mod sources;
pub mod undo;

use std::net::IpAddr;

use db::{DbError, Tx};
use domain::{AccountId, JobId, OrganizationId, SynchronizationId, Timestamp, ToSpan};

use crate::Hub;
use crate::store;
use crate::store::account::AccountState;
use crate::store::synchronization::{Status, Subtype, Synchronization};

pub use arrival::on_log_in;
pub(crate) use failure::ended;
pub use fetch::Listing;
pub(crate) use run::give_up;
pub use run::{KIND, run};
pub use schedule::schedule_due;

/// Why a synchronization was not begun. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum SyncRefused {
    /// There is no such account in this organization.
    #[error("there is no such account")]
    UnknownAccount,
    /// The same was asked for a moment ago; what it brought can be read.
    #[error("the account was synchronized a moment ago; the next time is {next_allowed_at}")]
    RecentlySynchronized {
        /// When it may be asked for again.
        next_allowed_at: Timestamp,
    },
    /// The permission at the bank is over.
    #[error("the permission at the bank is over; renew it to get new transactions")]
    AuthorizationEnded,
    /// The bank's four unattended calls a day are used up.
    #[error("the bank allows four calls a day without you; the next one is at {next_allowed_at}")]
    QuotaUsedUp {
        /// When the next call is allowed.
        next_allowed_at: Timestamp,
    },
    /// The organization is blocked for not paying.
    #[error("the organization is blocked because an invoice was not paid")]
    Blocked,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Asks for a synchronization. With a person's address it is attended and not limited by the quota; without one it
/// counts as unattended, whoever asks.
pub async fn request(
    hub: &Hub,
    organization: OrganizationId,
    account: AccountId,
    subtype: Subtype,
    psu_ip: Option<IpAddr>,
) -> Result<SynchronizationId, SyncRefused> {
    let id = db::write!(hub.db, tx => { ask(hub, &mut tx, organization, account, subtype, psu_ip).await })?;
    hub.wake.notify_one();
    Ok(id)
}

async fn ask(
    hub: &Hub,
    tx: &mut Tx,
    organization: OrganizationId,
    id: AccountId,
    subtype: Subtype,
    psu_ip: Option<IpAddr>,
) -> Result<SynchronizationId, SyncRefused> {
    let now = hub.environment.now();
    let account = store::account::lock(tx, organization, id).await?;
    let account = account.filter(|account| matches!(account.state, AccountState::Active | AccountState::Expired));
    let Some(account) = account else { return Err(SyncRefused::UnknownAccount) };
    if store::block::is_blocked(tx, organization).await? {
        return Err(SyncRefused::Blocked);
    }
    if account.state == AccountState::Expired || account.is_fed_by_files() {
        return Err(SyncRefused::AuthorizationEnded);
    }
    if let Some(next_allowed_at) = next_allowed(hub, tx, organization, id, subtype).await? {
        return Err(SyncRefused::RecentlySynchronized { next_allowed_at });
    }
    if psu_ip.is_none() {
        let endpoint = quota::endpoint_of(subtype);
        let made = quota::made(tx, organization, id, endpoint, now).await?;
        if let Err(next_allowed_at) = quota::allowed(&made, now, 1) {
            return Err(SyncRefused::QuotaUsedUp { next_allowed_at });
        }
    }
    Ok(enqueue(hub, tx, organization, id, subtype, psu_ip).await?)
}

/// When a person or software may ask for the same again (see [`crate::Settings::throttle_seconds`]); `None` when now.
pub async fn next_allowed(
    hub: &Hub,
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    subtype: Subtype,
) -> Result<Option<Timestamp>, DbError> {
    let latest = store::synchronization::latest_of(tx, organization, account, subtype).await?;
    let next = latest.map(|latest| latest.created_at + hub.settings.throttle_seconds.seconds());
    Ok(next.filter(|next| *next > hub.environment.now()))
}

/// Writes a synchronization and its job. The caller has decided that it may run.
pub(crate) async fn enqueue(
    hub: &Hub,
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    subtype: Subtype,
    psu_ip: Option<IpAddr>,
) -> Result<SynchronizationId, DbError> {
    let now = hub.environment.now();
    let id = SynchronizationId::new(&hub.environment);
    let new = Synchronization {
        id,
        account,
        subtype,
        status: Status::Pending,
        attended: psu_ip.is_some(),
        psu_ip: psu_ip.map(|address| address.to_string()),
        created_at: now,
        updated_at: now,
        pages: 0,
        rows_read: 0,
        created_count: 0,
        updated_count: 0,
        changes: None,
        error: None,
    };
    store::synchronization::insert(tx, organization, &new).await?;
    let job = JobId::new(&hub.environment);
    store::job::add(tx, job, organization, run::KIND, &id.to_string(), now).await?;
    Ok(id)
}
