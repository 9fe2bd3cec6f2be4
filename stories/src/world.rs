use std::path::PathBuf;
use std::sync::Arc;

use domain::{Environment, OrganizationId, SeededEntropy, SimulatedClock};
use hub::SharedHub;
use outbound::{Door, InProcess};
use sandbox::Sandbox;

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
pub const HUB: &str = "http://hub.test";

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
    hub_settings: hub::Settings,
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
        let folder = std::env::temp_dir().join(format!("passerelle-story-{}-{seed}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let hub_settings = hub::Settings {
            database: database(engine, &folder, "hub", seed).await?,
            key_file: folder.join("hub.keys"),
            public_url: HUB.into(),
            sandbox_url: Some(BANKS.into()),
            price_minor: 400,
            trust_forwarded_proto: false,
        };
        let hub_door = Arc::new(Deadly::new(network.clone()));
        let hub = hub::Hub::open(hub_settings.clone(), environment.clone(), hub_door.clone()).await?;
        Ok(World { dice, clock, environment, network, banks, hub_door, hub, hub_settings, folder })
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
        Ok(())
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
                    self.clock.advance_seconds(16 * 60);
                }
            }
        }
        anyhow::bail!("the hub never comes to rest")
    }

    /// Removes the story's files.
    pub async fn close(self) {
        self.hub.db.close().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn database(engine: &Engine, folder: &std::path::Path, party: &str, seed: u64) -> anyhow::Result<String> {
    match engine {
        Engine::Sqlite => Ok(format!("sqlite:{}", folder.join(format!("{party}.db")).display())),
        Engine::Postgres(address) => {
            let name = format!("story_{party}_{}_{seed}", std::process::id());
            let administration = db::Db::open(address).await?;
            administration.create_database(&name).await?;
            administration.close().await;
            let (base, _) = address.rsplit_once('/').unwrap_or((address, ""));
            Ok(format!("{base}/{name}"))
        }
    }
}

/// An organization with its member, made through the hub's own functions.
pub async fn organization(hub: &hub::Hub, name: &str) -> anyhow::Result<OrganizationId> {
    let email = format!("{}@example.test", name.to_lowercase().replace(' ', "."));
    let user = hub::people::sign_up(hub, &email, vault::Secret::new("correct horse battery staple".to_owned())).await?;
    let fields = hub::people::OrganizationFields {
        name: name.to_owned(),
        kind: "business".to_owned(),
        country: "BE".to_owned(),
        ..hub::people::OrganizationFields::default()
    };
    Ok(hub::people::create_organization(hub, user, &fields).await?)
}
