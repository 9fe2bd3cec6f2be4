use std::sync::RwLock;

use domain::{Date, Transaction};

use super::{Origin, Slot, Tally, Window};
use crate::traffic::calendar::{is_business_day, tomorrow};
use crate::traffic::{Profile, Skeleton, opening_minor, render, skeletons};

/// Movements made from a seed. Only a count and a sum are kept for each day; the movements of a day are made again when
/// they are asked for.
pub(crate) struct Generated {
    profile: Profile,
    first: Date,
    opening_minor: i64,
    /// For each calendar day from the first one: everything up to and including it. Grows as the clock does.
    through: RwLock<Vec<Tally>>,
}

impl Generated {
    pub(crate) fn new(profile: Profile, first: Date) -> Generated {
        let opening_minor = opening_minor(&profile);
        Generated { profile, first, opening_minor, through: RwLock::default() }
    }

    pub(crate) fn first_day(&self) -> Date {
        self.first
    }

    pub(super) fn days(&self, window: Window, today: Date) -> Vec<Date> {
        let last = window.to.min(today);
        let mut day = window.from.max(self.first);
        let mut days = Vec::new();
        while day <= last {
            if is_business_day(day) {
                days.push(day);
            }
            day = tomorrow(day);
        }
        days
    }

    pub(super) fn slots(&self, day: Date) -> Vec<Slot> {
        let movements = skeletons(&self.profile, day);
        let numbered = (0..).zip(movements);
        numbered
            .map(|(place, movement)| Slot { home: day, origin: Origin::Base(place), minor: movement.minor })
            .collect()
    }

    /// The movements of a day without words, so that a page needs to make them once only.
    pub(super) fn skeletons(&self, day: Date) -> Vec<Skeleton> {
        skeletons(&self.profile, day)
    }

    pub(super) fn render(&self, movement: Skeleton, day: Date) -> Transaction {
        render(&self.profile, movement, day)
    }

    pub(super) fn balance_through(&self, day: Date) -> i64 {
        self.opening_minor + self.through(day).minor
    }

    pub(super) fn through(&self, day: Date) -> Tally {
        let Ok(index) = usize::try_from((day - self.first).get_days()) else { return Tally::default() };
        if let Some(tally) = self.through.read().expect("no holder of this lock panics").get(index) {
            return *tally;
        }
        let mut through = self.through.write().expect("no holder of this lock panics");
        let known = i32::try_from(through.len()).expect("an account lives less than two thousand million days");
        let mut next = self.first.saturating_add(domain::Span::new().days(known));
        while through.len() <= index {
            let before = through.last().copied().unwrap_or_default();
            let movements = skeletons(&self.profile, next);
            let count = u64::try_from(movements.len()).expect("a length fits in 64 bits");
            let minor: i64 = movements.iter().map(|movement| movement.minor).sum();
            through.push(Tally { count: before.count + count, minor: before.minor + minor });
            next = tomorrow(next);
        }
        through[index]
    }
}
