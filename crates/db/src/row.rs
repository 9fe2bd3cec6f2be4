use rusqlite::types::Value;
use sqlx::{Row as _, ValueRef as _};

use crate::DbError;
use crate::sqlite::{SqliteRow, Stored};

/// One row of an answer, read column by column by name.
pub enum Row {
    /// A row of SQLite.
    #[doc(hidden)]
    Sqlite(SqliteRow),
    /// A row of PostgreSQL.
    #[doc(hidden)]
    Postgres(sqlx::postgres::PgRow),
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident $optional:ident $type:ty;)*) => {$(
        $(#[$doc])*
        pub fn $name(&self, column: &str) -> Result<$type, DbError> {
            self.$optional(column)?.ok_or_else(|| unexpected(column, "is null"))
        }

        $(#[$doc])*
        /// `None` where the column is null.
        pub fn $optional(&self, column: &str) -> Result<Option<$type>, DbError> {
            match self {
                Row::Sqlite(row) => stored::<$type>(row, column),
                Row::Postgres(row) => {
                    row.try_get::<Option<$type>, _>(column).map_err(|error| unexpected(column, &error.to_string()))
                }
            }
        }
    )*};
}

impl Row {
    getters! {
        /// A `BIGINT`.
        int optional_int i64;
        /// A `TEXT`.
        text optional_text String;
        /// A `BLOB`.
        blob optional_blob Vec<u8>;
        /// A `BOOLEAN`.
        bool optional_bool bool;
    }

    /// A `TEXT` parsed into a type of ours, such as an id; a text that does not parse is an error of this program.
    pub fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(&self, column: &str) -> Result<T, DbError> {
        self.text(column)?.parse().map_err(|error: T::Err| unexpected(column, &error.to_string()))
    }

    /// Like [`Row::parse`], `None` where the column is null.
    pub fn optional_parse<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        column: &str,
    ) -> Result<Option<T>, DbError> {
        let text = self.optional_text(column)?;
        text.map(|text| text.parse().map_err(|error: T::Err| unexpected(column, &error.to_string()))).transpose()
    }

    /// Whether the column is null.
    pub fn is_null(&self, column: &str) -> Result<bool, DbError> {
        match self {
            Row::Sqlite(row) => Ok(known(row, column)? == &Value::Null),
            Row::Postgres(row) => {
                let value = row.try_get_raw(column).map_err(|error| unexpected(column, &error.to_string()))?;
                Ok(value.is_null())
            }
        }
    }
}

fn known<'r>(row: &'r SqliteRow, column: &str) -> Result<&'r Value, DbError> {
    row.value(column).ok_or_else(|| unexpected(column, "the statement has no such column"))
}

fn stored<T: Stored>(row: &SqliteRow, column: &str) -> Result<Option<T>, DbError> {
    let value = known(row, column)?;
    if value == &Value::Null {
        return Ok(None);
    }
    let wrong = || unexpected(column, &format!("is {}, not {}", value.data_type(), T::NAME));
    T::of(value).map(Some).ok_or_else(wrong)
}

fn unexpected(column: &str, problem: &str) -> DbError {
    DbError::Column { column: column.to_owned(), problem: problem.to_owned() }
}
