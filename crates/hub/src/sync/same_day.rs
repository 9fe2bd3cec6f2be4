//! Several statement files of one day: the first of them opens it and the last one closes it, in whatever order they are
//! sent. Pure.
//!
//! A file says which balance its own movements began and ended with, not which place it has in its day. That follows
//! from the others: an opening with which another statement of the day closed does not open the day, and a closing with
//! which another one opened does not close it. Where that leaves several, the movements of the day decide that the file
//! does not tell: an opening that already counts them comes after them. Otherwise a file restates the day, as a bank's
//! answer always does, since that covers whole days.

use std::collections::HashMap;

use domain::{Balance, BalanceKind, Date, Money};

use super::identity::Candidate;
use crate::store::balance::StoredBalance;
use crate::store::day::Booked;

/// What is booked on each day besides the movements of a file.
pub(super) fn rest(booked: &[Booked], candidates: &[Candidate]) -> HashMap<Date, i64> {
    let mut rest: HashMap<Date, i64> = booked.iter().map(|day| (day.on, day.sum.minor())).collect();
    for transaction in candidates.iter().map(|candidate| &candidate.transaction) {
        *rest.entry(transaction.booked_on).or_default() -= transaction.amount.minor();
    }
    rest
}

/// The balances that hold after a file was taken in, of the kinds and days that it tells. `newest` holds now;
/// `standing` is all that was ever told of these days by sources that stand.
pub(super) fn settled(
    told: Vec<Balance>,
    newest: &[StoredBalance],
    standing: &[StoredBalance],
    rest: &HashMap<Date, i64>,
) -> Vec<Balance> {
    let of_day = |kind: BalanceKind, day: Date| {
        let stored = standing.iter().filter(move |row| (row.kind, row.on) == (kind, day)).map(|row| row.amount);
        stored.chain(told.iter().filter(move |one| (one.kind, one.date) == (kind, day)).map(|one| one.amount))
    };
    let holds = |one: &Balance| {
        let known = newest.iter().find(|row| (row.kind, row.on) == (one.kind, one.date));
        let Some(known) = known.filter(|row| row.amount != one.amount) else { return one.amount };
        let opposite = match one.kind {
            BalanceKind::OpeningBooked => BalanceKind::ClosingBooked,
            BalanceKind::ClosingBooked
            | BalanceKind::InterimBooked
            | BalanceKind::Available
            | BalanceKind::ForwardAvailable => BalanceKind::OpeningBooked,
        };
        let met: Vec<Money> = of_day(opposite, one.date).collect();
        let mut outer: Vec<Money> = of_day(one.kind, one.date).filter(|amount| !met.contains(amount)).collect();
        outer.sort_unstable_by_key(|amount| amount.minor());
        outer.dedup();
        if let [only] = outer.as_slice() {
            return *only;
        }
        let rest = rest.get(&one.date).copied().unwrap_or_default();
        let inner = match one.kind {
            BalanceKind::OpeningBooked => known.amount.minor() + rest == one.amount.minor(),
            BalanceKind::ClosingBooked
            | BalanceKind::InterimBooked
            | BalanceKind::Available
            | BalanceKind::ForwardAvailable => one.amount.minor() + rest == known.amount.minor(),
        };
        if inner { known.amount } else { one.amount }
    };
    told.iter().map(|one| Balance { amount: holds(one), ..one.clone() }).collect()
}
