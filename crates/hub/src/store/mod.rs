//! The hub's tables. One module a noun; each holds the SQL, the private reading of a row, and functions that take the
//! transaction and speak domain types. Every statement on tenant data carries the organization's id.

pub mod schema;
