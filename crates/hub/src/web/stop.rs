//! What ends a request early, and the page that says so.

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use connectors::BankError;
use db::DbError;
use vault::token;
use web::{Trouble, error_page};

use super::visit::Visitor;
use crate::SharedHub;
use crate::link::LinkError;

/// Why a page cannot be shown.
#[derive(Debug)]
pub enum Stop {
    /// It does not exist, or not for this organization.
    Missing,
    /// The role of the person does not allow it.
    Forbidden,
    /// A form that no page of ours sends.
    Form,
    /// The institution takes no new permissions now.
    Closed,
    /// The bank did not do its part.
    Bank(Box<BankError>),
    /// The fault is ours; the text is for the log.
    Failed(String),
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Stop {
        Stop::Failed(error.to_string())
    }
}

impl From<LinkError> for Stop {
    fn from(error: LinkError) -> Stop {
        match error {
            LinkError::Unknown | LinkError::NotGiven(_) => Stop::Missing,
            LinkError::Closed => Stop::Closed,
            LinkError::Bank(error) => Stop::Bank(Box::new(error)),
            LinkError::Sealed(error) => Stop::Failed(error.to_string()),
            LinkError::Database(error) => error.into(),
        }
    }
}

/// What the outermost layer needs to draw the page.
#[derive(Clone)]
struct Stopped {
    /// Keys of what happened and what to do, when more is known than the status tells.
    words: Option<(&'static str, &'static str)>,
    /// For the log.
    cause: Option<String>,
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let (status, words, cause) = match self {
            Stop::Missing => (StatusCode::NOT_FOUND, None, None),
            Stop::Forbidden => (StatusCode::FORBIDDEN, Some(("forbidden", "forbidden-do")), None),
            Stop::Form => (StatusCode::BAD_REQUEST, None, None),
            Stop::Closed => (StatusCode::CONFLICT, Some(("bank-closed", "bank-closed-do")), None),
            Stop::Failed(cause) => (StatusCode::INTERNAL_SERVER_ERROR, None, Some(cause)),
            Stop::Bank(error) => {
                let words = bank_words(&error);
                (StatusCode::BAD_GATEWAY, Some(words), Some(format!("{error}: {:?}", error.reply())))
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Stopped { words, cause });
        response
    }
}

/// What happened at the bank and what to do about it, as keys of messages.
pub fn bank_words(error: &BankError) -> (&'static str, &'static str) {
    match error {
        BankError::Later { .. } => ("bank-later", "bank-later-do"),
        BankError::UserMustAct { .. } => ("bank-consent", "bank-consent-do"),
        BankError::Refused { .. } | BankError::PeriodTooLong { .. } => ("bank-refused", "bank-refused-do"),
        BankError::Broken { .. } => ("bank-broken", "bank-broken-do"),
    }
}

/// The answer to an address that does not exist.
pub async fn missing() -> Stop {
    Stop::Missing
}

/// Draws the page of a request that was stopped, and writes the cause to the log beside the reference that the page
/// shows.
pub async fn draw(State(hub): State<SharedHub>, visitor: Visitor, request: Request, next: Next) -> Response {
    // The route, not the address: that may hold a token, an id or what somebody searched for.
    let route = request.extensions().get::<MatchedPath>().map_or_else(String::new, |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let stopped = response.extensions().get::<Stopped>().cloned();
    let bare = response.status() == StatusCode::METHOD_NOT_ALLOWED;
    let Some(stopped) = stopped.or(bare.then_some(Stopped { words: None, cause: None })) else { return response };
    let mut trouble = Trouble::of(response.status());
    if let Some((what, advice)) = stopped.words {
        trouble = trouble.because(visitor.locale.say(what), visitor.locale.say(advice));
    }
    if let Some(cause) = stopped.cause {
        let reference = token::hex(&hub.environment.random::<5>()).to_uppercase();
        tracing::error!(reference, route, "{cause}");
        trouble = trouble.reference(reference);
    }
    error_page(&visitor.frame(), &trouble)
}
