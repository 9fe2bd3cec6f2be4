//! Who is written to before a permission at a bank ends.

use axum::Form;
use axum::response::{IntoResponse, Response};
use maud::html;
use web::{Field, FieldErrors, Fields, Flash, Icon, Page, Redirect, Tone, heading};

use super::stop::Stop;
use super::visit::Member;
use crate::notices::{self, MOST_ADDRESSES};
use crate::people::{self, Right};
use crate::store::notice_address::{self, NoticeAddress};

/// `GET /app/notices`.
pub async fn show(member: Member) -> Result<Response, Stop> {
    draw(&member, "", &FieldErrors::new()).await
}

/// `POST /app/notices`: adds an address.
pub async fn add(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let typed = form.text("email");
    let mut errors = FieldErrors::new();
    let Some(email) = errors.take("email", people::email_of(typed).ok_or("field-not-an-email")) else {
        return draw(&member, typed, &errors).await;
    };
    let address = NoticeAddress { email, language: member.locale().language.code().to_owned() };
    if !notices::add_address(member.hub(), member.id(), &address).await? {
        errors.add_with("email", "notices-too-many", vec![("count", MOST_ADDRESSES.into())]);
        return draw(&member, typed, &errors).await;
    }
    Ok(back(&member, Tone::Good, "notices-added").into_response())
}

/// `POST /app/notices/remove`.
pub async fn remove(member: Member, Form(form): Form<Fields>) -> Result<Redirect, Stop> {
    let (organization, email) = (member.id(), form.text("email").to_owned());
    db::write!(member.hub().db, tx => { notice_address::remove(&mut tx, organization, &email).await })?;
    Ok(back(&member, Tone::Plain, "notices-removed"))
}

fn back(member: &Member, tone: Tone, key: &str) -> Redirect {
    let words = member.locale().say(key);
    let flash = if tone == Tone::Good { Flash::good(words) } else { Flash::care(words) };
    Redirect::to("/app/notices").flash(&member.visitor.cookies, &flash)
}

async fn draw(member: &Member, typed: &str, errors: &FieldErrors) -> Result<Response, Stop> {
    let locale = member.locale();
    let (members, added) = {
        let mut tx = member.hub().db.read().await?;
        let members = notice_address::of_members(&mut tx, member.id()).await?;
        (members, notice_address::added(&mut tx, member.id()).await?)
    };
    let may_change = member.may(Right::Operate);
    let title = locale.say("notices-title");
    let field = Field::text("email", locale.say("notices-further")).kind("email").value(typed);
    let main = html! {
        (heading(&title, &locale.say("notices-lead"), html! {}))
        div.card.flush { ul.list {
            @for reader in &members { li { div.list-row { (Icon::Check) div.grow { strong { (reader.email) } small { (locale.say("notices-member")) } } } } }
            @for reader in &added { li { form.list-row method="post" action="/app/notices/remove" {
                (Icon::Check)
                div.grow { strong { (reader.email) } small { (locale.say("notices-further")) } }
                input type="hidden" name="email" value=(reader.email);
                @if may_change { button.small type="submit" { (locale.say("notices-remove")) } }
            } } }
        } }
        @if may_change { form.card.stack method="post" action="/app/notices" {
            (field.hint(locale.say("notices-further-hint")).errors(errors).show(locale))
            div.form-end { button.main type="submit" { (locale.say("notices-add")) } }
        } }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}
