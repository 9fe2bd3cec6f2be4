//! One SQL text on SQLite and PostgreSQL. This crate knows how to talk, not what is said: it has no table of its own
//! but the list of migrations that were applied.
//!
//! The rules of one text (each tried on both engines):
//! - columns are `BIGINT`, `TEXT`, `BOOLEAN` and `BLOB`; instants are microseconds, civil dates `YYYY-MM-DD`;
//! - parameters are `$1` to `$20`; lists and bulk rows go through one JSON parameter: `json_each($1) AS r`, with
//!   `r.value->>0` and `CAST(r.value->>1 AS BIGINT)`; rows of many columns are objects, read by `r.value->>'label'`;
//! - a bulk `UPDATE … FROM`, or a join, takes its rows from `WITH n AS MATERIALIZED (SELECT … FROM json_each($1) AS r)`:
//!   joined bare, SQLite goes through the whole list for each row of the table (a test counts the steps of each);
//! - `INSERT … SELECT … FROM json_each($1) AS r WHERE true ON CONFLICT …` (the `WHERE true` is for SQLite's parser);
//! - sums are `CAST(COALESCE(SUM(x), 0) AS BIGINT)`, which fails when it does not fit; money is never added with `+`,
//!   because SQLite turns what does not fit into a REAL; no `now()`, `::`, `ILIKE`, arrays or sequences;
//! - `/*skip locked*/` becomes `FOR UPDATE SKIP LOCKED` on PostgreSQL and stays a comment on SQLite; likewise
//!   `/*for update*/`.
//!
//! SQLite has one writing connection (`BEGIN IMMEDIATE`) and several reading ones, so a write never meets a busy
//! database; PostgreSQL's serialization failures and deadlocks are retried by [`write!`]. A statement on SQLite runs on
//! the thread that asks for it, so a program that also serves pages needs a few threads, however few its processors are.

mod arg;
mod lane;
mod migrate;
mod open;
mod row;
mod sqlite;
mod tx;
mod write;

pub use arg::{Arg, rows};
pub use migrate::Migration;
pub use open::Db;
pub use row::Row;
pub use tx::Tx;
#[doc(hidden)]
pub use write::settle;

/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The address is neither `sqlite:PATH` nor `postgres://…`.
    #[error("'{0}' is not a database address: write sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// Two transactions got in each other's way; the whole transaction may be run again.
    #[error("the database asks to run the transaction again")]
    Conflict,
    /// A constraint of the schema, by its name where the engine tells it.
    #[error("the constraint {0} forbids this row")]
    Constraint(String),
    /// The database was made by a newer version of this program.
    #[error("the database has migration {found}, this program knows up to {known}: start the newer program again")]
    TooNew {
        /// Highest number found.
        found: i64,
        /// Highest number known.
        known: i64,
    },
    /// A value has not the type that the statement's reader expects: a defect of this program.
    #[error("column {column}: {problem}")]
    Column {
        /// Column name.
        column: String,
        /// What is wrong.
        problem: String,
    },
    /// The database could not be opened: what was found, and what to do.
    #[error("{0}")]
    Unopened(String),
    /// Everything else, from the driver. The driver's errors repeat each other all the way down, so their chain ends here.
    #[error("the database failed: {0}")]
    Driver(Box<dyn std::error::Error + Send + Sync>),
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> DbError {
        let code = error.sqlite_error().map(|failure| failure.extended_code);
        if code.is_some_and(|code| CONSTRAINTS.contains(&code)) {
            // What SQLite says names the constraint.
            DbError::Constraint(error.to_string())
        } else {
            DbError::Driver(error.into())
        }
    }
}

/// The constraints of a schema that a program may meet knowingly.
const CONSTRAINTS: [i32; 5] = [
    rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE,
    rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
    rusqlite::ffi::SQLITE_CONSTRAINT_ROWID,
    rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY,
    rusqlite::ffi::SQLITE_CONSTRAINT_CHECK,
];

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> DbError {
        let Some(reported) = error.as_database_error() else { return DbError::Driver(error.into()) };
        let code = reported.code().unwrap_or_default();
        if matches!(code.as_ref(), "40001" | "40P01") {
            DbError::Conflict
        } else if reported.is_unique_violation() || reported.is_foreign_key_violation() || reported.is_check_violation()
        {
            DbError::Constraint(reported.constraint().unwrap_or_else(|| reported.message()).to_owned())
        } else {
            DbError::Driver(error.into())
        }
    }
}
