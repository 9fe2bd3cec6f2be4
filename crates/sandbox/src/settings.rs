use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use domain::Date;

use crate::Faults;

/// How a slow bank waits: the simulation moves its clock, the program sleeps.
pub type Pause = Arc<dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// What the simulated banks hold and how they behave.
#[derive(Clone)]
pub struct Settings {
    /// Decides every generated movement.
    pub seed: u64,
    /// Statement files, name and content, that become the accounts of the first bank instead of generated ones.
    pub load: Vec<(String, Vec<u8>)>,
    /// Where everything that happens is written down, so that a killed bank goes on where it was; `None` keeps it in
    /// memory only.
    pub journal: Option<PathBuf>,
    /// The day on which the history ends and life begins; `None` is the clock's today. A journal remembers its own.
    pub base: Option<Date>,
    /// How many months of history generated accounts have on the base day (a bank may give fewer).
    pub months: i32,
    /// About how many booked movements the generated accounts of all three banks have together on the base day.
    pub transactions: u32,
    /// Faults from the start; a journal in which they were set later prevails.
    pub faults: Faults,
    /// How [`crate::Fault::Slow`] waits.
    pub pause: Pause,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            seed: 1,
            load: Vec::new(),
            journal: None,
            base: None,
            months: 6,
            transactions: 8_000,
            faults: Faults::none(),
            pause: Arc::new(|_| Box::pin(std::future::ready(()))),
        }
    }
}

impl Settings {
    /// A pause that really waits, for a bank on a real clock.
    pub fn real_pause() -> Pause {
        Arc::new(|length| Box::pin(tokio::time::sleep(length)))
    }
}

/// Why the banks cannot open.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The journal file cannot be opened, read or written.
    #[error("the sandbox's journal {path} cannot be used: {source}")]
    Journal {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line of the journal cannot be understood. Only a broken last line is expected (a kill in the middle of
    /// writing) and dropped.
    #[error(
        "line {line} of the sandbox's journal {path} cannot be read ({reason}); move the file away to start afresh"
    )]
    JournalLine {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The journal belongs to other settings.
    #[error("the sandbox's journal {path} was begun with another {what}; move the file away to start afresh")]
    OtherSettings {
        /// The file.
        path: PathBuf,
        /// Which setting differs.
        what: &'static str,
    },
    /// The statement files can be read but hold nothing that is booked.
    #[error("{names}: nothing in it is booked, neither a movement nor a balance, so there is nothing to load{instead}")]
    NothingToLoad {
        /// The files.
        names: String,
        /// What is in them instead, as the end of the sentence; empty when there is nothing.
        instead: String,
    },
    /// A statement file is of no known format.
    #[error("the statement file {name} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        name: String,
        /// Why.
        reason: String,
    },
    /// No bank has this slug.
    #[error("there is no simulated bank '{0}'; there are meuse, lys and seine")]
    NoBank(String),
    /// The bank has no such account.
    #[error("the bank has no account '{0}'")]
    NoAccount(String),
    /// The account has no such movement.
    #[error("the account has no booked movement '{0}'")]
    NoRow(String),
    /// There is no such consent, or it is not valid any more.
    #[error("there is no valid consent '{0}'")]
    NoConsent(String),
    /// A command cannot be carried out as it was given.
    #[error("{0}")]
    Invalid(String),
}
