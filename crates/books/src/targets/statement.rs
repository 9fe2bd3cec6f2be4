//! Statement files for targets that take such: the settings that they share, the file that lines make, and what becomes
//! of the lines.
//!
//! A file that does not add up is never written. One that nothing proves is written when the settings ask for it, and
//! says so in its name. The name is made of account, number and last day, so it is the same each time.

use domain::{AccountReference, Balance, BalanceKind, Details, Entry, Money, Party, Proof, Statement, Transaction};
use domain::{LineId, StructuredReference};
use formats::{Format, Written};

use super::{Delivered, Facts, Item, Kind, Outcome, Parcel, Setting, Values};
use crate::store::statement_file::{Outgoing, Told};

/// Which format.
pub(super) const FORMAT: Setting = Setting {
    name: "format",
    label: "outgoing-format",
    hint: None,
    kind: Kind::Choice(&[
        ("camt053", "outgoing-format-camt053"),
        ("coda", "outgoing-format-coda"),
        ("mt940", "outgoing-format-mt940"),
        ("ofx", "outgoing-format-ofx"),
        ("csv", "outgoing-format-csv"),
    ]),
    required: false,
};

/// How much a file covers.
pub(super) const EVERY: Setting = Setting {
    name: "every",
    label: "outgoing-every",
    hint: Some("outgoing-every-hint"),
    kind: Kind::Choice(&[
        ("day", "outgoing-every-day"),
        ("week", "outgoing-every-week"),
        ("month", "outgoing-every-month"),
    ]),
    required: false,
};

/// Whether files that nothing proves are written.
pub(super) const UNPROVEN: Setting = Setting {
    name: "unproven",
    label: "outgoing-unproven",
    hint: Some("outgoing-unproven-hint"),
    kind: Kind::Switch,
    required: false,
};

/// A file that can be written.
pub(super) struct Made {
    /// Its name.
    pub(super) name: String,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// The format that the settings name.
pub(super) fn format_of(values: &Values) -> &str {
    match values.text("format") {
        "" => "camt053",
        chosen => chosen,
    }
}

/// Makes the file of a parcel; where it cannot be, the answer parks the lines with the reason.
pub(super) fn make(values: &Values, format: &str, parcel: &Parcel) -> Result<Made, Delivered> {
    let Some(outgoing) = &parcel.statement else { return Err(Delivered::default()) };
    let facts = &parcel.journal;
    let proof = outgoing.proof(facts.currency);
    match proof {
        Proof::Proven => {}
        Proof::Unproven if values.on("unproven") => {}
        Proof::Unproven => return Err(parked(parcel, "statement-unproven", outgoing.to.to_string())),
        Proof::Broken(gap) => return Err(parked(parcel, "statement-broken", format!("{}: {gap}", outgoing.to))),
    }
    let statement = statement(facts, outgoing, format, &parcel.lines);
    let Some(writer) = Format::named(format) else { return Err(parked(parcel, "refused", format.to_owned())) };
    match writer.write(&[statement]) {
        Ok(Written { bytes, .. }) => Ok(Made { name: name(facts, outgoing, proof, format), bytes }),
        Err(error) => Err(parked(parcel, "statement-impossible", error.to_string())),
    }
}

/// Every line is in the file of this name now, or was before.
pub(super) fn delivered(parcel: &Parcel, made: &Made, written: bool) -> Delivered {
    let outcome = |item: &Item| -> (LineId, Outcome) {
        let name = Some(made.name.clone());
        (item.id, if written { Outcome::Created(name) } else { Outcome::Exists(name) })
    };
    Delivered { outcomes: parcel.lines.iter().map(outcome).collect(), ..Delivered::default() }
}

fn parked(parcel: &Parcel, reason: &'static str, detail: String) -> Delivered {
    // The bank may tell a balance, or mend its listing, at any time.
    let outcome = || Outcome::Parked { reason, detail: detail.clone(), retries: true };
    Delivered { outcomes: parcel.lines.iter().map(|item| (item.id, outcome())).collect(), ..Delivered::default() }
}

fn name(facts: &Facts, outgoing: &Outgoing, proof: Proof, format: &str) -> String {
    let ending = match format {
        "camt053" => "xml",
        "coda" => "cod",
        "mt940" => "sta",
        other => other,
    };
    let mark = match proof {
        Proof::Proven => "",
        Proof::Unproven | Proof::Broken(_) => ".unproven",
    };
    format!("{}-{:05}-{}{mark}.{ending}", facts.stem, outgoing.number, outgoing.to)
}

fn statement(facts: &Facts, outgoing: &Outgoing, format: &str, lines: &[Item]) -> Statement {
    let balance = |kind: BalanceKind, told: Option<Told>| {
        told.map(|(date, minor)| Balance { kind, date, amount: Money::new(minor, facts.currency) })
    };
    // CODA counts to 999 and begins again.
    let number = if format == "coda" { (outgoing.number - 1) % 999 + 1 } else { outgoing.number };
    let stem: String = facts.stem.chars().take(29).collect();
    Statement {
        account: AccountReference::parse(&facts.reference),
        currency: facts.currency,
        id: Some(format!("{stem}-{:05}", outgoing.number)),
        number: Some(number.to_string()),
        period: Some((outgoing.from, outgoing.to)),
        holder: None,
        servicer_bic: None,
        opening: balance(BalanceKind::OpeningBooked, outgoing.opening),
        closing: balance(BalanceKind::ClosingBooked, outgoing.closing),
        other_balances: Vec::new(),
        entries: (1..).zip(lines).map(|(position, item)| entry(position, item)).collect(),
        pages: None,
    }
}

fn entry(position: u32, item: &Item) -> Entry {
    let mut remittance = item.remittance.clone();
    let label = item.label.trim();
    if remittance.is_empty() && !label.is_empty() && item.partner_name.as_deref() != Some(label) {
        remittance.push(label.to_owned());
    }
    let details = Details {
        counterparty: Party { name: item.partner_name.clone(), account: item.partner_account.clone(), bic: None },
        remittance,
        structured: item.structured.as_deref().map(StructuredReference::parse),
        end_to_end_id: item.end_to_end_id.clone(),
        bank_transaction_code: item.code.clone(),
        original_amount: item.original,
        bank_id: Some(stable_id(&item.key)),
        ..Details::default()
    };
    let transaction = Transaction { booked_on: item.booked_on, value_on: item.value_on, amount: item.amount, details };
    Entry { transaction, position, raw: String::new(), parts: Vec::new() }
}

/// What programs recognise a line by: of 32 characters, since camt has room for 35; formats with less room keep the first
/// 16 or 21, which tell lines apart as well.
fn stable_id(key: &str) -> String {
    let mut id = vault::token::hex(&vault::token::sha256(key.as_bytes()));
    id.truncate(32);
    id
}
