//! Targets: accounting systems that the books deliver to. Each is one `impl Target` and one line in [`ALL`].
//!
//! The books decide what is delivered and remember what became of it (`crate::deliver`, `store/delivery.rs`); a target
//! only knows how its system takes lines. What it may rely on, and what it must keep:
//!
//! - A line whose delivery was acknowledged is never handed over again, and nothing is ever deleted at the target.
//! - A parcel may come again, with the same lines under the same keys, when the program was cut off between the moment
//!   the system took it and the moment that was written down. [`Item::key`] is what to look for, or to give to the system,
//!   so that a repeat changes nothing.
//! - A line that the system refuses is parked with a reason that a bookkeeper understands; it stops no other line.

mod actual;
mod beancount;
pub(crate) mod edges;
mod firefly;
pub(crate) mod folder;
mod hledger;
mod ledger;
mod odoo;
mod parcel;
mod plain_text;
mod sftp;
mod statement;
mod statement_files;

use std::path::PathBuf;

use async_trait::async_trait;
use domain::{Environment, LineId};
use outbound::Door;
use vault::Secret;

pub(crate) use crate::store::delivery::Outcome;
pub(crate) use crate::store::target_values::Values;
pub(crate) use parcel::{Facts, Item, Parcel, Whole, key_of};

/// Every target, by the name that the settings use. `cargo xtask tidy` compares this table with the folder.
pub(crate) const ALL: &[(&str, &dyn Target)] = &[
    ("odoo", &odoo::Odoo),
    ("beancount", &beancount::Beancount),
    ("hledger", &hledger::Hledger),
    ("ledger", &ledger::Ledger),
    ("files", &statement_files::StatementFiles),
    ("sftp", &sftp::Sftp),
    ("actual", &actual::Actual),
    ("firefly", &firefly::Firefly),
];

/// The target of that name.
pub(crate) fn named(name: &str) -> Option<&'static dyn Target> {
    ALL.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}

/// An accounting system that takes lines.
#[async_trait]
pub(crate) trait Target: Send + Sync {
    /// What it is, which settings it takes, and how lines travel to it.
    fn about(&self) -> &'static About;

    /// Looks whether it would take lines with these settings, without leaving anything there. Answers what a person
    /// should see: the version that answered, the company that was found.
    async fn check(&self, desk: &Desk<'_>) -> Result<String, Halt>;

    /// Hands over a parcel and answers what became of each line.
    async fn deliver(&self, desk: &Desk<'_>, parcel: &Parcel) -> Result<Delivered, Halt>;

    /// Marks a month whose balances are proven and whose lines are all there; `None` where there is no such thing.
    async fn checkpoint(&self, _: &Desk<'_>, _: &Checkpoint) -> Result<Option<String>, Halt> {
        Ok(None)
    }

    /// Books the bank's balance before the first line, where a person asked for that; the checkpoint is the journal's
    /// first. Answers what it is called there.
    async fn opening(&self, _: &Desk<'_>, _: &Checkpoint) -> Result<Option<String>, Halt> {
        Ok(None)
    }

    /// What a person should be told before it stops anything: a key that ends soon.
    fn warning(&self, _: &Desk<'_>) -> Option<Halt> {
        None
    }
}

/// How lines travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Batch {
    /// At most so many lines at once, oldest first.
    Lines(i64),
    /// The whole journal, every time that anything changed.
    Journal,
    /// The lines of one statement file, between two balances of the bank.
    Statements,
}

/// What a target is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Title {
    /// The name of a product, the same in every language.
    Name(&'static str),
    /// The key of words.
    Words(&'static str),
}

/// What a target is.
pub(crate) struct About {
    /// Its name for people.
    pub(crate) title: Title,
    /// What it takes besides its name, in the order of the form.
    pub(crate) settings: &'static [Setting],
    /// What a journal may be told there (an account's name, a journal's number): the key of its label, if anything.
    pub(crate) place: Option<&'static str>,
    /// The settings that say which books these are, whatever else is set: their address, their folder.
    pub(crate) identity: &'static [&'static str],
    /// How lines travel.
    pub(crate) batch: Batch,
}

/// One setting of a target.
pub(crate) struct Setting {
    /// Its name in forms and files.
    pub(crate) name: &'static str,
    /// Key of its label.
    pub(crate) label: &'static str,
    /// Key of a sentence under it.
    pub(crate) hint: Option<&'static str>,
    /// What can be written there.
    pub(crate) kind: Kind,
    /// Whether it must be there.
    pub(crate) required: bool,
}

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line of text.
    Text,
    /// `https://…`.
    Address,
    /// A folder below the one that the operator set aside.
    Folder,
    /// Sealed, never shown again. A target has at most one.
    Secret,
    /// A day.
    Day,
    /// Yes or no.
    Switch,
    /// One of these: each with the key of its label. The first one holds when nothing was chosen.
    Choice(&'static [(&'static str, &'static str)]),
}

/// The folder of a target that writes files.
pub(crate) const FOLDER: Setting = Setting {
    name: "folder",
    label: "targets-folder",
    hint: Some("targets-folder-hint"),
    kind: Kind::Folder,
    required: true,
};

/// What a target works with.
pub(crate) struct Desk<'a> {
    /// Its settings.
    pub(crate) values: &'a Values,
    /// Its secret.
    pub(crate) secret: Option<Secret<String>>,
    /// The way out.
    pub(crate) door: &'a Door,
    /// The clock.
    pub(crate) environment: &'a Environment,
    /// Where a target that writes files writes them.
    pub(crate) folder: PathBuf,
}

/// What became of a parcel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Delivered {
    /// One for each line of the parcel.
    pub(crate) outcomes: Vec<(LineId, Outcome)>,
    /// What somebody must look at before this journal goes on, although the lines are there.
    pub(crate) alarm: Option<Halt>,
    /// What the target wants to remember of the journal: its number there.
    pub(crate) memory: Option<String>,
}

/// Why a delivery ended before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Halt {
    /// A code that has a sentence in every language.
    pub(crate) code: &'static str,
    /// What the system said, without secrets.
    pub(crate) detail: String,
    /// What it stops.
    pub(crate) stops: Stops,
}

/// What a halt stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stops {
    /// Nothing for long: it is tried again by itself.
    ForNow,
    /// This journal, until a person looks.
    Journal,
    /// The whole target, until a person looks.
    Target,
}

impl Halt {
    /// It is tried again by itself.
    pub(crate) fn later(code: &'static str, detail: impl Into<String>) -> Halt {
        Halt { code, detail: detail.into(), stops: Stops::ForNow }
    }

    /// This journal waits for a person.
    pub(crate) fn journal(code: &'static str, detail: impl Into<String>) -> Halt {
        Halt { code, detail: detail.into(), stops: Stops::Journal }
    }

    /// The target waits for a person.
    pub(crate) fn target(code: &'static str, detail: impl Into<String>) -> Halt {
        Halt { code, detail: detail.into(), stops: Stops::Target }
    }
}

/// A proven month whose lines were all delivered.
pub(crate) struct Checkpoint {
    /// The journal.
    pub(crate) journal: Facts,
    /// The statement with its proven balances.
    pub(crate) statement: crate::statements::BookStatement,
    /// What the system calls the month's lines, in their order.
    pub(crate) remotes: Vec<String>,
}
