//! `/accounts/{account}/pending-transactions`: what the bank has announced. For information only.

use axum::Json;
use axum::extract::{Path, State};
use domain::PendingTransactionId;
use hub_api::{Doc, Kind, List, Moment, PendingTransaction, Resource};

use super::base::Base;
use super::caller::Caller;
use super::error::ApiError;
use super::paging::ListPage;
use super::transaction::of_account;
use super::{paging, path, synchronized};
use crate::SharedHub;
use crate::store::pending::{self, StoredPending};

/// `GET /accounts/{account}/pending-transactions`.
pub(super) async fn list(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(id): Path<String>,
    ListPage(page): ListPage,
) -> Result<Json<List<Resource<PendingTransaction>>>, ApiError> {
    let account = caller.reads(path::id(&id, "account")?).await?;
    let mut tx = hub.db.read().await?;
    let all = pending::list(&mut tx, caller.organization, account.id).await?;
    let found = paging::of_whole(all, &page, |row| row.id.to_string());
    let latest = synchronized::latest(&mut tx, &base, &account).await?;
    let address = base.at(&format!("/accounts/{}/pending-transactions", account.id));
    let data = found.rows.iter().map(|row| resource(&base, row)).collect();
    let list = page.document(&address, data, found.has_newer, found.has_older);
    Ok(Json(list.with_freshness(account.synchronized_at.map(Moment), latest)))
}

/// `GET /accounts/{account}/pending-transactions/{pending}`.
pub(super) async fn get(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path((account, id)): Path<(String, String)>,
) -> Result<Json<Doc<Resource<PendingTransaction>>>, ApiError> {
    let account = caller.reads(path::id(&account, "account")?).await?;
    let mut tx = hub.db.read().await?;
    let id: PendingTransactionId = path::id(&id, PendingTransaction::TYPE)?;
    let all = pending::list(&mut tx, caller.organization, account.id).await?;
    let row = all.iter().find(|row| row.id == id).ok_or_else(|| ApiError::not_found(PendingTransaction::TYPE))?;
    Ok(Json(Doc { data: resource(&base, row) }))
}

/// A stored row on the wire.
pub(super) fn resource(base: &Base, row: &StoredPending) -> Resource<PendingTransaction> {
    let announced = domain::PendingTransaction {
        expected_on: row.expected_on,
        value_on: row.value_on,
        amount: row.amount,
        details: row.details.clone(),
    };
    let attributes = PendingTransaction::of(&announced).stored(
        Some(row.fingerprint.clone()),
        Moment(row.created_at),
        Moment(row.updated_at),
    );
    Resource::new(row.id, attributes, of_account(base, row.account))
}
