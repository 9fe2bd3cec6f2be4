//! Which movement is which: holds what a bank lists against what is stored. Pure, and the heart of the promise that
//! two identical payments both survive while the same payment twice does not.
//!
//! The rule is a multiset of fingerprints per account and booking window. A bank's id is evidence only: banks leave it
//! out, repeat it, renumber it and issue new ones. In this order:
//! 1. same content and same id: the same movement;
//! 2. same content: the same movement under a new id;
//! 3. same id and same amount, other content: the movement was corrected;
//! 4. same day and amount, from another source (a statement file beside the bank's interface), and nothing that both
//!    say contradicts: the same movement; see `across`;
//! 5. same content as a row that was withdrawn: it is back. Only now, so that no withdrawn row takes the place of one
//!    that stands for the same movement;
//! 6. same day and amount, and only one candidate on each side, when an id is missing: it was corrected, too;
//! 7. same content on another day of the listing, where the ids do not say that they are two and the bank's balances
//!    agree with the listing: it was booked on another day;
//! 8. what is left of the listing is new; what is left of the store was withdrawn by the bank, which we believe only
//!    when the bank's own balances agree with its listing.
//!
//! Movements that were booked on another day across the edge of the listing are told afterwards; see `edge`.
//!
//! An amount or direction is never overwritten: a movement with another amount is another movement.

mod across;
pub mod edge;
mod frame;
mod listing;

use std::collections::{HashMap, HashSet};

use connectors::Listed;
use domain::{Date, Money, Transaction};

pub use frame::Frame;
pub use listing::{deduplicate, in_booking_order};

/// A digest of what makes a movement itself: day, amount, parties, communication and references. The bank's own ids
/// and the running balance are not part of it.
pub fn fingerprint(booked_on: Option<Date>, amount: Money, details: &domain::Details) -> String {
    let mut text = String::with_capacity(200);
    let mut field = |part: &str| {
        // Blanks are folded: banks add and drop them between two listings.
        for (index, word) in part.split_whitespace().enumerate() {
            if index > 0 {
                text.push(' ');
            }
            text.push_str(word);
        }
        text.push('\u{1f}');
    };
    field(&booked_on.map(|day| day.to_string()).unwrap_or_default());
    field(&amount.to_string());
    let party = &details.counterparty;
    for part in
        [&party.name, &party.account, &details.end_to_end_id, &details.mandate_id, &details.additional_information]
    {
        field(part.as_deref().unwrap_or_default());
    }
    field(&details.remittance.join(" "));
    field(details.structured.as_ref().map(|reference| reference.as_str()).unwrap_or_default());
    vault::token::hash(&text)[..32].to_owned()
}

/// A stored row as far as identity is concerned.
#[derive(Debug, Clone)]
pub struct Known {
    /// Booking date.
    pub booked_on: Date,
    /// Signed minor units.
    pub minor: i64,
    /// Digest of its content.
    pub fingerprint: String,
    /// The id the bank last used for it.
    pub bank_id: Option<String>,
    /// Whether it is marked as withdrawn.
    pub withdrawn: bool,
    /// What it tells, where another source told it than the listing: a file beside the bank's interface, or the other
    /// way round, or a file beside another file. Two sources word and number the same movement differently.
    pub foreign: Option<Box<domain::Details>>,
}

/// A listed movement with its digest.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The movement.
    pub transaction: Transaction,
    /// Digest of its content.
    pub fingerprint: String,
    /// The bank's id: `transactionId`, else `entryReference`.
    pub bank_id: Option<String>,
    /// The page it came on, counted from 0.
    pub page: usize,
}

impl Candidate {
    /// A candidate from a listed movement.
    pub fn new(listed: &Listed, page: usize) -> Candidate {
        let transaction = listed.transaction.clone();
        let details = &transaction.details;
        let bank_id = details.bank_id.clone().or_else(|| details.entry_reference.clone());
        let fingerprint = fingerprint(Some(transaction.booked_on), transaction.amount, details);
        Candidate { fingerprint, bank_id, transaction, page }
    }

    /// The digest that it would have on another day.
    pub fn fingerprint_on(&self, day: Date) -> String {
        fingerprint(Some(day), self.transaction.amount, &self.transaction.details)
    }
}

/// What a listed movement turned out to be. The numbers are places in the slices that were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Known, unchanged; the bank may use another id for it now.
    Same {
        /// The stored row.
        known: usize,
        /// Whether the bank's id of it differs from the noted one.
        reissued: bool,
    },
    /// Known, with a corrected description.
    Corrected {
        /// The stored row.
        known: usize,
        /// Why it is taken for that row.
        reason: &'static str,
    },
    /// Known as withdrawn, and listed again.
    Reinstated {
        /// The stored row.
        known: usize,
    },
    /// Not known.
    New {
        /// Why it is taken for new.
        reason: &'static str,
    },
}

/// The outcome for a whole listing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matched {
    /// One verdict a candidate, in the order given.
    pub verdicts: Vec<Verdict>,
    /// Stored rows that the bank no longer has, its balances agreeing.
    pub withdrawn: Vec<usize>,
}

impl Matched {
    /// What a file may do: add what is not known or was withdrawn.
    #[must_use]
    pub fn only_adding(self) -> Matched {
        let kept = |verdict| match verdict {
            Verdict::Corrected { known, .. } | Verdict::Same { known, .. } => Verdict::Same { known, reissued: false },
            Verdict::Reinstated { known } => Verdict::Reinstated { known },
            Verdict::New { reason } => Verdict::New { reason },
        };
        Matched { verdicts: self.verdicts.into_iter().map(kept).collect(), withdrawn: vec![] }
    }
}

/// Holds a complete listing against every stored row of its window. `window` is what was asked for: only rows inside
/// it can have been withdrawn.
pub fn matched(listed: &[Candidate], known: &[Known], window: (Date, Date), frame: Option<&Frame>) -> Matched {
    let mut matching = Matching {
        listed,
        known,
        trusted: trusted_ids(listed),
        verdicts: vec![None; listed.len()],
        free: vec![true; known.len()],
    };
    matching.by_content(true, false);
    matching.by_content(false, false);
    matching.by_id();
    matching.across();
    matching.by_content(true, true);
    matching.by_content(false, true);
    matching.by_day_and_amount();
    let believed = frame.is_some_and(|frame| frame.holds(listed.iter().map(|c| c.transaction.amount)));
    if believed {
        matching.by_words(window);
    }
    let used: HashSet<&str> = known.iter().filter_map(|row| row.bank_id.as_deref()).collect();
    let verdicts = matching.verdicts.iter().enumerate().map(|(index, verdict)| {
        verdict.clone().unwrap_or_else(|| {
            let reused = listed[index].bank_id.as_deref().is_some_and(|id| used.contains(id));
            Verdict::New { reason: if reused { "the bank's id belongs to another movement" } else { "first seen" } }
        })
    });
    let verdicts = verdicts.collect();
    let gone = |index: &usize| {
        let row = &known[*index];
        matching.free[*index] && !row.withdrawn && window.0 <= row.booked_on && row.booked_on <= window.1
    };
    let withdrawn = if believed { (0..known.len()).filter(gone).collect() } else { vec![] };
    Matched { verdicts, withdrawn }
}

/// Ids that this listing uses for one content only; a bank that fills them with `NOTPROVIDED` gets no trust.
fn trusted_ids(listed: &[Candidate]) -> HashSet<&str> {
    let mut contents: HashMap<&str, &str> = HashMap::new();
    let mut distrusted: HashSet<&str> = HashSet::new();
    for candidate in listed {
        let Some(id) = candidate.bank_id.as_deref() else { continue };
        if *contents.entry(id).or_insert(&candidate.fingerprint) != candidate.fingerprint {
            distrusted.insert(id);
        }
    }
    contents.into_keys().filter(|id| !distrusted.contains(id)).collect()
}

/// Whether an id is too long for a line number.
fn is_name(id: &str) -> bool {
    id.chars().count() > 5
}

/// Whether an id may be a place in the list of a day: it tells the day, or is a small number.
fn is_place(id: &str, day: Date) -> bool {
    let digits: String = id.chars().filter(char::is_ascii_digit).collect();
    digits.contains(&day.strftime("%y%m%d").to_string()) || (digits.len() == id.len() && digits.len() < 5)
}

struct Matching<'a> {
    listed: &'a [Candidate],
    known: &'a [Known],
    trusted: HashSet<&'a str>,
    verdicts: Vec<Option<Verdict>>,
    free: Vec<bool>,
}

impl Matching<'_> {
    fn id_of(&self, index: usize) -> Option<&str> {
        self.listed[index].bank_id.as_deref().filter(|id| self.trusted.contains(id))
    }

    fn settle(&mut self, index: usize, known: usize, verdict: Verdict) {
        self.verdicts[index] = Some(verdict);
        self.free[known] = false;
    }

    fn open(&self) -> Vec<usize> {
        (0..self.listed.len()).filter(|index| self.verdicts[*index].is_none()).collect()
    }

    /// Same content as a row that stands, or as one that was withdrawn; older before newer.
    fn by_content(&mut self, same_id: bool, withdrawn: bool) {
        let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
        let known = self.known.iter().enumerate();
        for (index, row) in known.filter(|(index, row)| self.free[*index] && row.withdrawn == withdrawn) {
            rows.entry(&row.fingerprint).or_default().push(index);
        }
        let all = self.listed;
        let mut named: HashMap<&str, &Candidate> = HashMap::new();
        for candidate in self.open().into_iter().map(|at| &all[at]).filter(|_| !same_id) {
            let name = candidate.bank_id.as_deref().filter(|id| is_name(id) && self.trusted.contains(id));
            named.extend(name.map(|name| (name, candidate)));
        }
        for index in self.open() {
            let candidate = &self.listed[index];
            let Some(rows) = rows.get(candidate.fingerprint.as_str()) else { continue };
            // A row whose name is listed with its content on another day was moved there; this one is its twin.
            let moved = |row: &Known| {
                let elsewhere = row.bank_id.as_deref().and_then(|id| named.get(id));
                elsewhere.is_some_and(|other| other.fingerprint_on(row.booked_on) == row.fingerprint)
            };
            let fits = |row: &&usize| {
                let known = &self.known[**row];
                self.free[**row] && if same_id { known.bank_id == candidate.bank_id } else { !moved(known) }
            };
            let Some(known) = rows.iter().find(fits).copied() else { continue };
            let reissued = self.known[known].bank_id != candidate.bank_id;
            let verdict = if withdrawn { Verdict::Reinstated { known } } else { Verdict::Same { known, reissued } };
            self.settle(index, known, verdict);
        }
    }

    fn by_id(&mut self) {
        let mut rows: HashMap<&str, usize> = HashMap::new();
        for (index, row) in self.known.iter().enumerate() {
            if let Some(id) = row.bank_id.as_deref().filter(|_| self.free[index] && !row.withdrawn) {
                rows.entry(id).or_insert(index);
            }
        }
        for index in self.open() {
            let Some(known) = self.id_of(index).and_then(|id| rows.get(id).copied()) else { continue };
            let same_amount = self.known[known].minor == self.listed[index].transaction.amount.minor();
            if self.free[known] && same_amount {
                let same_day = self.known[known].booked_on == self.listed[index].transaction.booked_on;
                let reason = match same_day {
                    true => "same id and amount at the bank, other text",
                    false => "the bank books it on another day: same id and amount",
                };
                self.settle(index, known, Verdict::Corrected { known, reason });
            }
        }
    }

    /// Movements that another source told: the best fitting ones of a day and amount first.
    fn across(&mut self) {
        let mut pairs = Vec::new();
        for (known, row) in self.known.iter().enumerate().filter(|(known, row)| self.free[*known] && !row.withdrawn) {
            let Some(details) = &row.foreign else { continue };
            for index in self.open() {
                let transaction = &self.listed[index].transaction;
                let same = transaction.booked_on == row.booked_on && transaction.amount.minor() == row.minor;
                if let Some(score) = same.then(|| across::likeness(&transaction.details, details)).flatten() {
                    pairs.push((score, index, known));
                }
            }
        }
        // The order of the listing and of the store decides between equals, so that a repetition decides alike.
        pairs.sort_by_key(|(score, index, known)| (std::cmp::Reverse(*score), *index, *known));
        for (_, index, known) in pairs {
            if self.verdicts[index].is_none() && self.free[known] {
                let reason = "the same movement, told by another source before";
                self.settle(index, known, Verdict::Corrected { known, reason });
            }
        }
    }

    /// For banks without usable ids: one leftover on each side with the same day and amount is one movement whose
    /// text was corrected. Where both sides carry an id, their difference says that they are two movements.
    fn by_day_and_amount(&mut self) {
        let mut open: HashMap<(Date, i64), Vec<usize>> = HashMap::new();
        for index in self.open() {
            let transaction = &self.listed[index].transaction;
            open.entry((transaction.booked_on, transaction.amount.minor())).or_default().push(index);
        }
        let mut rows: HashMap<(Date, i64), Vec<usize>> = HashMap::new();
        for (index, row) in self.known.iter().enumerate().filter(|(index, row)| self.free[*index] && !row.withdrawn) {
            if row.foreign.is_some() {
                continue;
            }
            rows.entry((row.booked_on, row.minor)).or_default().push(index);
        }
        for (key, listed) in open {
            let ([index], Some([known])) = (listed.as_slice(), rows.get(&key).map(Vec::as_slice)) else { continue };
            if self.id_of(*index).is_none() || self.known[*known].bank_id.is_none() || self.renumbers() {
                let reason = "the only movement of that day and amount on both sides";
                self.settle(*index, *known, Verdict::Corrected { known: *known, reason });
            }
        }
    }

    /// Same content on another day, the nearest first. Only under balances that agree: what is not listed is gone then.
    fn by_words(&mut self, window: (Date, Date)) {
        let mut rows: HashMap<i64, Vec<usize>> = HashMap::new();
        for (index, row) in self.known.iter().enumerate().filter(|(index, row)| self.free[*index] && !row.withdrawn) {
            if window.0 <= row.booked_on && row.booked_on <= window.1 {
                rows.entry(row.minor).or_default().push(index);
            }
        }
        let mut pairs = Vec::new();
        for index in self.open() {
            let candidate = &self.listed[index];
            let day = candidate.transaction.booked_on;
            for known in rows.get(&candidate.transaction.amount.minor()).into_iter().flatten() {
                let row = &self.known[*known];
                let names = self.id_of(index).zip(row.bank_id.as_deref());
                let may_differ = names.is_none_or(|(new, old)| is_place(new, day) && is_place(old, row.booked_on));
                if (may_differ || self.renumbers()) && candidate.fingerprint_on(row.booked_on) == row.fingerprint {
                    pairs.push(((day - row.booked_on).get_days().abs(), index, *known));
                }
            }
        }
        pairs.sort_unstable();
        for (_, index, known) in pairs {
            if self.verdicts[index].is_none() && self.free[known] {
                let reason = "the bank books it on another day: same content, and its balances agree";
                self.settle(index, known, Verdict::Corrected { known, reason });
            }
        }
    }

    /// Whether this bank's ids are places in a list: some stored row kept its content but not its id.
    fn renumbers(&self) -> bool {
        self.verdicts.iter().flatten().any(|verdict| matches!(verdict, Verdict::Same { reissued: true, .. }))
    }
}

#[cfg(test)]
mod tests;
