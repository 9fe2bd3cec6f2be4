//! Who calls: the holder of an access token, which opens the accounts of one integration of one organization, or an
//! application by itself.

use axum::extract::FromRequestParts;
use db::DbError;
use domain::{AccountId, ApplicationId, IntegrationId, OrganizationId};
use http::header::AUTHORIZATION;
use http::request::Parts;
use hub_api::Code;
use vault::token as tokens;

use super::error::ApiError;
use crate::audit::{self, Actor};
use crate::store::account::{self, Account};
use crate::store::block;
use crate::store::integration;
use crate::store::token::{self, Token, TokenKind};
use crate::{Hub, SharedHub};

/// An integration of an organization, allowed to read accounts.
#[derive(Clone)]
pub(super) struct Caller {
    pub organization: OrganizationId,
    pub integration: IntegrationId,
    scope: String,
    hub: SharedHub,
}

/// An application by itself, without an organization.
#[derive(Debug, Clone)]
pub(super) struct Partner {
    pub application: ApplicationId,
}

/// An integration where one is named, else anybody: for lists that are public and narrower for an organization.
#[derive(Debug, Clone)]
pub(super) struct Anybody(pub Option<OrganizationId>);

impl Caller {
    /// Whether the token has a scope.
    pub fn may(&self, scope: &str) -> bool {
        self.scope.split(' ').any(|held| held == scope)
    }

    /// An account that this caller may read; anything else is not found.
    pub async fn account(&self, tx: &mut db::Tx, id: AccountId) -> Result<Account, ApiError> {
        let held = integration::account_of(tx, self.organization, self.integration, id).await?;
        held.ok_or_else(|| ApiError::not_found("account"))?;
        let account = account::get(tx, self.organization, id).await?.ok_or_else(|| ApiError::not_found("account"))?;
        if self.hub.is_closed(account.institution) {
            let detail = "The connection to this bank is being repaired; its data is not served meanwhile.";
            return Err(ApiError::new(Code::InstitutionUnderMaintenance, detail));
        }
        Ok(account)
    }

    /// An account whose money this caller is about to see. That it looked is written down, once an hour here and once a
    /// day in the organization's audit log.
    pub async fn reads(&self, id: AccountId) -> Result<Account, ApiError> {
        let (hub, organization) = (&self.hub, self.organization);
        let now = hub.environment.now();
        let mut tx = hub.db.read().await?;
        let account = self.account(&mut tx, id).await?;
        let held = integration::account_of(&mut tx, organization, self.integration, id).await?;
        let known = integration::get(&mut tx, organization, self.integration).await?;
        drop(tx);
        if held.is_some_and(|held| integration::access_is_stale(&held, now)) {
            db::write!(hub.db, tx => {
                integration::note_access(&mut tx, organization, self.integration, id, now).await
            })
            .map_err(|error: DbError| ApiError::from(error))?;
            if let Some(known) = known {
                let actor = Actor::software(self.integration, &known.application_name);
                audit::saw(hub, organization, &actor, &account.reference).await?;
            }
        }
        Ok(account)
    }
}

/// What was found for the token of a request, so that it is looked up once.
#[derive(Clone)]
struct LookedUp(Option<Token>);

/// The good token of a request, `None` when it has no header for one.
pub(super) async fn look_up(parts: &mut Parts, hub: &Hub) -> Result<Option<Token>, ApiError> {
    if let Some(LookedUp(known)) = parts.extensions.get::<LookedUp>() {
        return Ok(known.clone());
    }
    let found = bearer(parts, hub).await?;
    parts.extensions.insert(LookedUp(found.clone()));
    Ok(found)
}

async fn bearer(parts: &Parts, hub: &Hub) -> Result<Option<Token>, ApiError> {
    let Some(value) = parts.headers.get(AUTHORIZATION) else { return Ok(None) };
    let value = value.to_str().map_err(|_| ApiError::token())?;
    let (scheme, plain) = value.split_once(' ').ok_or_else(ApiError::token)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(ApiError::token());
    }
    let found = token::get(&mut hub.db.read().await?, &tokens::hash(plain.trim())).await?;
    let live = found.filter(|token| token.kind == TokenKind::Access && hub.environment.now() < token.expires_at);
    live.map(Some).ok_or_else(ApiError::token)
}

impl FromRequestParts<SharedHub> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &SharedHub) -> Result<Caller, ApiError> {
        // Under an idempotency key it is asked for twice and is one request all the same.
        if let Some(known) = parts.extensions.get::<Caller>() {
            return Ok(known.clone());
        }
        let token = look_up(parts, hub).await?.ok_or_else(ApiError::token)?;
        let Some((organization, integration)) = token.integration else {
            return Err(ApiError::scope("a token of an organization, from the authorization page"));
        };
        hub.count_request(organization, integration);
        if block::is_refused(&mut hub.db.read().await?, organization, token.application_id).await? {
            return Err(ApiError::blocked());
        }
        let caller = Caller { organization, integration, scope: token.scope, hub: hub.clone() };
        if !caller.may("ai") {
            return Err(ApiError::scope("the scope ai"));
        }
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

impl FromRequestParts<SharedHub> for Partner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &SharedHub) -> Result<Partner, ApiError> {
        let token = look_up(parts, hub).await?.ok_or_else(ApiError::token)?;
        match token.integration {
            None => Ok(Partner { application: token.application_id }),
            Some(_) => Err(ApiError::scope("the application's own token, from client_credentials")),
        }
    }
}

impl FromRequestParts<SharedHub> for Anybody {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &SharedHub) -> Result<Anybody, ApiError> {
        let token = look_up(parts, hub).await?;
        Ok(Anybody(token.and_then(|token| token.integration).map(|(organization, _)| organization)))
    }
}
