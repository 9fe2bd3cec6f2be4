//! Errors as the standard has them: `tppMessages` with a code that a program decides by and a text for people.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::SandboxError;

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) text: String,
    /// For 429: seconds until the next call can succeed.
    pub(crate) retry_after_seconds: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    tpp_messages: [Message<'a>; 1],
}

#[derive(Serialize)]
struct Message<'a> {
    category: &'static str,
    code: &'static str,
    text: &'a str,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, text: impl Into<String>) -> Problem {
        Problem { status, code, text: text.into(), retry_after_seconds: None }
    }

    /// Something in the request is missing or malformed.
    pub(crate) fn format(text: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "FORMAT_ERROR", text)
    }

    /// A parameter is well-formed but this bank does not serve it.
    pub(crate) fn not_supported(text: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "PARAMETER_NOT_SUPPORTED", text)
    }

    /// Parameters contradict each other.
    pub(crate) fn not_consistent(text: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "PARAMETER_NOT_CONSISTENT", text)
    }

    /// The period reaches further back than the bank gives.
    pub(crate) fn period(text: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "PERIOD_INVALID", text)
    }

    /// The consent is not or no longer valid, or does not cover the request.
    pub(crate) fn consent_invalid(text: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "CONSENT_INVALID", text)
    }

    /// The consent's last day is over.
    pub(crate) fn consent_expired() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "CONSENT_EXPIRED", "The consent has expired.")
    }

    /// This bank has no such consent.
    pub(crate) fn consent_unknown() -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "CONSENT_UNKNOWN", "This bank does not know the consent.")
    }

    /// There is nothing under this address, or it is not covered by the consent.
    pub(crate) fn resource_unknown() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "RESOURCE_UNKNOWN", "There is no such resource under this consent.")
    }

    /// The method does not belong to the address.
    pub(crate) fn method() -> Problem {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "SERVICE_INVALID", "This address does not serve this method.")
    }

    /// None of the media types the client accepts is served.
    pub(crate) fn formats() -> Problem {
        Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            "REQUESTED_FORMATS_INVALID",
            "This bank answers in none of the accepted formats.",
        )
    }

    /// The body is not JSON.
    pub(crate) fn media_type() -> Problem {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "FORMAT_ERROR", "The body must be application/json.")
    }

    /// The consent's accesses without the user are used up.
    pub(crate) fn access_exceeded(seconds: i64) -> Problem {
        let mut problem = Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "ACCESS_EXCEEDED",
            "The accesses without the user are used up for any 24 hours.",
        );
        problem.retry_after_seconds = Some(seconds);
        problem
    }

    /// The bank failed.
    pub(crate) fn internal(text: impl Into<String>) -> Problem {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", text)
    }
}

impl From<SandboxError> for Problem {
    fn from(error: SandboxError) -> Problem {
        tracing::error!(%error, "the simulated bank could not write down what happened");
        Problem::internal("The bank has a technical problem.")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let message = Message { category: "ERROR", code: self.code, text: &self.text };
        let mut answer = (self.status, axum::Json(Body { tpp_messages: [message] })).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}
