//! The OAuth 2 server (RFC 6749 with RFC 7636, 7009, 7662, 8414, 9207, and the advice of RFC 9700): how software gets
//! to read accounts, and how a person stays the one who decides.
//!
//! - `authorize`: the browser comes with a request; a person logs in, chooses an organization and its accounts, and
//!   goes back with a code. The request waits in the database under a random name that only this person may use.
//! - `grant`: a code, a refresh token or a client's own credentials become tokens.
//! - `revoke`: a token ends; ending a refresh token ends the integration.
//!
//! Tokens are random, opaque and kept as hashes. A code lives two minutes and works once; a refresh token works once,
//! with half a minute of grace for a lost answer; a replay after that ends everything that grew from its consent.

mod authorize;
mod client;
mod consent;
mod error;
mod grant;
mod introspect;
mod metadata;
mod onboarding;
mod page;
mod params;
mod redirect;
mod revoke;

use axum::Router;
use axum::routing::{get, post};

use crate::SharedHub;

pub use grant::ACCESS_TOKEN_S;
pub(crate) use onboarding::keep as keep_onboarding_details;
pub(crate) use redirect::with_params;

/// The one page of the server, where a person decides. It belongs among the hub's other pages, with their protection.
pub fn pages() -> Router<SharedHub> {
    Router::new().route("/oauth2/auth", get(authorize::ask).post(authorize::decide))
}

/// The endpoints that software calls, also under the names that clients of Ponto use. They keep the pace of clients
/// themselves, for who asks stands in the body.
pub fn routes() -> Router<SharedHub> {
    Router::new()
        .route("/oauth2/token", post(grant::token))
        .route("/ponto-connect/oauth2/token", post(grant::token))
        .route("/oauth2/revoke", post(revoke::revoke))
        .route("/ponto-connect/oauth2/revoke", post(revoke::revoke))
        .route("/oauth2/introspect", post(introspect::introspect))
}

/// What the server can do, for everybody.
pub fn about() -> Router<SharedHub> {
    Router::new().route("/.well-known/oauth-authorization-server", get(metadata::metadata))
}
