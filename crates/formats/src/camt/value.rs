//! What the elements hold that statements, entries and payments share: amounts, days, indicators, accounts, banks.

use domain::{Currency, Date};

use crate::Exact;
use crate::assembly::Assembly;
use crate::xml::{Step, Xml};

/// An amount with its currency, as written.
#[derive(Default)]
pub(super) struct Amount {
    pub(super) text: String,
    pub(super) value: Option<Exact>,
    pub(super) currency: Option<Currency>,
}

impl Amount {
    pub(super) fn read(xml: &mut Xml<'_>) -> Step<Amount> {
        let currency = xml.attribute("Ccy").and_then(|code| Currency::parse(&code).ok());
        let text = xml.text()?.unwrap_or_default();
        Ok(Amount { value: Exact::parse(&text), text, currency })
    }
}

/// `Dt` or `DtTm` under the current element, which is called `element`.
pub(super) fn chosen_day(
    xml: &mut Xml<'_>,
    assembly: &mut Assembly<'_>,
    path: &str,
    element: &str,
) -> Step<Option<Date>> {
    let mut found = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "Dt" | "DtTm" => {
                if let Some(text) = xml.text()? {
                    found = day(&text);
                    if found.is_none() {
                        let rule = "a date is a day of the calendar, such as 2026-12-31";
                        assembly.defect(format!("{path}/{element}"), &text, rule);
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

/// The day as written; a time and a zone behind it change nothing.
pub(super) fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// `true` and `1` are true (XML Schema).
pub(super) fn is_true(text: &str) -> bool {
    matches!(text, "true" | "1")
}

/// `NOTPROVIDED` stands where the schema demands a text that nobody gave.
pub(super) fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| text != "NOTPROVIDED")
}

/// `CRDT` or `DBIT`; `None` for anything else.
pub(super) fn direction(xml: &mut Xml<'_>) -> Step<Option<bool>> {
    Ok(match xml.text()?.as_deref() {
        Some("DBIT") => Some(true),
        Some("CRDT") => Some(false),
        _ => None,
    })
}

/// An account's `Id`: an IBAN, or `Othr/Id`, or what version 1 had instead.
pub(super) fn account_id(xml: &mut Xml<'_>) -> Step<Option<String>> {
    let mut number = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "IBAN" | "BBAN" | "UPIC" => number = xml.text()?,
            "Othr" | "PrtryAcct" => {
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "Id" => number = xml.text()?,
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(number)
}

/// A bank's BIC under `FinInstnId`.
pub(super) fn bic(xml: &mut Xml<'_>) -> Step<Option<String>> {
    let mut found = None;
    while let Some(name) = xml.child()? {
        match name.as_str() {
            "FinInstnId" => {
                while let Some(name) = xml.child()? {
                    match name.as_str() {
                        "BIC" | "BICFI" => found = xml.text()?,
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(found)
}
