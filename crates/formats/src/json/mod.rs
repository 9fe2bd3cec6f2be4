//! Our own JSON: one documented schema that carries everything the model holds, and reads back to the same values.
//!
//! ```json
//! {"schema": "passerelle.statements.1", "statements": [{
//!   "account": "BE68539007547034", "currency": "EUR", "id": null, "number": "12",
//!   "period": {"from": "2026-01-01", "to": "2026-01-31"}, "holder": "Atelier Dumont", "servicer_bic": "KREDBEBB",
//!   "opening": {"kind": "opening_booked", "date": "2025-12-31", "amount": "100.00", "currency": "EUR"},
//!   "closing": {"kind": "closing_booked", "date": "2026-01-31", "amount": "87.50", "currency": "EUR"},
//!   "other_balances": [], "pages": {"number": 1, "last": true},
//!   "entries": [{"position": 1, "booked_on": "2026-01-05", "value_on": null,
//!     "amount": "-12.50", "currency": "EUR", "details": {"remittance": ["invoice 7"]}, "parts": [], "raw": ""}]
//! }]}
//! ```
//! Amounts are decimal strings, signed, credit to the account holder positive; dates are days of the calendar. What
//! is absent is `null` or left out. Fields of `details` are those of [`domain::Details`], with `original_amount`,
//! `fee` and `balance_after` as objects of `amount` and `currency`, and `structured` as an object of `scheme` (`ogm`,
//! `creditor`, `qr` or `other`) and `reference`.

mod wire;

use std::io::Read;

use domain::Statement;

use crate::assembly::{Assembly, Movement, NO_NUL};
use crate::input::Input;
use crate::{Exact, Format, Options, ReadError, WriteError, Written};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format =
    Format { name: "json", title: "Passerelle's JSON", recognises, read, write: Some(write) };

/// The name of the schema, in every file.
const SCHEMA: &str = "passerelle.statements.1";
/// JSON is read whole; larger files are refused.
const LARGEST: u64 = 256 * 1024 * 1024;

fn recognises(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    text.trim_start().starts_with('{') && text.contains("passerelle.statements.")
}

fn read(input: Input<'_>, _options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    let mut text = input.into_utf8(None);
    text.allow(usize::MAX);
    let mut bytes = Vec::new();
    (&mut text).take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ReadError::NotAStatement(format!("JSON files are read up to {LARGEST} bytes")));
    }
    let file: wire::File = serde_json::from_slice(&bytes)
        .map_err(|error| ReadError::NotAStatement(format!("expected the schema {SCHEMA}, but {error}")))?;
    if file.schema != SCHEMA {
        return Err(ReadError::NotAStatement(format!("expected the schema {SCHEMA}, but this is {}", file.schema)));
    }
    assembly.summary().format = "json".to_owned();
    assembly.summary().version = Some("1".to_owned());
    assembly.summary().encoding = Some(text.encoding.name());
    for statement in file.statements {
        take(statement, assembly);
    }
    if assembly.statements() == 0 {
        return Err(ReadError::NotAStatement("the list of statements is empty".into()));
    }
    Ok(())
}

/// Hands a statement on. The values went through the types of `domain`, so only balances of a wrong kind are left.
fn take(statement: wire::Statement, assembly: &mut Assembly<'_>) {
    assembly.open();
    let path = format!("statements[{}]", assembly.statements());
    assembly.name_account(&statement.account);
    assembly.name_currency(statement.currency);
    {
        let open = assembly.statement();
        open.id = statement.id;
        open.number = statement.number;
        open.period = statement.period.map(|period| (period.from, period.to));
        open.holder = statement.holder;
        open.servicer_bic = statement.servicer_bic;
        open.pages = statement.pages.map(|pages| domain::Pages { number: pages.number, last: pages.last });
    }
    for balance in statement.opening.into_iter().chain(statement.closing).chain(statement.other_balances) {
        let kind = balance.kind.into();
        match decimal(&balance.amount) {
            Some(amount) => assembly.balance(kind, Some(balance.date), amount, Some(balance.currency), &path),
            None => assembly.defect(&path, &balance.amount, "an amount is a decimal number"),
        }
    }
    for entry in statement.entries {
        let path = format!("{path}.entries[{}]", entry.position);
        let amount = decimal(&entry.amount);
        if amount.is_none() {
            assembly.defect(&path, &entry.amount, "an amount is a decimal number");
        }
        let mut movement = Movement {
            path: path.as_str().into(),
            amount,
            currency: Some(entry.currency),
            booked_on: Some(entry.booked_on),
            value_on: entry.value_on,
            details: entry.details.into(),
            parts: entry.parts.into_iter().map(Into::into).collect(),
            raw: entry.raw,
            pending: false,
        };
        // Here the raw text need not hold what the details say.
        if movement.free_of_nul() {
            assembly.defect(&path, "", NO_NUL);
        }
        assembly.movement(movement);
    }
    assembly.close();
}

fn write(statements: &[Statement]) -> Result<Written, WriteError> {
    let file = wire::File { schema: SCHEMA.to_owned(), statements: statements.iter().map(Into::into).collect() };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("the schema has texts and numbers only");
    bytes.push(b'\n');
    Ok(Written { bytes, losses: Vec::new() })
}

/// A decimal with a dot; other forms are for people.
fn decimal(text: &str) -> Option<Exact> {
    if text.contains(',') { None } else { Exact::parse(text) }
}
