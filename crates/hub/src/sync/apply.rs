//! Writes one complete listing: new rows, corrections, withdrawals, pending lane, balances, defects, counters and the
//! account's cursor, all in one transaction under the account's lock. Applying the same listing again changes nothing.

use std::collections::HashMap;

use db::{DbError, Tx};
use domain::{BalanceKind, Date, Environment, Money, RawAnswerId, SynchronizationId, Timestamp, ToSpan, TransactionId};

use super::assertions::{self, Assertions};
use super::edge::{Around, Edge, Held};
use super::fetch::{Listing, Repeated};
use super::identity::{self, Candidate, Frame, Known, Matched, Verdict};
use super::plan::Window;
use super::{edge, lane, sources};
use crate::store;
use crate::store::account::{Account, AccountState};
use crate::store::change::ChangeKind;
use crate::store::figures::Applied;
use crate::store::known::KnownRow;
use crate::store::listing::AppliedListing;
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
    let candidates = identity::deduplicate(&listing.pages, frame.as_ref(), listing.from_file);
    let mut candidates = identity::in_booking_order(candidates);
    let end = window.to.unwrap_or(Date::MAX);
    let days = || candidates.iter().map(|candidate| candidate.transaction.booked_on);
    let last = days().max().unwrap_or(window.from);
    let (organization, id) = (account.organization, account.id);
    let days = (days().min().unwrap_or(window.from).min(window.from), last.max(end));
    let (mut known, mut rows) = store::known::window(tx, organization, id, days.0, days.1).await?;
    sources::tell_foreign(tx, account, listing, days, &rows, &mut known).await?;
    let beside = listing.from_file
        && sources::leave_out(tx, account, frame.as_ref(), &candidates, (&mut rows, &mut known)).await?;
    let mut matched = identity::matched(&candidates, &known, (window.from, end), frame.as_ref());
    let overtaken = is_overtaken(tx, account, listing).await?;
    let mut around = Around::default();
    if overtaken {
        matched.withdrawn.clear();
    } else if !beside {
        let held = Held { candidates: &mut candidates, rows: &mut rows, known: &mut known, matched: &mut matched };
        let edge = Edge { account, listing, window, days, frame: frame.as_ref() };
        around = edge.settle(tx, environment, held).await?;
    }
    if listing.from_file {
        matched = matched.only_adding();
    }
    let mut writing = Writing::new(tx, environment, account, listing);
    writing.overtaken = overtaken;
    let stored = writing.concerned(&rows, &candidates, &matched).await?;
    writing.revisions((&rows, &known), &stored, &candidates, &matched.verdicts).await?;
    writing.withdrawals(&rows, &stored, &matched.withdrawn).await?;
    writing.additions(&candidates, &matched.verdicts).await?;
    let through = window.to.unwrap_or_else(|| environment.today()).max(last.min(environment.today()));
    let outcome = writing.finish(synchronization, window, &candidates, frame, through).await?;
    if let Some(lane) = &listing.pending
        && window.to.is_none()
        && !overtaken
    {
        let lane: Vec<_> = lane.iter().map(|listed| &listed.transaction).collect();
        lane::replace(tx, environment, account, synchronization, &lane).await?;
    }
    let told = listing.defects.iter().map(|(raw, defect)| (Some(*raw), defect));
    for (raw, defect) in told.chain(around.defects.iter().map(|(raw, defect)| (*raw, defect))) {
        store::defect::keep(tx, environment, organization, id, raw, defect).await?;
    }
    if !listing.from_file && !overtaken {
        edge::relist(tx, account, window, around.relist_from).await?;
    }
    Ok(outcome)
}

/// Whether a newer word of the bank was applied while this one was under way: what it does not list may have come since.
async fn is_overtaken(tx: &mut Tx, account: &Account, listing: &Listing) -> Result<bool, DbError> {
    let newest = store::listing::newest(tx, account.organization, account.id).await?.max(account.closing_seen_at);
    Ok(!listing.from_file && listing.seen_at.is_some_and(|seen_at| newest.is_some_and(|newest| seen_at < newest)))
}

/// Whether a listing that repeats what was read before is also what was applied last, with nothing written to the
/// account since: applying it again would change nothing but the time of the bank's word, which is noted. The account
/// must have been locked in this transaction.
pub async fn is_applied(
    tx: &mut Tx,
    environment: &Environment,
    account: &Account,
    synchronization: SynchronizationId,
    window: Window,
    repeated: &Repeated,
) -> Result<bool, DbError> {
    let (organization, id) = (account.organization, account.id);
    // Asked for from an earlier day, rows that it does not list would have been withdrawn.
    let same = |applied: &AppliedListing| applied.digest == repeated.digest && applied.from <= window.from;
    let applied = store::listing::get(tx, organization, id, window.to).await?;
    let Some(applied) = applied.filter(|applied| account.state == AccountState::Active && same(applied)) else {
        return Ok(false);
    };
    let seen_at = repeated.seen_at.max(applied.seen_at);
    let through = window.to.unwrap_or_else(|| environment.today());
    store::figures::repeated(tx, account, through, applied.seen_at, seen_at).await?;
    let now = AppliedListing { from: window.from, seen_at, ..applied };
    store::listing::put(tx, organization, id, window.to, &now).await?;
    let stretch = (account.last_change, account.last_change);
    store::synchronization::count(tx, organization, synchronization, 0, 0, stretch).await?;
    Ok(true)
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
    /// Rows that were written without a change for anybody.
    silent: usize,
    overtaken: bool,
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
            silent: 0,
            overtaken: false,
            outcome: Outcome::default(),
        }
    }

    fn raw_of(&self, candidate: &Candidate) -> Option<RawAnswerId> {
        self.listing.raws.get(candidate.page).copied()
    }

    /// The stored rows that the verdicts write to, whole. A listing mostly finds every row as it was, so that reading
    /// all of a window would cost far more than what is new.
    async fn concerned(
        &mut self,
        rows: &[KnownRow],
        candidates: &[Candidate],
        matched: &Matched,
    ) -> Result<HashMap<i64, StoredTransaction>, DbError> {
        let revised = candidates.iter().zip(&matched.verdicts).filter_map(|(candidate, verdict)| match verdict {
            Verdict::New { .. } => None,
            Verdict::Same { known, .. } => rewrites(&rows[*known], candidate).then_some(*known),
            Verdict::Corrected { known, .. } | Verdict::Reinstated { known } => Some(*known),
        });
        let seqs: Vec<i64> = revised.chain(matched.withdrawn.iter().copied()).map(|index| rows[index].seq).collect();
        if seqs.is_empty() {
            return Ok(HashMap::new());
        }
        let stored = store::transaction::by_seq(self.tx, self.account.organization, self.account.id, &seqs).await?;
        Ok(stored.into_iter().map(|row| (row.seq, row)).collect())
    }

    /// Rows that are known: corrected, reinstated, or only listed under another id.
    async fn revisions(
        &mut self,
        (rows, known_rows): (&[KnownRow], &[Known]),
        stored: &HashMap<i64, StoredTransaction>,
        candidates: &[Candidate],
        verdicts: &[Verdict],
    ) -> Result<(), DbError> {
        let (mut reissued, mut retold) = (Vec::new(), Vec::new());
        for (candidate, verdict) in candidates.iter().zip(verdicts) {
            match verdict {
                Verdict::New { .. } => {}
                Verdict::Same { known, reissued: new_id } => {
                    let row = &rows[*known];
                    // Unlinking erases what a row told; linking again brings it back without a change for anybody.
                    if rewrites(row, candidate) {
                        let row = &stored[&row.seq];
                        self.rewrite(row, candidate, row.reason.clone(), row.updated_at).await?;
                    } else {
                        if *new_id {
                            reissued.push((row.seq, candidate.bank_id.clone()));
                        }
                        // What the bank tells as well no longer goes with the file that told it first.
                        if !self.listing.from_file && known_rows[*known].foreign.is_some() {
                            retold.extend(self.raw_of(candidate).map(|raw| (row.seq, raw)));
                        }
                    }
                }
                Verdict::Corrected { known, reason } => {
                    let row = &stored[&rows[*known].seq];
                    self.changed(row, ChangeKind::Updated, reason).await?;
                    self.rewrite(row, candidate, (*reason).to_owned(), self.now).await?;
                }
                Verdict::Reinstated { known } => {
                    let (row, reason) = (&stored[&rows[*known].seq], "the bank lists it again");
                    self.booked(row.amount, 1);
                    self.changed(row, ChangeKind::Created, reason).await?;
                    self.rewrite(row, candidate, reason.to_owned(), self.now).await?;
                }
            }
        }
        self.silent += reissued.len() + retold.len();
        store::transaction::note_raws(self.tx, self.account.organization, self.account.id, &retold).await?;
        store::transaction::note_bank_ids(self.tx, self.account.organization, self.account.id, &reissued).await
    }

    async fn withdrawals(
        &mut self,
        rows: &[KnownRow],
        stored: &HashMap<i64, StoredTransaction>,
        withdrawn: &[usize],
    ) -> Result<(), DbError> {
        for row in withdrawn.iter().map(|index| &stored[&rows[*index].seq]) {
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
        self.silent += 1;
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
        window: Window,
        candidates: &[Candidate],
        frame: Option<Frame>,
        through: Date,
    ) -> Result<Outcome, DbError> {
        let seen_at = self.listing.seen_at.unwrap_or(self.now);
        let file = self.listing.raws.first().copied().filter(|_| self.listing.from_file);
        let told = assertions::told(&self.listing.balances, candidates);
        let told = assertions::beside_others(self.tx, self.account, file, told, candidates).await?;
        let asserted = Assertions { told: &told, candidates, frame, seen_at, file };
        let last_balance = assertions::append(self.tx, self.environment, self.account, &asserted).await?;
        let available = self.listing.balances.iter().find(|balance| balance.kind == BalanceKind::Available);
        let closing = told.iter().filter(|balance| balance.kind == BalanceKind::ClosingBooked).max_by_key(|b| b.date);
        let closing = closing.map(|balance| (balance.date, balance.amount));
        let from_file = self.listing.from_file;
        let opening = match from_file {
            true => assertions::opening_of(self.tx, self.account, &told).await?,
            false => self.account.opening.or(frame.map(|frame| frame.opening)),
        };
        // A file of an earlier period does not turn the closing balance back, and one of the future is not believed; the
        // bank's day may be ahead of ours.
        let tomorrow = self.environment.today().saturating_add(1.day());
        let older = |told: &(Date, Money)| self.account.closing.is_some_and(|(day, _)| told.0 < day);
        let fits = |told: &(Date, Money)| !older(told) && told.0 <= tomorrow;
        let applied = Applied {
            opening,
            closing: closing.filter(|told| !from_file || fits(told)),
            available: available.map(|balance| balance.amount),
            booked_minor: self.booked_minor,
            booked_count: self.booked_count,
            last_seq: self.seq,
            last_change: self.change,
            last_balance,
            // What a file lists is no promise of the bank that the days are complete.
            listed_through: (!from_file).then_some(through),
            seen_at,
        };
        store::figures::apply(self.tx, self.account, &applied).await?;
        let stretch = (self.account.last_change, self.change);
        let (organization, outcome) = (self.account.organization, self.outcome);
        let untouched = self.silent == 0 && stretch.0 == stretch.1 && last_balance == self.account.last_balance;
        if !untouched || self.overtaken {
            store::listing::forget(self.tx, organization, self.account.id).await?;
        }
        if !from_file && !self.overtaken {
            let applied = AppliedListing { from: window.from, digest: self.listing.digest(), seen_at };
            store::listing::put(self.tx, organization, self.account.id, window.to, &applied).await?;
        }
        let (created, updated) = (outcome.created, outcome.updated);
        store::synchronization::count(self.tx, organization, synchronization, created, updated, stretch).await?;
        Ok(outcome)
    }
}

/// Whether a row that is found as it was must be written all the same, because its texts had been erased.
fn rewrites(row: &KnownRow, candidate: &Candidate) -> bool {
    row.erased && candidate.transaction.details != domain::Details::default()
}
