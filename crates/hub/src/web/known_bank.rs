//! A bank that exists and that no connector reaches yet: what can be done today, and a word when that changes.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use connectors::{KnownBank, known_bank};
use maud::html;
use web::{Flash, Icon, Page, Redirect, Tone, badge, heading_under, initials, notice};

use super::country;
use super::stop::Stop;
use super::visit::Member;
use crate::institutions;
use crate::people::Right;
use crate::store::bank_wish;

fn bank(bic: &str) -> Result<&'static KnownBank, Stop> {
    known_bank(bic).ok_or(Stop::Missing)
}

/// `GET /app/banks/{bic}`.
pub async fn show(member: Member, Path(bic): Path<String>) -> Result<Response, Stop> {
    let bank = bank(&bic)?;
    if let Some(profile) = member.hub().institutions().into_iter().find(|known| known.bic.starts_with(bank.bic)) {
        return Ok(Redirect::to(format!("/app/link/{}", profile.id)).into_response());
    }
    let wished = {
        let mut tx = member.hub().db.read().await?;
        bank_wish::exists(&mut tx, member.id(), bank.bic, &member.who.user.email).await?
    };
    let locale = member.locale();
    let name = || [("bank", bank.name.into())];
    let lead = format!("{} · {}", country::name(bank.country, locale), bank.bic);
    let main = html! {
        (heading_under(Some(("/app/link", &locale.say("link-other-bank"))), bank.name, &lead, badge(Tone::Plain, &locale.say("known-bank-badge"))))
        (notice(Tone::Care, html! { p { (locale.say_with("known-bank-unreached", &name())) } }))
        div.card.stack {
            h2 { (locale.say("known-bank-files")) }
            p { (locale.say_with("known-bank-files-how", &name())) }
            @if member.may(Right::Operate) {
                div.form-end { a.button.main href="/app/files" { (locale.say("files-title")) } }
            }
        }
        @if member.may(Right::Operate) {
            form.card.stack method="post" action={ "/app/banks/" (bank.bic) } {
                h2 { (initials(bank.name)) " " (locale.say("known-bank-tell")) }
                p { (locale.say_with("known-bank-tell-how", &[("email", member.who.user.email.as_str().into())])) }
                div.form-end {
                    @if wished { p { (Icon::Check) " " (locale.say("known-bank-told")) } }
                    @else { button.main type="submit" { (locale.say("known-bank-tell-do")) } }
                    a.button.quiet href="/app/link" { (locale.say("link-other-bank")) }
                }
            }
        }
    };
    Ok(member.frame().show(Page::new(bank.name.to_owned(), main).narrow()))
}

/// `POST /app/banks/{bic}`: notes the wish. A second click changes nothing.
pub async fn wish(member: Member, Path(bic): Path<String>) -> Result<Redirect, Stop> {
    let bank = bank(&bic)?;
    institutions::wish(member.hub(), member.id(), bank.bic, &member.who.user.email).await?;
    let flash = Flash::good(member.locale().say("known-bank-told"));
    Ok(Redirect::to(format!("/app/banks/{}", bank.bic)).flash(&member.visitor.cookies, &flash))
}
