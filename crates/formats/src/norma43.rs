//! Norma 43 (Asociación Española de Banca, cuaderno 43): Spanish account statements in records of 80 columns.
//!
//! Traps, each with a fixture: the sign is a digit (1 debit, 2 credit); the currency is numeric; the end of an account
//! (33) counts and adds up its debits and credits, and the end of the file (88) counts its records: all are checked.

use domain::{BalanceKind, Currency, Details};

use crate::assembly::{Assembly, Movement};
use crate::coda::Record;
use crate::input::Input;
use crate::lines::Lines;
use crate::{Exact, Format, Options, ReadError, calendar};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format = Format { name: "norma43", title: "Spanish Norma 43", recognises, read, write: None };

/// ISO 4217 numbers of the currencies in which accounts are kept in Europe.
const CURRENCIES: &[(&str, &str)] = &[
    ("978", "EUR"),
    ("840", "USD"),
    ("826", "GBP"),
    ("756", "CHF"),
    ("392", "JPY"),
    ("208", "DKK"),
    ("578", "NOK"),
    ("752", "SEK"),
    ("985", "PLN"),
    ("203", "CZK"),
    ("348", "HUF"),
    ("946", "RON"),
    ("124", "CAD"),
    ("036", "AUD"),
    ("724", "ESP"),
];

fn recognises(beginning: &[u8]) -> bool {
    let first = beginning.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let Some(line) = first else { return false };
    let digits = |from: usize, to: usize| line.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    line.starts_with(b"11") && digits(2, 51) && matches!(line[32], b'1' | b'2')
}

/// Debits and credits of one account: number and sum.
#[derive(Default)]
struct Reader {
    movement: Option<Movement>,
    debits: (u64, Exact),
    credits: (u64, Exact),
    records: u64,
}

fn read(input: Input<'_>, _options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    let mut lines = Lines::open(input);
    assembly.summary().format = "norma43".to_owned();
    let mut reader = Reader::default();
    while let Some(line) = lines.next()? {
        let path = format!("line {}", line.number);
        if line.cut {
            assembly.defect(&path, "", "a line is longer than any statement has");
        }
        let text = line.text.trim_end_matches('\u{1A}');
        if !text.trim().is_empty() {
            reader.record(text, &path, assembly);
        }
    }
    reader.flush(assembly);
    assembly.close();
    assembly.summary().encoding = Some(lines.encoding().name());
    if assembly.statements() == 0 {
        let expected = format!("{} was expected, but there is no account (record 11)", FORMAT.title);
        return Err(ReadError::NotAStatement(expected));
    }
    Ok(())
}

impl Reader {
    fn record(&mut self, text: &str, path: &str, assembly: &mut Assembly<'_>) {
        let record = Record::new(text);
        match record.columns(1, 2) {
            "88" => {
                let stated = record.columns(21, 26);
                if stated.trim().parse() != Ok(self.records) {
                    let rule = format!("the end of the file counts its records; it holds {}", self.records);
                    assembly.defect(path, stated, &rule);
                }
                return;
            }
            "11" => self.account(record, path, assembly),
            "22" if assembly.is_open() => self.begin(record, path, assembly),
            "23" if self.movement.is_some() => self.concept(record, text),
            "24" if self.movement.is_some() => self.equivalent(record, text),
            "33" if assembly.is_open() => self.end(record, path, assembly),
            _ => assembly.defect(path, text, "a record begins with 11, 22, 23, 24, 33 or 88, in that order"),
        }
        self.records += 1;
    }

    fn account(&mut self, record: Record<'_>, path: &str, assembly: &mut Assembly<'_>) {
        self.flush(assembly);
        assembly.open();
        (self.debits, self.credits) = Default::default();
        assembly.name_account(record.columns(3, 20));
        name_currency(record.columns(48, 50), path, assembly);
        let (from, to) = (calendar::yymmdd(record.columns(21, 26)), calendar::yymmdd(record.columns(27, 32)));
        let statement = assembly.statement();
        statement.period = from.zip(to);
        statement.holder = record.given(52, 77);
        match signed(record, 33) {
            Some(amount) if from.is_some() => {
                assembly.balance(BalanceKind::OpeningBooked, from, amount, None, path);
            }
            Some(amount) => {
                assembly.defect(path, record.columns(21, 26), "a date is a day of the calendar, written YYMMDD");
                assembly.figure(BalanceKind::OpeningBooked, amount, None);
            }
            None => assembly.defect(path, record.columns(33, 47), "a balance is 1 or 2 and 14 digits"),
        }
    }

    fn begin(&mut self, record: Record<'_>, path: &str, assembly: &mut Assembly<'_>) {
        self.flush(assembly);
        let amount = signed(record, 28);
        match amount {
            Some(amount) => {
                let side = if amount.is_negative() { &mut self.debits } else { &mut self.credits };
                side.0 += 1;
                side.1 = side.1.plus(amount.magnitude());
            }
            None => assembly.defect(path, record.columns(28, 42), "an amount is 1 or 2 and 14 digits"),
        }
        let mut day = |from: usize| {
            let text = record.columns(from, from + 5);
            let day = calendar::yymmdd(text);
            if day.is_none() {
                assembly.defect(path, text, "a date is a day of the calendar, written YYMMDD");
            }
            day
        };
        let (booked_on, value_on) = (day(11), day(17));
        let reference =
            |from: usize, to: usize| record.given(from, to).filter(|text| text.bytes().any(|b| b != b'0' && b != b' '));
        self.movement = Some(Movement {
            path: path.into(),
            amount,
            booked_on,
            value_on,
            details: Details {
                proprietary_code: Some(record.columns(23, 27).to_owned()),
                entry_reference: reference(43, 52),
                remittance: [reference(53, 64), reference(65, 80)].into_iter().flatten().collect(),
                ..Details::default()
            },
            raw: record.columns(1, 80).to_owned(),
            ..Movement::default()
        });
    }

    /// Two texts of 38 columns.
    fn concept(&mut self, record: Record<'_>, text: &str) {
        let Some(movement) = &mut self.movement else { return };
        if movement.continue_words(text) {
            movement.details.remittance.extend(record.given(5, 42));
            movement.details.remittance.extend(record.given(43, 80));
        }
    }

    /// The amount in the currency of the order.
    fn equivalent(&mut self, record: Record<'_>, text: &str) {
        let Some(movement) = &mut self.movement else { return };
        let debit = movement.amount.is_some_and(Exact::is_negative);
        let units: Option<i64> = record.columns(8, 21).trim().parse().ok();
        movement.details.original_amount = currency(record.columns(5, 7)).zip(units).and_then(|(currency, units)| {
            Exact::from_units(if debit { -units } else { units }, 2).money(currency).ok()
        });
        movement.continue_raw(text);
    }

    fn end(&mut self, record: Record<'_>, path: &str, assembly: &mut Assembly<'_>) {
        self.flush(assembly);
        for (count, sum, found, side) in
            [((21, 25), (26, 39), self.debits, "debits"), ((40, 44), (45, 58), self.credits, "credits")]
        {
            let stated = record.columns(count.0, count.1);
            let total = record.columns(sum.0, sum.1);
            let units = total.parse::<i64>().ok().map(|units| Exact::from_units(units, 2));
            if stated.parse() != Ok(found.0) || units != Some(found.1) {
                let rule = format!("the file holds {} {side} that come to {}", found.0, found.1);
                assembly.defect(path, &format!("{stated} {total}"), &rule);
            }
        }
        let day = assembly.statement().period.map(|(_, to)| to);
        match (signed(record, 59), day) {
            (Some(amount), Some(_)) => assembly.balance(BalanceKind::ClosingBooked, day, amount, None, path),
            (Some(amount), None) => assembly.figure(BalanceKind::ClosingBooked, amount, None),
            (None, _) => assembly.defect(path, record.columns(59, 73), "a balance is 1 or 2 and 14 digits"),
        }
        assembly.close();
    }

    fn flush(&mut self, assembly: &mut Assembly<'_>) {
        if let Some(movement) = self.movement.take() {
            assembly.movement(movement);
        }
    }
}

fn currency(number: &str) -> Option<Currency> {
    let (_, code) = CURRENCIES.iter().find(|(known, _)| *known == number)?;
    Currency::parse(code).ok()
}

fn name_currency(number: &str, path: &str, assembly: &mut Assembly<'_>) {
    match currency(number) {
        Some(currency) => assembly.name_currency(currency),
        None => assembly.defect(path, number, "a currency is its number in ISO 4217, such as 978"),
    }
}

/// 1 (debit) or 2 (credit), then 14 digits, two of them decimals.
fn signed(record: Record<'_>, sign: usize) -> Option<Exact> {
    let digits = record.columns(sign + 1, sign + 14);
    if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let units: i64 = digits.parse().ok()?;
    match record.columns(sign, sign) {
        "1" => Some(Exact::from_units(-units, 2)),
        "2" => Some(Exact::from_units(units, 2)),
        _ => None,
    }
}
