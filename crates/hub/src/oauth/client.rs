//! Which application is asking: HTTP Basic, or client id and secret in the body (RFC 6749 section 2.3.1). A public
//! client has no secret and names itself only.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use url::form_urlencoded;
use vault::token;

use super::error::Refusal;
use super::params::{Params, refused};
use crate::Hub;
use crate::pace::Client;
use crate::store::application::{self, Application};

/// The application that a request comes from, proven by its secret when it has one. Who has proven nothing counts for the
/// address: anybody can name a client.
pub(crate) async fn authenticate(hub: &Hub, params: &Params) -> Result<Application, Refusal> {
    let application = known(hub, params).await.map_err(|refusal| refused(hub, params.address, refusal))?;
    let client = match application.secret_hash {
        Some(_) => Client::Application(application.id),
        None => Client::at(params.address),
    };
    let counted = hub.pace.count(client, hub.environment.now());
    counted.map(|()| application).map_err(Refusal::too_fast)
}

async fn known(hub: &Hub, params: &Params) -> Result<Application, Refusal> {
    let (client_id, secret) = credentials(params)?;
    let mut tx = hub.db.read().await?;
    let application = application::by_client_id(&mut tx, &client_id).await?.ok_or_else(Refusal::client)?;
    let fits = secret_fits(&application, secret.as_deref(), hub.environment.now());
    if fits { Ok(application) } else { Err(Refusal::client()) }
}

fn secret_fits(application: &Application, given: Option<&str>, now: Timestamp) -> bool {
    match (&application.secret_hash, given) {
        (None, given) => given.is_none(),
        (Some(_), None) => false,
        (Some(held), Some(given)) => {
            let given = token::hash(given);
            let earlier = application.earlier_secret.as_ref();
            token::same(held, &given)
                || earlier.is_some_and(|(earlier, until)| now < *until && token::same(earlier, &given))
        }
    }
}

fn credentials(params: &Params) -> Result<(String, Option<String>), Refusal> {
    let id = params.get("client_id")?;
    let secret = params.get("client_secret")?;
    match basic(&params.headers)? {
        None => Ok((id.ok_or_else(Refusal::client)?.to_owned(), secret.map(str::to_owned))),
        // Some clients repeat their id in the body beside the header; only a contradiction is wrong.
        Some((basic_id, basic_secret)) => {
            if id.is_some_and(|id| id != basic_id) || secret.is_some_and(|secret| !token::same(secret, &basic_secret)) {
                return Err(Refusal::request("The header Authorization and the body name different credentials."));
            }
            Ok((basic_id, Some(basic_secret).filter(|secret| !secret.is_empty())))
        }
    }
}

fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, Refusal> {
    let Some(value) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let value = value.to_str().map_err(|_| Refusal::client())?;
    let Some((scheme, encoded)) = value.split_once(' ') else { return Err(Refusal::client()) };
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(Refusal::client());
    }
    let bytes = STANDARD.decode(encoded.trim()).map_err(|_| Refusal::client())?;
    let text = String::from_utf8(bytes).map_err(|_| Refusal::client())?;
    let (id, secret) = text.split_once(':').ok_or_else(Refusal::client)?;
    Ok(Some((form_decoded(id), form_decoded(secret))))
}

/// The standard has both parts form-encoded before they are joined. Our own ids and secrets look the same either way.
fn form_decoded(text: &str) -> String {
    let pair = format!("v={text}");
    let decoded = form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned());
    if text.contains(['&', '=']) { text.to_owned() } else { decoded.unwrap_or_default() }
}
