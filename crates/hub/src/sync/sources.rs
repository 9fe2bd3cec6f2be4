//! Several sources of one account: what the bank's interface tells beside statement files, and those beside each other.

use std::collections::{HashMap, HashSet};

use db::{DbError, Tx};
use domain::{BalanceKind, Date, Details, Money, RawAnswerId};

use super::Listing;
use super::identity::{Candidate, Frame, Known};
use crate::store;
use crate::store::account::Account;
use crate::store::balance::StoredBalance;
use crate::store::known::KnownRow;
use crate::store::transaction::StoredTransaction;

/// Gives the rows that another source told than the listing what they tell: only those can be worded differently.
pub(super) async fn tell_foreign(
    tx: &mut Tx,
    account: &Account,
    listing: &Listing,
    days: (Date, Date),
    rows: &[KnownRow],
    known: &mut [Known],
) -> Result<(), DbError> {
    let (organization, id) = (account.organization, account.id);
    let files: HashSet<RawAnswerId> = store::raw::files(tx, organization, id).await?.into_iter().collect();
    if !listing.from_file && files.is_empty() {
        return Ok(());
    }
    let stored = store::transaction::window(tx, organization, id, days.0, days.1).await?;
    let foreign = |row: &&StoredTransaction| listing.from_file || row.raw.is_some_and(|raw| files.contains(&raw));
    let mut told: HashMap<i64, Details> =
        stored.iter().filter(foreign).map(|row| (row.seq, row.details.clone())).collect();
    for (row, known) in rows.iter().zip(known) {
        known.foreign = told.remove(&row.seq).map(Box::new);
    }
    Ok(())
}

/// Leaves out the rows of a file's first and last day that it cannot tell, because its balances say that it begins after
/// them or ends before them: two statements of one day may hold the same payment once each. Tells whether there were any.
pub(super) async fn leave_out(
    tx: &mut Tx,
    account: &Account,
    frame: Option<&Frame>,
    candidates: &[Candidate],
    (rows, known): (&mut Vec<KnownRow>, &mut Vec<Known>),
) -> Result<bool, DbError> {
    let (organization, id) = (account.organization, account.id);
    let frame = frame.filter(|frame| {
        // Where a statement moves nothing, its balances do not tell before from after.
        frame.opening.1 != frame.closing.1 && frame.holds(candidates.iter().map(|c| c.transaction.amount))
    });
    let days = || candidates.iter().map(|candidate| candidate.transaction.booked_on);
    let (Some(frame), Some(first), Some(last)) = (frame, days().min(), days().max()) else { return Ok(false) };
    let sum = |known: &[Known], day: Option<Date>| -> i64 {
        let counts = |row: &&Known| !row.withdrawn && day.is_none_or(|day| row.booked_on == day);
        known.iter().filter(counts).map(|row| row.minor).sum()
    };
    let (on_first, on_last) = (sum(known, Some(first)), sum(known, Some(last)));
    if on_first == 0 && on_last == 0 {
        return Ok(false);
    }
    let told = store::balance::newest(tx, organization, id, account.currency, first, last).await?;
    // The file that told this balance of a day.
    let says = |kind: BalanceKind, day: Date, amount: Money| {
        let same = |row: &&StoredBalance| (row.kind, row.on, row.amount) == (kind, day, amount);
        told.iter().find(same).and_then(|row| row.file)
    };
    // All that is stored through the first day, when the account is complete from a balance on.
    let through_first = match account.opening.filter(|(day, _)| *day <= first) {
        None => None,
        Some((_, opening)) => {
            let after = store::day::sum_after(tx, organization, id, last).await?;
            let before = opening.minor() + account.booked.minor() - sum(known, None) - after;
            Some(before + on_first)
        }
    };
    let after_all = on_first != 0 && through_first == Some(frame.opening.1.minor());
    let before_us = says(BalanceKind::ClosingBooked, first, frame.opening.1);
    let behind_us = says(BalanceKind::OpeningBooked, last, frame.closing.1);
    let mut files: HashMap<i64, Option<RawAnswerId>> = HashMap::new();
    for day in [before_us.map(|_| first), behind_us.map(|_| last)].into_iter().flatten() {
        let stored = store::transaction::window(tx, organization, id, day, day).await?;
        files.extend(stored.iter().map(|row| (row.seq, row.raw)));
    }
    let stays = |(row, known): (&KnownRow, &Known)| {
        let of = |file: Option<RawAnswerId>| file.is_some() && files.get(&row.seq).copied().flatten() == file;
        let apart =
            (known.booked_on == first && (after_all || of(before_us))) || (known.booked_on == last && of(behind_us));
        known.withdrawn || !apart
    };
    let keep: Vec<bool> = rows.iter().zip(known.iter()).map(stays).collect();
    let mut kept = keep.iter();
    rows.retain(|_| kept.next().is_none_or(|keep| *keep));
    let mut kept = keep.iter();
    known.retain(|_| kept.next().is_none_or(|keep| *keep));
    Ok(keep.contains(&false))
}
