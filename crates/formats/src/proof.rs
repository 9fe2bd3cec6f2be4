//! Holds the balances of a file against its movements. Pages of one statement are judged together: the first page's
//! opening and the last page's closing prove all that lies between.

use domain::Proof;

use crate::{StatementSummary, Summary};

/// Sets the proof of every statement of a file.
pub(crate) fn judge(file: &mut Summary) {
    // The balances of a page of camt may be those of the whole statement; those of MT940 (`60M`, `62M`) are its own.
    let of_pages = !file.format.starts_with("camt");
    if judged(&mut file.statements, of_pages) {
        file.warnings.add(ELSEWHERE);
    }
}

/// What is said of a file that holds a part of a statement.
const ELSEWHERE: &str = "not all pages of a statement are in this file; without the others it proves nothing";

/// Judges statements whose pages lie in several files, once all their pages are given. One page is a message of its own
/// at many banks, so no file says by itself whether it adds up.
pub fn judge_together(files: &mut [&mut Summary]) {
    let mut pages: Vec<(usize, usize)> = Vec::new();
    for (file, summary) in files.iter().enumerate() {
        let paged = summary.statements.iter().enumerate().filter(|(_, statement)| statement.pages.is_some());
        pages.extend(paged.map(|(at, _)| (file, at)));
    }
    pages.sort_by_key(|(file, at)| {
        let statement = &files[*file].statements[*at];
        let page = statement.pages.map_or(0, |pages| pages.number);
        let currency = statement.currency.map(|currency| currency.to_string());
        (files[*file].format.clone(), statement.account.clone(), currency, statement.number.clone(), page, *file, *at)
    });
    let mut from = 0;
    while from < pages.len() {
        let mut to = from + 1;
        while to < pages.len() && follows(files, pages[to - 1], pages[to]) {
            to += 1;
        }
        let chain: Vec<StatementSummary> =
            pages[from..to].iter().map(|(file, at)| files[*file].statements[*at].clone()).collect();
        if is_whole(&chain) && pages[from..to].iter().any(|(file, _)| *file != pages[from].0) {
            let proof = proof_of(&chain);
            for (file, at) in &pages[from..to] {
                let statement = &mut files[*file].statements[*at];
                // Pages of camt that add up each by itself need no others.
                if proof == Proof::Proven || statement.proof != Proof::Proven {
                    statement.proof = proof;
                }
                files[*file].warnings.0.retain(|warning| warning != ELSEWHERE);
            }
        }
        from = to;
    }
}

/// Whether one page is of the same statement as the one before it, and the next.
fn follows(files: &[&mut Summary], page: (usize, usize), next: (usize, usize)) -> bool {
    let (first, second) = (&files[page.0].statements[page.1], &files[next.0].statements[next.1]);
    files[page.0].format == files[next.0].format && first.number == second.number && continues(first, second)
}

/// Judges chain by chain; true when one was not judged because pages are missing.
fn judged(statements: &mut [StatementSummary], of_pages: bool) -> bool {
    let mut missing = false;
    let mut from = 0;
    while from < statements.len() {
        let mut to = from + 1;
        while to < statements.len() && joins(&statements[to - 1], &statements[to], of_pages) {
            to += 1;
        }
        let together = proof_of(&statements[from..to]);
        let may_be_broken = of_pages || is_whole(&statements[from..to]);
        for statement in &mut statements[from..to] {
            let alone = if of_pages { together } else { proof_of(std::slice::from_ref(statement)) };
            statement.proof = match (together, alone) {
                (Proof::Broken(_), Proof::Proven) => Proof::Proven,
                (Proof::Broken(_), Proof::Unproven | Proof::Broken(_)) if !may_be_broken => {
                    missing = true;
                    Proof::Unproven
                }
                (Proof::Broken(_) | Proof::Proven | Proof::Unproven, _) => together,
            };
        }
        from = to;
    }
    missing
}

/// Whether a chain begins with the first page and ends with the last.
fn is_whole(chain: &[StatementSummary]) -> bool {
    let first = chain.first().and_then(|page| page.pages).is_none_or(|pages| pages.number <= 1);
    first && chain.last().and_then(|page| page.pages).is_none_or(|pages| pages.last)
}

/// Whether `next` is the page after `page`.
fn continues(page: &StatementSummary, next: &StatementSummary) -> bool {
    let (Some(first), Some(second)) = (page.pages, next.pages) else { return false };
    !first.last
        && second.number == first.number.saturating_add(1)
        && page.account == next.account
        && page.currency == next.currency
}

/// Whether `next` is judged with the page before it. Where each may repeat the balances of all, two that open and close
/// are of one statement only when they have its number.
fn joins(page: &StatementSummary, next: &StatementSummary, of_pages: bool) -> bool {
    let both = |page: &StatementSummary| page.opening.is_some() && page.closing.is_some();
    continues(page, next) && (of_pages || page.number == next.number || !(both(page) && both(next)))
}

fn proof_of(chain: &[StatementSummary]) -> Proof {
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else { return Proof::Unproven };
    let (Some(opening), Some(closing), Some(currency)) = (first.opening, last.closing, first.currency) else {
        return Proof::Unproven;
    };
    if chain.iter().any(|page| page.mixed) {
        return Proof::Unproven;
    }
    let reached = chain.iter().fold(opening.amount, |reached, page| reached.plus(page.sum));
    let difference = closing.amount.minus(reached);
    if difference.is_zero() {
        return Proof::Proven;
    }
    difference.rounded(currency).map_or(Proof::Unproven, Proof::Broken)
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Money, Pages};

    use super::*;
    use crate::{Exact, Figure};

    fn page(number: u32, last: bool, opening: Option<i64>, sum: i64, closing: Option<i64>) -> StatementSummary {
        let figure = |cents: i64| Figure { date: None, amount: Exact::from_units(cents, 2) };
        StatementSummary {
            account: Some("1".into()),
            currency: Some(Currency::EUR),
            number: None,
            opening: opening.map(figure),
            closing: closing.map(figure),
            count: 1,
            sum: Exact::from_units(sum, 2),
            mixed: false,
            pages: Some(Pages { number, last }),
            proof: Proof::Unproven,
            defects: 0,
        }
    }

    #[test]
    fn pages_are_chained_before_judging() {
        let mut pages = [page(1, false, Some(100), 10, None), page(2, true, None, -30, Some(80))];
        judged(&mut pages, true);
        assert_eq!([pages[0].proof, pages[1].proof], [Proof::Proven; 2]);

        let mut apart = [page(1, true, Some(100), 10, None), page(2, true, None, -30, Some(80))];
        judged(&mut apart, true);
        assert_eq!([apart[0].proof, apart[1].proof], [Proof::Unproven; 2]);

        let mut off = [page(1, false, Some(100), 10, Some(110)), page(2, true, Some(110), -30, Some(81))];
        judged(&mut off, true);
        assert_eq!(off[1].proof, Proof::Broken(Money::new(1, Currency::EUR)));
    }

    #[test]
    fn a_page_without_the_others_is_not_broken() {
        let mut alone = [page(1, false, Some(100), 10, Some(90))];
        assert!(judged(&mut alone, false));
        assert_eq!(alone[0].proof, Proof::Unproven);
        assert!(!judged(&mut alone, true), "where the balances are those of the page, it is judged");
        assert_eq!(alone[0].proof, Proof::Broken(Money::new(-20, Currency::EUR)));
    }

    #[test]
    fn pages_that_repeat_the_balances_of_all_are_judged_together() {
        let mut pages = [page(1, false, Some(100), 10, Some(80)), page(2, true, Some(100), -30, Some(80))];
        assert!(!judged(&mut pages, false));
        assert_eq!([pages[0].proof, pages[1].proof], [Proof::Proven; 2]);

        let mut off = [page(1, false, Some(100), 10, Some(80)), page(2, true, Some(100), -31, Some(80))];
        assert!(!judged(&mut off, false));
        assert_eq!([off[0].proof, off[1].proof], [Proof::Broken(Money::new(1, Currency::EUR)); 2]);

        let mut two = [page(1, false, Some(100), 10, Some(111)), page(2, true, Some(111), -30, Some(80))];
        (two[0].number, two[1].number) = (Some("1".into()), Some("2".into()));
        judged(&mut two, false);
        assert_eq!(
            [two[0].proof, two[1].proof],
            [Proof::Unproven; 2],
            "two mistakes in two statements make no right one"
        );
    }

    #[test]
    fn pages_in_several_files_are_judged_together() {
        let file = |pages: Vec<StatementSummary>| {
            let mut file = Summary { format: "camt.053".into(), statements: pages, ..Summary::default() };
            judge(&mut file);
            file
        };
        let mut first = file(vec![page(1, false, Some(100), 10, Some(80))]);
        let mut second = file(vec![page(2, true, None, -30, Some(80))]);
        assert_eq!((first.statements[0].proof, first.warnings.is_empty()), (Proof::Unproven, false));
        judge_together(&mut [&mut second, &mut first]);
        assert_eq!([first.statements[0].proof, second.statements[0].proof], [Proof::Proven; 2]);
        assert!(first.warnings.is_empty());

        let mut first = file(vec![page(1, false, Some(100), 10, Some(80))]);
        let mut second = file(vec![page(2, true, Some(100), -30, Some(80))]);
        assert_eq!([first.statements[0].proof, second.statements[0].proof], [Proof::Unproven; 2]);
        judge_together(&mut [&mut first, &mut second]);
        assert_eq!([first.statements[0].proof, second.statements[0].proof], [Proof::Proven; 2]);

        let mut alone = file(vec![page(1, false, Some(100), 10, None)]);
        let mut other = file(vec![page(3, true, None, -30, Some(80))]);
        judge_together(&mut [&mut alone, &mut other]);
        assert_eq!(alone.statements[0].proof, Proof::Unproven, "the second page is missing");
    }
}
