//! Countries that a form offers: the European Economic Area, Switzerland and the United Kingdom.

use web::Locale;

/// ISO 3166-1 code and key of the name.
const ALL: [(&str, &str); 32] = [
    ("AT", "country-at"),
    ("BE", "country-be"),
    ("BG", "country-bg"),
    ("CH", "country-ch"),
    ("CY", "country-cy"),
    ("CZ", "country-cz"),
    ("DE", "country-de"),
    ("DK", "country-dk"),
    ("EE", "country-ee"),
    ("ES", "country-es"),
    ("FI", "country-fi"),
    ("FR", "country-fr"),
    ("GB", "country-gb"),
    ("GR", "country-gr"),
    ("HR", "country-hr"),
    ("HU", "country-hu"),
    ("IE", "country-ie"),
    ("IS", "country-is"),
    ("IT", "country-it"),
    ("LI", "country-li"),
    ("LT", "country-lt"),
    ("LU", "country-lu"),
    ("LV", "country-lv"),
    ("MT", "country-mt"),
    ("NL", "country-nl"),
    ("NO", "country-no"),
    ("PL", "country-pl"),
    ("PT", "country-pt"),
    ("RO", "country-ro"),
    ("SE", "country-se"),
    ("SI", "country-si"),
    ("SK", "country-sk"),
];

/// The name of a country; its code where we have no name.
pub fn name(code: &str, locale: &Locale) -> String {
    ALL.iter().find(|(known, _)| *known == code).map_or_else(|| code.to_owned(), |(_, key)| locale.say(key))
}

/// All countries as choices of a form, by name.
pub fn choices(locale: &Locale) -> Vec<(String, String)> {
    let mut choices: Vec<_> = ALL.iter().map(|(code, key)| ((*code).to_owned(), locale.say(key))).collect();
    choices.sort_by_key(|(_, name)| crate::store::search_text::folded(name));
    choices
}
