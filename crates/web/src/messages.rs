use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};

use crate::Language;
use crate::format::grouped;

/// The words of the frame, which every party needs.
pub(crate) const OWN: [(Language, &str); 4] = [
    (Language::En, include_str!("../locales/en/web.ftl")),
    (Language::Fr, include_str!("../locales/fr/web.ftl")),
    (Language::Nl, include_str!("../locales/nl/web.ftl")),
    (Language::De, include_str!("../locales/de/web.ftl")),
];

/// The message files of a crate in all languages, by their names in `locales/<language>/`: `words!["accounts", "billing"]`
/// is what [`Messages::load`] takes. A file belongs to a noun, as a module does.
#[macro_export]
macro_rules! words {
    ($($file:literal),* $(,)?) => {
        &[
            $(($crate::Language::En, $crate::words!(@file "en", $file)),)*
            $(($crate::Language::Fr, $crate::words!(@file "fr", $file)),)*
            $(($crate::Language::Nl, $crate::words!(@file "nl", $file)),)*
            $(($crate::Language::De, $crate::words!(@file "de", $file)),)*
        ]
    };
    (@file $language:literal, $file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $language, "/", $file, ".ftl"))
    };
}

/// A message file cannot be used: a mistake of this program.
#[derive(Debug, thiserror::Error)]
pub enum MessagesError {
    /// It is not Fluent.
    #[error("the messages in {language} cannot be read: {problem}")]
    Syntax {
        /// Code of the language.
        language: &'static str,
        /// What the reader of Fluent says.
        problem: String,
    },
    /// A key is defined twice.
    #[error("the messages in {language} define a key twice: {problem}")]
    Twice {
        /// Code of the language.
        language: &'static str,
        /// Which.
        problem: String,
    },
}

/// A value inside a message. Counts are numbers, so that plurals work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number; shown with the language's thousands.
    Number(i64),
    /// Text, already formatted.
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

/// The messages of all languages that a party offers.
pub struct Messages(BTreeMap<Language, FluentBundle<FluentResource>>, Vec<Language>);

impl Messages {
    /// Reads the party's message files, one or more for each language, beside those of the frame. The languages are
    /// offered in the order of their first mention; the first is the one that a stranger gets.
    pub fn load(sources: &[(Language, &str)]) -> Result<Messages, MessagesError> {
        let mut messages = Messages(BTreeMap::new(), Vec::new());
        for (language, source) in sources {
            if !messages.1.contains(language) {
                messages.1.push(*language);
                for (_, own) in OWN.iter().filter(|(known, _)| known == language) {
                    messages.add(*language, own)?;
                }
            }
            messages.add(*language, source)?;
        }
        Ok(messages)
    }

    fn add(&mut self, language: Language, source: &str) -> Result<(), MessagesError> {
        let code = language.code();
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, errors)| MessagesError::Syntax { language: code, problem: format!("{errors:?}") })?;
        let bundle = self.0.entry(language).or_insert_with(|| bundle(language));
        bundle
            .add_resource(resource)
            .map_err(|errors| MessagesError::Twice { language: code, problem: format!("{errors:?}") })
    }

    /// The languages offered.
    pub fn languages(&self) -> &[Language] {
        &self.1
    }

    /// Says a message. A missing key or argument is a mistake of this program: it is logged, and the key or what
    /// could be said is shown, because a page with one bad word is better than no page.
    pub fn say(&self, language: Language, key: &str, arguments: &[(&str, Value)]) -> String {
        let pattern = self.0.get(&language).and_then(|bundle| Some((bundle, bundle.get_message(key)?.value()?)));
        let Some((bundle, pattern)) = pattern else {
            tracing::error!(key, language = language.code(), "there is no such message");
            return key.to_owned();
        };
        let arguments: FluentArgs<'_> = arguments
            .iter()
            .map(|(name, value)| match value {
                Value::Number(number) => (*name, FluentValue::from(*number)),
                Value::Text(text) => (*name, FluentValue::from(text.as_str())),
            })
            .collect();
        let mut errors: Vec<FluentError> = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, language = language.code(), ?errors, "a message lacks an argument");
        }
        said
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let identifier = language.code().parse().expect("a code of ISO 639-1 is a language identifier");
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Without this, values stand between invisible direction marks, which then land in titles and copied text.
    bundle.set_use_isolating(false);
    // Fluent wants plain functions here, so each language has its own.
    bundle.set_formatter(Some(match language {
        Language::En => |value, _| number(value, Language::En),
        Language::Fr => |value, _| number(value, Language::Fr),
        Language::Nl => |value, _| number(value, Language::Nl),
        Language::De => |value, _| number(value, Language::De),
    }));
    bundle
}

fn number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    if let FluentValue::Number(number) = value {
        number.as_string().parse::<i64>().ok().map(|number| grouped(number, language))
    } else {
        None
    }
}
