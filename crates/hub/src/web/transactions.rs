//! Transactions across accounts, and one of them in full.

use axum::extract::{Path, Query};
use axum::response::Response;
use std::collections::BTreeSet;

use domain::{AccountId, Currency, Date, Details, Money, TransactionId};
use maud::{Markup, html};
use url::form_urlencoded;
use web::{
    Field, FieldErrors, Fields, Icon, Locale, Page, amount, empty, heading, heading_under, instant, pages_below,
};

use super::account::account_of;
use super::standing::name;
use super::stop::Stop;
use super::visit::Member;
use super::{accounts, rows, source};
use crate::store;
use crate::store::account::Account;
use crate::store::pending::StoredPending;
use crate::store::search::{Direction, Search};
use crate::store::transaction::StoredTransaction;

/// Transactions on one page.
const PAGE_ROWS: usize = 50;

/// `GET /app/transactions?q=&account=&from=&to=&after=`.
pub async fn search(member: Member, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let known = member.accounts().await?;
    let errors = mistakes(&query, &known);
    let asked = asked(&query, &known);
    member.saw(known.iter().filter(|known| asked.accounts.is_empty() || asked.accounts.contains(&known.id))).await?;
    let limit = i64::try_from(PAGE_ROWS + 1).expect("a page is small");
    let found = match errors.is_empty() {
        true => store::search::search(&mut member.hub().db.read().await?, member.id(), &asked, limit).await?,
        false => vec![],
    };
    // Nothing is asked for: what is announced stands above what is booked.
    let bare = FIELDS.iter().all(|name| !query.has(name)) && !query.has("after");
    let pending = match bare {
        true => store::pending::list_all(&mut member.hub().db.read().await?, member.id()).await?,
        false => vec![],
    };
    let locale = member.locale();
    let title = locale.say("nav-transactions");
    let main = html! {
        (heading(&title, &locale.say("transactions-lead"), html! {}))
        @if known.is_empty() {
            (accounts::none_yet(&member))
        } @else {
            (errors.notice(locale))
            (form(&query, &errors, &known, locale))
            (lane(&pending, &known, locale))
            @if !errors.is_empty() {} @else if found.is_empty() {
                (empty(Icon::Search, &locale.say("transactions-none-title"), &locale.say("transactions-none"), html! { a.button href="/app/transactions" { (locale.say("transactions-all")) } }))
            } @else { (table(&found, &known, &query, locale)) }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

/// The fields of the search, as they stand in its address.
const FIELDS: [&str; 8] = ["q", "account", "counterparty", "from", "to", "least", "most", "direction"];

/// What of the form says nothing that can be looked for. It is told, since a list without that filter would look as if
/// everything fitted.
fn mistakes(query: &Fields, known: &[Account]) -> FieldErrors {
    let mut errors = FieldErrors::new();
    let filled = |name: &'static str| Some(query.text(name)).filter(|text| !text.is_empty());
    let mut day =
        |name| filled(name).and_then(|text| errors.take(name, text.parse::<Date>().map_err(|_| "export-not-a-day")));
    let (from, to) = (day("from"), day("to"));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        errors.add("to", "export-backwards");
    }
    for name in ["least", "most"] {
        let fits = |text| known.iter().any(|account| Money::parse(&bare(text), account.currency).is_ok());
        if filled(name).is_some_and(|text| !fits(text)) {
            errors.add(name, "search-not-an-amount");
        }
    }
    errors
}

fn asked(query: &Fields, known: &[Account]) -> Search {
    let after = query.text("after").split_once('_');
    Search {
        words: query.text("q").split_whitespace().map(bare).collect::<Vec<_>>().join(" "),
        accounts: query.all("account").filter_map(|text| AccountId::parse(text).ok()).collect(),
        from: query.text("from").parse().ok(),
        to: query.text("to").parse().ok(),
        counterparty: query.text("counterparty").to_owned(),
        amounts: amounts(query.text("least"), query.text("most"), known),
        direction: match query.text("direction") {
            "in" => Some(Direction::In),
            "out" => Some(Direction::Out),
            _ => None,
        },
        after: after.and_then(|(day, id)| Some((day.parse::<Date>().ok()?, TransactionId::parse(id).ok()?))),
    }
}

/// A range of amounts in each currency that the organization has; empty when no range was asked for.
fn amounts(least: &str, most: &str, known: &[Account]) -> Vec<(Currency, i64, i64)> {
    if least.is_empty() && most.is_empty() {
        return vec![];
    }
    let currencies: BTreeSet<Currency> = known.iter().map(|account| account.currency).collect();
    let read =
        |text: &str, currency| Money::parse(&bare(text), currency).ok().map(|money| money.minor().saturating_abs());
    let range = |currency| (currency, read(least, currency).unwrap_or(0), read(most, currency).unwrap_or(i64::MAX));
    currencies.into_iter().map(range).collect()
}

/// A word as it is stored: a structured communication without its signs, an amount with a dot.
fn bare(word: &str) -> String {
    let only = |signs: &str| word.chars().all(|c| c.is_ascii_digit() || signs.contains(c));
    if only("+/*") {
        word.chars().filter(char::is_ascii_digit).collect()
    } else if only("-,") && word.matches(',').count() == 1 {
        word.replace(',', ".")
    } else {
        word.to_owned()
    }
}

fn form(query: &Fields, errors: &FieldErrors, known: &[Account], locale: &Locale) -> Markup {
    let mut choices = vec![(String::new(), locale.say("transactions-all-accounts"))];
    choices.extend(known.iter().map(|account| (account.id.to_string(), label(account))));
    let directions = [("", "transactions-both"), ("in", "transactions-in"), ("out", "transactions-out")];
    let directions = directions.map(|(value, key)| (value.to_owned(), locale.say(key)));
    html! {
        form.search method="get" action="/app/transactions" role="search" {
            div.grow { (Field::text("q", locale.say("transactions-search")).kind("search").value(query.text("q")).filter().show(locale)) }
            (Field::choice("account", locale.say("column-account"), &choices).value(query.text("account")).filter().show(locale))
            (Field::text("from", locale.say("transactions-from")).kind("date").value(query.text("from")).errors(errors).filter().show(locale))
            (Field::text("to", locale.say("transactions-to")).kind("date").value(query.text("to")).errors(errors).filter().show(locale))
            (Field::text("counterparty", locale.say("column-counterparty")).value(query.text("counterparty")).filter().show(locale))
            (Field::text("least", locale.say("transactions-least")).mode("decimal").value(query.text("least")).errors(errors).filter().show(locale))
            (Field::text("most", locale.say("transactions-most")).mode("decimal").value(query.text("most")).errors(errors).filter().show(locale))
            (Field::choice("direction", locale.say("transactions-direction"), &directions).value(query.text("direction")).filter().show(locale))
            button type="submit" { (Icon::Search) (locale.say("search")) }
        }
    }
}

fn label(account: &Account) -> String {
    let end: String = account.reference.chars().skip(account.reference.chars().count().saturating_sub(4)).collect();
    format!("{}\u{a0}…{end}", name(account))
}

fn table(found: &[StoredTransaction], known: &[Account], query: &Fields, locale: &Locale) -> Markup {
    let shown = &found[..found.len().min(PAGE_ROWS)];
    let account = |id: AccountId| known.iter().find(|known| known.id == id).map_or_else(String::new, label);
    let last = shown.last().filter(|_| found.len() > PAGE_ROWS);
    let older = last.map(|last| address(query, Some(&format!("{}_{}", last.booked_on, last.id))));
    let newest = query.has("after").then(|| address(query, None));
    html! {
        div.card.flush {
            table.cards {
                (rows::head(true, locale))
                tbody { @for row in shown { (rows::booked(row, Some(&account(row.account)), locale)) } }
            }
            (pages_below(newest.as_deref(), older.as_deref(), locale))
        }
    }
}

fn lane(pending: &[StoredPending], known: &[Account], locale: &Locale) -> Markup {
    let account = |id: AccountId| known.iter().find(|known| known.id == id).map_or_else(String::new, label);
    html! {
        @if !pending.is_empty() {
            section.section {
                div.section-head { h2 { (locale.say("account-pending")) } small { (locale.say("account-pending-what")) } }
                div.card.flush.lane { table.cards {
                    (rows::head(true, locale))
                    tbody { @for row in pending { (rows::pending(row, Some(&account(row.account)), locale)) } }
                } }
            }
            h2.section { (locale.say("transactions-booked")) }
        }
    }
}

/// The address of the same search from another row on.
fn address(query: &Fields, after: Option<&str>) -> String {
    let mut address = form_urlencoded::Serializer::new(String::new());
    for name in FIELDS {
        if query.has(name) {
            address.append_pair(name, query.text(name));
        }
    }
    if let Some(after) = after {
        address.append_pair("after", after);
    }
    format!("/app/transactions?{}", address.finish())
}

/// `GET /app/accounts/{id}/transactions/{transaction}`.
pub async fn one(member: Member, Path((account, id)): Path<(String, String)>) -> Result<Response, Stop> {
    let account = account_of(&member, &account).await?;
    let id = TransactionId::parse(&id).map_err(|_| Stop::Missing)?;
    let found = store::transaction::get(&mut member.hub().db.read().await?, member.id(), account.id, id).await?;
    let found = found.ok_or(Stop::Missing)?;
    let origin = source::read(&member, &found).await?;
    let locale = member.locale();
    let title = rows::title(&found.details, locale);
    let back = format!("/app/accounts/{}", account.id);
    let main = html! {
        (heading_under(Some((&back, name(&account))), &title, &locale.date(found.booked_on), html! { p.figure { (amount(found.amount, locale)) } }))
        div.card { dl.facts { (facts(&found, locale)) } }
        (source::section(account.id, &found, &origin, locale))
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

fn facts(found: &StoredTransaction, locale: &Locale) -> Markup {
    let details = &found.details;
    let value_on = found.value_on.map(|day| locale.date(day));
    let rows = [
        ("transaction-counterparty", details.counterparty.name.clone()),
        ("transaction-account", details.counterparty.account.as_deref().map(|text| locale.iban(text))),
        ("transaction-bic", details.counterparty.bic.clone()),
        ("transaction-structured", details.structured.as_ref().map(|reference| reference.printed())),
        ("transaction-communication", (!details.remittance.is_empty()).then(|| details.remittance.join("\n"))),
        ("transaction-value-date", value_on),
        ("transaction-end-to-end", details.end_to_end_id.clone()),
        ("transaction-mandate", details.mandate_id.clone()),
        ("transaction-creditor", details.creditor_id.clone()),
        ("transaction-original", details.original_amount.map(|money| locale.money(money))),
        ("transaction-rate", details.exchange_rate.clone()),
        ("transaction-fee", details.fee.map(|money| locale.money(money))),
        ("transaction-card", details.card_reference.clone()),
        ("transaction-information", details.additional_information.clone()),
        ("transaction-code", code(details)),
        ("transaction-balance-after", details.balance_after.map(|money| locale.money(money))),
        ("transaction-bank-id", found.bank_id.clone()),
    ];
    html! {
        @for (key, value) in rows { @if let Some(value) = value { dt { (locale.say(key)) } dd { (value) } } }
        dt { (locale.say("transaction-seen")) } dd { (instant(found.created_at, locale)) }
        dt { (locale.say("transaction-id")) } dd { span.code { (found.id) } }
    }
}

fn code(details: &Details) -> Option<String> {
    let parts: Vec<&str> = [&details.bank_transaction_code, &details.proprietary_code, &details.purpose_code]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn people_type_references_and_amounts_as_they_see_them() {
        assert_eq!(bare("+++715/1863/57228+++"), "715186357228");
        assert_eq!(bare("-17,24"), "-17.24");
        assert_eq!(bare("1,2,3"), "1,2,3");
        assert_eq!(bare("a/b"), "a/b");
    }
}
