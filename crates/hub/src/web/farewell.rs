//! The end of a person's own login. It needs no organization: somebody who left the last one can go, too.

use axum::Form;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use web::{Field, FieldErrors, Fields, Flash, Page, Redirect, Tone, heading_under, notice, with_next};

use super::second::{passkey_answer, passkey_fields, script};
use super::security::{present, wrong};
use super::stop::Stop;
use super::visit::Visitor;
use crate::people::{self, FarewellError, LoggedIn, Organization, Proof};

const PAGE: &str = "/app/profile/erase";

/// `GET /app/profile/erase`: what would go, what stays, and the question.
pub async fn show(visitor: Visitor) -> Result<Response, Stop> {
    match visitor.logged_in().await? {
        Some(who) => draw(&visitor, &who, &FieldErrors::new()).await,
        None => Ok(Redirect::to(with_next("/login", PAGE)).into_response()),
    }
}

/// `POST /app/profile/erase`: erases the login when the password was typed, or a passkey answered.
pub async fn erase(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let Some(who) = visitor.logged_in().await? else { return Ok(Redirect::to("/login").into_response()) };
    let (proof, field) = if form.has("credential") {
        (Proof::Passkey(passkey_answer(&form)), "passkey")
    } else {
        (Proof::Password(present(&form)), "present")
    };
    match people::erase_login(&visitor.hub, who.user.id, proof).await {
        Ok(()) => {
            let flash = Flash::good(visitor.locale.say("farewell-done"));
            let out = Redirect::to("/login").cookie(web::session::end(&visitor.cookies));
            Ok(out.flash(&visitor.cookies, &flash).into_response())
        }
        // The page says which, and what to do.
        Err(FarewellError::SoleOwner(_)) => draw(&visitor, &who, &FieldErrors::new()).await,
        Err(FarewellError::Proof(error)) => draw(&visitor, &who, &wrong(error, field)?).await,
        Err(FarewellError::Database(error)) => Err(error.into()),
    }
}

async fn draw(visitor: &Visitor, who: &LoggedIn, errors: &FieldErrors) -> Result<Response, Stop> {
    let locale = &visitor.locale;
    let alone = people::owned_alone(&visitor.hub, who.user.id).await?;
    let title = locale.say("farewell-title");
    let main = html! {
        (heading_under(Some(("/app/profile", &locale.say("profile-title"))), &title, &who.user.email, html! {}))
        @if alone.is_empty() { (question(visitor, who, errors).await?) } @else { (refused(visitor, &alone)) }
    };
    Ok(visitor.frame().show(Page::new(title, main).narrow()))
}

async fn question(visitor: &Visitor, who: &LoggedIn, errors: &FieldErrors) -> Result<Markup, Stop> {
    let locale = &visitor.locale;
    let has_passkey = !people::factors(&visitor.hub, who.user.id).await?.passkeys.is_empty();
    let options = if has_passkey { Some(people::options_to_enter(&visitor.hub).await?) } else { None };
    let refused = errors.said("passkey", locale);
    Ok(html! {
        @if let Some(said) = refused { div role="alert" { (notice(Tone::Bad, html! { p { (said) } })) } } @else { (errors.notice(locale)) }
        (notice(Tone::Bad, html! {
            p { strong { (locale.say("farewell-goes")) } }
            p { (locale.say("farewell-access")) }
        }))
        div.card {
            p { (locale.say("farewell-stays")) }
            p.soft { (locale.say("farewell-log")) }
        }
        form.card method="post" action=(PAGE) {
            (Field::text("present", locale.say("profile-present")).kind("password").complete("current-password").errors(errors).show(locale))
            div.form-end {
                button.danger type="submit" { (locale.say("farewell-do")) }
                a.button.quiet href="/app/profile" { (locale.say("cancel")) }
            }
        }
        @if let Some(options) = options {
            form.passkey method="post" action=(PAGE) data-passkey="get" data-options=(options.to_string()) hidden {
                (passkey_fields())
                button.danger.wide type="submit" { (locale.say("farewell-passkey")) }
            }
            (script())
        }
    })
}

fn refused(visitor: &Visitor, alone: &[Organization]) -> Markup {
    let locale = &visitor.locale;
    html! {
        (notice(Tone::Care, html! {
            p { strong { (locale.say_with("farewell-alone", &[("count", alone.len().into())])) } }
            p { (locale.say("farewell-alone-do")) }
        }))
        div.card.flush { ul.list { @for known in alone { li { div.list-row {
            div.grow { strong { (known.name) } }
            // The organization becomes the one at work, whichever of both is taken.
            form.actions method="post" action="/app/organizations/switch" {
                input type="hidden" name="organization" value=(known.id);
                button.small name="next" value="/app/people" type="submit" { (locale.say("farewell-people")) }
                button.small name="next" value="/app/privacy/erase" type="submit" { (locale.say("farewell-organization")) }
            }
        } } } } }
    }
}
