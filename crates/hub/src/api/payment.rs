//! Payments are not offered. Every address that Ponto has for them says so, so that nobody takes it for a wrong one.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::any;
use hub_api::Code;

use super::caller::Caller;
use super::error::ApiError;
use super::path;
use crate::SharedHub;

/// The addresses of payments, for any method.
pub(super) fn routes() -> Router<SharedHub> {
    ["payments", "bulk-payments", "payment-requests"]
        .into_iter()
        .fold(Router::new(), |router, name| {
            let list = format!("/accounts/{{account}}/{name}");
            let one = format!("{list}/{{payment}}");
            router.route(&list, any(of_account)).route(&one, any(one_of_account))
        })
        .route("/payment-activation-requests", any(activation))
        .route("/payment-request-activation-requests", any(activation))
}

async fn of_account(State(hub): State<SharedHub>, caller: Caller, Path(account): Path<String>) -> ApiError {
    refused(&hub, &caller, &account).await
}

async fn one_of_account(
    State(hub): State<SharedHub>,
    caller: Caller,
    Path((account, _)): Path<(String, String)>,
) -> ApiError {
    refused(&hub, &caller, &account).await
}

async fn activation(_: Caller) -> ApiError {
    not_offered()
}

/// An account of somebody else is not found here either.
async fn refused(hub: &SharedHub, caller: &Caller, account: &str) -> ApiError {
    let known = async {
        let id = path::id(account, "account")?;
        caller.account(&mut hub.db.read().await?, id).await
    };
    known.await.map_or_else(|error| error, |_| not_offered())
}

fn not_offered() -> ApiError {
    let detail = "This hub reads accounts and initiates no payments; userinfo says paymentsActivated: false. Pay at \
                  the bank, or with software that initiates payments.";
    ApiError::new(Code::PaymentsNotActivated, detail)
}
