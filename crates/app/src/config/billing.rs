//! How the settings of billing are understood.

use domain::{Bic, Iban};

/// A rate in hundredths of a percent.
pub(super) fn percent(text: &str) -> Result<i64, String> {
    let wrong = || format!("'{text}' is not a rate such as 21 or 5.5");
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return Err(wrong());
    }
    let hundredths = format!("{whole}{fraction:0<2}");
    hundredths.parse().map_err(|_| wrong())
}

/// Something that stands on an invoice.
pub(super) fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= 120 && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(format!("'{text}' must be one line of 1 to 120 characters")) }
}

/// A number of days.
pub(super) fn days(text: &str) -> Result<i32, String> {
    let days = text.parse().ok().filter(|days| (0..=365).contains(days));
    days.ok_or_else(|| format!("'{text}' is not a number of days from 0 to 365"))
}

/// A VAT number with its country in front.
pub(super) fn vat_number(text: &str) -> Result<String, String> {
    let country = text.get(..2).unwrap_or_default().to_ascii_uppercase();
    let number = hub::people::VatNumber::parse(text, &country).map_err(|error| format!("'{text}': {error}"))?;
    Ok(number.to_string())
}

/// Two letters of a country.
pub(super) fn country(text: &str) -> Result<String, String> {
    let country = text.to_ascii_uppercase();
    let shaped = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if shaped { Ok(country) } else { Err(format!("'{text}' is not a country such as BE")) }
}

/// An e-mail address.
pub(super) fn email(text: &str) -> Result<String, String> {
    hub::people::email_of(text).ok_or_else(|| format!("'{text}' is not an e-mail address"))
}

/// An IBAN.
pub(super) fn iban(text: &str) -> Result<String, String> {
    Iban::parse(text).map(|iban| iban.as_str().to_owned()).map_err(|error| format!("'{text}' is not an IBAN: {error}"))
}

/// A BIC.
pub(super) fn bic(text: &str) -> Result<String, String> {
    Bic::parse(text).map(|bic| bic.as_str().to_owned()).map_err(|error| format!("'{text}' is not a BIC: {error}"))
}

/// A SEPA creditor identifier: country, two check digits (ISO 7064, mod 97-10, over what follows the business code), three
/// characters of the business, the national number.
pub(super) fn creditor_id(text: &str) -> Result<String, String> {
    let id: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let wrong = || format!("'{text}' is not a SEPA creditor identifier such as DE98ZZZ09999999999");
    if !(8..=35).contains(&id.len()) || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(wrong());
    }
    let checked = format!("{}{}", &id[7..], &id[..4]);
    let rest = checked.bytes().fold(0u32, |rest, b| match b {
        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
        _ => (rest * 100 + u32::from(b - b'A') + 10) % 97,
    });
    if rest == 1 { Ok(id) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_exact() {
        for (text, want) in [("21", 2100), ("5.5", 550), ("0", 0), ("7.75", 775)] {
            assert_eq!(percent(text), Ok(want));
        }
        for wrong in ["", "21%", "5,5", "-1", "100", "1.234", ".5"] {
            assert!(percent(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn creditor_identifiers_have_check_digits() {
        // The example of the Deutsche Bundesbank, and the same with another business code.
        for good in ["DE98ZZZ09999999999", "de98 abc 09999999999"] {
            assert!(creditor_id(good).is_ok(), "{good}");
        }
        for wrong in ["DE97ZZZ09999999999", "DE98ZZZ09999999998", "", "DE98", "DE98ZZZ0999999999é"] {
            assert!(creditor_id(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_checked() {
        assert_eq!(vat_number("BE 0403.019.261"), Ok("BE0403019261".to_owned()));
        assert!(vat_number("BE0403019262").is_err() && vat_number("").is_err());
        assert!(iban("BE68539007547034").is_ok() && iban("BE68539007547035").is_err());
        assert!(country("be").is_ok() && country("Belgium").is_err());
        assert!(days("14").is_ok() && days("-1").is_err() && days("1000").is_err());
        assert!(email("billing@hub.example").is_ok() && email("nobody").is_err());
    }
}
