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
//! is absent is `null` or left out; `schema` stands in front of `statements`. Fields of `details` are those of
//! [`domain::Details`], with `original_amount`, `fee` and `balance_after` as objects of `amount` and `currency`, and
//! `structured` as an object of `scheme` (`ogm`, `creditor`, `qr` or `other`) and `reference`.
//!
//! A file is read entry by entry: one that is not what the schema has is a defect, and the rest is read.

mod pull;
mod wire;

use domain::{Currency, Statement};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::assembly::{Assembly, Movement, NO_NUL};
use crate::input::Input;
use crate::{Exact, Format, Options, ReadError, WriteError, Written};
use pull::{Broken, Pull, Step, Taken};

/// The format's line in [`crate::ALL`].
pub(crate) const FORMAT: Format =
    Format { name: "json", title: "Passerelle's JSON", recognises, read, write: Some(write) };

/// The name of the schema, in every file, in front of the statements.
const SCHEMA: &str = "passerelle.statements.1";

fn recognises(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    text.trim_start().starts_with('{') && text.contains("passerelle.statements.")
}

fn read(input: Input<'_>, _options: &Options, assembly: &mut Assembly<'_>) -> Result<(), ReadError> {
    let mut json = Pull::open(input.into_utf8(None));
    assembly.summary().format = "json".to_owned();
    assembly.summary().version = Some("1".to_owned());
    let outcome = document(&mut json, assembly);
    assembly.summary().encoding = Some(json.encoding().name());
    match outcome {
        Ok(()) => {}
        Err(Broken::Input(error)) => return Err(ReadError::Input(error)),
        Err(Broken::Refused(sentence)) => return Err(ReadError::NotAStatement(sentence)),
        Err(Broken::Json { offset, rule }) if assembly.statements() == 0 => {
            let sentence = format!("expected the schema {SCHEMA}, but the JSON is broken at byte {offset}: {rule}");
            return Err(ReadError::NotAStatement(sentence));
        }
        Err(Broken::Json { offset, rule }) => {
            assembly.defect(format!("byte {offset}"), "", rule);
            assembly.close();
        }
    }
    if assembly.statements() == 0 {
        return Err(ReadError::NotAStatement("the list of statements is empty".into()));
    }
    Ok(())
}

/// The outermost object.
fn document(json: &mut Pull<'_>, assembly: &mut Assembly<'_>) -> Step<()> {
    let refused = |found: &str| Broken::Refused(format!("expected the schema {SCHEMA}, but {found}"));
    let mut object = json.object()?;
    let (mut known, mut listed) = (false, false);
    while let Some(name) = json.member(&mut object)? {
        match name.as_str() {
            "schema" => {
                let schema: Option<String> = taken(json, assembly, "", "schema")?;
                known = schema.as_deref() == Some(SCHEMA);
                if !known {
                    return Err(refused(&format!("this is {}", schema.as_deref().unwrap_or("none"))));
                }
            }
            "statements" if !known => return Err(refused("the statements stand in front of its name")),
            "statements" if !listed => {
                listed = true;
                let mut list = json.list()?;
                let mut number = 0;
                while json.item(&mut list)? {
                    number += 1;
                    statement(json, assembly, &format!("statements[{number}]"))?;
                }
            }
            _ => pass_over(json, assembly, &name, listed && name == "statements")?,
        }
    }
    if !listed {
        return Err(refused("there is no list of statements"));
    }
    if json.peek()?.is_some() {
        assembly.defect("/", "", "nothing stands behind the object");
    }
    Ok(())
}

/// What a statement has said so far that is needed at its end.
#[derive(Default)]
struct Said {
    account: bool,
    currency: Option<Currency>,
    entries: bool,
}

fn statement(json: &mut Pull<'_>, assembly: &mut Assembly<'_>, path: &str) -> Step<()> {
    if json.peek()? != Some(b'{') {
        return misplaced(json, assembly, path, "a statement is an object; this one was passed over");
    }
    assembly.open();
    let mut said = Said::default();
    let mut object = json.object()?;
    while let Some(name) = json.member(&mut object)? {
        member(json, assembly, path, &name, &mut said)?;
    }
    for (there, name) in [(said.account, "account"), (said.currency.is_some(), "currency"), (said.entries, "entries")] {
        if !there {
            assembly.defect(path, name, "a statement has an account, a currency and a list of entries");
        }
    }
    if let Some(currency) = said.currency.filter(|currency| assembly.currency() != Some(*currency)) {
        let rule = "a statement names its currency in front of entries in another one";
        assembly.defect(format!("{path}.currency"), &currency.to_string(), rule);
    }
    assembly.close();
    Ok(())
}

fn member(json: &mut Pull<'_>, assembly: &mut Assembly<'_>, path: &str, name: &str, said: &mut Said) -> Step<()> {
    match name {
        "account" => {
            let account: Option<String> = taken(json, assembly, path, name)?;
            said.account = true;
            assembly.name_account(account.as_deref().unwrap_or_default());
        }
        "currency" => {
            said.currency = taken(json, assembly, path, name)?;
            said.currency.into_iter().for_each(|currency| assembly.name_currency(currency));
        }
        "id" => assembly.statement().id = taken(json, assembly, path, name)?.flatten(),
        "number" => assembly.statement().number = taken(json, assembly, path, name)?.flatten(),
        "holder" => assembly.statement().holder = taken(json, assembly, path, name)?.flatten(),
        "servicer_bic" => assembly.statement().servicer_bic = taken(json, assembly, path, name)?.flatten(),
        "period" => {
            let period: Option<Option<wire::Period>> = taken(json, assembly, path, name)?;
            assembly.statement().period = period.flatten().map(|period| (period.from, period.to));
        }
        "pages" => {
            let pages: Option<Option<wire::Pages>> = taken(json, assembly, path, name)?;
            let pages = pages.flatten().map(|pages| domain::Pages { number: pages.number, last: pages.last });
            assembly.statement().pages = pages;
        }
        "opening" | "closing" => {
            let found: Option<Option<wire::Balance>> = taken(json, assembly, path, name)?;
            found.flatten().into_iter().for_each(|found| balance(found, assembly, path));
        }
        "other_balances" => {
            let found: Option<Vec<wire::Balance>> = taken(json, assembly, path, name)?;
            found.into_iter().flatten().for_each(|found| balance(found, assembly, path));
        }
        "entries" if !said.entries && json.peek()? != Some(b'[') => {
            misplaced(json, assembly, &format!("{path}.entries"), "entries are a list; this was passed over")?;
        }
        "entries" if !said.entries => {
            said.entries = true;
            let mut list = json.list()?;
            while json.item(&mut list)? {
                entry(json, assembly, path)?;
            }
        }
        _ => pass_over(json, assembly, &format!("{path}.{name}"), name == "entries")?,
    }
    Ok(())
}

fn balance(balance: wire::Balance, assembly: &mut Assembly<'_>, path: &str) {
    match decimal(&balance.amount) {
        Some(amount) => {
            assembly.balance(balance.kind.into(), Some(balance.date), amount, Some(balance.currency), path);
        }
        None => assembly.defect(path, &balance.amount, "an amount is a decimal number"),
    }
}

/// What an entry that cannot be read may still say: its amount, so that the proof tells no more than it must.
#[derive(Deserialize)]
struct Bare {
    amount: String,
}

fn entry(json: &mut Pull<'_>, assembly: &mut Assembly<'_>, path: &str) -> Step<()> {
    let number = assembly.count() + 1;
    let entry: wire::Entry = match json.take()? {
        Taken::Whole(text) => match serde_json::from_slice(text) {
            Ok(entry) => entry,
            Err(error) => {
                let bare: Option<Bare> = serde_json::from_slice(text).ok();
                let text = String::from_utf8_lossy(text).into_owned();
                assembly.defect(format!("{path}.entries[{number}]"), &text, &sentence(&error));
                let amount = bare.and_then(|bare| decimal(&bare.amount));
                assembly.count_only(Movement { amount, ..Movement::default() });
                return Ok(());
            }
        },
        Taken::TooLong => {
            assembly.defect(format!("{path}.entries[{number}]"), "", TOO_LONG);
            assembly.count_only(Movement::default());
            return Ok(());
        }
    };
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
        ..Movement::default()
    };
    // Here the raw text need not hold what the details say.
    if movement.free_of_nul() {
        assembly.defect(&path, "", NO_NUL);
    }
    assembly.movement(movement);
    Ok(())
}

const TOO_LONG: &str = "a value is longer than any statement has";

/// The next value as a `T`; a defect when it is none.
fn taken<T: DeserializeOwned>(
    json: &mut Pull<'_>,
    assembly: &mut Assembly<'_>,
    path: &str,
    name: &str,
) -> Step<Option<T>> {
    let (text, rule) = match json.take()? {
        Taken::Whole(text) => match serde_json::from_slice(text) {
            Ok(value) => return Ok(Some(value)),
            Err(error) => (String::from_utf8_lossy(text).into_owned(), sentence(&error)),
        },
        Taken::TooLong => (String::new(), TOO_LONG.to_owned()),
    };
    assembly.defect(format!("{path}.{name}"), &text, &rule);
    Ok(None)
}

/// Passes over a value where an object or a list must stand, so that what comes behind it is read.
fn misplaced(json: &mut Pull<'_>, assembly: &mut Assembly<'_>, path: &str, rule: &str) -> Step<()> {
    let text = match json.take()? {
        Taken::Whole(text) => String::from_utf8_lossy(text).into_owned(),
        Taken::TooLong => String::new(),
    };
    assembly.defect(path, &text, rule);
    Ok(())
}

/// Members that the schema does not have say nothing here; a list that comes twice is told of.
fn pass_over(json: &mut Pull<'_>, assembly: &mut Assembly<'_>, path: &str, twice: bool) -> Step<()> {
    json.take()?;
    if twice {
        assembly.defect(path, "", "a list stands once; this one was passed over");
    }
    Ok(())
}

/// What is wrong with a value, without the line and column inside of it.
fn sentence(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    format!("this is not what the schema {SCHEMA} has here: {}", &text[..end])
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
