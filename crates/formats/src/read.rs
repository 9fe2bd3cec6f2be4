//! Recognises a file and has it read.

use std::io::{self, BufRead};

use domain::{Currency, Defect, Entry, Statement};

use crate::assembly::Assembly;
use crate::input::Input;
use crate::{ALL, Format, Pending, Profile, Sink, Summary};

/// What the caller knows and the file may not say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Read as this format, whatever the file looks like.
    pub format: Option<&'static Format>,
    /// The currency where the file names none (QIF, some CSV).
    pub currency: Option<Currency>,
    /// The account where the file names none.
    pub account: Option<String>,
    /// How days and months stand where the file leaves it open (QIF, CSV).
    pub date_order: Option<DateOrder>,
    /// A CSV profile that is tried before those of the crate.
    pub profile: Option<Profile>,
}

/// The order of day, month and year in a date of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/2026.
    DayMonthYear,
    /// 12/31/2026.
    MonthDayYear,
    /// 2026/12/31.
    YearMonthDay,
}

/// Why a file cannot be read as a statement.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is something else; the sentence says what was expected.
    #[error("this is not a bank statement: {0}")]
    NotAStatement(String),
    /// The bytes could not be had.
    #[error("the file cannot be read: {0}")]
    Input(#[from] io::Error),
}

/// A whole file in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Format, version, encoding, warnings, and the figures and proof of each statement.
    pub summary: Summary,
    /// The statements with their booked entries, in the order of the file; `summary.statements[i]` is about
    /// `statements[i]`.
    pub statements: Vec<Statement>,
    /// Movements that are announced but not booked.
    pub pending: Vec<Pending>,
    /// What cannot be understood.
    pub defects: Vec<Defect>,
}

/// Reads a file and hands on what it holds; memory does not grow with the file.
///
/// # Errors
/// [`ReadError::NotAStatement`] when the file is something else, [`ReadError::Input`] when the bytes cannot be had.
pub fn read(input: &mut dyn BufRead, options: &Options, sink: &mut dyn Sink) -> Result<Summary, ReadError> {
    let input = Input::open(input)?;
    let beginning = input.beginning();
    let format = options
        .format
        .or_else(|| options.profile.as_ref().map(|_| &crate::csv::FORMAT))
        .or_else(|| ALL.iter().copied().find(|format| (format.recognises)(&beginning)))
        .ok_or_else(|| ReadError::NotAStatement(refusal(&beginning)))?;
    let mut assembly = Assembly::new(sink, options.currency, options.account.clone());
    (format.read)(input, options, &mut assembly)?;
    Ok(assembly.finish())
}

/// Reads a whole file into memory.
///
/// # Errors
/// As [`read`].
pub fn read_all(bytes: &[u8]) -> Result<File, ReadError> {
    read_all_with(bytes, &Options::default())
}

/// Reads a whole file into memory, with what the caller knows.
///
/// # Errors
/// As [`read`].
pub fn read_all_with(mut bytes: &[u8], options: &Options) -> Result<File, ReadError> {
    let mut collected = Collected::default();
    let summary = read(&mut bytes, options, &mut collected)?;
    let Collected { statements, pending, defects, .. } = collected;
    Ok(File { summary, statements, pending, defects })
}

#[derive(Default)]
struct Collected {
    entries: Vec<Entry>,
    statements: Vec<Statement>,
    pending: Vec<Pending>,
    defects: Vec<Defect>,
}

impl Sink for Collected {
    fn entry(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    fn pending(&mut self, pending: Pending) {
        self.pending.push(pending);
    }

    fn defect(&mut self, defect: Defect) {
        self.defects.push(defect);
    }

    fn end(&mut self, statement: &Statement) {
        self.statements.push(Statement { entries: std::mem::take(&mut self.entries), ..statement.clone() });
    }
}

/// One sentence: what was expected, what stood there, and what that is where it is known.
fn refusal(beginning: &[u8]) -> String {
    let titles: Vec<&str> = ALL.iter().map(|format| format.title).collect();
    let expected = format!("expected one of {}", titles.join(", "));
    let text = String::from_utf8_lossy(&beginning[..beginning.len().min(400)]).into_owned();
    let first: String = text.trim_start().chars().map(|c| if c.is_control() { ' ' } else { c }).take(40).collect();
    if beginning.is_empty() {
        format!("{expected}, but the file is empty")
    } else if first.trim().is_empty() {
        format!("{expected}, but the file begins with blanks and nothing else")
    } else {
        let known = what_it_is(beginning).map(|known| format!("; {known}")).unwrap_or_default();
        format!("{expected}, but the file begins with '{}'{known}", first.trim_end())
    }
}

/// What people take for a statement file, and what to do instead.
fn what_it_is(beginning: &[u8]) -> Option<&'static str> {
    let text = beginning.trim_ascii_start();
    let html = text.get(..5).is_some_and(|head| head.eq_ignore_ascii_case(b"<html"))
        || text.get(..14).is_some_and(|head| head.eq_ignore_ascii_case(b"<!doctype html"));
    match text {
        [b'P', b'K', 3 | 5, ..] => {
            Some("it is a ZIP archive or a spreadsheet: take the statement files out of it first")
        }
        [0x1F, 0x8B, ..] => Some("it is compressed: unpack it first"),
        [b'%', b'P', b'D', b'F', ..] => Some("it is a PDF, for people: download one of these formats from the bank"),
        [b'3', b'1', ..] if text.iter().position(|byte| *byte == b'\n').is_some_and(|end| end >= 240) => {
            Some("it looks like CFONB 240, which lists transfers and is no statement of an account")
        }
        _ if html => Some("it is a web page, such as the one where the bank asks for a login"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_the_file_is() {
        let line = format!("3100000120181220E{}\n", " ".repeat(223));
        for (file, said) in [
            (&b"PK\x03\x04xlsx"[..], "take the statement files out of it first"),
            (b"\x1F\x8B\x08", "unpack it first"),
            (b"%PDF-1.7", "it is a PDF"),
            (b"\n<!DOCTYPE HTML><html>", "it is a web page"),
            (line.as_bytes(), "CFONB 240"),
        ] {
            let error = read_all(file).unwrap_err().to_string();
            assert!(error.starts_with("this is not a bank statement: expected one of"), "{error}");
            assert!(error.contains(said), "{error}");
        }
        assert!(read_all(b"hello").unwrap_err().to_string().ends_with("begins with 'hello'"));
    }
}
