//! `/accounts`: the accounts of an integration, with the bank's balances and the state of the permission.

use axum::Json;
use axum::extract::{Path, State};
use connectors::InstitutionState;
use db::Tx;
use domain::AccountId;
use hub_api::{
    Account, AccountMeta, AccountRelationships, Decimal, Doc, Identifier, Institution, Kind, List, Moment,
    PendingTransaction, Relation, Resource, Transaction,
};

use super::base::Base;
use super::caller::Caller;
use super::error::ApiError;
use super::paging::ListPage;
use super::{paging, path, synchronized};
use crate::store::account::Account as Stored;
use crate::store::{account, integration};
use crate::{Hub, SharedHub, integrations};

/// `GET /accounts`.
pub(super) async fn list(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    ListPage(page): ListPage,
) -> Result<Json<List<Resource<Account>>>, ApiError> {
    let mut tx = hub.db.read().await?;
    let held = integration::accounts_of(&mut tx, caller.organization, caller.integration).await?;
    let mut all = account::list(&mut tx, caller.organization).await?;
    all.retain(|account| held.iter().any(|held| held.account_id == account.id));
    all.reverse();
    let found = paging::of_whole(all, &page, |account| account.id.to_string());
    let mut data = Vec::new();
    for account in &found.rows {
        data.push(resource(&hub, &mut tx, &base, account).await?);
    }
    Ok(Json(page.document(&base.at("/accounts"), data, found.has_newer, found.has_older)))
}

/// `GET /accounts/{account}`.
pub(super) async fn get(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(id): Path<String>,
) -> Result<Json<Doc<Resource<Account>>>, ApiError> {
    let mut tx = hub.db.read().await?;
    let account = caller.account(&mut tx, path::id(&id, "account")?).await?;
    Ok(Json(Doc { data: resource(&hub, &mut tx, &base, &account).await? }))
}

/// `DELETE /accounts/{account}`: takes the account out of the integration. The organization keeps it.
pub(super) async fn revoke(
    State(hub): State<SharedHub>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Doc<Identifier<AccountId>>>, ApiError> {
    let id: AccountId = path::id(&id, "account")?;
    if !integrations::remove_account(&hub, caller.organization, caller.integration, id).await? {
        return Err(ApiError::not_found("account"));
    }
    Ok(Json(Doc { data: Identifier { kind: Account::TYPE.to_owned(), id } }))
}

async fn resource(hub: &Hub, tx: &mut Tx, base: &Base, known: &Stored) -> Result<Resource<Account>, ApiError> {
    let state = hub.institution(known.institution).map(|profile| hub.standing(profile).state);
    // While the hub repairs a connection it vouches for nothing that came through it.
    let closed = hub.is_closed(known.institution);
    let closing = known.closing.filter(|_| !closed);
    let attributes = Account {
        subtype: Some(known.subtype.clone()),
        reference: known.reference.clone(),
        reference_type: Some(known.reference_type.clone()),
        internal_reference: known.resource_id.clone(),
        currency: known.currency.code().to_owned(),
        description: known.name.clone(),
        product: known.product.clone(),
        holder_name: known.holder_name.clone(),
        deprecated: state == Some(InstitutionState::Deprecated),
        current_balance: closing.map(|(_, money)| Decimal::from(money)),
        current_balance_reference_date: closing.and_then(|(day, _)| Moment::start_of(day)),
        current_balance_variation_observed_at: known.current_changed_at.map(Moment),
        available_balance: known.available.filter(|_| !closed).map(Decimal::from),
        authorized_at: known.authorized_at.map(Moment),
        authorization_expiration_expected_at: known.expires_on.and_then(Moment::end_of),
        ..Account::default()
    };
    let resource = Resource::new(known.id, attributes, relationships(base, known));
    let latest = synchronized::latest(tx, base, known).await?;
    // Clients read into the latest synchronization where there is a `meta`, so there is none without it.
    Ok(match latest {
        None => resource,
        Some(latest) => resource.with_meta(AccountMeta {
            synchronized_at: known.synchronized_at.map(Moment),
            availability: Some(if closed { "financialInstitutionUnderMaintenance" } else { "available" }.into()),
            latest_synchronization: Some(latest),
        }),
    })
}

fn relationships(base: &Base, known: &Stored) -> AccountRelationships {
    let account = base.at(&format!("/accounts/{}", known.id));
    let institution = base.at(&format!("/financial-institutions/{}", known.institution));
    AccountRelationships {
        transactions: Some(Relation::list(format!("{account}/transactions"), Transaction::TYPE)),
        pending_transactions: Some(Relation::list(format!("{account}/pending-transactions"), PendingTransaction::TYPE)),
        financial_institution: Some(Relation::to(Institution::TYPE, known.institution).at(institution)),
    }
}
