//! What a request says: `{"data": {"attributes": {…}}}`. The `type` is not looked at, because clients write it in
//! several ways.

use std::marker::PhantomData;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use http::StatusCode;
use hub_api::{Code, Decimal};
use serde_json::{Map, Value};

use super::error::ApiError;
use crate::SharedHub;

/// The largest body that is read.
pub(super) const LIMIT_BYTES: usize = 1024 * 1024;

/// The body of a request that should hold a `T`, not yet looked at, so that who asks for what is settled before.
pub(super) struct Sent<T> {
    bytes: Bytes,
    what: PhantomData<T>,
}

impl<T> Sent<T> {
    /// The attributes.
    pub fn attributes(&self) -> Result<Attributes, ApiError> {
        Attributes::read(&self.bytes)
    }
}

impl<T> FromRequest<SharedHub> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &SharedHub) -> Result<Sent<T>, ApiError> {
        let bytes = to_bytes(request.into_body(), LIMIT_BYTES).await.map_err(|_| too_large())?;
        Ok(Sent { bytes, what: PhantomData })
    }
}

/// A body that is larger than anything that is asked for here, or that broke off.
pub(super) fn too_large() -> ApiError {
    let detail = format!("The body broke off, or has more than {LIMIT_BYTES} bytes.");
    ApiError::new(Code::InvalidBody, detail).with_status(StatusCode::PAYLOAD_TOO_LARGE)
}

/// The attributes of a body, read one by one so that a mistake can be named.
pub(super) struct Attributes(Map<String, Value>);

impl Attributes {
    fn read(body: &[u8]) -> Result<Attributes, ApiError> {
        let document: Value =
            serde_json::from_slice(body).map_err(|_| ApiError::new(Code::InvalidBody, "The body is not JSON."))?;
        match document.pointer("/data/attributes") {
            Some(Value::Object(fields)) => Ok(Attributes(fields.clone())),
            Some(_) => Err(ApiError::field("/data/attributes", "The attributes are not an object.")),
            None => Err(ApiError::field("/data/attributes", "The attributes are missing.")),
        }
    }

    /// A text, `None` when it is absent, null or empty.
    pub fn text(&self, name: &str) -> Result<Option<String>, ApiError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            // No database of ours keeps one.
            Some(Value::String(text)) if text.contains('\0') => {
                Err(ApiError::field(&pointer(name), "This holds a NUL character."))
            }
            Some(Value::String(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            Some(_) => Err(ApiError::field(&pointer(name), "This must be a text.")),
        }
    }

    /// A number, or a text that holds one, because some senders quote amounts.
    pub fn number(&self, name: &str) -> Result<Option<Decimal>, ApiError> {
        let text = match self.0.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(text)) => text.clone(),
            Some(_) => String::new(),
        };
        let wrong = |_| ApiError::field(&pointer(name), "This must be a number.");
        Decimal::parse(&text).map(Some).map_err(wrong)
    }

    /// A switch, `None` when it is absent or null.
    pub fn switch(&self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(on)) => Ok(Some(*on)),
            Some(_) => Err(ApiError::field(&pointer(name), "This must be true or false.")),
        }
    }

    /// A text that must be there; `missing` says that it is not.
    pub fn needed(&self, name: &str, missing: &str) -> Result<String, ApiError> {
        self.text(name)?.ok_or_else(|| ApiError::field(&pointer(name), missing))
    }
}

/// The place of an attribute in a body.
pub(super) fn pointer(name: &str) -> String {
    format!("/data/attributes/{name}")
}
