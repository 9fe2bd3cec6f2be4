//! Signing up, logging in and out.

use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use vault::Secret;
use web::{Field, FieldErrors, Fields, Flash, Page, Redirect, Tone, notice};

use super::problems;
use super::stop::Stop;
use super::visit::{Visitor, with_next};
use crate::people::{self, LogInError, SignUpError};

/// `GET /sign-up`.
pub async fn show_sign_up(visitor: Visitor, Query(query): Query<Fields>) -> Result<Response, Stop> {
    if visitor.logged_in().await?.is_some() {
        return Ok(Redirect::to_local(query.text("next"), "/app").into_response());
    }
    Ok(draw_sign_up(&visitor, &query, &FieldErrors::new()))
}

/// `POST /sign-up`: makes a login and begins its session.
pub async fn sign_up(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let password = Secret::new(form.exact("password").to_owned());
    let user = match people::sign_up(&visitor.hub, form.text("email"), password).await {
        Ok(user) => user,
        Err(SignUpError::Invalid(errors)) => return Ok(draw_sign_up(&visitor, &form, &problems::of(&errors))),
        Err(SignUpError::EmailTaken) => {
            let mut errors = FieldErrors::new();
            errors.add("email", "sign-up-email-taken");
            return Ok(draw_sign_up(&visitor, &form, &errors));
        }
        Err(SignUpError::Password(error)) => return Err(Stop::Failed(error.to_string())),
        Err(SignUpError::Database(error)) => return Err(error.into()),
    };
    let login = people::start_session(&visitor.hub, user, &visitor.headers).await?;
    Ok(Redirect::to(with_next("/app/organizations/new", form.text("next"))).cookie(login.set_cookie).into_response())
}

fn draw_sign_up(visitor: &Visitor, form: &Fields, errors: &FieldErrors) -> Response {
    let locale = &visitor.locale;
    let title = locale.say("sign-up-title");
    let main = html! {
        (errors.notice(locale))
        form method="post" action="/sign-up" {
            input type="hidden" name="next" value=(form.text("next"));
            (Field::text("email", locale.say("email")).kind("email").value(form.text("email")).complete("username").errors(errors).focus().show(locale))
            (Field::text("password", locale.say("password")).kind("password").complete("new-password").hint(locale.say("sign-up-password-hint")).errors(errors).show(locale))
            button.main.wide type="submit" { (locale.say("sign-up-do")) }
        }
    };
    let below = html! { (locale.say("sign-up-have-login")) " " a href=(with_next("/login", form.text("next"))) { (locale.say("log-in-do")) } };
    visitor.frame().show(door(&title, &locale.say("sign-up-lead"), main, below))
}

/// `GET /login`.
pub async fn show_log_in(visitor: Visitor, Query(query): Query<Fields>) -> Result<Response, Stop> {
    if visitor.logged_in().await?.is_some() {
        return Ok(Redirect::to_local(query.text("next"), "/app").into_response());
    }
    Ok(draw_log_in(&visitor, &query, None))
}

/// `POST /login`.
pub async fn log_in(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let password = Secret::new(form.exact("password").to_owned());
    let refusal = match people::log_in(&visitor.hub, form.text("email"), password, &visitor.headers).await {
        Ok(login) => {
            return Ok(Redirect::to_local(form.text("next"), "/app").cookie(login.set_cookie).into_response());
        }
        Err(LogInError::Refused) => visitor.locale.say("log-in-refused"),
        Err(LogInError::TooManyAttempts { retry_in_s }) => {
            visitor.locale.say_with("log-in-too-many", &[("minutes", ((retry_in_s + 59) / 60).into())])
        }
        Err(LogInError::Password(error)) => return Err(Stop::Failed(error.to_string())),
        Err(LogInError::Database(error)) => return Err(error.into()),
    };
    Ok(draw_log_in(&visitor, &form, Some(&refusal)))
}

fn draw_log_in(visitor: &Visitor, form: &Fields, refusal: Option<&str>) -> Response {
    let locale = &visitor.locale;
    let main = html! {
        @if let Some(refusal) = refusal { div role="alert" { (notice(Tone::Bad, html! { p { (refusal) } })) } }
        form method="post" action="/login" {
            input type="hidden" name="next" value=(form.text("next"));
            (Field::text("email", locale.say("email")).kind("email").value(form.text("email")).complete("username").focus().show(locale))
            (Field::text("password", locale.say("password")).kind("password").complete("current-password").show(locale))
            button.main.wide type="submit" { (locale.say("log-in-do")) }
        }
    };
    let below = html! { (locale.say("log-in-no-login")) " " a href=(with_next("/sign-up", form.text("next"))) { (locale.say("sign-up-do")) } };
    visitor.frame().show(door(&locale.say("log-in-title"), "", main, below))
}

/// `POST /logout`.
pub async fn log_out(visitor: Visitor) -> Result<Redirect, Stop> {
    let cookie = people::log_out(&visitor.hub, &visitor.headers).await?;
    let flash = Flash::good(visitor.locale.say("log-out-done"));
    Ok(Redirect::to("/login").cookie(cookie).flash(&visitor.cookies, &flash))
}

/// A page with one small form in the middle.
fn door(title: &str, lead: &str, main: Markup, below: Markup) -> Page {
    let content = html! {
        div.door {
            div.card {
                h1 { (title) }
                @if !lead.is_empty() { p.lead { (lead) } }
                (main)
            }
            p.below { (below) }
        }
    };
    Page::new(title, content)
}
