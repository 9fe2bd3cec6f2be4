use std::fmt;

use domain::{Date, Transaction};

/// Where a movement came from, within its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// The traffic or the files of the day, counted from 0.
    Base(u32),
    /// A late booking, by its number in the account.
    Late(u32),
}

/// The bank's inner name of a movement, which never changes and never leaves the bank, except to the oracle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RowKey {
    pub(crate) day: Date,
    pub(crate) origin: Origin,
}

impl RowKey {
    /// Reads what [`fmt::Display`] wrote: `2026-11-03.12` or `2026-11-03.late-4`.
    pub(crate) fn parse(text: &str) -> Option<RowKey> {
        let (day, place) = text.split_once('.')?;
        let origin = match place.strip_prefix("late-") {
            Some(number) => Origin::Late(number.parse().ok()?),
            None => Origin::Base(place.parse().ok()?),
        };
        Some(RowKey { day: day.parse().ok()?, origin })
    }

    /// A number for the ids that are made from this name.
    pub(super) fn number(&self) -> u64 {
        let place = match self.origin {
            Origin::Base(place) => u64::from(place),
            Origin::Late(number) => u64::from(number) | 1 << 40,
        };
        crate::dice::mix(crate::dice::number_of_day(self.day) << 32 ^ place)
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origin {
            Origin::Base(place) => write!(f, "{}.{place}", self.day),
            Origin::Late(number) => write!(f, "{}.late-{number}", self.day),
        }
    }
}

/// A booked movement with its inner name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) key: RowKey,
    pub(crate) transaction: Transaction,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_writing_and_reading() {
        for origin in [Origin::Base(0), Origin::Base(17), Origin::Late(3)] {
            let key = RowKey { day: Date::constant(2026, 11, 3), origin };
            assert_eq!(RowKey::parse(&key.to_string()), Some(key));
        }
        for wrong in ["", "2026-11-03", "2026-13-03.1", "2026-11-03.late-", "2026-11-03.-1"] {
            assert_eq!(RowKey::parse(wrong), None, "{wrong}");
        }
    }
}
