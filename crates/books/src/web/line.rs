//! One line: everything that is known of it, and why it is in its state.

use ::web::{Page, Tone, amount, heading_under, iban, notice};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{LineId, Money};
use maud::html;

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use crate::store::journal;
use crate::store::line::{self, LineState};

pub(super) async fn show(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = LineId::parse(&id).map_err(|_| Failure::NotFound)?;
    let mut tx = web.books.db.read().await?;
    let (journal, line) = line::find(&mut tx, member.company(), id).await?.ok_or(Failure::NotFound)?;
    let journal = journal::find(&mut tx, member.company(), journal).await?.ok_or(Failure::NotFound)?;
    drop(tx);
    let locale = member.locale();
    let text = &line.text;
    let title = text.partner_name.clone().unwrap_or_else(|| text.label.clone());
    let above = format!("/journals/{}", journal.id);
    let tone = match line.state {
        LineState::Posted => Tone::Plain,
        LineState::Review => Tone::Care,
        LineState::Removed => Tone::Bad,
    };
    let facts = [
        ("books-value-date", text.value_on.map(|date| locale.date(date))),
        ("books-label", Some(text.label.clone())),
        ("books-structured", text.structured.clone()),
        ("books-end-to-end", text.end_to_end_id.clone()),
        ("journal-foreign", text.foreign.map(|money| locale.money(money))),
        ("journal-rate", text.exchange_rate.clone()),
        ("journal-bank-id", text.bank_id.clone()),
        ("books-remote-id", Some(line.remote.clone())),
    ];
    let main = html! {
        (heading_under(Some((&above, &journal.name)), &title, &locale.date(line.booked_on), html! {}))
        @if let Some(note) = &line.note {
            (notice(tone, html! { p { strong { @match line.state {
                LineState::Removed => (locale.say("books-line-removed-why")),
                LineState::Review | LineState::Posted => (locale.say("books-line-review-why")),
            } } } p.soft { (note) } }))
        }
        p.figure { (amount(Money::new(line.amount_minor, journal.currency), locale)) }
        dl.facts {
            @if let Some(account) = &text.partner_account { dt { (locale.say("books-partner-account")) } dd { (iban(account)) } }
            @for (key, value) in &facts { @if let Some(value) = value { dt { (locale.say(key)) } dd { (value) } } }
        }
        @if line.set_aside.is_some() {
            (notice(Tone::Care, html! { p { (locale.say("check-set-aside-why")) }
                form method="post" action={ "/lines/" (line.id) "/back" } { button.small type="submit" { (locale.say("check-back")) } } }))
        } @else if line.state != LineState::Removed {
            form method="post" action={ "/lines/" (line.id) "/aside" } { button.small type="submit" { (locale.say("check-set-aside")) } }
        }
        details.section { summary { (locale.say("books-raw")) } pre { code { (text.raw) } } }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}
