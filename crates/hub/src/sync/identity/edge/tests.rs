//! A bank that books movements on other days, across the edge of what is listed, under ids of every kind, beside late
//! bookings and recurring payments of one content: after any such history the store holds what the bank holds.

use std::collections::BTreeMap;

use connectors::Listed;
use domain::{Balance, BalanceKind, Currency, Details, Money, SeededEntropy, ToSpan, Transaction};

use super::super::{Frame, deduplicate, in_booking_order, matched};
use super::*;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Ids {
    /// One for each movement.
    Good,
    /// The day and the place in it.
    Places,
    /// The place in the listing.
    Numbers,
    /// None.
    Absent,
    /// New ones for every listing.
    Reissued,
    /// One for each content: the reference of a standing order.
    OfContent,
}

#[derive(Clone, PartialEq)]
struct Booked {
    truth: u64,
    day: Date,
    minor: i64,
    text: u64,
}

struct Bank {
    random: std::sync::Arc<SeededEntropy>,
    ids: Ids,
    rows: Vec<Booked>,
    today: Date,
    with_balances: bool,
}

struct Store {
    rows: Vec<Known>,
    /// Which row each movement became.
    seen: BTreeMap<u64, usize>,
    listed_through: Date,
    relist_from: Option<Date>,
    closing: Option<(Date, i64)>,
}

const OPENING: i64 = 100_000;

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn details(text: u64, id: Option<String>) -> Details {
    Details { remittance: vec![format!("payment {text}")], bank_id: id, ..Details::default() }
}

impl Bank {
    fn below(&self, bound: usize) -> usize {
        usize::try_from(self.random.below(bound as u64)).unwrap()
    }

    fn book(&mut self, day: Date) {
        let truth = self.rows.len() as u64;
        let minor = [-500, -500, -1250, 500, 20_000][self.below(5)];
        self.rows.push(Booked { truth, day, minor, text: self.random.below(3) });
    }

    fn live(&mut self) {
        self.today = self.today.checked_add(1.day()).unwrap();
        for _ in 0..self.below(4) {
            self.book(self.today);
        }
        if self.random.percent(20) {
            let days = i32::try_from(self.below(9)).unwrap();
            self.book(self.today.checked_sub(days.days()).unwrap());
        }
    }

    /// Moves a movement from one side of a day to the other.
    fn redate(&mut self, edge: Date, inward: bool) {
        let day = |days: i64| edge.saturating_add(days.days());
        let (before, behind) = ((day(-4), day(-1)), (day(0), day(4)));
        let (from, to) = if inward { (before, behind) } else { (behind, before) };
        let inside: Vec<usize> =
            (0..self.rows.len()).filter(|at| from.0 <= self.rows[*at].day && self.rows[*at].day <= from.1).collect();
        if !inside.is_empty() {
            let at = inside[self.below(inside.len())];
            let days = i64::from((to.1 - to.0).get_days());
            self.rows[at].day = to.0.saturating_add(i64::try_from(self.below(days as usize + 1)).unwrap().days());
        }
    }

    fn list(&self, from: Date) -> (Vec<Listed>, Vec<u64>, Option<Frame>) {
        let mut rows: Vec<&Booked> = self.rows.iter().filter(|row| row.day >= from).collect();
        rows.sort_by_key(|row| row.day);
        let mut places: BTreeMap<Date, u32> = BTreeMap::new();
        let (mut listed, mut truths) = (Vec::new(), Vec::new());
        for (number, row) in rows.iter().enumerate() {
            let place = places.entry(row.day).or_default();
            *place += 1;
            let id = match self.ids {
                Ids::Good => Some(format!("movement-{}", row.truth)),
                Ids::Places => Some(format!("{}-{place}", row.day)),
                Ids::Numbers => Some(format!("{}", number + 1)),
                Ids::Absent => None,
                Ids::Reissued => Some(format!("id-{}", self.random.next_u64())),
                Ids::OfContent => Some(format!("order-{}-{}", row.text, row.minor)),
            };
            let transaction = Transaction {
                booked_on: row.day,
                value_on: None,
                amount: money(row.minor),
                details: details(row.text, id),
            };
            listed.push(Listed { transaction, raw: format!("{}", row.truth) });
            truths.push(row.truth);
        }
        let sum = |before: bool| -> i64 {
            self.rows.iter().filter(|row| !before || row.day < from).map(|row| row.minor).sum()
        };
        let told = [
            Balance { kind: BalanceKind::OpeningBooked, date: from, amount: money(OPENING + sum(true)) },
            Balance { kind: BalanceKind::ClosingBooked, date: self.today, amount: money(OPENING + sum(false)) },
        ];
        (listed, truths, Frame::of(&told).filter(|_| self.with_balances))
    }

    fn contents(&self) -> Vec<(Date, i64, u64)> {
        let mut rows: Vec<_> = self.rows.iter().map(|row| (row.day, row.minor, row.text)).collect();
        rows.sort_unstable();
        rows
    }
}

impl Store {
    fn new(today: Date) -> Store {
        let listed_through = today;
        Store { rows: vec![], seen: BTreeMap::new(), listed_through, relist_from: None, closing: None }
    }

    fn from(&self) -> Date {
        let from = self.listed_through.checked_sub(14.days()).unwrap();
        self.relist_from.map_or(from, |day| day.min(from))
    }

    fn sum(&self, counts: impl Fn(&Known) -> bool) -> i64 {
        self.rows.iter().filter(|row| !row.withdrawn && counts(row)).map(|row| row.minor).sum()
    }

    /// As `sync::apply` and `sync::edge` do it, without a database.
    fn take(&mut self, bank: &Bank) {
        let from = self.from();
        let (listed, truths, frame) = bank.list(from);
        let candidates = in_booking_order(deduplicate(&[listed], frame.as_ref(), false));
        assert_eq!(candidates.len(), truths.len());
        let places: Vec<usize> = (0..self.rows.len()).filter(|at| self.rows[*at].booked_on >= from).collect();
        let known: Vec<Known> = places.iter().map(|at| self.rows[*at].clone()).collect();
        let outcome = matched(&candidates, &known, (from, Date::MAX), frame.as_ref());
        let shift = frame.map(|frame| Shift {
            minor: frame.opening.1.minor() - (OPENING + self.sum(|row| row.booked_on < from)),
            before: self.closing.map_or(0, |(day, minor)| minor - OPENING - self.sum(|row| row.booked_on <= day)),
        });
        let oldest = from.checked_sub(BEYOND_DAYS.days()).unwrap();
        let outside: Vec<usize> = (0..self.rows.len())
            .filter(|at| oldest <= self.rows[*at].booked_on && self.rows[*at].booked_on < from)
            .collect();
        let beyond: Vec<Known> = outside.iter().map(|at| self.rows[*at].clone()).collect();
        let crossing = crossing(&candidates, &outcome, &known, &beyond, (from, Date::MAX), shift);
        for at in outcome.withdrawn.iter().filter(|at| !crossing.kept.contains(at)) {
            self.rows[places[*at]].withdrawn = true;
        }
        let mut relist_from = crossing.looks_back.then_some(oldest);
        for (index, (candidate, verdict)) in candidates.iter().zip(&outcome.verdicts).enumerate() {
            if let Some((_, row)) = crossing.doubtful.iter().find(|(listed, _)| *listed == index) {
                let day = beyond[*row].booked_on;
                relist_from = Some(relist_from.map_or(day, |known| known.min(day)));
                continue;
            }
            let arrived = crossing.arrived.iter().find(|(listed, _, _)| *listed == index);
            let place = match (arrived, verdict) {
                (Some((_, row, _)), _) => Some(outside[*row]),
                (None, Verdict::New { .. }) => None,
                (
                    None,
                    Verdict::Same { known, .. } | Verdict::Corrected { known, .. } | Verdict::Reinstated { known },
                ) => Some(places[*known]),
            };
            self.write(candidate, place, truths[index], bank.ids);
        }
        self.closing = frame.map(|frame| (frame.closing.0, frame.closing.1.minor()));
        self.listed_through = bank.today;
        self.relist_from = relist_from;
    }

    fn write(&mut self, candidate: &Candidate, place: Option<usize>, truth: u64, ids: Ids) {
        let row = Known {
            booked_on: candidate.transaction.booked_on,
            minor: candidate.transaction.amount.minor(),
            fingerprint: candidate.fingerprint.clone(),
            bank_id: candidate.bank_id.clone(),
            withdrawn: false,
            foreign: None,
        };
        if let Some(place) = place {
            assert_eq!(self.rows[place].minor, row.minor, "an amount is never overwritten");
            self.rows[place] = row;
        } else {
            self.rows.push(row);
        }
        let place = place.unwrap_or(self.rows.len() - 1);
        let before = *self.seen.entry(truth).or_insert(place);
        assert!(ids != Ids::Good || before == place, "a movement under its own id became another row");
    }

    fn contents(&self) -> Vec<(Date, i64, u64)> {
        let text = |row: &Known| {
            let digest =
                |text: u64| super::super::fingerprint(Some(row.booked_on), money(row.minor), &details(text, None));
            (0..3).find(|text| digest(*text) == row.fingerprint).unwrap()
        };
        let mut rows: Vec<_> =
            self.rows.iter().filter(|row| !row.withdrawn).map(|row| (row.booked_on, row.minor, text(row))).collect();
        rows.sort_unstable();
        rows
    }
}

fn history(seed: u64, ids: Ids, with_balances: bool, moves: &[bool]) {
    let start: Date = "2026-01-10".parse().unwrap();
    let random = SeededEntropy::new(seed);
    let mut bank = Bank { random, ids, rows: vec![], today: start, with_balances };
    let mut store = Store::new(start);
    for _ in 0..40 {
        for _ in 0..=bank.below(2) {
            bank.live();
        }
        store.take(&bank);
        if store.relist_from.is_none() && with_balances {
            let (ours, theirs) = (store.contents(), bank.contents());
            let surplus: Vec<_> = ours.iter().filter(|row| !theirs.contains(row)).collect();
            let missing: Vec<_> = theirs.iter().filter(|row| !ours.contains(row)).collect();
            assert!(ours == theirs, "seed {seed} {ids:?} {}: surplus {surplus:?}, missing {missing:?}", bank.today);
        }
        if !moves.is_empty() && bank.random.percent(40) {
            // Where the next listing begins.
            let edge = bank.today.checked_sub(14.days()).unwrap();
            let inward = moves[bank.below(moves.len())];
            bank.redate(edge, inward);
        }
    }
    for _ in 0..6 {
        store.take(&bank);
    }
    assert_eq!(store.contents(), bank.contents(), "seed {seed} {ids:?} balances {with_balances}");
}

#[test]
fn what_crosses_the_edge_is_told_by_two_witnesses() {
    for seed in 0..4 {
        for ids in [Ids::Good, Ids::Places, Ids::Numbers, Ids::Absent, Ids::Reissued, Ids::OfContent] {
            history(seed, ids, true, &[true, false]);
        }
    }
}

#[test]
fn without_balances_the_bank_is_asked_for_both_days() {
    for seed in 0..4 {
        history(seed, Ids::Good, false, &[true]);
        for ids in [Ids::OfContent, Ids::Numbers, Ids::Places, Ids::Reissued] {
            history(seed, ids, false, &[]);
        }
    }
}
