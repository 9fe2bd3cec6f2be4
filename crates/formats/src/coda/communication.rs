//! Communications (standard, annex III): free text, or a type of three digits with fields at fixed columns.

use domain::{Currency, Details, StructuredReference};

use super::{Record, thousandths};
use crate::assembly::Assembly;
use crate::place::Place;

/// Free text. Some banks still write the Belgian structured form into it.
pub(super) fn free(text: &str, details: &mut Details) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    details.remittance.push(text.to_owned());
    let bare = text.trim_start_matches(['+', '*']);
    if bare.len() < text.len()
        && let found @ StructuredReference::Ogm(_) = StructuredReference::parse(bare.trim_end_matches(['+', '*']))
    {
        details.structured = Some(found);
    }
}

/// A structured communication. Those whose fields have no place in the model stay as text behind their type.
pub(super) fn structured(text: &str, debit: bool, details: &mut Details, path: &Place, assembly: &mut Assembly<'_>) {
    let record = Record::new(text);
    let kind = record.columns(1, 3);
    // Columns of the fields, counted behind the type.
    let fields = Record::new(&text[kind.len()..]);
    match kind {
        "100" => details.structured = fields.given(1, 25).map(|text| StructuredReference::parse(&text)),
        "101" | "102" => {
            let reference = StructuredReference::parse(fields.columns(1, 12));
            if !matches!(reference, StructuredReference::Ogm(_)) {
                assembly.defect(path, fields.columns(1, 12), "a structured communication ends in its number modulo 97");
            }
            details.structured = Some(reference);
        }
        "105" => {
            converted(fields, (16, 31, 43), debit, details);
            details.structured = fields.given(46, 57).map(|text| StructuredReference::parse(&text));
        }
        "113" => {
            details.card_reference = fields.given(1, 16).filter(|text| text.bytes().any(|b| b != b'0'));
            converted(fields, (67, 82, 94), debit, details);
            details.remittance.extend(fields.given(41, 66).map(|text| joined(&text)));
        }
        "124" => {
            details.card_reference = fields.given(1, 20);
            details.remittance.extend(fields.given(22, 48).map(|text| joined(&text)));
        }
        "127" => {
            details.creditor_id = fields.given(10, 44);
            details.mandate_id = fields.given(45, 79);
            details.remittance.extend(fields.given(80, 141));
        }
        _ => details.remittance.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
    }
}

/// The original amount, the rate (4 digits and 8 decimals) and the currency, each at its column.
fn converted(fields: Record<'_>, at: (usize, usize, usize), debit: bool, details: &mut Details) {
    let (amount, rate, currency) = at;
    let Ok(currency) = Currency::parse(fields.columns(currency, currency + 2)) else { return };
    let original = thousandths(fields.columns(amount, amount + 14)).and_then(|amount| amount.money(currency).ok());
    details.original_amount = original
        .filter(|amount| amount.minor() != 0)
        .and_then(|amount| if debit { amount.checked_neg().ok() } else { Some(amount) });
    let rate = fields.columns(rate, rate + 11);
    if rate.len() == 12 && rate.bytes().all(|b| b.is_ascii_digit()) && rate.bytes().any(|b| b != b'0') {
        let (whole, fraction) = rate.split_at(4);
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        details.exchange_rate = Some(format!("{whole}.{fraction}"));
    }
}

/// Columns that were filled with blanks, as one text.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
