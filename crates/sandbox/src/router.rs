//! Every address of the sandbox.

use axum::Router;
use axum::extract::{OriginalUri, Query, Request, State};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, html};
use serde::Deserialize;
use serde_json::json;

use crate::bank::BANKS;
use crate::problem::Problem;
use crate::{Sandbox, accounts, consents, control_http, login, transactions};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The banks' interface and pages, the control surface and a page that lists the banks.
pub(crate) fn router(sandbox: Sandbox) -> Router {
    let interface = Router::new()
        .route("/{slug}/v1/consents", axum::routing::post(consents::create))
        .route("/{slug}/v1/consents/{id}", get(consents::read).delete(consents::delete))
        .route("/{slug}/v1/consents/{id}/status", get(consents::status))
        .route("/{slug}/v1/accounts", get(accounts::list))
        .route("/{slug}/v1/accounts/{id}", get(accounts::one))
        .route("/{slug}/v1/accounts/{id}/balances", get(accounts::balances))
        .route("/{slug}/v1/accounts/{id}/transactions", get(transactions::list))
        .method_not_allowed_fallback(async || Problem::method());
    let people = Router::new()
        .route("/", get(index))
        .route("/institutions", get(institutions))
        .route("/{slug}/login/{id}", get(login::show).post(login::submit))
        .route("/{slug}/assets/bank.css", get(login::style));
    interface
        .merge(people)
        .merge(control_http::router())
        .fallback(unknown)
        .layer(from_fn(echo_request_id))
        .with_state(sandbox)
}

/// The standard wants the client's request id back in every answer.
async fn echo_request_id(request: Request, next: Next) -> Response {
    let id = request.headers().get(&REQUEST_ID).cloned();
    let mut answer = next.run(request).await;
    if let Some(id) = id {
        answer.headers_mut().insert(REQUEST_ID, id);
    }
    answer
}

async fn unknown(OriginalUri(uri): OriginalUri) -> Response {
    let on_the_interface = uri.path().split('/').nth(2) == Some("v1");
    if on_the_interface {
        Problem::resource_unknown().into_response()
    } else {
        (StatusCode::NOT_FOUND, "There is nothing at this address.").into_response()
    }
}

/// Which banks this machine runs, as aggregators and the operators of shared interfaces tell it; of one country, when it is
/// asked for.
async fn institutions(State(sandbox): State<Sandbox>, Query(asked): Query<Wanted>) -> Response {
    let banks = sandbox.control().institutions();
    let wanted = banks.iter().filter(|bank| asked.country.as_deref().is_none_or(|country| country == bank.country));
    let listed: Vec<_> = wanted
        .map(|bank| {
            json!({
                "bic": bank.bic,
                "name": bank.name,
                "country": bank.country,
                "address": format!("/{}", bank.slug),
                "consentDays": bank.consent_days,
                "historyDays": bank.history_days,
                "pending": true,
            })
        })
        .collect();
    axum::Json(json!({ "institutions": listed })).into_response()
}

#[derive(Deserialize)]
struct Wanted {
    country: Option<String>,
}

async fn index() -> Response {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Simulated banks" }
                link rel="stylesheet" href={ "/" (BANKS[0].slug) "/assets/bank.css" };
            }
            body {
                header { p { "Simulated banks" } }
                main {
                    h1 { "Banks that do not exist" }
                    p { "They speak Berlin Group NextGenPSD2 1.3. Their users log in as demo with the code 123456." }
                    ul {
                        @for bank in &BANKS {
                            li { strong { (bank.name) } " (" (bank.bic) "): " code { "/" (bank.slug) "/v1/" } }
                        }
                    }
                }
            }
        }
    }
    .into_response()
}
