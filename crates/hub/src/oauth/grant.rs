//! The token endpoint: what is traded for tokens, and on which conditions.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use db::{DbError, Tx};
use domain::{IntegrationId, OrganizationId, Timestamp};
use hub_api::TokenResponse;
use vault::{pkce, token as tokens};

use super::client::authenticate;
use super::error::{Refusal, no_store};
use super::params::Params;
use crate::store::application::Application;
use crate::store::integration;
use crate::store::token::{self as store, Code, Token, TokenKind};
use crate::{Hub, SharedHub};

/// How long an access token lives, in seconds. One second less than half an hour, as clients of Ponto know it.
pub const ACCESS_TOKEN_S: i64 = 1799;
/// How long an unused refresh token lives, in seconds.
const REFRESH_TOKEN_S: i64 = 90 * 24 * 3600;
/// For how long a refresh token that was exchanged may be exchanged again, in seconds: the answer may have got lost, or
/// two processes of one client came at once. It may not once a successor was exchanged, which shows that it arrived.
const REUSE_GRACE_S: i64 = 30;

/// `POST /oauth2/token`.
pub(super) async fn token(State(hub): State<SharedHub>, params: Params) -> Result<Response, Refusal> {
    let application = authenticate(&hub, &params).await?;
    let granted = match params.needed("grant_type")? {
        "authorization_code" => exchange_code(&hub, &application, &params).await?,
        "refresh_token" => refresh(&hub, &application, &params).await?,
        "client_credentials" => own_token(&hub, &application).await?,
        _ => {
            let text = "Use authorization_code, refresh_token or client_credentials.";
            return Err(Refusal::new("unsupported_grant_type", text));
        }
    };
    Ok((no_store(), Json(granted)).into_response())
}

/// What is given out together, and to whom.
struct Issue<'a> {
    family: &'a str,
    application: &'a Application,
    integration: Option<(OrganizationId, IntegrationId)>,
    /// The refresh token that is exchanged.
    parent: Option<&'a str>,
    /// What the access token allows.
    scope: &'a str,
    /// What the next refresh token allows; `None` gives none.
    refresh_scope: Option<&'a str>,
}

/// The outcome of looking at a code or refresh token. A replay is an outcome, not an error: what it ends must be
/// committed.
enum Traded {
    Granted(TokenResponse),
    Refused,
    TooWide,
    Replayed,
}

impl Traded {
    fn into_answer(self, application: &Application) -> Result<TokenResponse, Refusal> {
        match self {
            Traded::Granted(granted) => Ok(granted),
            Traded::Refused => Err(Refusal::grant()),
            Traded::TooWide => {
                let text = "A refresh may ask for what was granted, or for a part of it with ai, not for more.";
                Err(Refusal::new("invalid_scope", text))
            }
            Traded::Replayed => {
                tracing::warn!(
                    client_id = application.client_id,
                    "a used code or refresh token was sent again; its family ended"
                );
                Err(Refusal::grant())
            }
        }
    }
}

async fn exchange_code(hub: &Hub, application: &Application, params: &Params) -> Result<TokenResponse, Refusal> {
    let code_hash = tokens::hash(params.needed("code")?);
    let redirect_uri = params.needed("redirect_uri")?;
    let verifier = params.get("code_verifier")?;
    let traded = db::write!(hub.db, tx => {
        let Some(code) = store::code(&mut tx, &code_hash).await? else { return Ok(Traded::Refused) };
        if code.application_id != application.id
            || !integration::lock(&mut tx, code.organization_id, code.integration_id).await?
        {
            return Ok(Traded::Refused);
        }
        // Once more, because another process may have been faster to the lock.
        let Some(code) = store::code(&mut tx, &code_hash).await? else { return Ok(Traded::Refused) };
        if code.used_at.is_some() {
            store::delete_family(&mut tx, &code.family).await?;
            return Ok(Traded::Replayed);
        }
        let now = hub.environment.now();
        let proven = now < code.expires_at && code.redirect_uri == redirect_uri && proof_fits(&code, verifier);
        if !proven {
            return Ok(Traded::Refused);
        }
        store::use_code(&mut tx, &code_hash, now).await?;
        let lasting = code.scope.split(' ').any(|scope| scope == "offline_access");
        let issue = Issue {
            family: &code.family,
            application,
            integration: Some((code.organization_id, code.integration_id)),
            parent: None,
            scope: &code.scope,
            refresh_scope: lasting.then_some(code.scope.as_str()),
        };
        issue_tokens(&mut tx, hub, &issue).await.map(Traded::Granted)
    })
    .map_err(|error: DbError| Refusal::from(error))?;
    traded.into_answer(application)
}

/// Whether the proof key fits (RFC 7636). A verifier without a challenge is refused too: somebody stripped the
/// challenge on the way (RFC 9700 section 2.1.1).
fn proof_fits(code: &Code, verifier: Option<&str>) -> bool {
    match (&code.code_challenge, verifier) {
        (Some(challenge), Some(verifier)) => pkce::verify(verifier, challenge),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

async fn refresh(hub: &Hub, application: &Application, params: &Params) -> Result<TokenResponse, Refusal> {
    let token_hash = tokens::hash(params.needed("refresh_token")?);
    let wanted = params.get("scope")?;
    let traded = db::write!(hub.db, tx => {
        let Some(held) = store::get(&mut tx, &token_hash).await? else { return Ok(Traded::Refused) };
        let now = hub.environment.now();
        let own = held.kind == TokenKind::Refresh && held.application_id == application.id;
        let Some((organization, id)) = held.integration.filter(|_| own && now < held.expires_at) else {
            return Ok(Traded::Refused);
        };
        if !integration::lock(&mut tx, organization, id).await? {
            return Ok(Traded::Refused);
        }
        // Once more, because another process may have been faster to the lock.
        let Some(held) = store::get(&mut tx, &token_hash).await? else { return Ok(Traded::Refused) };
        if let Some(at) = held.rotated_at {
            let late = now.as_second() - at.as_second() > REUSE_GRACE_S;
            if late || store::was_followed_up(&mut tx, &held.family, &token_hash).await? {
                store::delete_family(&mut tx, &held.family).await?;
                return Ok(Traded::Replayed);
            }
        }
        let Some(scope) = narrowed(&held.scope, wanted) else { return Ok(Traded::TooWide) };
        store::rotate(&mut tx, &token_hash, now).await?;
        let issue = Issue {
            family: &held.family,
            application,
            integration: held.integration,
            parent: Some(&token_hash),
            scope: &scope,
            refresh_scope: Some(&held.scope),
        };
        issue_tokens(&mut tx, hub, &issue).await.map(Traded::Granted)
    })
    .map_err(|error: DbError| Refusal::from(error))?;
    traded.into_answer(application)
}

/// The scopes that are wanted, when all of them were granted and reading accounts is among them; all that were granted
/// when none is named.
fn narrowed(granted: &str, wanted: Option<&str>) -> Option<String> {
    let Some(wanted) = wanted else { return Some(granted.to_owned()) };
    let held = |scope: &str| granted.split(' ').any(|known| known == scope);
    // Payments are not offered, but clients ask for them with each refresh as they did at first.
    let wanted: Vec<&str> = wanted.split(' ').filter(|scope| !scope.is_empty() && *scope != "pi").collect();
    (wanted.contains(&"ai") && wanted.iter().all(|scope| held(scope))).then(|| wanted.join(" "))
}

async fn own_token(hub: &Hub, application: &Application) -> Result<TokenResponse, Refusal> {
    if application.secret_hash.is_none() {
        let text = "A client without a secret cannot get a token of its own.";
        return Err(Refusal::new("unauthorized_client", text));
    }
    let (family, _) = tokens::new(&hub.environment);
    let granted = db::write!(hub.db, tx => {
        let mut issue =
            Issue { family: family.expose(), application, integration: None, parent: None, scope: "", refresh_scope: None };
        let Some(organization) = application.organization_id else {
            return issue_tokens(&mut tx, hub, &issue).await.map(Some);
        };
        let Some(live) = integration::of_application(&mut tx, organization, application.id).await? else {
            return Ok(None);
        };
        issue.integration = Some((organization, live.id));
        issue.scope = &live.scope;
        issue_tokens(&mut tx, hub, &issue).await.map(Some)
    })
    .map_err(|error: DbError| Refusal::from(error))?;
    // A custom application whose integration was ended is no client any more.
    granted.ok_or_else(Refusal::client)
}

async fn issue_tokens(tx: &mut Tx, hub: &Hub, issue: &Issue<'_>) -> Result<TokenResponse, DbError> {
    let now = hub.environment.now();
    let token = |kind: TokenKind, scope: &str, lifetime_s: i64| Token {
        kind,
        family: issue.family.to_owned(),
        parent: issue.parent.map(str::to_owned),
        application_id: issue.application.id,
        integration: issue.integration,
        scope: scope.to_owned(),
        created_at: now,
        expires_at: after(now, lifetime_s),
        rotated_at: None,
    };
    let (access, hash) = tokens::new(&hub.environment);
    store::insert(tx, &hash, &token(TokenKind::Access, issue.scope, ACCESS_TOKEN_S), now).await?;
    let mut refresh_token = None;
    if let Some(scope) = issue.refresh_scope {
        let (refresh, hash) = tokens::new(&hub.environment);
        store::insert(tx, &hash, &token(TokenKind::Refresh, scope, REFRESH_TOKEN_S), now).await?;
        refresh_token = Some(refresh.expose().clone());
    }
    Ok(TokenResponse {
        access_token: access.expose().clone(),
        expires_in: ACCESS_TOKEN_S,
        refresh_token,
        scope: issue.scope.to_owned(),
        token_type: "bearer".to_owned(),
    })
}

/// An instant some seconds later.
pub(super) fn after(now: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(now.as_second() + seconds).expect("an instant within a year is in range")
}

#[cfg(test)]
mod tests {
    use super::narrowed;

    #[test]
    fn a_refresh_may_ask_for_less_and_never_for_more() {
        assert_eq!(narrowed("offline_access ai name", None).as_deref(), Some("offline_access ai name"));
        assert_eq!(narrowed("offline_access ai name", Some("ai")).as_deref(), Some("ai"));
        assert_eq!(narrowed("offline_access ai", Some("offline_access ai pi")).as_deref(), Some("offline_access ai"));
        for too_much in ["ai name", "name", "pi", "ai ai2"] {
            assert_eq!(narrowed("ai", Some(too_much)), None, "{too_much}");
        }
    }
}
