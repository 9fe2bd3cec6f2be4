//! The simulation's hand on the banks, and the truth for an oracle. The same over HTTP in [`crate::control_http`].

mod by_hand;

use std::sync::Arc;

use domain::{AccountReference, Balance, BalanceKind, Currency, Date, PendingTransaction, Transaction};
use serde::{Deserialize, Serialize};

use crate::bank::{BANKS, Land};
use crate::consent::Ending;
use crate::dice::{Dice, number_of};
use crate::faults::{Faults, Fired};
use crate::journal::{Event, Step};
use crate::ledger::{Ledger, Row, RowKey, Window};
use crate::{Sandbox, SandboxError, drift};

pub use by_hand::NewRow;

/// A simulated bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Institution {
    /// Its place in every address.
    pub slug: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its BIC.
    pub bic: &'static str,
    /// Two letters of its country.
    pub country: &'static str,
    /// `stable` or `beta`.
    pub state: &'static str,
    /// Longest life of a consent in days.
    pub consent_days: i32,
    /// How many days back a listing may begin at a generated account.
    pub history_days: i32,
}

/// An account as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountState {
    /// The name of the account in the methods of [`Control`]: `BE68539007547034-EUR`.
    pub key: String,
    /// Its number.
    pub reference: AccountReference,
    /// Its currency.
    pub currency: Currency,
    /// Its name at the bank.
    pub name: String,
    /// First day of its history.
    pub first_day: Date,
    /// Last day on which something is booked or a balance is known.
    pub last_day: Date,
    /// How many movements are booked.
    pub booked: u64,
    /// The booked balance before the first movement.
    pub opening: Option<Balance>,
    /// The booked balance after the last one.
    pub closing: Option<Balance>,
}

/// A booked movement and the bank's inner name for it, which never leaves the bank otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthRow {
    /// `2026-11-03.12`, or `2026-11-03.late-4` for a late booking.
    pub row: String,
    /// The movement with every field that the bank tells.
    pub transaction: Transaction,
}

/// What is true of an account in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// The account.
    pub account: AccountState,
    /// Every booked movement of the window, oldest first.
    pub booked: Vec<TruthRow>,
    /// What is announced.
    pub pending: Vec<PendingTransaction>,
    /// The booked balance before the window's first day.
    pub opening: Option<Balance>,
    /// The booked balance after its last day.
    pub closing: Option<Balance>,
}

/// A consent as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentState {
    /// Its id on the interface.
    pub id: String,
    /// The bank.
    pub bank: String,
    /// The standard's status.
    pub status: &'static str,
    /// Its last day.
    pub valid_until: Date,
    /// Keys of the accounts that the user chose.
    pub accounts: Vec<String>,
}

/// One more generated account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Its name at the bank.
    pub name: String,
    /// Its currency.
    pub currency: Currency,
    /// About how many movements are booked on a business day.
    pub rows_per_day: u32,
    /// How many calendar days of history it has at once.
    pub history_days: u32,
}

/// The hand. Every command is in the journal before it returns.
#[derive(Clone)]
pub struct Control {
    sandbox: Sandbox,
}

impl Control {
    pub(crate) fn new(sandbox: Sandbox) -> Control {
        Control { sandbox }
    }

    /// The banks, the first one being where loaded files are.
    pub fn institutions(&self) -> Vec<Institution> {
        let institution = |bank: &'static crate::bank::Bank| Institution {
            slug: bank.slug,
            name: bank.name,
            bic: bank.bic,
            country: match bank.land {
                Land::Belgium => "BE",
                Land::France => "FR",
            },
            state: bank.state,
            consent_days: bank.consent_days,
            history_days: bank.history_days,
        };
        BANKS.iter().map(institution).collect()
    }

    /// The accounts of a bank.
    ///
    /// # Errors
    /// No such bank.
    pub fn accounts(&self, bank: &str) -> Result<Vec<AccountState>, SandboxError> {
        let bank = crate::bank::bank(bank).ok_or_else(|| SandboxError::NoBank(bank.to_owned()))?;
        let ledgers = self.sandbox.world().ledgers(bank).to_vec();
        Ok(ledgers.iter().map(|ledger| self.state(ledger)).collect())
    }

    /// Everything that is booked and announced on an account now.
    ///
    /// # Errors
    /// No such bank or account.
    pub fn truth(&self, bank: &str, account: &str) -> Result<Truth, SandboxError> {
        self.truth_between(bank, account, None, None)
    }

    /// What is booked from one day to another, both included; the account's first and last day when left out.
    ///
    /// # Errors
    /// No such bank or account.
    pub fn truth_between(
        &self,
        bank: &str,
        account: &str,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Truth, SandboxError> {
        let ledger = self.ledger(bank, account)?;
        let today = self.sandbox.today();
        let view = ledger.view(today);
        let from = from.unwrap_or_else(|| ledger.first_day());
        let window = Window { from, to: to.unwrap_or_else(|| ledger.last_day(today)) };
        let [(opened_on, opening), (closed_on, closing)] = crate::transactions::bounds(&ledger, window, view);
        Ok(Truth {
            account: self.state(&ledger),
            booked: ledger.rows(view, window).into_iter().map(TruthRow::from).collect(),
            pending: ledger.pending(view),
            opening: balance(BalanceKind::OpeningBooked, opened_on, opening),
            closing: balance(BalanceKind::ClosingBooked, closed_on, closing),
        })
    }

    /// Books so many movements, each on one of the last ten days.
    ///
    /// # Errors
    /// No such bank or account; a journal that cannot be written.
    pub fn book_late(&self, bank: &str, account: &str, count: u32) -> Result<Vec<TruthRow>, SandboxError> {
        let ledger = self.ledger(bank, account)?;
        let book = |_| {
            let mut dice = self.dice(&ledger, 0xB00C);
            self.sandbox.book_late(&ledger, &mut dice).map(TruthRow::from)
        };
        (0..count).map(book).collect()
    }

    /// Corrects the free text of a booked movement: a given one or a recent one, to a given text or an altered one.
    ///
    /// # Errors
    /// No such bank, account or movement; a journal that cannot be written.
    pub fn correct(
        &self,
        bank: &str,
        account: &str,
        row: Option<&str>,
        text: Option<&str>,
    ) -> Result<TruthRow, SandboxError> {
        let ledger = self.ledger(bank, account)?;
        let mut dice = self.dice(&ledger, 0xC0CC);
        let view = ledger.view(self.sandbox.today());
        let missing = || SandboxError::NoRow(row.unwrap_or("of the last days").to_owned());
        let found = match row {
            Some(name) => RowKey::parse(name).and_then(|key| ledger.row(key, view)),
            None => self.sandbox.recent_row(&ledger, &mut dice),
        };
        let found = found.ok_or_else(missing)?;
        let text = text.map_or_else(|| drift::corrected_text(&found, &mut dice), str::to_owned);
        self.sandbox.correct(&ledger, &found, text)?;
        let view = ledger.view(self.sandbox.today());
        ledger.row(found.key, view).map(TruthRow::from).ok_or_else(missing)
    }

    /// Gives about a quarter of an account's movements new ids.
    ///
    /// # Errors
    /// No such bank or account; a journal that cannot be written.
    pub fn reissue_ids(&self, bank: &str, account: &str) -> Result<(), SandboxError> {
        let ledger = self.ledger(bank, account)?;
        let (bank, account) = (bank.to_owned(), ledger.key.clone());
        self.sandbox.world().commit(Event::Reissued { bank, account })
    }

    /// Every consent that was ever asked for.
    pub fn consents(&self) -> Vec<ConsentState> {
        let now = self.sandbox.now();
        let world = self.sandbox.world();
        let state = |consent: &crate::consent::Consent| ConsentState {
            id: consent.id.clone(),
            bank: consent.request.bank.clone(),
            status: consent.status_at(now),
            valid_until: consent.request.valid_until,
            accounts: consent.accounts.clone(),
        };
        world.consents.values().map(state).collect()
    }

    /// Ends a valid consent before its day.
    ///
    /// # Errors
    /// No valid consent of that id; a journal that cannot be written.
    pub fn end_consent(&self, consent: &str, ending: Ending) -> Result<(), SandboxError> {
        let (now, on) = (self.sandbox.now(), self.sandbox.today());
        let mut world = self.sandbox.world();
        let is_valid = world.consents.get(consent).is_some_and(|consent| consent.status_at(now) == "valid");
        if !is_valid {
            return Err(SandboxError::NoConsent(consent.to_owned()));
        }
        world.commit(Event::Consent { consent: consent.to_owned(), step: Step::Ended { ending, on } })
    }

    /// The faults that are set.
    pub fn faults(&self) -> Faults {
        self.sandbox.world().faults.clone()
    }

    /// Sets the faults and begins counting calls anew.
    ///
    /// # Errors
    /// A rate above 100; a journal that cannot be written.
    pub fn set_faults(&self, faults: Faults) -> Result<(), SandboxError> {
        if faults.rates.values().any(|percent| *percent > 100) {
            return Err(SandboxError::Invalid("a rate is a percentage from 0 to 100".into()));
        }
        self.sandbox.world().commit(Event::FaultsSet { faults })
    }

    /// The faults that happened, oldest first; the last twenty thousand since the program started.
    pub fn fired(&self) -> Vec<Fired> {
        self.sandbox.world().fired.iter().cloned().collect()
    }

    /// How many calls were refused since the program started because a client had used up its accesses. A client that
    /// plans never meets it.
    pub fn exceeded(&self) -> u64 {
        self.sandbox.world().exceeded
    }

    /// Opens one more generated account. Consents that exist do not cover it.
    ///
    /// # Errors
    /// No such bank; a journal that cannot be written.
    pub fn add_account(&self, bank: &str, account: NewAccount) -> Result<AccountState, SandboxError> {
        let found = crate::bank::bank(bank).ok_or_else(|| SandboxError::NoBank(bank.to_owned()))?;
        if account.history_days > 36_500 || account.rows_per_day > 1_000_000 {
            return Err(SandboxError::Invalid("at most 36500 days of history and 1000000 rows a day".into()));
        }
        let ledger = {
            let mut world = self.sandbox.world();
            world.commit(Event::AccountAdded { bank: bank.to_owned(), account, on: self.sandbox.today() })?;
            world.ledgers(found).last().cloned()
        };
        let ledger = ledger.ok_or_else(|| SandboxError::NoAccount("just added".into()))?;
        Ok(self.state(&ledger))
    }

    fn ledger(&self, bank: &str, account: &str) -> Result<Arc<Ledger>, SandboxError> {
        self.sandbox.world().account(bank, account)
    }

    /// Dice for a command: they follow from what has happened to the account so far, so that a replay of the same
    /// commands gives the same rows.
    fn dice(&self, ledger: &Ledger, purpose: u64) -> Dice {
        let seen = u64::from(ledger.view(self.sandbox.today()).seen);
        Dice::of(ledger.number, &[purpose, seen, number_of(&ledger.key)])
    }

    fn state(&self, ledger: &Ledger) -> AccountState {
        let today = self.sandbox.today();
        let view = ledger.view(today);
        let (first_day, last_day) = (ledger.first_day(), ledger.last_day(today));
        AccountState {
            key: ledger.key.clone(),
            reference: ledger.reference.clone(),
            currency: ledger.currency,
            name: ledger.name.clone(),
            first_day,
            last_day,
            booked: ledger.count_through(last_day, view),
            opening: balance(BalanceKind::OpeningBooked, first_day, ledger.balance_before(first_day, view)),
            closing: balance(BalanceKind::ClosingBooked, last_day, ledger.balance_through(last_day, view)),
        }
    }
}

impl From<Row> for TruthRow {
    fn from(row: Row) -> TruthRow {
        TruthRow { row: row.key.to_string(), transaction: row.transaction }
    }
}

fn balance(kind: BalanceKind, date: Date, amount: Option<domain::Money>) -> Option<Balance> {
    amount.map(|amount| Balance { kind, date, amount })
}
