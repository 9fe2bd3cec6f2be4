//! CFONB 120 (Comité français d'organisation et de normalisation bancaires): French account statements in records of
//! 120 columns.
//!
//! Traps, each with a fixture: the last digit of an amount carries the sign (`{` and `A` to `I` positive, `}` and
//! `J` to `R` negative); the number of decimals stands in the record; complements (05) continue the movement before
//! them; some files have no line ends.

use domain::{BalanceKind, Currency, Details, Money, StructuredReference};

use crate::assembly::{Assembly, Movement};
use crate::coda::Record;
use crate::input::Input;
use crate::lines::Lines;
use crate::{Exact, Format, Options, ReadError, calendar};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format = Format { name: "cfonb120", title: "French CFONB 120", recognises, read, write: None };

/// Columns of a record.
const WIDTH: usize = 120;

fn recognises(beginning: &[u8]) -> bool {
    let first = beginning.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let Some(line) = first else { return false };
    let digits = |from: usize, to: usize| line.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let sign = line.get(103).is_some_and(|byte| overpunched(char::from(*byte)).is_some());
    line.starts_with(b"01") && digits(2, 7) && digits(34, 40) && digits(90, 103) && sign
}

fn read(input: Input<'_>, _options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    let mut lines = Lines::open(input);
    assembly.summary().format = "cfonb120".to_owned();
    let mut movement = None;
    while let Some(line) = lines.next()? {
        let path = format!("line {}", line.number);
        if line.cut {
            assembly.defect(&path, "", "a line is longer than any statement has");
        }
        let characters: Vec<char> = line.text.trim_end_matches('\u{1A}').chars().collect();
        // A file without line ends is one long line.
        for piece in characters.chunks(WIDTH) {
            let text: String = piece.iter().collect();
            if !text.trim().is_empty() {
                record(&text, &path, &mut movement, assembly);
            }
        }
    }
    flush(&mut movement, assembly);
    assembly.close();
    assembly.summary().encoding = Some(lines.encoding().name());
    if assembly.statements() == 0 {
        let expected = format!("{} was expected, but there is no old balance (record 01)", FORMAT.title);
        return Err(ReadError::NotAStatement(expected));
    }
    Ok(())
}

fn record(text: &str, path: &str, movement: &mut Option<Movement>, assembly: &mut Assembly<'_>) {
    let record = Record::new(text);
    match record.columns(1, 2) {
        "01" => {
            flush(movement, assembly);
            assembly.open();
            let account = [record.columns(3, 7), record.columns(12, 16), record.columns(22, 32)].concat();
            assembly.name_account(&account);
            let currency = record.columns(17, 19);
            match Currency::parse(currency) {
                Ok(currency) => assembly.name_currency(currency),
                Err(error) => assembly.defect(path, currency, &error.to_string()),
            }
            balance(record, BalanceKind::OpeningBooked, path, assembly);
        }
        "04" if assembly.is_open() => {
            flush(movement, assembly);
            *movement = Some(begin(record, path, assembly));
        }
        "05" if movement.is_some() => {
            if let Some(movement) = movement
                && movement.continue_words(text)
            {
                complement(record, movement);
            }
        }
        "07" if assembly.is_open() => {
            flush(movement, assembly);
            balance(record, BalanceKind::ClosingBooked, path, assembly);
            assembly.close();
        }
        _ => assembly.defect(path, text.trim_end(), "a record begins with 01, 04, 05 or 07, in that order"),
    }
}

fn flush(movement: &mut Option<Movement>, assembly: &mut Assembly<'_>) {
    if let Some(movement) = movement.take() {
        assembly.movement(movement);
    }
}

fn begin(record: Record<'_>, path: &str, assembly: &mut Assembly<'_>) -> Movement {
    let mut movement = Movement { path: path.into(), raw: record.columns(1, WIDTH).to_owned(), ..Movement::default() };
    movement.amount = amount(record);
    if movement.amount.is_none() {
        assembly.defect(path, record.columns(91, 104), "an amount is 13 digits and one that carries the sign");
    }
    for (from, day) in [(35, &mut movement.booked_on), (43, &mut movement.value_on)] {
        let text = record.columns(from, from + 5);
        *day = calendar::ddmmyy(text);
        if day.is_none() && !text.trim().is_empty() && text != "000000" {
            assembly.defect(path, text, "a date is a day of the calendar, written DDMMYY");
        }
    }
    movement.details = Details {
        remittance: record.given(49, 79).into_iter().collect(),
        proprietary_code: record.given(33, 34),
        entry_reference: record.given(82, 88).filter(|text| text.bytes().any(|b| b != b'0')),
        bank_id: record.given(105, 120),
        ..Details::default()
    };
    movement
}

/// A complement: three letters that say what its 70 columns mean.
fn complement(record: Record<'_>, movement: &mut Movement) {
    let debit = movement.amount.is_some_and(Exact::is_negative);
    let details = &mut movement.details;
    match record.columns(46, 48) {
        // The other side of a debit is the beneficiary, that of a credit the payer.
        "NPY" if !debit => details.counterparty.name = record.given(49, 118),
        "NBE" if debit => details.counterparty.name = record.given(49, 118),
        "CPY" if !debit => details.counterparty.account = record.given(49, 118),
        "CBE" if debit => details.counterparty.account = record.given(49, 118),
        "RCN" => details.end_to_end_id = record.given(49, 83).filter(|text| text != "NOTPROVIDED"),
        "RUM" => details.mandate_id = record.given(49, 83),
        "IBE" | "ICS" => details.creditor_id = record.given(49, 83),
        "LCS" => details.structured = record.given(49, 83).map(|text| StructuredReference::parse(&text)),
        "MMO" => details.original_amount = original(record, debit),
        "LIB" | "LCC" | "LC2" => details.remittance.extend(record.given(49, 118)),
        _ => {
            let told = details.additional_information.take().into_iter().chain(record.given(46, 118));
            details.additional_information = Some(told.collect::<Vec<_>>().join("\n")).filter(|text| !text.is_empty());
        }
    }
}

/// Currency, decimals and amount of the original order.
fn original(record: Record<'_>, debit: bool) -> Option<Money> {
    let currency = Currency::parse(record.columns(49, 51)).ok()?;
    let decimals: u32 = record.columns(52, 52).parse().ok()?;
    let units: i64 = record.columns(53, 66).trim().parse().ok()?;
    Exact::from_units(if debit { -units } else { units }, decimals).money(currency).ok()
}

fn balance(record: Record<'_>, kind: BalanceKind, path: &str, assembly: &mut Assembly<'_>) {
    let Some(amount) = amount(record) else {
        let text = record.columns(91, 104);
        return assembly.defect(path, text, "a balance is 13 digits and one that carries the sign");
    };
    let text = record.columns(35, 40);
    match calendar::ddmmyy(text) {
        Some(day) => assembly.balance(kind, Some(day), amount, None, path),
        None => {
            assembly.defect(path, text, "a date is a day of the calendar, written DDMMYY");
            assembly.figure(kind, amount, None);
        }
    }
}

/// The 14 columns from 91 on, with as many decimals as column 20 says.
fn amount(record: Record<'_>) -> Option<Exact> {
    let decimals: u32 = record.columns(20, 20).parse().ok()?;
    let digits = record.columns(91, 103);
    let (last, negative) = overpunched(record.columns(104, 104).chars().next()?)?;
    if digits.len() != 13 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let units: i64 = digits.parse::<i64>().ok()? * 10 + i64::from(last);
    Some(Exact::from_units(if negative { -units } else { units }, decimals))
}

/// The digit and whether it is negative, by IBM's zoned decimals.
fn overpunched(character: char) -> Option<(u8, bool)> {
    let nth = |first: char| u8::try_from(u32::from(character) - u32::from(first) + 1).ok();
    match character {
        '{' => Some((0, false)),
        '}' => Some((0, true)),
        'A'..='I' => Some((nth('A')?, false)),
        'J'..='R' => Some((nth('J')?, true)),
        _ => None,
    }
}
