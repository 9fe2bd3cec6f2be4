//! The authorization endpoint: the browser comes with a request, a person decides, and the browser goes back.

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use db::DbError;
use domain::{AccountId, OrganizationId};
use http::{HeaderMap, StatusCode, Uri};
use url::form_urlencoded;
use vault::token as tokens;
use web::{Language, Redirect};

use super::consent::{self, Answer, Decided};
use super::grant::after;
use super::page::{consent_page, consent_trouble};
use super::{onboarding, redirect};
use crate::people::LoggedIn;
use crate::store::application::{self, Application};
use crate::store::token::{self, ConsentRequest};
use crate::{Hub, SharedHub, people};

/// How long a person may think about a consent page, in seconds.
const REQUEST_S: i64 = 3600;
/// Most characters of `state` and other values that we keep for a client.
const VALUE_MAX: usize = 2048;
/// What matters in a request and may stand there once.
const PARAMETERS: [&str; 8] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];
/// What an application may ask for. `pi` (payments) is not among them; it is asked for out of habit and left out.
const SCOPES: [&str; 3] = ["offline_access", "ai", "name"];

/// Why a person cannot be asked.
pub(super) enum Unfit {
    /// The client or its address is in doubt, so nobody is sent anywhere (RFC 9700 section 4.11.2); the key of the
    /// message that says so.
    Shown(&'static str),
    /// The client is told at its address.
    Told { redirect_uri: String, state: Option<String>, error: &'static str, description: &'static str },
    /// The database.
    Failed(DbError),
}

impl From<DbError> for Unfit {
    fn from(error: DbError) -> Unfit {
        Unfit::Failed(error)
    }
}

/// `GET /oauth2/auth`: shows the consent page, after log-in and the first organization where they are missing.
pub(super) async fn ask(
    State(hub): State<SharedHub>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    match shown(&hub, &uri, &Query::read(query.as_deref().unwrap_or_default()), &headers).await {
        Ok(response) => response,
        Err(unfit) => told(&hub, &headers, unfit),
    }
}

async fn shown(hub: &Hub, uri: &Uri, query: &Query, headers: &HeaderMap) -> Result<Response, Unfit> {
    let application = known_client(hub, query).await?;
    let asked = checked(&application, query)?;
    let here = uri.path_and_query().map_or("/oauth2/auth", |here| here.as_str());
    if let Some(page) = in_the_wished_language(hub, query, headers) {
        return Ok(Redirect::to(page).into_response());
    }
    let told = onboarding::opened(hub, application.id, query.one("onboarding_details_id")).await?;
    let (onboarding_details, told) = told.unzip();
    let Some(who) = people::session(hub, headers).await? else {
        let page = match &told {
            Some(told) => onboarding::sign_up(told, here),
            None => redirect::with_params("/login", &[("next", Some(here))]),
        };
        return Ok(Redirect::to(page).into_response());
    };
    let wanted = query.one("organization").and_then(|id| OrganizationId::parse(id).ok());
    let wished = told.as_ref().and_then(|told| told.requested_organisation_id).filter(|_| wanted.is_none());
    let wished = match wished {
        Some(id) => consent::chosen_organization(hub, &who, Some(id)).await?,
        None => None,
    };
    let chosen = match consent::chosen_organization(hub, &who, wanted.or(wished)).await? {
        Some(chosen) => chosen,
        None if wanted.is_some() || works_for_any(hub, &who).await? => {
            return Err(Unfit::Shown("oauth-not-your-organization"));
        }
        None => {
            return Ok(Redirect::to(onboarding::new_organization(told.as_ref(), here)).into_response());
        }
    };
    let now = hub.environment.now();
    let request = ConsentRequest {
        user_id: who.user.id,
        application_id: application.id,
        redirect_uri: asked.redirect_uri,
        scope: asked.scope,
        state: asked.state,
        code_challenge: asked.code_challenge,
        expires_at: after(now, REQUEST_S),
        onboarding_details,
    };
    let (name, hash) = tokens::new(&hub.environment);
    db::write!(hub.db, tx => { token::insert_request(&mut tx, &hash, &request, now).await }).map_err(Unfit::Failed)?;
    show_again(hub, headers, &who, name.expose(), &request, chosen, None).await
}

/// The way through the choice of the language that the software asks for, back here without the wish. A person who chose
/// one keeps it.
fn in_the_wished_language(hub: &Hub, query: &Query, headers: &HeaderMap) -> Option<String> {
    let wish = query.one("language").and_then(Language::parse)?;
    if Language::is_chosen(headers, &people::cookies(hub)) {
        return None;
    }
    let rest = query.0.iter().filter(|(name, _)| name != "language");
    let rest: Vec<(&str, Option<&str>)> = rest.map(|(name, value)| (name.as_str(), Some(value.as_str()))).collect();
    let back = redirect::with_params("/oauth2/auth", &rest);
    Some(redirect::with_params("/language", &[("to", Some(wish.code())), ("back", Some(&back))]))
}

/// Whether somebody who may share nothing works for an organization at all: then making another one is no way on.
async fn works_for_any(hub: &Hub, who: &LoggedIn) -> Result<bool, DbError> {
    Ok(!people::organizations(hub, who.user.id).await?.is_empty())
}

async fn show_again(
    hub: &Hub,
    headers: &HeaderMap,
    who: &LoggedIn,
    name: &str,
    request: &ConsentRequest,
    chosen: OrganizationId,
    answer: Option<&Answer>,
) -> Result<Response, Unfit> {
    let situation = consent::situation(hub, request, chosen).await?.ok_or(Unfit::Shown(STALE))?;
    let page = consent::page(hub, who, name, request, &situation, chosen, answer);
    Ok(consent_page(hub, headers, &page))
}

/// A request that was answered already, or is too old, or was made for somebody else.
const STALE: &str = "oauth-stale";

/// `POST /oauth2/auth`: the person's answer.
pub(super) async fn decide(State(hub): State<SharedHub>, headers: HeaderMap, body: String) -> Response {
    match decided(&hub, &headers, &Query::read(&body)).await {
        Ok(response) => response,
        Err(unfit) => told(&hub, &headers, unfit),
    }
}

async fn decided(hub: &Hub, headers: &HeaderMap, form: &Query) -> Result<Response, Unfit> {
    let who = people::session(hub, headers).await?.ok_or(Unfit::Shown(STALE))?;
    let name = form.one("request").ok_or(Unfit::Shown(STALE))?;
    let hash = tokens::hash(name);
    let kept = token::request(&mut hub.db.read().await?, &hash, who.user.id).await?;
    let request = kept.filter(|kept| hub.environment.now() < kept.expires_at).ok_or(Unfit::Shown(STALE))?;
    let ended = |params: &[(&str, Option<&str>)]| {
        let mut all = params.to_vec();
        all.extend([("state", request.state.as_deref()), ("iss", Some(hub.settings.public_url.as_str()))]);
        Redirect::to(redirect::with_params(&request.redirect_uri, &all)).into_response()
    };
    if form.one("decision") != Some("allow") {
        let first = db::write!(hub.db, tx => { token::finish_request(&mut tx, &hash).await }).map_err(Unfit::Failed)?;
        let description = Some("The person refused.");
        let refusal = || ended(&[("error", Some("access_denied")), ("error_description", description)]);
        return if first { Ok(refusal()) } else { Err(Unfit::Shown(STALE)) };
    }
    let answer = answer(form).ok_or(Unfit::Shown(STALE))?;
    match consent::allow(hub, &who.user, name, &request, &answer).await? {
        Decided::Code(code) => Ok(ended(&[("code", Some(&code))])),
        Decided::Again => show_again(hub, headers, &who, name, &request, answer.organization, Some(&answer)).await,
        Decided::Stale => Err(Unfit::Shown(STALE)),
    }
}

fn answer(form: &Query) -> Option<Answer> {
    let ids = |name: &str| -> Option<Vec<AccountId>> { form.all(name).map(|id| AccountId::parse(id).ok()).collect() };
    Some(Answer {
        organization: OrganizationId::parse(form.one("organization")?).ok()?,
        shown: ids("shown")?,
        ticked: ids("accounts")?,
        removal_confirmed: if form.one("confirm_removal") == Some("yes") { ids("lost")? } else { Vec::new() },
    })
}

/// A request whose every part was looked at.
struct Checked {
    redirect_uri: String,
    scope: String,
    state: Option<String>,
    code_challenge: Option<String>,
}

async fn known_client(hub: &Hub, query: &Query) -> Result<Application, Unfit> {
    let unknown = Unfit::Shown("oauth-unknown-client");
    let Some(client_id) = query.one("client_id") else { return Err(unknown) };
    application::by_client_id(&mut hub.db.read().await?, client_id).await?.ok_or(unknown)
}

fn checked(application: &Application, query: &Query) -> Result<Checked, Unfit> {
    let redirect_uri = query.one("redirect_uri").unwrap_or_default();
    let native = application.secret_hash.is_none();
    if !redirect::is_registered(&application.redirect_uris, redirect_uri, native) {
        return Err(Unfit::Shown("oauth-unknown-address"));
    }
    let state = query.one("state").map(str::to_owned);
    let told = |error, description| Unfit::Told {
        redirect_uri: redirect_uri.to_owned(),
        state: state.clone(),
        error,
        description,
    };
    if query.is_ambiguous() {
        return Err(told("invalid_request", "A parameter stands more than once, or is too long."));
    }
    if query.one("response_type") != Some("code") {
        return Err(told("unsupported_response_type", "Only response_type=code is offered."));
    }
    if query.one("response_mode").is_some_and(|mode| mode != "query") {
        return Err(told("invalid_request", "Only response_mode=query is offered."));
    }
    let code_challenge = query.one("code_challenge").map(str::to_owned);
    match (&code_challenge, query.one("code_challenge_method")) {
        (Some(challenge), Some("S256")) if challenge.len() == 43 => {}
        (None, None) if application.secret_hash.is_some() => {}
        _ => {
            return Err(told(
                "invalid_request",
                "A proof key is needed: code_challenge with code_challenge_method=S256.",
            ));
        }
    }
    let scope = scope(query.one("scope").unwrap_or("ai"))
        .ok_or_else(|| told("invalid_scope", "Ask for ai, and name or offline_access if needed."))?;
    Ok(Checked { redirect_uri: redirect_uri.to_owned(), scope, state, code_challenge })
}

/// The scopes that are granted of those asked for; `None` when one is unknown or reading accounts is not among them.
fn scope(asked: &str) -> Option<String> {
    let asked: Vec<&str> = asked.split(' ').filter(|scope| !scope.is_empty() && *scope != "pi").collect();
    if !asked.iter().all(|scope| SCOPES.contains(scope)) || !asked.contains(&"ai") {
        return None;
    }
    Some(SCOPES.into_iter().filter(|scope| asked.contains(scope)).collect::<Vec<_>>().join(" "))
}

fn told(hub: &Hub, headers: &HeaderMap, unfit: Unfit) -> Response {
    match unfit {
        Unfit::Shown(key) => consent_trouble(hub, headers, StatusCode::BAD_REQUEST, key),
        Unfit::Told { redirect_uri, state, error, description } => {
            let params = [
                ("error", Some(error)),
                ("error_description", Some(description)),
                ("state", state.as_deref()),
                ("iss", Some(hub.settings.public_url.as_str())),
            ];
            Redirect::to(redirect::with_params(&redirect_uri, &params)).into_response()
        }
        Unfit::Failed(error) => {
            tracing::error!(%error, "the consent page could not use the database");
            consent_trouble(hub, headers, StatusCode::INTERNAL_SERVER_ERROR, "oauth-failed")
        }
    }
}

/// The pairs of a query or a form.
struct Query(Vec<(String, String)>);

impl Query {
    fn read(text: &str) -> Query {
        Query(form_urlencoded::parse(text.as_bytes()).map(|(k, v)| (k.into_owned(), v.into_owned())).collect())
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn one<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).find(|value| !value.is_empty())
    }

    /// Whether a parameter that matters stands twice (RFC 6749 section 3.1) or is longer than we are willing to keep.
    fn is_ambiguous(&self) -> bool {
        PARAMETERS.iter().any(|name| self.all(name).count() > 1)
            || self.0.iter().any(|(_, value)| value.len() > VALUE_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::scope;

    #[test]
    fn payments_are_left_out_and_unknown_scopes_refused() {
        assert_eq!(scope("offline_access ai pi name").as_deref(), Some("offline_access ai name"));
        assert_eq!(scope("name ai").as_deref(), Some("ai name"));
        for bad in ["", "pi", "name", "ai admin"] {
            assert_eq!(scope(bad), None, "{bad}");
        }
    }
}
