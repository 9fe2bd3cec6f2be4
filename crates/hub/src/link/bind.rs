//! Takes in the accounts that a bank lists under a new permission.

use connectors::{AccountsPage, BankAccount};
use db::{DbError, Tx};
use domain::{AccountId, AuthorizationId, Date, RawAnswerId};
use hub_api::EventKind;

use super::Progress;
use crate::audit::{self, Action, Actor};
use crate::store;
use crate::store::account::{Account, AccountState};
use crate::store::authorization::{Authorization, AuthorizationState};
use crate::store::webhook::Concerned;
use crate::webhooks::News;
use crate::{Hub, webhooks};

/// Validates the authorization, binds known accounts to it and offers the others. The first time, an authorization
/// that is left without accounts by this is ended at the bank.
pub async fn listed(
    hub: &Hub,
    authorization: &Authorization,
    until: Date,
    (list, page): (RawAnswerId, &AccountsPage),
    by: &Actor,
) -> Result<Progress, DbError> {
    let (organization, id) = (authorization.organization, authorization.id);
    let now = hub.environment.now();
    let first_time = authorization.state == AuthorizationState::Waiting;
    let psu_ip = authorization.psu_ip.as_deref().and_then(|text| text.parse().ok());
    let (progress, left) = db::write!(hub.db, tx => {
        store::authorization::validate(&mut tx, organization, id, until, now).await?;
        let mut renewed = Vec::new();
        let mut left: Vec<AuthorizationId> = Vec::new();
        store::account_list::set_defects(&mut tx, organization, id, list, &page.defects, now).await?;
        for account in &page.accounts {
            let known = known(hub, &mut tx, authorization, account).await?;
            let linked = matches!(known.state, AccountState::Active | AccountState::Expired);
            if linked && known.authorization != Some(id) {
                left.extend(known.authorization);
                let action = if known.authorization.is_some() { Action::Renewed } else { Action::Linked };
                audit::note(&mut tx, hub, organization, by, action, &known.reference).await?;
                bind(&mut tx, &known, authorization, account).await?;
                store::account::activate(&mut tx, organization, known.id, until, now).await?;
                super::first_synchronization(hub, &mut tx, organization, known.id, psu_ip).await?;
                let news = News::of(EventKind::AccountReauthorized, known.id);
                webhooks::tell(&mut tx, hub, organization, Concerned::ReadersOf(known.id), &news).await?;
            } else if !linked {
                bind(&mut tx, &known, authorization, account).await?;
            }
            if linked {
                renewed.extend(store::account::get(&mut tx, organization, known.id).await?);
            }
        }
        let mut unused = Vec::new();
        for old in left {
            if store::account::count_bound(&mut tx, organization, old).await? == 0 {
                unused.extend(store::authorization::get(&mut tx, organization, old).await?);
            }
        }
        let offered = store::account::offered(&mut tx, organization, id).await?;
        Ok::<_, DbError>((Progress::Given { offered, renewed, unread: page.defects.clone() }, unused))
    })?;
    if first_time {
        for old in left {
            super::end_at_bank(hub, &old).await;
            db::write!(hub.db, tx => {
                store::authorization::end(&mut tx, organization, old.id, "It was renewed.", now).await
            })?;
        }
        hub.wake.notify_one();
    }
    Ok(progress)
}

/// The account as we know it, added in state offered when we do not.
async fn known(
    hub: &Hub,
    tx: &mut Tx,
    authorization: &Authorization,
    listed: &BankAccount,
) -> Result<Account, DbError> {
    let (organization, institution) = (authorization.organization, authorization.institution);
    let (reference, currency) = (listed.reference.as_str(), listed.currency);
    if let Some(known) = store::account::by_reference(tx, organization, institution, reference, currency).await? {
        return Ok(known);
    }
    // Files may have fed it before a connector reached its bank.
    let files = crate::files::FILES_INSTITUTION;
    if let Some(known) = store::account::by_reference(tx, organization, files, reference, currency).await? {
        store::account::adopt(tx, organization, known.id, institution).await?;
        return Ok(Account { institution, ..known });
    }
    let now = hub.environment.now();
    let new = Account {
        id: AccountId::new(&hub.environment),
        organization,
        institution,
        authorization: Some(authorization.id),
        reference: listed.reference.clone(),
        reference_type: listed.reference_type.to_owned(),
        currency,
        subtype: listed.subtype.to_owned(),
        resource_id: Some(listed.resource_id.clone()),
        name: listed.name.clone(),
        product: listed.product.clone(),
        holder_name: listed.holder_name.clone(),
        linked_at: now,
        authorized_at: None,
        expires_on: None,
        state: AccountState::Offered,
        state_reason: None,
        state_since: now,
        opening: None,
        closing: None,
        closing_seen_at: None,
        current_changed_at: None,
        available: None,
        booked: domain::Money::zero(currency),
        booked_count: 0,
        listed_through: None,
        last_seq: 0,
        last_change: 0,
        last_balance: 0,
        synchronized_at: None,
        next_unattended_at: None,
    };
    store::account::insert(tx, &new).await?;
    Ok(new)
}

async fn bind(
    tx: &mut Tx,
    known: &Account,
    authorization: &Authorization,
    listed: &BankAccount,
) -> Result<(), DbError> {
    let bound = Account {
        authorization: Some(authorization.id),
        resource_id: Some(listed.resource_id.clone()),
        name: listed.name.clone(),
        product: listed.product.clone(),
        holder_name: listed.holder_name.clone(),
        ..known.clone()
    };
    store::account::bind(tx, &bound).await
}
