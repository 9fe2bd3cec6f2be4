//! CODA, the coded statement of account of Belgian banks (Febelfin, version 2.6): records of 128 columns.
//!
//! Traps, each with a fixture: a movement with detail number 0000 is the total and those above it are its parts; the
//! account field has four structures; a communication runs over three records and may be structured; the trailer
//! counts records and adds up debits and credits; an empty statement is a statement; texts are in code page 850,
//! windows-1252 or UTF-8, so columns are characters; detail numbers start again after 9999.

mod communication;
mod movement;
mod write;

use domain::{BalanceKind, Currency};

use crate::assembly::Assembly;
use crate::input::Input;
use crate::lines::Lines;
use crate::place::Place;
use crate::{Exact, Format, Options, ReadError, calendar};
use movement::Movements;

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format =
    Format { name: "coda", title: "Belgian CODA", recognises, read, write: Some(write::write) };

/// Columns of a record.
const WIDTH: usize = 128;

fn recognises(beginning: &[u8]) -> bool {
    // A header: zeros, a creation date, the bank's number; or, without it, an old balance.
    let first = beginning.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let Some(line) = first else { return false };
    let digits = |from: usize, to: usize| line.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let header = line.starts_with(b"0000") && digits(0, 14) && matches!(line.get(WIDTH - 1), Some(b'1' | b'2'));
    let balance = line.starts_with(b"1") && digits(1, 5) && digits(42, 64) && line.trim_ascii_end().len() <= WIDTH;
    line.len() >= WIDTH && (header || balance)
}

/// One record: columns are counted from 1, as in the standard.
#[derive(Clone, Copy)]
pub(crate) struct Record<'l> {
    text: &'l str,
    ascii: bool,
}

impl<'l> Record<'l> {
    pub(crate) fn new(text: &'l str) -> Record<'l> {
        Record { text, ascii: text.is_ascii() }
    }

    /// The text between two columns, both included; short when the line is.
    pub(crate) fn columns(&self, from: usize, to: usize) -> &'l str {
        let place = |column: usize| {
            if self.ascii {
                column.min(self.text.len())
            } else {
                self.text.char_indices().nth(column).map_or(self.text.len(), |(at, _)| at)
            }
        };
        &self.text[place(from - 1)..place(to)]
    }

    /// The trimmed text, `None` when blank.
    pub(crate) fn given(&self, from: usize, to: usize) -> Option<String> {
        let text = self.columns(from, to).trim_ascii();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A sign (0 credit, 1 debit) followed by 12 digits and 3 decimals.
    fn amount(&self, sign: usize) -> Option<Exact> {
        let amount = thousandths(self.columns(sign + 1, sign + 15))?;
        match self.columns(sign, sign) {
            "0" => Some(amount),
            "1" => Some(amount.negated()),
            _ => None,
        }
    }
}

/// Fifteen digits, the last three of them decimals.
pub(crate) fn thousandths(digits: &str) -> Option<Exact> {
    if digits.len() != 15 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().map(|units| Exact::from_units(units, 3))
}

/// What the file has said so far.
#[derive(Default)]
struct Reader {
    header_bic: Option<String>,
    records: u64,
    debits: Exact,
    credits: Exact,
    movements: Movements,
    /// The new balance has been read: what follows belongs to the next statement.
    closed: bool,
}

fn read(input: Input<'_>, _options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    let mut lines = Lines::open(input);
    let mut reader = Reader::default();
    assembly.summary().format = "coda".to_owned();
    while let Some(line) = lines.next()? {
        let text = line.text.trim_end_matches('\u{1A}');
        if text.trim_ascii_start().is_empty() {
            continue;
        }
        let path = Place::Line(line.number);
        let width = if text.is_ascii() { text.len() } else { text.chars().count() };
        if line.cut || width != WIDTH {
            assembly.defect(&path, &width.to_string(), "a record has 128 columns");
        }
        reader.record(text, &path, assembly);
    }
    reader.movements.flush(assembly);
    assembly.close();
    assembly.summary().encoding = Some(lines.encoding().name());
    if assembly.statements() == 0 {
        return Err(ReadError::NotAStatement(format!(
            "{} was expected, but there is no old balance (record 1)",
            FORMAT.title
        )));
    }
    Ok(())
}

impl Reader {
    fn record(&mut self, text: &str, path: &Place, assembly: &mut Assembly<'_>) {
        let record = Record::new(text);
        let kind = text.get(..1).unwrap_or_default();
        if matches!(kind, "1" | "2" | "3" | "8") {
            self.records += 1;
        }
        match kind {
            "0" => self.header(record, path, assembly),
            "1" => self.old_balance(record, path, assembly),
            "2" | "3" if assembly.is_open() => {
                if let Some(amount) = self.movements.record(record, path, assembly) {
                    let side = if amount.is_negative() { &mut self.debits } else { &mut self.credits };
                    *side = side.plus(amount.magnitude());
                }
            }
            "8" if assembly.is_open() => self.new_balance(record, path, assembly),
            // A message of the bank to all its clients.
            "4" => {}
            "9" => self.trailer(record, path, assembly),
            _ => assembly.defect(path, text, "a record begins with 0, 1, 2, 3, 4, 8 or 9, in that order"),
        }
    }

    fn header(&mut self, record: Record<'_>, path: &Place, assembly: &mut Assembly<'_>) {
        self.movements.flush(assembly);
        assembly.close();
        *self = Reader { header_bic: record.given(61, 71), ..Reader::default() };
        let version = record.columns(128, 128);
        if version != "2" {
            assembly.defect(path, version, "the version code is 2");
        }
        assembly.summary().version = Some(version.to_owned()).filter(|version| !version.trim().is_empty());
        if record.columns(17, 17) == "D" {
            assembly.warn("the file says that it is a duplicate");
        }
    }

    fn old_balance(&mut self, record: Record<'_>, path: &Place, assembly: &mut Assembly<'_>) {
        self.movements.flush(assembly);
        assembly.open();
        self.closed = false;
        let (number, currency) = account(record.columns(2, 2), record.columns(6, 42));
        assembly.name_account(number);
        match Currency::parse(currency) {
            Ok(currency) => assembly.name_currency(currency),
            Err(error) => assembly.defect(path, currency, &error.to_string()),
        }
        let coded = record.given(126, 128).filter(|number| number != "000");
        let bic = self.header_bic.clone();
        let statement = assembly.statement();
        statement.number = coded.or_else(|| record.given(3, 5).filter(|number| number != "000"));
        statement.holder = record.given(65, 90);
        statement.servicer_bic = bic;
        balance(record, (43, 59), BalanceKind::OpeningBooked, path, assembly);
    }

    fn new_balance(&mut self, record: Record<'_>, path: &Place, assembly: &mut Assembly<'_>) {
        self.movements.flush(assembly);
        self.closed = true;
        balance(record, (42, 58), BalanceKind::ClosingBooked, path, assembly);
    }

    fn trailer(&mut self, record: Record<'_>, path: &Place, assembly: &mut Assembly<'_>) {
        self.movements.flush(assembly);
        let stated = record.columns(17, 22);
        if stated.parse() != Ok(self.records) {
            let rule = format!("the trailer counts the records 1, 2, 3 and 8; the file holds {}", self.records);
            assembly.defect(path, stated, &rule);
        }
        for (columns, found, side) in [((23, 37), self.debits, "debits"), ((38, 52), self.credits, "credits")] {
            let stated = record.columns(columns.0, columns.1);
            if thousandths(stated) != Some(found) {
                let rule = format!("the trailer adds up the {side}; the file holds {found}");
                assembly.defect(path, stated, &rule);
            }
        }
        assembly.close();
        *self = Reader::default();
    }
}

/// A sign and amount at one column, the date 16 columns behind it.
fn balance(record: Record<'_>, at: (usize, usize), kind: BalanceKind, path: &Place, assembly: &mut Assembly<'_>) {
    let (sign, date) = at;
    let Some(amount) = record.amount(sign) else {
        let text = record.columns(sign, sign + 15);
        return assembly.defect(path, text, "a balance is a sign and 15 digits");
    };
    let text = record.columns(date, date + 5);
    match calendar::ddmmyy(text) {
        Some(day) => assembly.balance(kind, Some(day), amount, None, path),
        None => {
            assembly.defect(path, text, "a date is a day of the calendar, written DDMMYY");
            let currency = assembly.currency();
            assembly.figure(kind, amount, currency);
        }
    }
}

/// The number and the currency of an account field of 37 columns, by its structure (standard, 7.5).
fn account<'l>(structure: &str, field: &'l str) -> (&'l str, &'l str) {
    let part = |from: usize, to: usize| {
        let to = to.min(field.len());
        field.get(from.min(to)..to).unwrap_or_default().trim()
    };
    match structure {
        // 12 digits, a blank, the currency, qualification, country, extension.
        "0" => (part(0, 12), part(13, 16)),
        "2" => (part(0, 31), part(34, 37)),
        _ => (part(0, 34), part(34, 37)),
    }
}
