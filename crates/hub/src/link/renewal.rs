//! Renewals that software asks for: it gets an address, sends a person there, and the person comes back to it after the
//! bank. The person must work for the organization; the address alone opens nothing.

use std::net::IpAddr;

use db::DbError;
use domain::{AccountId, AuthorizationId, IntegrationId, OrganizationId, ReauthorizationRequestId, ToSpan};
use url::Url;

use super::{LinkError, Started, start};
use crate::Hub;
use crate::integrations::may_be_redirected_to;
use crate::store::account::{self, Account};
use crate::store::application::{self, Application};
use crate::store::integration;
use crate::store::reauthorization_request::{self, ReauthorizationRequest};

/// For how long an address can be used: software may put it into a message that is read the next day.
const LIFETIME_HOURS: i64 = 24;

/// Why a renewal was not begun.
#[derive(Debug, thiserror::Error)]
pub enum RenewalError {
    /// The person cannot be sent back there.
    #[error("the address to return to is not one of the application's")]
    Address,
    /// The integration has ended.
    #[error("there is no such integration")]
    Unknown,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// A request with what a person wants to know about it.
#[derive(Debug, Clone)]
pub struct Renewal {
    /// The request.
    pub request: ReauthorizationRequest,
    /// The account.
    pub account: Account,
    /// The name of the software that asks.
    pub application: String,
}

/// Keeps the request of an integration for one of its accounts.
pub async fn ask(
    hub: &Hub,
    organization: OrganizationId,
    integration: IntegrationId,
    account: AccountId,
    redirect_uri: &str,
) -> Result<ReauthorizationRequestId, RenewalError> {
    let now = hub.environment.now();
    let id = ReauthorizationRequestId::new(&hub.environment);
    let new = ReauthorizationRequest {
        id,
        organization,
        integration,
        account,
        redirect_uri: redirect_uri.to_owned(),
        created_at: now,
        expires_at: now + LIFETIME_HOURS.hours(),
        authorization: None,
    };
    db::write!(hub.db, tx => {
        let live = integration::get(&mut tx, organization, integration).await?.ok_or(RenewalError::Unknown)?;
        let asking = application::get(&mut tx, live.application_id).await?.ok_or(RenewalError::Unknown)?;
        if !may_return_to(&asking, redirect_uri) {
            return Err(RenewalError::Address);
        }
        reauthorization_request::insert(&mut tx, &new).await?;
        Ok::<_, RenewalError>(())
    })?;
    Ok(id)
}

/// Whether an application may have people sent to an address: a certified one to the sites that it has registered, a
/// custom one, which has registered none, to wherever a code could be sent to as well.
fn may_return_to(application: &Application, address: &str) -> bool {
    let origin = |address: &str| Url::parse(address).ok().map(|url| url.origin());
    let registered = application.redirect_uris.iter().any(|known| origin(known) == origin(address));
    address.len() <= 2_000 && may_be_redirected_to(address) && (application.is_custom() || registered)
}

/// A request that can still be used, with the account and the software that it is about.
pub async fn find(
    hub: &Hub,
    organization: OrganizationId,
    id: ReauthorizationRequestId,
) -> Result<Option<Renewal>, DbError> {
    let mut tx = hub.db.read().await?;
    let known = reauthorization_request::get(&mut tx, organization, id).await?;
    let Some(request) = known.filter(|known| hub.environment.now() < known.expires_at) else { return Ok(None) };
    let Some(live) = integration::get(&mut tx, organization, request.integration).await? else { return Ok(None) };
    let account = account::get(&mut tx, organization, request.account).await?;
    Ok(account.map(|account| Renewal { request, account, application: live.application_name }))
}

/// Asks the bank for a new permission in place of the account's present one.
pub async fn begin(hub: &Hub, renewal: &Renewal, psu_ip: IpAddr) -> Result<Started, LinkError> {
    let (account, request) = (&renewal.account, &renewal.request);
    let started = start(hub, request.organization, account.institution, account.authorization, psu_ip).await?;
    db::write!(hub.db, tx => {
        let (organization, attempt) = (request.organization, started.authorization);
        reauthorization_request::lead_to(&mut tx, organization, request.id, attempt).await
    })
    .map_err(LinkError::Database)?;
    Ok(started)
}

/// Where an attempt at the bank leads back to, when software asked for it.
pub async fn way_back(
    hub: &Hub,
    organization: OrganizationId,
    attempt: AuthorizationId,
) -> Result<Option<String>, DbError> {
    let mut tx = hub.db.read().await?;
    let known = reauthorization_request::of_attempt(&mut tx, organization, attempt).await?;
    Ok(known.map(|known| known.redirect_uri))
}
