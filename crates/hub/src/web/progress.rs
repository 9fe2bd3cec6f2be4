//! The first synchronization of accounts that were just linked, as it goes on.

use axum::extract::Query;
use axum::response::Response;
use domain::AccountId;
use maud::{Markup, html};
use web::{Fields, Locale, Page, Tone, badge, heading, iban, proof_badge, steps};

use super::institutions::{step_names, wanted_before};
use super::stop::Stop;
use super::visit::Member;
use crate::store;
use crate::store::account::Account;
use crate::store::synchronization::{Status, Subtype, Synchronization};

/// `GET /app/link/progress?account=…`.
pub async fn show(member: Member, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let locale = member.locale();
    let (body, going_on) = draw(&member, &query).await?;
    let title = locale.say("progress-title");
    let main = html! {
        (heading(&title, &locale.say("progress-lead"), html! {}))
        (steps(&step_names(locale), 3, locale))
        (body)
        div.form-end {
            @if let Some(next) = wanted_before(&member) { a.button.main href=(next) { (locale.say("progress-continue")) } }
            a.button href="/app/accounts" { (locale.say("progress-accounts")) }
            a.button href="/app/link" { (locale.say("account-add-another")) }
        }
    };
    let page = Page::new(title, main).narrow();
    Ok(member.frame().show(if going_on { page.refresh(3) } else { page }))
}

/// `GET /app/link/progress/part?account=…`: the moving part of the page.
pub async fn part(member: Member, Query(query): Query<Fields>) -> Result<Markup, Stop> {
    Ok(draw(&member, &query).await?.0)
}

async fn draw(member: &Member, query: &Fields) -> Result<(Markup, bool), Stop> {
    let mut shown = Vec::new();
    let mut tx = member.hub().db.read().await?;
    for id in query.all("account").take(50).filter_map(|text| AccountId::parse(text).ok()) {
        let Some(account) = store::account::get(&mut tx, member.id(), id).await? else { continue };
        shown.push((latest(&mut tx, &account).await?, account));
    }
    drop(tx);
    let going_on = shown.iter().any(|(latest, _)| latest.as_ref().is_some_and(is_going_on));
    let names: Vec<String> = shown.iter().map(|(_, account)| format!("account={}", account.id)).collect();
    let again = going_on.then(|| format!("/app/link/progress/part?{}", names.join("&")));
    let locale = member.locale();
    let body = html! {
        div.card.flush data-refresh=[again] data-every="1" {
            ul.list { @for (latest, account) in &shown { li { (row(account, latest.as_ref(), locale)) } } }
        }
    };
    Ok((body, going_on))
}

/// The newest synchronization of an account's transactions.
pub async fn latest(tx: &mut db::Tx, account: &Account) -> Result<Option<Synchronization>, Stop> {
    let subtype = Subtype::AccountTransactionsWithUnsettled;
    Ok(store::synchronization::latest_of(tx, account.organization, account.id, subtype).await?)
}

/// Whether a synchronization is not yet over.
pub fn is_going_on(synchronization: &Synchronization) -> bool {
    match synchronization.status {
        Status::Pending | Status::Running => true,
        Status::Success | Status::Error => false,
    }
}

fn row(account: &Account, latest: Option<&Synchronization>, locale: &Locale) -> Markup {
    let name = account.name.as_deref().or(account.product.as_deref()).unwrap_or(&account.reference);
    html! {
        div.list-row {
            div.grow.stack {
                div { strong { a href={ "/app/accounts/" (account.id) } { (name) } } small { (iban(&account.reference)) } }
                @if let Some(latest) = latest { (state(account, latest, locale)) }
            }
        }
    }
}

/// How a synchronization goes or went, with what it brought.
pub fn state(account: &Account, latest: &Synchronization, locale: &Locale) -> Markup {
    let read = &[("count", latest.rows_read.into())];
    match latest.status {
        Status::Pending => web::progress(&locale.say("sync-waiting"), 0, None, locale),
        Status::Running => web::progress(&locale.say_with("sync-running", read), 0, None, locale),
        Status::Success => html! {
            div {
                p { (badge(Tone::Good, &locale.say("sync-done"))) " " (proof_badge(&account.proof(), locale)) }
                p.soft { (locale.say_with("sync-brought", &[("count", latest.created_count.into())])) }
            }
        },
        Status::Error => html! {
            p { (badge(Tone::Bad, &locale.say("sync-failed"))) " " (failure(latest, locale)) }
        },
    }
}

/// Why a synchronization failed, in the reader's language where we know the code.
pub fn failure(latest: &Synchronization, locale: &Locale) -> String {
    let Some(error) = &latest.error else { return locale.say("sync-failed-unknown") };
    match error.code.as_str() {
        "authorizationExpired" => locale.say("sync-failed-expired"),
        "authorizationInvalid" => locale.say("sync-failed-consent"),
        "internalError" => locale.say("lapse-failed"),
        "financialInstitutionUnavailable" => locale.say("sync-failed-later"),
        "financialInstitutionRefused" => locale.say("sync-failed-refused"),
        "financialInstitutionAnswerUnreadable" => locale.say("sync-failed-unreadable"),
        _ => error.detail.clone(),
    }
}
