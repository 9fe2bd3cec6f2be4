//! Repairing a journal: what the provider lists and the journal does not hold, and lines that may tell the same
//! movement. Live progress while a check runs.

use ::web::{
    Field, Fields, Flash, Icon, Page, Redirect, Tone, amount, heading_under, iban, instant, notice, progress as bar,
};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::{Date, LineId, Money, ToSpan};
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::journal::find;
use super::member::Member;
use super::trouble;
use crate::store::duplicate::{self, Alike};
use crate::store::import::AskedBy;
use crate::store::inspection::{self, Inspection, Missing};
use crate::store::journal::{self, Journal};
use crate::store::line::{Line, SetAside};
use crate::store::{account, connection};

/// Movements that are shown as missing.
const MOST_SHOWN: i64 = 200;
/// How far back duplicates are looked for, unless a day is given.
const WINDOW_DAYS: i64 = 90;

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Failure> {
    let journal = find(&web, &member, &id).await?;
    let from: Date = fields.text("from").parse().unwrap_or(web.books.environment.today() - WINDOW_DAYS.days());
    let groups = duplicate::of_journal(&mut web.books.db.read().await?, journal.company, journal.id, from).await?;
    let found = latest(&web, &journal).await?;
    let locale = member.locale();
    let title = locale.say("check-title");
    let above = format!("/journals/{}", journal.id);
    let main = html! {
        (heading_under(Some((&above, &journal.name)), &title, &locale.say("check-lead"), html! {}))
        section.section { h2 { (locale.say("check-missing")) }
            @if journal.account.is_none() { p.soft { (locale.say("check-no-account")) } }
            @else { (fragment(&journal, found.as_ref(), &member)) }
        }
        section.section { h2 { (locale.say("check-duplicates")) }
            p.soft { (locale.say("check-duplicates-lead")) }
            form.search method="get" action={ (above) "/check" } {
                (Field::text("from", locale.say("check-from")).kind("date").value(&from.to_string()).filter().show(locale))
                button type="submit" { (Icon::Search) (locale.say("books-search-do")) }
            }
            @if groups.is_empty() { p { (locale.say("check-duplicates-none")) } }
            @for (why, lines) in &groups { (group(&journal, *why, lines, &member)) }
        }
    };
    let running = found.as_ref().is_some_and(|(inspection, _)| inspection.ended_at.is_none());
    let page = Page::new(title, main);
    Ok(member.frame().show(if running { page.refresh(3) } else { page }))
}

async fn latest(web: &Shared, journal: &Journal) -> Result<Option<(Inspection, Vec<Missing>)>, Failure> {
    let mut tx = web.books.db.read().await?;
    let Some(latest) = inspection::latest(&mut tx, journal.company, journal.id).await? else { return Ok(None) };
    let missing = inspection::missing(&mut tx, &latest, MOST_SHOWN).await?;
    Ok(Some((latest, missing)))
}

/// The part of the page that follows a running check.
fn fragment(journal: &Journal, found: Option<&(Inspection, Vec<Missing>)>, member: &Member) -> Markup {
    let locale = member.locale();
    let here = format!("/journals/{}/check", journal.id);
    let begin = html! {
        form method="post" action=(here) { button type="submit" { (Icon::Refresh) (locale.say("check-begin")) } }
    };
    let Some((inspection, missing)) = found else {
        return html! { div.card #check { p { (locale.say("check-missing-lead")) } (begin) } };
    };
    let count = |key: &str, count: i64| locale.say_with(key, &[("count", count.into())]);
    let Some(ended_at) = inspection.ended_at else {
        return html! {
            div.card #check data-refresh={ (here) "/progress" } data-every="1" {
                (bar(&locale.say("check-running"), inspection.listed, None, locale))
                p.soft { (count("check-listed", inspection.listed)) }
            }
        };
    };
    html! {
        div.card #check data-check="ended" data-missing=(missing.len()) data-surplus=(inspection.surplus) {
            @if let Some(told) = &inspection.trouble { (trouble::show(told, &inspection.id.to_string(), locale)) }
            p { (count("check-listed", inspection.listed)) " · " (instant(ended_at, locale)) }
            @if inspection.trouble.is_none() {
                p { strong { (count("check-found", i64::try_from(missing.len()).unwrap_or(i64::MAX))) } }
                @if inspection.surplus > 0 { (notice(Tone::Care, html! { p { (count("check-surplus", inspection.surplus)) } })) }
            }
            @if !missing.is_empty() {
                div.table-wrap { table.cards { tbody { @for one in missing { tr {
                    td.tight { (locale.date(one.booked_on)) }
                    td.lead { (one.partner_name.as_deref().unwrap_or(&one.label))
                        @if let Some(account) = &one.partner_account { span.second { (iban(account)) } } }
                    td { @if one.partner_name.is_some() { (one.label) } }
                    td.number.figure-cell { (amount(Money::new(one.amount_minor, journal.currency), locale)) }
                } } } } }
                form method="post" action={ (here) "/take" } { button.main type="submit" { (locale.say("check-take")) } }
            }
            (begin)
        }
    }
}

fn group(journal: &Journal, why: Alike, lines: &[Line], member: &Member) -> Markup {
    let locale = member.locale();
    let words = match why {
        Alike::BankId => "check-same-id",
        Alike::Content => "check-same-content",
    };
    html! {
        div.card data-group=(lines.len()) {
            p.soft { (locale.say(words)) }
            ul.list { @for line in lines { li { div.list-row {
                div.grow {
                    a href={ "/lines/" (line.id) } { (line.text.partner_name.as_deref().unwrap_or(&line.text.label)) }
                    p.soft { (locale.date(line.booked_on)) " · " (line.text.label) }
                }
                div.end {
                    (amount(Money::new(line.amount_minor, journal.currency), locale))
                    form method="post" action={ "/lines/" (line.id) "/aside" } {
                        button.small type="submit" { (locale.say("check-set-aside")) }
                    }
                }
            } } } }
        }
    }
}

pub(super) async fn progress(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Markup, Failure> {
    let journal = find(&web, &member, &id).await?;
    let found = latest(&web, &journal).await?;
    Ok(fragment(&journal, found.as_ref(), &member))
}

pub(super) async fn begin(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let journal = find(&web, &member, &id).await?;
    let redirect = Redirect::to(format!("/journals/{}/check", journal.id));
    Ok(if web.books.inspect(&journal).await? {
        redirect.into_response()
    } else {
        let flash = Flash::care(member.locale().say("check-no-account"));
        redirect.flash(&web.cookies, &flash).into_response()
    })
}

/// Brings in what is missing: with an import, whose progress its connection shows.
pub(super) async fn take(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let journal = find(&web, &member, &id).await?;
    let company = member.company();
    let account = web.books.want_missing(company, &journal).await?.ok_or(Failure::Stale)?;
    let mut tx = web.books.db.read().await?;
    let account = account::find(&mut tx, company, account).await?.ok_or(Failure::Stale)?;
    let connections = connection::of_company(&mut tx, company).await?;
    drop(tx);
    let connection = super::journals::connection_of(&connections, &account).ok_or(Failure::Stale)?;
    let ip = Some(member.ip.to_string());
    web.books.begin_import(company, connection.id, AskedBy::Person, ip).await?;
    Ok(Redirect::to(format!("/connections/{}", connection.id)).into_response())
}

/// Sets a line aside as a duplicate.
pub(super) async fn aside(web: State<Shared>, member: Member, id: Path<String>) -> Result<Response, Failure> {
    turn(&web, &member, &id, Some(SetAside::Duplicate)).await
}

/// Brings back a line that was set aside.
pub(super) async fn back(web: State<Shared>, member: Member, id: Path<String>) -> Result<Response, Failure> {
    turn(&web, &member, &id, None).await
}

async fn turn(web: &Shared, member: &Member, id: &str, reason: Option<SetAside>) -> Result<Response, Failure> {
    let id = LineId::parse(id).map_err(|_| Failure::NotFound)?;
    let journal = web.books.set_aside(member.company(), id, reason).await?.ok_or(Failure::NotFound)?;
    let journal = journal::find(&mut web.books.db.read().await?, member.company(), journal).await?;
    let journal = journal.ok_or(Failure::NotFound)?;
    let words = if reason.is_some() { "check-set-aside-done" } else { "check-back-done" };
    let flash = Flash::good(member.locale().say(words));
    let to = if reason.is_some() { format!("/journals/{}/check", journal.id) } else { format!("/lines/{id}") };
    Ok(Redirect::to(to).flash(&web.cookies, &flash).into_response())
}
