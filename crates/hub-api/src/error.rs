use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::Moment;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)*) => {
        /// A stable error code. Programs match on these, never on sentences.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
            /// A code that this version does not know.
            Other(String),
        }

        impl Code {
            /// The code on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Code::$name => $text,)*
                    Code::Other(text) => text,
                }
            }

            /// The HTTP status that an answer with this code has.
            pub fn status(&self) -> u16 {
                match self {
                    $(Code::$name => $status,)*
                    Code::Other(_) => 400,
                }
            }

            /// Reads a code.
            pub fn parse(text: &str) -> Code {
                match text {
                    $($text => Code::$name,)*
                    other => Code::Other(other.to_owned()),
                }
            }

            /// Every code with its HTTP status, for the documentation.
            pub const ALL: &'static [(&'static str, u16)] = &[$(($text, $status)),*];
        }
    };
}

codes! {
    /// The same kind of synchronization ran a moment ago; the error's `meta.nextAllowedAt` says when again.
    AccountRecentlySynchronized = "accountRecentlySynchronized", 400;
    /// A page limit outside the allowed range.
    InvalidPagingLimit = "invalid_paging_limit", 400;
    /// A synchronization of an account that this token cannot see.
    InvalidSynchronizationResource = "invalidSynchronizationResource", 404;
    /// A field of the request is missing or wrong; `source.pointer` says which.
    ValidationError = "validationError", 400;
    /// The body is not JSON of the expected form.
    InvalidBody = "invalidBody", 400;
    /// The access token is missing, unknown, expired or revoked.
    InvalidAccessToken = "invalidAccessToken", 401;
    /// The same on the face for custom integrations, under the name that its older clients log in again for.
    CredentialsInvalid = "credentialsInvalid", 401;
    /// The client id or secret is wrong.
    InvalidCredentials = "invalidCredentials", 401;
    /// The token does not carry the needed scope.
    InsufficientScope = "insufficientScope", 403;
    /// Payments are not offered.
    PaymentsNotActivated = "paymentsNotActivated", 403;
    /// The organization is blocked, so its data is not served.
    OrganizationBlocked = "organizationBlocked", 403;
    /// The institution is under maintenance by the hub, so its data is not served for now.
    InstitutionUnderMaintenance = "financialInstitutionUnderMaintenance", 403;
    /// No such resource for this token.
    ResourceNotFound = "resourceNotFound", 404;
    /// The address exists, the method does not.
    MethodNotAllowed = "methodNotAllowed", 405;
    /// Too many requests; the `Retry-After` header says how many seconds to wait.
    TooManyRequests = "tooManyRequests", 429;
    /// The hub failed; the request may be sent again.
    InternalError = "internalError", 500;
    /// The hub is starting, stopping or without its database.
    ServiceUnavailable = "serviceUnavailable", 503;
    /// In a synchronization: the bank refuses the authorization; the account holder must renew it.
    AuthorizationInvalid = "authorizationInvalid", 403;
    /// In a synchronization: the authorization has ended; the account holder must renew it.
    AuthorizationExpired = "authorizationExpired", 403;
    /// In a synchronization: the account holder must do something at the bank.
    UserActionRequired = "userActionRequired", 403;
    /// In a synchronization: the bank's calls without a person are used up for now.
    InstitutionQuotaExceeded = "financialInstitutionQuotaExceeded", 429;
    /// In a synchronization: the bank does not answer.
    InstitutionUnavailable = "financialInstitutionUnavailable", 503;
    /// In a synchronization: the bank answered something that breaks its protocol.
    InstitutionError = "financialInstitutionError", 502;
    /// In a synchronization: the bank no longer lists the account.
    AccountClosed = "accountNoLongerAvailable", 410;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
        String::deserialize(deserializer).map(|text| Code::parse(&text))
    }
}

crate::described! {
    /// One error: a code for programs, a sentence for people.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ErrorItem {
        /// The code.
        pub code: Code,
        /// What happened and what to do.
        #[serde(default)]
        pub detail: String,
        /// More facts: `requestId`, `resource`, `nextAllowedAt`, `financialInstitutionResponse`.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        pub meta: Map<String, Value>,
        /// Which part of the request is meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub source: Option<Source>,
    }
}

crate::described! {
    /// Which part of a request an error is about.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Source {
        /// JSON pointer into the body.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pointer: Option<String>,
        /// Name of a query parameter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub parameter: Option<String>,
    }
}

impl ErrorItem {
    /// An error with a sentence.
    pub fn new(code: Code, detail: impl Into<String>) -> ErrorItem {
        ErrorItem { code, detail: detail.into(), meta: Map::new(), source: None }
    }

    /// Adds a fact.
    pub fn with_meta(mut self, key: &str, value: impl Into<Value>) -> ErrorItem {
        self.meta.insert(key.to_owned(), value.into());
        self
    }

    /// Names the wrong field of the body by JSON pointer, and, as Ponto does, by attribute name in `meta`.
    pub fn with_pointer(mut self, pointer: &str) -> ErrorItem {
        let attribute = pointer.rsplit('/').next().unwrap_or_default();
        self.meta.insert("attribute".into(), attribute.into());
        self.source = Some(Source { pointer: Some(pointer.to_owned()), parameter: None });
        self
    }

    /// Names the wrong query parameter.
    pub fn with_parameter(mut self, parameter: &str) -> ErrorItem {
        self.source = Some(Source { pointer: None, parameter: Some(parameter.to_owned()) });
        self
    }

    /// Says when the refused synchronization may be asked again.
    pub fn with_next_allowed_at(self, at: Moment) -> ErrorItem {
        self.with_meta("nextAllowedAt", at.to_string())
    }

    /// When the refused synchronization may be asked again, when told.
    pub fn next_allowed_at(&self) -> Option<Moment> {
        self.meta.get("nextAllowedAt").and_then(|value| serde_json::from_value(value.clone()).ok())
    }
}

crate::described! {
    /// The body of every answer of 400 or above, OAuth's apart.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ErrorDocument {
        /// At least one.
        pub errors: Vec<ErrorItem>,
    }
}

impl From<ErrorItem> for ErrorDocument {
    fn from(error: ErrorItem) -> ErrorDocument {
        ErrorDocument { errors: vec![error] }
    }
}
