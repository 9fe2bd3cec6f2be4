//! Holds the statements of several files against each other: their numbers, and where one closes and the next opens.
//! A gap changes no proof, for each statement may add up by itself; it says that one is missing.

use domain::Date;

use crate::StatementSummary;

/// A statement with where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'s> {
    /// The name of its file, for the sentence.
    pub file: &'s str,
    /// The format of its file: numbers of two formats do not count together.
    pub format: &'s str,
    /// The statement.
    pub statement: &'s StatementSummary,
}

/// Something between two statements of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Which of the given statements stands behind it.
    pub behind: usize,
    /// What is wrong, in a sentence.
    pub sentence: String,
}

/// Every gap between statements of the same account, currency and format, in the order of their days.
///
/// Interim reports (camt.052, camt.054, MT942) overlap by their nature and are left out, as are statements whose days
/// overlap. Banks that number by the day of the year are recognised by that.
pub fn gaps(statements: &[Placed<'_>]) -> Vec<Gap> {
    let mut order: Vec<usize> = (0..statements.len()).filter(|at| in_sequence(&statements[*at])).collect();
    order.sort_by_key(|at| {
        let Placed { format, statement, .. } = statements[*at];
        let days = (opened_on(statement).or(closed_on(statement)), closed_on(statement));
        let page = statement.pages.map_or(0, |pages| pages.number);
        (format, &statement.account, statement.currency.map(|c| c.to_string()), days, number(statement), page, *at)
    });
    let mut found = Vec::new();
    for pair in order.windows(2) {
        let (before, behind) = (&statements[pair[0]], &statements[pair[1]]);
        let (first, second) = (before.statement, behind.statement);
        let same = before.format == behind.format
            && first.account == second.account
            && first.currency == second.currency
            && first.account.is_some();
        if same && !are_pages(first, second) && (is_same(first, second) || !overlap(first, second)) {
            found.extend(between(before, behind).map(|sentence| Gap { behind: pair[1], sentence }));
        }
    }
    found
}

fn in_sequence(placed: &Placed<'_>) -> bool {
    !matches!(placed.format, "camt.052" | "camt.054" | "mt942")
}

fn number(statement: &StatementSummary) -> Option<u64> {
    let text = statement.number.as_deref()?;
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn opened_on(statement: &StatementSummary) -> Option<Date> {
    statement.opening.and_then(|figure| figure.date)
}

fn closed_on(statement: &StatementSummary) -> Option<Date> {
    statement.closing.and_then(|figure| figure.date)
}

/// Whether the second begins before the first has ended, so that neither follows the other.
fn overlap(first: &StatementSummary, second: &StatementSummary) -> bool {
    closed_on(first).zip(opened_on(second)).is_some_and(|(closed, opened)| opened < closed)
}

/// What is wrong between two statements, if anything is.
fn between(before: &Placed<'_>, behind: &Placed<'_>) -> Option<String> {
    let (first, second) = (before.statement, behind.statement);
    let account = second.account.as_deref().unwrap_or_default();
    if is_same(first, second) {
        return Some(format!("{account}: the same statement is given twice, in {} and {}", before.file, behind.file));
    }
    let numbers = missing(first, second);
    let figures = first.closing.zip(second.opening);
    let meet = figures.map(|(closing, opening)| closing.amount.minus(opening.amount).is_zero());
    let digits = second.currency.map_or(2, |currency| currency.minor_digits());
    let (closing, opening) = figures.map_or_else(Default::default, |(closing, opening)| {
        (closing.amount.decimal(digits), opening.amount.decimal(digits))
    });
    let files = format!("{} and {}", before.file, behind.file);
    match (numbers, meet) {
        (None, None | Some(true)) => None,
        (Some(numbers), None) => Some(format!("{account}: {numbers} missing between {files}")),
        (Some(numbers), Some(true)) => {
            Some(format!("{account}: {numbers} missing between {files}, though the balances meet"))
        }
        (Some(numbers), Some(false)) => Some(format!(
            "{account}: {numbers} missing between {files}; the one before closes at {closing}, the one behind opens at \
             {opening}"
        )),
        (None, Some(false)) => Some(format!(
            "{account}: what moved between {files} is missing; the one before closes at {closing}, the one behind \
             opens at {opening}"
        )),
    }
}

/// Whether these are two pages of one statement that both repeat its balances.
fn are_pages(first: &StatementSummary, second: &StatementSummary) -> bool {
    let numbers = first.pages.zip(second.pages);
    numbers.is_some_and(|(first, second)| first.number != second.number)
        && (&first.number, first.opening, first.closing) == (&second.number, second.opening, second.closing)
}

fn is_same(first: &StatementSummary, second: &StatementSummary) -> bool {
    first.number.is_some()
        && (&first.number, first.pages, first.opening, first.closing, first.count, first.sum)
            == (&second.number, second.pages, second.opening, second.closing, second.count, second.sum)
}

/// Which numbers are missing between two statements; they may begin again with a year.
fn missing(first: &StatementSummary, second: &StatementSummary) -> Option<String> {
    let (before, behind) = number(first).zip(number(second))?;
    if numbered_by_day(first, before) && numbered_by_day(second, behind) {
        return None;
    }
    let year = |statement| closed_on(statement).or(opened_on(statement)).map(|day| day.year());
    let begins_again = behind < before && year(second) > year(first);
    let from = if begins_again { 1 } else { before.checked_add(1)? };
    match behind.checked_sub(from)? {
        0 => None,
        1 => Some(format!("statement {from} is")),
        _ => Some(format!("the statements {from} to {} are", behind - 1)),
    }
}

/// Whether the number is the day of the year, with or without the year in front.
fn numbered_by_day(statement: &StatementSummary, number: u64) -> bool {
    closed_on(statement).is_some_and(|day| i64::try_from(number % 1000) == Ok(i64::from(day.day_of_year())))
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Proof};

    use super::*;
    use crate::{Exact, Figure};

    fn statement(number: &str, days: [&str; 2], opening: i64, closing: i64) -> StatementSummary {
        let figure =
            |day: &str, cents| Some(Figure { date: Some(day.parse().unwrap()), amount: Exact::from_units(cents, 2) });
        StatementSummary {
            account: Some("BE68539007547034".into()),
            currency: Some(Currency::EUR),
            number: Some(number.into()),
            opening: figure(days[0], opening),
            closing: figure(days[1], closing),
            count: 1,
            sum: Exact::from_units(closing - opening, 2),
            mixed: false,
            pages: None,
            proof: Proof::Proven,
            defects: 0,
        }
    }

    fn told(statements: &[StatementSummary]) -> Vec<String> {
        let names: Vec<String> = (0..statements.len()).map(|at| format!("f{at}")).collect();
        let placed: Vec<Placed<'_>> =
            statements.iter().zip(&names).map(|(statement, file)| Placed { file, format: "coda", statement }).collect();
        gaps(&placed).into_iter().map(|gap| format!("{}>{}", gap.behind, gap.sentence)).collect()
    }

    #[test]
    fn files_that_follow_each_other_say_nothing_in_any_order() {
        let [a, b, c] = [
            statement("250", ["2025-12-29", "2025-12-30"], 0, 5),
            statement("251", ["2025-12-30", "2025-12-31"], 5, 9),
            statement("001", ["2025-12-31", "2026-01-02"], 9, 7),
        ];
        assert!(told(&[c.clone(), a.clone(), b.clone()]).is_empty());
        assert!(told(&[a, b, c]).is_empty());
        let page = |number, last| StatementSummary {
            pages: Some(domain::Pages { number, last }),
            ..statement("7", ["2026-03-01", "2026-03-01"], 10, 9)
        };
        assert!(told(&[page(1, false), page(2, true)]).is_empty(), "both repeat the balances of their statement");
        assert_eq!(told(&[page(1, true), page(1, true)]).len(), 1);
    }

    #[test]
    fn a_missing_number_and_balances_that_do_not_meet_are_told() {
        let account = "BE68539007547034";
        let before = statement("12", ["2026-03-01", "2026-03-02"], 0, 500);
        for (behind, wanted) in [
            (
                statement("14", ["2026-03-04", "2026-03-05"], 500, 1),
                "statement 13 is missing between f0 and f1, though the balances meet",
            ),
            (
                statement("16", ["2026-03-04", "2026-03-05"], 420, 1),
                "the statements 13 to 15 are missing between f0 and f1; the one before closes at 5.00, the one behind opens at 4.20",
            ),
            (
                statement("13", ["2026-03-04", "2026-03-05"], 420, 1),
                "what moved between f0 and f1 is missing; the one before closes at 5.00, the one behind opens at 4.20",
            ),
            (
                statement("3", ["2027-01-04", "2027-01-05"], 500, 1),
                "the statements 1 to 2 are missing between f0 and f1, though the balances meet",
            ),
        ] {
            assert_eq!(told(&[before.clone(), behind]), [format!("1>{account}: {wanted}")]);
        }
        assert_eq!(
            told(&[before.clone(), before]),
            [format!("1>{account}: the same statement is given twice, in f0 and f1")]
        );
    }

    #[test]
    fn other_accounts_overlaps_and_days_of_the_year_are_no_gaps() {
        let before = statement("61", ["2026-03-01", "2026-03-02"], 0, 500);
        let other =
            StatementSummary { account: Some("other".into()), ..statement("90", ["2026-03-05", "2026-03-06"], 1, 2) };
        assert!(told(&[before.clone(), other]).is_empty());
        assert!(told(&[before.clone(), statement("90", ["2026-03-01", "2026-03-31"], 1, 2)]).is_empty());
        assert!(told(&[before, statement("26064", ["2026-03-02", "2026-03-05"], 500, 2)]).is_empty());
    }
}
