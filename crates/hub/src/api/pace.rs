//! The pace of a client, counted before anything is done for it.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, header};
use hub_api::Code;

use super::caller;
use super::error::ApiError;
use crate::SharedHub;
use crate::pace::Client;
use crate::peer::address_of;

/// Answers 429 with `Retry-After` to whoever asks too fast. A token that is no good counts for the address it came from.
pub(super) async fn keep(State(hub): State<SharedHub>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let token = match caller::look_up(&mut parts, &hub).await {
        Ok(token) => token,
        Err(error) if error.is_ours() => return error.into_response(),
        Err(_) => None,
    };
    let client = match token.as_ref().map(|token| (token.integration, token.application_id)) {
        Some((Some((_, integration)), _)) => Client::Integration(integration),
        Some((None, application)) => Client::Application(application),
        None => Client::at(address_of(&parts, hub.settings.trust_forwarded_proto)),
    };
    match hub.pace.count(client, hub.environment.now()) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(seconds) => {
            let detail = format!("Too many requests in a short time. Ask again in {seconds} s.");
            let refusal = ApiError::new(Code::TooManyRequests, detail);
            (retry_after(seconds), refusal).into_response()
        }
    }
}

fn retry_after(seconds: u64) -> HeaderMap {
    HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from(seconds))])
}
