//! Statement files that leave: which lines make the next one, and between which balances of the bank it lies.
//!
//! Files of a journal are a chain: each begins at the balance where the one before ended. A line that the bank books late
//! travels in the next file, under its own day, so that a file which was acknowledged is never written again. A file ends
//! with a day, week or month that is over; when the bank told no balance that proves it there, the next such end is tried,
//! so a bank that tells balances once a month gives one proven file a month, whatever was wished.

use db::{DbError, Tx};
use domain::{Currency, Date, Proof, ToSpan};

use crate::statements;
use crate::store::balance::Asserted;
use crate::store::delivery::{self, Lane};
use crate::store::journal::Journal;
use crate::store::line::Line;
use crate::store::statement_file::{self, Outgoing, Told};
use crate::store::target_values::Values;

/// Days after its end in which a file that nothing proves waits for the bank to tell its balance.
const PATIENCE_DAYS: i64 = 3;
/// Lines that are looked at for one file.
const MOST_LINES: i64 = 20_000;

/// How long the stretches are that end a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Every {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
}

impl Every {
    /// As a target's settings say.
    pub(crate) fn of(values: &Values) -> Every {
        match values.text("every") {
            "week" => Every::Week,
            "month" => Every::Month,
            _ => Every::Day,
        }
    }

    fn end(self, day: Date) -> Date {
        match self {
            Every::Day => day,
            Every::Week => {
                let left = 6 - day.weekday().to_monday_zero_offset();
                day.checked_add(i64::from(left).days()).unwrap_or(day)
            }
            Every::Month => day.last_of_month(),
        }
    }
}

/// The next file of a journal with its lines, when there is one; it is written down under the name of its parcel.
pub(crate) async fn next(
    tx: &mut Tx,
    lane: Lane,
    journal: &Journal,
    every: Every,
    today: Date,
) -> Result<Option<(String, Vec<Line>, Outgoing)>, DbError> {
    // What is parked stands in front: a later file would leave its lines out.
    if delivery::is_parked(tx, lane).await? {
        return Ok(None);
    }
    let mut lines = delivery::waiting(tx, lane, MOST_LINES).await?;
    // Of very many, those of the last day may not be all.
    let last = lines.last().filter(|_| lines.len() as i64 == MOST_LINES).map(|line| line.booked_on);
    if lines.first().map(|line| line.booked_on) != last {
        lines.retain(|line| Some(line.booked_on) != last);
    }
    let before = statement_file::last(tx, lane).await?;
    let asserted = statements::asserted(tx, journal).await?;
    let moved: Vec<Told> = lines.iter().map(|line| (line.booked_on, line.amount_minor)).collect();
    let start = journal.start_on;
    let Some(outgoing) = plan(before.as_ref(), &moved, &asserted, every, today, start, journal.currency) else {
        return Ok(None);
    };
    lines.truncate(usize::try_from(outgoing.lines).unwrap_or(usize::MAX));
    let parcel = format!("statement-{:05}", outgoing.number);
    statement_file::keep(tx, lane, &outgoing, &parcel).await?;
    Ok(Some((parcel, lines, outgoing)))
}

/// Pure: the next file out of what waits, by day.
fn plan(
    before: Option<&Outgoing>,
    waiting: &[Told],
    asserted: &[Asserted],
    every: Every,
    today: Date,
    start_on: Option<Date>,
    currency: Currency,
) -> Option<Outgoing> {
    let done = before.map(|before| before.to);
    let reached = |day: Date| every.end(done.map_or(day, |done| day.max(done)));
    let first = waiting.first()?.0;
    // The bank may tell its balance on a day without lines.
    let told = asserted.iter().filter(|told| !told.opening && told.on >= first).map(|told| told.on);
    let mut ends: Vec<Date> = waiting.iter().map(|(day, _)| *day).chain(told).map(reached).collect();
    ends.sort_unstable();
    ends.dedup();
    let day_before = start_on.and_then(|start| start.checked_sub(1.day()).ok());
    let restated = statements::opening_of(asserted, done.or(day_before), first).map(|minor| (first, minor));
    let continued = before.and_then(|before| before.closing);
    let mut unproven = None;
    for to in ends.into_iter().filter(|to| *to < today) {
        let taken = &waiting[..waiting.partition_point(|(day, _)| *day <= to)];
        let last = taken.last().map_or(first, |(day, _)| *day);
        let last = continued.map_or(last, |(closed, _)| last.max(closed));
        let closing = statements::closing_of(asserted, last, None, to).map(|told| (told.on, told.amount_minor));
        let with = |opening| Outgoing {
            number: before.map_or(1, |before| before.number + 1),
            from: first,
            to,
            opening,
            closing,
            total_minor: taken.iter().map(|(_, minor)| minor).sum(),
            lines: i64::try_from(taken.len()).unwrap_or(i64::MAX),
        };
        let proven = [continued, restated].into_iter().flatten().map(|opening| with(Some(opening)));
        if let Some(found) = { proven }.find(|file| file.proof(currency) == Proof::Proven) {
            return Some(found);
        }
        unproven = unproven.or_else(|| Some(with(continued.or(restated))));
    }
    unproven.filter(|file| file.to.checked_add(PATIENCE_DAYS.days()).is_ok_and(|patient| patient < today))
}

#[cfg(test)]
mod tests {
    use domain::Money;

    use super::*;

    fn day(day: i8) -> Date {
        Date::constant(2026, 3, day)
    }

    fn told(on: i8, amount_minor: i64) -> Asserted {
        Asserted { opening: false, on: day(on), amount_minor }
    }

    fn planned(before: Option<&Outgoing>, waiting: &[(i8, i64)], asserted: &[Asserted], today: i8) -> Option<Outgoing> {
        let waiting: Vec<Told> = waiting.iter().map(|(on, minor)| (day(*on), *minor)).collect();
        plan(before, &waiting, asserted, Every::Day, day(today), None, Currency::EUR)
    }

    #[test]
    fn each_file_begins_where_the_one_before_ended() {
        let asserted = [told(1, 100), told(2, 110), told(3, 130)];
        let waiting = [(2, 10), (3, 25), (3, -5), (4, 1)];
        let first = planned(None, &waiting, &asserted, 4).unwrap();
        assert_eq!((first.number, first.to, first.lines), (1, day(2), 1));
        assert_eq!((first.opening, first.closing), (Some((day(2), 100)), Some((day(2), 110))));
        let second = planned(Some(&first), &waiting[1..], &asserted, 4).unwrap();
        assert_eq!((second.number, second.lines, second.proof(Currency::EUR)), (2, 2, Proof::Proven));
        assert_eq!(second.opening, first.closing);
        assert_eq!(planned(Some(&second), &waiting[3..], &asserted, 4), None, "that day is not over");
    }

    #[test]
    fn a_late_line_travels_in_the_next_file() {
        let first = Outgoing {
            number: 7,
            from: day(2),
            to: day(2),
            opening: Some((day(1), 100)),
            closing: Some((day(2), 110)),
            total_minor: 10,
            lines: 1,
        };
        // The bank books 4 more on the day that was written, and restates its balance.
        let file = planned(Some(&first), &[(2, 4), (3, 6)], &[told(2, 114), told(3, 120)], 9).unwrap();
        assert_eq!((file.number, file.lines, file.closing), (8, 1, Some((day(2), 114))));
        assert_eq!(file.proof(Currency::EUR), Proof::Proven);
        let file = planned(Some(&first), &[(2, 4), (3, 6)], &[told(2, 110), told(3, 120)], 9).unwrap();
        assert_eq!((file.lines, file.to), (2, day(3)), "not restated: the next day proves both");
    }

    #[test]
    fn without_a_balance_a_file_waits_and_then_says_what_it_is() {
        let waiting = [(2, 10), (3, 20)];
        assert_eq!(planned(None, &waiting, &[], 5), None);
        let file = planned(None, &waiting, &[], 6).unwrap();
        assert_eq!((file.to, file.lines, file.proof(Currency::EUR)), (day(2), 1, Proof::Unproven));
        let file = planned(None, &waiting, &[told(1, 100), told(2, 111), told(3, 131)], 9).unwrap();
        assert_eq!(file.proof(Currency::EUR), Proof::Broken(Money::new(1, Currency::EUR)));
        let file = planned(None, &[(2, 10), (6, 1)], &[told(1, 100), told(4, 110)], 9).unwrap();
        assert_eq!((file.to, file.lines), (day(4), 1), "a balance of a day without lines proves what is before it");
        let file = planned(None, &waiting, &[told(1, 100), told(3, 130)], 9).unwrap();
        assert_eq!((file.to, file.lines), (day(3), 2), "the next balance proves both days");
    }

    #[test]
    fn stretches_end_with_their_sunday_and_their_month() {
        assert_eq!(Every::Week.end(day(4)), day(8));
        assert_eq!(Every::Week.end(day(8)), day(8));
        assert_eq!(Every::Month.end(day(4)), day(31));
    }
}
