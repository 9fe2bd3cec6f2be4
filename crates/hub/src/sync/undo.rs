//! Takes back what a statement file brought: rows that only it told are withdrawn, and the balances that it asserted go.
//! What the bank's own interface has told since stays, and so does what another file tells that was not undone.

use std::collections::HashSet;

use db::{DbError, Tx};
use domain::{BalanceKind, Date, Environment};

use super::Listing;
use super::assertions::{self, Assertions};
use super::identity::{self, Frame, Known, Verdict};
use crate::store;
use crate::store::account::Account;
use crate::store::change::ChangeKind;
use crate::store::figures::Rewound;
use crate::store::file::StatementFile;
use crate::store::transaction::StoredTransaction;

/// What undoing did.
pub struct Undone {
    /// Transactions that were withdrawn.
    pub withdrawn: i64,
    /// The account's new highest place in the change feed.
    pub last_change: i64,
}

/// Undoes a file, given with every record of the same bytes; the account must be locked. `others` are the files of the
/// account that stand and have days in common with it.
pub async fn undo(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    files: &[StatementFile],
    others: &[Listing],
) -> Result<Undone, DbError> {
    let (organization, id, now) = (account.organization, account.id, environment.now());
    let days = || files.iter().filter_map(|file| file.days);
    let from = days().map(|days| days.0).min().unwrap_or(Date::MAX);
    let to = days().map(|days| days.1).max().unwrap_or(Date::MAX);
    let rows = store::transaction::window(tx, organization, id, from, to).await?;
    // A row that the bank's interface has told since names that answer and stays.
    let mut rows: Vec<StoredTransaction> = rows.into_iter().filter(|row| !row.withdrawn).collect();
    let of_file = |row: &StoredTransaction| files.iter().any(|file| row.raw == Some(file.raw));
    let mut last_change = account.last_change;
    for other in others {
        let again: Vec<_> =
            told_again(&rows, other, (from, to)).into_iter().filter(|(at, _)| of_file(&rows[*at])).collect();
        for (place, mut told) in again {
            if rows[place].fingerprint != told.fingerprint {
                last_change += 1;
                told.updated_at = now;
                let (before, reason) =
                    (&rows[place], "the statement file that told it first was undone, another tells it");
                store::change::insert(tx, organization, last_change, ChangeKind::Updated, before, reason, now).await?;
            }
            store::transaction::revise(tx, organization, &told).await?;
            rows[place] = told;
        }
    }
    let (mut minor, mut withdrawn) = (0, 0);
    let reason = "the statement file that told it was undone";
    for row in rows.iter().filter(|row| of_file(row)) {
        last_change += 1;
        minor += row.amount.minor();
        withdrawn += 1;
        store::change::insert(tx, organization, last_change, ChangeKind::Removed, row, reason, now).await?;
        let gone = StoredTransaction { withdrawn: true, reason: reason.to_owned(), updated_at: now, ..row.clone() };
        store::transaction::revise(tx, organization, &gone).await?;
    }
    // The bank's next listing is matched again, also when it repeats the last one word for word.
    store::listing::forget(tx, organization, id).await?;
    let last_balance = balances(tx, environment, account, files, others).await?;
    let rewound = Rewound {
        booked_minor: -minor,
        booked_count: -withdrawn,
        last_change,
        last_balance,
        ..rewound(tx, account).await?
    };
    store::figures::rewind(tx, account, &rewound).await?;
    Ok(Undone { withdrawn, last_change })
}

/// The rows that another file tells as well, by their places, as it tells them.
fn told_again(rows: &[StoredTransaction], other: &Listing, days: (Date, Date)) -> Vec<(usize, StoredTransaction)> {
    let frame = Frame::of(&other.balances);
    let candidates = identity::deduplicate(&other.pages, frame.as_ref(), true);
    let mut candidates = identity::in_booking_order(candidates);
    candidates.retain(|told| days.0 <= told.transaction.booked_on && told.transaction.booked_on <= days.1);
    let known = |row: &StoredTransaction| Known {
        booked_on: row.booked_on,
        minor: row.amount.minor(),
        fingerprint: row.fingerprint.clone(),
        bank_id: row.bank_id.clone(),
        withdrawn: false,
        foreign: Some(Box::new(row.details.clone())),
    };
    let known: Vec<Known> = rows.iter().map(known).collect();
    let matched = identity::matched(&candidates, &known, days, None);
    let mut again = Vec::new();
    for (candidate, verdict) in candidates.iter().zip(&matched.verdicts) {
        let (Verdict::Same { known, .. } | Verdict::Corrected { known, .. }) = verdict else { continue };
        let (row, transaction) = (&rows[*known], &candidate.transaction);
        if row.booked_on != transaction.booked_on {
            continue;
        }
        let mut details = transaction.details.clone();
        details.balance_after = None;
        let told = StoredTransaction {
            value_on: transaction.value_on,
            fingerprint: candidate.fingerprint.clone(),
            bank_id: candidate.bank_id.clone(),
            details,
            raw: other.raws.get(candidate.page).copied(),
            ..row.clone()
        };
        again.push((*known, told));
    }
    again
}

/// Takes the balances back that a file told, lets the others tell theirs again, and gives the new highest place.
async fn balances(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    files: &[StatementFile],
    others: &[Listing],
) -> Result<i64, DbError> {
    let mut account = account.clone();
    for file in files {
        account.last_balance = assertions::withdraw(tx, environment, &account, file.raw).await?;
    }
    for other in others {
        let frame = Frame::of(&other.balances);
        let candidates = identity::deduplicate(&other.pages, frame.as_ref(), true);
        let candidates = identity::in_booking_order(candidates);
        let told = assertions::told(&other.balances, &candidates);
        let file = other.raws.first().copied();
        let told = assertions::beside_others(tx, &account, file, told, &candidates).await?;
        let seen_at = other.seen_at.unwrap_or_else(|| environment.now());
        let asserted = Assertions { told: &told, candidates: &candidates, frame, seen_at, file };
        account.last_balance = assertions::append(tx, environment, &account, &asserted).await?;
    }
    Ok(account.last_balance)
}

/// The bank's balances around what is left.
async fn rewound(tx: &mut Tx, account: &Account) -> Result<Rewound, DbError> {
    let (organization, id) = (account.organization, account.id);
    let told = store::balance::newest(tx, organization, id, account.currency, Date::MIN, Date::MAX).await?;
    let of = |kind| told.iter().filter(move |balance| balance.kind == kind);
    let days: HashSet<Date> = told.iter().map(|balance| balance.on).collect();
    let first = store::day::first(tx, organization, id).await?.unwrap_or(Date::MAX);
    let opening = of(BalanceKind::OpeningBooked).map(|balance| (balance.on, balance.amount)).min_by_key(|told| told.0);
    let closing = of(BalanceKind::ClosingBooked).max_by_key(|balance| balance.on);
    // A balance that a bank told stays the beginning; one that only the file told does not.
    let beginning = account.opening.filter(|(day, _)| days.contains(day));
    let restated = beginning.and_then(|(day, _)| of(BalanceKind::OpeningBooked).find(|balance| balance.on == day));
    let beginning = restated.map(|balance| (balance.on, balance.amount)).or(beginning).or(opening);
    Ok(Rewound {
        opening: beginning.filter(|(day, _)| *day <= first),
        closing: closing.map(|balance| (balance.on, balance.amount, balance.seen_at)),
        booked_minor: 0,
        booked_count: 0,
        last_change: account.last_change,
        last_balance: account.last_balance,
    })
}
