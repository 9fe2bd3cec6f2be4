use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::{Frame, Page};

/// What an error page says.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The status of HTTP.
    pub status: StatusCode,
    /// What happened, when more is known than the status tells.
    pub what: Option<String>,
    /// What to do, likewise.
    pub advice: Option<String>,
    /// What the reader may quote and the log holds beside the cause.
    pub reference: Option<String>,
}

impl Trouble {
    /// What a status alone tells.
    pub fn of(status: StatusCode) -> Trouble {
        Trouble { status, what: None, advice: None, reference: None }
    }

    /// With what happened and what to do.
    pub fn because(mut self, what: impl Into<String>, advice: impl Into<String>) -> Trouble {
        self.what = Some(what.into());
        self.advice = Some(advice.into());
        self
    }

    /// With a reference to quote.
    pub fn reference(mut self, reference: impl Into<String>) -> Trouble {
        self.reference = Some(reference.into());
        self
    }
}

/// A page that says what went wrong, what to do, and what to quote.
pub fn error_page(frame: &Frame, trouble: &Trouble) -> Response {
    let (title, main) = content(frame, trouble);
    (trouble.status, frame.show(Page::new(title, main).narrow())).into_response()
}

fn content(frame: &Frame, trouble: &Trouble) -> (String, Markup) {
    let locale = &frame.locale;
    let [title, what, advice] = keys(trouble.status);
    let title = locale.say(title);
    let what = trouble.what.clone().unwrap_or_else(|| locale.say(what));
    let advice = trouble.advice.clone().unwrap_or_else(|| locale.say(advice));
    let main = html! {
        p.error-code { (trouble.status.as_u16()) }
        div.heading { h1 { (title) } }
        p { (what) }
        p { strong { (advice) } }
        @if let Some(reference) = &trouble.reference {
            p.soft { (locale.say("web-error-reference")) " " code { (reference) } }
        }
        div.form-end { a.button.main href=(frame.home) { (locale.say("web-error-home")) } }
    };
    (title, main)
}

/// The keys for a status: those of its own page, or of the nearest one.
fn keys(status: StatusCode) -> [&'static str; 3] {
    match status.as_u16() {
        403 => ["web-error-403", "web-error-403-what", "web-error-403-do"],
        404 | 410 => ["web-error-404", "web-error-404-what", "web-error-404-do"],
        405 => ["web-error-405", "web-error-405-what", "web-error-405-do"],
        409 => ["web-error-409", "web-error-409-what", "web-error-409-do"],
        413 => ["web-error-413", "web-error-413-what", "web-error-413-do"],
        429 => ["web-error-429", "web-error-429-what", "web-error-429-do"],
        502..=504 => ["web-error-503", "web-error-503-what", "web-error-503-do"],
        400..500 => ["web-error-400", "web-error-400-what", "web-error-400-do"],
        _ => ["web-error-500", "web-error-500-what", "web-error-500-do"],
    }
}
