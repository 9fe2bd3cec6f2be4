//! What reading a file tells, while it goes on and at its end.

use domain::{Currency, Date, Defect, Entry, Pages, PendingTransaction, Proof, Statement};

use crate::Exact;

/// Takes what a file holds, piece by piece.
pub trait Sink {
    /// A statement begins. Its facts are those known so far: some formats state the closing balance at the end.
    fn begin(&mut self, _statement: &Statement) {}
    /// A booked movement of the statement that began last.
    fn entry(&mut self, entry: Entry);
    /// A movement that is announced but not booked.
    fn pending(&mut self, _pending: Pending) {}
    /// Something that cannot be understood.
    fn defect(&mut self, defect: Defect);
    /// The statement ends: all its facts, without the entries.
    fn end(&mut self, _statement: &Statement) {}
}

/// A movement that is announced but not booked, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The statement it stands in, counted from 1.
    pub statement: usize,
    /// Its place among all movements of the statement, counted from 1.
    pub position: u32,
    /// The movement.
    pub transaction: PendingTransaction,
    /// The text it was read from.
    pub raw: String,
}

/// A balance as written: exact, with the date when there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The day it holds for.
    pub date: Option<Date>,
    /// Signed.
    pub amount: Exact,
}

/// What one statement (or one page of one) comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementSummary {
    /// The account as written, an IBAN without blanks.
    pub account: Option<String>,
    /// The currency, when the file names one.
    pub currency: Option<Currency>,
    /// The bank's number of the statement.
    pub number: Option<String>,
    /// Booked balance before.
    pub opening: Option<Figure>,
    /// Booked balance after.
    pub closing: Option<Figure>,
    /// All movements that the file holds, booked or not, readable or not.
    pub count: u64,
    /// The sum of the booked ones as written.
    pub sum: Exact,
    /// Whether a movement is in another currency than the statement, so that the sum means nothing.
    pub mixed: bool,
    /// Page facts.
    pub pages: Option<Pages>,
    /// Whether it adds up, the pages of one statement taken together.
    pub proof: Proof,
    /// How many defects stand in it.
    pub defects: u64,
}

/// What a whole file comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// The format, such as `camt.053`.
    pub format: String,
    /// Its version, such as `001.08`.
    pub version: Option<String>,
    /// The encoding of its text.
    pub encoding: Option<&'static str>,
    /// What a person may want to know and what changes no figure.
    pub warnings: Warnings,
    /// The statements in the order of the file.
    pub statements: Vec<StatementSummary>,
    /// How many defects there are.
    pub defects: u64,
}

/// Sentences for a person, each once, at most a hundred.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Warnings(pub(crate) Vec<String>);

impl Warnings {
    /// Adds one, unless it is there; a file cannot fill the memory with them.
    pub fn add(&mut self, warning: impl Into<String>) {
        let warning = warning.into();
        if self.0.len() < 100 && !self.0.contains(&warning) {
            self.0.push(warning);
        }
    }

    /// The sentences.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
