//! What the hub says to people, on pages and in letters: one message file a noun under `locales/`, in every language.

use std::sync::{Arc, LazyLock};

use web::{Language, Locale, Messages};

/// Name of the product, as pages show it.
pub(crate) const PRODUCT: &str = "Passerelle";

/// The hub's message files, one a noun, each in every language.
pub const WORDS: &[(Language, &str)] = web::words![
    "hub",
    "institution",
    "notice",
    "entrance",
    "people",
    "reference",
    "renewal",
    "security",
    "audit",
    "invoice",
    "lapse",
    "listed",
    "maintenance",
    "payer",
    "farewell",
    "privacy",
    "mandate",
    "days",
    "event",
    "export",
    "files",
    "fresh",
    "search",
    "silence",
    "source",
    "traffic",
    "usage",
    "stale",
    "unread",
    "unfinished"
];

pub(crate) static MESSAGES: LazyLock<Arc<Messages>> =
    LazyLock::new(|| Arc::new(Messages::load(WORDS).expect("the message files are Fluent, as a test shows")));

/// The words in a language.
pub fn locale(language: Language) -> Locale {
    Locale::new(MESSAGES.clone(), language)
}
