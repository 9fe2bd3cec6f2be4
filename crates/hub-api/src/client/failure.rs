use bytes::Bytes;
use domain::Timestamp;
use http::{Response, header};
use outbound::FetchError;

use crate::{Code, ErrorDocument, ErrorItem, OAuthError};

/// An answer that refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// What the hub says.
    pub error: ErrorItem,
    /// The hub's own id of the request, for its support.
    pub reference: Option<String>,
}

/// Why a call did not succeed. Each variant asks its caller for something else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// No answer: try again later.
    #[error(transparent)]
    Unreachable(#[from] FetchError),
    /// The token is no longer good: refresh it, or have the user connect again.
    #[error("the provider does not accept the access token: {}", .0.error.detail)]
    Unauthorized(Box<Answer>),
    /// The same synchronization ran a moment ago: read what is there.
    #[error("the account was synchronized a moment ago")]
    RecentlySynchronized {
        /// The answer.
        answer: Box<Answer>,
        /// When it may be asked again, when told.
        next_allowed_at: Option<Timestamp>,
    },
    /// Too many requests: wait.
    #[error("the provider asks to wait: {}", .answer.error.detail)]
    TooManyRequests {
        /// The answer.
        answer: Box<Answer>,
        /// Seconds to wait, when told.
        retry_after_seconds: Option<i64>,
    },
    /// Not there, or not for this token.
    #[error("the provider does not have it: {}", .0.error.detail)]
    NotFound(Box<Answer>),
    /// Refused for another reason: asking again does not help.
    #[error("the provider refuses ({}): {}", .0.error.code, .0.error.detail)]
    Refused(Box<Answer>),
    /// The hub failed: try again later.
    #[error("the provider failed with status {}", .0.status)]
    Failing(Box<Answer>),
    /// The token endpoint refuses.
    #[error("the provider gives no token: {error}")]
    OAuth {
        /// HTTP status.
        status: u16,
        /// What it says.
        error: OAuthError,
        /// The hub's own id of the request.
        reference: Option<String>,
    },
    /// What came back is not what the contract says.
    #[error("{address} did not answer as agreed: {problem}")]
    Contract {
        /// What was asked.
        address: String,
        /// What is wrong.
        problem: String,
    },
}

impl ClientError {
    pub(crate) fn contract(address: &str, problem: String) -> ClientError {
        ClientError::Contract { address: address.to_owned(), problem }
    }

    /// The hub's own id of the request, when there was an answer.
    pub fn reference(&self) -> Option<&str> {
        match self {
            ClientError::Unauthorized(answer)
            | ClientError::RecentlySynchronized { answer, .. }
            | ClientError::TooManyRequests { answer, .. }
            | ClientError::NotFound(answer)
            | ClientError::Refused(answer)
            | ClientError::Failing(answer) => answer.reference.as_deref(),
            ClientError::OAuth { reference, .. } => reference.as_deref(),
            ClientError::Unreachable(_) | ClientError::Contract { .. } => None,
        }
    }

    pub(crate) fn refused(response: &Response<Bytes>) -> ClientError {
        let status = response.status().as_u16();
        let answer = Box::new(Answer { status, error: error_in(response), reference: reference_in(response) });
        let recently = answer.error.code == Code::AccountRecentlySynchronized;
        match status {
            _ if recently => {
                let next_allowed_at = answer.error.next_allowed_at().map(|moment| moment.0);
                ClientError::RecentlySynchronized { answer, next_allowed_at }
            }
            401 => ClientError::Unauthorized(answer),
            // Older hubs say so with another status.
            400 if is_dead_token(&answer.error.code) => ClientError::Unauthorized(answer),
            404 => ClientError::NotFound(answer),
            429 => {
                let header = response.headers().get(header::RETRY_AFTER);
                let seconds = header.and_then(|value| value.to_str().ok()).and_then(|text| text.trim().parse().ok());
                ClientError::TooManyRequests { answer, retry_after_seconds: seconds }
            }
            400..=499 => ClientError::Refused(answer),
            _ => ClientError::Failing(answer),
        }
    }

    pub(crate) fn no_token(response: &Response<Bytes>) -> ClientError {
        let status = response.status().as_u16();
        match serde_json::from_slice(response.body()) {
            Ok(error) if status < 500 => ClientError::OAuth { status, error, reference: reference_in(response) },
            Ok(_) | Err(_) => ClientError::refused(response),
        }
    }
}

fn is_dead_token(code: &Code) -> bool {
    matches!(code.as_str(), "credentialsInvalid" | "authorizationCodeInvalid" | "invalidAccessToken")
}

fn reference_in(response: &Response<Bytes>) -> Option<String> {
    let header = response.headers().get("ibanity-request-id").or_else(|| response.headers().get("x-request-id"));
    header.and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn error_in(response: &Response<Bytes>) -> ErrorItem {
    let document: Option<ErrorDocument> = serde_json::from_slice(response.body()).ok();
    document.and_then(|document| document.errors.into_iter().next()).unwrap_or_else(|| {
        let status = response.status();
        ErrorItem::new(Code::Other(format!("http{}", status.as_u16())), format!("The answer was {status}."))
    })
}
