//! One statement: opening, its lines, closing, and what the proof says.

use ::web::{Page, card_figure, heading_under, pages_below, proof_badge};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::Proof;
use maud::html;

use super::Shared;
use super::failure::Failure;
use super::journal;
use super::member::Member;
use crate::statements;
use crate::store::line;

const ROWS: usize = 200;

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path((id, period)): Path<(String, String)>,
    Query(fields): Query<::web::Fields>,
) -> Result<Response, Failure> {
    let journal = journal::find(&web, &member, &id).await?;
    let mut tx = web.books.db.read().await?;
    let all = statements::of_journal(&mut tx, &journal).await?;
    let statement = all.into_iter().find(|statement| statement.period == period).ok_or(Failure::NotFound)?;
    let below = fields.text("below").split_once('/');
    let query = line::Query {
        from: Some(statement.from),
        to: Some(statement.to),
        below: below.and_then(|(date, sequence)| Some((date.parse().ok()?, sequence.parse().ok()?))),
        ..line::Query::default()
    };
    let limit = i64::try_from(ROWS + 1).expect("a page is small");
    let mut lines = line::page(&mut tx, journal.company, journal.id, &query, limit).await?;
    drop(tx);
    let here = format!("/journals/{}/statements/{}", journal.id, statement.period);
    let older = (lines.len() > ROWS).then(|| {
        lines.truncate(ROWS);
        lines.last().map(|last| format!("{here}?below={}/{}", last.booked_on, last.sequence))
    });
    let locale = member.locale();
    let money =
        |money: Option<domain::Money>| money.map_or_else(|| locale.say("books-not-told"), |money| locale.money(money));
    let title = format!("{} – {}", locale.date(statement.from), locale.date(statement.to));
    let above = (format!("/journals/{}", journal.id), journal.name.clone());
    let why = match statement.proof {
        Proof::Proven => locale.say("web-proof-proven-why"),
        Proof::Unproven => locale.say("web-proof-unproven-why"),
        Proof::Broken(gap) => locale.say_with("web-proof-broken-why", &[("gap", locale.money(gap).into())]),
    };
    let count = locale.say_with("books-line-count", &[("count", statement.lines.into())]);
    let main = html! {
        (heading_under(Some((&above.0, &above.1)), &title, "", html! {}))
        div.grid {
            (card_figure(&locale.say("books-opening"), &money(statement.opening), html! { (locale.say("books-by-bank")) }))
            (card_figure(&locale.say("books-total"), &locale.movement(statement.total), html! { (count) }))
            (card_figure(&locale.say("books-closing"), &money(statement.closing), html! { (locale.say("books-by-bank")) }))
        }
        section.section { p { (proof_badge(&statement.proof, locale)) " " (why) } }
        section.section {
            (journal::lines_table(&journal, &lines, &member))
            (pages_below(query.below.map(|_| here.as_str()), older.flatten().as_deref(), locale))
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}
