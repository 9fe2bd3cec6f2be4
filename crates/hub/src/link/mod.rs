//! Linking accounts: from the consent text to the first synchronization, and back.
//!
//! [`start`] asks the bank for a consent and gives the address to send the person to. [`check`] asks the bank how it
//! went: the person's return is no proof, and a person who never returns is no obstacle. [`choose`] links the accounts
//! that the person ticks. A renewal goes the same way and re-binds the accounts that are known by their reference and
//! currency, whatever ids the bank gives them this time.

mod bind;
pub mod renewal;

use std::net::IpAddr;

use connectors::{BankError, Call, ConsentEnd, ConsentRequest, ConsentState, InstitutionState, RawAnswer};
use db::DbError;
use domain::{AccountId, AuthorizationId, Defect, InstitutionId, OrganizationId, RawAnswerId, ToSpan};
use vault::OpenError;

use crate::Hub;
use crate::audit::Actor;
use crate::consents;
use crate::store;
use crate::store::account::Account;
use crate::store::authorization::{Authorization, AuthorizationState};
use crate::store::synchronization::Subtype;
use crate::sync;

/// Why accounts could not be linked. Nothing is half done.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// There is no such institution, authorization or account in this organization.
    #[error("there is no such institution, authorization or account")]
    Unknown,
    /// The institution takes no new permissions now.
    #[error("the institution is under maintenance or was replaced")]
    Closed,
    /// The bank did not do its part.
    #[error("the bank could not be asked: {0}")]
    Bank(#[from] BankError),
    /// The person refused at the bank, or the bank ended the attempt.
    #[error("the authorization was not given: {0}")]
    NotGiven(String),
    /// The hub's keys do not open the permission.
    #[error(transparent)]
    Sealed(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// An attempt that waits for the person.
#[derive(Debug, Clone)]
pub struct Started {
    /// The authorization that is being asked for.
    pub authorization: AuthorizationId,
    /// The bank's page to send the person to.
    pub bank_url: String,
}

/// How an attempt stands.
#[derive(Debug, Clone)]
pub enum Progress {
    /// The person has not finished at the bank.
    Waiting {
        /// The bank's page, to go back to.
        bank_url: Option<String>,
    },
    /// The permission is given.
    Given {
        /// Accounts to choose from: new ones, and formerly unlinked ones.
        offered: Vec<Account>,
        /// Accounts that were linked before and go on under the new permission.
        renewed: Vec<Account>,
        /// What the bank lists besides and cannot be understood; kept, too.
        unread: Vec<Defect>,
    },
}

/// Asks a bank for a consent. `renews` names the authorization that is to be renewed.
pub async fn start(
    hub: &Hub,
    organization: OrganizationId,
    institution: InstitutionId,
    renews: Option<AuthorizationId>,
    psu_ip: IpAddr,
) -> Result<Started, LinkError> {
    let (bank, connector) = hub.bank(institution).ok_or(LinkError::Unknown)?;
    if matches!(hub.standing(&bank.profile).state, InstitutionState::Maintenance | InstitutionState::Deprecated) {
        return Err(LinkError::Closed);
    }
    let (token, hash) = vault::token::new(&hub.environment);
    let redirect_url = format!("{}/app/link/return?state={}", hub.settings.public_url, token.expose());
    let ask = ConsentRequest {
        refused_url: format!("{redirect_url}&refused=1"),
        redirect_url,
        psu_ip,
        valid_until: hub.environment.today().saturating_add(bank.profile.consent_days.days()),
    };
    let begun = connector.begin_consent(&bank, &ask).await?;
    let id = AuthorizationId::new(&hub.environment);
    let new = Authorization {
        id,
        organization,
        institution,
        state: AuthorizationState::Waiting,
        sealed_consent: Some(consents::seal(hub, organization, id, &begun.consent)),
        bank_url: Some(begun.bank_url.clone()),
        renews,
        psu_ip: Some(psu_ip.to_string()),
        started_at: hub.environment.now(),
        authorized_at: None,
        expires_on: None,
        ended_at: None,
        reason: None,
    };
    db::write!(hub.db, tx => { store::authorization::insert(&mut tx, &new, &hash).await })?;
    Ok(Started { authorization: id, bank_url: begun.bank_url })
}

/// The authorization that a bank's return belongs to, by the token in the return's address.
pub async fn by_return(hub: &Hub, token: &str) -> Result<Option<Authorization>, DbError> {
    let mut tx = hub.db.read().await?;
    store::authorization::by_return(&mut tx, &vault::token::hash(token)).await
}

/// Asks the bank how an attempt stands and takes in what it lists. Asking again changes nothing. `by` is who is written
/// down for what is renewed by it.
pub async fn check(
    hub: &Hub,
    organization: OrganizationId,
    id: AuthorizationId,
    psu_ip: Option<IpAddr>,
    by: &Actor,
) -> Result<Progress, LinkError> {
    let authorization = {
        let mut tx = hub.db.read().await?;
        store::authorization::get(&mut tx, organization, id).await?.ok_or(LinkError::Unknown)?
    };
    if authorization.state == AuthorizationState::Ended {
        return Err(LinkError::NotGiven(authorization.reason.unwrap_or_else(|| "it was ended".into())));
    }
    let consent = consents::open(hub, &authorization)?.ok_or(LinkError::Unknown)?;
    let (bank, connector) = hub.bank(authorization.institution).ok_or(LinkError::Unknown)?;
    match connector.consent_state(&bank, &consent).await? {
        ConsentState::Waiting => Ok(Progress::Waiting { bank_url: authorization.bank_url }),
        ConsentState::Ended(end) => {
            let reason = reason(end);
            let now = hub.environment.now();
            db::write!(hub.db, tx => {
                store::authorization::end(&mut tx, organization, id, reason, now).await?;
                store::account::expire(&mut tx, organization, id, reason, now).await
            })?;
            Err(LinkError::NotGiven(reason.to_owned()))
        }
        ConsentState::Valid { until } => {
            let answer = connector.accounts(&bank, &Call { consent, psu_ip }).await?;
            let list = keep(hub, &authorization, &answer).await?;
            let page = connector.read_accounts(&answer)?;
            Ok(bind::listed(hub, &authorization, until, (list, &page), by).await?)
        }
    }
}

/// Keeps a list of accounts before anything reads it.
async fn keep(hub: &Hub, authorization: &Authorization, answer: &RawAnswer) -> Result<RawAnswerId, DbError> {
    let digest = vault::token::hex(&vault::token::sha256(&answer.body));
    let new = store::account_list::NewList {
        id: RawAnswerId::new(&hub.environment),
        authorization: authorization.id,
        content_type: &answer.content_type,
        digest: &digest,
        body: &answer.body,
        received_at: answer.received_at,
    };
    db::write!(hub.db, tx => { store::account_list::keep(&mut tx, authorization.organization, &new).await })
}

/// Links the ticked accounts of an authorization and starts their first synchronization. Ticking one twice, or one
/// that is linked already, changes nothing.
pub async fn choose(
    hub: &Hub,
    organization: OrganizationId,
    id: AuthorizationId,
    chosen: &[AccountId],
    psu_ip: Option<IpAddr>,
) -> Result<Vec<AccountId>, LinkError> {
    let now = hub.environment.now();
    let linked = db::write!(hub.db, tx => {
        let authorization = store::authorization::lock(&mut tx, organization, id).await?.ok_or(LinkError::Unknown)?;
        let expires_on = authorization.expires_on.ok_or(LinkError::Unknown)?;
        let mut linked = Vec::new();
        for account in store::account::offered(&mut tx, organization, id).await? {
            if chosen.contains(&account.id) {
                store::account::activate(&mut tx, organization, account.id, expires_on, now).await?;
                first_synchronization(hub, &mut tx, organization, account.id, psu_ip).await?;
                linked.push(account.id);
            }
        }
        Ok::<_, LinkError>(linked)
    })?;
    hub.wake.notify_one();
    Ok(linked)
}

/// Unlinks an account and erases what it told. The last account of an authorization ends it at the bank, too.
pub async fn unlink(hub: &Hub, organization: OrganizationId, id: AccountId) -> Result<(), LinkError> {
    let now = hub.environment.now();
    let unused = db::write!(hub.db, tx => {
        let account = store::account::lock(&mut tx, organization, id).await?.ok_or(LinkError::Unknown)?;
        crate::integrations::withdraw_account(&mut tx, hub, organization, id).await?;
        store::account::unlink(&mut tx, organization, id, now).await?;
        let Some(authorization) = account.authorization else { return Ok(None) };
        store::account_list::erase(&mut tx, organization, authorization).await?;
        let bound = store::account::count_bound(&mut tx, organization, authorization).await?;
        if bound > 0 {
            return Ok(None);
        }
        store::authorization::get(&mut tx, organization, authorization).await.map_err(LinkError::from)
    })?;
    if let Some(authorization) = unused {
        end_at_bank(hub, &authorization).await;
        let reason = reason(ConsentEnd::Terminated);
        db::write!(hub.db, tx => {
            store::authorization::end(&mut tx, organization, authorization.id, reason, now).await
        })?;
    }
    Ok(())
}

/// Ends a consent at the bank. A bank that cannot be asked keeps a consent that nobody can use: its id is
/// forgotten. Tells whether there is nothing left at the bank.
pub(crate) async fn end_at_bank(hub: &Hub, authorization: &Authorization) -> bool {
    let consent = match consents::open(hub, authorization) {
        Ok(Some(consent)) => consent,
        Ok(None) => return true,
        // What nobody can read here stays at the bank until it ends by itself.
        Err(_) => return false,
    };
    let Some((bank, connector)) = hub.bank(authorization.institution) else { return false };
    match connector.end_consent(&bank, &consent).await {
        Ok(_) => true,
        Err(error) => {
            tracing::warn!(authorization = %authorization.id, "the consent was not ended at the bank: {error}");
            false
        }
    }
}

async fn first_synchronization(
    hub: &Hub,
    tx: &mut db::Tx,
    organization: OrganizationId,
    account: AccountId,
    psu_ip: Option<IpAddr>,
) -> Result<(), DbError> {
    sync::enqueue(hub, tx, organization, account, Subtype::AccountTransactionsWithUnsettled, psu_ip).await?;
    sync::enqueue(hub, tx, organization, account, Subtype::AccountDetails, psu_ip).await.map(|_| ())
}

fn reason(end: ConsentEnd) -> &'static str {
    sync::ended(end)
}
