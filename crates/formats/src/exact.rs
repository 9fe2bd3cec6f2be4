use std::fmt;

use domain::{Currency, Money, MoneyError};

/// A decimal exactly as a file wrote it, down to the billionth. Files hold amounts that are finer than the currency
/// (`23154.685` euro): they cannot be booked, but they can be added up and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Exact(i128);

/// Digits behind the point that an [`Exact`] keeps.
const SCALE: usize = 9;
/// Powers of ten.
const POWERS: [i64; SCALE + 1] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
/// Billionths in one.
const ONE: i128 = 1_000_000_000;
/// Digits before the point that are read: more than any account holds, few enough that sums never overflow.
const WHOLE_DIGITS: usize = 20;

impl Exact {
    /// Nothing.
    pub const ZERO: Exact = Exact(0);

    /// Reads digits with a dot or a comma as the decimal sign, such as `-12,3`, `+5` or `7,`. `None` when the text
    /// is anything else, holds more than one decimal sign, or is longer than any amount.
    pub fn parse(text: &str) -> Option<Exact> {
        let trimmed = text.trim();
        let (negative, digits) = match trimmed.as_bytes().first()? {
            b'-' => (true, trimmed[1..].trim_start()),
            b'+' => (false, trimmed[1..].trim_start()),
            _ => (false, trimmed),
        };
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !plain(whole) || !plain(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if whole.len() > WHOLE_DIGITS || fraction.len() > SCALE {
            return None;
        }
        let spelled = |digits: &str| digits.bytes().fold(0, |n: i64, b| n * 10 + i64::from(b - b'0'));
        // 64 bits hold 18 digits, and hardly any amount has more.
        let (large, small) = whole.split_at(whole.len().saturating_sub(18));
        let whole = i128::from(spelled(large)) * 1_000_000_000_000_000_000 + i128::from(spelled(small));
        let fraction = spelled(fraction) * POWERS[SCALE - fraction.len()];
        let units = whole * ONE + i128::from(fraction);
        Some(Exact(if negative { -units } else { units }))
    }

    /// A whole number of the unit that has `decimals` digits behind the point (at most 9).
    pub fn from_units(units: i64, decimals: u32) -> Exact {
        Exact(i128::from(units) * i128::from(step(decimals)))
    }

    /// With its sign turned.
    #[must_use]
    pub fn negated(self) -> Exact {
        Exact(-self.0)
    }

    /// Without its sign.
    #[must_use]
    pub fn magnitude(self) -> Exact {
        Exact(self.0.abs())
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum. Saturates, which 10^9 of the largest amounts do not reach.
    #[must_use]
    pub fn plus(self, other: Exact) -> Exact {
        Exact(self.0.saturating_add(other.0))
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Exact) -> Exact {
        self.plus(other.negated())
    }

    /// The quotient, when it is exact to the billionth.
    pub(crate) fn divided_exactly(self, by: Exact) -> Option<Exact> {
        let scaled = self.0.checked_mul(ONE)?;
        (by.0 != 0 && scaled % by.0 == 0).then(|| Exact(scaled / by.0))
    }

    /// The amount in whole minor units, or why it is none.
    pub fn money(self, currency: Currency) -> Result<Money, MoneyError> {
        let step = step(currency.minor_digits());
        let (minor, rest) = match i64::try_from(self.0) {
            // Below nine billion, which is nearly always: 128 bits divide slowly.
            Ok(small) => (Ok(small / step), i128::from(small % step)),
            Err(_) => (i64::try_from(self.0 / i128::from(step)), self.0 % i128::from(step)),
        };
        if rest != 0 {
            return Err(MoneyError::TooPrecise(self.decimal(currency.minor_digits()), currency));
        }
        let minor = minor.map_err(|_| MoneyError::TooLarge)?;
        Money::new(minor, currency).told()
    }

    /// The amount in minor units, away from zero when it lies between two of them, so that a difference never
    /// becomes nothing.
    pub(crate) fn rounded(self, currency: Currency) -> Option<Money> {
        let step = i128::from(step(currency.minor_digits()));
        let away = if self.0 % step == 0 { 0 } else { self.0.signum() };
        i64::try_from(self.0 / step + away).ok().map(|minor| Money::new(minor, currency))
    }

    /// As a decimal text with at least that many digits behind the point, and no further zeros.
    pub fn decimal(self, least_digits: u32) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let one = ONE.unsigned_abs();
        let fraction = format!("{:09}", magnitude % one);
        let least = usize::try_from(least_digits).unwrap_or(SCALE).min(SCALE);
        let kept = fraction.trim_end_matches('0').len().max(least);
        let whole = magnitude / one;
        if kept == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{}", &fraction[..kept]) }
    }
}

/// Billionths in one unit that has so many digits behind the point.
fn step(decimals: u32) -> i64 {
    let decimals = usize::try_from(decimals).unwrap_or(SCALE).min(SCALE);
    POWERS[SCALE - decimals]
}

impl From<Money> for Exact {
    fn from(money: Money) -> Exact {
        Exact::from_units(money.minor(), money.currency().minor_digits())
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decimal(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_banks_write() {
        for (text, want) in
            [("12,30", "12.30"), ("7,", "7.00"), (",5", "0.50"), ("+ 5", "5.00"), ("-0.001", "-0.001"), ("007", "7.00")]
        {
            assert_eq!(Exact::parse(text).unwrap().to_string(), want, "{text}");
        }
        assert_eq!(
            Exact::parse("12345678901234567890.123456789").unwrap().to_string(),
            "12345678901234567890.123456789"
        );
        for text in ["", "-", ".", "12..34", "1,234.5", "1e5", "٣", "123456789012345678901", "0.0000000001"] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_what_the_currency_cannot_hold() {
        let amount = Exact::parse("23154.685").unwrap();
        assert_eq!(amount.money(Currency::EUR).unwrap_err().to_string(), "'23154.685' has more decimals than EUR has");
        assert_eq!(amount.rounded(Currency::EUR).unwrap().decimal(), "23154.69");
        assert_eq!(Exact::parse("99999999999999999999").unwrap().money(Currency::EUR), Err(MoneyError::TooLarge));
        assert_eq!(Exact::parse("90000000000000000.00").unwrap().money(Currency::EUR), Err(MoneyError::TooLarge));
    }
}
