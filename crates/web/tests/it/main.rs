//! The frame that hub and books share: what it draws, says, keeps and refuses.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall stop")]

mod chart;
mod cookies;
mod form;
mod format;
mod language;
mod messages;
mod pages;
mod session;

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use web::{Language, Locale, Messages};

/// The frame's own words in a language.
pub fn locale(language: Language) -> Locale {
    let sources = Language::ALL.map(|language| (language, ""));
    Locale::new(Arc::new(Messages::load(&sources).unwrap()), language)
}

/// The headers of a request with one cookie line.
pub fn with_cookie(line: &str) -> HeaderMap {
    HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(line).unwrap())])
}
