//! Mandates: a representative invites a customer by link; the customer chooses the accounts and can end it at any time;
//! the representative sees and reads those and nothing else. The bank's permission stays the customer's own: a
//! representative cannot link or renew.

use db::{DbError, Tx};
use domain::{AccountId, MandateId, OrganizationId, ToSpan};
use vault::token;

use super::field::{Fields, needed};
use super::{FieldError, Right};
use crate::Hub;
use crate::audit::{self, Action, Actor};
use crate::integrations::{self, IntegrationError, NewCustom};
use crate::mail::{self, Letter};
use crate::store::account::{self, Account};
use crate::store::membership;
use crate::store::organization;
use crate::store::representation::{self as store, Mandate, MandateLink};
use crate::store::user::User;

/// How long a link works, in days.
const LINK_DAYS: i64 = 30;

/// Why a mandate was not asked for, given or used.
#[derive(Debug, thiserror::Error)]
pub enum MandateError {
    /// Something was typed wrongly.
    #[error("some fields are not right")]
    Invalid(Vec<FieldError>),
    /// There is no such mandate or link, or not for this organization.
    #[error("there is no such mandate")]
    Unknown,
    /// An organization does not represent itself.
    #[error("an organization cannot represent itself")]
    Oneself,
    /// No account was chosen.
    #[error("choose at least one account")]
    NoAccount,
    /// The integration could not be made.
    #[error(transparent)]
    Integration(#[from] IntegrationError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// A mandate with the accounts that it covers.
#[derive(Debug, Clone)]
pub struct Represented {
    /// The mandate.
    pub mandate: Mandate,
    /// Its accounts.
    pub accounts: Vec<Account>,
}

/// Makes a link to send to a customer; its address is told this once.
pub async fn ask_for_mandate(hub: &Hub, representative: OrganizationId, label: &str) -> Result<String, MandateError> {
    let mut fields = Fields::default();
    let label = fields.read("label", needed(label, 120));
    let Some(label) = label else { return Err(MandateError::Invalid(fields.into_errors())) };
    let now = hub.environment.now();
    let (plain, hash) = token::new(&hub.environment);
    let link = MandateLink {
        organization: representative,
        id: MandateId::new(&hub.environment),
        label,
        created_at: now,
        expires_at: now + (LINK_DAYS * 24).hours(),
    };
    db::write!(hub.db, tx => { store::insert_link(&mut tx, &link, &hash).await }).map_err(MandateError::Database)?;
    Ok(format!("{}/app/mandate/{}", hub.settings.public_url, plain.expose()))
}

/// The mandates that a representative holds and the links that are open.
pub async fn clients(hub: &Hub, representative: OrganizationId) -> Result<(Vec<Mandate>, Vec<MandateLink>), DbError> {
    let mut tx = hub.db.read().await?;
    let open = store::links(&mut tx, representative, hub.environment.now()).await?;
    Ok((store::received(&mut tx, representative).await?, open))
}

/// Takes a link back.
pub async fn withdraw_link(hub: &Hub, representative: OrganizationId, id: MandateId) -> Result<bool, DbError> {
    db::write!(hub.db, tx => { store::delete_link(&mut tx, representative, id).await })
}

/// Who asks by a link: the representative's id and name.
pub async fn mandate_link(hub: &Hub, plain: &str) -> Result<Option<(OrganizationId, String)>, DbError> {
    let mut tx = hub.db.read().await?;
    let found = store::link(&mut tx, &token::hash(plain), hub.environment.now()).await?;
    let Some(found) = found else { return Ok(None) };
    let asks = organization::get(&mut tx, found.organization).await?;
    Ok(asks.map(|asks| (asks.id, asks.name)))
}

/// Gives the mandate that a link asks for, for some accounts. A link is good for one customer.
pub async fn give_mandate(
    hub: &Hub,
    customer: OrganizationId,
    by: &User,
    plain: &str,
    accounts: &[AccountId],
) -> Result<MandateId, MandateError> {
    let now = hub.environment.now();
    let new = MandateId::new(&hub.environment);
    db::write!(hub.db, tx => {
        let link = store::link(&mut tx, &token::hash(plain), now).await?.ok_or(MandateError::Unknown)?;
        if link.organization == customer {
            return Err(MandateError::Oneself);
        }
        if !store::delete_link(&mut tx, link.organization, link.id).await? {
            return Err(MandateError::Unknown);
        }
        let id = store::open(&mut tx, customer, new, link.organization, now).await?;
        cover(&mut tx, hub, customer, id, accounts).await?;
        let given = store::given_one(&mut tx, customer, id).await?.ok_or(MandateError::Unknown)?;
        audit::note(&mut tx, hub, customer, &Actor::person(by), Action::MandateGiven, &given.representative_name).await?;
        tell(&mut tx, hub, &given, "mandate-mail-given").await?;
        Ok(id)
    })
}

/// Makes these the accounts of a mandate, and of the integrations that were made under it.
pub async fn change_mandate(
    hub: &Hub,
    customer: OrganizationId,
    by: &User,
    id: MandateId,
    accounts: &[AccountId],
) -> Result<(), MandateError> {
    db::write!(hub.db, tx => {
        let given = store::given_one(&mut tx, customer, id).await?.ok_or(MandateError::Unknown)?;
        cover(&mut tx, hub, customer, id, accounts).await?;
        audit::note(&mut tx, hub, customer, &Actor::person(by), Action::MandateGiven, &given.representative_name).await?;
        Ok(())
    })
}

async fn cover(
    tx: &mut Tx,
    hub: &Hub,
    customer: OrganizationId,
    id: MandateId,
    accounts: &[AccountId],
) -> Result<(), MandateError> {
    store::set_accounts(tx, customer, id, accounts, hub.environment.now()).await?;
    let covered = store::accounts(tx, customer, id).await?;
    if covered.is_empty() {
        return Err(MandateError::NoAccount);
    }
    for integration in store::integrations(tx, customer, id).await? {
        integrations::narrow(tx, hub, customer, integration, &covered).await?;
    }
    Ok(())
}

/// Ends a mandate at the customer's wish, with every integration that was made under it.
pub async fn end_mandate(hub: &Hub, customer: OrganizationId, by: &User, id: MandateId) -> Result<(), MandateError> {
    db::write!(hub.db, tx => {
        let given = store::given_one(&mut tx, customer, id).await?.ok_or(MandateError::Unknown)?;
        end(&mut tx, hub, &given).await?;
        audit::note(&mut tx, hub, customer, &Actor::person(by), Action::MandateEnded, &given.representative_name).await?;
        Ok(())
    })
}

/// Gives a mandate back at the representative's wish.
pub async fn return_mandate(
    hub: &Hub,
    representative: OrganizationId,
    by: &User,
    id: MandateId,
) -> Result<(), MandateError> {
    db::write!(hub.db, tx => {
        let held = store::received_one(&mut tx, representative, id).await?.ok_or(MandateError::Unknown)?;
        end(&mut tx, hub, &held).await?;
        let actor = Actor::representative(by, &held.representative_name);
        audit::note(&mut tx, hub, held.organization, &actor, Action::MandateEnded, &held.representative_name).await?;
        Ok(())
    })
}

async fn end(tx: &mut Tx, hub: &Hub, mandate: &Mandate) -> Result<(), MandateError> {
    for integration in store::integrations(tx, mandate.organization, mandate.id).await? {
        integrations::end(tx, hub, mandate.organization, integration).await?;
    }
    if !store::end(tx, mandate.organization, mandate.id, hub.environment.now()).await? {
        return Err(MandateError::Unknown);
    }
    tell(tx, hub, mandate, "mandate-mail-ended").await?;
    Ok(())
}

/// The mandates that a customer gave, each with its accounts.
pub async fn given_mandates(hub: &Hub, customer: OrganizationId) -> Result<Vec<Represented>, DbError> {
    let mut tx = hub.db.read().await?;
    let mut found = Vec::new();
    for mandate in store::given(&mut tx, customer).await? {
        let accounts = covered(&mut tx, &mandate).await?;
        found.push(Represented { mandate, accounts });
    }
    Ok(found)
}

/// What a representative sees of a customer.
pub async fn represented(
    hub: &Hub,
    representative: OrganizationId,
    id: MandateId,
) -> Result<Option<Represented>, DbError> {
    let mut tx = hub.db.read().await?;
    let Some(mandate) = store::received_one(&mut tx, representative, id).await? else { return Ok(None) };
    let accounts = covered(&mut tx, &mandate).await?;
    Ok(Some(Represented { mandate, accounts }))
}

async fn covered(tx: &mut Tx, mandate: &Mandate) -> Result<Vec<Account>, DbError> {
    let ids = store::accounts(tx, mandate.organization, mandate.id).await?;
    let all = account::list(tx, mandate.organization).await?;
    Ok(all.into_iter().filter(|account| ids.contains(&account.id)).collect())
}

/// Makes a custom integration under a mandate: the representative's software reads the customer's chosen accounts.
pub async fn integrate(
    hub: &Hub,
    representative: OrganizationId,
    by: &User,
    id: MandateId,
    name: &str,
) -> Result<NewCustom, MandateError> {
    let held = represented(hub, representative, id).await?.ok_or(MandateError::Unknown)?;
    let customer = held.mandate.organization;
    let accounts: Vec<AccountId> = held.accounts.iter().map(|account| account.id).collect();
    let made = integrations::create_custom(hub, customer, name, &accounts).await?;
    let actor = Actor::representative(by, &held.mandate.representative_name);
    let noted = db::write!(hub.db, tx => {
        // The customer may have ended the mandate in the meantime; then the integration ends too.
        let live = store::received_one(&mut tx, representative, id).await?.is_some();
        if live {
            store::add_integration(&mut tx, customer, id, made.id).await?;
            audit::note(&mut tx, hub, customer, &actor, Action::Shared, name).await?;
            tell_customer(&mut tx, hub, &held.mandate, name).await?;
        } else {
            integrations::end(&mut tx, hub, customer, made.id).await?;
        }
        Ok::<_, DbError>(live)
    })
    .map_err(MandateError::Database)?;
    if noted { Ok(made) } else { Err(MandateError::Unknown) }
}

/// Tells the other side: the representative's people who may share.
async fn tell(tx: &mut Tx, hub: &Hub, mandate: &Mandate, key: &'static str) -> Result<(), DbError> {
    let at = hub.environment.now().as_microsecond();
    for person in membership::list(tx, mandate.representative).await? {
        if !person.role.may(Right::Share) {
            continue;
        }
        let words = mail::words(&person.language);
        let said = words.say_with(key, &[("customer", mandate.organization_name.as_str().into())]);
        let letter = Letter::new(&person.email, &said)
            .text(format!("{said}."))
            .link(words.say("mandate-mail-do"), format!("{}/app/clients", hub.settings.public_url));
        let key = format!("{key}:{}:{}:{at}", mandate.id, person.id);
        mail::post(tx, hub, mandate.representative, &key, &letter).await?;
    }
    Ok(())
}

/// Tells the customer's people who may share that software was let in under a mandate, and that it has its price.
async fn tell_customer(tx: &mut Tx, hub: &Hub, mandate: &Mandate, software: &str) -> Result<(), DbError> {
    let at = hub.environment.now().as_microsecond();
    for person in membership::list(tx, mandate.organization).await? {
        if !person.role.may(Right::Share) {
            continue;
        }
        let words = mail::words(&person.language);
        let representative = mandate.representative_name.as_str();
        let values = [("representative", representative.into()), ("software", software.into())];
        let said = words.say_with("mandate-mail-software", &values);
        let letter = Letter::new(&person.email, &said)
            .text(format!("{said}."))
            .text(words.say("mandate-mail-software-text"))
            .link(words.say("mandate-mail-software-do"), format!("{}/app/integrations", hub.settings.public_url));
        let key = format!("mandate-software:{}:{}:{at}", mandate.id, person.id);
        mail::post(tx, hub, mandate.organization, &key, &letter).await?;
    }
    Ok(())
}

/// Somebody who looks at a customer's account for a representative, for the customer's audit log.
pub async fn represented_saw(hub: &Hub, mandate: &Mandate, by: &User, account: &Account) -> Result<(), DbError> {
    let actor = Actor::representative(by, &mandate.representative_name);
    audit::saw(hub, mandate.organization, &actor, &account.reference).await
}
