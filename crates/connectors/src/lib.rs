//! Bank protocols: how to talk to a bank and how to understand what it says. No database, no schedule.
//!
//! One folder a protocol: `about` (what it is, its traps), `wire` (the bank's own words), `client` (talks: awaits and
//! returns raw answers), `normalise` (understands: pure, a raw answer in, transactions and defects out). A bank that
//! only differs is data: its profile in `profiles/<country>/<bank>.toml`. Banks that nobody reaches yet are known from
//! `profiles/<country>/directory.tsv`, and a host that runs a protocol for several banks lists them at run time (`hosts`).

pub mod berlin_group;
mod directory;
mod error;
mod hosts;
mod listing;
mod profile;
mod statement_answer;

use std::net::IpAddr;

use async_trait::async_trait;
use domain::{Currency, Date, Environment, Timestamp};
use outbound::Door;

pub use directory::{KnownBank, bank_of, known_bank, known_banks};
pub use error::{BankError, BankReply, ConsentEnd};
pub use hosts::{BankHost, ListedBank, hosts};
pub use listing::{AccountsPage, BankAccount, Listed, ListedPending, TransactionsPage};
pub use profile::{InstitutionState, Maintainer, Profile, ProfileError, Slice, profiles};

/// Every protocol, by the name that a profile uses. A test compares this table with the folders.
pub const ALL: &[(&str, &dyn Connector)] = &[("berlin-group", &berlin_group::BerlinGroup)];

/// The connector that a profile names.
pub fn connector(protocol: &str) -> Option<&'static dyn Connector> {
    ALL.iter().find(|(name, _)| *name == protocol).map(|(_, connector)| *connector)
}

/// One bank as a connector talks to it.
pub struct Bank {
    /// Its profile.
    pub profile: Profile,
    /// The way to it.
    pub door: Door,
    /// For request ids and the time of an answer.
    pub environment: Environment,
}

/// What a call needs besides its subject.
#[derive(Debug, Clone)]
pub struct Call {
    /// The bank's id of the consent.
    pub consent: String,
    /// The address of the person who asked for this call; absent when nobody did (RTS article 36(5)).
    pub psu_ip: Option<IpAddr>,
}

/// What the hub asks of a bank when a person wants to share accounts.
#[derive(Debug, Clone)]
pub struct ConsentRequest {
    /// Where the bank sends the person back to after agreeing.
    pub redirect_url: String,
    /// Where it sends the person back to after refusing.
    pub refused_url: String,
    /// The person's address.
    pub psu_ip: IpAddr,
    /// Last day wanted; the bank may shorten it.
    pub valid_until: Date,
}

/// A consent that waits for the person.
#[derive(Debug, Clone)]
pub struct ConsentStarted {
    /// The bank's id of it.
    pub consent: String,
    /// The bank's page to send the person to.
    pub bank_url: String,
}

/// Where a consent stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentState {
    /// The person has not finished at the bank.
    Waiting,
    /// It can be used, until the end of a day.
    Valid {
        /// The last day, as the bank stored it.
        until: Date,
    },
    /// It cannot be used any more, or never could.
    Ended(ConsentEnd),
}

/// A bank's answer as it came, to be stored before anything interprets it.
#[derive(Debug, Clone)]
pub struct RawAnswer {
    /// Media type without parameters: `application/json`, `application/xml`, `text/plain`.
    pub content_type: String,
    /// The bytes.
    pub body: bytes::Bytes,
    /// When it came.
    pub received_at: Timestamp,
}

/// Which page of a listing is wanted.
#[derive(Debug, Clone)]
pub enum PageAsk {
    /// The first page of the movements booked in a window; no end means up to now.
    First {
        /// First day.
        from: Date,
        /// Last day.
        to: Option<Date>,
    },
    /// A following page by the link that the page before gave, verbatim.
    Next(String),
}

/// What a protocol can do. Talking functions are `async` and return raw answers; reading functions are pure.
#[async_trait]
pub trait Connector: Send + Sync {
    /// Asks for a consent in which the person chooses the accounts at the bank.
    async fn begin_consent(&self, bank: &Bank, ask: &ConsentRequest) -> Result<ConsentStarted, BankError>;
    /// Asks where a consent stands. The person's return is no proof; this is.
    async fn consent_state(&self, bank: &Bank, consent: &str) -> Result<ConsentState, BankError>;
    /// Ends a consent at the bank.
    async fn end_consent(&self, bank: &Bank, consent: &str) -> Result<(), BankError>;
    /// The accounts of a consent.
    async fn accounts(&self, bank: &Bank, call: &Call) -> Result<RawAnswer, BankError>;
    /// The balances of an account.
    async fn balances(&self, bank: &Bank, call: &Call, resource_id: &str) -> Result<RawAnswer, BankError>;
    /// One page of the movements of an account.
    async fn transactions(
        &self,
        bank: &Bank,
        call: &Call,
        resource_id: &str,
        page: &PageAsk,
    ) -> Result<RawAnswer, BankError>;
    /// Understands an answer of [`Connector::accounts`].
    fn read_accounts(&self, answer: &RawAnswer) -> Result<AccountsPage, BankError>;
    /// Understands an answer of [`Connector::balances`]; the amounts must be in the account's currency.
    fn read_balances(&self, answer: &RawAnswer, currency: Currency) -> Result<TransactionsPage, BankError>;
    /// Understands an answer of [`Connector::transactions`].
    fn read_transactions(&self, answer: &RawAnswer, currency: Currency) -> Result<TransactionsPage, BankError>;
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_protocol_folder_is_in_the_table() {
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders: Vec<String> = std::fs::read_dir(source)
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().unwrap().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().replace('_', "-"))
            .collect();
        folders.sort();
        let mut table: Vec<String> = super::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
        table.sort();
        assert_eq!(folders, table);
    }

    #[test]
    fn every_profile_parses_and_names_a_known_protocol() {
        let profiles = super::profiles(Some("http://localhost:8600")).unwrap();
        assert!(profiles.len() >= 3);
        for profile in profiles {
            assert!(super::connector(&profile.protocol).is_some(), "{}", profile.name);
        }
    }
}
