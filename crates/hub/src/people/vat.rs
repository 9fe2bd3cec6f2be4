//! VAT identification numbers of the European Union: form and check digits of Belgium, the Netherlands, France,
//! Germany and Luxembourg (the algorithms that the member states give in the VIES documentation); of the other member
//! states beside, and of other countries the form only.

use std::fmt;

use super::vat_digits::{self, Rule, digits};

/// A VAT number: two letters of its country and the number, without separators.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VatNumber(String);

/// Why a text is not a VAT number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VatError {
    /// Not the form that the country uses.
    #[error("this is not a VAT number of {country}: write it like {example}")]
    Form {
        /// Two letters of the country.
        country: String,
        /// How one looks.
        example: &'static str,
    },
    /// The form is right, the check digits are not.
    #[error("the check digits of this VAT number are wrong: a character was mistyped")]
    CheckDigits,
}

impl VatNumber {
    /// Reads a number as people write it: blanks, dots, dashes and slashes do not matter. Without letters in front it
    /// is one of the given country.
    pub fn parse(text: &str, country: &str) -> Result<VatNumber, VatError> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/')).collect();
        let plain = plain.to_ascii_uppercase();
        let has_prefix = plain.len() > 2 && plain.bytes().take(2).all(|b| b.is_ascii_uppercase());
        let own_key = country == "FR" && has_prefix && plain.len() == 11;
        let number = if has_prefix && !own_key { plain } else { format!("{country}{plain}") };
        let number = padded(number);
        let wrong_form = |example| {
            let country = number.chars().take(2).collect();
            VatError::Form { country, example }
        };
        if !number.is_ascii() || number.len() < 4 {
            return Err(wrong_form("BE0123456749"));
        }
        let (prefix, body) = number.split_at(2);
        let rule = rule_of(prefix);
        if !(rule.form)(body) {
            return Err(wrong_form(rule.example));
        }
        if !(rule.check)(body) {
            return Err(VatError::CheckDigits);
        }
        Ok(VatNumber(number))
    }

    /// Country and number: `BE0123456749`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Old Belgian numbers have nine digits; a zero in front makes them ten.
fn padded(number: String) -> String {
    match number.strip_prefix("BE") {
        Some(body) if body.len() == 9 => format!("BE0{body}"),
        _ => number,
    }
}

fn rule_of(prefix: &str) -> Rule {
    match prefix {
        "BE" => Rule { form: |b| digits(b, 10) && b.starts_with(['0', '1']), check: belgium, example: "BE0123456749" },
        "NL" => Rule { form: dutch_form, check: netherlands, example: "NL123456782B90" },
        "FR" => Rule { form: french_form, check: france, example: "FR83404833048" },
        "DE" => Rule { form: |b| digits(b, 9) && !b.starts_with('0'), check: germany, example: "DE136695976" },
        "LU" => Rule { form: |b| digits(b, 8), check: luxembourg, example: "LU15027442" },
        other => {
            vat_digits::rule_of(other).unwrap_or(Rule { form: other_form, check: |_| true, example: "CHE123456789" })
        }
    }
}

fn number(digits: &str) -> u64 {
    digits.bytes().fold(0, |n, b| n * 10 + u64::from(b - b'0'))
}

/// Two to thirteen letters and digits, of which two at least are digits, so that a word is no number.
fn other_form(body: &str) -> bool {
    (2..=13).contains(&body.len())
        && body.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && body.bytes().filter(u8::is_ascii_digit).count() >= 2
}

fn dutch_form(body: &str) -> bool {
    body.len() == 12 && digits(&body[..9], 9) && body[9..].starts_with('B') && digits(&body[10..], 2)
}

fn french_form(body: &str) -> bool {
    // The key has no I and no O, which look like digits.
    let key_character = |b: u8| b.is_ascii_digit() || (b.is_ascii_uppercase() && b != b'I' && b != b'O');
    body.len() == 11 && body.bytes().take(2).all(key_character) && digits(&body[2..], 9)
}

/// 97 minus the first eight digits modulo 97.
fn belgium(body: &str) -> bool {
    97 - number(&body[..8]) % 97 == number(&body[8..])
}

/// Either the eleven-test on the nine digits (numbers of legal persons), or modulo 97 over all characters, letters
/// counted from 10 (numbers of sole traders since 2020).
fn netherlands(body: &str) -> bool {
    let weighted: u64 = body.bytes().take(8).zip([9, 8, 7, 6, 5, 4, 3, 2]).map(|(b, w)| u64::from(b - b'0') * w).sum();
    let eleven = weighted % 11 == u64::from(body.as_bytes()[8] - b'0');
    let ninety_seven = "NL".bytes().chain(body.bytes()).fold(0u64, |rest, b| match b {
        b'0'..=b'9' => (rest * 10 + u64::from(b - b'0')) % 97,
        _ => (rest * 100 + u64::from(b - b'A') + 10) % 97,
    });
    eleven || ninety_seven == 1
}

/// The key against the SIREN. A numeric key is 12 + 3 x SIREN modulo 97; a key with a letter has its own sum.
fn france(body: &str) -> bool {
    let (key, siren) = (&body.as_bytes()[..2], number(&body[2..]));
    if key.iter().all(u8::is_ascii_digit) {
        return number(&body[..2]) == (12 + 3 * (siren % 97)) % 97;
    }
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let place = |b: u8| ALPHABET.iter().position(|c| *c == b).expect("the form allows these characters only") as u64;
    let sum = if key[0].is_ascii_digit() {
        place(key[0]) * 24 + place(key[1]) - 10
    } else {
        place(key[0]) * 34 + place(key[1]) - 100
    };
    (siren + sum / 11 + 1) % 11 == sum % 11
}

/// ISO 7064, mod 11,10.
fn germany(body: &str) -> bool {
    let product = body.bytes().take(8).fold(10u64, |product, b| {
        let sum = (u64::from(b - b'0') + product) % 10;
        2 * if sum == 0 { 10 } else { sum } % 11
    });
    (11 - product) % 10 == u64::from(body.as_bytes()[8] - b'0')
}

/// The first six digits modulo 89.
fn luxembourg(body: &str) -> bool {
    number(&body[..6]) % 89 == number(&body[6..])
}

#[cfg(test)]
mod tests {
    use super::{VatError, VatNumber};

    /// Numbers that companies publish, one at least for each rule.
    const GOOD: &[&str] = &[
        "BE0403019261",
        "BE0417497106",
        "NL004495445B01",
        "NL123456789B13",
        "FR40303265045",
        "FR23334175221",
        "FRK7399859412",
        "FR4Z123456782",
        "DE136695976",
        "LU15027442",
        "ESA08663619",
    ];

    #[test]
    fn real_numbers_are_read() {
        for good in GOOD {
            assert_eq!(VatNumber::parse(good, "BE").map(|n| n.to_string()), Ok((*good).to_owned()));
        }
    }

    #[test]
    fn one_wrong_digit_is_found() {
        for good in GOOD.iter().filter(|good| !good.starts_with("ES")) {
            let mut bytes = good.as_bytes().to_vec();
            let place = if good.starts_with("NL") { 8 } else { bytes.len() - 1 };
            bytes[place] = b'0' + (bytes[place] - b'0' + 1) % 10;
            let wrong = String::from_utf8(bytes).unwrap();
            assert_eq!(VatNumber::parse(&wrong, "BE"), Err(VatError::CheckDigits), "{wrong}");
        }
    }

    #[test]
    fn people_write_them_in_many_ways() {
        let want = Ok("BE0403019261".to_owned());
        for text in ["be 0403.019.261", "0403.019.261", "403.019.261", "BE 403 019 261", "BE-0403/019/261"] {
            assert_eq!(VatNumber::parse(text, "BE").map(|n| n.to_string()), want, "{text}");
        }
        assert_eq!(VatNumber::parse("K7399859412", "FR").map(|n| n.to_string()), Ok("FRK7399859412".to_owned()));
        assert_eq!(VatNumber::parse("DE136695976", "BE").map(|n| n.to_string()), Ok("DE136695976".to_owned()));
    }

    #[test]
    fn other_texts_are_not_numbers() {
        for bad in ["", "BE", "BE12", "BE2403019261", "DE036695976", "FRI7399859412", "NL004495445C01", "hello", "é"] {
            assert!(matches!(VatNumber::parse(bad, "BE"), Err(VatError::Form { .. })), "{bad}");
        }
    }
}
