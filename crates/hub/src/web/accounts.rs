//! All linked accounts.

use std::collections::{BTreeMap, HashMap};

use axum::response::Response;
use domain::{AccountId, Currency, Money};
use maud::{Markup, html};
use web::{Icon, Locale, Page, empty, heading, iban, proof_badge};

use super::bank::{named_institution, unstable_badge};
use super::freshness::delay;
use super::standing::{freshness, name, permission};
use super::stop::Stop;
use super::visit::Member;
use super::{unfinished, unread};
use crate::people::Right;
use crate::store;
use crate::store::account::Account;
use crate::store::account_list;
use crate::store::synchronization::{Subtype, Synchronization};

/// `GET /app/accounts`.
pub async fn list(member: Member) -> Result<Response, Stop> {
    let accounts = member.accounts().await?;
    member.saw(&accounts).await?;
    let latest = latest(&member).await?;
    let unread = account_list::unread(&mut member.hub().db.read().await?, member.id()).await?;
    let unfinished = unfinished::notices(&member).await?;
    let locale = member.locale();
    let title = locale.say("nav-accounts");
    let add = html! { @if member.may(Right::Operate) {
        a.button href="/app/files" { (locale.say("files-upload-here")) }
        a.button.main href="/app/link" { (Icon::Plus) (locale.say("account-add")) }
    } };
    let main = html! {
        @if accounts.is_empty() {
            (heading(&title, "", html! {}))
            (unfinished)
            (none_yet(&member))
        } @else {
            (heading(&title, &locale.say_with("accounts-lead", &[("count", accounts.len().into())]), add))
            (unfinished)
            div.card.flush { (table(&accounts, &latest, &member)) }
            p.below-table { (totals_line(&accounts, locale)) }
        }
        (unread::section(&unread, &member))
    };
    Ok(member.frame().show(Page::new(title, main)))
}

/// What stands where there is no account yet.
pub fn none_yet(member: &Member) -> Markup {
    let locale = member.locale();
    let actions = html! { @if member.may(Right::Operate) {
        a.button.main href="/app/link" { (Icon::Plus) (locale.say("account-add-first")) }
        a.button href="/app/files" { (locale.say("files-upload-here")) }
    } };
    empty(Icon::Bank, &locale.say("accounts-none-title"), &locale.say("accounts-none"), actions)
}

/// The closing balances of all accounts added up, currency by currency. An account whose bank tells no balance counts
/// for nothing; a sum that overflows is left out.
pub fn totals(accounts: &[Account]) -> Vec<Money> {
    let mut sums: BTreeMap<Currency, Option<Money>> = BTreeMap::new();
    for money in accounts.iter().filter_map(|account| account.closing.map(|(_, money)| money)) {
        let sum = sums.entry(money.currency()).or_insert(Some(Money::zero(money.currency())));
        *sum = sum.and_then(|sum| sum.checked_add(money).ok());
    }
    sums.into_values().flatten().collect()
}

fn totals_line(accounts: &[Account], locale: &Locale) -> String {
    let sums: Vec<String> = totals(accounts).into_iter().map(|sum| locale.money(sum)).collect();
    if sums.is_empty() {
        String::new()
    } else {
        let untold = accounts.iter().filter(|account| account.closing.is_none()).count();
        let values = [("sum", sums.join(" · ").into()), ("untold", untold.into())];
        locale.say_with(if untold == 0 { "accounts-total" } else { "accounts-total-without" }, &values)
    }
}

/// The newest synchronization of each account.
pub async fn latest(member: &Member) -> Result<HashMap<AccountId, Synchronization>, Stop> {
    let mut tx = member.hub().db.read().await?;
    let subtype = Subtype::AccountTransactionsWithUnsettled;
    let found = store::synchronization::latest_each(&mut tx, member.id(), subtype).await?;
    Ok(found.into_iter().map(|latest| (latest.account, latest)).collect())
}

/// The table of accounts.
pub fn table(accounts: &[Account], latest: &HashMap<AccountId, Synchronization>, member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        table.cards {
            thead { tr {
                th { (locale.say("column-account")) }
                th { (locale.say("column-proof")) }
                th { (locale.say("column-synchronized")) }
                th { (locale.say("column-permission")) }
                th.number { (locale.say("column-balance")) }
            } }
            tbody { @for account in accounts { (row(account, latest.get(&account.id), member)) } }
        }
    }
}

fn row(account: &Account, latest: Option<&Synchronization>, member: &Member) -> Markup {
    let locale = member.locale();
    let (mark, bank) = named_institution(member, account.institution);
    let (now, today) = (member.hub().environment.now(), member.hub().environment.today());
    html! {
        tr {
            td.lead { div.named { (mark) div {
                a.row-link href={ "/app/accounts/" (account.id) } { (name(account)) }
                span.second.pair { span { (bank) " " (unstable_badge(member, account.institution)) } (iban(&account.reference)) }
            } } }
            td data-label=(locale.say("column-proof")) { (proof_badge(&account.proof(), locale)) }
            td data-label=(locale.say("column-synchronized")) {
                (freshness(account, now, locale))
                @if let Some(delay) = delay(account, latest, locale) { span.second { (delay) } }
            }
            td data-label=(locale.say("column-permission")) { (permission(account, today, locale)) }
            td.number.figure-cell { (balance(account, locale)) }
        }
    }
}

/// The bank's newest closing balance with its day.
pub fn balance(account: &Account, locale: &Locale) -> Markup {
    html! {
        @match account.closing {
            Some((day, money)) => { span.amount { (locale.money(money)) } span.second { (locale.date(day)) } }
            None => span.soft { (locale.say("account-no-balance")) },
        }
    }
}
