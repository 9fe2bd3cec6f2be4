//! Statements: one a journal and month, week or day, held against the balances that the bank asserted. Nothing here is
//! computed into a balance: where the bank says nothing, the statement is unproven.
//!
//! A bank asserts a balance at an edge of a day: closing at its end, opening at its beginning. It serves as the opening
//! of a statement when no line lies between that edge and the first line; as the closing when none lies between the
//! last line and that edge, the statement's own days before later ones. A journal that begins on a chosen day takes no
//! opening from before it.
//!
//! Where the bank told nothing between some statements, none of them is proven; but when their lines together contradict
//! the balances around them, the last of them is broken.
//!
//! After the last line, the month, week or day of the bank's newest balance has a statement without lines, and so has each
//! in which the balance moved: what the bank says last is seen, and so is a line that never came.

use std::collections::HashSet;

use db::{DbError, Tx};
use domain::{Currency, Date, Money, Proof, ToSpan};

use crate::store::balance::{self, Asserted};
use crate::store::file;
use crate::store::journal::{Journal, Period};
use crate::store::month::{self, Month};

/// A statement of the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookStatement {
    /// Its name: `2026-03`, `2026-W10`, `2026-03-05`.
    pub period: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The bank's balance before the first line.
    pub opening: Option<Money>,
    /// The bank's balance after the last line.
    pub closing: Option<Money>,
    /// The sum of the lines.
    pub total: Money,
    /// How many lines count.
    pub lines: i64,
    /// Opening + total held against closing.
    pub proof: Proof,
}

/// The statements of a journal, oldest first, as long as its setting says; none when it has none.
pub(crate) async fn of_journal(tx: &mut Tx, journal: &Journal) -> Result<Vec<BookStatement>, DbError> {
    match journal.period {
        Period::None => Ok(Vec::new()),
        Period::Monthly => by_month(tx, journal).await,
        Period::Daily | Period::Weekly => {
            let days = month::days_of_journal(tx, journal.company, journal.id).await?;
            match journal.period == Period::Daily {
                true => judge(tx, journal, days.iter().map(day).collect(), one_day).await,
                false => judge(tx, journal, weeks(&days), week_of).await,
            }
        }
    }
}

/// What a journal holds month by month and whether that is proven, whatever statements it has.
pub(crate) async fn by_month(tx: &mut Tx, journal: &Journal) -> Result<Vec<BookStatement>, DbError> {
    let months = month::of_journal(tx, journal.company, journal.id).await?;
    judge(tx, journal, months.iter().map(whole_month).collect(), month_of).await
}

/// Holds what lies in a journal, and what was told after it, against the bank's balances.
async fn judge(
    tx: &mut Tx,
    journal: &Journal,
    mut stretches: Vec<Stretch>,
    of: fn(Date) -> Days,
) -> Result<Vec<BookStatement>, DbError> {
    let asserted = asserted(tx, journal).await?;
    let quiet = quiet(stretches.last(), &asserted, journal.start_on, of);
    stretches.extend(quiet);
    Ok(prove(&stretches, &asserted, journal.currency, journal.start_on))
}

/// What the bank asserted: by the provider of the account that feeds the journal, or fed it last, and in the files
/// that were taken in. Where both speak of a day, the provider is the newer witness.
pub(crate) async fn asserted(tx: &mut Tx, journal: &Journal) -> Result<Vec<Asserted>, DbError> {
    let mut told = match journal.account.or(journal.former) {
        Some(account) => balance::of_account(tx, journal.company, account).await?,
        None => Vec::new(),
    };
    let of_provider: HashSet<(bool, Date)> = told.iter().map(|known| (known.opening, known.on)).collect();
    let of_files = file::balances(tx, journal.company, journal.id).await?;
    told.extend(of_files.into_iter().filter(|one| !of_provider.contains(&(one.opening, one.on))));
    told.sort_by_key(|one| (one.on, !one.opening));
    Ok(told)
}

/// The lines of one statement, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    period: String,
    from: Date,
    to: Date,
    lines: i64,
    total_minor: i64,
    first_on: Date,
    last_on: Date,
}

/// The days of a statement: its name, the first and the last.
type Days = (String, Date, Date);

fn month_of(day: Date) -> Days {
    (day.to_string().chars().take(7).collect(), day.first_of_month(), day.last_of_month())
}

fn week_of(day: Date) -> Days {
    let week = day.iso_week_date();
    // A bank may tell the first and the last days of the calendar; their weeks end with it.
    let from = day.saturating_sub(i64::from(week.weekday().to_monday_zero_offset()).days());
    (format!("{}-W{:02}", week.year(), week.week()), from, from.saturating_add(6.days()))
}

fn one_day(day: Date) -> Days {
    (day.to_string(), day, day)
}

fn whole_month(month: &Month) -> Stretch {
    let (from, to) = (month.first_on.first_of_month(), month.first_on.last_of_month());
    Stretch { from, to, ..day(month) }
}

fn day(day: &Month) -> Stretch {
    Stretch {
        period: day.month.clone(),
        from: day.first_on,
        to: day.last_on,
        lines: day.line_count,
        total_minor: day.total_minor,
        first_on: day.first_on,
        last_on: day.last_on,
    }
}

/// Days in the order of the calendar, put together from Monday to Sunday.
fn weeks(days: &[Month]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for one in days {
        let (period, from, to) = week_of(one.first_on);
        match found.last_mut().filter(|last| last.period == period) {
            Some(last) => {
                last.lines += one.line_count;
                last.total_minor += one.total_minor;
                last.last_on = one.last_on;
            }
            None => found.push(Stretch { period, from, to, ..day(one) }),
        }
    }
    found
}

/// The statements without lines that come after the last one with some: those in whose days the bank told a closing
/// balance.
fn quiet(last: Option<&Stretch>, asserted: &[Asserted], start_on: Option<Date>, of: fn(Date) -> Days) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let begun = |told: &&Asserted| start_on.is_none_or(|start| told.on >= start);
    for told in asserted.iter().filter(begun).filter(|told| last.is_none_or(|last| told.on > last.to)) {
        let (period, from, to) = of(told.on);
        if found.last().is_none_or(|known| known.period != period) {
            found.push(Stretch { period, from, to, lines: 0, total_minor: 0, first_on: told.on, last_on: told.on });
        }
    }
    found.retain(|stretch| closing_of(asserted, stretch.first_on, None, stretch.to).is_some());
    found
}

/// Pure: stretches with their lines against balances in the order of their days.
fn prove(
    stretches: &[Stretch],
    asserted: &[Asserted],
    currency: Currency,
    start_on: Option<Date>,
) -> Vec<BookStatement> {
    let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency));
    let day_before = start_on.and_then(|start| start.checked_sub(1.day()).ok());
    let closing = |at: usize| {
        let stretch = stretches.get(at)?;
        let after = stretches.get(at + 1).filter(|after| after.lines > 0).map(|after| after.first_on);
        let told = closing_of(asserted, stretch.last_on, after, stretch.to);
        told.or_else(|| closing_later(asserted, stretch.to, after)).map(|told| told.amount_minor)
    };
    let statement = |(at, stretch): (usize, &Stretch)| {
        let before = at.checked_sub(1).and_then(|at| stretches.get(at)).map(|before| before.last_on).or(day_before);
        let told = opening_of(asserted, before, stretch.first_on);
        // The bank may have told nothing between the last line and a statement without any: then the balance that closes
        // the one before opens this one.
        let continued = || at.checked_sub(1).filter(|_| stretch.lines == 0).and_then(&closing);
        let opening = money(told.or_else(continued));
        let closing = money(closing(at));
        let total = Money::new(stretch.total_minor, currency);
        BookStatement {
            period: stretch.period.clone(),
            from: stretch.from,
            to: stretch.to,
            opening,
            closing,
            total,
            lines: stretch.lines,
            proof: Proof::of(opening, [total], closing),
        }
    };
    let mut judged: Vec<BookStatement> = stretches.iter().enumerate().map(statement).collect();
    break_spans(&mut judged);
    let newest = judged.pop();
    judged.retain(|one| one.lines > 0 || matches!(one.proof, Proof::Broken(_)));
    judged.extend(newest);
    judged
}

/// Holds the lines of statements between which the bank told no balance against the balances around them.
fn break_spans(judged: &mut [BookStatement]) {
    let mut span: Option<(Money, Vec<Money>)> = None;
    for one in judged {
        span = match (one.opening, span) {
            (Some(opening), _) => Some((opening, vec![one.total])),
            (None, Some((opening, mut totals))) => {
                totals.push(one.total);
                Some((opening, totals))
            }
            (None, None) => None,
        };
        if one.closing.is_none() {
            continue;
        }
        if let Some((opening, totals)) = span.take().filter(|_| one.opening.is_none())
            && let broken @ Proof::Broken(_) = Proof::of(Some(opening), totals, one.closing)
        {
            one.proof = broken;
        }
    }
}

/// The newest balance that stands between the line before and the first line of the month. A closing balance wins over
/// an opening one of the day after, so that a bank that contradicts itself is seen.
pub(crate) fn opening_of(asserted: &[Asserted], before: Option<Date>, first: Date) -> Option<i64> {
    let near = between(asserted, before, first);
    let closing = near.iter().rev().find(|told| !told.opening && told.on < first);
    let opening = near.iter().rev().find(|told| told.opening && before.is_none_or(|before| told.on > before));
    match (closing, opening) {
        (Some(closing), Some(opening)) => {
            // An opening balance of day D stands at the end of the day before.
            let stands_at = opening.on.checked_sub(1.day()).unwrap_or(opening.on);
            Some(if stands_at > closing.on { opening } else { closing })
        }
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
    .map(|told| told.amount_minor)
}

/// The newest closing balance from the day of the last line on, before the next line and inside the statement.
pub(crate) fn closing_of(asserted: &[Asserted], last: Date, after: Option<Date>, end: Date) -> Option<&Asserted> {
    let fits = |told: &&Asserted| !told.opening && after.is_none_or(|after| told.on < after);
    between(asserted, Some(last), end).iter().rev().find(fits)
}

/// The balances of some days, out of many in the order of their days.
fn between(asserted: &[Asserted], from: Option<Date>, to: Date) -> &[Asserted] {
    let begin = from.map_or(0, |from| asserted.partition_point(|told| told.on < from));
    let end = asserted.partition_point(|told| told.on <= to);
    asserted.get(begin..end).unwrap_or_default()
}

/// The first closing balance after the days of a statement, when it stands before the next line.
fn closing_later(asserted: &[Asserted], end: Date, after: Option<Date>) -> Option<&Asserted> {
    asserted.iter().find(|told| !told.opening && told.on > end && after.is_none_or(|after| told.on < after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn month(month: &str, total_minor: i64, first: &str, last: &str) -> Month {
        Month { month: month.into(), line_count: 1, total_minor, first_on: date(first), last_on: date(last) }
    }

    fn told(opening: bool, on: &str, amount_minor: i64) -> Asserted {
        Asserted { opening, on: date(on), amount_minor }
    }

    fn proofs(months: &[Month], asserted: &[Asserted]) -> Vec<Proof> {
        proofs_from(months, asserted, None)
    }

    fn proofs_from(months: &[Month], asserted: &[Asserted], start_on: Option<&str>) -> Vec<Proof> {
        statements(months, asserted, start_on).into_iter().map(|statement| statement.proof).collect()
    }

    fn statements(months: &[Month], asserted: &[Asserted], start_on: Option<&str>) -> Vec<BookStatement> {
        let mut stretches: Vec<Stretch> = months.iter().map(whole_month).collect();
        let quiet = quiet(stretches.last(), asserted, start_on.map(date), month_of);
        stretches.extend(quiet);
        prove(&stretches, asserted, Currency::EUR, start_on.map(date))
    }

    /// Name, opening, total, closing and proof of each.
    fn shown(months: &[Month], asserted: &[Asserted]) -> Vec<String> {
        let money = |money: Option<Money>| money.map_or_else(|| "-".to_owned(), |money| money.decimal());
        statements(months, asserted, None)
            .into_iter()
            .map(|one| {
                let (opening, closing) = (money(one.opening), money(one.closing));
                format!("{} {opening} {} {closing} {}", one.period, one.total.decimal(), one.proof)
            })
            .collect()
    }

    #[test]
    fn what_the_bank_tells_after_the_last_line_is_shown_and_breaks() {
        let may = month("2026-05", -5000, "2026-05-04", "2026-05-04");
        // The file's closing lies in a later month, and the bank says nothing in between.
        let far = [told(true, "2026-05-04", 100_000), told(false, "2026-07-21", 90_000)];
        assert_eq!(
            shown(std::slice::from_ref(&may), &far),
            ["2026-05 1000.00 -50.00 900.00 broken(-50.00)", "2026-07 900.00 0.00 900.00 proven"]
        );
        // What is lost after the month's own closing breaks the month in which it is lost.
        let lost = [
            told(true, "2026-05-04", 100_000),
            told(false, "2026-05-31", 95_000),
            told(false, "2026-06-10", 90_000),
            told(false, "2026-07-21", 90_000),
        ];
        assert_eq!(
            shown(std::slice::from_ref(&may), &lost),
            [
                "2026-05 1000.00 -50.00 950.00 proven",
                "2026-06 950.00 0.00 900.00 broken(-50.00)",
                "2026-07 900.00 0.00 900.00 proven",
            ]
        );
    }

    #[test]
    fn an_account_without_movements_has_a_statement_of_its_balances() {
        let asserted = [told(true, "2024-03-07", 480_155), told(false, "2024-03-07", 480_155)];
        assert_eq!(shown(&[], &asserted), ["2024-03 4801.55 0.00 4801.55 proven"]);
        assert_eq!(shown(&[], &[told(true, "2024-03-07", 5)]), Vec::<String>::new(), "nothing closes it");
        let only = [told(false, "2024-03-07", 5)];
        assert_eq!(shown(&[], &only), ["2024-03 - 0.00 0.05 unproven"]);
        assert_eq!(statements(&[], &only, Some("2024-04-01")), [], "the journal begins later");
    }

    #[test]
    fn a_journal_that_begins_later_takes_no_opening_from_before() {
        // Lines of 5 January were left out by the start date: the balance before them opens nothing.
        let months = [month("2026-01", 500, "2026-01-12", "2026-01-28")];
        let asserted = [told(true, "2026-01-01", 1000), told(false, "2026-01-31", 9000)];
        assert_eq!(proofs_from(&months, &asserted, Some("2026-01-10")), [Proof::Unproven]);
        let asserted = [told(false, "2026-01-09", 8500), told(false, "2026-01-31", 9000)];
        assert_eq!(proofs_from(&months, &asserted, Some("2026-01-10")), [Proof::Proven]);
    }

    #[test]
    fn weeks_run_from_monday_to_sunday_over_the_turn_of_the_year() {
        let days = [
            month("2025-12-28", 1, "2025-12-28", "2025-12-28"),
            month("2025-12-29", 2, "2025-12-29", "2025-12-29"),
            month("2026-01-04", 4, "2026-01-04", "2026-01-04"),
            month("2026-01-05", 8, "2026-01-05", "2026-01-05"),
        ];
        let told: Vec<_> = weeks(&days)
            .into_iter()
            .map(|week| (week.period, week.from.to_string(), week.to.to_string(), week.total_minor, week.lines))
            .collect();
        let week = |name: &str, from: &str, to: &str, total, lines| {
            (name.to_owned(), from.to_owned(), to.to_owned(), total, lines)
        };
        assert_eq!(
            told,
            [
                week("2025-W52", "2025-12-22", "2025-12-28", 1, 1),
                week("2026-W01", "2025-12-29", "2026-01-04", 6, 2),
                week("2026-W02", "2026-01-05", "2026-01-11", 8, 1),
            ]
        );
    }

    #[test]
    fn closing_balances_chain_months() {
        let months =
            [month("2026-01", 500, "2026-01-05", "2026-01-28"), month("2026-02", -100, "2026-02-02", "2026-02-20")];
        let asserted =
            [told(true, "2026-01-05", 1000), told(false, "2026-01-31", 1500), told(false, "2026-02-20", 1400)];
        assert_eq!(proofs(&months, &asserted), [Proof::Proven, Proof::Proven]);
    }

    #[test]
    fn a_line_between_a_balance_and_its_month_proves_nothing() {
        let months =
            [month("2026-01", 500, "2026-01-05", "2026-01-28"), month("2026-02", 1, "2026-02-02", "2026-02-02")];
        let asserted = [told(false, "2026-01-20", 1300), told(false, "2026-02-28", 1501)];
        assert_eq!(proofs(&months, &asserted), [Proof::Unproven, Proof::Unproven]);
    }

    #[test]
    fn a_missing_line_breaks_the_proof_by_its_amount() {
        let months = [month("2026-01", 500, "2026-01-05", "2026-01-28")];
        let asserted = [told(true, "2026-01-01", 1000), told(false, "2026-01-28", 1512)];
        assert_eq!(proofs(&months, &asserted), [Proof::Broken(Money::new(12, Currency::EUR))]);
    }

    #[test]
    fn a_balance_of_a_later_month_closes_this_one_unless_a_line_lies_between() {
        let asserted = [told(true, "2026-01-01", 1000), told(false, "2026-02-03", 1500)];
        let january = month("2026-01", 500, "2026-01-05", "2026-01-28");
        let after = [january.clone(), month("2026-02", 20, "2026-02-05", "2026-02-05")];
        assert_eq!(proofs(&after, &asserted), [Proof::Proven, Proof::Unproven]);
        let before = |minor| [january.clone(), month("2026-02", minor, "2026-02-02", "2026-02-02")];
        let gap = |minor| Proof::Broken(Money::new(minor, Currency::EUR));
        assert_eq!(proofs(&before(20), &asserted), [Proof::Unproven, gap(-20)], "together they contradict the bank");
        assert_eq!(proofs(&before(0), &asserted), [Proof::Unproven, Proof::Unproven], "each alone is not proven");
    }

    #[test]
    fn months_after_the_last_line_are_shown_where_the_balance_moved_and_at_the_end() {
        let may = month("2026-05", -5000, "2026-05-04", "2026-05-04");
        let quiet = |on: &str| told(false, on, 95_000);
        let asserted = [
            told(true, "2026-05-04", 100_000),
            quiet("2026-05-31"),
            quiet("2026-06-30"),
            quiet("2026-07-31"),
            quiet("2026-08-31"),
        ];
        assert_eq!(
            shown(std::slice::from_ref(&may), &asserted),
            ["2026-05 1000.00 -50.00 950.00 proven", "2026-08 950.00 0.00 950.00 proven"]
        );
    }

    #[test]
    fn the_newest_balance_of_a_running_month_closes_it() {
        let months = [month("2026-01", 500, "2026-01-05", "2026-01-10")];
        let asserted = [told(true, "2026-01-05", 0), told(false, "2026-01-10", 500), told(false, "2026-01-12", 500)];
        assert_eq!(proofs(&months, &asserted), [Proof::Proven]);
    }

    #[test]
    fn the_first_and_the_last_days_of_the_calendar_have_a_week_and_a_statement() {
        let days = [month("a", 1, "-009999-01-01", "-009999-01-01"), month("b", 2, "9999-12-31", "9999-12-31")];
        let weeks = weeks(&days);
        assert_eq!((weeks[0].from, weeks[1].to), (Date::MIN, Date::MAX));
        let judged = prove(&weeks, &[told(true, "9999-12-31", 5)], Currency::EUR, Some(Date::MIN));
        assert_eq!(judged.iter().map(|one| one.lines).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn a_bank_that_contradicts_itself_is_seen() {
        let months = [month("2026-01", 5, "2026-01-05", "2026-01-10"), month("2026-02", 5, "2026-02-01", "2026-02-01")];
        let asserted = [
            told(true, "2026-01-05", 0),
            told(false, "2026-01-31", 5),
            told(true, "2026-02-01", 7),
            told(false, "2026-02-01", 12),
        ];
        assert_eq!(proofs(&months, &asserted), [Proof::Proven, Proof::Broken(Money::new(2, Currency::EUR))]);
    }
}
