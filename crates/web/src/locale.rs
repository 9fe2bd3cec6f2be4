use std::sync::Arc;

use axum::http::HeaderMap;
use domain::{Date, Iban, Money, Timestamp};

use crate::{Cookies, Language, Messages, Value, format};

/// The language of one reader with its words and formats: what a page speaks with.
#[derive(Clone)]
pub struct Locale {
    messages: Arc<Messages>,
    /// The language.
    pub language: Language,
}

impl Locale {
    /// A given language.
    pub fn new(messages: Arc<Messages>, language: Language) -> Locale {
        Locale { messages, language }
    }

    /// The language of a request: the reader's choice, else the browser's preference.
    pub fn of(headers: &HeaderMap, cookies: &Cookies, messages: &Arc<Messages>) -> Locale {
        let language = Language::choose(headers, cookies, messages.languages());
        Locale { messages: messages.clone(), language }
    }

    /// The languages offered.
    pub fn languages(&self) -> &[Language] {
        self.messages.languages()
    }

    /// Says a message without values.
    pub fn say(&self, key: &str) -> String {
        self.messages.say(self.language, key, &[])
    }

    /// Says a message with values.
    pub fn say_with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.messages.say(self.language, key, values)
    }

    /// A whole number: `1,234`.
    pub fn number(&self, number: i64) -> String {
        format::grouped(number, self.language)
    }

    /// Hundredths as a number with two decimals: `1.50`, `1,50`. The number is not negative.
    pub fn hundredths(&self, hundredths: i64) -> String {
        format::hundredths(hundredths, self.language)
    }

    /// An amount with its currency: `€1,234.50`, `1 234,50 €`.
    pub fn money(&self, money: Money) -> String {
        format::money(money, self.language)
    }

    /// An amount of a movement, with a plus when it comes in.
    pub fn movement(&self, money: Money) -> String {
        format::movement(money, self.language)
    }

    /// A day: `22 Nov 2026`.
    pub fn date(&self, date: Date) -> String {
        format::date(date, self.language)
    }

    /// An instant in UTC, to the minute: `22 Nov 2026, 14:03 UTC`. On a page use [`crate::instant`], which browsers turn
    /// into the reader's own time.
    pub fn instant(&self, at: Timestamp) -> String {
        let civil = domain_datetime(at);
        format!("{}, {:02}:{:02} UTC", self.date(civil.date()), civil.hour(), civil.minute())
    }

    /// How long ago: `3 minutes ago`. An instant that is not yet past counts as now.
    pub fn ago(&self, now: Timestamp, at: Timestamp) -> String {
        let seconds = now.duration_since(at).as_secs();
        let (key, count) = match seconds {
            ..60 => return self.say("web-ago-now"),
            60..3600 => ("web-ago-minutes", seconds / 60),
            3600..86_400 => ("web-ago-hours", seconds / 3600),
            86_400.. => ("web-ago-days", seconds / 86_400),
        };
        self.say_with(key, &[("count", count.into())])
    }

    /// An IBAN in groups of four; any other reference as it is.
    pub fn iban(&self, reference: &str) -> String {
        Iban::parse(reference).map_or_else(|_| reference.to_owned(), |iban| iban.grouped())
    }
}

fn domain_datetime(at: Timestamp) -> jiff::civil::DateTime {
    jiff::tz::Offset::UTC.to_datetime(at)
}
