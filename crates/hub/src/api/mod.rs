//! The API that software calls: the resources of Ponto Connect under `/ponto-connect`, and the same at `/` for custom
//! integrations, in the shapes of [`hub_api`]. One file a resource, each handler short: who asks, one call, the answer.
//!
//! [`ROUTES`] is the one table of routes; the test of isolation between organizations walks it. `edge` stands around
//! everything: request ids, trailing slashes, panics, and the one form of errors.

mod account;
mod balance;
mod base;
mod body;
mod caller;
mod change;
mod discovery;
mod edge;
mod error;
mod filter;
mod idempotency;
mod institution;
mod integration_account;
mod onboarding_details;
mod openapi;
mod pace;
mod paging;
mod path;
mod payment;
mod pending_transaction;
mod reauthorization_request;
mod sandbox;
mod synchronization;
mod synchronized;
mod transaction;
mod usage;
mod userinfo;
mod webhook;

use axum::Router;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::get;

pub use openapi::document as openapi;

use crate::{SharedHub, oauth};

macro_rules! resources {
    ($(#[doc = $about:literal] $method:ident $path:literal => $handler:path,)*) => {
        /// Method and path of every resource; each is served under `/` and under `/ponto-connect`.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),*];

        fn resources() -> Router<SharedHub> {
            Router::new()$(.route($path, axum::routing::$method($handler)))*
        }

        /// The same as `openapi.json` has it.
        fn operations() -> Vec<openapi::Operation> {
            vec![$(openapi::Operation::of(stringify!($method), $path, $about, $handler)),*]
        }
    };
}

resources! {
    /// Accounts of the integration.
    get "/accounts" => account::list,
    /// One account.
    get "/accounts/{account}" => account::get,
    /// Takes an account out of the integration. The organization keeps it with its history.
    delete "/accounts/{account}" => account::revoke,
    /// Booked movements, newest stored first, append-only.
    get "/accounts/{account}/transactions" => transaction::list,
    /// One booked movement.
    get "/accounts/{account}/transactions/{transaction}" => transaction::get,
    /// Movements that the bank has announced: for information only.
    get "/accounts/{account}/pending-transactions" => pending_transaction::list,
    /// One announced movement.
    get "/accounts/{account}/pending-transactions/{pending}" => pending_transaction::get,
    /// Asks for an address to which the account holder is sent to renew the authorization.
    post "/accounts/{account}/reauthorization-requests" => reauthorization_request::create,
    /// Ours: what happened to the account's transactions, oldest first. The same steps from the same cursor for ever.
    get "/accounts/{account}/changes" => change::list,
    /// Ours: the balances that the bank asserted, oldest assertion first.
    get "/accounts/{account}/balances" => balance::list,
    /// Every institution; with an organization's token those that it uses.
    get "/financial-institutions" => institution::list,
    /// One institution.
    get "/financial-institutions/{institution}" => institution::get,
    /// Every account of every customer of the application.
    get "/integration-accounts" => integration_account::list,
    /// Ends the integration of a customer.
    delete "/organizations/{organization}/integration" => integration_account::end,
    /// What a customer used of the application in a month, such as `2026-03`.
    get "/organizations/{organization}/usage/{month}" => usage::get,
    /// Tells what the application knows of a customer, who then comes with `onboarding_details_id` within five minutes.
    post "/onboarding-details" => onboarding_details::create,
    /// Accounts of the integration at a simulated bank, as the bank has them.
    get "/sandbox/financial-institutions/{institution}/financial-institution-accounts" => sandbox::accounts,
    /// One of them.
    get "/sandbox/financial-institutions/{institution}/financial-institution-accounts/{account}" => sandbox::account,
    /// What a simulated bank booked in the last 90 days, the newest first.
    get "/sandbox/financial-institutions/{institution}/financial-institution-accounts/{account}/financial-institution-transactions" => sandbox::movements,
    /// Books a movement at a simulated bank; the next synchronization brings it.
    post "/sandbox/financial-institutions/{institution}/financial-institution-accounts/{account}/financial-institution-transactions" => sandbox::create,
    /// One movement of a simulated bank.
    get "/sandbox/financial-institutions/{institution}/financial-institution-accounts/{account}/financial-institution-transactions/{movement}" => sandbox::movement,
    /// Changes what a simulated bank says of a movement. Amount and day stay.
    patch "/sandbox/financial-institutions/{institution}/financial-institution-accounts/{account}/financial-institution-transactions/{movement}" => sandbox::change,
    /// Asks for a synchronization. Without `customerIpAddress` it counts against the four a day that a bank allows.
    post "/synchronizations" => synchronization::create,
    /// How far a synchronization is.
    get "/synchronizations/{synchronization}" => synchronization::get,
    /// Booked movements that a synchronization created or changed.
    get "/synchronizations/{synchronization}/updated-transactions" => synchronization::updated_transactions,
    /// Announced movements that a synchronization saw first.
    get "/synchronizations/{synchronization}/updated-pending-transactions" => synchronization::updated_pending,
    /// The organization behind the token.
    get "/userinfo" => userinfo::get,
}

/// What everybody may read who was told something.
fn keys() -> Router<SharedHub> {
    Router::new().route("/webhooks", get(webhook::discovery)).route("/webhooks/keys", get(webhook::keys))
}

/// The whole hub as one service: the API on both faces, the OAuth server, and the pages for people. Addresses that
/// nobody knows and panics are answered here, too.
pub fn serve(hub: SharedHub, pages: Router<SharedHub>) -> Router {
    let api = resources().merge(payment::routes()).layer(from_fn_with_state(hub.clone(), idempotency::once));
    let software = Router::new()
        .route("/", get(discovery::custom))
        .route("/ponto-connect", get(discovery::connect))
        .route("/openapi.json", get(openapi::serve))
        .merge(keys())
        .merge(oauth::about())
        .nest("/ponto-connect", keys())
        .merge(api.clone())
        .nest("/ponto-connect", api)
        .layer(from_fn_with_state(hub.clone(), pace::keep))
        .merge(oauth::routes())
        .layer(map_response(error::one_form));
    let inner = software
        .merge(pages)
        .method_not_allowed_fallback(error::wrong_method)
        .fallback(error::unknown_address)
        .with_state(hub.clone());
    // A router of its own, because layers of the inner one come after its routing, too late for the address.
    Router::new().fallback_service(inner.layer(edge::panics())).layer(from_fn_with_state(hub, edge::edge))
}
