//! After the return: what was authorised, filtered by the bank that was picked, what changed, and which account feeds
//! which journal.

use std::collections::HashMap;

use ::web::{Fields, Flash, Page, Redirect, Tone, heading_under, iban, notice};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::{AccountId, Date, JournalId};
use maud::{Markup, html};

use super::account_row::{Form, Seen, row, sentence};
use super::connect::way;
use super::failure::Failure;
use super::member::Member;
use super::shape::beginning;
use super::{Shared, found};
use crate::Trouble;
use crate::access::Failed;
use crate::link::{Refusal, To, Wish};
use crate::preview::Preview;
use crate::store::account::{self, Account};
use crate::store::import::AskedBy;
use crate::store::journal;

async fn look(web: &Shared, member: &Member, id: &str) -> Result<Seen, Failure> {
    let connection = found::connection(web, member, id).await?;
    let names = web.books.institution_names(&connection).await;
    let mut tx = web.books.db.read().await?;
    let mut accounts = account::of_provider(&mut tx, member.company(), &connection.grant.provider).await?;
    accounts.retain(|account| account.grant == connection.grant);
    let journals = journal::of_company(&mut tx, member.company()).await?;
    Ok(Seen { connection, accounts, journals, names })
}

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let seen = look(&web, &member, &id).await?;
    Ok(page(&seen, &member, &Form::default()))
}

fn page(seen: &Seen, member: &Member, form: &Form<'_>) -> Response {
    let locale = member.locale();
    let bank = seen.connection.institution_name.as_str();
    let title = locale.say_with("books-link", &[("bank", bank.into())]);
    let above = format!("/connections/{}", seen.connection.id);
    let open = seen.accounts.iter().any(|account| account.listed && seen.journal(account).is_none());
    let main = html! {
        (heading_under(Some((&above, bank)), &title, &locale.say("books-link-lead"), html! {}))
        (way(2, member))
        @if let Some(refusal) = form.refused { div role="alert" { (notice(Tone::Bad, html! { p { (sentence(refusal, member)) } })) } }
        (losses(seen, member))
        (comparison(seen, member))
        (explanation(seen, member))
        form method="post" action={ "/connections/" (seen.connection.id) "/accounts" } {
            @for of_bank in [true, false] {
                @let accounts: Vec<&Account> = seen.listed(of_bank).collect();
                @if !accounts.is_empty() {
                    section.section {
                        h2 { @if of_bank { (bank) } @else { (locale.say("books-other-banks")) } }
                        ul.list.card.flush { @for account in accounts { li { (row(seen, account, member, form)) } } }
                    }
                }
            }
            div.form-end {
                @if open {
                    button.main type="submit" { (locale.say("books-link-do")) }
                    button type="submit" name="count" value="1" { (locale.say("link-count")) }
                }
                a.button.quiet href=(above) { (locale.say("books-link-skip")) }
            }
        }
    };
    member.frame().show(Page::new(title, main))
}

/// What was authorised for the bank that was picked, and what else. When nothing was, this is the answer to the
/// question why no account appears.
fn explanation(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    let here = seen.listed(true).count();
    let mut others: Vec<(String, i64)> = Vec::new();
    for account in seen.listed(false) {
        let name = seen.bank(account);
        match others.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => others.push((name, 1)),
        }
    }
    let bank = seen.connection.institution_name.as_str();
    let from = |name: &str, count: i64| {
        locale.say_with("books-authorised-from", &[("count", count.into()), ("bank", name.into())])
    };
    let chosen = locale.say_with("books-authorised-chosen", &[("count", here.into()), ("bank", bank.into())]);
    let rest: Vec<String> = others.iter().map(|(name, count)| from(name, *count)).collect();
    html! {
        (notice(if here == 0 { Tone::Care } else { Tone::Good }, html! {
            p { strong { (chosen) @if !rest.is_empty() { "; " (rest.join("; ")) } "." } }
            @if here == 0 {
                @if rest.is_empty() { p { (locale.say("books-authorised-nothing")) } }
                @else { p { (locale.say("books-authorised-elsewhere")) } }
                @if matches!(seen.connection.institution_status.as_str(), "beta" | "experimental") {
                    p { (locale.say_with("books-beta", &[("provider", seen.connection.grant.provider.as_str().into())])) } }
                p { a href=(again(seen)) { (locale.say("books-authorise-again")) } " · " a href="/banks" { (locale.say("books-choose-again")) } }
            }
        }))
    }
}

fn again(seen: &Seen) -> String {
    super::connect::address(&seen.connection, "fetch-accounts")
}

/// Accounts that are no longer authorised and that nobody has taken note of.
fn losses(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    let lost: Vec<&Account> =
        seen.accounts.iter().filter(|account| !account.listed && !account.loss_confirmed).collect();
    if lost.is_empty() {
        return html! {};
    }
    notice(
        Tone::Bad,
        html! {
            p { strong { (locale.say_with("books-losses", &[("count", lost.len().into())])) } }
            ul { @for account in &lost { li { (iban(&account.reference)) " · " (seen.bank(account))
                @if let Some(journal) = seen.journal(account) { " · " (journal.name) } } } }
            p { (locale.say("books-losses-what")) }
            div.actions {
                a.button.main href=(again(seen)) { (locale.say("books-authorise-again")) }
                form method="post" action={ "/connections/" (seen.connection.id) "/losses" } {
                    @for account in &lost { input type="hidden" name="account" value=(account.id); }
                    button.danger type="submit" { (locale.say("books-losses-confirm")) }
                }
            }
        },
    )
}

/// What the last visit to the provider changed.
fn comparison(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    let Some(compared) = &seen.connection.comparison else { return html! {} };
    let parts = [
        ("books-compared-kept", compared.kept.len()),
        ("books-compared-added", compared.added.len()),
        ("books-compared-recognised", compared.recognised.len()),
        ("books-compared-lost", compared.lost.len()),
    ];
    let say = |(key, count): (&str, usize)| locale.say_with(key, &[("count", count.into())]);
    let told: Vec<String> = parts.into_iter().filter(|(_, count)| *count > 0).map(say).collect();
    let told = told.join(" · ");
    html! { @if !told.is_empty() { p.soft { (locale.say_with("books-compared", &[("what", told.into())])) } } }
}

/// The wishes of a form: `journal-<account>` is `new`, `later` or a journal's id, `start-<account>` a day or nothing.
fn wishes(fields: &Fields, accounts: &[Account], today: Date) -> Result<Vec<(AccountId, Wish)>, Failure> {
    let mut wishes = Vec::new();
    for account in accounts {
        let to = match fields.text(&format!("journal-{}", account.id)) {
            "" | "later" => To::Later,
            "new" => To::New,
            id => To::Existing(JournalId::parse(id).map_err(|_| Failure::Stale)?),
        };
        let start_on = match fields.text(&format!("start-{}", account.id)) {
            "" => None,
            day => Some(beginning(day, today).map_err(|_| Failure::Stale)?),
        };
        wishes.push((account.id, Wish { to, start_on, anyway: fields.has(&format!("anyway-{}", account.id)) }));
    }
    Ok(wishes)
}

pub(super) async fn link(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    axum::Form(fields): axum::Form<Fields>,
) -> Result<Response, Failure> {
    let seen = look(&web, &member, &id).await?;
    let wishes = wishes(&fields, &seen.accounts, web.books.environment.today())?;
    if fields.has("count") {
        let counted = count(&web, &seen, &wishes).await?;
        return Ok(page(&seen, &member, &Form { fields, refused: None, counted }));
    }
    let linked = match web.books.link(member.company(), &seen.connection, &wishes).await {
        Ok(linked) => linked,
        Err(Refusal::Books(error)) => return Err(error.into()),
        Err(refusal) => {
            let form = Form { fields, refused: Some(&refusal), counted: HashMap::new() };
            return Ok(page(&seen, &member, &form));
        }
    };
    for connection in &linked {
        let ip = Some(member.ip.to_string());
        web.books.begin_import(member.company(), *connection, AskedBy::Person, ip).await?;
    }
    // To the connection whose import can be watched: this one, when it has something to import.
    let to = linked.iter().find(|one| **one == seen.connection.id).or(linked.first()).unwrap_or(&seen.connection.id);
    Ok(Redirect::to(format!("/connections/{to}")).into_response())
}

/// How many lines would come, for each account that is to be linked.
async fn count(
    web: &Shared,
    seen: &Seen,
    wishes: &[(AccountId, Wish)],
) -> Result<HashMap<AccountId, Result<Preview, Trouble>>, Failure> {
    let mut counted = HashMap::new();
    for (id, wish) in wishes.iter().filter(|(_, wish)| wish.to != To::Later) {
        let Some(account) = seen.accounts.iter().find(|account| account.id == *id && account.listed) else { continue };
        match web.books.preview(account, wish.start_on).await {
            Ok(preview) => drop(counted.insert(*id, Ok(preview))),
            Err(Failed::Provider(trouble)) => drop(counted.insert(*id, Err(trouble))),
            Err(Failed::Books(error)) => return Err(error.into()),
        }
    }
    Ok(counted)
}

/// Takes note that accounts are gone. Only those that were named on the page.
pub(super) async fn confirm(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    axum::Form(fields): axum::Form<Fields>,
) -> Result<Response, Failure> {
    let connection = found::connection(&web, &member, &id).await?;
    let named: Vec<AccountId> = fields.all("account").filter_map(|id| AccountId::parse(id).ok()).collect();
    let company = member.company();
    let done: Result<(), db::DbError> = db::write!(web.books.db, tx => {
        for account in &named {
            account::confirm_loss(&mut tx, company, *account).await?;
        }
        Ok(())
    });
    done?;
    let flash = Flash::good(member.locale().say("books-losses-confirmed"));
    Ok(Redirect::to(format!("/connections/{}", connection.id)).flash(&web.cookies, &flash).into_response())
}
