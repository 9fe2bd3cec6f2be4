//! Movements that somebody books or edits by hand, field by field.

use domain::{Date, Details, Money, StructuredReference};
use serde::{Deserialize, Serialize};

use super::{Control, TruthRow};
use crate::SandboxError;
use crate::journal::Event;
use crate::ledger::{Origin, RowKey};

/// The largest amount that is booked by hand, in minor units: sums of many stay far from their end.
const MOST_MINOR: u64 = 1_000_000_000_000;

/// A movement that is booked by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRow {
    /// The day to book it on, from the account's first day to its last; the last when it is left out.
    #[serde(default)]
    pub booked_on: Option<Date>,
    /// The day from which it counts; the booking day when it is left out.
    #[serde(default)]
    pub value_on: Option<Date>,
    /// In the account's currency, `-12.30`; at most ten thousand million either way.
    pub amount: String,
    /// Everything else. Ids and the balance after it are the bank's.
    #[serde(default)]
    pub details: Details,
}

impl Control {
    /// Books one movement as it is given.
    ///
    /// # Errors
    /// No such bank or account; an amount or a day that cannot be; a journal that cannot be written.
    pub fn book(&self, bank: &str, account: &str, row: NewRow) -> Result<TruthRow, SandboxError> {
        let ledger = self.ledger(bank, account)?;
        let today = self.sandbox.today();
        let (first, last) = (ledger.first_day(), ledger.last_day(today));
        let day = row.booked_on.unwrap_or(last);
        if day < first || day > last {
            return Err(SandboxError::Invalid(format!("this account books from {first} to {last}")));
        }
        let amount = Money::parse(&row.amount, ledger.currency);
        let minor = amount.map_err(|error| SandboxError::Invalid(error.to_string()))?.minor();
        if minor.unsigned_abs() > MOST_MINOR {
            return Err(SandboxError::Invalid("at most ten thousand million".into()));
        }
        let (bank, account, salt) = (bank.to_owned(), ledger.key.clone(), self.dice(&ledger, 0xB00D).next());
        let (value_on, details) = (row.value_on, without_ids(row.details));
        // Under the world's lock, so that the number of the new row is the one that this event gave it.
        let mut world = self.sandbox.world();
        world.commit(Event::Booked { bank, account, day, value_on, minor, salt, details })?;
        let view = ledger.view(today);
        let key = RowKey { day, origin: Origin::Late(view.seen) };
        ledger.row(key, view).map(TruthRow::from).ok_or_else(|| SandboxError::NoRow(key.to_string()))
    }

    /// Books a booked movement on another day of the account's.
    ///
    /// # Errors
    /// No such bank, account or movement; a day on which the account books nothing; a journal that cannot be written.
    pub fn redate(&self, bank: &str, account: &str, row: &str, day: Date) -> Result<TruthRow, SandboxError> {
        let ledger = self.ledger(bank, account)?;
        let today = self.sandbox.today();
        let (first, last) = (ledger.first_day(), ledger.last_day(today));
        if day < first || day > last {
            return Err(SandboxError::Invalid(format!("this account books from {first} to {last}")));
        }
        let missing = || SandboxError::NoRow(row.to_owned());
        let key = RowKey::parse(row).ok_or_else(missing)?;
        let found = ledger.row(key, ledger.view(today)).ok_or_else(missing)?;
        self.sandbox.redate(&ledger, &found, day)?;
        ledger.row(key, ledger.view(today)).map(TruthRow::from).ok_or_else(missing)
    }

    /// Replaces those details of a booked movement that are given. The other side keeps a name that it has.
    ///
    /// # Errors
    /// No such bank, account or movement; a journal that cannot be written.
    pub fn edit(&self, bank: &str, account: &str, row: &str, details: Details) -> Result<TruthRow, SandboxError> {
        let ledger = self.ledger(bank, account)?;
        let missing = || SandboxError::NoRow(row.to_owned());
        let key = RowKey::parse(row).ok_or_else(missing)?;
        ledger.row(key, ledger.view(self.sandbox.today())).ok_or_else(missing)?;
        let (bank, account) = (bank.to_owned(), ledger.key.clone());
        let event = Event::Edited { bank, account, row: row.to_owned(), details: without_ids(details) };
        self.sandbox.world().commit(event)?;
        ledger.row(key, ledger.view(self.sandbox.today())).map(TruthRow::from).ok_or_else(missing)
    }
}

/// What somebody outside may say of a movement: the bank gives ids and balances.
fn without_ids(details: Details) -> Details {
    // Read anew, because a scheme is a promise about the digits.
    let structured = details.structured.map(|reference| StructuredReference::parse(reference.as_str()));
    Details { structured, bank_id: None, entry_reference: None, balance_after: None, ..details }
}
