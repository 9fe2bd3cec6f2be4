//! Where providers tell what happened. No session and no form: the signature is everything.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};

use super::Shared;
use crate::webhook::Refused;

/// `POST /webhooks/{provider}`.
pub(super) async fn hear(
    State(web): State<Shared>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let Some(provider) = web.books.settings.provider_of_slug(&slug) else {
        return (StatusCode::NOT_FOUND, "these books have no such provider".to_owned());
    };
    let signature = headers.get("signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    match web.books.hear(provider, signature, &body).await {
        Ok(()) => (StatusCode::OK, String::new()),
        Err(Refused::Signature(why)) => {
            tracing::warn!(provider = provider.name, why, "an event was refused");
            (StatusCode::UNAUTHORIZED, format!("the signature is not accepted: {why}"))
        }
        Err(Refused::Body(why)) => (StatusCode::BAD_REQUEST, format!("this is no event: {why}")),
        Err(Refused::Keys(trouble)) => {
            tracing::warn!(provider = provider.name, detail = trouble.detail, "the keys of a provider cannot be read");
            (StatusCode::SERVICE_UNAVAILABLE, "the keys that check signatures cannot be read now".to_owned())
        }
        Err(Refused::Books(error)) => {
            tracing::error!(%error, "an event could not be heeded");
            (StatusCode::INTERNAL_SERVER_ERROR, "the books failed; send it again".to_owned())
        }
    }
}
