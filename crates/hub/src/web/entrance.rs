//! Signing up by mail, logging in and out.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use vault::Secret;
use web::{Field, FieldErrors, Fields, Flash, Page, Redirect, Tone, notice, with_next};

use super::problems;
use super::second::passkey_door;
use super::stop::Stop;
use super::visit::Visitor;
use crate::people::{self, AskError, Asked, Brake, EnterError, FieldError, LogInError, Login, Purpose, Right};
use crate::sync;

/// `GET /sign-up`.
pub async fn show_sign_up(visitor: Visitor, Query(query): Query<Fields>) -> Result<Response, Stop> {
    if visitor.logged_in().await?.is_some() {
        return Ok(Redirect::to_local(query.text("next"), "/app").into_response());
    }
    Ok(draw_sign_up(&visitor, &query, &FieldErrors::new(), None))
}

/// `POST /sign-up`: sends a link to the address. The answer is the same whether it has a login or not.
pub async fn sign_up(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let next = form.text("next");
    match people::ask_to_sign_up(&visitor.hub, asked(&visitor, form.text("email"), next)).await {
        Ok(()) => Ok(draw_sent(&visitor, form.text("email"))),
        Err(AskError::Invalid(errors)) => Ok(draw_sign_up(&visitor, &form, &problems::of(&errors), None)),
        Err(AskError::TooMany { retry_in_s }) => {
            Ok(draw_sign_up(&visitor, &form, &FieldErrors::new(), Some(&too_many(&visitor, retry_in_s))))
        }
        Err(AskError::Database(error)) => Err(error.into()),
    }
}

fn draw_sign_up(visitor: &Visitor, form: &Fields, errors: &FieldErrors, refusal: Option<&str>) -> Response {
    let locale = &visitor.locale;
    let title = locale.say("sign-up-title");
    let main = html! {
        (errors.notice(locale))
        (refused(refusal))
        form method="post" action="/sign-up" {
            input type="hidden" name="next" value=(form.text("next"));
            (Field::text("email", locale.say("email")).kind("email").value(form.text("email")).complete("username").hint(locale.say("entrance-sign-up-hint")).errors(errors).focus().show(locale))
            button.main.wide type="submit" { (locale.say("sign-up-do")) }
        }
    };
    let below = html! { (locale.say("sign-up-have-login")) " " a href=(with_next("/login", form.text("next"))) { (locale.say("log-in-do")) } };
    visitor.frame().show(door(&title, &locale.say("sign-up-lead"), main, below))
}

/// `GET /sign-up/{token}`: the address is proven; what is missing is a password.
pub async fn show_finish(visitor: Visitor, Path(token): Path<String>) -> Result<Response, Stop> {
    match people::link(&visitor.hub, Purpose::SignUp, &token).await? {
        Some(link) => Ok(draw_finish(&visitor, &token, &link.email, &FieldErrors::new())),
        None => Ok(draw_stale(&visitor, "/sign-up")),
    }
}

/// `POST /sign-up/{token}`: makes the login and begins its session.
pub async fn finish(visitor: Visitor, Path(token): Path<String>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let password = Secret::new(form.exact("password").to_owned());
    match people::finish_sign_up(&visitor.hub, &token, password, visitor.locale.language).await {
        Ok((user, next)) => {
            let login = people::start_session(&visitor.hub, user, &visitor.headers).await?;
            // The consent page leads to the form of the organization itself, filled in where the software knows more.
            let target =
                if next.starts_with("/oauth2/auth?") { next } else { with_next("/app/organizations/new", &next) };
            Ok(Redirect::to(target).cookie(login.set_cookie).into_response())
        }
        Err(EnterError::Link) => Ok(draw_stale(&visitor, "/sign-up")),
        Err(EnterError::Invalid(problem)) => {
            let link = people::link(&visitor.hub, Purpose::SignUp, &token).await?.ok_or(Stop::Missing)?;
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
        form method="post" action={ "/sign-up/" (token) } {
            (choose_password(email, errors, locale))
            button.main.wide type="submit" { (locale.say("sign-up-do")) }
        }
    };
    visitor.frame().show(door(
        &locale.say("entrance-finish-title"),
        &locale.say("entrance-finish-lead"),
        main,
        html! {},
    ))
}

/// The field of a new password. The address stands beside it for programs that keep passwords.
pub fn choose_password(email: &str, errors: &FieldErrors, locale: &web::Locale) -> Markup {
    html! {
        p { strong { (email) } }
        input type="hidden" name="username" value=(email) autocomplete="username";
        (Field::text("password", locale.say("password")).kind("password").complete("new-password").hint(locale.say("sign-up-password-hint")).errors(errors).focus().show(locale))
    }
}

/// `GET /login`.
pub async fn show_log_in(visitor: Visitor, Query(query): Query<Fields>) -> Result<Response, Stop> {
    if visitor.logged_in().await?.is_some() {
        return Ok(Redirect::to_local(query.text("next"), "/app").into_response());
    }
    draw_log_in(&visitor, &query, None).await
}

/// `POST /login`.
pub async fn log_in(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    if let Some(retry_in_s) = people::brake(&visitor.hub, &Brake::LogInFrom(visitor.psu_ip)).await? {
        return draw_log_in(&visitor, &form, Some(&too_many(&visitor, retry_in_s))).await;
    }
    let password = Secret::new(form.exact("password").to_owned());
    let refusal = match people::log_in(&visitor.hub, form.text("email"), password, &visitor.headers).await {
        Ok(login) => return enter(&visitor, &form, login).await,
        Err(LogInError::SecondFactor { set_cookie }) => {
            let target = with_next("/login/second", form.text("next"));
            return Ok(Redirect::to(target).cookie(set_cookie).into_response());
        }
        Err(LogInError::Refused) => visitor.locale.say("log-in-refused"),
        Err(LogInError::TooManyAttempts { retry_in_s }) => too_many(&visitor, retry_in_s),
        Err(LogInError::Password(error)) => return Err(Stop::Failed(error.to_string())),
        Err(LogInError::Database(error)) => return Err(error.into()),
    };
    draw_log_in(&visitor, &form, Some(&refusal)).await
}

/// Lets somebody in who has proven who they are. The accounts that they are about to see are read again meanwhile.
pub async fn enter(visitor: &Visitor, form: &Fields, login: Login) -> Result<Response, Stop> {
    let hub = &visitor.hub;
    people::set_language(hub, login.user, visitor.locale.language).await?;
    let organizations = people::organizations(hub, login.user).await?;
    if let Some(first) = organizations.first()
        && people::role(hub, first.id, login.user).await?.is_some_and(|role| role.may(Right::Operate))
    {
        sync::on_log_in(hub, first.id, visitor.psu_ip).await?;
    }
    Ok(Redirect::to_local(form.text("next"), "/app").cookie(login.set_cookie).into_response())
}

/// The page that asks for address and password, with why somebody was not let in.
pub async fn draw_log_in(visitor: &Visitor, form: &Fields, refusal: Option<&str>) -> Result<Response, Stop> {
    let locale = &visitor.locale;
    let main = html! {
        (refused(refusal))
        form method="post" action="/login" {
            input type="hidden" name="next" value=(form.text("next"));
            (Field::text("email", locale.say("email")).kind("email").value(form.text("email")).complete("username").focus().show(locale))
            (Field::text("password", locale.say("password")).kind("password").complete("current-password").show(locale))
            button.main.wide type="submit" { (locale.say("log-in-do")) }
        }
        (passkey_door(visitor, form.text("next")).await?)
        p { a href="/password" { (locale.say("entrance-forgotten")) } }
    };
    let below = html! { (locale.say("log-in-no-login")) " " a href=(with_next("/sign-up", form.text("next"))) { (locale.say("sign-up-do")) } };
    Ok(visitor.frame().show(door(&locale.say("log-in-title"), "", main, below)))
}

/// `POST /logout`.
pub async fn log_out(visitor: Visitor) -> Result<Redirect, Stop> {
    let cookie = people::log_out(&visitor.hub, &visitor.headers).await?;
    let flash = Flash::good(visitor.locale.say("log-out-done"));
    Ok(Redirect::to("/login").cookie(cookie).flash(&visitor.cookies, &flash))
}

/// What somebody at the door asks to be sent.
pub fn asked<'a>(visitor: &Visitor, email: &'a str, next: &'a str) -> Asked<'a> {
    Asked { email, next, language: visitor.locale.language, from: visitor.psu_ip }
}

/// The sentence for somebody who tries too often.
pub fn too_many(visitor: &Visitor, retry_in_s: i64) -> String {
    visitor.locale.say_with("log-in-too-many", &[("minutes", ((retry_in_s + 59) / 60).into())])
}

/// A refusal above a form.
pub fn refused(refusal: Option<&str>) -> Markup {
    html! { @if let Some(refusal) = refusal { div role="alert" { (notice(Tone::Bad, html! { p { (refusal) } })) } } }
}

/// Says that the mail is on its way, if there is anything to send.
pub fn draw_sent(visitor: &Visitor, email: &str) -> Response {
    let locale = &visitor.locale;
    let main = html! {
        p { (locale.say_with("entrance-sent", &[("email", email.into())])) }
        p.soft { (locale.say("entrance-sent-else")) }
    };
    visitor.frame().show(door(
        &locale.say("entrance-sent-title"),
        "",
        main,
        html! { a href="/login" { (locale.say("log-in-do")) } },
    ))
}

/// Says that a link does not work any more, and where to get a new one.
pub fn draw_stale(visitor: &Visitor, again: &str) -> Response {
    let locale = &visitor.locale;
    let main = html! { a.button.main href=(again) { (locale.say("entrance-stale-do")) } };
    let page = door(&locale.say("entrance-stale-title"), &locale.say("entrance-stale"), main, html! {});
    let mut response = visitor.frame().show(page);
    *response.status_mut() = axum::http::StatusCode::GONE;
    response
}

/// A page with one small form in the middle.
pub fn door(title: &str, lead: &str, main: Markup, below: Markup) -> Page {
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
