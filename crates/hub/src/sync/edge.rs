//! What a listing says of the days around it: gathers what [`super::identity::edge`] decides by, and what follows.

use db::{DbError, Tx};
use domain::{Date, Defect, Environment, RawAnswerId, ToSpan};

use super::Listing;
use super::identity::edge::{self, BEYOND_DAYS, Crossing, Shift};
use super::identity::{Candidate, Frame, Known, Matched, Verdict};
use super::plan::Window;
use crate::store;
use crate::store::account::Account;
use crate::store::known::{self, KnownRow};

/// How far back a listing without a person reaches for days that have changed: banks give 90 days.
const MOST_DAYS_BACK: i32 = 89;
/// A listing with more new movements than this is a first one, or after a long silence: their ids are looked for among
/// older rows only where the balances say that something has moved.
const MOST_NEW: usize = 500;

/// A listing that was matched within its days.
pub(super) struct Edge<'a> {
    pub(super) account: &'a Account,
    pub(super) listing: &'a Listing,
    pub(super) window: Window,
    /// The days for which the stored rows are known.
    pub(super) days: (Date, Date),
    pub(super) frame: Option<&'a Frame>,
}

/// The rows that a listing is held against; those from beyond its days are added.
pub(super) struct Held<'a> {
    pub(super) candidates: &'a mut Vec<Candidate>,
    pub(super) rows: &'a mut Vec<KnownRow>,
    pub(super) known: &'a mut Vec<Known>,
    pub(super) matched: &'a mut Matched,
}

/// What is left to do.
#[derive(Default)]
pub(super) struct Around {
    /// From which day on the account is to be listed again.
    pub(super) relist_from: Option<Date>,
    /// Decisions that somebody should know of.
    pub(super) defects: Vec<(Option<RawAnswerId>, Defect)>,
}

impl Edge<'_> {
    /// Tells which movements crossed the edge of the listing, and changes the outcome of matching accordingly.
    pub(super) async fn settle(
        &self,
        tx: &mut Tx,
        environment: &Environment,
        held: Held<'_>,
    ) -> Result<Around, DbError> {
        if self.account.last_seq == 0 {
            return Ok(Around::default());
        }
        let shift = self.shift(tx, held.candidates, held.known).await?;
        let (beyond, rows) = self.beyond(tx, held.candidates, held.matched, shift).await?;
        let crossing = edge::crossing(held.candidates, held.matched, held.known, &beyond, self.days, shift);
        let oldest = environment.today().saturating_sub(MOST_DAYS_BACK.days());
        // Nothing is told of the days before the account's first balance.
        let oldest = self.account.opening.map_or(oldest, |(day, _)| day.max(oldest));
        let around = self.follow(&crossing, &beyond, held.candidates, oldest);
        let held_back = |index: usize| {
            crossing
                .doubtful
                .iter()
                .any(|(listed, row)| *listed == index && self.reaches(beyond[*row].booked_on, oldest))
        };
        held.matched.withdrawn.retain(|index| !crossing.kept.contains(index));
        for (listed, row, reason) in &crossing.arrived {
            let known = held.known.len();
            held.known.push(beyond[*row].clone());
            held.rows.push(rows[*row]);
            held.matched.verdicts[*listed] = match beyond[*row].withdrawn {
                true => Verdict::Reinstated { known },
                false => Verdict::Corrected { known, reason },
            };
        }
        for (listed, _) in &crossing.doubtful {
            held.matched.verdicts[*listed] = Verdict::New { reason: DOUBTFUL };
        }
        for index in (0..held.candidates.len()).rev().filter(|index| held_back(*index)) {
            held.candidates.remove(index);
            held.matched.verdicts.remove(index);
        }
        Ok(around)
    }

    /// By how much the bank's balance before the listing differs from ours; `None` where either is not known.
    async fn shift(&self, tx: &mut Tx, listed: &[Candidate], known: &[Known]) -> Result<Option<Shift>, DbError> {
        let account = self.account;
        let frame = self.frame.filter(|frame| frame.holds(listed.iter().map(|c| c.transaction.amount)));
        let opening = account.opening.filter(|(day, _)| *day <= self.days.0);
        let (Some(frame), Some((_, opening))) = (frame, opening) else { return Ok(None) };
        let after = match self.days.1 {
            Date::MAX => 0,
            day => store::day::sum_after(tx, account.organization, account.id, day).await?,
        };
        let inside: i64 = known.iter().filter(|row| !row.withdrawn).map(|row| row.minor).sum();
        let whole = opening.minor() + account.booked.minor();
        let minor = frame.opening.1.minor() - (whole - inside - after);
        let before = match account.closing {
            Some((day, closing)) if minor != 0 => {
                closing.minor() - (whole - store::day::sum_after(tx, account.organization, account.id, day).await?)
            }
            Some(_) | None => 0,
        };
        Ok(Some(Shift { minor, before }))
    }

    /// Rows of other days that new movements of this listing may be.
    async fn beyond(
        &self,
        tx: &mut Tx,
        listed: &[Candidate],
        matched: &Matched,
        shift: Option<Shift>,
    ) -> Result<(Vec<Known>, Vec<KnownRow>), DbError> {
        let (organization, id) = (self.account.organization, self.account.id);
        let verdicts = listed.iter().zip(&matched.verdicts);
        let new = || verdicts.clone().filter(|(_, verdict)| matches!(verdict, Verdict::New { .. }));
        let ids: Vec<&str> = new().filter_map(|(candidate, _)| candidate.bank_id.as_deref()).collect();
        let moved = shift.is_some_and(|shift| shift.minor != 0);
        let from = self.days.0.saturating_sub(BEYOND_DAYS.days());
        let (mut known, mut rows) = (Vec::new(), Vec::new());
        if !ids.is_empty() && (moved || ids.len() <= MOST_NEW) {
            (known, rows) = known::with_ids(tx, organization, id, &ids, from, self.days).await?;
        }
        if moved && new().next().is_some() {
            let yesterday = self.days.0.saturating_sub(1.day());
            let before = known::window(tx, organization, id, from, yesterday).await?;
            for (one, row) in before.0.into_iter().zip(before.1) {
                if rows.iter().all(|known| known.seq != row.seq) {
                    known.push(one);
                    rows.push(row);
                }
            }
        }
        Ok((known, rows))
    }

    /// Whether a day can be listed again, with those of this listing.
    fn reaches(&self, day: Date, oldest: Date) -> bool {
        !self.listing.from_file && day >= oldest && day < self.window.from
    }

    fn follow(&self, crossing: &Crossing, beyond: &[Known], listed: &[Candidate], oldest: Date) -> Around {
        let mut around = Around::default();
        if crossing.looks_back && !self.listing.from_file && oldest < self.window.from {
            around.relist_from = Some(self.window.from.saturating_sub(BEYOND_DAYS.days()).max(oldest));
        }
        for (index, row) in &crossing.doubtful {
            let (candidate, day) = (&listed[*index], beyond[*row].booked_on);
            let rule = if self.reaches(day, oldest) {
                around.relist_from = Some(around.relist_from.map_or(day, |known| known.min(day)));
                format!(
                    "the same id and content as the movement of {day}: whether it was moved from there is told by the \
                     next listing, which reaches back to that day; until then it is held back"
                )
            } else {
                format!(
                    "the same id and content as the movement of {day}, and no balance tells whether it was moved from \
                     there: both are kept"
                )
            };
            let transaction = &candidate.transaction;
            let value = format!("{} {}", transaction.booked_on, transaction.amount);
            let path = format!("transaction {}", candidate.bank_id.as_deref().unwrap_or_default());
            around.defects.push((self.listing.raws.get(candidate.page).copied(), Defect::new(path, &value, rule)));
        }
        around
    }
}

/// Notes from which day on the next run lists again. A listing that reached back so far has done that.
pub(super) async fn relist(tx: &mut Tx, account: &Account, window: Window, from: Option<Date>) -> Result<(), DbError> {
    let (organization, id) = (account.organization, account.id);
    let before = store::figures::relist_from(tx, organization, id).await?;
    let after = before.filter(|day| *day < window.from).into_iter().chain(from).min();
    if after != before {
        store::figures::set_relist_from(tx, organization, id, after).await?;
    }
    Ok(())
}

/// Why a movement is taken for new that may be an older one.
const DOUBTFUL: &str = "same id and content as a movement of another day, and no balance tells whether it was moved";
