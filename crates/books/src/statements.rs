//! Statements: one a journal and month, held against the balances that the bank asserted. Nothing here is computed
//! into a balance: where the bank says nothing, the statement is unproven.
//!
//! A bank asserts a balance at an edge of a day: closing at its end, opening at its beginning. It serves as the opening
//! of a statement when no line lies between that edge and the first line; as the closing when none lies between the
//! last line and that edge.

use db::{DbError, Tx};
use domain::{Currency, Date, Money, Proof, ToSpan};

use crate::store::balance::{self, Asserted};
use crate::store::journal::Journal;
use crate::store::month::{self, Month};

/// A statement of the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookStatement {
    /// `2026-03`.
    pub month: String,
    /// First day of the month.
    pub from: Date,
    /// Last day of the month.
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

/// The statements of a journal, oldest first.
pub(crate) async fn of_journal(tx: &mut Tx, journal: &Journal) -> Result<Vec<BookStatement>, DbError> {
    let months = month::of_journal(tx, journal.company, journal.id).await?;
    let asserted = match journal.account {
        Some(account) => balance::of_account(tx, journal.company, account).await?,
        None => Vec::new(),
    };
    Ok(prove(&months, &asserted, journal.currency))
}

/// Pure: months with their lines against balances in the order of their days.
fn prove(months: &[Month], asserted: &[Asserted], currency: Currency) -> Vec<BookStatement> {
    let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency));
    let statement = |(at, month): (usize, &Month)| {
        let before = at.checked_sub(1).and_then(|at| months.get(at)).map(|before| before.last_on);
        let after = months.get(at + 1).map(|after| after.first_on);
        let from = month.first_on.first_of_month();
        let to = month.first_on.last_of_month();
        let opening = money(opening_of(asserted, before, month.first_on));
        let closing = money(closing_of(asserted, month.last_on, after, to));
        let total = Money::new(month.total_minor, currency);
        BookStatement {
            month: month.month.clone(),
            from,
            to,
            opening,
            closing,
            total,
            lines: month.line_count,
            proof: Proof::of(opening, [total], closing),
        }
    };
    months.iter().enumerate().map(statement).collect()
}

/// The newest balance that stands between the line before and the first line of the month. A closing balance wins over
/// an opening one of the day after, so that a bank that contradicts itself is seen.
fn opening_of(asserted: &[Asserted], before: Option<Date>, first: Date) -> Option<i64> {
    let closing = asserted
        .iter()
        .rev()
        .find(|told| !told.opening && told.on < first && before.is_none_or(|before| told.on >= before));
    let opening = asserted
        .iter()
        .rev()
        .find(|told| told.opening && told.on <= first && before.is_none_or(|before| told.on > before));
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

/// The newest closing balance from the day of the last line on, before the next line and inside the month.
fn closing_of(asserted: &[Asserted], last: Date, after: Option<Date>, end: Date) -> Option<i64> {
    let fits = |told: &&Asserted| {
        !told.opening && told.on >= last && told.on <= end && after.is_none_or(|after| told.on < after)
    };
    asserted.iter().rev().find(fits).map(|told| told.amount_minor)
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
        prove(months, asserted, Currency::EUR).into_iter().map(|statement| statement.proof).collect()
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
    fn balances_of_another_month_do_not_close_this_one() {
        let months = [month("2026-01", 500, "2026-01-05", "2026-01-28")];
        let asserted = [told(true, "2026-01-01", 1000), told(false, "2026-02-01", 1500)];
        assert_eq!(proofs(&months, &asserted), [Proof::Unproven]);
    }

    #[test]
    fn the_newest_balance_of_a_running_month_closes_it() {
        let months = [month("2026-01", 500, "2026-01-05", "2026-01-10")];
        let asserted = [told(true, "2026-01-05", 0), told(false, "2026-01-10", 500), told(false, "2026-01-12", 500)];
        assert_eq!(proofs(&months, &asserted), [Proof::Proven]);
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
