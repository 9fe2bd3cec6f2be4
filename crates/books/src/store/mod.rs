//! The books' tables. One module a noun; each holds the SQL, the private reading of a row, and functions that take the
//! transaction. Every statement on a company's data carries the company's id.

pub mod account;
pub mod attempt;
pub mod balance;
#[cfg(test)]
mod bulk;
pub mod company;
pub mod connection;
pub mod defect;
pub mod delivery;
pub mod duplicate;
pub mod event;
pub mod file;
pub mod grant;
pub mod import;
pub mod inspection;
pub mod journal;
pub mod letter;
pub mod line;
mod line_event;
pub mod month;
pub mod pass;
pub mod pending;
pub mod person;
pub mod schema;
mod schema_headless;
mod schema_letters;
mod schema_patience;
mod schema_statement_files;
mod schema_targets;
mod schema_upkeep;
pub mod search;
pub mod session;
pub mod statement_file;
pub mod target;
pub mod target_lease;
pub mod target_values;
pub mod transfer;
pub mod undo;
pub mod waiting;
pub mod worker;

use db::{DbError, Tx};
use domain::Timestamp;

/// Whether there is anything that only the keys of these books open, in any company.
pub(crate) async fn holds_secrets(tx: &mut Tx) -> Result<bool, DbError> {
    let sql = "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM access_grant) \
               OR EXISTS (SELECT 1 FROM target WHERE secret_sealed IS NOT NULL) \
               OR EXISTS (SELECT 1 FROM letter WHERE sealed_message IS NOT NULL) THEN 1 ELSE 0 END AS BIGINT) AS held";
    Ok(tx.one(sql, &[]).await?.int("held")? == 1)
}

/// An instant from the microseconds that a column holds.
pub(crate) fn instant(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros)
        .map_err(|error| DbError::Column { column: "an instant".into(), problem: error.to_string() })
}

/// An optional instant.
pub(crate) fn optional_instant(micros: Option<i64>) -> Result<Option<Timestamp>, DbError> {
    micros.map(instant).transpose()
}

/// The microseconds of an optional instant.
pub(crate) fn micros(at: Option<Timestamp>) -> Option<i64> {
    at.map(|at| at.as_microsecond())
}
