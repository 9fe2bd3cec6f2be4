//! The second step of logging in, and logging in with a passkey.

use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use web::{Field, Fields, Redirect, asset, with_next};

use super::entrance::{door, draw_log_in, enter, refused, too_many};
use super::stop::Stop;
use super::visit::Visitor;
use crate::people::{self, FactorError, PasskeyAnswer};

/// `GET /login/second`: asks for the code.
pub async fn show(visitor: Visitor, Query(query): Query<Fields>) -> Result<Response, Stop> {
    draw(&visitor, &query, None).await
}

/// `POST /login/second`.
pub async fn answer(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::answer(&visitor.hub, &visitor.headers, form.text("code")).await {
        Ok(login) => enter(&visitor, &form, login).await,
        Err(FactorError::Lapsed) => Ok(Redirect::to(with_next("/login", form.text("next"))).into_response()),
        Err(error) => {
            let words = refusal(&visitor, error, "second-refused")?;
            draw(&visitor, &form, Some(&words)).await
        }
    }
}

/// `POST /login/passkey`: what the script brought back from the authenticator.
pub async fn passkey(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::enter_by_passkey(&visitor.hub, &visitor.headers, &passkey_answer(&form)).await {
        Ok(login) => enter(&visitor, &form, login).await,
        Err(error) => {
            let words = refusal(&visitor, error, "second-passkey-refused")?;
            draw_log_in(&visitor, &form, Some(&words)).await
        }
    }
}

/// What is said to somebody who is not let in; `refused` are the words for a proof that does not hold.
fn refusal(visitor: &Visitor, error: FactorError, refused: &str) -> Result<String, Stop> {
    match error {
        FactorError::Refused | FactorError::Lapsed | FactorError::WrongPassword | FactorError::Passkey(_) => {
            Ok(visitor.locale.say(refused))
        }
        FactorError::TooManyAttempts { retry_in_s } => Ok(too_many(visitor, retry_in_s)),
        FactorError::Sealed(error) => Err(Stop::Failed(error.to_string())),
        FactorError::Password(error) => Err(Stop::Failed(error.to_string())),
        FactorError::Database(error) => Err(error.into()),
    }
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
