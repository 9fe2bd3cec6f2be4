use std::collections::{BTreeMap, HashMap};

use domain::{Date, Details};

use super::{RowKey, Tally, View, Window};
use crate::traffic::Skeleton;

/// A movement booked after its day was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Late {
    pub(crate) seq: u32,
    pub(crate) salt: u64,
    pub(crate) skeleton: Skeleton,
}

/// The words of a movement that somebody booked by hand.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) value_on: Option<Date>,
    pub(crate) details: Details,
}

/// A movement that is booked on another day than at first.
#[derive(Debug, Clone)]
struct Redated {
    minor: i64,
    /// The days in turn, each with the number of the event.
    days: Vec<(u32, Date)>,
}

impl Redated {
    fn day(&self, view: View) -> Option<Date> {
        self.days.iter().rev().find(|(seq, _)| *seq <= view.seen).map(|(_, day)| *day)
    }
}

/// What happened to an account besides its traffic, numbered in order, so that a [`View`] can leave out what came later.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    seen: u32,
    late: BTreeMap<Date, Vec<Late>>,
    given: HashMap<u32, Given>,
    texts: HashMap<RowKey, Vec<(u32, String)>>,
    edits: HashMap<RowKey, Vec<(u32, Details)>>,
    redated: BTreeMap<RowKey, Redated>,
    reissues: Vec<u32>,
}

impl Overlay {
    /// How many things happened.
    pub(crate) fn seen(&self) -> u32 {
        self.seen
    }

    /// Books a movement on a day that may be over; returns its number.
    pub(crate) fn book_late(&mut self, day: Date, salt: u64, skeleton: Skeleton) -> u32 {
        self.seen += 1;
        self.late.entry(day).or_default().push(Late { seq: self.seen, salt, skeleton });
        self.seen
    }

    /// Books a movement with words that are given, on a day that may be over.
    pub(crate) fn book_given(&mut self, day: Date, salt: u64, skeleton: Skeleton, given: Given) {
        let number = self.book_late(day, salt, skeleton);
        self.given.insert(number, given);
    }

    /// Replaces those details of a booked movement that are given.
    pub(crate) fn edit(&mut self, key: RowKey, details: Details) {
        self.seen += 1;
        self.edits.entry(key).or_default().push((self.seen, details));
    }

    /// Replaces the free text of a booked movement.
    pub(crate) fn correct(&mut self, key: RowKey, text: String) {
        self.seen += 1;
        self.texts.entry(key).or_default().push((self.seen, text));
    }

    /// Books a movement on another day.
    pub(crate) fn redate(&mut self, key: RowKey, minor: i64, day: Date) {
        self.seen += 1;
        let seen = self.seen;
        self.redated.entry(key).or_insert(Redated { minor, days: Vec::new() }).days.push((seen, day));
    }

    /// The day on which a movement is booked, when it is not the first one.
    pub(super) fn day_of(&self, key: RowKey, view: View) -> Option<Date> {
        self.redated.get(&key)?.day(view)
    }

    /// The movements that came to a day from others, with their amounts.
    pub(super) fn come_to(&self, day: Date, view: View) -> Vec<(RowKey, i64)> {
        let come = self.redated.iter().filter(|(key, redated)| key.day != day && redated.day(view) == Some(day));
        come.map(|(key, redated)| (*key, redated.minor)).collect()
    }

    /// Days of a window to which movements came.
    pub(super) fn days_come_to(&self, window: Window, view: View) -> Vec<Date> {
        let days = self.redated.values().filter_map(|redated| redated.day(view));
        days.filter(|day| window.from <= *day && *day <= window.to).collect()
    }

    /// By how much the movements that changed their day change what is booked through one: count and sum.
    pub(super) fn redated_through(&self, day: Date, view: View) -> (i64, i64) {
        let one = |(key, redated): (&RowKey, &Redated)| {
            let sign = match redated.day(view) {
                Some(now) if key.day <= day && now > day => -1,
                Some(now) if key.day > day && now <= day => 1,
                Some(_) | None => 0,
            };
            (sign, sign * redated.minor)
        };
        self.redated.iter().map(one).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// Gives a part of the movements new ids.
    pub(crate) fn reissue(&mut self) {
        self.seen += 1;
        self.reissues.push(self.seen);
    }

    pub(super) fn late_days(&self, window: Window, view: View) -> Vec<Date> {
        if window.from > window.to {
            return Vec::new();
        }
        let days = self.late.range(window.from..=window.to);
        days.filter(|(_, rows)| rows.iter().any(|late| late.seq <= view.seen)).map(|(day, _)| *day).collect()
    }

    pub(super) fn late_on(&self, day: Date, view: View) -> Vec<Late> {
        let rows = self.late.get(&day).map(Vec::as_slice).unwrap_or_default();
        rows.iter().copied().filter(|late| late.seq <= view.seen).collect()
    }

    pub(super) fn late_through(&self, day: Date, view: View) -> Tally {
        let rows = self.late.range(..=day).flat_map(|(_, rows)| rows).filter(|late| late.seq <= view.seen);
        rows.fold(Tally::default(), |tally, late| Tally {
            count: tally.count + 1,
            minor: tally.minor + late.skeleton.minor,
        })
    }

    pub(super) fn late_named(&self, day: Date, seq: u32) -> Option<Late> {
        self.late.get(&day)?.iter().copied().find(|late| late.seq == seq)
    }

    pub(super) fn given(&self, seq: u32) -> Option<&Given> {
        self.given.get(&seq)
    }

    /// What was edited of a movement, the first edit first.
    pub(super) fn edits(&self, key: RowKey, view: View) -> impl Iterator<Item = &Details> {
        let edits = self.edits.get(&key).map(Vec::as_slice).unwrap_or_default();
        edits.iter().filter(move |(seq, _)| *seq <= view.seen).map(|(_, details)| details)
    }

    pub(super) fn text(&self, key: RowKey, view: View) -> Option<&str> {
        let texts = self.texts.get(&key)?;
        texts.iter().rev().find(|(seq, _)| *seq <= view.seen).map(|(_, text)| text.as_str())
    }

    /// How many times ids were given anew.
    pub(super) fn epoch(&self, view: View) -> u64 {
        let count = self.reissues.iter().filter(|seq| **seq <= view.seen).count();
        u64::try_from(count).expect("a count fits in 64 bits")
    }
}
