use std::fmt;

use crate::{Money, MoneyError};

/// Whether opening + sum of booked = closing, for one account and period. Both balances are the bank's; we never plug
/// a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The bank's own balances confirm every movement.
    Proven,
    /// A balance is missing, so nothing can be said.
    Unproven,
    /// The balances contradict the movements by this much: closing - (opening + sum).
    Broken(Money),
}

impl Proof {
    /// Judges one period. A sum that overflows or mixes currencies proves nothing and is [`Proof::Unproven`].
    pub fn of(opening: Option<Money>, booked: impl IntoIterator<Item = Money>, closing: Option<Money>) -> Proof {
        let (Some(opening), Some(closing)) = (opening, closing) else { return Proof::Unproven };
        Proof::difference(opening, booked, closing).map_or(Proof::Unproven, |difference| {
            if difference.minor() == 0 { Proof::Proven } else { Proof::Broken(difference) }
        })
    }

    fn difference(
        opening: Money,
        booked: impl IntoIterator<Item = Money>,
        closing: Money,
    ) -> Result<Money, MoneyError> {
        let reached = booked.into_iter().try_fold(opening, Money::checked_add)?;
        closing.checked_sub(reached)
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Proof::Proven => f.write_str("proven"),
            Proof::Unproven => f.write_str("unproven"),
            Proof::Broken(difference) => write!(f, "broken({})", difference.decimal()),
        }
    }
}
