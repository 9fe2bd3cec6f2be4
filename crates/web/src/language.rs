use std::sync::Arc;

use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::routing::get;
use serde::Deserialize;

use crate::{Cookies, Messages, Redirect};

const COOKIE: &str = "language";
const YEAR_SECONDS: i64 = 365 * 24 * 3600;

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
    /// Dutch.
    Nl,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 4] = [Language::En, Language::Fr, Language::Nl, Language::De];

    /// The code of ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
            Language::Nl => "nl",
            Language::De => "de",
        }
    }

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Fr => "Français",
            Language::Nl => "Nederlands",
            Language::De => "Deutsch",
        }
    }

    /// The language of a code such as `fr` or `fr-BE`.
    pub fn parse(code: &str) -> Option<Language> {
        let primary = code.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Language::ALL.into_iter().find(|language| language.code() == primary)
    }

    /// Whether the reader chose a language.
    pub fn is_chosen(headers: &HeaderMap, cookies: &Cookies) -> bool {
        cookies.get(headers, COOKIE).is_some_and(|code| Language::parse(&code).is_some())
    }

    /// The language for a request: what the reader chose, else what the browser prefers (`Accept-Language`, RFC 9110
    /// section 12.5.4), else the first one offered.
    pub fn choose(headers: &HeaderMap, cookies: &Cookies, offered: &[Language]) -> Language {
        let known = |language: &Language| offered.contains(language);
        let chosen = cookies.get(headers, COOKIE).and_then(|code| Language::parse(&code)).filter(known);
        let preferred = || accepted(headers).into_iter().find(known);
        chosen.or_else(preferred).unwrap_or(offered.first().copied().unwrap_or(Language::En))
    }
}

/// The languages of `Accept-Language` that we know, best first; a quality of 0 means "not this one".
fn accepted(headers: &HeaderMap) -> Vec<Language> {
    let text = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut found: Vec<(u16, Language)> = text
        .split(',')
        .filter_map(|part| {
            let (tag, parameters) = part.split_once(';').unwrap_or((part, "q=1"));
            Some((quality(parameters)?, Language::parse(tag)?))
        })
        .filter(|(quality, _)| *quality > 0)
        .collect();
    found.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    found.into_iter().map(|(_, language)| language).collect()
}

/// `q=0.8` in thousandths.
fn quality(parameters: &str) -> Option<u16> {
    let (whole, fraction) = {
        let number = parameters.trim().strip_prefix("q=")?.trim();
        number.split_once('.').unwrap_or((number, ""))
    };
    let thousandths = format!("{fraction:0<3}");
    let value = whole.parse::<u16>().ok()?.checked_mul(1000)? + thousandths.get(..3)?.parse::<u16>().ok()?;
    (value <= 1000).then_some(value)
}

#[derive(Deserialize)]
struct Choice {
    to: String,
    back: Option<String>,
}

/// Serves `/language?to=fr&back=/path`, where the language switch of every page leads.
pub fn languages<S: Clone + Send + Sync + 'static>(cookies: Cookies, messages: Arc<Messages>) -> Router<S> {
    Router::new().route(
        "/language",
        get(move |Query(choice): Query<Choice>| async move {
            let redirect = Redirect::to_local(choice.back.as_deref().unwrap_or("/"), "/");
            match Language::parse(&choice.to).filter(|language| messages.languages().contains(language)) {
                Some(language) => redirect.cookie(cookies.set(COOKIE, language.code(), Some(YEAR_SECONDS))),
                None => redirect,
            }
        }),
    )
}
