//! The hub: what a company uses to gather its accounts at all its banks, to see every transaction in one place, and
//! to decide which software may read which account.
//!
//! A datum's way: a bank's answer is stored raw ([`store`]), read by a connector, matched against what is known
//! ([`sync`]), appended to the account's feed, and served to software ([`api`]) and to people ([`web`]).

pub mod api;
pub mod integrations;
pub mod link;
pub mod oauth;
pub mod people;
pub mod store;
pub mod sync;
pub mod web;
mod work;

use std::sync::Arc;

use connectors::{Bank, Connector, Profile};
use db::{Db, DbError};
use domain::{Environment, InstitutionId};
use outbound::Door;
use tokio::sync::Notify;
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
    /// Whether `X-Forwarded-Proto` is believed when links are written: only behind a proxy that sets it itself.
    pub trust_forwarded_proto: bool,
    /// How soon after one synchronization the same may be asked for again on the same account, in seconds; Ponto's
    /// rule is about 300. 0 never refuses.
    pub throttle_seconds: i64,
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
    /// The institutions that can be reached, ordered by country and name.
    pub institutions: Vec<Profile>,
    /// Rung when there is work, so that nobody waits for the next round.
    pub wake: Notify,
}

impl Hub {
    /// Opens the database, brings it up to date, and reads keys and catalogue.
    pub async fn open(settings: Settings, environment: Environment, door: Door) -> Result<SharedHub, HubError> {
        let db = Db::open(&settings.database).await?;
        db.migrate(store::schema::MIGRATIONS).await?;
        let keyring = Keyring::open(&settings.key_file, environment.entropy.as_ref());
        let keyring = keyring.map_err(|error| HubError::Keys(error.to_string()))?;
        let institutions = connectors::profiles(settings.sandbox_url.as_deref());
        let institutions = institutions.map_err(|error| HubError::Catalogue(error.to_string()))?;
        Ok(Arc::new(Hub { db, environment, door, keyring, settings, institutions, wake: Notify::new() }))
    }

    /// An institution of the catalogue.
    pub fn institution(&self, id: InstitutionId) -> Option<&Profile> {
        self.institutions.iter().find(|profile| profile.id == id)
    }

    /// An institution with the way to it.
    pub fn bank(&self, id: InstitutionId) -> Option<(Bank, &'static dyn Connector)> {
        let profile = self.institution(id)?.clone();
        let connector = connectors::connector(&profile.protocol)?;
        let bank = Bank { profile, door: self.door.clone(), environment: self.environment.clone() };
        Some((bank, connector))
    }
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

/// The whole hub as one service: the API for software and the pages for people.
pub fn router(hub: SharedHub) -> axum::Router {
    let pages = web::routes(&hub);
    api::serve(hub, pages)
}
