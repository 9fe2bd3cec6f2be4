//! After the return: what was authorised, filtered by the bank that was picked, what changed, and which account feeds
//! which journal.

use std::collections::HashMap;

use ::web::{Fields, Flash, Page, Redirect, Tone, badge, heading_under, iban, notice};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::{AccountId, JournalId};
use maud::{Markup, html};

use super::Shared;
use super::connect::way;
use super::connection::find;
use super::failure::Failure;
use super::member::Member;
use crate::link::{Refusal, Wish, suggestion};
use crate::store::account::{self, Account};
use crate::store::connection::Connection;
use crate::store::import::AskedBy;
use crate::store::journal::{self, Journal};

/// What the page needs.
struct Seen {
    connection: Connection,
    /// Every account under the same grant.
    accounts: Vec<Account>,
    journals: Vec<Journal>,
    /// Names of institutions by id.
    names: HashMap<String, (String, String)>,
}

impl Seen {
    fn bank(&self, account: &Account) -> String {
        if account.institution == self.connection.institution {
            return self.connection.institution_name.clone();
        }
        let id = account.institution.to_string();
        self.names.get(&id).map_or(id, |(name, _)| name.clone())
    }

    fn journal(&self, account: &Account) -> Option<&Journal> {
        self.journals.iter().find(|journal| journal.account == Some(account.id))
    }

    fn listed(&self, of_bank: bool) -> impl Iterator<Item = &Account> {
        let bank = self.connection.institution;
        self.accounts.iter().filter(move |account| account.listed && (account.institution == bank) == of_bank)
    }
}

async fn look(web: &Shared, member: &Member, id: &str) -> Result<Seen, Failure> {
    let connection = find(web, member, id).await?;
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
    Ok(page(&seen, &member, None))
}

fn page(seen: &Seen, member: &Member, refused: Option<&Refusal>) -> Response {
    let locale = member.locale();
    let bank = seen.connection.institution_name.as_str();
    let title = locale.say_with("books-link", &[("bank", bank.into())]);
    let above = format!("/connections/{}", seen.connection.id);
    let open = seen.accounts.iter().any(|account| account.listed && seen.journal(account).is_none());
    let main = html! {
        (heading_under(Some((&above, bank)), &title, &locale.say("books-link-lead"), html! {}))
        (way(2, member))
        @if let Some(refusal) = refused { div role="alert" { (notice(Tone::Bad, html! { p { (sentence(refusal, member)) } })) } }
        (losses(seen, member))
        (comparison(seen, member))
        (explanation(seen, member))
        form method="post" action={ "/connections/" (seen.connection.id) "/accounts" } {
            @for of_bank in [true, false] {
                @let accounts: Vec<&Account> = seen.listed(of_bank).collect();
                @if !accounts.is_empty() {
                    section.section {
                        h2 { @if of_bank { (bank) } @else { (locale.say("books-other-banks")) } }
                        ul.list.card.flush { @for account in accounts { li { (row(seen, account, member)) } } }
                    }
                }
            }
            div.form-end {
                @if open { button.main type="submit" { (locale.say("books-link-do")) } }
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
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("provider", &seen.connection.grant.provider);
    query.append_pair("institution", &seen.connection.institution.to_string());
    query.append_pair("purpose", "fetch-accounts").append_pair("connection", &seen.connection.id.to_string());
    format!("/connect?{}", query.finish())
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

fn row(seen: &Seen, account: &Account, member: &Member) -> Markup {
    let locale = member.locale();
    let linked = seen.journal(account);
    let suggested = suggestion(account, &seen.journals);
    let free = seen.journals.iter().filter(|journal| journal.account.is_none() && journal.currency == account.currency);
    let name = format!("journal-{}", account.id);
    let of_bank = account.institution == seen.connection.institution;
    html! {
        div.list-row {
            div.grow {
                strong { (iban(&account.reference)) " · " (account.currency) }
                p.soft { (seen.bank(account)) @if let Some(name) = &account.name { " · " (name) }
                    @if let Some(holder) = &account.holder { " · " (holder) } }
            }
            div.end {
                @if let Some(journal) = linked {
                    (badge(Tone::Good, &locale.say("books-linked"))) " " a href={ "/journals/" (journal.id) } { (journal.name) }
                } @else {
                    label.unseen for=(name) { (locale.say("books-link-to")) }
                    select id=(name) name=(name) {
                        option value="new" selected[suggested.is_none() && of_bank] { (locale.say("books-link-new")) }
                        @for journal in free {
                            option value=(journal.id) selected[suggested.is_some_and(|one| one.id == journal.id)] {
                                (journal.code) " · " (journal.name) }
                        }
                        option value="later" selected[suggested.is_none() && !of_bank] { (locale.say("books-link-later")) }
                    }
                }
            }
        }
    }
}

fn sentence(refusal: &Refusal, member: &Member) -> String {
    let locale = member.locale();
    match refusal {
        Refusal::NoAccount => locale.say("books-refused-no-account"),
        Refusal::NoJournal => locale.say("books-refused-no-journal"),
        Refusal::Currency { account, journal } => locale.say_with(
            "books-refused-currency",
            &[
                ("account", locale.iban(&account.reference).into()),
                ("currency", account.currency.code().into()),
                ("journal", journal.name.as_str().into()),
                ("other", journal.currency.code().into()),
            ],
        ),
        Refusal::AccountTaken { account, journal } => locale.say_with(
            "books-refused-account-taken",
            &[("account", locale.iban(&account.reference).into()), ("journal", journal.name.as_str().into())],
        ),
        Refusal::JournalTaken { journal } => {
            locale.say_with("books-refused-journal-taken", &[("journal", journal.name.as_str().into())])
        }
        Refusal::Books(error) => error.to_string(),
    }
}

/// The wishes of a form: `journal-<account>` is `new`, `later` or a journal's id.
fn wishes(fields: &Fields, accounts: &[Account]) -> Result<Vec<(AccountId, Wish)>, Failure> {
    let mut wishes = Vec::new();
    for account in accounts {
        let wish = match fields.text(&format!("journal-{}", account.id)) {
            "" | "later" => Wish::Later,
            "new" => Wish::New,
            id => Wish::Existing(JournalId::parse(id).map_err(|_| Failure::Stale)?),
        };
        wishes.push((account.id, wish));
    }
    Ok(wishes)
}

pub(super) async fn link(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let seen = look(&web, &member, &id).await?;
    let wishes = wishes(&fields, &seen.accounts)?;
    let linked = match web.books.link(member.company(), &seen.connection, &wishes).await {
        Ok(linked) => linked,
        Err(Refusal::Books(error)) => return Err(error.into()),
        Err(refusal) => return Ok(page(&seen, &member, Some(&refusal))),
    };
    for connection in &linked {
        let ip = Some(member.ip.to_string());
        web.books.begin_import(member.company(), *connection, AskedBy::Person, ip).await?;
    }
    // To the connection whose import can be watched: this one, when it has something to import.
    let to = linked.iter().find(|one| **one == seen.connection.id).or(linked.first()).unwrap_or(&seen.connection.id);
    Ok(Redirect::to(format!("/connections/{to}")).into_response())
}

/// Takes note that accounts are gone. Only those that were named on the page.
pub(super) async fn confirm(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let connection = find(&web, &member, &id).await?;
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
