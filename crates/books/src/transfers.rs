//! Money that moved between own accounts shows in two journals: once going out, once coming in. The pairs are
//! suggested, and a person says whether they are right; nothing is booked by it.

use std::collections::{HashMap, HashSet};

use domain::{CompanyId, Date, LineId, ToSpan};

use crate::store::journal::{self, Journal, bare};
use crate::store::line::Line;
use crate::store::transfer::{self, Judged};
use crate::{BooksError, Inner};

/// Days that money may be under way.
const MOST_DAYS: i64 = 5;
/// How far back pairs are looked for.
const WINDOW_DAYS: i64 = 120;
/// How many lines are held against each other.
const MOST_LINES: i64 = 20_000;

/// One side of a pair.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    pub(crate) journal: Journal,
    pub(crate) line: Line,
}

/// Two lines that seem to be one transfer.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) debit: Side,
    pub(crate) credit: Side,
    /// Whether one side names the other's account.
    pub(crate) named: bool,
}

/// What there is to say of a company's transfers.
pub(crate) struct Transfers {
    pub(crate) suggested: Vec<Pair>,
    pub(crate) confirmed: Vec<Pair>,
}

impl Inner {
    /// Pairs of the last months, suggested or confirmed.
    pub(crate) async fn transfers(&self, company: CompanyId) -> Result<Transfers, BooksError> {
        let from = self.environment.today() - WINDOW_DAYS.days();
        let mut tx = self.db.read().await?;
        let journals = journal::of_company(&mut tx, company).await?;
        let judged = transfer::judged(&mut tx, company).await?;
        let lines = transfer::lines_since(&mut tx, company, from, MOST_LINES).await?;
        drop(tx);
        let sides: Vec<Side> = lines
            .into_iter()
            .filter_map(|(id, line)| {
                let journal = journals.iter().find(|journal| journal.id == id)?;
                Some(Side { journal: journal.clone(), line })
            })
            .collect();
        Ok(sort(&sides, &judged))
    }
}

/// Pure: pairs each line that money left by with at most one that it came in by. A pair in which one side names the
/// other's account is preferred, then the shortest way; a side that names somebody else is none.
fn sort(sides: &[Side], judged: &[Judged]) -> Transfers {
    let mut found: Vec<(bool, i64, usize, usize)> = Vec::new();
    let mut credits: HashMap<i64, Vec<usize>> = HashMap::new();
    for (at, side) in sides.iter().enumerate().filter(|(_, side)| side.line.amount_minor > 0) {
        credits.entry(side.line.amount_minor).or_default().push(at);
    }
    for (at, debit) in sides.iter().enumerate().filter(|(_, side)| side.line.amount_minor < 0) {
        for other in credits.get(&-debit.line.amount_minor).into_iter().flatten().copied() {
            let credit = &sides[other];
            let fits = credit.journal.id != debit.journal.id && credit.journal.currency == debit.journal.currency;
            if !fits {
                continue;
            }
            let days = days_between(debit.line.booked_on, credit.line.booked_on);
            let (Some(out), Some(into)) = (names(debit, &credit.journal), names(credit, &debit.journal)) else {
                continue;
            };
            if days <= MOST_DAYS {
                found.push((out || into, days, at, other));
            }
        }
    }
    found.sort_by_key(|(named, days, at, other)| (!*named, *days, *at, *other));
    let verdict = |debit: LineId, credit: LineId| {
        judged.iter().find(|judged| judged.debit == debit && judged.credit == credit).map(|judged| judged.verdict)
    };
    let mut all = Transfers { suggested: Vec::new(), confirmed: Vec::new() };
    let mut taken: HashSet<usize> = HashSet::new();
    // What was confirmed comes first: its lines are not in doubt any more.
    for wanted in [Some(transfer::Verdict::Confirmed), None] {
        for (named, _, at, other) in &found {
            let (debit, credit) = (&sides[*at], &sides[*other]);
            if verdict(debit.line.id, credit.line.id) != wanted || taken.contains(at) || taken.contains(other) {
                continue;
            }
            // Without a name, amount and day alone say too little.
            if wanted.is_none() && !*named && debit.line.amount_minor.abs() < 100 {
                continue;
            }
            taken.insert(*at);
            taken.insert(*other);
            let pair = Pair { debit: debit.clone(), credit: credit.clone(), named: *named };
            if wanted.is_some() { all.confirmed.push(pair) } else { all.suggested.push(pair) }
        }
    }
    all
}

/// Whether a line names a journal's account as its other side; `None` when it names another one.
fn names(side: &Side, other: &Journal) -> Option<bool> {
    match side.line.text.partner_account.as_deref().map(bare).filter(|account| !account.is_empty()) {
        None => Some(false),
        Some(account) => (account == bare(&other.reference)).then_some(true),
    }
}

fn days_between(one: Date, other: Date) -> i64 {
    one.until(other).map_or(i64::MAX, |span| i64::from(span.get_days()).abs())
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Environment, JournalId, SeededEntropy, SimulatedClock};

    use super::*;
    use crate::store::line::{LineState, LineText};
    use crate::store::transfer::Verdict;

    fn journal(id: u128, reference: &str) -> Journal {
        let company = CompanyId::from_u128(1);
        Journal::new(company, JournalId::from_u128(id), reference, reference, Currency::EUR)
    }

    fn side(environment: &Environment, journal: &Journal, day: &str, amount_minor: i64, other: Option<&str>) -> Side {
        let text = LineText {
            value_on: None,
            label: String::new(),
            partner_name: None,
            partner_account: other.map(str::to_owned),
            structured: None,
            end_to_end_id: None,
            foreign: None,
            exchange_rate: None,
            bank_id: None,
            raw: String::new(),
        };
        let line = Line {
            id: LineId::new(environment),
            source: String::new(),
            import: None,
            set_aside: None,
            sequence: 1,
            remote: String::new(),
            epoch: 0,
            booked_on: day.parse().unwrap(),
            amount_minor,
            text,
            state: LineState::Posted,
            note: None,
        };
        Side { journal: journal.clone(), line }
    }

    #[test]
    fn pairs_are_found_and_judged() {
        let environment = Environment::new(SimulatedClock::at(domain::Timestamp::UNIX_EPOCH), SeededEntropy::new(1));
        let (one, two) = (journal(1, "BE68 5390 0754 7034"), journal(2, "BE71096123456769"));
        let sides = [
            side(&environment, &one, "2026-03-02", -50_000, Some("BE71 0961 2345 6769")),
            side(&environment, &two, "2026-03-03", 50_000, None),
            // The same amount, nearer, but for somebody else.
            side(&environment, &two, "2026-03-02", 50_000, Some("FR7630006000011234567890189")),
            // Too late.
            side(&environment, &one, "2026-03-02", -70_000, None),
            side(&environment, &two, "2026-03-20", 70_000, None),
            // In the same journal.
            side(&environment, &one, "2026-03-04", -80_000, None),
            side(&environment, &one, "2026-03-04", 80_000, None),
        ];
        let found = sort(&sides, &[]);
        assert_eq!(found.suggested.len(), 1);
        assert!(found.suggested[0].named);
        assert_eq!(
            (found.suggested[0].debit.line.id, found.suggested[0].credit.line.id),
            (sides[0].line.id, sides[1].line.id)
        );
        let judged = |verdict| [Judged { debit: sides[0].line.id, credit: sides[1].line.id, verdict }];
        assert_eq!(sort(&sides, &judged(Verdict::Confirmed)).confirmed.len(), 1);
        let dismissed = sort(&sides, &judged(Verdict::Dismissed));
        assert_eq!((dismissed.suggested.len(), dismissed.confirmed.len()), (0, 0));
    }
}
