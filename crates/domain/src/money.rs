use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Currency;

/// An exact amount: a signed integer of the currency's minor units (cents). Credit to the account holder is positive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why an amount could not be read or computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is not a decimal number.
    #[error("'{0}' is not a decimal amount")]
    NotANumber(String),
    /// The text has more decimals than the currency has minor units, and they are not zeros.
    #[error("'{0}' has more decimals than {1} has")]
    TooPrecise(String, Currency),
    /// The amount is beyond [`Money::LARGEST_MINOR`], or a sum does not fit in 64 bits of minor units.
    #[error("the amount is too large")]
    TooLarge,
    /// Two amounts of different currencies were added or compared.
    #[error("{0} and {1} cannot be added")]
    Mixed(Currency, Currency),
}

impl Money {
    /// The most minor units that an amount from outside may have, of either sign: ten thousand billion euro. Whoever
    /// tells more has made a mistake, and thousands of such amounts can be added without a sum that does not fit.
    pub const LARGEST_MINOR: i64 = 1_000_000_000_000_000;

    /// An amount from minor units (cents).
    pub const fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing of a currency.
    pub const fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// Minor units, signed.
    pub const fn minor(&self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Reads a decimal with a dot, such as `-12.30`, `+5` or `.5`. Decimals beyond the minor unit must be zeros.
    /// No thousands separators, no comma: a format that has them turns them into this form first. An amount beyond
    /// [`Money::LARGEST_MINOR`] is too large.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        let shown = || text.chars().take(40).collect::<String>();
        let trimmed = text.trim();
        let (negative, digits) = match trimmed.as_bytes().first() {
            Some(b'-') => (true, &trimmed[1..]),
            Some(b'+') => (false, &trimmed[1..]),
            _ => (false, trimmed),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return Err(MoneyError::NotANumber(shown()));
        }
        let scale = currency.minor_digits() as usize;
        let (kept, rest) = fraction.split_at(fraction.len().min(scale));
        if rest.bytes().any(|b| b != b'0') {
            return Err(MoneyError::TooPrecise(shown(), currency));
        }
        let padding = std::iter::repeat_n(b'0', scale - kept.len());
        let mut minor: i64 = 0;
        for digit in whole.bytes().chain(kept.bytes()).chain(padding) {
            let digit = i64::from(digit - b'0');
            let signed = if negative { -digit } else { digit };
            minor = minor.checked_mul(10).and_then(|m| m.checked_add(signed)).ok_or(MoneyError::TooLarge)?;
        }
        Money { minor, currency }.told()
    }

    /// The amount, unless it is one that nobody can mean: the check of every door through which amounts come in.
    pub fn told(self) -> Result<Money, MoneyError> {
        if self.minor.unsigned_abs() > Money::LARGEST_MINOR.unsigned_abs() {
            Err(MoneyError::TooLarge)
        } else {
            Ok(self)
        }
    }

    /// The decimal text with exactly the currency's decimals: `-12.30`.
    pub fn decimal(&self) -> String {
        let digits = self.currency.minor_digits() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let text = format!("{:0>width$}", self.minor.unsigned_abs(), width = digits + 1);
        let (whole, fraction) = text.split_at(text.len() - digits);
        if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// The sum, or why there is none.
    pub fn checked_add(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Money { minor, currency: self.currency })
    }

    /// The difference, or why there is none.
    pub fn checked_sub(self, other: Money) -> Result<Money, MoneyError> {
        self.checked_add(other.checked_neg()?)
    }

    /// The amount with its sign turned.
    pub fn checked_neg(self) -> Result<Money, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::TooLarge)?;
        Ok(Money { minor, currency: self.currency })
    }

    /// Whether the amount leaves the account.
    pub const fn is_debit(&self) -> bool {
        self.minor < 0
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
