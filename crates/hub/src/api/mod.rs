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
mod paging;
mod path;
mod payment;
mod pending_transaction;
mod reauthorization_request;
mod synchronization;
mod transaction;
mod usage;
mod userinfo;
mod webhook;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use crate::{SharedHub, oauth};

macro_rules! resources {
    ($($method:ident $path:literal => $handler:path,)*) => {
        /// Method and path of every resource; each is served under `/` and under `/ponto-connect`.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),*];

        fn resources() -> Router<SharedHub> {
            Router::new()$(.route($path, axum::routing::$method($handler)))*
        }
    };
}

resources! {
    get "/accounts" => account::list,
    get "/accounts/{account}" => account::get,
    delete "/accounts/{account}" => account::revoke,
    get "/accounts/{account}/transactions" => transaction::list,
    get "/accounts/{account}/transactions/{transaction}" => transaction::get,
    get "/accounts/{account}/pending-transactions" => pending_transaction::list,
    get "/accounts/{account}/pending-transactions/{pending}" => pending_transaction::get,
    post "/accounts/{account}/reauthorization-requests" => reauthorization_request::create,
    get "/accounts/{account}/changes" => change::list,
    get "/accounts/{account}/balances" => balance::list,
    get "/financial-institutions" => institution::list,
    get "/financial-institutions/{institution}" => institution::get,
    get "/integration-accounts" => integration_account::list,
    delete "/organizations/{organization}/integration" => integration_account::end,
    get "/organizations/{organization}/usage/{month}" => usage::get,
    post "/synchronizations" => synchronization::create,
    get "/synchronizations/{synchronization}" => synchronization::get,
    get "/synchronizations/{synchronization}/updated-transactions" => synchronization::updated_transactions,
    get "/synchronizations/{synchronization}/updated-pending-transactions" => synchronization::updated_pending,
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
        .merge(keys())
        .nest("/ponto-connect", keys())
        .merge(api.clone())
        .nest("/ponto-connect", api)
        .merge(oauth::routes())
        .method_not_allowed_fallback(error::wrong_method);
    let inner = software.merge(pages).fallback(error::unknown_address).with_state(hub.clone());
    // A router of its own, because layers of the inner one come after its routing, too late for the address.
    Router::new().fallback_service(inner.layer(edge::panics())).layer(from_fn_with_state(hub, edge::edge))
}
