//! Numbers, money and dates as people of each language write them, computed from integers. The conventions are those of
//! the Unicode CLDR for en, fr, nl and de.

use domain::{Date, Money};

use crate::Language;

const MINUS: char = '\u{2212}';
const NARROW_SPACE: char = '\u{202F}';
const SPACE: char = '\u{A0}';

fn separators(language: Language) -> (char, char) {
    match language {
        Language::En => (',', '.'),
        Language::Fr => (NARROW_SPACE, ','),
        Language::Nl | Language::De => ('.', ','),
    }
}

/// A whole number with thousands apart.
pub(crate) fn grouped(number: i64, language: Language) -> String {
    let digits = group(&number.unsigned_abs().to_string(), separators(language).0);
    if number < 0 { format!("{MINUS}{digits}") } else { digits }
}

pub(crate) fn hundredths(hundredths: i64, language: Language) -> String {
    let (_, decimal) = separators(language);
    format!("{}{decimal}{:02}", grouped(hundredths / 100, language), hundredths % 100)
}

fn group(digits: &str, separator: char) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * separator.len_utf8());
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The digits of an amount without sign and currency: `1,234.50`, `1 234,50`.
fn digits(money: Money, language: Language) -> String {
    let decimal = money.decimal();
    let digits = decimal.strip_prefix('-').unwrap_or(&decimal);
    let (thousands, point) = separators(language);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = group(whole, thousands);
    if fraction.is_empty() { whole } else { format!("{whole}{point}{fraction}") }
}

/// An amount with its currency: `€1,234.50`, `1 234,50 €`.
pub(crate) fn money(money: Money, language: Language) -> String {
    signed(money, if money.is_debit() { "\u{2212}" } else { "" }, language)
}

/// An amount of a movement: what comes in carries a plus, so that direction is never told by colour alone.
pub(crate) fn movement(amount: Money, language: Language) -> String {
    if amount.minor() > 0 { signed(amount, "+", language) } else { money(amount, language) }
}

fn signed(money: Money, sign: &str, language: Language) -> String {
    let digits = digits(money, language);
    let currency = money.currency();
    let code = currency.code();
    let symbol = match code {
        "EUR" => "€",
        "GBP" => "£",
        _ => code,
    };
    match language {
        Language::En if symbol == code => format!("{sign}{code}{SPACE}{digits}"),
        Language::En => format!("{sign}{symbol}{digits}"),
        Language::Nl => format!("{symbol}{SPACE}{sign}{digits}"),
        Language::Fr | Language::De => format!("{sign}{digits}{SPACE}{symbol}"),
    }
}

/// A day: `22 Nov 2026`, `22 nov. 2026`.
pub(crate) fn date(date: Date, language: Language) -> String {
    const EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const FR: [&str; 12] =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
    const NL: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    const DE: [&str; 12] =
        ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];
    let (names, dot) = match language {
        Language::En => (EN, ""),
        Language::Fr => (FR, ""),
        Language::Nl => (NL, ""),
        Language::De => (DE, "."),
    };
    let month = usize::try_from(date.month() - 1).expect("a month is 1 to 12");
    // French writes the first of a month as an ordinal.
    let ordinal = if language == Language::Fr && date.day() == 1 { "er" } else { dot };
    format!("{}{ordinal}{SPACE}{}{SPACE}{}", date.day(), names[month], date.year())
}
