//! One target: how it stands, what each journal has delivered, what is parked and why, and trying again.

use ::web::{Flash, Icon, Page, Redirect, Tone, amount, badge, heading_under, iban, instant, notice};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::{JournalId, Money};
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use super::targets::{find, title_of};
use super::{target_files, target_trouble};
use crate::deliver;
use crate::store::delivery::{self, Lane, Parked, Tally};
use crate::store::journal::{self, Journal};
use crate::store::line::{Line, LineState};
use crate::store::statement_file::{self, Written};
use crate::store::target::{self, Link, TargetRow};
use crate::targets::{self, Halt};

/// More parked lines than this are counted, not shown.
const ROWS: i64 = 100;

/// What the page shows.
struct Seen {
    row: TargetRow,
    lanes: Vec<(Journal, Link, Tally)>,
    parked: Vec<Parked>,
    changed: Vec<(JournalId, Line)>,
    files: Vec<Written>,
}

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let row = find(&web, &member, &id).await?;
    let mut tx = web.books.db.read().await?;
    let mut lanes = Vec::new();
    for link in target::links(&mut tx, row.company, row.id).await? {
        let lane = Lane { company: row.company, target: row.id, journal: link.journal };
        if let Some(journal) = journal::find(&mut tx, row.company, link.journal).await? {
            let tally = delivery::tally(&mut tx, lane).await?;
            lanes.push((journal, link, tally));
        }
    }
    let parked = delivery::parked(&mut tx, row.company, row.id, ROWS).await?;
    let changed = delivery::changed(&mut tx, row.company, row.id).await?;
    let files = statement_file::of_target(&mut tx, row.company, row.id, ROWS).await?;
    drop(tx);
    let seen = Seen { row, lanes, parked, changed, files };
    let locale = member.locale();
    let above = locale.say("targets");
    let main = html! {
        (heading_under(Some(("/targets", &above)), &seen.row.name, &title_of(&seen.row, locale), actions(&seen, &member)))
        @if let Some(error) = &seen.row.error {
            (target_trouble::show(&error.code, &error.detail, Some(error.since), error.stops, locale))
        }
        @if let Some(warning) = warning(&web, &seen.row)? {
            (target_trouble::show(warning.code, &warning.detail, None, false, locale))
        }
        @if seen.row.from_file { (notice(Tone::Plain, html! { p { (locale.say("targets-from-file")) } })) }
        (journals(&seen, &member))
        (target_files::list(&seen.files, |id| seen.journal(id), &member))
        (parked_lines(&seen, &member))
        (changed_lines(&seen, &member))
    };
    Ok(member.frame().show(Page::new(seen.row.name.clone(), main)))
}

fn warning(web: &Shared, row: &TargetRow) -> Result<Option<Halt>, Failure> {
    let Some(system) = targets::named(&row.system) else { return Ok(None) };
    Ok(system.warning(&deliver::desk(&web.books, row)?))
}

fn actions(seen: &Seen, member: &Member) -> Markup {
    let (locale, id) = (member.locale(), seen.row.id);
    if seen.row.removed_at.is_some() {
        return html! {
            a.button href={ "/targets/" (id) "/remove" } { (locale.say("outgoing-remove")) }
            form method="post" action={ "/targets/" (id) "/restore" } {
                button.main type="submit" { (locale.say("retire-restore")) } }
        };
    }
    html! {
        @if !seen.row.from_file {
            a.button href={ "/targets/" (id) "/settings" } { (Icon::Key) (locale.say("targets-settings")) }
            a.button href={ "/targets/" (id) "/retire" } { (locale.say("retire-do")) }
            a.button href={ "/targets/" (id) "/remove" } { (locale.say("outgoing-remove")) }
        }
        form method="post" action={ "/targets/" (id) "/again" } {
            button.main type="submit" { (Icon::Refresh) (locale.say("targets-again")) }
        }
    }
}

fn journals(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    let count = |key: &str, count: i64| locale.say_with(key, &[("count", count.into())]);
    html! {
        section.section { h2 { (locale.say("targets-journals")) }
            @if seen.lanes.is_empty() { p { (locale.say("targets-nothing-chosen")) } }
            ul.list.card.flush { @for (journal, link, tally) in &seen.lanes { li {
                div.list-row data-delivered=(tally.delivered) { div.grow {
                    strong { a href={ "/journals/" (journal.id) } { (journal.name) } }
                    p.soft { (iban(&journal.reference)) " · " (journal.currency)
                        @if let Some(place) = &link.place { " · " (place) } }
                    p { (count("targets-delivered-count", tally.delivered))
                        @if tally.sending > 0 { " · " (count("targets-sending-count", tally.sending)) }
                        @if tally.parked > 0 { " " (badge(Tone::Care, &count("targets-parked-count", tally.parked))) }
                        @if tally.changed > 0 { " " (badge(Tone::Care, &count("targets-changed-count", tally.changed))) } }
                    p.soft { @match link.delivered_at {
                        Some(at) => { (locale.say("targets-delivered-at")) " " (instant(at, locale)) },
                        None => (locale.say("targets-never")),
                    } }
                } }
                @if let Some(error) = &link.error {
                    (target_trouble::show(&error.code, &error.detail, Some(error.since), true, locale)) }
            } } }
        }
    }
}

fn line_row(journal: Option<&Journal>, line: &Line, why: Markup, member: &Member) -> Markup {
    let locale = member.locale();
    let text = &line.text;
    html! { li { div.list-row {
        div.grow {
            a href={ "/lines/" (line.id) } { (text.partner_name.as_deref().unwrap_or(&text.label)) }
            p.soft { (locale.date(line.booked_on)) @if let Some(journal) = journal { " · " (journal.name) } }
            p { (why) }
        }
        @if let Some(journal) = journal { (amount(Money::new(line.amount_minor, journal.currency), locale)) }
    } } }
}

fn parked_lines(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    if seen.parked.is_empty() {
        return html! {};
    }
    html! {
        section.section #parked { h2 { (locale.say("targets-parked")) } p { (locale.say("targets-parked-lead")) }
            ul.list.card.flush { @for parked in &seen.parked {
                (line_row(seen.journal(parked.journal), &parked.line, html! {
                    (badge(Tone::Care, &target_trouble::reason(&parked.reason, locale))) " "
                    @if !parked.detail.is_empty() { span.soft { (parked.detail) } " " }
                    small { (instant(parked.at, locale)) }
                }, member))
            } }
        }
    }
}

fn changed_lines(seen: &Seen, member: &Member) -> Markup {
    let locale = member.locale();
    if seen.changed.is_empty() {
        return html! {};
    }
    html! {
        section.section { h2 { (locale.say("targets-changed")) } p { (locale.say("targets-changed-lead")) }
            ul.list.card.flush { @for (journal, line) in &seen.changed {
                (line_row(seen.journal(*journal), line, html! {
                    (badge(Tone::Bad, &match line.state {
                        LineState::Removed => locale.say("targets-changed-removed"),
                        LineState::Review | LineState::Posted => locale.say("targets-changed-review"),
                    }))
                    @if let Some(note) = &line.note { " " span.soft { (note) } }
                }, member))
            } }
        }
    }
}

impl Seen {
    fn journal(&self, id: JournalId) -> Option<&Journal> {
        self.lanes.iter().map(|(journal, ..)| journal).find(|journal| journal.id == id)
    }
}

/// Tries again at once: what is parked, what is stopped, and the target itself.
pub(super) async fn again(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let row = find(&web, &member, &id).await?;
    let parked = web.books.try_target_again(&row).await?;
    let parked = i64::try_from(parked).unwrap_or(i64::MAX);
    let flash = Flash::good(member.locale().say_with("targets-again-done", &[("count", parked.into())]));
    Ok(Redirect::to(format!("/targets/{}", row.id)).flash(&web.cookies, &flash).into_response())
}
