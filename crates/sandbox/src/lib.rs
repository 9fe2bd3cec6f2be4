//! Simulated banks that speak Berlin Group NextGenPSD2 1.3 with their own login pages, live with the clock, and
//! misbehave on demand.
//!
//! | slug | name | consent | history | habits |
//! |---|---|---|---|---|
//! | `meuse` | Banque de la Meuse (BE) | 180 days | 730 days | newest first, absolute links, balance after each row |
//! | `lys` | Lys Bank (BE, beta) | 90 days | 90 days | no transaction ids, positional entry references, resource ids per consent, references in the free text |
//! | `seine` | Crédit de la Seine (FR) | 180 days | 395 days | oldest first, one IBAN in EUR and USD, camt.053 for who prefers XML |
//!
//! The crate has wire types of its own and never sees the connectors: client and bank meet only over HTTP, so that one
//! wrong belief cannot sit on both sides of a test. What the banks say is derived from a seed, from the statement files
//! they were given, and from a journal of everything that happened; the same three give the same answers.
//!
//! [`Sandbox::open`] makes the banks, [`Sandbox::router`] serves them in process, [`Sandbox::serve`] on a socket, and
//! [`Sandbox::control`] is the simulation's hand on them: late bookings, corrections, ended consents, faults, and the
//! truth for an oracle. Limits: one login (`demo`, code 123456) owns every account; a recurring consent does not end an
//! older one; only account information, no payments.

mod access;
mod accounts;
mod answer;
mod bank;
mod call;
mod camt;
mod consent;
mod consents;
mod control;
mod control_http;
mod dice;
mod drift;
mod faults;
mod founding;
mod journal;
mod ledger;
mod login;
mod pages;
mod problem;
mod router;
mod settings;
mod token;
mod traffic;
mod transactions;
mod wire;
mod world;

use std::sync::{Arc, Mutex, MutexGuard};

use domain::{Date, Environment, Timestamp};

pub use consent::Ending;
pub use control::{AccountState, ConsentState, Control, Institution, NewAccount, NewRow, Truth, TruthRow};
pub use faults::{Fault, Faults, Fired};
pub use settings::{Pause, SandboxError, Settings};

use journal::{Event, Journal};
use world::World;

/// The simulated banks. Cheap to clone; all clones are the same banks.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

struct Inner {
    environment: Environment,
    pause: Pause,
    world: Mutex<World>,
}

impl Sandbox {
    /// Makes the banks, or brings them back to where their journal ends.
    ///
    /// # Errors
    /// A journal that cannot be used or belongs to other settings; a statement file that cannot be read.
    pub fn open(settings: Settings, environment: Environment) -> Result<Sandbox, SandboxError> {
        let journal = settings.journal.as_deref().map(Journal::open).transpose()?;
        let (journal, happened) = match journal {
            Some((journal, happened)) => (Some(journal), happened),
            None => (None, Vec::new()),
        };
        let (base, opened) = opening(&settings, happened.first(), environment.today())?;
        let mut world = World::new(settings.seed, base, settings.months, settings.faults.clone());
        founding::found(&mut world, &settings)?;
        let is_new = happened.is_empty();
        for event in happened {
            world.apply(event)?;
        }
        if let Some(journal) = journal {
            world.write_to(journal);
        }
        if is_new {
            world.commit(opened)?;
        }
        Ok(Sandbox(Arc::new(Inner { environment, pause: settings.pause, world: Mutex::new(world) })))
    }

    /// Everything, to be served in process: who can call it may also use the control surface.
    pub fn router(&self) -> axum::Router {
        router::router(self.clone())
    }

    /// Serves on a socket until the program ends. The control surface answers loopback addresses only.
    ///
    /// # Errors
    /// What the system says when the socket fails.
    pub async fn serve(&self, listener: tokio::net::TcpListener) -> std::io::Result<()> {
        let service = self.router().into_make_service_with_connect_info::<std::net::SocketAddr>();
        axum::serve(listener, service).await
    }

    /// The simulation's hand on the banks.
    pub fn control(&self) -> Control {
        Control::new(self.clone())
    }

    /// The common memory. Nobody panics while holding it, so it cannot be poisoned.
    fn world(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().expect("no holder of this lock panics")
    }

    fn now(&self) -> Timestamp {
        self.0.environment.now()
    }

    fn today(&self) -> Date {
        self.0.environment.today()
    }
}

/// The day on which life begins and the first event: those of the journal when it belongs to these settings, else new ones.
fn opening(settings: &Settings, first: Option<&Event>, today: Date) -> Result<(Date, Event), SandboxError> {
    let files = settings.load.iter().fold(0, |digest, (_, bytes)| dice::mix(digest ^ dice::number_of_bytes(bytes)));
    let (seed, months, transactions) = (settings.seed, settings.months, settings.transactions);
    let asked = |base: Date| (base, Event::Opened { seed, base, months, transactions, files });
    let Some(known) = first else { return Ok(asked(settings.base.unwrap_or(today))) };
    let path = settings.journal.clone().unwrap_or_default();
    let Event::Opened { seed: its_seed, base, files: its_files, .. } = known else {
        return Err(SandboxError::JournalLine { path, line: 1, reason: "it does not begin with the opening".into() });
    };
    let what = if *its_seed != seed {
        "seed"
    } else if *its_files != files {
        "set of statement files"
    } else if settings.base.is_some_and(|wanted| wanted != *base) {
        "base day"
    } else if *known != asked(*base).1 {
        "amount of history"
    } else {
        return Ok(asked(*base));
    };
    Err(SandboxError::OtherSettings { path, what })
}
