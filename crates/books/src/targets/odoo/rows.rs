//! Lines as rows for `load`. Pure.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::targets::{Facts, Item};

/// What was looked up for the rows.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    /// The journal there.
    pub(super) journal: i64,
    /// Partners by account number, where exactly one has it.
    pub(super) partners: HashMap<String, i64>,
    /// Currencies of amounts before conversion, by code.
    pub(super) currencies: HashMap<String, i64>,
    /// Whether the ids of an importing module are written too.
    pub(super) unique_import_id: bool,
}

/// A line with what was found for it.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) item: &'a Item,
    /// Whether the amount before conversion is sent. Odoo may refuse it; the line is worth more.
    pub(super) with_original: bool,
}

/// An account number as Odoo compares it.
pub(super) fn sanitized(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// The id that OCA's modules give a line: what they wrote and what we write is then one thing.
pub(super) fn unique_import_id(facts: &Facts, journal: i64, item: &Item) -> String {
    format!("{}-{journal}-{}", sanitized(&facts.reference), item.remote)
}

/// The fields and the rows of a call.
pub(super) fn table(facts: &Facts, lookups: &Lookups, rows: &[Row<'_>]) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let mut fields = vec![
        "id",
        "journal_id/.id",
        "date",
        "payment_ref",
        "amount",
        "partner_name",
        "account_number",
        "ref",
        "narration",
        "transaction_type",
    ];
    let mut data: Vec<Vec<String>> = rows.iter().map(|row| always(lookups, row.item)).collect();
    let mut optional = |field: &'static str, column: Vec<String>| {
        if column.iter().any(|value| !value.is_empty()) {
            fields.push(field);
            data.iter_mut().zip(column).for_each(|(row, value)| row.push(value));
        }
    };
    let column = |value: &dyn Fn(&Row<'_>) -> Option<String>| -> Vec<String> {
        rows.iter().map(|row| value(row).unwrap_or_default()).collect()
    };
    optional(
        "partner_id/.id",
        column(&|row| {
            let account = row.item.partner_account.as_deref()?;
            Some(lookups.partners.get(&sanitized(account))?.to_string())
        }),
    );
    let original = |row: &Row<'_>| row.with_original.then(|| original(lookups, row.item)).flatten();
    optional("foreign_currency_id/.id", column(&|row| Some(original(row)?.0)));
    optional("amount_currency", column(&|row| Some(original(row)?.1)));
    if lookups.unique_import_id {
        optional("unique_import_id", column(&|row| Some(unique_import_id(facts, lookups.journal, row.item))));
    }
    (fields, data)
}

fn always(lookups: &Lookups, item: &Item) -> Vec<String> {
    vec![
        item.key.clone(),
        lookups.journal.to_string(),
        item.booked_on.to_string(),
        clean(&item.label),
        item.amount.decimal(),
        clean(item.partner_name.as_deref().unwrap_or_default()),
        clean(item.partner_account.as_deref().unwrap_or_default()),
        clean(item.end_to_end_id.as_deref().or(item.structured.as_deref()).unwrap_or_default()),
        narration(item),
        clean(item.code.as_deref().unwrap_or_default()),
    ]
}

/// PostgreSQL cannot hold a NUL; everything else is kept.
fn clean(text: &str) -> String {
    text.replace('\0', "")
}

/// HTML: the communication line by line where it has several, and the structured reference where the end-to-end id took
/// its place.
fn narration(item: &Item) -> String {
    let mut lines: Vec<&str> = Vec::new();
    if item.remittance.len() > 1 {
        lines.extend(item.remittance.iter().map(String::as_str));
    }
    if item.end_to_end_id.is_some() {
        lines.extend(item.structured.as_deref());
    }
    let escaped = lines.iter().map(|line| {
        clean(line)
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\n', "<br>")
    });
    escaped.collect::<Vec<_>>().join("<br>")
}

/// Currency and amount before conversion, with the sign of the line, where both are of use to Odoo.
fn original(lookups: &Lookups, item: &Item) -> Option<(String, String)> {
    let original =
        item.original.filter(|original| original.currency() != item.amount.currency() && original.minor() != 0)?;
    let currency = lookups.currencies.get(original.currency().code())?;
    let same_sign = original.is_debit() == item.amount.is_debit();
    let signed = if same_sign { original } else { original.checked_neg().ok()? };
    Some((currency.to_string(), signed.decimal()))
}

/// The arguments of a `load`.
pub(super) fn arguments(fields: &[&str], data: &[Vec<String>]) -> [(&'static str, Value); 2] {
    [("fields", json!(fields)), ("data", json!(data))]
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Date, LineId, Money};

    use super::*;

    fn item() -> Item {
        Item {
            id: LineId::from_u128(1),
            key: "BE68-EUR-1".to_owned(),
            remote: "1".to_owned(),
            booked_on: Date::constant(2026, 1, 5),
            value_on: None,
            amount: Money::new(-10_010, Currency::EUR),
            label: "Invoice\0 1".to_owned(),
            remittance: vec!["a <c> & b".to_owned(), "second".to_owned()],
            partner_name: Some("Acme".to_owned()),
            partner_account: Some("be71 0961 2345 6769".to_owned()),
            structured: Some("+++1+++".to_owned()),
            end_to_end_id: Some("E2E-1".to_owned()),
            code: Some("PMNT".to_owned()),
            original: Currency::parse("USD").ok().map(|dollar| Money::new(12_000, dollar)),
            taken_back: false,
        }
    }

    fn facts() -> Facts {
        Facts {
            name: "KBC".to_owned(),
            reference: "BE68 5390 0754 7034".to_owned(),
            currency: Currency::EUR,
            stem: "x".to_owned(),
            place: None,
            memory: None,
        }
    }

    #[test]
    fn a_row_has_everything_and_optional_columns_only_where_they_are_filled() {
        let item = item();
        let mut lookups = Lookups { journal: 7, ..Lookups::default() };
        let rows = [Row { item: &item, with_original: true }];
        let (fields, data) = table(&facts(), &lookups, &rows);
        assert_eq!(fields.len(), 10, "no partner, no currency, no import id");
        let narration = "a &lt;c&gt; &amp; b<br>second<br>+++1+++";
        let wanted = [
            "BE68-EUR-1",
            "7",
            "2026-01-05",
            "Invoice 1",
            "-100.10",
            "Acme",
            "be71 0961 2345 6769",
            "E2E-1",
            narration,
            "PMNT",
        ];
        assert_eq!(data[0], wanted);
        lookups.partners.insert("BE71096123456769".to_owned(), 42);
        lookups.currencies.insert("USD".to_owned(), 2);
        lookups.unique_import_id = true;
        let (fields, data) = table(&facts(), &lookups, &rows);
        assert_eq!(fields[10..], ["partner_id/.id", "foreign_currency_id/.id", "amount_currency", "unique_import_id"]);
        assert_eq!(data[0][10..], ["42", "2", "-120.00", "BE68539007547034-7-1"], "the sign is the line's");
        let without = [Row { item: &item, with_original: false }];
        assert_eq!(table(&facts(), &lookups, &without).0.len(), 12);
    }
}
