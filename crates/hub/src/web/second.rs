//! The second step of logging in, and logging in with a passkey.

use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use web::{Field, Fields, Redirect, asset};

use super::entrance::{door, refused, too_many};
use super::stop::Stop;
use super::visit::{Visitor, with_next};
use crate::people::{self, FactorError, PasskeyAnswer};

/// `GET /login/second`: asks for the code.
pub async fn show(visitor: Visitor, Query(query): Query<Fields>) -> Result<Response, Stop> {
    draw(&visitor, &query, None).await
}

/// `POST /login/second`.
pub async fn answer(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    entered(&visitor, &form, people::answer(&visitor.hub, &visitor.headers, form.text("code")).await).await
}

/// `POST /login/passkey`: what the script brought back from the authenticator.
pub async fn passkey(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let outcome = people::enter_by_passkey(&visitor.hub, &visitor.headers, &passkey_answer(&form)).await;
    entered(&visitor, &form, outcome).await
}

async fn entered(
    visitor: &Visitor,
    form: &Fields,
    outcome: Result<people::Login, FactorError>,
) -> Result<Response, Stop> {
    let refusal = match outcome {
        Ok(login) => {
            people::set_language(&visitor.hub, login.user, visitor.locale.language).await?;
            return Ok(Redirect::to_local(form.text("next"), "/app").cookie(login.set_cookie).into_response());
        }
        Err(FactorError::Refused) => visitor.locale.say("second-refused"),
        Err(FactorError::TooManyAttempts { retry_in_s }) => too_many(visitor, retry_in_s),
        Err(FactorError::Passkey(_)) => visitor.locale.say("second-passkey-refused"),
        Err(FactorError::Lapsed | FactorError::WrongPassword) => {
            return Ok(Redirect::to(with_next("/login", form.text("next"))).into_response());
        }
        Err(FactorError::Sealed(error)) => return Err(Stop::Failed(error.to_string())),
        Err(FactorError::Password(error)) => return Err(Stop::Failed(error.to_string())),
        Err(FactorError::Database(error)) => return Err(error.into()),
    };
    draw(visitor, form, Some(&refusal)).await
}

/// What the script filled in.
pub fn passkey_answer(form: &Fields) -> PasskeyAnswer {
    let text = |name: &str| form.text(name).to_owned();
    PasskeyAnswer {
        credential: text("credential"),
        client_data: text("client_data"),
        authenticator: text("authenticator"),
        signature: text("signature"),
    }
}

async fn draw(visitor: &Visitor, form: &Fields, refusal: Option<&str>) -> Result<Response, Stop> {
    let locale = &visitor.locale;
    let main = html! {
        (refused(refusal))
        form method="post" action="/login/second" {
            input type="hidden" name="next" value=(form.text("next"));
            (Field::text("code", locale.say("second-code")).complete("one-time-code").hint(locale.say("second-hint")).focus().show(locale))
            button.main.wide type="submit" { (locale.say("log-in-do")) }
        }
        (passkey_door(visitor, form.text("next")).await?)
    };
    let below = html! { a href=(with_next("/login", form.text("next"))) { (locale.say("second-again")) } };
    Ok(visitor.frame().show(door(&locale.say("second-title"), "", main, below)))
}

/// The button that logs in with a passkey. Without script it stays hidden, because nothing else can speak to an
/// authenticator.
pub async fn passkey_door(visitor: &Visitor, next: &str) -> Result<Markup, Stop> {
    let options = people::options_to_enter(&visitor.hub).await?;
    Ok(html! {
        form.passkey method="post" action="/login/passkey" data-passkey="get" data-options=(options.to_string()) hidden {
            input type="hidden" name="next" value=(next);
            (passkey_fields())
            button.wide type="submit" { (visitor.locale.say("second-passkey")) }
        }
        (script())
    })
}

/// What the script fills in.
pub fn passkey_fields() -> Markup {
    html! { @for name in ["credential", "client_data", "authenticator", "signature"] { input type="hidden" name=(name); } }
}

/// The script of pages with passkeys.
pub fn script() -> Markup {
    html! { script src=(asset("passkey.js")) defer { (PreEscaped("")) } }
}
