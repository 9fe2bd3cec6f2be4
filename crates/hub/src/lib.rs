//! The hub: what a company uses to gather its accounts at all its banks, to see every transaction in one place, and
//! to decide which software may read which account.
//!
//! A datum's way: a bank's answer is stored raw ([`store`]), read by a connector, matched against what is known
//! ([`sync`]), appended to the account's feed, and served to software ([`api`]) and to people ([`web`]).

pub mod store;

use std::sync::Arc;

use db::{Db, DbError};
use domain::Environment;
use outbound::Door;
use vault::Keyring;

/// How a hub is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// The file of the keys that encrypt secrets; made when missing.
    pub key_file: std::path::PathBuf,
    /// The address under which people and banks reach this hub, without a slash at the end: `http://localhost:8400`.
    pub public_url: String,
    /// The address of the sandbox banks, when they are to be offered: `http://localhost:8600`.
    pub sandbox_url: Option<String>,
    /// Price a month, account and integration, in euro cents; 0 turns billing off.
    pub price_minor: i64,
}

/// An open hub: everything that its parts share.
pub struct Hub {
    /// The database.
    pub db: Db,
    /// Time and randomness.
    pub environment: Environment,
    /// The door to the banks.
    pub door: Door,
    /// The keys of secrets at rest.
    pub keyring: Keyring,
    /// The settings.
    pub settings: Settings,
}

/// Why a hub could not be opened or could not work.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The key file.
    #[error("the key file cannot be used: {0}")]
    Keys(String),
    /// The catalogue of institutions has a mistake.
    #[error("the institution catalogue is wrong: {0}")]
    Catalogue(String),
}

/// A shared hub.
pub type SharedHub = Arc<Hub>;
