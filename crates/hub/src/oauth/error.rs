//! Refusals in the form of OAuth (RFC 6749 section 5.2), which is not the form of the rest of the API.

use axum::Json;
use axum::response::{IntoResponse, Response};
use db::DbError;
use http::{HeaderValue, StatusCode, header};
use hub_api::OAuthError;

/// Why the token, revocation or introspection endpoint refuses.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    error: OAuthError,
    retry_after_s: Option<u64>,
}

impl Refusal {
    /// A refusal with a code of RFC 6749 and a sentence.
    pub fn new(error: &str, description: impl Into<String>) -> Refusal {
        Refusal { status: StatusCode::BAD_REQUEST, error: OAuthError::new(error, description), retry_after_s: None }
    }

    /// The request itself is wrong.
    pub fn request(description: impl Into<String>) -> Refusal {
        Refusal::new("invalid_request", description)
    }

    /// The code or token is not good. Why exactly is for the log: a thief learns nothing.
    pub fn grant() -> Refusal {
        let text = "The code or refresh token is unknown, used, expired, revoked or not for this client. \
                    Ask the person to connect again.";
        Refusal::new("invalid_grant", text)
    }

    /// The client is not who it says.
    pub fn client() -> Refusal {
        let text = "The client id or the client secret is wrong.";
        Refusal { status: StatusCode::UNAUTHORIZED, ..Refusal::new("invalid_client", text) }
    }

    /// Whether it is the hub that failed rather than the request.
    pub fn is_ours(&self) -> bool {
        self.status.is_server_error()
    }

    /// The client asks too fast. The standard has no code for it; this one says to come back later.
    pub fn too_fast(seconds: u64) -> Refusal {
        let text = format!("Too many requests in a short time. Ask again in {seconds} s.");
        let refusal = Refusal::new("temporarily_unavailable", text);
        Refusal { status: StatusCode::TOO_MANY_REQUESTS, retry_after_s: Some(seconds), ..refusal }
    }
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Refusal {
        tracing::error!(%error, "the OAuth server could not use the database");
        let text = "The hub failed. Send the request again in a moment.";
        Refusal { status: StatusCode::INTERNAL_SERVER_ERROR, ..Refusal::new("server_error", text) }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, no_store(), Json(self.error)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"hub\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What every answer with or about a token says to caches (RFC 6749 section 5.1).
pub(crate) fn no_store() -> [(header::HeaderName, &'static str); 2] {
    [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")]
}
