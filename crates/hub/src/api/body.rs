//! What a request says: `{"data": {"attributes": {…}}}`. The `type` is not looked at, because clients write it in
//! several ways.

use hub_api::Code;
use serde_json::{Map, Value};

use super::error::ApiError;

/// The attributes of a body, read one by one so that a mistake can be named.
pub(super) struct Attributes(Map<String, Value>);

impl Attributes {
    /// Reads a body.
    pub fn read(body: &[u8]) -> Result<Attributes, ApiError> {
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
            Some(Value::String(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            Some(_) => Err(ApiError::field(&pointer(name), "This must be a text.")),
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
