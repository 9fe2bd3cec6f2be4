//! Accepting an invitation to work for an organization.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;
use vault::Secret;
use web::{FieldErrors, Fields, Flash, Redirect, with_next};

use super::entrance::{choose_password, door, draw_stale};
use super::people::role_name;
use super::problems;
use super::stop::Stop;
use super::visit::Visitor;
use crate::people::{self, AcceptError, FieldError};

/// `GET /invitation/{token}`.
pub async fn show(visitor: Visitor, Path(token): Path<String>) -> Result<Response, Stop> {
    draw(&visitor, &token, &FieldErrors::new()).await
}

/// `POST /invitation/{token}`: accepts it as whoever is logged in, or as a newcomer with a new password.
pub async fn accept(visitor: Visitor, Path(token): Path<String>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let hub = &visitor.hub;
    let outcome = match visitor.logged_in().await? {
        Some(who) => people::accept(hub, &token, &who.user).await.map(|organization| (who.user.id, organization, None)),
        None => {
            let chosen = Secret::new(form.exact("password").to_owned());
            match people::accept_as_newcomer(hub, &token, chosen, visitor.locale.language).await {
                Ok((user, organization)) => {
                    let login = people::start_session(hub, user, &visitor.headers).await?;
                    Ok((user, organization, Some(login.set_cookie)))
                }
                Err(error) => Err(error),
            }
        }
    };
    match outcome {
        Ok((user, organization, cookie)) => {
            people::work_for(hub, user, organization).await?;
            let flash = Flash::good(visitor.locale.say("people-accepted"));
            let redirect = Redirect::to("/app").flash(&visitor.cookies, &flash);
            Ok(cookie.into_iter().fold(redirect, Redirect::cookie).into_response())
        }
        Err(AcceptError::Invalid(problem)) => {
            draw(&visitor, &token, &problems::of(&[FieldError { field: "password", problem }])).await
        }
        Err(AcceptError::Link) => Ok(draw_stale(&visitor, "/login")),
        Err(AcceptError::SomebodyElse | AcceptError::LogInFirst) => draw(&visitor, &token, &FieldErrors::new()).await,
        Err(AcceptError::Password(error)) => Err(Stop::Failed(error.to_string())),
        Err(AcceptError::Database(error)) => Err(error.into()),
    }
}

async fn draw(visitor: &Visitor, token: &str, errors: &FieldErrors) -> Result<Response, Stop> {
    let locale = &visitor.locale;
    let Some((invitation, organization, has_login)) = people::invitation(&visitor.hub, token).await? else {
        return Ok(draw_stale(visitor, "/login"));
    };
    let here = format!("/invitation/{token}");
    let who = visitor.logged_in().await?;
    let fits = who.as_ref().is_some_and(|who| who.user.email.eq_ignore_ascii_case(&invitation.email));
    let words = [
        ("organization", organization.as_str().into()),
        ("role", role_name(invitation.role, locale).into()),
        ("email", invitation.email.as_str().into()),
    ];
    let main = html! {
        (errors.notice(locale))
        @if who.is_some() && !fits {
            p { (locale.say_with("people-somebody-else", &words[2..])) }
            form method="post" action="/logout" { button.main.wide type="submit" { (locale.say("people-log-out")) } }
        } @else if who.is_none() && has_login {
            a.button.main.wide href=(with_next("/login", &here)) { (locale.say("people-log-in")) }
        } @else {
            form method="post" action=(here) {
                @if who.is_none() { (choose_password(&invitation.email, errors, locale)) }
                button.main.wide type="submit" { (locale.say("people-accept")) }
            }
        }
    };
    let lead = locale.say_with("people-invitation-lead", &words[..2]);
    Ok(visitor.frame().show(door(&locale.say("people-invitation-title"), &lead, main, html! {})))
}
