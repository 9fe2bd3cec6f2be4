//! Transactions as rows of a table.

use domain::Details;
use maud::{Markup, html};
use web::{Locale, amount, iban};

use crate::store::pending::StoredPending;
use crate::store::transaction::StoredTransaction;

/// Whom a movement was with, or what the bank says it was.
pub fn title(details: &Details, locale: &Locale) -> String {
    let first = details.counterparty.name.clone().or_else(|| details.remittance.first().cloned());
    let first = first.or_else(|| details.additional_information.clone()).or_else(|| details.card_reference.clone());
    first.unwrap_or_else(|| locale.say("transaction-without-words"))
}

/// What a movement was for: the structured communication as people print it, else the free one.
pub fn purpose(details: &Details) -> String {
    let free = || details.remittance.join(" ");
    let text = details.structured.as_ref().map_or_else(free, |reference| reference.printed());
    // What already stands in the title is not said twice.
    if details.counterparty.name.is_none() && details.remittance.len() == 1 && details.structured.is_none() {
        String::new()
    } else {
        text
    }
}

/// The heads of the columns; across accounts there is one more.
pub fn head(with_account: bool, locale: &Locale) -> Markup {
    html! {
        thead { tr {
            th { (locale.say("column-date")) }
            th { (locale.say("column-counterparty")) }
            th { (locale.say("column-purpose")) }
            @if with_account { th { (locale.say("column-account")) } }
            th.number { (locale.say("column-amount")) }
        } }
    }
}

/// A booked transaction of somebody else's account: there is no page of it.
pub fn booked_for(transaction: &StoredTransaction, locale: &Locale) -> Markup {
    let details = &transaction.details;
    html! {
        tr {
            td.tight { (locale.date(transaction.booked_on)) }
            td.lead {
                (title(details, locale))
                @if let Some(other) = &details.counterparty.account { span.second { (iban(other)) } }
            }
            td.purpose { (purpose(details)) }
            td.number.figure-cell { (amount(transaction.amount, locale)) }
        }
    }
}

/// A booked transaction; `account` is the name of its account where several are shown.
pub fn booked(transaction: &StoredTransaction, account: Option<&str>, locale: &Locale) -> Markup {
    let details = &transaction.details;
    html! {
        tr {
            td.tight { (locale.date(transaction.booked_on)) }
            td.lead {
                a.row-link href={ "/app/accounts/" (transaction.account) "/transactions/" (transaction.id) } { (title(details, locale)) }
                @if let Some(other) = &details.counterparty.account { span.second { (iban(other)) } }
            }
            td.purpose { (purpose(details)) }
            @if let Some(account) = account { td.soft { (account) } }
            td.number.figure-cell { (amount(transaction.amount, locale)) }
        }
    }
}

/// A pending transaction, which may still change or vanish.
pub fn pending(pending: &StoredPending, account: Option<&str>, locale: &Locale) -> Markup {
    let details = &pending.details;
    html! {
        tr {
            td.tight { @if let Some(day) = pending.expected_on.or(pending.value_on) { (locale.date(day)) } }
            td.lead {
                (title(details, locale))
                @if let Some(other) = &details.counterparty.account { span.second { (iban(other)) } }
            }
            td.purpose { (purpose(details)) }
            @if let Some(account) = account { td.soft { (account) } }
            td.number.figure-cell { (amount(pending.amount, locale)) }
        }
    }
}
