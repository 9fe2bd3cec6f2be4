//! A new password for somebody who forgot theirs.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;
use vault::Secret;
use web::{Field, FieldErrors, Fields, Flash, Redirect};

use super::entrance::{asked, choose_password, door, draw_sent, draw_stale, refused, too_many};
use super::problems;
use super::stop::Stop;
use super::visit::Visitor;
use crate::people::{self, AskError, EnterError, FieldError, Purpose};

/// `GET /password`.
pub async fn show(visitor: Visitor) -> Response {
    draw(&visitor, &Fields::default(), &FieldErrors::new(), None)
}

/// `POST /password`: sends a link to an address that has a login. The answer is the same when it has none.
pub async fn ask(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::ask_for_password(&visitor.hub, asked(&visitor, form.text("email"), "")).await {
        Ok(()) => Ok(draw_sent(&visitor, form.text("email"))),
        Err(AskError::Invalid(errors)) => Ok(draw(&visitor, &form, &problems::of(&errors), None)),
        Err(AskError::TooMany { retry_in_s }) => {
            Ok(draw(&visitor, &form, &FieldErrors::new(), Some(&too_many(&visitor, retry_in_s))))
        }
        Err(AskError::Database(error)) => Err(error.into()),
    }
}

fn draw(visitor: &Visitor, form: &Fields, errors: &FieldErrors, refusal: Option<&str>) -> Response {
    let locale = &visitor.locale;
    let main = html! {
        (errors.notice(locale))
        (refused(refusal))
        form method="post" action="/password" {
            (Field::text("email", locale.say("email")).kind("email").value(form.text("email")).complete("username").errors(errors).focus().show(locale))
            button.main.wide type="submit" { (locale.say("entrance-forgotten-do")) }
        }
    };
    let below = html! { a href="/login" { (locale.say("log-in-do")) } };
    visitor.frame().show(door(&locale.say("entrance-forgotten"), &locale.say("entrance-forgotten-lead"), main, below))
}

/// `GET /password/{token}`.
pub async fn show_finish(visitor: Visitor, Path(token): Path<String>) -> Result<Response, Stop> {
    match people::link(&visitor.hub, Purpose::Reset, &token).await? {
        Some(link) => Ok(draw_finish(&visitor, &token, &link.email, &FieldErrors::new())),
        None => Ok(draw_stale(&visitor, "/password")),
    }
}

/// `POST /password/{token}`: sets the password; logging in comes after.
pub async fn finish(visitor: Visitor, Path(token): Path<String>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let password = Secret::new(form.exact("password").to_owned());
    match people::finish_password(&visitor.hub, &token, password).await {
        Ok(()) => {
            let flash = Flash::good(visitor.locale.say("entrance-password-done"));
            Ok(Redirect::to("/login").flash(&visitor.cookies, &flash).into_response())
        }
        Err(EnterError::Link) => Ok(draw_stale(&visitor, "/password")),
        Err(EnterError::Invalid(problem)) => {
            let link = people::link(&visitor.hub, Purpose::Reset, &token).await?.ok_or(Stop::Missing)?;
            let errors = problems::of(&[FieldError { field: "password", problem }]);
            Ok(draw_finish(&visitor, &token, &link.email, &errors))
        }
        Err(EnterError::Password(error)) => Err(Stop::Failed(error.to_string())),
        Err(EnterError::Database(error)) => Err(error.into()),
    }
}

fn draw_finish(visitor: &Visitor, token: &str, email: &str, errors: &FieldErrors) -> Response {
    let locale = &visitor.locale;
    let main = html! {
        (errors.notice(locale))
        form method="post" action={ "/password/" (token) } {
            (choose_password(email, errors, locale))
            button.main.wide type="submit" { (locale.say("entrance-password-do")) }
        }
    };
    visitor.frame().show(door(&locale.say("entrance-password-title"), "", main, html! {}))
}
