//! Takes back what a statement file brought: rows that only it told are withdrawn, and the balances that it asserted go.
//! What the bank's own interface has told since stays.

use std::collections::HashSet;

use db::{DbError, Tx};
use domain::{BalanceKind, Date, Environment};

use crate::store;
use crate::store::account::Account;
use crate::store::change::ChangeKind;
use crate::store::figures::Rewound;
use crate::store::file::StatementFile;
use crate::store::transaction::StoredTransaction;

/// Undoes a file; the account must be locked. Gives how many transactions were withdrawn.
pub async fn undo(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    file: &StatementFile,
) -> Result<i64, DbError> {
    let (organization, id, now) = (account.organization, account.id, environment.now());
    let (from, to) = file.days.unwrap_or((Date::MAX, Date::MAX));
    let rows = store::transaction::window(tx, organization, id, from, to).await?;
    // A row that the bank's interface has told since names that answer and stays.
    let of_file = |row: &&StoredTransaction| row.raw == Some(file.raw) && !row.withdrawn;
    let (mut change, mut minor, mut count) = (account.last_change, 0, 0);
    let reason = "the statement file that told it was undone";
    for row in rows.iter().filter(of_file) {
        change += 1;
        minor += row.amount.minor();
        count += 1;
        store::change::insert(tx, organization, change, ChangeKind::Removed, row, reason, now).await?;
        let gone = StoredTransaction { withdrawn: true, reason: reason.to_owned(), updated_at: now, ..row.clone() };
        store::transaction::revise(tx, organization, &gone).await?;
    }
    // The bank's next listing is matched again, also when it repeats the last one word for word.
    store::listing::forget(tx, organization, id).await?;
    store::balance::forget(tx, organization, id, file.balances).await?;
    let told = store::balance::newest(tx, organization, id, account.currency, Date::MIN, Date::MAX).await?;
    let of = |kind| told.iter().filter(move |balance| balance.kind == kind);
    let days: HashSet<Date> = told.iter().map(|balance| balance.on).collect();
    let first = store::day::first(tx, organization, id).await?.unwrap_or(Date::MAX);
    let opening = of(BalanceKind::OpeningBooked).map(|balance| (balance.on, balance.amount)).min_by_key(|told| told.0);
    let closing = of(BalanceKind::ClosingBooked).max_by_key(|balance| balance.on);
    let rewound = Rewound {
        // A balance that a bank told stays the beginning; one that only the file told does not.
        opening: account.opening.filter(|(day, _)| days.contains(day)).or(opening).filter(|(day, _)| *day <= first),
        closing: closing.map(|balance| (balance.on, balance.amount, balance.seen_at)),
        booked_minor: -minor,
        booked_count: -count,
        last_change: change,
    };
    store::figures::rewind(tx, account, &rewound).await?;
    Ok(count)
}
