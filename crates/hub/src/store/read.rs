//! Reading columns that hold a domain type.

use db::{DbError, Row};
use domain::Timestamp;

/// An instant stored as microseconds.
pub fn instant(row: &Row, column: &str) -> Result<Timestamp, DbError> {
    let micros = row.int(column)?;
    Timestamp::from_microsecond(micros)
        .map_err(|error| DbError::Column { column: column.to_owned(), problem: error.to_string() })
}

/// The same where the column may be null.
pub fn optional_instant(row: &Row, column: &str) -> Result<Option<Timestamp>, DbError> {
    if row.is_null(column)? { Ok(None) } else { instant(row, column).map(Some) }
}

/// A value stored as JSON text.
pub fn json<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> Result<T, DbError> {
    serde_json::from_str(&row.text(column)?)
        .map_err(|error| DbError::Column { column: column.to_owned(), problem: error.to_string() })
}
