use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context;
use books::Books;
use domain::{Environment, OrganizationId, SeededEntropy, SimulatedClock};
use hub::SharedHub;
use outbound::{Door, InProcess};
use sandbox::Sandbox;
use vault::Secret;

use crate::deadly::Deadly;

/// Which database the hub and the books keep.
#[derive(Debug, Clone)]
pub enum Engine {
    /// A file in the folder for temporary files.
    Sqlite,
    /// A fresh database beside the one that the address names.
    Postgres(String),
}

/// Where the banks are in the story's own network.
pub const BANKS: &str = "http://banks.test";
/// Where the hub is.
pub const HUB: &str = "https://hub.test";
/// Where the books are.
pub const BOOKS: &str = "https://books.test";
/// How the books know the hub.
pub const PROVIDER: &str = "Passerelle";
/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery staple";
const CLIENT: &str = "books";
const CLIENT_SECRET: &str = "a secret that only these two know";

static TOLD: AtomicU32 = AtomicU32::new(0);

/// Three parties, a network, a clock and dice.
pub struct World {
    /// Decides everything that happens.
    pub dice: Arc<SeededEntropy>,
    /// The one clock.
    pub clock: Arc<SimulatedClock>,
    /// Time and the parties' randomness.
    pub environment: Environment,
    /// The network.
    pub network: Arc<InProcess>,
    /// The banks.
    pub banks: Sandbox,
    /// The hub's way out, at which it may die.
    pub hub_door: Arc<Deadly>,
    /// The hub.
    pub hub: SharedHub,
    /// The books' way out, at which they may die.
    pub books_door: Arc<Deadly>,
    /// The books.
    pub books: Books,
    hub_settings: hub::Settings,
    books_settings: books::Settings,
    folder: PathBuf,
}

impl World {
    /// The world that a seed makes, one morning in March.
    pub async fn open(seed: u64, engine: &Engine) -> anyhow::Result<World> {
        let dice = SeededEntropy::new(seed);
        let clock = SimulatedClock::at("2026-03-02T07:00:00Z".parse()?);
        let environment = Environment::new(clock.clone(), SeededEntropy::new(seed ^ 0x5EED));
        let network = Arc::new(InProcess::new());
        let banks = Sandbox::open(
            sandbox::Settings { seed, months: 2, transactions: 160, ..sandbox::Settings::default() },
            environment.clone(),
        )?;
        network.listen("banks.test", Some(banks.router()));
        // The same seed may be told twice at once.
        let name = format!("{}_{}_{seed}", std::process::id(), TOLD.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("passerelle-story-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let hub_settings = hub::Settings {
            database: database(engine, &folder, "hub", &name).await?,
            key_file: folder.join("hub.keys"),
            public_url: HUB.into(),
            sandbox_url: Some(BANKS.into()),
            price_minor: 400,
            billing: hub::billing::terms::Terms::default(),
            connect_url: None,
            custom_url: None,
            trust_forwarded_proto: false,
            support: None,
            throttle_seconds: 300,
            requests_per_minute: 6000,
            owners_need_second_factor: false,
            bank_lists: false,
            mail: hub::mail::MailSettings::folder(folder.join("mail")),
        };
        let hub_door = Arc::new(Deadly::new(network.clone()));
        let hub = hub::Hub::open(hub_settings.clone(), environment.clone(), hub_door.clone()).await?;
        let secret = Secret::new(CLIENT_SECRET.to_owned());
        let back = [format!("{BOOKS}/connect/return")];
        hub.ensure_application("Books", CLIENT, Some(&secret), &back).await?;
        network.listen("hub.test", Some(hub::router(hub.clone())));
        let books_settings = books::Settings {
            database: database(engine, &folder, "books", &name).await?,
            public_url: BOOKS.into(),
            key_file: folder.join("books.keys"),
            files: folder.join("files"),
            mail: hub::mail::MailSettings::folder(folder.join("books-mail")),
            providers: vec![books::Provider {
                name: PROVIDER.into(),
                base_url: format!("{HUB}/ponto-connect"),
                authorize_url: Some(format!("{HUB}/oauth2/auth")),
                token_url: format!("{HUB}/ponto-connect/oauth2/token"),
                client_id: CLIENT.into(),
                client_secret: secret,
            }],
        };
        let books_door = Arc::new(Deadly::new(network.clone()));
        let books = Books::open(books_settings.clone(), environment.clone(), books_door.clone()).await?;
        network.listen("books.test", Some(books.router()));
        Ok(World {
            dice,
            clock,
            environment,
            network,
            banks,
            hub_door,
            hub,
            books_door,
            books,
            hub_settings,
            books_settings,
            folder,
        })
    }

    /// A plain way into the network, for persons.
    pub fn door(&self) -> Door {
        self.network.clone()
    }

    /// Brings a dead hub back: everything that it had only in memory is gone.
    pub async fn revive_hub(&mut self) -> anyhow::Result<()> {
        self.hub.db.close().await;
        let door: Door = self.hub_door.clone();
        self.hub = hub::Hub::open(self.hub_settings.clone(), self.environment.clone(), door).await?;
        self.network.listen("hub.test", Some(hub::router(self.hub.clone())));
        Ok(())
    }

    /// Brings dead books back.
    pub async fn revive_books(&mut self) -> anyhow::Result<()> {
        self.books.close().await;
        let door: Door = self.books_door.clone();
        self.books = Books::open(self.books_settings.clone(), self.environment.clone(), door).await?;
        self.network.listen("books.test", Some(self.books.router()));
        Ok(())
    }

    /// Lets everybody work until nothing is due: the books may ask the hub for something, and wait for it.
    pub async fn all_work(&mut self) -> anyhow::Result<()> {
        for _ in 0..200 {
            self.hub_works().await?;
            match self.books_door.live(self.books.work_once()).await {
                Some(worked) => {
                    if !worked? {
                        return Ok(());
                    }
                }
                None => self.revive_books().await?,
            }
        }
        anyhow::bail!("the books never come to rest")
    }

    /// Lets the hub work until nothing is due, dying and coming back when the dice have decided so.
    pub async fn hub_works(&mut self) -> anyhow::Result<()> {
        for _ in 0..10_000 {
            let worked = self.hub_door.live(self.hub.work_once()).await;
            match worked {
                Some(worked) => {
                    if !worked? {
                        return Ok(());
                    }
                }
                None => {
                    self.revive_hub().await?;
                    // A dead process's lease has to run out before another takes its work.
                    self.clock.advance_seconds(60);
                }
            }
        }
        anyhow::bail!("the hub never comes to rest")
    }

    /// The short name of an account's bank.
    pub fn slug(&self, account: &hub::store::account::Account) -> anyhow::Result<String> {
        let profile = self.hub.institution(account.institution).context("an account of an unknown institution")?;
        Ok(profile.base_url.rsplit('/').next().unwrap_or_default().to_owned())
    }

    /// Removes the story's files.
    pub async fn close(self) {
        self.hub.db.close().await;
        self.books.close().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn database(engine: &Engine, folder: &std::path::Path, party: &str, story: &str) -> anyhow::Result<String> {
    match engine {
        Engine::Sqlite => Ok(format!("sqlite:{}", folder.join(format!("{party}.db")).display())),
        Engine::Postgres(address) => {
            let name = format!("story_{party}_{story}");
            let administration = db::Db::open(address).await?;
            administration.create_database(&name).await?;
            administration.close().await;
            let (base, _) = address.rsplit_once('/').unwrap_or((address, ""));
            Ok(format!("{base}/{name}"))
        }
    }
}

/// The address of an organization's member.
pub fn email(organization: &str) -> String {
    format!("{}@example.test", organization.to_lowercase().replace(' ', "."))
}

/// An organization with its member, made through the hub's own functions.
pub async fn organization(hub: &hub::Hub, name: &str) -> anyhow::Result<OrganizationId> {
    let email = email(name);
    let user = hub::people::sign_up(hub, &email, Secret::new(PASSWORD.to_owned())).await?;
    let fields = hub::people::OrganizationFields {
        name: name.to_owned(),
        kind: "business".to_owned(),
        country: "BE".to_owned(),
        ..hub::people::OrganizationFields::default()
    };
    let organization = hub::people::create_organization(hub, user, &fields).await?;
    let billing = hub::people::BillingFields {
        name: name.to_owned(),
        email: "invoices@example.com".to_owned(),
        street: "Rue 1".to_owned(),
        postal_code: "4000".to_owned(),
        city: "Liège".to_owned(),
        country: "BE".to_owned(),
    };
    hub::people::set_billing(hub, organization, &billing).await?;
    Ok(organization)
}
