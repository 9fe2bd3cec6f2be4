//! The address under which the caller sees this API, so that every link leads back to the host that was called.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri};
use http::header::HOST;
use http::request::Parts;
use url::Url;

use crate::{Hub, SharedHub};

/// `https://HOST` or `https://HOST/ponto-connect`, without a slash at the end.
#[derive(Debug, Clone)]
pub(super) struct Base(pub String);

impl Base {
    /// The address of something under this base; `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl FromRequestParts<SharedHub> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, hub: &SharedHub) -> Result<Base, Infallible> {
        let original = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
        let path = original.path();
        let face = if path == "/ponto-connect" || path.starts_with("/ponto-connect/") { "/ponto-connect" } else { "" };
        Ok(Base(format!("{}{face}", origin(hub, parts))))
    }
}

fn origin(hub: &Hub, parts: &Parts) -> String {
    let public = hub.settings.public_url.trim_end_matches('/');
    let named = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = named.or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
    let Some(host) = named.filter(|host| is_host(host)) else { return public.to_owned() };
    if let Some(known) = hub.settings.addresses().find(|address| is_host_of(address, host)) {
        return known.to_owned();
    }
    let forwarded = parts.headers.get("x-forwarded-proto").and_then(|proto| proto.to_str().ok());
    match forwarded.filter(|_| hub.settings.trust_forwarded_proto) {
        Some("https") => format!("https://{host}"),
        Some(_) | None => format!("http://{host}"),
    }
}

/// Whether a `Host` header is a name or number with an optional port, and nothing that could break out of a link.
fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':' | b'[' | b']'))
}

fn is_host_of(public: &str, host: &str) -> bool {
    let authority = public.split_once("://").map_or(public, |(_, rest)| rest);
    let default_port = Url::parse(public).ok().and_then(|url| url.port_or_known_default());
    let with_port = default_port.map(|port| format!("{authority}:{port}"));
    authority.eq_ignore_ascii_case(host) || with_port.is_some_and(|full| full.eq_ignore_ascii_case(host))
}
