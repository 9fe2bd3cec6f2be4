//! `/accounts/{account}/transactions`: booked movements, newest stored first, append-only.

use axum::Json;
use axum::extract::{Path, State};
use domain::AccountId;
use hub_api::{Doc, Kind, List, Moment, MovementRelationships, Relation, Resource, Transaction};

use super::base::Base;
use super::caller::Caller;
use super::error::ApiError;
use super::filter::Bounds;
use super::paging::ListPage;
use super::{paging, path, synchronized};
use crate::SharedHub;
use crate::store::transaction::{self, StoredTransaction};
use crate::store::transaction_list;

/// `GET /accounts/{account}/transactions`, all of them or those that `filter[executionDate]` and `filter[updatedAt]`
/// let through.
pub(super) async fn list(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(id): Path<String>,
    ListPage(page): ListPage,
    filters: Bounds,
) -> Result<Json<List<Resource<Transaction>>>, ApiError> {
    let account = caller.reads(path::id(&id, "account")?).await?;
    let mut tx = hub.db.read().await?;
    let found = match paging::cursor(&page) {
        None => paging::nothing(),
        Some(cursor) => {
            let limit = i64::from(page.limit);
            transaction_list::page(&mut tx, caller.organization, account.id, filters.bounds, cursor, limit).await?
        }
    };
    let latest = synchronized::latest(&mut tx, &base, &account).await?;
    drop(tx);
    let address = base.at(&filters.on(&format!("/accounts/{}/transactions", account.id)));
    let data = found.rows.iter().map(|row| resource(&base, row)).collect();
    let list = page.document(&address, data, found.has_newer, found.has_older);
    Ok(Json(list.with_freshness(account.synchronized_at.map(Moment), latest)))
}

/// `GET /accounts/{account}/transactions/{transaction}`.
pub(super) async fn get(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path((account, id)): Path<(String, String)>,
) -> Result<Json<Doc<Resource<Transaction>>>, ApiError> {
    let account = caller.reads(path::id(&account, "account")?).await?;
    let mut tx = hub.db.read().await?;
    let id = path::id(&id, Transaction::TYPE)?;
    let found = transaction::get(&mut tx, caller.organization, account.id, id).await?;
    let row = found.ok_or_else(|| ApiError::not_found(Transaction::TYPE))?;
    Ok(Json(Doc { data: resource(&base, &row) }))
}

/// A stored row on the wire.
pub(super) fn resource(base: &Base, row: &StoredTransaction) -> Resource<Transaction> {
    let booked = domain::Transaction {
        booked_on: row.booked_on,
        value_on: row.value_on,
        amount: row.amount,
        details: row.details.clone(),
    };
    let attributes =
        Transaction::of(&booked).stored(Some(row.fingerprint.clone()), Moment(row.created_at), Moment(row.updated_at));
    Resource::new(row.id, attributes, of_account(base, row.account))
}

/// The relationship of a movement or balance to its account.
pub(super) fn of_account(base: &Base, account: AccountId) -> MovementRelationships {
    let address = base.at(&format!("/accounts/{account}"));
    MovementRelationships { account: Some(Relation::to(hub_api::Account::TYPE, account).at(address)) }
}
