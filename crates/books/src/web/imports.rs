//! The history of a connection: every import, what it brought, why it failed, and the button that undoes it.

use ::web::{Fields, Page, Tone, badge, heading_under, instant, pages_below};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::ConnectionId;
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::files;
use super::member::Member;
use super::{found, trouble};
use crate::store::import::{self, AskedBy, Import, Step};

const ROWS: usize = 50;

/// One import with its accounts.
pub(super) struct Run {
    pub(super) import: Import,
    pub(super) steps: Vec<Step>,
    undone: bool,
}

impl Run {
    /// Whether it brought anything or failed, so that somebody who looks for the one that mattered finds it.
    pub(super) fn matters(&self) -> bool {
        self.steps.iter().any(|step| step.created + step.updated + step.removed > 0 || step.trouble.is_some())
    }
}

/// The imports of a connection below a number, newest first.
pub(super) async fn latest(
    tx: &mut db::Tx,
    member: &Member,
    connection: ConnectionId,
    below: Option<i64>,
    limit: i64,
) -> Result<Vec<Run>, db::DbError> {
    let mut found = Vec::new();
    for import in import::latest(tx, member.company(), connection, below, limit).await? {
        let steps = import::steps(tx, member.company(), import.id).await?;
        let undone = files::is_undone(tx, member, import.id).await?;
        found.push(Run { import, steps, undone });
    }
    Ok(found)
}

/// A table of imports.
pub(super) fn table<'a>(runs: impl IntoIterator<Item = &'a Run>, member: &Member) -> Markup {
    let locale = member.locale();
    let sum = |steps: &[Step], of: fn(&Step) -> i64| locale.number(steps.iter().map(of).sum());
    html! {
        div.card.flush { table.cards {
            thead { tr { th { (locale.say("books-begun")) } th { (locale.say("books-asked-by")) }
                th.number { (locale.say("books-new")) } th.number { (locale.say("books-updated")) }
                th.number { (locale.say("books-removed")) } th { (locale.say("books-outcome")) } th { } } }
            tbody { @for Run { import, steps, undone } in runs { tr {
                td.lead { (instant(import.begun_at, locale)) }
                td { @match import.asked_by {
                    AskedBy::Person => (locale.say("books-asked-by-person")),
                    AskedBy::Schedule => (locale.say("books-asked-by-schedule")),
                    AskedBy::Webhook => (locale.say("keep-asked-by-webhook")),
                } }
                td.number data-label=(locale.say("books-new")) { (sum(steps, |step| step.created)) }
                td.number data-label=(locale.say("books-updated")) { (sum(steps, |step| step.updated)) }
                td.number data-label=(locale.say("books-removed")) { (sum(steps, |step| step.removed)) }
                td { @match steps.iter().find_map(|step| step.trouble.as_ref()) {
                    Some(told) => { (badge(Tone::Bad, &trouble::sentences(told, locale).0)) },
                    None if import.ended_at.is_none() => { (badge(Tone::Plain, &locale.say("books-running"))) },
                    None => { (badge(Tone::Good, &locale.say("books-stage-done"))) },
                } }
                td { @if import.ended_at.is_some() {
                    (files::undo_button(import.id, *undone, steps.iter().map(|step| step.created).sum(), member)) } }
            } } }
        } }
    }
}

pub(super) async fn list(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Failure> {
    let connection = found::connection(&web, &member, &id).await?;
    let below: Option<i64> = fields.text("below").parse().ok();
    let mut tx = web.books.db.read().await?;
    let mut runs = latest(&mut tx, &member, connection.id, below, i64::try_from(ROWS + 1).unwrap_or(i64::MAX)).await?;
    drop(tx);
    let here = format!("/connections/{}/imports", connection.id);
    let older = (runs.len() > ROWS).then(|| {
        runs.truncate(ROWS);
        runs.last().map(|run| format!("{here}?below={}", run.import.number))
    });
    let locale = member.locale();
    let title = locale.say("keep-history");
    let above = (format!("/connections/{}", connection.id), connection.institution_name.clone());
    let main = html! {
        (heading_under(Some((&above.0, &above.1)), &title, &locale.say("keep-history-lead"), html! {}))
        (table(&runs, &member))
        (pages_below(below.map(|_| here.as_str()), older.flatten().as_deref(), locale))
    };
    Ok(member.frame().show(Page::new(title, main)))
}
