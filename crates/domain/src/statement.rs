use jiff::civil::Date;

use crate::{Currency, Details, Iban, Money, Proof, Transaction};

/// How a statement names its account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AccountReference {
    /// A checked IBAN.
    Iban(Iban),
    /// Any other number, as written: a BBAN, a masked card number, an account of a foreign bank.
    Other(String),
}

impl AccountReference {
    /// An IBAN where the text is one, else the text.
    pub fn parse(text: &str) -> AccountReference {
        Iban::parse(text).map_or_else(|_| AccountReference::Other(text.trim().to_owned()), AccountReference::Iban)
    }

    /// The reference as [`AccountReference::as_str`], given away.
    pub fn into_string(self) -> String {
        match self {
            AccountReference::Iban(iban) => iban.into_string(),
            AccountReference::Other(text) => text,
        }
    }

    /// The reference without blanks where it is an IBAN, else as written.
    pub fn as_str(&self) -> &str {
        match self {
            AccountReference::Iban(iban) => iban.as_str(),
            AccountReference::Other(text) => text,
        }
    }
}

/// What a balance means (ISO 20022 external balance type codes OPBD, CLBD, ITBD, CLAV, FWAV).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BalanceKind {
    /// Booked balance before the first movement of its day or period.
    OpeningBooked,
    /// Booked balance after the last movement of its day or period.
    ClosingBooked,
    /// Booked balance at an instant inside a day.
    InterimBooked,
    /// What can be spent.
    Available,
    /// What can be spent on a later day.
    ForwardAvailable,
}

/// A balance that a bank asserted. We never compute one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// What it means.
    pub kind: BalanceKind,
    /// The day it holds for.
    pub date: Date,
    /// Signed: money of the account holder is positive.
    pub amount: Money,
}

/// One movement of a statement with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The movement.
    pub transaction: Transaction,
    /// Where it stands, counted from 1 within the statement.
    pub position: u32,
    /// The text it was read from.
    pub raw: String,
    /// The payments behind a batch, when the bank names more than one. They explain the movement and are never added
    /// to it again; their sum need not reach its amount.
    pub parts: Vec<Part>,
}

/// One payment inside a batch entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// Signed as the entry is, when the bank says how much this payment was.
    pub amount: Option<Money>,
    /// All the rest.
    pub details: Details,
}

/// Where a page stands among the pages of one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    /// This page, counted from 1.
    pub number: u32,
    /// Whether it is the last one.
    pub last: bool,
}

/// One statement of one account in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The account.
    pub account: AccountReference,
    /// Its currency.
    pub currency: Currency,
    /// The bank's id of the statement.
    pub id: Option<String>,
    /// The statement number or electronic sequence number, as written.
    pub number: Option<String>,
    /// First and last day, when stated.
    pub period: Option<(Date, Date)>,
    /// The name of the account holder.
    pub holder: Option<String>,
    /// The BIC of the bank.
    pub servicer_bic: Option<String>,
    /// Booked balance before the first movement, as the bank says.
    pub opening: Option<Balance>,
    /// Booked balance after the last movement, as the bank says.
    pub closing: Option<Balance>,
    /// Every other balance the bank states: interim, available, forward. They prove nothing.
    pub other_balances: Vec<Balance>,
    /// The movements, in the order of the file.
    pub entries: Vec<Entry>,
    /// Page facts, when the statement comes in pages.
    pub pages: Option<Pages>,
}

impl Statement {
    /// Holds opening + movements against closing.
    pub fn proof(&self) -> Proof {
        let amounts = self.entries.iter().map(|entry| entry.transaction.amount);
        let opening = self.opening.as_ref().map(|balance| balance.amount);
        let closing = self.closing.as_ref().map(|balance| balance.amount);
        Proof::of(opening, amounts, closing)
    }
}
