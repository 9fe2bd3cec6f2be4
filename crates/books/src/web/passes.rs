//! What people do by an address that came by letter or from the operator: confirm their e-mail address, choose a password.

use ::web::{Field, FieldErrors, Fields, Flash, Page, Redirect, Tone, heading, notice};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use vault::Secret;

use super::Shared;
use super::door::SHORTEST_PASSWORD;
use super::failure::Failure;
use super::member::{Guest, Member};
use crate::store::company;
use crate::store::pass::{Pass, Purpose};

fn door(guest: &Guest, title: &str, lead: &str, body: &Markup) -> Response {
    let main = html! { div.door { (heading(title, lead, html! {})) (body) } };
    guest.frame().show(Page::new(title.to_owned(), main).narrow())
}

/// A pass that was used or has ended, with the way to another one.
fn spent(guest: &Guest, back: &str, words: &str) -> Response {
    let locale = &guest.locale;
    let body = html! {
        (notice(Tone::Care, html! { p { (locale.say("pass-spent-lead")) } }))
        p.below { a href=(back) { (locale.say(words)) } }
    };
    door(guest, &locale.say("pass-spent"), "", &body)
}

async fn good(web: &Shared, plain: &str, confirms: bool) -> Result<Option<Pass>, Failure> {
    let found = web.books.pass(plain).await?;
    Ok(found.filter(|pass| (pass.purpose == Purpose::Confirm) == confirms))
}

/// Asks for a press of a button: programs that look through letters follow links, and press nothing.
pub(super) async fn confirm_form(
    State(web): State<Shared>,
    guest: Guest,
    Path(plain): Path<String>,
) -> Result<Response, Failure> {
    let Some(pass) = good(&web, &plain, true).await? else {
        return Ok(spent(&guest, "/companies", "pass-confirm-again"));
    };
    let locale = &guest.locale;
    let body = html! {
        form.card method="post" action={ "/confirm/" (plain) } {
            p { (locale.say_with("pass-confirm-lead", &[("email", pass.email.as_str().into())])) }
            div.form-end { button.main type="submit" { (locale.say("pass-confirm-do")) } }
        }
    };
    Ok(door(&guest, &locale.say("pass-confirm"), "", &body))
}

pub(super) async fn confirm(
    State(web): State<Shared>,
    guest: Guest,
    Path(plain): Path<String>,
) -> Result<Response, Failure> {
    if !web.books.confirm(&plain).await? {
        return Ok(spent(&guest, "/companies", "pass-confirm-again"));
    }
    let flash = Flash::good(guest.locale.say("pass-confirmed"));
    Ok(Redirect::to("/companies").flash(&web.cookies, &flash).into_response())
}

/// Writes once more to the person who is logged in.
pub(super) async fn ask_again(State(web): State<Shared>, member: Member) -> Result<Response, Failure> {
    let person = (member.session.person, member.session.email.as_str());
    web.books.ask_to_confirm(person, member.company(), member.locale()).await?;
    let sent = member.locale().say_with("pass-confirm-sent", &[("email", person.1.into())]);
    Ok(Redirect::to("/companies").flash(&web.cookies, &Flash::good(sent)).into_response())
}

pub(super) async fn forgot_form(guest: Guest) -> Response {
    let locale = &guest.locale;
    let body = html! {
        form.card method="post" action="/password" {
            (Field::text("email", locale.say("books-email")).kind("email").complete("username").focus().show(locale))
            div.form-end { button.main type="submit" { (locale.say("pass-forgot-do")) } }
        }
        p.below { a href="/login" { (locale.say("books-log-in-instead")) } }
    };
    door(&guest, &locale.say("pass-forgot"), &locale.say("pass-forgot-lead"), &body)
}

/// Says the same whoever has the address, so that nobody learns who has a login here.
pub(super) async fn forgot(
    State(web): State<Shared>,
    guest: Guest,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    web.books.forgot(fields.text("email"), &guest.locale).await?;
    let locale = &guest.locale;
    let body = html! {
        (notice(Tone::Good, html! { p { (locale.say_with("pass-forgot-sent", &[("email", fields.text("email").into())])) } }))
        p.below { a href="/login" { (locale.say("books-log-in-instead")) } }
    };
    Ok(door(&guest, &locale.say("pass-forgot"), "", &body))
}

fn password_page(guest: &Guest, plain: &str, email: &str, errors: &FieldErrors) -> Response {
    let locale = &guest.locale;
    let body = html! {
        form.card method="post" action={ "/password/" (plain) } {
            input type="hidden" name="username" value=(email) autocomplete="username";
            (Field::text("password", locale.say("books-password")).kind("password").complete("new-password")
                .hint(locale.say("books-password-hint")).errors(errors).focus().show(locale))
            div.form-end { button.main type="submit" { (locale.say("pass-password-do")) } }
        }
    };
    let lead = locale.say_with("pass-password-lead", &[("email", email.into())]);
    door(guest, &locale.say("pass-password"), &lead, &body)
}

pub(super) async fn password_form(
    State(web): State<Shared>,
    guest: Guest,
    Path(plain): Path<String>,
) -> Result<Response, Failure> {
    Ok(match good(&web, &plain, false).await? {
        Some(pass) => password_page(&guest, &plain, &pass.email, &FieldErrors::new()),
        None => spent(&guest, "/password", "pass-forgot"),
    })
}

pub(super) async fn password(
    State(web): State<Shared>,
    guest: Guest,
    Path(plain): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let Some(pass) = good(&web, &plain, false).await? else {
        return Ok(spent(&guest, "/password", "pass-forgot"));
    };
    if fields.exact("password").chars().count() < SHORTEST_PASSWORD {
        let mut errors = FieldErrors::new();
        errors.add("password", "books-password-short");
        return Ok(password_page(&guest, &plain, &pass.email, &errors));
    }
    let chosen = web.books.choose_password(&plain, Secret::new(fields.exact("password").to_owned())).await?;
    let Some(pass) = chosen else { return Ok(spent(&guest, "/password", "pass-forgot")) };
    if !pass.purpose.came_by_letter() {
        let companies = company::of_person(&mut web.books.db.read().await?, pass.person).await?;
        if let Some(first) = companies.first() {
            web.books.ask_to_confirm((pass.person, &pass.email), first.id, &guest.locale).await?;
        }
    }
    let flash = Flash::good(guest.locale.say("pass-password-done"));
    Ok(Redirect::to("/login").flash(&web.cookies, &flash).into_response())
}
