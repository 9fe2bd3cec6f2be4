//! The balances that a bank asserts of days: appended as it tells them, never computed to make a sum close.

use std::collections::HashMap;

use db::{DbError, Tx};
use domain::{Balance, BalanceId, BalanceKind, Date, Environment, Money, Timestamp};

use super::identity::{Candidate, Frame};
use crate::store;
use crate::store::account::Account;
use crate::store::balance::StoredBalance;

/// The bank's balance at the beginning of the history after a file was taken in: the known one, unless the file goes
/// back further; then the file's own, or none, because what lies before a balance is not proven by it.
pub async fn opening_of(tx: &mut Tx, account: &Account, told: &[Balance]) -> Result<Option<(Date, Money)>, DbError> {
    let first = store::day::first(tx, account.organization, account.id).await?.unwrap_or(Date::MAX);
    let openings = told.iter().filter(|balance| balance.kind == BalanceKind::OpeningBooked);
    let earliest = openings.min_by_key(|balance| balance.date).map(|balance| (balance.date, balance.amount));
    Ok([account.opening, earliest].into_iter().flatten().find(|(day, _)| *day <= first))
}

/// The booked balances that a listing tells: those it came with, and the running balance after the last movement of
/// each day where the bank gives one.
pub fn told(told: &[Balance], candidates: &[Candidate]) -> Vec<Balance> {
    let mut days: HashMap<(Date, BalanceKind), Balance> = HashMap::new();
    for candidate in candidates {
        let transaction = &candidate.transaction;
        if let Some(amount) = transaction.details.balance_after {
            let (kind, date) = (BalanceKind::ClosingBooked, transaction.booked_on);
            days.insert((date, kind), Balance { kind, date, amount });
        }
    }
    for balance in told {
        let key = (balance.date, balance.kind);
        match balance.kind {
            // Of several statements of one day the first one opens it and the last one closes it.
            BalanceKind::OpeningBooked => _ = days.entry(key).or_insert_with(|| balance.clone()),
            BalanceKind::ClosingBooked => _ = days.insert(key, balance.clone()),
            BalanceKind::InterimBooked | BalanceKind::Available | BalanceKind::ForwardAvailable => {}
        }
    }
    let mut days: Vec<Balance> = days.into_values().collect();
    days.sort_by_key(|balance| (balance.date, balance.kind));
    days
}

/// Appends the assertions that say something new and gives the new highest place.
pub async fn append(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    told: &[Balance],
    candidates: &[Candidate],
    frame: Option<Frame>,
    seen_at: Timestamp,
) -> Result<i64, DbError> {
    let (Some(first), Some(last)) = (told.first(), told.last()) else { return Ok(account.last_balance) };
    let (organization, id) = (account.organization, account.id);
    let known = store::balance::newest(tx, organization, id, account.currency, first.date, last.date).await?;
    let restated = frame.map(|frame| restated(&known, told, candidates, frame)).unwrap_or_default();
    let known: HashMap<_, _> = known.iter().map(|row| ((row.on, row.kind), row)).collect();
    let mut seq = account.last_balance;
    let mut new = Vec::new();
    for balance in told.iter().chain(&restated) {
        let before = known.get(&(balance.date, balance.kind));
        let repeats = before.is_some_and(|row| row.amount == balance.amount || row.seen_at > seen_at);
        if !repeats {
            seq += 1;
            let id = BalanceId::new(environment);
            let (kind, on, amount) = (balance.kind, balance.date, balance.amount);
            new.push(StoredBalance { id, seq, kind, on, amount, seen_at });
        }
    }
    if !new.is_empty() {
        store::balance::append(tx, organization, id, &new).await?;
    }
    Ok(seq)
}

/// Earlier assertions about days of this listing that it contradicts without naming them: a movement that was booked
/// late moves the balance of every later day, also of days on which nothing was booked. Where the bank's opening and
/// closing balance agree with every row between them, the day's balance follows from the bank's own figures. A day
/// that the bank never spoke of gets none.
fn restated(known: &[StoredBalance], told: &[Balance], candidates: &[Candidate], frame: Frame) -> Vec<Balance> {
    if !frame.holds(candidates.iter().map(|candidate| candidate.transaction.amount)) {
        return vec![];
    }
    let named = |row: &StoredBalance| told.iter().any(|balance| (balance.date, balance.kind) == (row.on, row.kind));
    let inside = |row: &&StoredBalance| frame.opening.0 <= row.on && row.on <= frame.closing.0 && !named(row);
    let follows = |row: &StoredBalance| {
        let counts = |day: Date| if row.kind == BalanceKind::OpeningBooked { day < row.on } else { day <= row.on };
        let before = candidates.iter().map(|candidate| &candidate.transaction).filter(|t| counts(t.booked_on));
        let amount = before.map(|transaction| transaction.amount).try_fold(frame.opening.1, Money::checked_add).ok()?;
        Some(Balance { kind: row.kind, date: row.on, amount })
    };
    known.iter().filter(inside).filter_map(follows).collect()
}
