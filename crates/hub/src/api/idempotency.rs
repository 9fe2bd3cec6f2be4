//! `Ibanity-Idempotency-Key`: the same request under the same key is carried out once and answered the same for 24
//! hours; another request under the key is refused with 409.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use db::DbError;
use http::{HeaderValue, Method, StatusCode, header};
use hub_api::{Code, ErrorDocument};
use vault::token;

use super::body::{LIMIT_BYTES, too_large};
use super::caller::{self, Caller};
use super::error::ApiError;
use crate::store::idempotent_answer::{self, Known};
use crate::{Hub, SharedHub};

const HEADER: &str = "ibanity-idempotency-key";

/// Carries a request out once a key. Requests without the header, and those that only read, pass untouched.
pub(super) async fn once(State(hub): State<SharedHub>, request: Request, next: Next) -> Response {
    let key = request.headers().get(HEADER).cloned();
    let writes = matches!(*request.method(), Method::POST | Method::PATCH);
    match key.filter(|_| writes) {
        None => next.run(request).await,
        Some(key) => under_key(&hub, &key, request, next).await.unwrap_or_else(ApiError::into_response),
    }
}

async fn under_key(hub: &SharedHub, key: &HeaderValue, request: Request, next: Next) -> Result<Response, ApiError> {
    let key = key.to_str().ok().filter(|key| (1..=100).contains(&key.len()));
    let key =
        key.ok_or_else(|| ApiError::new(Code::ValidationError, "The idempotency key must have 1 to 100 characters."))?;
    let (mut parts, body) = request.into_parts();
    // An application has keys of its own beside those of each integration. Whom the hub refuses anyway, such as a
    // blocked organization, is neither remembered nor answered from memory.
    let token = caller::look_up(&mut parts, hub).await?.ok_or_else(ApiError::token)?;
    let caller = match token.integration {
        Some(_) => Caller::from_request_parts(&mut parts, hub).await?.integration.to_string(),
        None => token.application_id.to_string(),
    };
    let body = to_bytes(body, LIMIT_BYTES).await.map_err(|_| too_large())?;
    let digest = token::hash(&format!("{} {} {}", parts.method, parts.uri, token::hex(&token::sha256(&body))));
    let now = hub.environment.now();
    let known: Result<Known, DbError> =
        db::write!(hub.db, tx => { idempotent_answer::begin(&mut tx, &caller, key, &digest, now).await });
    match known? {
        Known::Begun => {
            let response = next.run(Request::from_parts(parts, Body::from(body))).await;
            remembered(hub, &caller, key, response).await
        }
        Known::Answered { status, body } => Ok(repeated(status, body)),
        Known::Unfinished => {
            Err(conflict("idempotencyKeyInUse", "The same request is being worked on. Ask again in a moment."))
        }
        Known::OtherRequest => {
            Err(conflict("idempotencyKeyReused", "This idempotency key came with another request. Use a new one."))
        }
    }
}

async fn remembered(hub: &Hub, caller: &str, key: &str, response: Response) -> Result<Response, ApiError> {
    let status = response.status();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LIMIT_BYTES).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&body).into_owned();
    let kept: Result<(), DbError> = db::write!(hub.db, tx => {
        if status.is_server_error() {
            idempotent_answer::forget(&mut tx, caller, key).await
        } else {
            idempotent_answer::keep(&mut tx, caller, key, status.as_u16(), &text).await
        }
    });
    kept?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// The answer that was given. A refusal goes through the same hands again, so that it names the request it answers.
fn repeated(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    if status.is_success() {
        return (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
    }
    let told = serde_json::from_str::<ErrorDocument>(&body).ok().and_then(|told| told.errors.into_iter().next());
    match told {
        Some(item) => ApiError::from(item).with_status(status).into_response(),
        None => (status, body).into_response(),
    }
}

fn conflict(code: &str, detail: &str) -> ApiError {
    ApiError::new(Code::Other(code.to_owned()), detail).with_status(StatusCode::CONFLICT)
}
