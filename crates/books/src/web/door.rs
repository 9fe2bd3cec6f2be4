//! Signing up, logging in, logging out.

use ::web::session::{self, Lifetime};
use ::web::{Field, FieldErrors, Fields, Flash, Page, Redirect, heading};
use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::{CompanyId, UserId};
use maud::{Markup, html};
use vault::Secret;

use super::Shared;
use super::companies::name_fault;
use super::failure::Failure;
use super::member::{Guest, Member};
use crate::people::Login;
use crate::store::letter;
use crate::store::session as row;

pub(super) const SHORTEST_PASSWORD: usize = 10;

pub(super) async fn sign_up_form(guest: Guest) -> Response {
    guest.frame().show(sign_up_page(&guest, &Fields::default(), &FieldErrors::new()))
}

fn sign_up_page(guest: &Guest, fields: &Fields, errors: &FieldErrors) -> Page {
    let locale = &guest.locale;
    let title = locale.say("books-sign-up");
    let main = html! {
        div.door {
            (heading(&title, &locale.say("books-sign-up-lead"), html! {}))
            form.card method="post" action="/sign-up" {
                (Field::text("company", locale.say("books-company")).value(fields.text("company")).complete("organization")
                    .errors(errors).focus().show(locale))
                (Field::text("email", locale.say("books-email")).kind("email").value(fields.text("email"))
                    .complete("username").errors(errors).show(locale))
                (Field::text("password", locale.say("books-password")).kind("password").complete("new-password")
                    .hint(locale.say("books-password-hint")).errors(errors).show(locale))
                div.form-end { button.main type="submit" { (locale.say("books-sign-up-do")) } }
            }
            p.below { a href="/login" { (locale.say("books-log-in-instead")) } }
        }
    };
    Page::new(title, main).narrow()
}

pub(super) async fn sign_up(
    State(web): State<Shared>,
    guest: Guest,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let mut errors = FieldErrors::new();
    let email = fields.text("email");
    if let Some(wrong) = name_fault(fields.text("company")) {
        errors.add("company", wrong);
    }
    let whole = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    // RFC 5321 section 4.5.3.1: no address is longer.
    if !whole || email.len() > 254 {
        errors.add("email", "books-email-wrong");
    }
    if fields.exact("password").chars().count() < SHORTEST_PASSWORD {
        errors.add("password", "books-password-short");
    }
    if errors.is_empty() {
        let plain = Secret::new(fields.exact("password").to_owned());
        match web.books.sign_up(email, plain, fields.text("company")).await? {
            Some((person, company)) => {
                let email = email.trim().to_lowercase();
                web.books.ask_to_confirm((person, &email), company, &guest.locale).await?;
                let asked = guest.locale.say_with("pass-confirm-asked", &[("email", email.as_str().into())]);
                let asked = Flash::care(asked);
                return enter(&web, &guest, &headers, (person, company), ("/journals", Some(asked))).await;
            }
            None => errors.add("email", "books-email-taken"),
        }
    }
    Ok(guest.frame().show(sign_up_page(&guest, &fields, &errors)))
}

pub(super) async fn log_in_form(guest: Guest, Query(query): Query<Fields>) -> Response {
    let page = log_in_page(&guest, "", query.text("next"), None);
    guest.frame().show(page)
}

fn log_in_page(guest: &Guest, email: &str, next: &str, wrong: Option<&str>) -> Page {
    let locale = &guest.locale;
    let title = locale.say("books-log-in");
    let wrong: Option<Markup> = wrong.map(|key| ::web::notice(::web::Tone::Bad, html! { p { (locale.say(key)) } }));
    let main = html! {
        div.door {
            (heading(&title, &locale.say("books-log-in-lead"), html! {}))
            @if let Some(wrong) = wrong { div role="alert" { (wrong) } }
            form.card method="post" action="/login" {
                input type="hidden" name="next" value=(next);
                (Field::text("email", locale.say("books-email")).kind("email").value(email).complete("username").focus()
                    .show(locale))
                (Field::text("password", locale.say("books-password")).kind("password").complete("current-password")
                    .show(locale))
                div.form-end { button.main type="submit" { (locale.say("books-log-in-do")) } }
            }
            p.below { a href="/password" { (locale.say("pass-forgot")) } }
            p.below { a href="/sign-up" { (locale.say("books-sign-up-instead")) } }
        }
    };
    Page::new(title, main).narrow()
}

pub(super) async fn log_in(
    State(web): State<Shared>,
    guest: Guest,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let plain = Secret::new(fields.exact("password").to_owned());
    let wrong = match web.books.log_in(fields.text("email"), plain).await? {
        Login::Welcome { person, company } => {
            return enter(&web, &guest, &headers, (person, company), (fields.text("next"), None)).await;
        }
        Login::Wrong => "books-log-in-wrong",
        Login::Wait => "books-log-in-wait",
    };
    let page = log_in_page(&guest, fields.text("email"), fields.text("next"), Some(wrong));
    Ok(guest.frame().show(page))
}

/// Begins a session, and ends the one that the browser still carries.
async fn enter(
    web: &Shared,
    guest: &Guest,
    headers: &HeaderMap,
    (person, company): (UserId, CompanyId),
    (next, flash): (&str, Option<Flash>),
) -> Result<Response, Failure> {
    let books = &web.books;
    let (hash, cookie) = session::begin(&books.environment, &web.cookies, &Lifetime::default());
    let older = session::presented(&web.cookies, headers);
    let now = books.environment.now();
    let begun: Result<(), db::DbError> = db::write!(books.db, tx => {
        if let Some(older) = &older {
            row::end(&mut tx, older).await?;
        }
        // Letters are written in the language in which the pages were last read.
        letter::reads_in(&mut tx, person, guest.locale.language.code()).await?;
        row::add(&mut tx, &hash, person, company, now).await
    });
    begun?;
    let redirect = Redirect::to_local(next, "/journals").cookie(cookie);
    Ok(flash.into_iter().fold(redirect, |redirect, flash| redirect.flash(&web.cookies, &flash)).into_response())
}

pub(super) async fn log_out(State(web): State<Shared>, member: Member) -> Result<Response, Failure> {
    let ended: Result<(), db::DbError> = db::write!(web.books.db, tx => { row::end(&mut tx, &member.hash).await });
    ended?;
    Ok(Redirect::to("/login").cookie(session::end(&web.cookies)).into_response())
}
