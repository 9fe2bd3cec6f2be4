//! A provider's transaction as a line would have it. Pure.

use domain::{Currency, Date, Defect, Money};
use hub_api::{PendingTransaction, RemittanceType, Transaction};

use crate::store::line::LineText;
use crate::store::pending::Pending;

/// What a page tells of one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// It is there, and this is what it says.
    Is(Box<Row>),
    /// It is no longer valid.
    Gone {
        /// The provider's id.
        remote: String,
        /// Why.
        reason: Option<String>,
    },
}

impl Told {
    pub(crate) fn remote(&self) -> &str {
        match self {
            Told::Is(row) => &row.remote,
            Told::Gone { remote, .. } => remote,
        }
    }
}

/// One transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) remote: String,
    pub(crate) booked_on: Date,
    pub(crate) amount_minor: i64,
    pub(crate) text: LineText,
}

/// Reads a transaction for an account of a currency.
pub(crate) fn read(remote: String, transaction: &Transaction, raw: String, currency: Currency) -> Result<Row, Defect> {
    let wrong = |value: &str, rule: String| Defect::new(format!("transaction/{remote}"), value, rule);
    if Currency::parse(&transaction.currency) != Ok(currency) {
        let rule = format!("a transaction of an account in {currency} must be in {currency}");
        return Err(wrong(&transaction.currency, rule));
    }
    let amount = transaction.amount.money(currency);
    let amount = amount.map_err(|error| wrong(transaction.amount.as_str(), error.to_string()))?;
    let structured = match transaction.remittance_information_type {
        Some(RemittanceType::Structured) => transaction.remittance_information.clone(),
        Some(RemittanceType::Unstructured) | None => None,
    };
    let text = LineText {
        value_on: transaction.value_date.map(|day| day.0),
        label: label(&Parts {
            lines: &transaction.remittance_lines,
            remittance: transaction.remittance_information.as_deref(),
            structured: structured.is_some(),
            description: transaction.description.as_deref(),
            additional: transaction.additional_information.as_deref(),
            partner: transaction.counterpart_name.as_deref(),
        }),
        partner_name: transaction.counterpart_name.clone(),
        partner_account: transaction.counterpart_reference.clone(),
        structured,
        end_to_end_id: transaction.end_to_end_id.clone(),
        foreign: foreign(transaction),
        exchange_rate: transaction.exchange_rate.clone(),
        bank_id: transaction.internal_reference.clone(),
        raw,
    };
    Ok(Row { remote, booked_on: transaction.execution_date.0, amount_minor: amount.minor(), text })
}

/// The amount before conversion. One that cannot be read stays in the raw attributes and spoils nothing.
fn foreign(transaction: &Transaction) -> Option<Money> {
    let currency = Currency::parse(transaction.original_currency.as_deref()?).ok()?;
    transaction.original_amount.as_ref()?.money(currency).ok()
}

/// Reads an announced transaction.
pub(crate) fn read_pending(
    remote: &str,
    transaction: &PendingTransaction,
    currency: Currency,
) -> Result<Pending, Defect> {
    let wrong = |value: &str, rule: String| Defect::new(format!("pendingTransaction/{remote}"), value, rule);
    if Currency::parse(&transaction.currency) != Ok(currency) {
        let rule = format!("a transaction of an account in {currency} must be in {currency}");
        return Err(wrong(&transaction.currency, rule));
    }
    let amount = transaction.amount.money(currency);
    let amount = amount.map_err(|error| wrong(transaction.amount.as_str(), error.to_string()))?;
    Ok(Pending {
        expected_on: transaction.execution_date.or(transaction.value_date).map(|day| day.0),
        amount_minor: amount.minor(),
        label: label(&Parts {
            lines: &transaction.remittance_lines,
            remittance: transaction.remittance_information.as_deref(),
            structured: transaction.remittance_information_type == Some(RemittanceType::Structured),
            description: transaction.description.as_deref(),
            additional: transaction.additional_information.as_deref(),
            partner: transaction.counterpart_name.as_deref(),
        }),
        partner_name: transaction.counterpart_name.clone(),
        partner_account: transaction.counterpart_reference.clone(),
    })
}

struct Parts<'a> {
    lines: &'a [String],
    remittance: Option<&'a str>,
    structured: bool,
    description: Option<&'a str>,
    additional: Option<&'a str>,
    partner: Option<&'a str>,
}

/// What a movement is about in one text: the free communication first, because people wrote it; then what the bank
/// calls it, the structured reference, and at last the other side's name.
fn label(parts: &Parts<'_>) -> String {
    let free = parts.remittance.filter(|_| !parts.structured);
    let structured = parts.remittance.filter(|_| parts.structured);
    let lines = parts.lines.join(" ");
    let candidates = [Some(lines.as_str()), free, parts.description, structured, parts.additional, parts.partner];
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    candidates.into_iter().flatten().map(words).find(|text| !text.is_empty()).unwrap_or_default()
}
