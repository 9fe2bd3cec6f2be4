//! `/synchronizations`: asking for a fetch, following it, and reading what it changed.

use std::net::IpAddr;

use axum::Json;
use axum::extract::{Path, State};
use db::Tx;
use domain::AccountId;
use http::StatusCode;
use hub_api::{Code, Doc, Kind, List, NewSynchronization, PendingTransaction, Resource, Synchronization, Transaction};

use super::base::Base;
use super::body::{Attributes, Sent, pointer};
use super::caller::Caller;
use super::error::ApiError;
use super::paging::ListPage;
use super::synchronized::resource;
use super::{paging, path, pending_transaction, transaction};
use crate::SharedHub;
use crate::store::synchronization::{self as store, Subtype};
use crate::store::{pending, transaction as transactions};
use crate::sync::{self, SyncRefused};

/// `POST /synchronizations`. Without `customerIpAddress` it counts as unattended.
pub(super) async fn create(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    body: Sent<NewSynchronization>,
) -> Result<(StatusCode, Json<Doc<Resource<Synchronization>>>), ApiError> {
    let wanted = Wanted::read(&body.attributes()?)?;
    let account = caller
        .account(&mut hub.db.read().await?, wanted.account)
        .await
        .map_err(|error| error.or_missing(unknown_account()))?;
    let asked = sync::request(&hub, caller.organization, account.id, wanted.subtype, wanted.customer_ip).await;
    let id = asked.map_err(refused)?;
    let found = store::get(&mut hub.db.read().await?, caller.organization, id).await?;
    let row = found.ok_or_else(|| ApiError::not_found(Synchronization::TYPE))?;
    Ok((StatusCode::CREATED, Json(Doc { data: resource(&base, &row) })))
}

/// `GET /synchronizations/{synchronization}`.
pub(super) async fn get(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(id): Path<String>,
) -> Result<Json<Doc<Resource<Synchronization>>>, ApiError> {
    let row = readable(&mut hub.db.read().await?, &caller, &id).await?;
    Ok(Json(Doc { data: resource(&base, &row) }))
}

/// `GET /synchronizations/{synchronization}/updated-transactions`: what it created or changed.
pub(super) async fn updated_transactions(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(id): Path<String>,
    ListPage(page): ListPage,
) -> Result<Json<List<Resource<Transaction>>>, ApiError> {
    let mut tx = hub.db.read().await?;
    let row = readable(&mut tx, &caller, &id).await?;
    let found = match (paging::cursor(&page), row.changes) {
        (Some(cursor), Some(changes)) => {
            let limit = i64::from(page.limit);
            transactions::touched(&mut tx, caller.organization, row.account, changes, cursor, limit).await?
        }
        (None, _) | (_, None) => paging::nothing(),
    };
    let address = base.at(&format!("/synchronizations/{}/updated-transactions", row.id));
    let data = found.rows.iter().map(|stored| transaction::resource(&base, stored)).collect();
    Ok(Json(page.document(&address, data, found.has_newer, found.has_older)))
}

/// `GET /synchronizations/{synchronization}/updated-pending-transactions`: those that it saw first or changed and that
/// the bank still lists.
pub(super) async fn updated_pending(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(id): Path<String>,
    ListPage(page): ListPage,
) -> Result<Json<List<Resource<PendingTransaction>>>, ApiError> {
    let mut tx = hub.db.read().await?;
    let row = readable(&mut tx, &caller, &id).await?;
    let mut all = pending::list(&mut tx, caller.organization, row.account).await?;
    all.retain(|stored| (row.created_at..=row.updated_at).contains(&stored.updated_at));
    let found = paging::of_whole(all, &page, |stored| stored.id.to_string());
    let address = base.at(&format!("/synchronizations/{}/updated-pending-transactions", row.id));
    let data = found.rows.iter().map(|stored| pending_transaction::resource(&base, stored)).collect();
    Ok(Json(page.document(&address, data, found.has_newer, found.has_older)))
}

/// A synchronization of an account that the caller may read.
async fn readable(tx: &mut Tx, caller: &Caller, id: &str) -> Result<store::Synchronization, ApiError> {
    let id = path::id(id, Synchronization::TYPE)?;
    let found = store::get(tx, caller.organization, id).await?;
    let row = found.ok_or_else(|| ApiError::not_found(Synchronization::TYPE))?;
    let missing = || ApiError::not_found(Synchronization::TYPE);
    caller.account(tx, row.account).await.map_err(|error| error.or_missing(missing()))?;
    Ok(row)
}

/// Clients accept 200, 201 and 400 here and read what is stored; anything else they show as a failure. So every
/// refusal that leaves the stored data readable is a 400.
fn refused(refusal: SyncRefused) -> ApiError {
    match refusal {
        SyncRefused::UnknownAccount => unknown_account(),
        SyncRefused::Blocked => ApiError::blocked(),
        SyncRefused::RecentlySynchronized { next_allowed_at } => {
            let detail = "This type of synchronization was already created recently for the account. \
                          Try again later or on the dashboard.";
            ApiError::not_before(detail, next_allowed_at)
        }
        SyncRefused::QuotaUsedUp { next_allowed_at } => {
            let detail = "The bank's synchronizations without a person are used up for now. Try again later, or send \
                          customerIpAddress when a person asks.";
            ApiError::not_before(detail, next_allowed_at)
        }
        SyncRefused::AuthorizationEnded => {
            let detail = "The authorization has ended. Ask the account holder to renew it on the dashboard; what is \
                          stored can be read meanwhile.";
            ApiError::new(Code::AuthorizationExpired, detail).with_status(StatusCode::BAD_REQUEST)
        }
        SyncRefused::Database(error) => error.into(),
    }
}

fn unknown_account() -> ApiError {
    ApiError::new(Code::InvalidSynchronizationResource, "There is no such account for this token.")
}

/// What a body asks for.
struct Wanted {
    account: AccountId,
    subtype: Subtype,
    customer_ip: Option<IpAddr>,
}

impl Wanted {
    fn read(attributes: &Attributes) -> Result<Wanted, ApiError> {
        if attributes.text("resourceType")?.is_some_and(|kind| kind != "account") {
            return Err(ApiError::field(&pointer("resourceType"), "Only account can be synchronized."));
        }
        let account = attributes.needed("resourceId", "The id of the account is missing.")?;
        let account = AccountId::parse(&account).map_err(|_| unknown_account())?;
        let subtype = attributes.text("subtype")?.as_deref().and_then(Subtype::parse).ok_or_else(|| {
            let detail = "Use accountDetails, accountTransactions or accountTransactionsWithUnsettled.";
            ApiError::field(&pointer("subtype"), detail)
        })?;
        let customer_ip = attributes.text("customerIpAddress")?.map(|address| address.parse()).transpose();
        let customer_ip =
            customer_ip.map_err(|_| ApiError::field(&pointer("customerIpAddress"), "This is not an IP address."))?;
        Ok(Wanted { account, subtype, customer_ip })
    }
}
