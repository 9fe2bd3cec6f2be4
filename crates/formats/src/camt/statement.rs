//! The message and its statements: everything but the entries.

use domain::{BalanceKind, Currency, Date, Pages};

use super::value::{Amount, account_id, bic, chosen_day, day, given, is_true};
use super::{Message, entry};
use crate::Exact;
use crate::assembly::Assembly;
use crate::xml::{Step, Xml};

/// Reads one message: its header and every statement in it.
pub(super) fn message(xml: &mut Xml<'_>, assembly: &mut Assembly<'_>, message: Message) -> Step<()> {
    let mut pages = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "GrpHdr" => {
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "MsgPgntn" => pages = pagination(xml)?,
                        _ => xml.skip()?,
                    }
                }
            }
            unit if unit == message.unit() => {
                assembly.open();
                let path = format!("{}[{}]", message.unit(), assembly.statements());
                statement(xml, assembly, &path)?;
                // A statement that adds up is whole, on whatever page of the message it stands. One that opens and closes
                // without adding up may be a page with the balances of all of them, when there are others.
                let alone = pages.is_some_and(|pages| pages.number <= 1 && pages.last);
                let whole = assembly.adds_up() || (alone && assembly.opens_and_closes());
                if assembly.statement().pages.is_none() && !whole {
                    assembly.statement().pages = pages;
                }
                assembly.close();
            }
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// What stands beside the entries and is checked at the end.
#[derive(Default)]
struct Beside {
    electronic_number: Option<String>,
    legal_number: Option<String>,
    previous_closing: Option<(Option<Date>, Exact, Option<Currency>)>,
    stated_count: Option<u64>,
}

fn statement(xml: &mut Xml<'_>, assembly: &mut Assembly<'_>, path: &str) -> Step<()> {
    let mut beside = Beside::default();
    let mut balances = 0;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Id" => assembly.statement().id = given(xml.text()?),
            "StmtPgntn" | "RptPgntn" | "NtfctnPgntn" => {
                if let Some(pages) = pagination(xml)? {
                    assembly.statement().pages = Some(pages);
                }
            }
            "ElctrncSeqNb" => beside.electronic_number = xml.text()?,
            "LglSeqNb" => beside.legal_number = xml.text()?,
            "FrToDt" => assembly.statement().period = period(xml)?,
            "Acct" => account(xml, assembly, path)?,
            "Bal" => {
                balances += 1;
                balance(xml, assembly, &mut beside, &format!("{path}/Bal[{balances}]"))?;
            }
            "TxsSummry" => beside.stated_count = stated_count(xml)?,
            "Ntry" => {
                settle(assembly, &mut beside, path);
                let position = assembly.count() + 1;
                entry::entry(xml, assembly, &format!("{path}/Ntry[{position}]"))?;
            }
            _ => xml.skip()?,
        }
        let statement = assembly.statement();
        if statement.number.is_none() {
            statement.number = beside.electronic_number.clone();
        }
    }
    settle(assembly, &mut beside, path);
    if assembly.statement().number.is_none() {
        assembly.statement().number = beside.legal_number;
    }
    if let Some(stated) = beside.stated_count.filter(|stated| *stated != assembly.count()) {
        let rule = format!("the summary counts {stated} entries, the statement holds {}", assembly.count());
        assembly.defect(format!("{path}/TxsSummry"), &stated.to_string(), &rule);
    }
    Ok(())
}

/// The previous statement's closing balance opens this one when no opening balance is stated.
fn settle(assembly: &mut Assembly<'_>, beside: &mut Beside, path: &str) {
    if let Some((date, amount, currency)) = beside.previous_closing.take() {
        assembly.balance(BalanceKind::OpeningBooked, date, amount, currency, path);
    }
}

fn pagination(xml: &mut Xml<'_>) -> Step<Option<Pages>> {
    let (mut number, mut last) = (None, None);
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "PgNb" => number = xml.text()?.and_then(|text| text.parse().ok()),
            "LastPgInd" => last = xml.text()?.map(|text| is_true(&text)),
            _ => xml.skip()?,
        }
    }
    Ok(number.zip(last).map(|(number, last)| Pages { number, last }))
}

fn period(xml: &mut Xml<'_>) -> Step<Option<(Date, Date)>> {
    let (mut from, mut to) = (None, None);
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "FrDtTm" | "FrDt" => from = xml.text()?.as_deref().and_then(day),
            "ToDtTm" | "ToDt" => to = xml.text()?.as_deref().and_then(day),
            _ => xml.skip()?,
        }
    }
    Ok(from.zip(to))
}

fn account(xml: &mut Xml<'_>, assembly: &mut Assembly<'_>, path: &str) -> Step<()> {
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Id" => {
                if let Some(number) = account_id(xml)? {
                    assembly.name_account(&number);
                }
            }
            "Ccy" => {
                if let Some(text) = xml.text()? {
                    match Currency::parse(&text) {
                        Ok(currency) => assembly.name_currency(currency),
                        Err(error) => assembly.defect(format!("{path}/Acct/Ccy"), &text, &error.to_string()),
                    }
                }
            }
            "Nm" => {
                let holder = xml.text()?;
                assembly.statement().holder.get_or_insert_with(|| holder.unwrap_or_default());
            }
            "Ownr" => {
                if let Some(name) = party_name(xml)? {
                    assembly.statement().holder = Some(name);
                }
            }
            "Svcr" => assembly.statement().servicer_bic = bic(xml)?,
            _ => xml.skip()?,
        }
    }
    let holder = &mut assembly.statement().holder;
    *holder = holder.take().filter(|name| !name.is_empty());
    Ok(())
}

/// A party's name, directly or under `Pty`.
fn party_name(xml: &mut Xml<'_>) -> Step<Option<String>> {
    let mut found = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Nm" => found = xml.text()?,
            "Pty" => found = party_name(xml)?,
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

fn stated_count(xml: &mut Xml<'_>) -> Step<Option<u64>> {
    let mut count = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "TtlNtries" => {
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "NbOfNtries" => count = xml.text()?.and_then(|text| text.parse().ok()),
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(count)
}

/// A balance. Of kinds that have no place in the model (`INFO`, `XPCD`, a bank's own) nothing depends.
fn balance(xml: &mut Xml<'_>, assembly: &mut Assembly<'_>, beside: &mut Beside, path: &str) -> Step<()> {
    let (mut code, mut amount, mut debit, mut date) = (None, Amount::default(), false, None);
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Tp" => code = balance_code(xml)?,
            "Amt" => amount = Amount::read(xml)?,
            "CdtDbtInd" => debit = xml.text()?.is_some_and(|text| text == "DBIT"),
            "Dt" => date = chosen_day(xml, assembly, path, "Dt")?,
            _ => xml.skip()?,
        }
    }
    let kind = match code.as_deref() {
        Some("OPBD" | "PRCD") => BalanceKind::OpeningBooked,
        Some("CLBD") => BalanceKind::ClosingBooked,
        Some("ITBD") => BalanceKind::InterimBooked,
        Some("CLAV" | "OPAV" | "ITAV") => BalanceKind::Available,
        Some("FWAV") => BalanceKind::ForwardAvailable,
        _ => return Ok(()),
    };
    let Some(value) = amount.value else {
        assembly.defect(format!("{path}/Amt"), &amount.text, "an amount is a decimal number");
        return Ok(());
    };
    let signed = if debit { value.negated() } else { value };
    if code.as_deref() == Some("PRCD") {
        beside.previous_closing = Some((date, signed, amount.currency));
    } else {
        if code.as_deref() == Some("OPBD") {
            beside.previous_closing = None;
        }
        assembly.balance(kind, date, signed, amount.currency, path);
    }
    Ok(())
}

fn balance_code(xml: &mut Xml<'_>) -> Step<Option<String>> {
    let mut code = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "CdOrPrtry" => {
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "Cd" => code = xml.text()?,
                        _ => xml.skip()?,
                    }
                }
            }
            // Version 1 had the code directly.
            "Cd" => code = xml.text()?,
            _ => xml.skip()?,
        }
    }
    Ok(code)
}
