//! Statement files: every format that a European bank hands out is read, and those that accountants' software eats are
//! written. Pure: bytes in, values out.
//!
//! ```
//! let file = formats::read_all(br#"<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
//!   <BkToCstmrStmt><Stmt><Acct><Id><IBAN>BE68539007547034</IBAN></Id><Ccy>EUR</Ccy></Acct></Stmt></BkToCstmrStmt>
//! </Document>"#)?;
//! assert_eq!(file.summary.format, "camt.053");
//! assert_eq!(file.statements[0].account.as_str(), "BE68539007547034");
//! # Ok::<(), formats::ReadError>(())
//! ```
//!
//! # What always holds
//! - Credit to the account holder is positive; marks for debit, credit and reversal die in the reader.
//! - Nothing is dropped. What cannot be read is a [`domain::Defect`]; the rest of the file is still read. A file that
//!   is no statement at all is refused with one sentence ([`ReadError::NotAStatement`]).
//! - A batch entry moves the entry's amount; the payments inside it are [`domain::Part`]s and never added again.
//! - Every statement is judged: opening + sum of booked = closing, pages chained before judging.
//! - Memory does not grow with the file: [`read`] streams into a [`Sink`]; any value has a bounded length.
//!
//! # To add a format
//! One module with one [`Format`], one line in [`ALL`], and its fixtures.

mod assembly;
mod bank_codes;
mod calendar;
mod camt;
mod cfonb120;
mod coda;
mod csv;
mod encoding;
mod exact;
mod input;
mod json;
mod lines;
mod movement;
mod mt940;
mod name;
mod norma43;
mod nul;
mod number;
mod ofx;
mod place;
mod proof;
mod qif;
mod read;
mod sequence;
mod summary;
mod xml;

pub use csv::{Profile, ProfileError};
pub use encoding::Encoding;
pub use exact::Exact;
pub use proof::judge_together;
pub use read::{DateOrder, File, Options, ReadError, read, read_all, read_all_with};
pub use sequence::{Gap, Placed, gaps};
pub use summary::{Figure, Pending, Sink, StatementSummary, Summary, Warnings};

use domain::Statement;

use assembly::Assembly;
use input::Input;

/// A statement format: how it is recognised, read and written.
pub struct Format {
    /// The name in commands, such as `camt053`.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// Whether a file that begins with these bytes (at most 8 KiB, byte order mark dropped) is in this format.
    recognises: fn(&[u8]) -> bool,
    /// Reads a whole file.
    read: fn(Input<'_>, &Options, &mut Assembly<'_>) -> Result<(), ReadError>,
    /// Writes statements, when we write this format.
    write: Option<Writer>,
}

/// Writes statements as one file.
type Writer = fn(&[Statement]) -> Result<Written, WriteError>;

/// Every format, in the order in which a file is tried against them: the most telling beginnings first.
#[rustfmt::skip]
pub const ALL: &[&Format] = &[
    &camt::FORMAT,
    &json::FORMAT,
    &ofx::FORMAT,
    &coda::FORMAT,
    &qif::FORMAT,
    &cfonb120::FORMAT,
    &norma43::FORMAT,
    &csv::FORMAT,
    &mt940::FORMAT,
];

/// A written file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the format could not carry, one sentence each: a name that had to be shortened, a reference without a
    /// field of its own.
    pub losses: Vec<String>,
}

/// Why statements cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// We only read it.
    #[error("{0} can be read but not written; write one of {1}")]
    ReadOnly(&'static str, String),
    /// The format has a rule that a statement breaks.
    #[error("statement {statement} cannot be written as {format}: {reason}")]
    Impossible {
        /// The statement, counted from 1.
        statement: usize,
        /// The format.
        format: &'static str,
        /// What is missing or too much.
        reason: String,
    },
}

impl Format {
    /// The format of that name in [`ALL`].
    pub fn named(name: &str) -> Option<&'static Format> {
        ALL.iter().copied().find(|format| format.name == name)
    }

    /// Whether [`Format::write`] can succeed.
    pub const fn is_written(&self) -> bool {
        self.write.is_some()
    }

    /// Writes statements as one file.
    pub fn write(&self, statements: &[Statement]) -> Result<Written, WriteError> {
        match self.write {
            Some(write) => write(statements),
            None => {
                let written: Vec<&str> = ALL.iter().filter(|f| f.is_written()).map(|f| f.name).collect();
                Err(WriteError::ReadOnly(self.title, written.join(", ")))
            }
        }
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
