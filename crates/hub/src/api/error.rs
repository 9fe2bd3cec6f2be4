//! Errors on the wire: `{"errors": [{"code", "detail", …}]}` with every status of 400 and above, OAuth's apart.

use axum::Json;
use axum::response::{IntoResponse, Response};
use db::DbError;
use domain::Timestamp;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use hub_api::{Code, ErrorDocument, ErrorItem, Moment};

use crate::webhooks::KeysError;

const WRONG_METHOD: &str = "This address exists, but not with this method.";

/// A refusal of the API.
#[derive(Debug, Clone)]
pub(super) struct ApiError {
    item: Box<ErrorItem>,
    status: StatusCode,
}

/// What `super::edge` finds in an answer, to add the request's id to it.
#[derive(Debug, Clone)]
pub(super) struct Problem(pub ErrorItem);

impl ApiError {
    pub fn new(code: Code, detail: impl Into<String>) -> ApiError {
        ErrorItem::new(code, detail).into()
    }

    /// There is no such resource for this caller, whether it exists for another or not.
    pub fn not_found(resource: &str) -> ApiError {
        let item = ErrorItem::new(Code::ResourceNotFound, "The requested resource was not found.");
        item.with_meta("resource", resource).into()
    }

    /// The access token is not good.
    pub fn token() -> ApiError {
        ApiError::new(Code::InvalidAccessToken, "Your access token is invalid.")
    }

    /// The token does not allow this.
    pub fn scope(needed: &str) -> ApiError {
        ApiError::new(Code::InsufficientScope, format!("This needs {needed}."))
    }

    /// The organization, or who pays for the application, is blocked.
    pub fn blocked() -> ApiError {
        let detail = "The organization is blocked because an invoice was not paid. Nothing is lost: its people see in the \
                      dashboard what to pay, and everything opens again when the payment is noted.";
        ApiError::new(Code::OrganizationBlocked, detail)
    }

    /// A field of the body is missing or wrong.
    pub fn field(pointer: &str, detail: impl Into<String>) -> ApiError {
        ErrorItem::new(Code::ValidationError, detail).with_pointer(pointer).into()
    }

    /// A query parameter is wrong.
    pub fn parameter(name: &str, detail: impl Into<String>) -> ApiError {
        ErrorItem::new(Code::ValidationError, detail).with_parameter(name).into()
    }

    /// Not before an instant.
    pub fn not_before(detail: impl Into<String>, next: Timestamp) -> ApiError {
        ErrorItem::new(Code::AccountRecentlySynchronized, detail).with_next_allowed_at(Moment(next)).into()
    }

    /// Another refusal where this one says that something is missing; a failure of ours stays what it is.
    pub fn or_missing(self, other: ApiError) -> ApiError {
        if self.item.code == Code::ResourceNotFound { other } else { self }
    }

    /// Whether it is the hub that failed rather than the request.
    pub fn is_ours(&self) -> bool {
        self.status.is_server_error()
    }

    /// The same with another status than the code's own.
    pub fn with_status(mut self, status: StatusCode) -> ApiError {
        self.status = status;
        self
    }
}

impl From<ErrorItem> for ApiError {
    fn from(item: ErrorItem) -> ApiError {
        let status = StatusCode::from_u16(item.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
        ApiError { item: Box::new(item), status }
    }
}

impl From<KeysError> for ApiError {
    fn from(error: KeysError) -> ApiError {
        match error {
            KeysError::Database(error) => error.into(),
            KeysError::Key(problem) => {
                tracing::error!(problem, "the keys of webhooks cannot be used");
                failed()
            }
        }
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> ApiError {
        tracing::error!(%error, "the API could not use the database");
        match error {
            DbError::Conflict => {
                ApiError::new(Code::ServiceUnavailable, "The hub is very busy. Send the request again in a moment.")
            }
            DbError::Address(_)
            | DbError::Unopened(_)
            | DbError::Constraint(_)
            | DbError::TooNew { .. }
            | DbError::Column { .. }
            | DbError::Driver(_) => failed(),
        }
    }
}

fn failed() -> ApiError {
    ApiError::new(Code::InternalError, "The hub failed. Nothing was lost; send the request again in a moment.")
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let challenge = matches!(self.item.code, Code::InvalidAccessToken);
        let mut response = (self.status, Json(ErrorDocument::from((*self.item).clone()))).into_response();
        if challenge {
            let value = HeaderValue::from_static("Bearer error=\"invalid_token\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
        }
        response.extensions_mut().insert(Problem(*self.item));
        response
    }
}

/// The answer at an address that is not served.
pub(super) async fn unknown_address(headers: HeaderMap) -> Response {
    if super::discovery::is_browser(&headers) {
        return (StatusCode::NOT_FOUND, "There is no such page. Go back, or begin at /app.").into_response();
    }
    let detail = "There is nothing at this address. GET / or /ponto-connect lists what there is.";
    ApiError::new(Code::ResourceNotFound, detail).into_response()
}

/// The answer to a method that an address does not have.
pub(super) async fn wrong_method(headers: HeaderMap) -> Response {
    if super::discovery::is_browser(&headers) {
        return (StatusCode::METHOD_NOT_ALLOWED, WRONG_METHOD).into_response();
    }
    ApiError::new(Code::MethodNotAllowed, WRONG_METHOD).into_response()
}

/// Gives the one form to a refusal that is none of ours: what the framework says of an address or a body that it cannot
/// read is a line of text. OAuth's refusals are JSON already.
pub(super) async fn one_form(response: Response) -> Response {
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    let is_json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !refused || is_json {
        return response;
    }
    if status.is_server_error() {
        return failed().with_status(status).into_response();
    }
    let (code, detail) = match status {
        StatusCode::NOT_FOUND => (Code::ResourceNotFound, "There is nothing at this address."),
        StatusCode::METHOD_NOT_ALLOWED => (Code::MethodNotAllowed, WRONG_METHOD),
        StatusCode::PAYLOAD_TOO_LARGE => (Code::InvalidBody, "The body is too large."),
        _ => (Code::ValidationError, "The address or the body of this request cannot be read."),
    };
    ApiError::new(code, detail).with_status(status).into_response()
}

/// The answer when a handler panicked: a defect of ours, which the log has.
pub(super) fn panicked() -> Response {
    failed().into_response()
}
