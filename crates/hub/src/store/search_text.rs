//! What of a transaction is searched, as it is kept beside the row.

use domain::{Details, Money};

/// Text as it is searched: lower case.
pub(super) fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// What is searched: amount, both sides' words and references.
pub(super) fn text(amount: Money, details: &Details) -> String {
    let party = &details.counterparty;
    let mut text = amount.decimal();
    let fields = [&party.name, &party.account, &details.end_to_end_id, &details.additional_information];
    for field in fields.into_iter().flatten().chain(&details.remittance) {
        text.push(' ');
        text.push_str(field);
    }
    if let Some(reference) = &details.structured {
        text.push(' ');
        text.push_str(reference.as_str());
    }
    folded(&text)
}

/// The name and the account of the other side, as they are searched.
pub(super) fn counterparty(details: &Details) -> String {
    let party = &details.counterparty;
    let parts: Vec<&str> = [&party.name, &party.account].into_iter().flatten().map(String::as_str).collect();
    folded(&parts.join(" "))
}
