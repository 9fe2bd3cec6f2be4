//! Ids in paths. A text that is not an id names nothing, so it is not found rather than wrong.

use std::str::FromStr;

use super::error::ApiError;

/// Reads an id of a path; `resource` is what it would be the id of.
pub(super) fn id<T: FromStr>(text: &str, resource: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::not_found(resource))
}
