//! `/accounts/{account}/balances?after=<cursor>`: what the bank asserted, oldest assertion first, append-only.

use axum::Json;
use axum::extract::{Path, State};
use hub_api::{Balance, Day, Decimal, List, Moment, Resource};

use super::base::Base;
use super::caller::Caller;
use super::change::place;
use super::error::ApiError;
use super::paging::FeedPage;
use super::{path, synchronized, transaction};
use crate::SharedHub;
use crate::store::balance::{self, StoredBalance};

/// `GET /accounts/{account}/balances`.
pub(super) async fn list(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(id): Path<String>,
    FeedPage(page): FeedPage,
) -> Result<Json<List<Resource<Balance>>>, ApiError> {
    let after = place(&page)?;
    let account = caller.reads(path::id(&id, "account")?).await?;
    let mut tx = hub.db.read().await?;
    let limit = i64::from(page.limit);
    let mut found = balance::feed(&mut tx, caller.organization, account.id, account.currency, after, limit + 1).await?;
    let more = found.len() > page.limit as usize;
    found.truncate(page.limit as usize);
    let latest = synchronized::latest(&mut tx, &base, &account).await?;
    let address = base.at(&format!("/accounts/{}/balances", account.id));
    let data = found.iter().map(|row| resource(&base, &account, row)).collect();
    let list = page.document(&address, data, false, more);
    Ok(Json(list.with_freshness(account.synchronized_at.map(Moment), latest)))
}

fn resource(base: &Base, account: &crate::store::account::Account, row: &StoredBalance) -> Resource<Balance> {
    let attributes = Balance {
        kind: row.kind.into(),
        amount: Decimal::from(row.amount),
        currency: row.amount.currency().code().to_owned(),
        reference_date: Day(row.on),
        created_at: Some(Moment(row.seen_at)),
        withdrawn: row.withdrawn,
    };
    Resource::new(row.seq.to_string(), attributes, transaction::of_account(base, account.id))
}
