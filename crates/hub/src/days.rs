//! The proof of an account day by day: which days the bank's own balances confirm, on which one they part from what we
//! hold, and between which days something is missing. Pure. No balance is computed to make a day close: each judgement
//! begins at a balance that the bank told and ends at the next one.

use std::collections::BTreeMap;

use domain::{BalanceKind, Date, Money};

use crate::store::balance::StoredBalance;
use crate::store::day::Booked;

/// What can be said of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The bank's balances before and after agree with every movement between them.
    Proven,
    /// The bank told no balance to hold this day against.
    Unproven,
    /// The bank's balance of this day differs by this much from the one before with the movements since.
    Broken(Money),
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub on: Date,
    /// The sum of what was booked.
    pub sum: Money,
    /// How many movements.
    pub count: i64,
    /// The closing balance that the bank told.
    pub closing: Option<Money>,
    /// What can be said of it.
    pub verdict: Verdict,
}

/// Something is missing between two days: the bank's balance after the one is not its balance before the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The last day before.
    pub after: Date,
    /// The first day behind.
    pub before: Date,
    /// What the missing movements come to.
    pub missing: Money,
}

/// The days of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// Every day on which something was booked or told, oldest first.
    pub days: Vec<Day>,
    /// Where something is missing, oldest first.
    pub gaps: Vec<Gap>,
}

impl Days {
    /// The first day that breaks, and by how much.
    pub fn first_break(&self) -> Option<(Date, Money)> {
        self.days.iter().find_map(|day| match day.verdict {
            Verdict::Broken(gap) => Some((day.on, gap)),
            Verdict::Proven | Verdict::Unproven => None,
        })
    }
}

/// Judges the days from what was booked and what the bank told (the newest word for each day and kind).
pub fn judge(booked: &[Booked], told: &[StoredBalance]) -> Days {
    let Some(currency) =
        booked.first().map(|day| day.sum.currency()).or_else(|| told.first().map(|balance| balance.amount.currency()))
    else {
        return Days::default();
    };
    let mut facts: BTreeMap<Date, Facts> = BTreeMap::new();
    for day in booked {
        facts.entry(day.on).or_default().booked = Some((day.sum, day.count));
    }
    for balance in told {
        let entry = facts.entry(balance.on).or_default();
        match balance.kind {
            BalanceKind::OpeningBooked => entry.opening = Some(balance.amount),
            BalanceKind::ClosingBooked => entry.closing = Some(balance.amount),
            BalanceKind::InterimBooked | BalanceKind::Available | BalanceKind::ForwardAvailable => {}
        }
    }
    let mut judging = Judging { found: Days::default(), reached: None, since: 0 };
    for (on, fact) in facts {
        judging.day(on, &fact, Money::zero(currency));
    }
    judging.found
}

#[derive(Default)]
struct Facts {
    booked: Option<(Money, i64)>,
    opening: Option<Money>,
    closing: Option<Money>,
}

struct Judging {
    found: Days,
    /// The last balance that the bank told, carried on with what was booked since, and the day that it has reached.
    reached: Option<(Date, Money)>,
    /// The first day that waits for the bank's next balance.
    since: usize,
}

impl Judging {
    fn day(&mut self, on: Date, fact: &Facts, nothing: Money) {
        let (sum, count) = fact.booked.unwrap_or((nothing, 0));
        if let Some(opening) = fact.opening {
            self.opens(on, opening, sum);
        }
        let carried = self.reached.and_then(|(_, amount)| amount.checked_add(sum).ok());
        let verdict = match (carried, fact.closing) {
            (Some(carried), Some(closing)) if carried == closing => Verdict::Proven,
            (Some(carried), Some(closing)) => closing.checked_sub(carried).map_or(Verdict::Unproven, Verdict::Broken),
            (None, _) | (_, None) => Verdict::Unproven,
        };
        self.found.days.push(Day { on, sum, count, closing: fact.closing, verdict });
        if let Some(closing) = fact.closing {
            if verdict == Verdict::Proven {
                self.proven(self.found.days.len());
            }
            self.since = self.found.days.len();
            self.reached = Some((on, closing));
        } else if let Some(carried) = carried {
            self.reached = Some((on, carried));
        }
    }

    /// The days that waited, up to this place, are proven together.
    fn proven(&mut self, end: usize) {
        for day in &mut self.found.days[self.since..end] {
            day.verdict = Verdict::Proven;
        }
    }

    /// An opening balance proves what came before it, or shows that something is missing. Some banks date it with the
    /// day it holds for, others with the day before: it is good when it fits either.
    fn opens(&mut self, on: Date, opening: Money, sum: Money) {
        if let Some((after, carried)) = self.reached {
            let behind = carried.checked_add(sum).ok();
            if carried == opening {
                self.proven(self.found.days.len());
            } else if behind == Some(opening) {
                return;
            } else if let Ok(missing) = opening.checked_sub(carried) {
                self.found.gaps.push(Gap { after, before: on, missing });
            }
        }
        self.since = self.found.days.len();
        self.reached = Some((on, opening));
    }
}

#[cfg(test)]
mod tests {
    use domain::{BalanceId, Currency, Timestamp};
    use proptest::prelude::*;

    use super::*;

    fn day(number: i8) -> Date {
        Date::constant(2026, 3, number)
    }

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn booked(on: i8, minor: i64) -> Booked {
        Booked { on: day(on), sum: euro(minor), count: 1 }
    }

    fn told(kind: BalanceKind, on: i8, minor: i64) -> StoredBalance {
        let id = BalanceId::from_u128(1);
        StoredBalance {
            id,
            seq: 1,
            kind,
            on: day(on),
            amount: euro(minor),
            seen_at: Timestamp::UNIX_EPOCH,
            file: None,
            withdrawn: false,
        }
    }

    fn opening(on: i8, minor: i64) -> StoredBalance {
        told(BalanceKind::OpeningBooked, on, minor)
    }

    fn closing(on: i8, minor: i64) -> StoredBalance {
        told(BalanceKind::ClosingBooked, on, minor)
    }

    fn verdicts(days: &Days) -> Vec<Verdict> {
        days.days.iter().map(|day| day.verdict).collect()
    }

    #[test]
    fn the_first_day_that_breaks_is_named_and_later_days_stand_for_themselves() {
        let told = [opening(1, 100), closing(1, 110), closing(2, 130), closing(3, 125)];
        let days = judge(&[booked(1, 10), booked(2, 15), booked(3, -5)], &told);
        assert_eq!(verdicts(&days), [Verdict::Proven, Verdict::Broken(euro(5)), Verdict::Proven]);
        assert_eq!(days.first_break(), Some((day(2), euro(5))));
        assert_eq!(days.gaps, []);
    }

    #[test]
    fn days_without_a_balance_are_proven_by_the_next_one_or_not_at_all() {
        let days = judge(&[booked(1, 10), booked(2, 15), booked(4, 1)], &[opening(1, 100), closing(2, 125)]);
        assert_eq!(verdicts(&days), [Verdict::Proven, Verdict::Proven, Verdict::Unproven]);
        let days = judge(&[booked(1, 10)], &[closing(1, 10)]);
        assert_eq!(verdicts(&days), [Verdict::Unproven], "one balance alone proves nothing");
    }

    #[test]
    fn what_is_missing_between_two_statements_is_a_gap() {
        let told = [opening(1, 100), closing(2, 110), opening(9, 70), closing(9, 75)];
        let days = judge(&[booked(2, 10), booked(9, 5)], &told);
        assert_eq!(days.gaps, [Gap { after: day(2), before: day(9), missing: euro(-40) }]);
        assert!(verdicts(&days).iter().all(|verdict| *verdict == Verdict::Proven), "{days:?}");
        assert_eq!(days.first_break(), None);
    }

    #[test]
    fn an_opening_balance_dated_the_day_before_is_no_gap() {
        let told = [opening(1, 100), closing(2, 110), opening(2, 110), closing(3, 115)];
        let days = judge(&[booked(2, 10), booked(3, 5)], &told);
        assert_eq!(days.gaps, []);
        assert!(verdicts(&days).iter().all(|verdict| *verdict == Verdict::Proven));
    }

    proptest! {
        /// An honest bank's days are never red, and one movement that is lost turns exactly its day red.
        #[test]
        fn one_lost_movement_reddens_its_day(amounts in proptest::collection::vec(1i64..10_000, 2..20), lost in 0usize..20) {
            let (mut balance, mut told, mut days) = (0, vec![opening(1, 0)], Vec::new());
            for (index, minor) in amounts.iter().enumerate() {
                let on = i8::try_from(index + 1).unwrap();
                balance += minor;
                told.push(closing(on, balance));
                days.push(booked(on, *minor));
            }
            prop_assert_eq!(judge(&days, &told).first_break(), None);
            let lost = lost % amounts.len();
            let gone = days.remove(lost);
            let judged = judge(&days, &told);
            prop_assert_eq!(judged.first_break(), Some((gone.on, gone.sum)));
            let red = judged.days.iter().filter(|day| matches!(day.verdict, Verdict::Broken(_))).count();
            prop_assert_eq!(red, 1);
        }
    }
}
