use std::fmt;
use std::str::FromStr;

use domain::{Currency, Money, MoneyError};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Number, Value};

/// An exact decimal number of the wire, kept as the text that was sent: `-12.30`. Written as a JSON number; read from
/// a number or, because some senders quote amounts, from a string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal(String);

/// The text is not a decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a decimal number")]
pub struct DecimalError(String);

/// Largest exponent that is written out; beyond it a number is not an amount.
const MAX_EXPONENT: usize = 30;

impl Decimal {
    /// Reads a JSON number. An exponent, which some serializers write, is spelled out: `1E+2` becomes `100`.
    pub fn parse(text: &str) -> Result<Decimal, DecimalError> {
        let wrong = || DecimalError(text.chars().take(40).collect());
        let trimmed = text.trim();
        Number::from_str(trimmed).map_err(|_| wrong())?;
        match trimmed.split_once(['e', 'E']) {
            None => Ok(Decimal(trimmed.to_owned())),
            Some((mantissa, exponent)) => spelled_out(mantissa, exponent).map(Decimal).ok_or_else(wrong),
        }
    }

    /// The text, a JSON number without exponent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The amount in a currency; more decimals than the currency has are an error, never rounded.
    pub fn money(&self, currency: Currency) -> Result<Money, MoneyError> {
        Money::parse(&self.0, currency)
    }
}

fn spelled_out(mantissa: &str, exponent: &str) -> Option<String> {
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let places: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let shift = usize::try_from(places.unsigned_abs()).ok().filter(|shift| *shift <= MAX_EXPONENT)?;
    let zeros = "0".repeat(shift);
    let (whole, fraction) = if places < 0 {
        let padded = format!("{zeros}{whole}");
        let (whole, moved) = padded.split_at(padded.len() - shift);
        (whole.to_owned(), format!("{moved}{fraction}"))
    } else {
        let padded = format!("{fraction}{zeros}");
        let (moved, fraction) = padded.split_at(shift);
        (format!("{whole}{moved}"), fraction.trim_end_matches('0').to_owned())
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

impl From<Money> for Decimal {
    fn from(money: Money) -> Decimal {
        Decimal(money.decimal())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = Number::from_str(&self.0).expect("a decimal holds a JSON number");
        number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let text = match Value::deserialize(deserializer)? {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text,
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(de::Error::custom("a decimal number is expected"));
            }
        };
        Decimal::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_survives_exactly() {
        for text in ["0", "-0.10", "12.30", "90071992547409.93", "0.1"] {
            let read: Decimal = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
            let quoted: Decimal = serde_json::from_str(&format!("\"{text}\"")).unwrap();
            assert_eq!(quoted, read);
        }
    }

    #[test]
    fn exponents_are_spelled_out() {
        for (text, plain) in
            [("1E2", "100"), ("1.25e+1", "12.5"), ("-1.5e-3", "-0.0015"), ("12.30e1", "123"), ("0e5", "0")]
        {
            assert_eq!(Decimal::parse(text).unwrap().as_str(), plain, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "abc", "1,5", "1e999", "0x10", "+5", "1.", "NaN"] {
            assert!(Decimal::parse(text).is_err(), "{text}");
        }
        assert!(serde_json::from_str::<Decimal>("null").is_err());
        assert!(serde_json::from_str::<Decimal>("true").is_err());
    }

    #[test]
    fn money_refuses_what_would_be_rounded() {
        let amount = Decimal::parse("1.005").unwrap();
        assert!(amount.money(Currency::EUR).is_err());
        assert_eq!(Decimal::parse("1.500").unwrap().money(Currency::EUR).unwrap().minor(), 150);
    }
}
