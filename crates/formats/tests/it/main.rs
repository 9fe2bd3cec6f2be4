//! The crate from outside: fixtures, round trips, hostile input, and what the schema of camt.053 demands.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod fixtures;
mod hostile;
mod independent;
mod round_trip;
mod schema;
