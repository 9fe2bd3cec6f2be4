use sqlx::{Row as _, ValueRef as _};

use crate::DbError;

/// One row of an answer, read column by column by name.
pub enum Row {
    /// A row of SQLite.
    #[doc(hidden)]
    Sqlite(sqlx::sqlite::SqliteRow),
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
            let value = match self {
                Row::Sqlite(row) => row.try_get::<Option<$type>, _>(column),
                Row::Postgres(row) => row.try_get::<Option<$type>, _>(column),
            };
            value.map_err(|error| unexpected(column, &error.to_string()))
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
        let null = match self {
            Row::Sqlite(row) => row.try_get_raw(column).map(|value| value.is_null()),
            Row::Postgres(row) => row.try_get_raw(column).map(|value| value.is_null()),
        };
        null.map_err(|error| unexpected(column, &error.to_string()))
    }
}

fn unexpected(column: &str, problem: &str) -> DbError {
    DbError::Column { column: column.to_owned(), problem: problem.to_owned() }
}
