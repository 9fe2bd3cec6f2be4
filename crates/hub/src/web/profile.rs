//! The person's own login.

use axum::Form;
use axum::response::{IntoResponse, Response};
use maud::html;
use vault::Secret;
use web::{Field, FieldErrors, Fields, Flash, Page, Redirect, heading};

use super::problems;
use super::stop::Stop;
use super::visit::Member;
use crate::people::{self, FieldError, PasswordChangeError};

/// `GET /app/profile`.
pub async fn show(member: Member) -> Response {
    draw(&member, &FieldErrors::new())
}

/// `POST /app/profile/password`: ends every session and begins a new one here.
pub async fn change_password(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let secret = |name| Secret::new(form.exact(name).to_owned());
    let user = member.who.user.id;
    match people::change_password(member.hub(), user, secret("present"), secret("password")).await {
        Ok(()) => {
            let login = people::start_session(member.hub(), user, &member.visitor.headers).await?;
            let flash = Flash::good(member.locale().say("profile-password-changed"));
            let back = Redirect::to("/app/profile").cookie(login.set_cookie);
            Ok(back.flash(&member.visitor.cookies, &flash).into_response())
        }
        Err(PasswordChangeError::Refused) => {
            let mut errors = FieldErrors::new();
            errors.add("present", "profile-present-wrong");
            Ok(draw(&member, &errors))
        }
        Err(PasswordChangeError::Invalid(problem)) => {
            Ok(draw(&member, &problems::of(&[FieldError { field: "password", problem }])))
        }
        Err(PasswordChangeError::Password(error)) => Err(Stop::Failed(error.to_string())),
        Err(PasswordChangeError::Database(error)) => Err(error.into()),
    }
}

/// `POST /app/profile/log-out-everywhere`.
pub async fn log_out_everywhere(member: Member) -> Result<Redirect, Stop> {
    let ended = people::log_out_everywhere(member.hub(), member.who.user.id).await?;
    let count = i64::try_from(ended).unwrap_or(i64::MAX);
    let flash = Flash::good(member.locale().say_with("profile-logged-out", &[("count", count.into())]));
    Ok(Redirect::to("/login").flash(&member.visitor.cookies, &flash))
}

fn draw(member: &Member, errors: &FieldErrors) -> Response {
    let locale = member.locale();
    let title = locale.say("profile-title");
    let main = html! {
        (heading(&title, &member.who.user.email, html! {}))
        (errors.notice(locale))
        form.card method="post" action="/app/profile/password" {
            h2 { (locale.say("profile-password-title")) }
            (Field::text("present", locale.say("profile-present")).kind("password").complete("current-password").errors(errors).show(locale))
            (Field::text("password", locale.say("profile-new")).kind("password").complete("new-password").hint(locale.say("sign-up-password-hint")).errors(errors).show(locale))
            button.main type="submit" { (locale.say("profile-password-do")) }
        }
        div.card {
            h2 { (locale.say("security-title")) }
            p.soft { (locale.say("security-lead")) }
            a.button href="/app/profile/security" { (locale.say("security-do")) }
        }
        form.card method="post" action="/app/profile/log-out-everywhere" {
            h2 { (locale.say("profile-everywhere-title")) }
            p.soft { (locale.say("profile-everywhere-lead")) }
            button type="submit" { (locale.say("profile-everywhere-do")) }
        }
        div.card {
            h2 { (locale.say("farewell-title")) }
            p.soft { (locale.say("farewell-short")) }
            a.button href="/app/profile/erase" { (locale.say("farewell-begin")) }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}
