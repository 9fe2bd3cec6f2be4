//! The balances that a bank asserts of days: appended as it tells them, never computed to make a sum close.

use std::collections::HashMap;

use db::{DbError, Tx};
use domain::{Balance, BalanceId, BalanceKind, Date, Environment, Money, RawAnswerId, Timestamp};

use super::identity::{Candidate, Frame};
use super::same_day;
use crate::store;
use crate::store::account::Account;
use crate::store::balance::StoredBalance;

/// The bank's balance at the beginning of the history after a file was taken in: the known one, unless the file goes
/// back further; then the file's own, or none, because what lies before a balance is not proven by it.
pub async fn opening_of(tx: &mut Tx, account: &Account, told: &[Balance]) -> Result<Option<(Date, Money)>, DbError> {
    let first = store::day::first(tx, account.organization, account.id).await?.unwrap_or(Date::MAX);
    let openings = told.iter().filter(|balance| balance.kind == BalanceKind::OpeningBooked);
    let earliest = openings.min_by_key(|balance| balance.date).map(|balance| (balance.date, balance.amount));
    let restated = earliest.filter(|(day, _)| account.opening.is_some_and(|(known, _)| known == *day));
    Ok([restated, account.opening, earliest].into_iter().flatten().find(|(day, _)| *day <= first))
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

/// The balances that a file tells, as they hold beside those of other files of the same days; see [`same_day`]. The
/// file's movements must be stored. What the bank's interface tells stays as it is.
pub async fn beside_others(
    tx: &mut Tx,
    account: &Account,
    file: Option<RawAnswerId>,
    told: Vec<Balance>,
    candidates: &[Candidate],
) -> Result<Vec<Balance>, DbError> {
    let (Some(first), Some(last)) = (told.first().filter(|_| file.is_some()), told.last()) else { return Ok(told) };
    let (organization, id, days) = (account.organization, account.id, (first.date, last.date));
    let known = store::balance::newest(tx, organization, id, account.currency, days.0, days.1).await?;
    let standing = store::balance::standing(tx, organization, id, account.currency, days).await?;
    let booked = store::day::booked(tx, organization, id, account.currency, days).await?;
    Ok(same_day::settled(told, &known, &standing, &same_day::rest(&booked, candidates)))
}

/// What a listing asserts.
pub struct Assertions<'a> {
    /// The balances, as [`told`] gives them, of a file as [`beside_others`] does.
    pub told: &'a [Balance],
    /// Its movements.
    pub candidates: &'a [Candidate],
    /// The balances around them.
    pub frame: Option<Frame>,
    /// When the bank said so.
    pub seen_at: Timestamp,
    /// The statement file, when it is one.
    pub file: Option<RawAnswerId>,
}

/// Appends the assertions that say something new and gives the new highest place.
pub async fn append(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    listing: &Assertions<'_>,
) -> Result<i64, DbError> {
    let told = listing.told;
    let (Some(first), Some(last)) = (told.first(), told.last()) else { return Ok(account.last_balance) };
    let (organization, id) = (account.organization, account.id);
    let days = (first.date, last.date);
    let known = store::balance::newest(tx, organization, id, account.currency, days.0, days.1).await?;
    let restated = listing.frame.map(|frame| restated(&known, told, listing.candidates, frame)).unwrap_or_default();
    let known: HashMap<_, _> = known.iter().map(|row| ((row.on, row.kind), row)).collect();
    let mut seq = account.last_balance;
    let (mut new, mut retold) = (Vec::new(), Vec::new());
    for balance in told.iter().chain(&restated) {
        let before = known.get(&(balance.date, balance.kind));
        let same = before.filter(|row| row.amount == balance.amount && row.file.is_some());
        retold.extend(same.map(|row| row.seq));
        let repeats = before.is_some_and(|row| row.amount == balance.amount || row.seen_at > listing.seen_at);
        if !repeats {
            seq += 1;
            let id = BalanceId::new(environment);
            let (kind, on, amount) = (balance.kind, balance.date, balance.amount);
            let (seen_at, file) = (listing.seen_at, listing.file);
            new.push(StoredBalance { id, seq, kind, on, amount, seen_at, file, withdrawn: false });
        }
    }
    if !new.is_empty() {
        store::balance::append(tx, organization, id, &new).await?;
    }
    // What the bank tells as well no longer goes with the file that told it first.
    if listing.file.is_none() {
        store::balance::note_retold(tx, organization, id, &retold).await?;
    }
    Ok(seq)
}

/// Takes back what a file asserted that is undone: where another source told of the same kind and day, that holds again;
/// where none did, nothing. Both are newer rows, for whoever follows the balances. Gives the new highest place.
pub async fn withdraw(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    file: RawAnswerId,
) -> Result<i64, DbError> {
    let (organization, id, all) = (account.organization, account.id, (Date::MIN, Date::MAX));
    let newest = store::balance::newest(tx, organization, id, account.currency, all.0, all.1).await?;
    let mut gone = newest.into_iter().filter(|row| row.file == Some(file)).peekable();
    if gone.peek().is_none() {
        return Ok(account.last_balance);
    }
    let standing = store::balance::standing(tx, organization, id, account.currency, all).await?;
    let standing: HashMap<_, _> = standing.into_iter().map(|row| ((row.on, row.kind), row)).collect();
    let mut seq = account.last_balance;
    let mut new = Vec::new();
    for row in gone {
        seq += 1;
        let own = (BalanceId::new(environment), seq);
        let holds = standing.get(&(row.on, row.kind)).cloned();
        let now = holds.unwrap_or(StoredBalance { seen_at: environment.now(), withdrawn: true, ..row });
        new.push(StoredBalance { id: own.0, seq: own.1, ..now });
    }
    store::balance::append(tx, organization, id, &new).await?;
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
