//! Transfers between own accounts: suggestions, and what a person said of them.

use ::web::{Fields, Icon, Page, Redirect, Tone, amount, badge, empty, heading_under};
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::{LineId, Money};
use maud::{Markup, html};

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use crate::store::line;
use crate::store::transfer::{self, Judged, Verdict};
use crate::transfers::{Pair, Side};

pub(super) async fn list(State(web): State<Shared>, member: Member) -> Result<Response, Failure> {
    let all = web.books.transfers(member.company()).await?;
    let locale = member.locale();
    let title = locale.say("transfer-title");
    let nothing = all.suggested.is_empty() && all.confirmed.is_empty();
    let main = html! {
        (heading_under(Some(("/journals", &locale.say("books-journals"))), &title, &locale.say("transfer-lead"), html! {}))
        @if nothing { (empty(Icon::Arrows, &locale.say("transfer-none"), &locale.say("transfer-none-lead"), html! {})) }
        @if !all.suggested.is_empty() {
            section.section { h2 { (locale.say("transfer-suggested")) }
                ul.list.card.flush { @for pair in &all.suggested { li { (row(pair, false, &member)) } } }
            }
        }
        @if !all.confirmed.is_empty() {
            section.section { h2 { (locale.say("transfer-confirmed")) }
                ul.list.card.flush { @for pair in &all.confirmed { li { (row(pair, true, &member)) } } }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

fn row(pair: &Pair, confirmed: bool, member: &Member) -> Markup {
    let locale = member.locale();
    let side = |side: &Side| {
        html! {
            p { a href={ "/lines/" (side.line.id) } { (side.journal.name) } " · " (locale.date(side.line.booked_on)) " · "
                (amount(Money::new(side.line.amount_minor, side.journal.currency), locale)) }
        }
    };
    let button = |verdict: &str, words: &str, main: bool| {
        html! {
            form method="post" action="/transfers" {
                input type="hidden" name="debit" value=(pair.debit.line.id);
                input type="hidden" name="credit" value=(pair.credit.line.id);
                button.small.main[main] type="submit" name="verdict" value=(verdict) { (locale.say(words)) }
            }
        }
    };
    html! {
        div.list-row data-pair=(if confirmed { "confirmed" } else { "suggested" }) {
            div.grow {
                (side(&pair.debit)) (side(&pair.credit))
                @if pair.named { (badge(Tone::Good, &locale.say("transfer-named"))) }
            }
            div.end.actions {
                @if confirmed { (button("none", "transfer-take-back", false)) }
                @else {
                    (button("confirmed", "transfer-confirm", true))
                    (button("dismissed", "transfer-dismiss", false))
                }
            }
        }
    }
}

pub(super) async fn judge(
    State(web): State<Shared>,
    member: Member,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let id = |name: &str| LineId::parse(fields.text(name)).map_err(|_| Failure::NotFound);
    let (debit, credit) = (id("debit")?, id("credit")?);
    let (company, person, now) = (member.company(), member.session.person, web.books.environment.now());
    let verdict = Verdict::parse(fields.text("verdict"));
    let known: Result<bool, db::DbError> = db::write!(web.books.db, tx => {
        let both = line::find(&mut tx, company, debit).await?.is_some() && line::find(&mut tx, company, credit).await?.is_some();
        if both {
            match verdict {
                Some(verdict) => transfer::judge(&mut tx, company, Judged { debit, credit, verdict }, person, now).await?,
                None => transfer::forget(&mut tx, company, debit, credit).await?,
            }
        }
        Ok(both)
    });
    if known? { Ok(Redirect::to("/transfers").into_response()) } else { Err(Failure::NotFound) }
}
