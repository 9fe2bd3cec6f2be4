//! `:61:`, the statement line.

use domain::Date;

use super::forgiving_day;
use crate::assembly::{Assembly, Movement};
use crate::place::Place;
use crate::{Exact, bank_codes, calendar};

/// Takes a line apart: value date, entry date, mark, funds code, amount, type, references, supplementary details.
pub(super) fn read(value: &str, movement: &mut Movement, assembly: &mut Assembly<'_>) {
    let path = movement.path.clone();
    let end = memchr::memchr(b'\n', value.as_bytes());
    let (first, supplement) = end.map_or((value, ""), |end| (&value[..end], &value[end + 1..]));
    let mut rest = first;
    let value_date = take(&mut rest, 6).unwrap_or_default();
    let (day, exists) = forgiving_day(value_date);
    if !exists {
        assembly.defect(&path, value_date, "a value date is a day of the calendar, written YYMMDD");
    }
    movement.value_on = day.filter(|_| exists);
    movement.booked_on = entry_date(&mut rest, day, &path, assembly).or(day);
    let Some((debit, expected)) = mark(&mut rest) else {
        return assembly.defect(&path, first, "a statement line says C, D, RC or RD after its dates");
    };
    movement.pending = expected;
    // The third letter of the currency.
    rest = rest.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest);
    rest = rest.trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(rest.len());
    match Exact::parse(&rest[..end]) {
        Some(amount) => movement.amount = Some(if debit { amount.negated() } else { amount }),
        None => assembly.defect(&path, &rest[..end], "an amount is digits with a comma"),
    }
    references(&rest[end..], movement);
    supplementary(supplement, movement);
}

fn take<'t>(rest: &mut &'t str, length: usize) -> Option<&'t str> {
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(head)
}

/// `MMDD` or four blanks or nothing.
fn entry_date(rest: &mut &str, near: Option<Date>, path: &Place, assembly: &mut Assembly<'_>) -> Option<Date> {
    let text = rest.get(..4)?;
    if text.trim().is_empty() {
        *rest = &rest[4..];
        return None;
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    *rest = &rest[4..];
    let found = calendar::number(&text[..2])
        .zip(calendar::number(&text[2..]))
        .zip(near)
        .and_then(|((month, day), near)| calendar::closest(month, day, near));
    if found.is_none() && near.is_some() {
        assembly.defect(path, text, "an entry date is a day of the calendar, written MMDD");
    }
    found
}

/// The mark: whether it is a debit, and whether it is only expected (`EC`, `ED` of MT942).
fn mark(rest: &mut &str) -> Option<(bool, bool)> {
    let trimmed = rest.trim_start();
    let (length, debit, expected) = match trimmed.as_bytes() {
        [b'R', b'C', ..] => (2, true, false),
        [b'R', b'D', ..] => (2, false, false),
        [b'E', b'C', ..] => (2, false, true),
        [b'E', b'D', ..] => (2, true, true),
        [b'C', ..] => (1, false, false),
        [b'D', ..] => (1, true, false),
        _ => return None,
    };
    *rest = &trimmed[length..];
    Some((debit, expected))
}

/// Type (a letter and three characters), reference for the account holder, `//` and the bank's reference.
fn references(text: &str, movement: &mut Movement) {
    let details = &mut movement.details;
    let text = text.trim();
    let mut rest = text;
    if text.starts_with(['N', 'F', 'S'])
        && let Some((code, tail)) = text.split_at_checked(4)
    {
        details.proprietary_code = Some(code.trim().to_owned());
        rest = tail;
    }
    let slashes = memchr::memchr_iter(b'/', rest.as_bytes()).find(|at| rest[at + 1..].starts_with('/'));
    let (own, bank) = slashes.map_or((rest, ""), |at| (&rest[..at], &rest[at + 2..]));
    // These say that the reference stands in :86:, or that there is none.
    let given = |text: &str| {
        let text = text.trim();
        (!matches!(text, "" | "NONREF" | "EREF" | "PREF" | "MARF" | "KREF" | "KREF+")).then(|| text.to_owned())
    };
    // The reference has 16 characters; Rabobank puts a name behind it.
    let end = own.char_indices().nth(16).map_or(own.len(), |(at, _)| at);
    let (own, name) = own.split_at(end);
    details.counterparty.name = given(name);
    details.entry_reference = given(own);
    details.bank_id = given(bank);
}

/// The second line of `:61:`: free text, with the original amount and charges of some banks inside.
fn supplementary(text: &str, movement: &mut Movement) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let details = &mut movement.details;
    let money = |code: &str| {
        let value = text.split(code).nth(1)?.split('/').next()?;
        let currency = domain::Currency::parse(value.get(..3)?).ok()?;
        Exact::parse(&value[3..])?.money(currency).ok()
    };
    let sign = movement.amount.is_some_and(Exact::is_negative);
    details.original_amount =
        money("/OCMT/").and_then(|amount| if sign { amount.checked_neg().ok() } else { Some(amount) });
    details.fee = money("/CHGS/");
    details.additional_information = Some(text.to_owned());
}

/// Maps the SWIFT type, or the German business code that `:86:` brought, to ISO 20022.
pub(super) fn map_code(movement: &mut Movement) {
    let debit = movement.amount.is_some_and(Exact::is_negative);
    let details = &mut movement.details;
    if let Some(code) = details.proprietary_code.as_deref() {
        details.bank_transaction_code = bank_codes::of_swift(code, debit);
    }
}
