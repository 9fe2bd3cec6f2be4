//! The hub: what a company uses to gather its accounts at all its banks, to see every transaction in one place, and
//! to decide which software may read which account.
//!
//! A datum's way: a bank's answer is stored raw ([`store`]), read by a connector, matched against what is known
//! ([`sync`]), appended to the account's feed, and served to software ([`api`]) and to people ([`web`]).

pub mod admin;
pub mod api;
pub mod audit;
pub mod bank_lists;
pub mod billing;
mod consents;
pub mod days;
pub mod export;
pub mod files;
pub mod institutions;
pub mod integrations;
pub mod link;
pub mod mail;
pub mod notices;
pub mod oauth;
pub mod operator;
pub mod pace;
pub mod pdf;
mod peer;
pub mod people;
pub mod privacy;
pub mod sandbox;
pub mod store;
pub mod sync;
pub mod web;
pub mod webhooks;
pub mod words;
mod work;

use std::sync::Arc;

use connectors::{Bank, Connector, Profile};
use db::{Db, DbError};
use domain::{Environment, InstitutionId};
use outbound::Door;
use tokio::sync::{Notify, Semaphore};
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
    /// The address under which software reaches the face for applications, when it is another: `https://api.example`,
    /// without `/ponto-connect`.
    pub connect_url: Option<String>,
    /// The address under which software reaches the face for custom integrations, when it is another.
    pub custom_url: Option<String>,
    /// The address of the sandbox banks, when they are to be offered: `http://localhost:8600`.
    pub sandbox_url: Option<String>,
    /// Price a month, account and integration, in euro cents; 0 turns billing off.
    pub price_minor: i64,
    /// Who sells, and the terms of paying.
    pub billing: billing::terms::Terms,
    /// Whether `X-Forwarded-Proto` is believed when links are written: only behind a proxy that sets it itself.
    pub trust_forwarded_proto: bool,
    /// Whom people may write to about a bank, as an address of mail or of a page.
    pub support: Option<String>,
    /// How soon after one synchronization the same may be asked for again on the same account, in seconds; Ponto's
    /// rule is about 300. 0 never refuses.
    pub throttle_seconds: i64,
    /// How many requests a minute each client of the API may send; 0 limits nothing.
    pub requests_per_minute: u32,
    /// Whether owners of an organization must have a second factor.
    pub owners_need_second_factor: bool,
    /// Whether hosts are asked at run time which banks they run.
    pub bank_lists: bool,
    /// How mail is sent.
    pub mail: mail::MailSettings,
}

impl Settings {
    /// Every address under which this hub is reached, without slashes at the end.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let more = self.connect_url.iter().chain(&self.custom_url);
        [&self.public_url].into_iter().chain(more).map(|address| address.trim_end_matches('/'))
    }

    /// What signatures of webhooks name as their sender: the host of the face for applications.
    pub fn issuer(&self) -> &str {
        self.connect_url.as_ref().unwrap_or(&self.public_url).trim_end_matches('/')
    }
}

/// The ways out. Software that is told of events may be anywhere, so its door may be narrower than that to the banks.
#[derive(Clone)]
pub struct Doors {
    /// To the banks.
    pub banks: Door,
    /// To the addresses that organizations write down for their software.
    pub webhooks: Door,
}

/// An open hub: everything that its parts share.
pub struct Hub {
    /// The database.
    pub db: Db,
    /// Time and randomness.
    pub environment: Environment,
    /// The door to the banks.
    pub door: Door,
    /// The door to those who are told of events.
    pub webhook_door: Door,
    /// The keys of secrets at rest.
    pub keyring: Keyring,
    /// The settings.
    pub settings: Settings,
    /// The institutions that can be reached.
    pub catalogue: bank_lists::Catalogue,
    /// What the operator decided about them since.
    pub standings: institutions::Standings,
    /// How fast clients of the API ask.
    pub pace: pace::Pace,
    /// The banks' answers that this process knows by heart.
    pub(crate) familiar: sync::familiar::Familiar,
    /// What this process answered, for the operator's figures.
    pub answered: operator::Answered,
    /// What this process counted of the requests of integrations.
    pub traffic: integrations::Traffic,
    /// Taken by the one archive that may be written at a time: it holds a view of the whole database.
    pub(crate) archives: Arc<Semaphore>,
    /// Rung when there is work, so that nobody waits for the next round.
    pub wake: Notify,
}

impl Hub {
    /// Opens the database, brings it up to date, and reads keys and catalogue. One door leads everywhere.
    pub async fn open(settings: Settings, environment: Environment, door: Door) -> Result<SharedHub, HubError> {
        Hub::open_behind(settings, environment, Doors { banks: door.clone(), webhooks: door }).await
    }

    /// The same with a door of its own to those who are told of events.
    pub async fn open_behind(
        settings: Settings,
        environment: Environment,
        doors: Doors,
    ) -> Result<SharedHub, HubError> {
        let Doors { banks: door, webhooks: webhook_door } = doors;
        let db = Db::open(&settings.database).await?;
        db.migrate(store::schema::MIGRATIONS).await?;
        let needed = admin::keys::are_needed(&db).await?;
        let keyring = Keyring::open_needed(&settings.key_file, environment.entropy.as_ref(), needed);
        let keyring = keyring.map_err(|error| HubError::Keys(error.to_string()))?;
        let sandbox = settings.sandbox_url.as_deref();
        let read = connectors::profiles(sandbox).and_then(|files| Ok((files, connectors::hosts(sandbox)?)));
        let (files, hosts) = read.map_err(|error| HubError::Catalogue(error.to_string()))?;
        let catalogue = bank_lists::Catalogue::new(files, hosts);
        let (standings, traffic, wake) =
            (institutions::Standings::default(), integrations::Traffic::default(), Notify::new());
        let pace = pace::Pace::per_minute(settings.requests_per_minute);
        let familiar = sync::familiar::Familiar::default();
        let hub = Hub {
            db,
            environment,
            door,
            webhook_door,
            keyring,
            settings,
            catalogue,
            standings,
            pace,
            familiar,
            answered: operator::Answered::default(),
            traffic,
            archives: Arc::new(Semaphore::new(1)),
            wake,
        };
        hub.refresh_standings().await?;
        Ok(Arc::new(hub))
    }

    /// An institution of the catalogue.
    pub fn institution(&self, id: InstitutionId) -> Option<&Profile> {
        self.catalogue.get(id)
    }

    /// Every institution that can be reached, by country and name.
    pub fn institutions(&self) -> Vec<&Profile> {
        self.catalogue.all()
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
    #[error("{0}")]
    Keys(String),
    /// The catalogue of institutions has a mistake.
    #[error("the institution catalogue is wrong: {0}")]
    Catalogue(String),
}

/// A shared hub.
pub type SharedHub = Arc<Hub>;

/// The whole hub as one service: the API for software and the pages for people.
pub fn router(hub: SharedHub) -> axum::Router {
    let pages = web::routes(&hub).merge(operator::health());
    api::serve(hub, pages)
}
