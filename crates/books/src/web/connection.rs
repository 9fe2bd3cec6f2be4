//! One connection: how it stands, what it feeds, and what can be done with it; the progress of a running import.

use ::web::{Fields, Flash, Icon, Page, Redirect, Tone, badge, heading_under, iban, instant, progress as bar};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::{ConnectionId, Timestamp};
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use super::{connect, trouble};
use crate::Trouble;
use crate::import::accounts_of;
use crate::store::account::Account;
use crate::store::connection::{self, Connection};
use crate::store::import::{self, AskedBy, Import, Stage, Step};
use crate::store::journal::{self, Journal};

/// A consent that ends within this many days is amber.
const SOON_DAYS: i64 = 30;

pub(super) async fn find(web: &Shared, member: &Member, id: &str) -> Result<Connection, Failure> {
    let id = ConnectionId::parse(id).map_err(|_| Failure::NotFound)?;
    connection::find(&mut web.books.db.read().await?, member.company(), id).await?.ok_or(Failure::NotFound)
}

/// What the page shows of a connection.
struct Seen {
    connection: Connection,
    accounts: Vec<(Account, Option<Journal>)>,
    imports: Vec<(Import, Vec<Step>)>,
}

async fn look(web: &Shared, member: &Member, id: &str, imports: i64) -> Result<Seen, Failure> {
    let connection = find(web, member, id).await?;
    let mut tx = web.books.db.read().await?;
    let mut accounts = Vec::new();
    for account in accounts_of(&mut tx, &connection).await? {
        let journal = journal::of_account(&mut tx, member.company(), account.id).await?;
        accounts.push((account, journal));
    }
    let mut found = Vec::new();
    for import in import::latest(&mut tx, member.company(), connection.id, imports).await? {
        let steps = import::steps(&mut tx, member.company(), import.id).await?;
        found.push((import, steps));
    }
    Ok(Seen { connection, accounts, imports: found })
}

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let seen = look(&web, &member, &id, 10).await?;
    let locale = member.locale();
    let connection = &seen.connection;
    let provider = connection.grant.provider.as_str();
    let lead = locale.say_with("books-by-provider", &[("provider", provider.into())]);
    let above = locale.say("books-connections");
    let main = html! {
        (heading_under(Some(("/connections", &above)), &connection.institution_name, &lead, actions(connection, &member)))
        (connect::advice(&connection.institution_status, provider, &member))
        @if let Some(told) = &connection.trouble { (trouble::show(told, locale)) }
        (fragment(&seen, &member))
        section.section { h2 { (locale.say("books-accounts")) } (accounts(&seen, &member, web.books.environment.now())) }
        section.section { h2 { (locale.say("books-schedule")) } (schedule(connection, &member)) }
        (history(&seen, &member))
    };
    let page = Page::new(connection.institution_name.clone(), main);
    let running = seen.imports.first().is_some_and(|(import, _)| import.ended_at.is_none());
    Ok(member.frame().show(if running { page.refresh(3) } else { page }))
}

fn actions(connection: &Connection, member: &Member) -> Markup {
    let locale = member.locale();
    let again = |purpose: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("provider", &connection.grant.provider);
        query.append_pair("institution", &connection.institution.to_string());
        query.append_pair("purpose", purpose).append_pair("connection", &connection.id.to_string());
        format!("/connect?{}", query.finish())
    };
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
                p { (consent(account, member, now))
                    @if let Some(told) = &account.trouble { " " (badge(Tone::Bad, &trouble::sentences(told, locale).0)) } }
            } }
            @if let Some(told) = account.trouble.as_ref().filter(|told| !said(told)) { (trouble::show(told, locale)) }
        } } }
    }
}

/// How long the consent lasts: green, amber when it ends soon, red when it has ended or the account is gone.
fn consent(account: &Account, member: &Member, now: Timestamp) -> Markup {
    let locale = member.locale();
    if !account.listed {
        let since = account.unlisted_at.map(|at| html! { " " small { (instant(at, locale)) } });
        return html! { (badge(Tone::Bad, &locale.say("books-access-lost"))) @if let Some(since) = since { (since) } };
    }
    let Some(until) = account.authorized_until else { return html! {} };
    let days = until.duration_since(now).as_hours().div_euclid(24);
    let words = locale.say_with("books-consent-left", &[("days", days.into())]);
    match days {
        ..0 => badge(Tone::Bad, &locale.say("books-consent-ended")),
        0..SOON_DAYS => badge(Tone::Care, &words),
        SOON_DAYS.. => badge(Tone::Good, &words),
    }
}

fn schedule(connection: &Connection, member: &Member) -> Markup {
    let locale = member.locale();
    let (words, button) = if connection.automatic {
        ("books-automatic-on", "books-automatic-stop")
    } else {
        ("books-automatic-off", "books-automatic-start")
    };
    html! {
        form.card method="post" action={ "/connections/" (connection.id) "/automatic" } {
            p { (locale.say(words)) @if connection.automatic { " " (instant(connection.next_import_at, locale)) } }
            @if !connection.automatic { input type="hidden" name="automatic" value="1"; }
            button.small type="submit" { (locale.say(button)) }
        }
    }
}

/// The part of the page that follows a running import.
fn fragment(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    let here = format!("/connections/{}/progress", seen.connection.id);
    let Some((import, steps)) = seen.imports.first() else { return html! { div #progress {} } };
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

fn history(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    if seen.imports.is_empty() {
        return html! {};
    }
    let sum = |steps: &[Step], of: fn(&Step) -> i64| locale.number(steps.iter().map(of).sum());
    html! {
        section.section { h2 { (locale.say("books-imports")) }
            div.card.flush { table.cards {
                thead { tr { th { (locale.say("books-begun")) } th { (locale.say("books-asked-by")) }
                    th.number { (locale.say("books-new")) } th.number { (locale.say("books-updated")) }
                    th.number { (locale.say("books-removed")) } th { (locale.say("books-outcome")) } } }
                tbody { @for (import, steps) in &seen.imports { tr {
                    td.lead { (instant(import.begun_at, locale)) }
                    td { @match import.asked_by {
                        AskedBy::Person => (locale.say("books-asked-by-person")),
                        AskedBy::Schedule => (locale.say("books-asked-by-schedule")),
                    } }
                    td.number data-label=(locale.say("books-new")) { (sum(steps, |step| step.created)) }
                    td.number data-label=(locale.say("books-updated")) { (sum(steps, |step| step.updated)) }
                    td.number data-label=(locale.say("books-removed")) { (sum(steps, |step| step.removed)) }
                    td { @match steps.iter().find_map(|step| step.trouble.as_ref()) {
                        Some(told) => { (badge(Tone::Bad, &trouble::sentences(told, locale).0)) },
                        None if import.ended_at.is_none() => { (badge(Tone::Plain, &locale.say("books-running"))) },
                        None => { (badge(Tone::Good, &locale.say("books-stage-done"))) },
                    } }
                } } }
            } }
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
    let connection = find(&web, &member, &id).await?;
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
    let connection = find(&web, &member, &id).await?;
    let (company, automatic) = (member.company(), fields.has("automatic"));
    let done: Result<(), db::DbError> = db::write!(web.books.db, tx => {
        connection::set_automatic(&mut tx, company, connection.id, automatic).await
    });
    done?;
    Ok(Redirect::to(format!("/connections/{}", connection.id)).into_response())
}
