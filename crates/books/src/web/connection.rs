//! One connection: how it stands, what it feeds, and what can be done with it; the progress of a running import.

use ::web::{Field, Fields, Flash, Icon, Page, Redirect, Tone, badge, heading_under, iban, instant, progress as bar};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::imports::{self, Run};
use super::member::Member;
use super::{connect, found, keep, trouble};
use crate::Trouble;
use crate::import::{accounts_of, next_after};
use crate::store::account::Account;
use crate::store::connection::{self, Connection};
use crate::store::import::{AskedBy, Stage};
use crate::store::journal::{self, Journal};

/// Imports that are looked at for those that mattered, and how many of these the page shows.
const LOOKED_AT: i64 = 40;
const SHOWN: usize = 8;
/// How often a connection may import by itself, in hours; 0 for never.
const EVERY: [i64; 5] = [12, 6, 24, 168, 0];

/// What the page shows of a connection.
struct Seen {
    connection: Connection,
    accounts: Vec<(Account, Option<Journal>)>,
    imports: Vec<Run>,
}

async fn look(web: &Shared, member: &Member, id: &str, imports: i64) -> Result<Seen, Failure> {
    let connection = found::connection(web, member, id).await?;
    let mut tx = web.books.db.read().await?;
    let mut accounts = Vec::new();
    for account in accounts_of(&mut tx, &connection).await? {
        let journal = journal::of_account(&mut tx, member.company(), account.id).await?;
        accounts.push((account, journal));
    }
    let imports = imports::latest(&mut tx, member, connection.id, None, imports).await?;
    Ok(Seen { connection, accounts, imports })
}

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let seen = look(&web, &member, &id, LOOKED_AT).await?;
    let locale = member.locale();
    let connection = &seen.connection;
    let provider = connection.grant.provider.as_str();
    let lead = locale.say_with("books-by-provider", &[("provider", provider.into())]);
    let above = locale.say("books-connections");
    let main = html! {
        (heading_under(Some(("/connections", &above)), &connection.institution_name, &lead, actions(connection, &member)))
        (connect::advice(&connection.institution_status, provider, &member))
        @if let Some(told) = &connection.trouble { (trouble::show(told, &reference(&seen), locale)) }
        (keep::notices(&seen.connection, &seen.accounts, &member, web.books.environment.now()))
        (fragment(&seen, &member))
        section.section { h2 { (locale.say("books-accounts")) } (accounts(&seen, &member, web.books.environment.now())) }
        section.section { h2 { (locale.say("books-schedule")) } (schedule(connection, &member)) }
        (history(&seen, &member))
    };
    let page = Page::new(connection.institution_name.clone(), main);
    let running = seen.imports.first().is_some_and(|run| run.import.ended_at.is_none());
    Ok(member.frame().show(if running { page.refresh(3) } else { page }))
}

/// What to quote when a provider gave nothing to quote: the import in which it was noticed.
fn reference(seen: &Seen) -> String {
    seen.imports.first().map_or_else(|| seen.connection.id.to_string(), |run| run.import.id.to_string())
}

fn actions(connection: &Connection, member: &Member) -> Markup {
    let locale = member.locale();
    let again = |purpose: &str| connect::address(connection, purpose);
    html! {
        a.button href=(again("fetch-accounts")) { (Icon::Plus) (locale.say("books-fetch-accounts")) }
        a.button href=(again("update-credentials")) { (Icon::Key) (locale.say("books-update-credentials")) }
        form method="post" action={ "/connections/" (connection.id) "/import" } {
            button.main type="submit" { (Icon::Refresh) (locale.say("books-import-now")) }
        }
    }
}

fn accounts(seen: &Seen, member: &Member, now: Timestamp) -> Markup {
    let locale = member.locale();
    let link = format!("/connections/{}/accounts", seen.connection.id);
    // What stands above for the connection is not said again for each account.
    let said = |told: &Trouble| seen.connection.trouble.as_ref().is_some_and(|above| above.code == told.code);
    if seen.accounts.is_empty() {
        return html! { p { (locale.say("books-no-accounts")) " " a href=(link) { (locale.say("books-no-accounts-do")) } } };
    }
    html! {
        ul.list.card.flush { @for (account, journal) in &seen.accounts { li {
            div.list-row { div.grow {
                strong { (iban(&account.reference)) " · " (account.currency) }
                p.soft {
                    @match journal {
                        Some(journal) => a href={ "/journals/" (journal.id) } { (journal.name) },
                        None => a href=(link) { (locale.say("books-to-link-do")) },
                    }
                    @if let Some(at) = account.synchronized_at {
                        " · " (locale.say_with("books-as-of", &[("ago", locale.ago(now, at).into())])) }
                    @if let Some(at) = account.next_allowed_at.filter(|at| *at > now) {
                        " · " (locale.say("books-next-allowed")) " " (instant(at, locale)) }
                }
                p { (keep::consent(account, member, now))
                    @if let Some(told) = &account.trouble { " " (badge(Tone::Bad, &trouble::sentences(told, locale).0)) } }
            } }
            @if let Some(told) = account.trouble.as_ref().filter(|told| !said(told)) { (trouble::show(told, &reference(seen), locale)) }
        } } }
    }
}

fn schedule(connection: &Connection, member: &Member) -> Markup {
    let locale = member.locale();
    let every = if connection.automatic { connection.every_hours } else { 0 };
    let choices: Vec<(String, String)> = EVERY
        .into_iter()
        .map(|hours| {
            let words = if hours == 0 {
                locale.say("keep-never")
            } else {
                locale.say_with("keep-every", &[("hours", hours.into())])
            };
            (hours.to_string(), words)
        })
        .collect();
    html! {
        form.card method="post" action={ "/connections/" (connection.id) "/automatic" } {
            p { (locale.say(if connection.automatic { "books-automatic-on" } else { "books-automatic-off" }))
                @if connection.automatic { " " (instant(connection.next_import_at, locale)) } }
            (Field::choice("every", locale.say("keep-how-often"), &choices).value(&every.to_string())
                .hint(locale.say("keep-how-often-hint")).show(locale))
            button.small type="submit" { (locale.say("journal-save")) }
        }
    }
}

/// The part of the page that follows a running import.
fn fragment(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    let here = format!("/connections/{}/progress", seen.connection.id);
    let Some(Run { import, steps, .. }) = seen.imports.first() else { return html! { div #progress {} } };
    let done = steps.iter().filter(|step| step.stage.is_final()).count();
    let created: i64 = steps.iter().map(|step| step.created).sum();
    let count = |key: &str, number: i64| locale.say_with(key, &[("count", number.into())]);
    if import.ended_at.is_none() {
        let words =
            steps.iter().find(|step| !step.stage.is_final()).map_or("books-stage-done", |step| stage(step.stage));
        let total = i64::try_from(steps.len()).ok();
        return html! {
            div.card #progress data-refresh=(here) data-every="1" {
                (bar(&locale.say(words), i64::try_from(done).unwrap_or(0), total, locale))
                p.soft { (count("books-lines-new", created)) }
            }
        };
    }
    let failed = steps.iter().filter(|step| step.stage == Stage::Failed).count();
    let updated: i64 = steps.iter().map(|step| step.updated).sum();
    let removed: i64 = steps.iter().map(|step| step.removed).sum();
    html! {
        div.card #progress data-import="ended" {
            p { strong { (locale.say("books-import-ended")) } " " @if let Some(at) = import.ended_at { span.soft { (instant(at, locale)) } } }
            p { (count("books-lines-new", created)) " · " (count("books-lines-updated", updated)) " · " (count("books-lines-removed", removed)) }
            @if failed > 0 { p { (badge(Tone::Bad, &locale.say_with("books-accounts-failed", &[("count", failed.into())]))) } }
        }
    }
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Waiting => "books-stage-waiting",
        Stage::Asked => "books-stage-asked",
        Stage::Pulling => "books-stage-pulling",
        Stage::Done => "books-stage-done",
        Stage::Failed => "books-stage-failed",
    }
}

/// The imports that are over, without those that found nothing: the one that runs is told above, where it is followed.
fn history(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    let running = seen.imports.iter().take_while(|run| run.import.ended_at.is_none()).count();
    let over = &seen.imports[running..];
    let matter = over.iter().enumerate().filter(|(place, run)| *place == 0 || run.matters()).map(|(_, run)| run);
    html! {
        @if !over.is_empty() {
            section.section { h2 { (locale.say("books-imports")) }
                (imports::table(matter.take(SHOWN), member))
                p { a href={ "/connections/" (seen.connection.id) "/imports" } { (locale.say("keep-all-imports")) } }
            }
        }
    }
}

pub(super) async fn progress(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Markup, Failure> {
    let seen = look(&web, &member, &id, 1).await?;
    Ok(fragment(&seen, &member))
}

/// Imports now, because a person asks: the provider is told that person's address, so that the bank's limit on calls
/// without a person is spared.
pub(super) async fn import(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let connection = found::connection(&web, &member, &id).await?;
    let ip = Some(member.ip.to_string());
    let begun = web.books.begin_import(member.company(), connection.id, AskedBy::Person, ip).await?;
    let redirect = Redirect::to(format!("/connections/{}", connection.id));
    Ok(match begun {
        Some(_) => redirect.into_response(),
        None => {
            let flash = Flash::care(member.locale().say("books-nothing-linked"));
            redirect.flash(&web.cookies, &flash).into_response()
        }
    })
}

pub(super) async fn automatic(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let connection = found::connection(&web, &member, &id).await?;
    let every: i64 = fields.text("every").parse().ok().filter(|hours| EVERY.contains(hours)).ok_or(Failure::Stale)?;
    let hours = if every == 0 { connection.every_hours } else { every };
    let after = next_after(web.books.environment.now(), hours);
    // A longer pause begins now; a shorter one does not put off what was to come sooner.
    let next = if hours > connection.every_hours { after } else { after.min(connection.next_import_at) };
    let done: Result<(), db::DbError> = db::write!(web.books.db, tx => {
        connection::set_automatic(&mut tx, &connection, every != 0, hours, next).await
    });
    done?;
    Ok(Redirect::to(format!("/connections/{}", connection.id)).into_response())
}

/// Leaves to renew the consent: straight to the page of the provider that asks the bank again, where the provider has
/// one, else through its consent page.
pub(super) async fn renew(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let connection = found::connection(&web, &member, &id).await?;
    let mut accounts = accounts_of(&mut web.books.db.read().await?, &connection).await?;
    accounts.retain(|account| account.listed);
    accounts.sort_by_key(|account| account.authorized_until);
    let back = format!("{}/connections/{}/renewed", web.books.settings.public_url, connection.id);
    let address = match accounts.first() {
        Some(account) => web.books.renewal(account, &back).await?,
        None => None,
    };
    let to = address.unwrap_or_else(|| connect::address(&connection, "update-credentials"));
    Ok(Redirect::to(to).into_response())
}

/// Comes back from renewing: what came meanwhile is imported.
pub(super) async fn renewed(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let connection = found::connection(&web, &member, &id).await?;
    let ip = Some(member.ip.to_string());
    web.books.begin_import(member.company(), connection.id, AskedBy::Person, ip).await?;
    let flash = Flash::good(member.locale().say("keep-renewed"));
    Ok(Redirect::to(format!("/connections/{}", connection.id)).flash(&web.cookies, &flash).into_response())
}
