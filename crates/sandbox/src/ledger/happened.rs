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

/// What happened to an account besides its traffic, numbered in order, so that a [`View`] can leave out what came later.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    seen: u32,
    late: BTreeMap<Date, Vec<Late>>,
    given: HashMap<u32, Given>,
    texts: HashMap<RowKey, Vec<(u32, String)>>,
    edits: HashMap<RowKey, Vec<(u32, Details)>>,
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
