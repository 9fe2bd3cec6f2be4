//! Parameters of the token endpoint. The standard says form; clients of Ponto also send JSON (Elixir) or put the
//! grant type into the query with an empty body (Odoo), and all of them must be served.

use std::net::IpAddr;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use http::HeaderMap;
use http::request::Parts;
use serde_json::Value;
use url::form_urlencoded;

use super::error::Refusal;
use crate::pace::Client;
use crate::peer::address_of;
use crate::{Hub, SharedHub};

/// A request to the token endpoint is small.
const BODY_LIMIT_BYTES: usize = 16 * 1024;

/// What may stand in the query. Secrets may not (RFC 6749 section 2.3.1): queries end in logs.
const QUERY_NAMES: [&str; 2] = ["grant_type", "scope"];

/// The parameters of a request with its headers.
pub(crate) struct Params {
    pub headers: HeaderMap,
    /// Where the request came from.
    pub address: IpAddr,
    pairs: Vec<(String, String)>,
}

impl Params {
    /// The value of a parameter. An empty one counts as absent, one that stands twice with different values is an
    /// error (RFC 6749 section 3.2).
    pub fn get(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut values = self.pairs.iter().filter(|(key, value)| key == name && !value.is_empty());
        let first = values.next().map(|(_, value)| value.as_str());
        if values.any(|(_, value)| Some(value.as_str()) != first) {
            return Err(Refusal::request(format!("The parameter {name} stands more than once.")));
        }
        Ok(first)
    }

    /// The value of a parameter that must be there.
    pub fn needed(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name)?.ok_or_else(|| Refusal::request(format!("The parameter {name} is missing.")))
    }
}

impl FromRequest<SharedHub> for Params {
    type Rejection = Refusal;

    async fn from_request(request: Request, hub: &SharedHub) -> Result<Params, Refusal> {
        let (parts, body) = request.into_parts();
        let address = address_of(&parts, hub.settings.trust_forwarded_proto);
        Params::read(parts, body, address).await.map_err(|refusal| refused(hub, address, refusal))
    }
}

impl Params {
    async fn read(parts: Parts, body: Body, address: IpAddr) -> Result<Params, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| QUERY_NAMES.contains(&name.as_ref()))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        pairs.extend(body_pairs(&parts.headers, body).await?);
        if let Some((name, _)) = pairs.iter().find(|(_, value)| value.contains('\0')) {
            return Err(Refusal::request(format!("The parameter {name} holds a NUL.")));
        }
        Ok(Params { headers: parts.headers, address, pairs })
    }
}

/// Counts a refusal for the address it goes to, which is told to slow down once there were too many. A failure of ours
/// counts for nobody.
pub(super) fn refused(hub: &Hub, address: IpAddr, refusal: Refusal) -> Refusal {
    if refusal.is_ours() {
        return refusal;
    }
    match hub.pace.count(Client::at(address), hub.environment.now()) {
        Ok(()) => refusal,
        Err(seconds) => Refusal::too_fast(seconds),
    }
}

async fn body_pairs(headers: &HeaderMap, body: Body) -> Result<Vec<(String, String)>, Refusal> {
    let body = to_bytes(body, BODY_LIMIT_BYTES).await.map_err(|_| {
        Refusal::request(format!("The body could not be read, or is larger than {BODY_LIMIT_BYTES} bytes."))
    })?;
    let media_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.to_ascii_lowercase().contains("json") {
        return Ok(form_urlencoded::parse(&body)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect());
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Vec::new());
    }
    let wrong = || Refusal::request("The body is not a JSON object of texts.");
    let Ok(Value::Object(fields)) = serde_json::from_slice::<Value>(&body) else { return Err(wrong()) };
    let mut pairs = Vec::new();
    for (name, value) in fields {
        match value {
            Value::String(text) => pairs.push((name, text)),
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => return Err(wrong()),
        }
    }
    Ok(pairs)
}
