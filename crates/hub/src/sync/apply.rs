//! Writes one complete listing: new rows, corrections, withdrawals, pending lane, balances, defects, counters and the
//! account's cursor, all in one transaction under the account's lock. Applying the same listing again changes nothing.

use std::collections::{HashMap, HashSet};

use db::{DbError, Tx};
use domain::{
    Balance, BalanceId, BalanceKind, Date, Environment, Money, PendingTransactionId, RawAnswerId, SynchronizationId,
    Timestamp, TransactionId,
};

use super::fetch::Listing;
use super::identity::{self, Candidate, Frame, Known, Verdict};
use super::plan::Window;
use crate::store;
use crate::store::account::Account;
use crate::store::balance::StoredBalance;
use crate::store::change::ChangeKind;
use crate::store::figures::Applied;
use crate::store::pending::StoredPending;
use crate::store::transaction::StoredTransaction;

/// What a listing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Transactions appended.
    pub created: i64,
    /// Transactions corrected, withdrawn or reinstated.
    pub updated: i64,
}

/// Applies a listing. The account must have been locked in this transaction.
pub async fn apply(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    synchronization: SynchronizationId,
    window: Window,
    listing: &Listing,
) -> Result<Outcome, DbError> {
    let frame = Frame::of(&listing.balances);
    let candidates = identity::deduplicate(&listing.pages, frame.as_ref());
    let candidates = identity::in_booking_order(candidates);
    let end = window.to.unwrap_or(Date::MAX);
    let days = || candidates.iter().map(|candidate| candidate.transaction.booked_on);
    let (first, last) = (days().min().unwrap_or(window.from), days().max().unwrap_or(window.from));
    let (organization, id) = (account.organization, account.id);
    let stored = store::transaction::window(tx, organization, id, first.min(window.from), last.max(end)).await?;
    let known: Vec<Known> = stored.iter().map(as_known).collect();
    let matched = identity::matched(&candidates, &known, (window.from, end), frame.as_ref());
    let mut writing = Writing::new(tx, environment, account, listing);
    writing.revisions(&stored, &candidates, &matched.verdicts).await?;
    writing.withdrawals(&stored, &matched.withdrawn).await?;
    writing.additions(&candidates, &matched.verdicts).await?;
    let through = window.to.unwrap_or_else(|| environment.today()).max(last.min(environment.today()));
    let outcome = writing.finish(synchronization, &candidates, frame, through).await?;
    if let Some(lane) = &listing.pending
        && window.to.is_none()
    {
        let lane: Vec<_> = lane.iter().map(|listed| &listed.transaction).collect();
        pending(tx, environment, account, synchronization, &lane).await?;
    }
    for (raw, defect) in &listing.defects {
        store::defect::keep(tx, environment, organization, id, Some(*raw), defect).await?;
    }
    Ok(outcome)
}

fn as_known(row: &StoredTransaction) -> Known {
    Known {
        booked_on: row.booked_on,
        minor: row.amount.minor(),
        fingerprint: row.fingerprint.clone(),
        bank_id: row.bank_id.clone(),
        withdrawn: row.withdrawn,
    }
}

/// The account's counters while one listing is written.
struct Writing<'a> {
    tx: &'a mut Tx,
    environment: &'a Environment,
    account: &'a Account,
    listing: &'a Listing,
    now: Timestamp,
    seq: i64,
    change: i64,
    booked_minor: i64,
    booked_count: i64,
    outcome: Outcome,
}

impl<'a> Writing<'a> {
    fn new(tx: &'a mut Tx, environment: &'a Environment, account: &'a Account, listing: &'a Listing) -> Writing<'a> {
        Writing {
            tx,
            environment,
            account,
            listing,
            now: environment.now(),
            seq: account.last_seq,
            change: account.last_change,
            booked_minor: 0,
            booked_count: 0,
            outcome: Outcome::default(),
        }
    }

    fn raw_of(&self, candidate: &Candidate) -> Option<RawAnswerId> {
        self.listing.raws.get(candidate.page).copied()
    }

    /// Rows that are known: corrected, reinstated, or only listed under another id.
    async fn revisions(
        &mut self,
        stored: &[StoredTransaction],
        candidates: &[Candidate],
        verdicts: &[Verdict],
    ) -> Result<(), DbError> {
        let mut reissued = Vec::new();
        for (candidate, verdict) in candidates.iter().zip(verdicts) {
            match verdict {
                Verdict::New { .. } => {}
                Verdict::Same { known, reissued: new_id } => {
                    let row = &stored[*known];
                    // Unlinking erases what a row told; linking again brings it back without a change for anybody.
                    if row.details == domain::Details::default() && candidate.transaction.details != row.details {
                        self.rewrite(row, candidate, row.reason.clone(), row.updated_at).await?;
                    } else if *new_id {
                        reissued.push((row.seq, candidate.bank_id.clone()));
                    }
                }
                Verdict::Corrected { known, reason } => {
                    self.changed(&stored[*known], ChangeKind::Updated, reason).await?;
                    self.rewrite(&stored[*known], candidate, (*reason).to_owned(), self.now).await?;
                }
                Verdict::Reinstated { known } => {
                    let (row, reason) = (&stored[*known], "the bank lists it again");
                    self.booked(row.amount, 1);
                    self.changed(row, ChangeKind::Created, reason).await?;
                    self.rewrite(row, candidate, reason.to_owned(), self.now).await?;
                }
            }
        }
        store::transaction::note_bank_ids(self.tx, self.account.organization, self.account.id, &reissued).await
    }

    async fn withdrawals(&mut self, stored: &[StoredTransaction], withdrawn: &[usize]) -> Result<(), DbError> {
        for row in withdrawn.iter().map(|index| &stored[*index]) {
            let reason = "the bank no longer lists it and its balances agree";
            self.booked(row.amount, -1);
            self.changed(row, ChangeKind::Removed, reason).await?;
            let gone =
                StoredTransaction { withdrawn: true, reason: reason.to_owned(), updated_at: self.now, ..row.clone() };
            store::transaction::revise(self.tx, self.account.organization, &gone).await?;
        }
        Ok(())
    }

    async fn additions(&mut self, candidates: &[Candidate], verdicts: &[Verdict]) -> Result<(), DbError> {
        let mut new = Vec::new();
        for (candidate, verdict) in candidates.iter().zip(verdicts) {
            let Verdict::New { reason } = verdict else { continue };
            self.seq += 1;
            self.change += 1;
            self.outcome.created += 1;
            self.booked(candidate.transaction.amount, 1);
            let mut details = candidate.transaction.details.clone();
            // The running balance moves with every late booking; it is kept as the day's balance, not on the row.
            details.balance_after = None;
            new.push(StoredTransaction {
                id: TransactionId::new(self.environment),
                account: self.account.id,
                seq: self.seq,
                change: self.change,
                booked_on: candidate.transaction.booked_on,
                value_on: candidate.transaction.value_on,
                amount: candidate.transaction.amount,
                withdrawn: false,
                reason: (*reason).to_owned(),
                fingerprint: candidate.fingerprint.clone(),
                bank_id: candidate.bank_id.clone(),
                details,
                raw: self.raw_of(candidate),
                created_at: self.now,
                updated_at: self.now,
            });
        }
        store::transaction::append(self.tx, self.account.organization, &new).await
    }

    fn booked(&mut self, amount: Money, count: i64) {
        self.booked_minor += amount.minor() * count;
        self.booked_count += count;
    }

    async fn changed(&mut self, row: &StoredTransaction, kind: ChangeKind, reason: &str) -> Result<(), DbError> {
        self.change += 1;
        self.outcome.updated += 1;
        store::change::insert(self.tx, self.account.organization, self.change, kind, row, reason, self.now).await
    }

    async fn rewrite(
        &mut self,
        row: &StoredTransaction,
        candidate: &Candidate,
        reason: String,
        updated_at: Timestamp,
    ) -> Result<(), DbError> {
        let mut details = candidate.transaction.details.clone();
        details.balance_after = None;
        let revised = StoredTransaction {
            booked_on: candidate.transaction.booked_on,
            value_on: candidate.transaction.value_on,
            withdrawn: false,
            reason,
            fingerprint: candidate.fingerprint.clone(),
            bank_id: candidate.bank_id.clone(),
            details,
            raw: self.raw_of(candidate),
            updated_at,
            ..row.clone()
        };
        store::transaction::revise(self.tx, self.account.organization, &revised).await
    }

    async fn finish(
        self,
        synchronization: SynchronizationId,
        candidates: &[Candidate],
        frame: Option<Frame>,
        through: Date,
    ) -> Result<Outcome, DbError> {
        let seen_at = self.listing.seen_at.unwrap_or(self.now);
        let told = day_balances(&self.listing.balances, candidates);
        let last_balance = balances(self.tx, self.environment, self.account, &told, candidates, frame, seen_at).await?;
        let available = self.listing.balances.iter().find(|balance| balance.kind == BalanceKind::Available);
        let closing = told.iter().filter(|balance| balance.kind == BalanceKind::ClosingBooked).max_by_key(|b| b.date);
        let applied = Applied {
            opening: frame.map(|frame| frame.opening),
            closing: closing.map(|balance| (balance.date, balance.amount)),
            available: available.map(|balance| balance.amount),
            booked_minor: self.booked_minor,
            booked_count: self.booked_count,
            last_seq: self.seq,
            last_change: self.change,
            last_balance,
            listed_through: through,
            seen_at,
        };
        store::figures::apply(self.tx, self.account, &applied).await?;
        let stretch = (self.account.last_change, self.change);
        let (organization, outcome) = (self.account.organization, self.outcome);
        let (created, updated) = (outcome.created, outcome.updated);
        store::synchronization::count(self.tx, organization, synchronization, created, updated, stretch).await?;
        Ok(outcome)
    }
}

/// The booked balances that a listing tells: those it came with, and the running balance after the last movement of
/// each day where the bank gives one.
fn day_balances(told: &[Balance], candidates: &[Candidate]) -> Vec<Balance> {
    let mut days: HashMap<(Date, BalanceKind), Balance> = HashMap::new();
    for candidate in candidates {
        let transaction = &candidate.transaction;
        if let Some(amount) = transaction.details.balance_after {
            let (kind, date) = (BalanceKind::ClosingBooked, transaction.booked_on);
            days.insert((date, kind), Balance { kind, date, amount });
        }
    }
    for balance in told {
        if matches!(balance.kind, BalanceKind::OpeningBooked | BalanceKind::ClosingBooked) {
            days.insert((balance.date, balance.kind), balance.clone());
        }
    }
    let mut days: Vec<Balance> = days.into_values().collect();
    days.sort_by_key(|balance| (balance.date, balance.kind));
    days
}

/// Appends the assertions that say something new and gives the new highest place.
async fn balances(
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

/// Replaces the pending lane. What the bank still lists keeps its id, also when it tells the same amount under the same
/// id of its own with another text or day.
async fn pending(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    synchronization: SynchronizationId,
    listed: &[&domain::PendingTransaction],
) -> Result<(), DbError> {
    let (organization, now) = (account.organization, environment.now());
    let mut before = store::pending::list(tx, organization, account.id).await?;
    let mut lane = Vec::new();
    let (mut created, mut updated) = (0, 0);
    let print = |row: &domain::PendingTransaction| identity::fingerprint(row.expected_on, row.amount, &row.details);
    let prints: HashSet<String> = listed.iter().map(|row| print(row)).collect();
    for pending in listed {
        let fingerprint = print(pending);
        let changed = |row: &StoredPending| {
            let named = row.bank_id.is_some() && row.bank_id == pending.details.bank_id;
            named && row.amount == pending.amount && !prints.contains(&row.fingerprint)
        };
        let known = before.iter().position(|row| row.fingerprint == fingerprint);
        let known = known.or_else(|| before.iter().position(changed)).map(|index| before.remove(index));
        let same = known.as_ref().is_some_and(|row| row.fingerprint == fingerprint);
        match &known {
            None => created += 1,
            Some(_) if !same => updated += 1,
            Some(_) => {}
        }
        lane.push(StoredPending {
            id: known.as_ref().map_or_else(|| PendingTransactionId::new(environment), |row| row.id),
            account: account.id,
            expected_on: pending.expected_on,
            value_on: pending.value_on,
            amount: pending.amount,
            fingerprint,
            bank_id: pending.details.bank_id.clone(),
            details: pending.details.clone(),
            created_at: known.as_ref().map_or(now, |row| row.created_at),
            updated_at: known.filter(|_| same).map_or(now, |row| row.updated_at),
        });
    }
    if !before.is_empty() || created + updated > 0 {
        store::pending::replace(tx, organization, account.id, &lane).await?;
        store::synchronization::count_pending(tx, organization, synchronization, created, updated).await?;
    }
    Ok(())
}
