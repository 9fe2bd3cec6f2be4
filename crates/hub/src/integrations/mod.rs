//! Integrations: which software may read which accounts. The consent page, the dashboard and the API all come here,
//! so that opening, changing and ending one means the same everywhere.

mod application;
mod traffic;

use db::{DbError, Tx};
use domain::{AccountId, ApplicationId, IntegrationId, OrganizationId};
use hub_api::EventKind;
use vault::{Secret, token};

pub use crate::store::application::Application;
pub use crate::store::integration::{Integration, IntegrationAccount};
pub(crate) use application::may_be_redirected_to;
pub use application::{ApplicationError, NewSecret, Registration, renew_secret};
pub use traffic::Traffic;

use crate::store::webhook::Concerned;
use crate::store::{self, application as applications, integration as integrations};
use crate::webhooks::News;
use crate::{Hub, people, webhooks};

/// What a custom integration may do: read accounts. It acts for its own organization, so it needs no consent page.
const CUSTOM_SCOPE: &str = "ai name";

/// An integration with its accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationWithAccounts {
    /// The integration.
    pub integration: Integration,
    /// Its accounts, the one added first in front.
    pub accounts: Vec<IntegrationAccount>,
}

/// A custom integration that was just made.
#[derive(Debug, Clone)]
pub struct NewCustom {
    /// The integration.
    pub id: IntegrationId,
    /// Its client id.
    pub client_id: String,
    /// Its client secret, which is shown this once.
    pub secret: Secret<String>,
}

/// How many accounts entered and left an integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountsChanged {
    /// Accounts that it may read from now on.
    pub added: u64,
    /// Accounts that it may no longer read.
    pub removed: u64,
}

/// Why an integration was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum IntegrationError {
    /// It needs a name of at most 80 characters.
    #[error("give the integration a name of 1 to 80 characters")]
    Name,
    /// The organization has no such live integration.
    #[error("there is no such integration, or it was ended")]
    Unknown,
    /// Reading costs the organization something, and it did not say yet whom to bill.
    #[error("say whom to bill before software reads another account")]
    BillingMissing,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Makes a custom integration of an organization with a client id and secret of its own. Accounts that are not the
/// organization's are left out.
pub async fn create_custom(
    hub: &Hub,
    organization: OrganizationId,
    name: &str,
    accounts: &[AccountId],
) -> Result<NewCustom, IntegrationError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(IntegrationError::Name);
    }
    let now = hub.environment.now();
    // Its own software: nobody else pays for it.
    if !accounts.is_empty() && people::billing_is_missing(hub, organization).await? {
        return Err(IntegrationError::BillingMissing);
    }
    let (secret, secret_hash) = token::new(&hub.environment);
    let application_id = ApplicationId::new(&hub.environment);
    let application = Application {
        id: application_id,
        organization_id: Some(organization),
        name: name.to_owned(),
        client_id: application_id.to_string(),
        secret_hash: Some(secret_hash),
        earlier_secret: None,
        redirect_uris: Vec::new(),
        created_at: now,
    };
    let id = IntegrationId::new(&hub.environment);
    db::write!(hub.db, tx => {
        applications::put(&mut tx, &application).await?;
        integrations::open(&mut tx, id, organization, application.id, CUSTOM_SCOPE, now).await?;
        integrations::add_accounts(&mut tx, organization, id, accounts, now).await
    })
    .map_err(IntegrationError::Database)?;
    Ok(NewCustom { id, client_id: application.client_id, secret })
}

/// Opens the integration of an application with an organization, or finds the live one, and makes these its
/// accounts: those named enter, all others leave.
pub(crate) async fn authorize(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    application: ApplicationId,
    scope: &str,
    accounts: &[AccountId],
) -> Result<IntegrationId, DbError> {
    let new = IntegrationId::new(&hub.environment);
    let id = integrations::open(tx, new, organization, application, scope, hub.environment.now()).await?;
    if id == new {
        let news = News::new(EventKind::IntegrationCreated);
        webhooks::tell(tx, hub, organization, Concerned::Integration(id), &news).await?;
    }
    replace_accounts(tx, hub, organization, id, accounts).await?;
    Ok(id)
}

/// Makes these the accounts of an integration. Accounts that are not the organization's are left out.
pub async fn set_accounts(
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
    accounts: &[AccountId],
) -> Result<AccountsChanged, IntegrationError> {
    db::write!(hub.db, tx => {
        let known = integrations::get(&mut tx, organization, id).await?.ok_or(IntegrationError::Unknown)?;
        let held = integrations::accounts_of(&mut tx, organization, id).await?;
        let more = accounts.iter().any(|account| held.iter().all(|held| held.account_id != *account));
        if more && needs_billing(hub, &mut tx, organization, known.application_id).await? {
            return Err(IntegrationError::BillingMissing);
        }
        Ok::<_, IntegrationError>(replace_accounts(&mut tx, hub, organization, id, accounts).await?)
    })
}

/// Whether an organization has to say whom to bill before an application reads another of its accounts: it has where that
/// costs it something, whichever way the account came.
pub(crate) async fn needs_billing(
    hub: &Hub,
    tx: &mut Tx,
    organization: OrganizationId,
    application: ApplicationId,
) -> Result<bool, DbError> {
    if hub.settings.price_minor == 0 || store::organization::billing(tx, organization).await?.is_some() {
        return Ok(false);
    }
    Ok(store::usage::payer(tx, application).await?.is_none_or(|payer| payer == organization))
}

/// Makes these the accounts of an integration, inside a transaction of the caller's.
pub(crate) async fn narrow(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
    accounts: &[AccountId],
) -> Result<(), DbError> {
    replace_accounts(tx, hub, organization, id, accounts).await.map(|_| ())
}

/// Takes one account out of an integration; false when it was not in it.
pub async fn remove_account(
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
    account: AccountId,
) -> Result<bool, DbError> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        let removed = integrations::remove_account(&mut tx, organization, id, account, now).await?;
        if removed {
            let news = News::of(EventKind::IntegrationAccountRevoked, account);
            webhooks::tell(&mut tx, hub, organization, Concerned::Integration(id), &news).await?;
        }
        Ok(removed)
    })
}

/// Takes an account out of every integration, inside a transaction of the caller's.
pub(crate) async fn withdraw_account(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    account: AccountId,
) -> Result<(), DbError> {
    let news = News::of(EventKind::IntegrationAccountRevoked, account);
    webhooks::tell(tx, hub, organization, Concerned::ReadersOf(account), &news).await?;
    integrations::remove_account_everywhere(tx, organization, account, hub.environment.now()).await.map(|_| ())
}

/// Ends an integration with all its tokens; false when it had ended before. The organization keeps its accounts and
/// their history.
pub async fn revoke(hub: &Hub, organization: OrganizationId, id: IntegrationId) -> Result<bool, DbError> {
    db::write!(hub.db, tx => { end(&mut tx, hub, organization, id).await })
}

/// The live integrations of an organization with their accounts, newest first.
pub async fn list(hub: &Hub, organization: OrganizationId) -> Result<Vec<IntegrationWithAccounts>, DbError> {
    let mut tx = hub.db.read().await?;
    let found = integrations::list(&mut tx, organization).await?;
    let accounts = integrations::accounts(&mut tx, organization).await?;
    let with_accounts = |integration: Integration| {
        let own = accounts.iter().filter(|account| account.integration_id == integration.id);
        IntegrationWithAccounts { accounts: own.cloned().collect(), integration }
    };
    Ok(found.into_iter().map(with_accounts).collect())
}

/// One live integration of an organization with its accounts.
pub async fn get(
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
) -> Result<Option<IntegrationWithAccounts>, DbError> {
    let mut tx = hub.db.read().await?;
    let Some(integration) = integrations::get(&mut tx, organization, id).await? else { return Ok(None) };
    let accounts = integrations::accounts_of(&mut tx, organization, id).await?;
    Ok(Some(IntegrationWithAccounts { integration, accounts }))
}

/// Ends an integration inside a transaction of the caller's.
pub(crate) async fn end(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
) -> Result<bool, DbError> {
    integrations::lock(tx, organization, id).await?;
    store::token::delete_integration(tx, organization, id).await?;
    let news = News::new(EventKind::IntegrationRevoked);
    webhooks::tell(tx, hub, organization, Concerned::Integration(id), &news).await?;
    integrations::revoke(tx, organization, id, hub.environment.now()).await
}

async fn replace_accounts(
    tx: &mut Tx,
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
    accounts: &[AccountId],
) -> Result<AccountsChanged, DbError> {
    let now = hub.environment.now();
    let before = integrations::accounts_of(tx, organization, id).await?;
    let removed = integrations::keep_accounts(tx, organization, id, accounts, now).await?;
    let added = integrations::add_accounts(tx, organization, id, accounts, now).await?;
    let after = integrations::accounts_of(tx, organization, id).await?;
    for (these, those, kind) in
        [(&after, &before, EventKind::IntegrationAccountAdded), (&before, &after, EventKind::IntegrationAccountRevoked)]
    {
        let only_here = these.iter().filter(|one| those.iter().all(|other| other.account_id != one.account_id));
        for account in only_here {
            let news = News::of(kind, account.account_id);
            webhooks::tell(tx, hub, organization, Concerned::Integration(id), &news).await?;
        }
    }
    Ok(AccountsChanged { added, removed })
}
