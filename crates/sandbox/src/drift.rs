//! What changes at a bank after the fact: late bookings, corrected texts, other days, new ids.

use domain::{Date, Span};

use crate::dice::Dice;
use crate::faults::{Fault, Roll};
use crate::journal::Event;
use crate::ledger::{Ledger, Row, Source, Window};
use crate::traffic::calendar::{is_business_day, tomorrow};
use crate::{Sandbox, SandboxError};

/// How far back a late booking may be dated.
const LATE_DAYS: i64 = 10;
/// Where the listings of clients that look back a fortnight begin.
const EDGE_DAYS: i64 = 14;
/// How far from that day a movement is moved to the other side of it.
const REDATED_DAYS: i64 = 4;

impl Sandbox {
    /// Lets happen what the faults of a listing bring about, after it was served.
    pub(crate) fn after_listing(&self, ledger: &Ledger, roll: &Roll) -> Result<(), SandboxError> {
        let mut dice = roll.dice.clone();
        if roll.has(Fault::LateBooking) {
            self.book_late(ledger, &mut dice)?;
        }
        if roll.has(Fault::TextCorrected)
            && let Some(row) = self.recent_row(ledger, &mut dice)
        {
            let text = corrected_text(&row, &mut dice);
            self.correct(ledger, &row, text)?;
        }
        if roll.has(Fault::Redated) {
            let edge = self.today().saturating_sub(Span::new().days(EDGE_DAYS));
            self.redate_across(ledger, edge, &mut dice)?;
        }
        if roll.has(Fault::ReissuedIds) {
            let (bank, account) = (ledger.bank.slug.to_owned(), ledger.key.clone());
            self.world().commit(Event::Reissued { bank, account })?;
        }
        Ok(())
    }

    /// Books one movement on one of the last days and tells which.
    pub(crate) fn book_late(&self, ledger: &Ledger, dice: &mut Dice) -> Result<Row, SandboxError> {
        let today = self.today();
        let days = recent_days(ledger, today);
        let day = days[dice.index(days.len())];
        let (bank, account, salt) = (ledger.bank.slug.to_owned(), ledger.key.clone(), dice.next());
        // Under the world's lock, so that the number of the new row is the one that this event gave it.
        let mut world = self.world();
        world.commit(Event::LateBooked { bank, account, day, salt })?;
        let view = ledger.view(today);
        let key = crate::ledger::RowKey { day, origin: crate::ledger::Origin::Late(view.seen) };
        ledger.row(key, view).ok_or_else(|| SandboxError::NoRow(key.to_string()))
    }

    /// Moves a movement that is booked a few days before a day to that day or behind it, or the other way round. Gives it as
    /// it was; `None` when there is none.
    pub(crate) fn redate_across(
        &self,
        ledger: &Ledger,
        edge: Date,
        dice: &mut Dice,
    ) -> Result<Option<Row>, SandboxError> {
        let (first, last) = (ledger.first_day(), ledger.last_day(self.today()));
        let away = |days: i64| edge.saturating_add(Span::new().days(days));
        let (before, behind) = ((away(-REDATED_DAYS), away(-1)), (away(0), away(REDATED_DAYS)));
        let (from, to) = if dice.percent(50) { (before, behind) } else { (behind, before) };
        if before.0 < first || behind.1 > last {
            return Ok(None);
        }
        let mut rows = ledger.rows(ledger.view(self.today()), Window { from: from.0, to: from.1 });
        if rows.is_empty() {
            return Ok(None);
        }
        let row = rows.swap_remove(dice.index(rows.len()));
        let day = to.0.saturating_add(Span::new().days(dice.between(0, i64::from((to.1 - to.0).get_days()))));
        self.redate(ledger, &row, day)?;
        Ok(Some(row))
    }

    /// Books a movement on another day.
    pub(crate) fn redate(&self, ledger: &Ledger, row: &Row, day: Date) -> Result<(), SandboxError> {
        let (bank, account) = (ledger.bank.slug.to_owned(), ledger.key.clone());
        let (row, minor) = (row.key.to_string(), row.transaction.amount.minor());
        self.world().commit(Event::Redated { bank, account, row, minor, day })
    }

    /// Replaces the free text of a booked movement.
    pub(crate) fn correct(&self, ledger: &Ledger, row: &Row, text: String) -> Result<(), SandboxError> {
        let (bank, account, row) = (ledger.bank.slug.to_owned(), ledger.key.clone(), row.key.to_string());
        self.world().commit(Event::Corrected { bank, account, row, text })
    }

    /// A movement of the last days, if there is one.
    pub(crate) fn recent_row(&self, ledger: &Ledger, dice: &mut Dice) -> Option<Row> {
        let today = self.today();
        let to = ledger.last_day(today);
        let window = Window { from: to.saturating_sub(Span::new().days(LATE_DAYS)), to };
        let mut rows = ledger.rows(ledger.view(today), window);
        if rows.is_empty() {
            return None;
        }
        Some(rows.swap_remove(dice.index(rows.len())))
    }
}

/// What a corrected text reads.
pub(crate) fn corrected_text(row: &Row, dice: &mut Dice) -> String {
    let before = row.transaction.details.remittance.first().map_or("Communication", String::as_str);
    let shortened: String = before.chars().take(100).collect();
    format!("{shortened} (corr. {})", dice.digits(4))
}

/// The days on which a late booking may fall: business days of a living account, any day of a loaded one up to its last.
fn recent_days(ledger: &Ledger, today: Date) -> Vec<Date> {
    let last = ledger.last_day(today);
    let mut day = last.saturating_sub(Span::new().days(LATE_DAYS)).max(ledger.first_day());
    let mut days = Vec::new();
    while day <= last {
        if matches!(ledger.source, Source::Loaded(_)) || is_business_day(day) {
            days.push(day);
        }
        day = tomorrow(day);
    }
    // An account that began on a weekend still has its first day.
    if days.is_empty() {
        days.push(last.max(ledger.first_day()));
    }
    days
}
