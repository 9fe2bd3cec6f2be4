//! What is handed to a target: lines as every system needs them, with a key that stays theirs.

use domain::{Currency, Date, LineId, Money};

use crate::store::balance::Asserted;
use crate::store::journal::Journal;
use crate::store::line::{Line, LineState};
use crate::store::statement_file::Outgoing;

/// The journal that lines come from.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// Name.
    pub(crate) name: String,
    /// The number of its bank account.
    pub(crate) reference: String,
    /// Its currency.
    pub(crate) currency: Currency,
    /// The name of its files, unique at its target.
    pub(crate) stem: String,
    /// What it is called at the target, when a person said so.
    pub(crate) place: Option<String>,
    /// What the target remembered of it.
    pub(crate) memory: Option<String>,
}

/// Lines that travel together.
#[derive(Debug)]
pub(crate) struct Parcel {
    /// The journal.
    pub(crate) journal: Facts,
    /// Whether it may have been delivered before.
    pub(crate) again: bool,
    /// The lines, oldest first.
    pub(crate) lines: Vec<Item>,
    /// The whole journal, for targets that need more than the new lines.
    pub(crate) whole: Option<Whole>,
    /// The statement file that the lines make, for targets that take such.
    pub(crate) statement: Option<Outgoing>,
}

/// A whole journal.
#[derive(Debug)]
pub(crate) struct Whole {
    /// Every line, those that the bank took back included, by day and arrival.
    pub(crate) lines: Vec<Item>,
    /// Balances of the bank, oldest first.
    pub(crate) asserted: Vec<Asserted>,
}

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Id in the books.
    pub(crate) id: LineId,
    /// What the target knows it by. It never changes, whatever ids the provider gives later.
    pub(crate) key: String,
    /// The provider's id of the transaction.
    pub(crate) remote: String,
    /// Booking date.
    pub(crate) booked_on: Date,
    /// Value date.
    pub(crate) value_on: Option<Date>,
    /// Signed; credit is positive.
    pub(crate) amount: Money,
    /// What it is about, on one line.
    pub(crate) label: String,
    /// The communication, line by line.
    pub(crate) remittance: Vec<String>,
    /// Name of the other side.
    pub(crate) partner_name: Option<String>,
    /// Account of the other side.
    pub(crate) partner_account: Option<String>,
    /// Structured reference.
    pub(crate) structured: Option<String>,
    /// End-to-end identification.
    pub(crate) end_to_end_id: Option<String>,
    /// ISO 20022 bank transaction code.
    pub(crate) code: Option<String>,
    /// The amount before conversion.
    pub(crate) original: Option<Money>,
    /// The bank took it back: it does not count.
    pub(crate) taken_back: bool,
}

impl Item {
    /// A line of a journal, under the key that it was given when it was first handed over.
    pub(crate) fn of(journal: &Journal, line: Line, key: Option<String>) -> Item {
        let key = key.unwrap_or_else(|| key_of(journal, &line));
        // What a provider adds of its own stays in the raw text; one that cannot be read adds nothing.
        let told: Option<hub_api::Transaction> = serde_json::from_str(&line.text.raw).ok();
        let original = told.as_ref().and_then(|told| {
            let currency = Currency::parse(told.original_currency.as_deref()?).ok()?;
            told.original_amount.as_ref()?.money(currency).ok()
        });
        Item {
            id: line.id,
            key,
            booked_on: line.booked_on,
            value_on: line.text.value_on,
            amount: Money::new(line.amount_minor, journal.currency),
            label: line.text.label,
            remittance: told.as_ref().map(|told| told.remittance_lines.clone()).unwrap_or_default(),
            partner_name: line.text.partner_name,
            partner_account: line.text.partner_account,
            structured: line.text.structured,
            end_to_end_id: line.text.end_to_end_id,
            code: told.and_then(|told| told.bank_transaction_code),
            original,
            taken_back: line.state == LineState::Removed,
            remote: line.remote,
        }
    }
}

/// The key of a line that was never handed over: account and transaction, in letters, digits and dashes, so that every
/// system can hold it and books that are set up again find what is there.
pub(crate) fn key_of(journal: &Journal, line: &Line) -> String {
    format!("{}-{}", account_key(&journal.reference, journal.currency), plain(&line.remote))
}

/// The account in such keys.
pub(crate) fn account_key(reference: &str, currency: Currency) -> String {
    format!("{}-{}", plain(reference), currency.code())
}

/// Letters, digits and dashes as they are, any other character as `_` and its code, so that two texts stay two.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            plain.push(c);
        } else if !c.is_whitespace() {
            plain.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    plain
}

/// Any text on one line, without control characters.
pub(crate) fn on_one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_no_dot_and_two_texts_stay_two() {
        assert_eq!(plain("BE68 5390"), "BE685390");
        assert_eq!(plain("a.b"), "a_2e_b");
        assert_ne!(plain("a.b"), plain("a_b"));
    }

    #[test]
    fn control_characters_become_blanks() {
        assert_eq!(on_one_line(" a\u{0}b\n c "), "a b c");
    }
}
