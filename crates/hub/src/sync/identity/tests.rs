//! A bank that leaves ids out, repeats, renumbers and re-issues them, books late, corrects texts, serves pages twice:
//! after any history of listings the store holds each movement once, under the id that it got first.

use std::collections::BTreeMap;

use connectors::Listed;
use domain::{Balance, BalanceKind, Currency, Date, Details, Money, Party, SeededEntropy, ToSpan, Transaction};

use super::*;

/// A movement as the bank knows it; `truth` is its identity, which it never tells.
#[derive(Clone)]
struct Booked {
    truth: u64,
    day: Date,
    minor: i64,
    text: String,
    id: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Ids {
    Good,
    Absent,
    Positional,
    Reissued,
    Constant,
    SomeRepeated,
}

struct Bank {
    random: std::sync::Arc<SeededEntropy>,
    ids: Ids,
    rows: Vec<Booked>,
    today: Date,
    next_truth: u64,
}

struct Store {
    rows: Vec<Known>,
    /// What each row stands for, by the listing that brought it.
    truths: Vec<u64>,
    seen: BTreeMap<u64, usize>,
}

const OPENING: i64 = 100_000;

impl Bank {
    fn new(seed: u64, ids: Ids) -> Bank {
        let random = SeededEntropy::new(seed);
        Bank { random, ids, rows: vec![], today: "2026-01-10".parse().unwrap(), next_truth: 1 }
    }

    fn book(&mut self, day: Date) {
        let truth = self.next_truth;
        self.next_truth += 1;
        // Few texts and amounts, so that twins are common.
        let minor = [-500, -500, -1250, 990, 20_000][usize::try_from(self.random.below(5)).unwrap()];
        let text = format!("payment {}", self.random.below(3));
        let id = match self.ids {
            Ids::Good | Ids::Reissued => Some(format!("id-{truth}")),
            Ids::Constant => Some("NOTPROVIDED".into()),
            Ids::SomeRepeated => Some(format!("id-{}", truth / 3)),
            Ids::Absent | Ids::Positional => None,
        };
        self.rows.push(Booked { truth, day, minor, text, id });
    }

    fn live(&mut self) {
        self.today = self.today.checked_add(1.day()).unwrap();
        for _ in 0..self.random.below(4) {
            self.book(self.today);
        }
        if self.random.percent(30) {
            let late = self.today.checked_sub(i32::try_from(self.random.below(9)).unwrap().days()).unwrap();
            self.book(late);
        }
        if self.ids == Ids::Reissued {
            for row in &mut self.rows {
                row.id = Some(format!("id-{}", self.random.next_u64()));
            }
        }
    }

    fn rename(&mut self) {
        // A corrected text that no other movement has, as a correction at a bank would.
        let index = usize::try_from(self.random.below(self.rows.len().max(1) as u64)).unwrap();
        let from = self.today.checked_sub(10.days()).unwrap();
        let text = format!("corrected {}", self.random.next_u64());
        if let Some(row) = self.rows.get_mut(index).filter(|row| row.day >= from) {
            row.text = text;
        }
    }

    fn list(&self, from: Date) -> (Vec<Vec<Listed>>, Vec<u64>, Frame) {
        let mut rows: Vec<&Booked> = self.rows.iter().filter(|row| row.day >= from).collect();
        rows.sort_by_key(|row| row.day);
        let mut place: BTreeMap<Date, u32> = BTreeMap::new();
        let mut truths = Vec::new();
        let mut listed = Vec::new();
        for row in rows {
            let number = place.entry(row.day).or_default();
            *number += 1;
            let id = if self.ids == Ids::Positional { Some(format!("{}-{number}", row.day)) } else { row.id.clone() };
            let details = Details {
                counterparty: Party { name: Some("ACME".into()), ..Party::default() },
                remittance: vec![row.text.clone()],
                bank_id: id,
                ..Details::default()
            };
            let amount = Money::new(row.minor, Currency::EUR);
            let transaction = Transaction { booked_on: row.day, value_on: None, amount, details };
            let raw = format!("{} {:?}", row.truth, transaction.details.bank_id);
            listed.push(Listed { transaction, raw });
            truths.push(row.truth);
        }
        let before: i64 = self.rows.iter().filter(|row| row.day < from).map(|row| row.minor).sum();
        let all: i64 = self.rows.iter().map(|row| row.minor).sum();
        let money = |minor| Money::new(minor, Currency::EUR);
        let frame = Frame { opening: (from, money(OPENING + before)), closing: (self.today, money(OPENING + all)) };
        let mut pages: Vec<Vec<Listed>> = listed.chunks(4).map(<[Listed]>::to_vec).collect();
        if self.random.percent(40) && !pages.is_empty() {
            let twice = usize::try_from(self.random.below(pages.len() as u64)).unwrap();
            pages.insert(twice + 1, pages[twice].clone());
        }
        (pages, truths, frame)
    }
}

impl Store {
    fn take(&mut self, bank: &Bank, from: Date, with_frame: bool) {
        let (pages, truths, frame) = bank.list(from);
        let frame = with_frame.then_some(&frame);
        let candidates = in_booking_order(deduplicate(&pages, frame, false));
        assert_eq!(candidates.len(), truths.len(), "the listing was not understood: {:?}", bank.ids);
        let window: Vec<usize> = (0..self.rows.len()).filter(|index| self.rows[*index].booked_on >= from).collect();
        let known: Vec<Known> = window.iter().map(|index| self.rows[*index].clone()).collect();
        let outcome = matched(&candidates, &known, (from, Date::MAX), frame);
        assert!(outcome.withdrawn.is_empty(), "nothing was withdrawn at the bank: {:?}", bank.ids);
        for ((candidate, verdict), truth) in candidates.iter().zip(&outcome.verdicts).zip(truths) {
            let row = Known {
                booked_on: candidate.transaction.booked_on,
                minor: candidate.transaction.amount.minor(),
                fingerprint: candidate.fingerprint.clone(),
                bank_id: candidate.bank_id.clone(),
                withdrawn: false,
                foreign: None,
            };
            match verdict {
                Verdict::Same { known, .. } | Verdict::Corrected { known, .. } | Verdict::Reinstated { known } => {
                    let index = window[*known];
                    assert_eq!(self.rows[index].minor, row.minor, "an amount is never overwritten");
                    self.rows[index] = row;
                }
                Verdict::New { .. } => {
                    self.seen.insert(truth, self.rows.len());
                    self.rows.push(row);
                    self.truths.push(truth);
                }
            }
        }
    }

    fn contents(&self) -> Vec<(Date, i64, String)> {
        let mut rows: Vec<_> =
            self.rows.iter().map(|row| (row.booked_on, row.minor, row.fingerprint.clone())).collect();
        rows.sort();
        rows
    }
}

fn contents_of(bank: &Bank) -> Vec<(Date, i64, String)> {
    let mut rows: Vec<_> = bank
        .rows
        .iter()
        .map(|row| {
            let details = Details {
                counterparty: Party { name: Some("ACME".into()), ..Party::default() },
                remittance: vec![row.text.clone()],
                ..Details::default()
            };
            let amount = Money::new(row.minor, Currency::EUR);
            (row.day, row.minor, fingerprint(Some(row.day), amount, &details))
        })
        .collect();
    rows.sort();
    rows
}

fn month(seed: u64, ids: Ids, with_frame: bool) {
    let mut bank = Bank::new(seed, ids);
    let mut store = Store { rows: vec![], truths: vec![], seen: BTreeMap::new() };
    for _ in 0..30 {
        bank.live();
        if bank.random.percent(25) && !matches!(ids, Ids::Absent | Ids::Constant | Ids::Reissued | Ids::SomeRepeated) {
            bank.rename();
        }
        let from = bank.today.checked_sub(14.days()).unwrap();
        store.take(&bank, from, with_frame);
        if bank.random.percent(20) {
            // The same again changes nothing.
            let before = store.rows.len();
            store.take(&bank, from, with_frame);
            assert_eq!(store.rows.len(), before, "seed {seed} {ids:?}");
        }
        assert_eq!(store.contents(), contents_of(&bank), "seed {seed} {ids:?} frame {with_frame}");
    }
}

#[test]
fn the_store_equals_the_bank_whatever_its_ids() {
    for seed in 0..20 {
        for ids in [Ids::Good, Ids::Positional, Ids::Reissued] {
            month(seed, ids, true);
            month(seed, ids, false);
        }
        // Where ids say nothing at all, a row that stands twice is told from a twin by whole pages or by the balance.
        for ids in [Ids::Absent, Ids::Constant, Ids::SomeRepeated] {
            month(seed, ids, true);
        }
    }
}

fn listed(id: Option<&str>, day: &str, minor: i64, text: &str) -> Listed {
    let details = Details { remittance: vec![text.into()], bank_id: id.map(str::to_owned), ..Details::default() };
    let amount = Money::new(minor, Currency::EUR);
    let transaction = Transaction { booked_on: day.parse().unwrap(), value_on: None, amount, details };
    Listed { raw: format!("{id:?}{day}{minor}{text}"), transaction }
}

fn candidates(rows: &[Listed]) -> Vec<Candidate> {
    rows.iter().map(|row| Candidate::new(row, 0)).collect()
}

fn known(rows: &[Listed]) -> Vec<Known> {
    candidates(rows)
        .into_iter()
        .map(|c| Known {
            booked_on: c.transaction.booked_on,
            minor: c.transaction.amount.minor(),
            fingerprint: c.fingerprint,
            bank_id: c.bank_id,
            withdrawn: false,
            foreign: None,
        })
        .collect()
}

fn january() -> (Date, Date) {
    ("2026-01-01".parse().unwrap(), "2026-01-31".parse().unwrap())
}

#[test]
fn another_amount_under_the_same_id_is_another_movement() {
    let before = [listed(Some("a"), "2026-01-05", -500, "rent")];
    let after = [listed(Some("a"), "2026-01-05", -700, "rent")];
    let outcome = matched(&candidates(&after), &known(&before), january(), None);
    assert!(matches!(outcome.verdicts[..], [Verdict::New { .. }]));
    assert!(outcome.withdrawn.is_empty(), "without the bank's balances nothing is withdrawn");
}

#[test]
fn a_row_is_withdrawn_when_the_balances_agree_and_comes_back_under_its_id() {
    let before = [listed(Some("a"), "2026-01-05", -500, "rent"), listed(Some("b"), "2026-01-06", 900, "sale")];
    let after = [listed(Some("b"), "2026-01-06", 900, "sale")];
    let money = |minor| Money::new(minor, Currency::EUR);
    let balance = |kind, day: &str, minor| Balance { kind, date: day.parse().unwrap(), amount: money(minor) };
    let told = [
        balance(BalanceKind::OpeningBooked, "2026-01-01", 1000),
        balance(BalanceKind::ClosingBooked, "2026-01-31", 1900),
    ];
    let frame = Frame::of(&told).unwrap();
    let mut rows = known(&before);
    let outcome = matched(&candidates(&after), &rows, january(), Some(&frame));
    assert_eq!(outcome.withdrawn, [0]);
    rows[0].withdrawn = true;
    let again = matched(&candidates(&before), &rows, january(), None);
    assert_eq!(again.verdicts, [Verdict::Reinstated { known: 0 }, Verdict::Same { known: 1, reissued: false }]);
}

#[test]
fn a_listing_that_contradicts_the_balances_withdraws_nothing() {
    let before = [listed(Some("a"), "2026-01-05", -500, "rent")];
    let money = |minor| Money::new(minor, Currency::EUR);
    let (first, last) = january();
    let frame = Frame { opening: (first, money(1000)), closing: (last, money(500)) };
    assert!(matched(&[], &known(&before), january(), Some(&frame)).withdrawn.is_empty());
}

#[test]
fn two_identical_payments_survive_and_a_copy_across_pages_does_not() {
    let twin = listed(None, "2026-01-05", -500, "coffee");
    let other = listed(None, "2026-01-06", -700, "tea");
    // Twins on one page.
    let kept = deduplicate(&[vec![twin.clone(), twin.clone(), other.clone()]], None, false);
    assert_eq!(kept.len(), 3);
    // Twins that move nothing: the balances fit with and without the second one.
    let nothing = listed(Some("n"), "2026-01-05", 0, "notice");
    let money = Money::zero(Currency::EUR);
    let (first, last) = january();
    let frame = Frame { opening: (first, money), closing: (last, money) };
    assert_eq!(deduplicate(&[vec![nothing.clone(), nothing]], Some(&frame), false).len(), 2);
    // A page that came again, one of its rows under another row's id: only the balances can tell.
    let pages = [
        vec![listed(Some("a"), "2026-01-05", -500, "coffee"), listed(Some("b"), "2026-01-05", -700, "tea")],
        vec![listed(Some("a"), "2026-01-05", -500, "coffee"), listed(Some("a"), "2026-01-05", -700, "tea")],
    ];
    let frame = Frame { opening: (first, money), closing: (last, Money::new(-1200, Currency::EUR)) };
    assert_eq!(deduplicate(&pages, Some(&frame), false).len(), 2);
    // The same row under the same id on two pages: a page boundary that moved.
    let with_id = listed(Some("a"), "2026-01-05", -500, "coffee");
    let kept = deduplicate(&[vec![with_id.clone(), other.clone()], vec![with_id, other]], None, false);
    assert_eq!(kept.len(), 2);
}

#[test]
fn full_pages_of_the_same_payment_count_as_the_bank_s_balances_say() {
    let coffee = || listed(None, "2026-01-05", -25, "coffee");
    let pages = [vec![coffee(), coffee(), coffee()], vec![coffee(), coffee(), coffee()], vec![coffee()]];
    let (first, last) = january();
    let euros = |minor| Money::new(minor, Currency::EUR);
    let kept = |spent: i64| {
        let frame = Frame { opening: (first, euros(1000)), closing: (last, euros(1000 - spent)) };
        deduplicate(&pages, Some(&frame), false).len()
    };
    assert_eq!(kept(7 * 25), 7, "two pages and one row");
    assert_eq!(kept(4 * 25), 4, "a page that came again");
    assert_eq!(kept(5 * 25), 4, "balances that fit neither way decide nothing");
    assert_eq!(deduplicate(&pages, None, false).len(), 4);
}

#[test]
fn a_withdrawn_row_takes_no_place_of_one_that_stands() {
    // What a file told and was undone, and the same movement as another source told it since.
    let file = listed(Some("a"), "2026-01-05", -500, "rent january");
    let bank = listed(Some("b"), "2026-01-05", -500, "RENT");
    let mut rows = known(&[file.clone(), bank.clone()]);
    rows[0].withdrawn = true;
    rows[1].foreign = Some(Box::new(bank.transaction.details));
    let outcome = matched(&candidates(std::slice::from_ref(&file)), &rows, january(), None);
    assert!(matches!(outcome.verdicts[..], [Verdict::Corrected { known: 1, .. }]), "{outcome:?}");
    // The same content under another id stands: the withdrawn row with the listed id does not come back beside it.
    let standing = listed(Some("b"), "2026-01-05", -500, "rent january");
    let mut rows = known(&[file.clone(), standing]);
    rows[0].withdrawn = true;
    let outcome = matched(&candidates(std::slice::from_ref(&file)), &rows, january(), None);
    assert_eq!(outcome.verdicts, [Verdict::Same { known: 1, reissued: true }]);
    // Two listed, one stands: the other one is back.
    let outcome = matched(&candidates(&[file.clone(), file]), &rows, january(), None);
    let back = outcome.verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Reinstated { known: 0 })).count();
    assert_eq!(back, 1, "{outcome:?}");
}

#[test]
fn two_statements_of_a_file_that_tell_the_same_are_two() {
    let row = |minor| Listed { raw: String::new(), ..listed(None, "2026-01-05", minor, "coffee") };
    let statements = [vec![row(-500), row(-300)], vec![row(-200), row(-100)]];
    assert_eq!(deduplicate(&statements, None, true).len(), 4, "rows without a text of their own");
    assert_eq!(deduplicate(&[vec![row(-500)], vec![row(-500)]], None, true).len(), 2);
}
