use db::{DbError, Row};
use domain::Timestamp;
use hub_api::{Answer, ClientError, ErrorItem};

use crate::store::instant;

/// Why a connection or an account is not being kept up to date: a code for programs, what was said, what to quote.
/// The sentences for people are messages chosen by the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Stable: a code of the provider's errors, or one of ours (`unreachable`, `connectAgain`, `wait`, `contract`,
    /// `providerFailed`, `providerUnknown`, `slow`).
    pub code: String,
    /// What was said.
    pub detail: String,
    /// The provider's id of the request, to quote to its support.
    pub reference: Option<String>,
    /// Since when, as far as the books know.
    pub since: Option<Timestamp>,
    /// Seconds to wait before the next try, when told.
    pub retry_after_seconds: Option<i64>,
}

impl Trouble {
    /// A trouble of our own.
    pub fn new(code: &str, detail: impl Into<String>) -> Trouble {
        let (code, detail) = (code.to_owned(), detail.into());
        Trouble { code, detail, reference: None, since: None, retry_after_seconds: None }
    }

    /// Whether only a person can end it, so that trying again soon is of no use.
    pub fn needs_person(&self) -> bool {
        matches!(
            self.code.as_str(),
            "connectAgain"
                | "authorizationInvalid"
                | "authorizationExpired"
                | "userActionRequired"
                | "invalidCredentials"
        )
    }

    /// Whether it says that the bank's consent is over, whatever day it was meant to last to.
    pub fn ends_consent(&self) -> bool {
        matches!(self.code.as_str(), "authorizationInvalid" | "authorizationExpired" | "userActionRequired")
    }

    fn answered(code: &str, answer: Answer) -> Trouble {
        Trouble { reference: answer.reference, ..Trouble::new(code, answer.error.detail) }
    }

    /// What a row keeps, in the columns `error_code`, `error_detail`, `error_reference` and, where there is one,
    /// `error_since`.
    pub(crate) fn of_row(row: &Row, with_since: bool) -> Result<Option<Trouble>, DbError> {
        let Some(code) = row.optional_text("error_code")? else { return Ok(None) };
        let since = if with_since { row.optional_int("error_since")?.map(instant).transpose()? } else { None };
        Ok(Some(Trouble {
            code,
            detail: row.optional_text("error_detail")?.unwrap_or_default(),
            reference: row.optional_text("error_reference")?,
            since,
            retry_after_seconds: None,
        }))
    }
}

impl From<&ErrorItem> for Trouble {
    fn from(error: &ErrorItem) -> Trouble {
        let request = error.meta.get("requestId").and_then(|id| id.as_str());
        Trouble { reference: request.map(str::to_owned), ..Trouble::new(error.code.as_str(), &error.detail) }
    }
}

impl From<ClientError> for Trouble {
    fn from(error: ClientError) -> Trouble {
        match error {
            ClientError::Unreachable(error) => Trouble::new("unreachable", error.to_string()),
            ClientError::Unauthorized(answer) => Trouble::answered("connectAgain", *answer),
            ClientError::RecentlySynchronized { answer, .. } => {
                let code = answer.error.code.as_str().to_owned();
                Trouble::answered(&code, *answer)
            }
            ClientError::TooManyRequests { answer, retry_after_seconds } => {
                Trouble { retry_after_seconds, ..Trouble::answered("wait", *answer) }
            }
            ClientError::NotFound(answer) | ClientError::Refused(answer) => {
                let code = answer.error.code.as_str().to_owned();
                Trouble::answered(&code, *answer)
            }
            ClientError::Failing(answer) => Trouble::answered("providerFailed", *answer),
            ClientError::OAuth { error, reference, .. } => {
                let code = match error.error.as_str() {
                    "invalid_client" => "invalidCredentials",
                    _ => "connectAgain",
                };
                Trouble { reference, ..Trouble::new(code, error.to_string()) }
            }
            ClientError::Contract { address, problem } => Trouble::new("contract", format!("{address}: {problem}")),
        }
    }
}
