//! The banks' common memory: accounts, consents, faults and counters, changed by [`Event`]s only.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use domain::{Date, Timestamp};

use crate::bank::Bank;
use crate::consent::{Consent, Stage};
use crate::faults::{Fired, Roll};
use crate::journal::{Event, Journal, Step};
use crate::ledger::{Given, Ledger, RowKey};
use crate::traffic::{Kind, Skeleton};
use crate::{Faults, SandboxError};

/// A rolling day.
const WINDOW_SECONDS: i64 = 24 * 3600;
/// How many fired faults are remembered.
const LOG_LENGTH: usize = 20_000;

/// Who asks what: consent, account (empty for the list), endpoint.
type AccessKey = (String, String, String);

/// Everything that changes.
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) base: Date,
    pub(crate) months: i32,
    ledgers: BTreeMap<&'static str, Vec<Arc<Ledger>>>,
    pub(crate) consents: BTreeMap<String, Consent>,
    pub(crate) faults: Faults,
    calls: HashMap<String, u64>,
    accesses: HashMap<AccessKey, VecDeque<Timestamp>>,
    pub(crate) fired: VecDeque<Fired>,
    /// How many calls were refused because the client used up its accesses; a client that plans never meets it.
    pub(crate) exceeded: u64,
    journal: Option<Journal>,
}

impl World {
    pub(crate) fn new(seed: u64, base: Date, months: i32, faults: Faults) -> World {
        World {
            seed,
            base,
            months,
            ledgers: BTreeMap::new(),
            consents: BTreeMap::new(),
            faults,
            calls: HashMap::new(),
            accesses: HashMap::new(),
            fired: VecDeque::new(),
            exceeded: 0,
            journal: None,
        }
    }

    /// From now on every event is written down.
    pub(crate) fn write_to(&mut self, journal: Journal) {
        self.journal = Some(journal);
    }

    pub(crate) fn add_ledger(&mut self, ledger: Ledger) -> Arc<Ledger> {
        let ledger = Arc::new(ledger);
        self.ledgers.entry(ledger.bank.slug).or_default().push(ledger.clone());
        ledger
    }

    /// The accounts of a bank in their order.
    pub(crate) fn ledgers(&self, bank: &Bank) -> &[Arc<Ledger>] {
        self.ledgers.get(bank.slug).map(Vec::as_slice).unwrap_or_default()
    }

    /// One account of a bank.
    pub(crate) fn ledger(&self, slug: &str, key: &str) -> Option<&Arc<Ledger>> {
        self.ledgers.get(slug)?.iter().find(|ledger| ledger.key == key)
    }

    /// Writes an event down, then lets it happen.
    pub(crate) fn commit(&mut self, event: Event) -> Result<(), SandboxError> {
        if let Some(journal) = &mut self.journal {
            journal.append(&event)?;
        }
        self.apply(event)
    }

    /// Lets an event happen, new or replayed.
    pub(crate) fn apply(&mut self, event: Event) -> Result<(), SandboxError> {
        match event {
            Event::Opened { .. } => {}
            Event::Consent { consent, step } => self.step(consent, step),
            Event::Accessed { consent, account, endpoint, at } => {
                self.accesses.entry((consent, account, endpoint)).or_default().push_back(at);
            }
            Event::LateBooked { bank, account, day, salt } => {
                let ledger = self.account(&bank, &account)?;
                let skeleton = crate::traffic::late_skeleton(&ledger.profile, salt);
                ledger.happen().book_late(day, salt, skeleton);
            }
            Event::Booked { bank, account, day, value_on, minor, salt, details } => {
                let skeleton = Skeleton { kind: Kind::WireIn, minor, salt };
                self.account(&bank, &account)?.happen().book_given(day, salt, skeleton, Given { value_on, details });
            }
            Event::Edited { bank, account, row, details } => {
                let key = RowKey::parse(&row).ok_or(SandboxError::NoRow(row))?;
                self.account(&bank, &account)?.happen().edit(key, details);
            }
            Event::Corrected { bank, account, row, text } => {
                let key = RowKey::parse(&row).ok_or(SandboxError::NoRow(row))?;
                self.account(&bank, &account)?.happen().correct(key, text);
            }
            Event::Redated { bank, account, row, minor, day } => {
                let key = RowKey::parse(&row).ok_or(SandboxError::NoRow(row))?;
                self.account(&bank, &account)?.happen().redate(key, minor, day);
            }
            Event::Reissued { bank, account } => self.account(&bank, &account)?.happen().reissue(),
            Event::FaultsSet { faults } => {
                self.faults = faults;
                self.calls.clear();
            }
            Event::AccountAdded { bank, account, on } => {
                crate::founding::add(self, &bank, &account, on)?;
            }
        }
        Ok(())
    }

    fn step(&mut self, id: String, step: Step) {
        if let Step::Asked { at, request } = step {
            self.consents.insert(id.clone(), Consent::new(id, at, request));
            return;
        }
        // A step of a consent that was never asked for cannot be in a journal of ours.
        let Some(consent) = self.consents.get_mut(&id) else { return };
        match step {
            Step::Asked { .. } => {}
            Step::PasswordAccepted => consent.stage = Stage::AwaitingCode { wrong: 0 },
            Step::CodeAccepted => consent.stage = Stage::AwaitingChoice,
            Step::CodeWrong { on } => consent.count_wrong_code(on),
            Step::Given { accounts, on } => {
                consent.accounts = accounts;
                consent.turn(Stage::Valid, on);
            }
            Step::Refused { on } => consent.turn(Stage::Rejected, on),
            Step::Ended { ending, on } => consent.turn(Stage::Ended(ending), on),
        }
    }

    /// An account or why there is none.
    pub(crate) fn account(&self, slug: &str, key: &str) -> Result<Arc<Ledger>, SandboxError> {
        if crate::bank::bank(slug).is_none() {
            return Err(SandboxError::NoBank(slug.to_owned()));
        }
        self.ledger(slug, key).cloned().ok_or_else(|| SandboxError::NoAccount(key.to_owned()))
    }

    /// Counts a call without a user against the limit of its consent; tells in how many seconds the next one is free when
    /// there is none left.
    pub(crate) fn access(
        &mut self,
        consent: &str,
        account: &str,
        endpoint: &str,
        limit: u32,
        now: Timestamp,
    ) -> Result<Result<(), i64>, SandboxError> {
        let key = (consent.to_owned(), account.to_owned(), endpoint.to_owned());
        let oldest_that_counts = now.as_second() - WINDOW_SECONDS;
        let used = self.accesses.entry(key).or_default();
        while used.front().is_some_and(|at| at.as_second() <= oldest_that_counts) {
            used.pop_front();
        }
        if used.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            let wait = used.front().map_or(WINDOW_SECONDS, |at| at.as_second() - oldest_that_counts);
            self.exceeded += 1;
            return Ok(Err(wait));
        }
        let (consent, account, endpoint) = (consent.to_owned(), account.to_owned(), endpoint.to_owned());
        self.commit(Event::Accessed { consent, account, endpoint, at: now }).map(Ok)
    }

    /// Decides the faults of a call and remembers them.
    pub(crate) fn roll(&mut self, bank: &str, account: &str, endpoint: &str) -> Roll {
        let scope = format!("{bank}/{account}/{endpoint}");
        let roll = self.faults.roll(&scope, self.calls.get(&scope).copied().unwrap_or(0));
        let counter = self.calls.entry(scope).or_default();
        for fault in &roll.hits {
            self.fired.push_back(Fired {
                bank: bank.to_owned(),
                account: account.to_owned(),
                endpoint: endpoint.to_owned(),
                counter: *counter,
                fault: *fault,
            });
        }
        *counter += 1;
        while self.fired.len() > LOG_LENGTH {
            self.fired.pop_front();
        }
        roll
    }
}
