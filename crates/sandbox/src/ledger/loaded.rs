//! Accounts made from statement files: rows, opening and closing exactly as the files say. What a file leaves out or
//! unreadable is not invented; what does not add up stays so, because that is what the bank said.

use std::collections::BTreeMap;

use domain::{AccountReference, Balance, Currency, Date, Money, Proof, Statement, Transaction};

use super::{Origin, Slot, Tally, Window};
use crate::traffic::calendar::yesterday;

/// The movements and balances of one account as its files have them.
pub(crate) struct Loaded {
    rows: BTreeMap<Date, Vec<Transaction>>,
    /// Everything up to and including a day, for the days that have rows.
    through: BTreeMap<Date, Tally>,
    first: Date,
    last: Date,
    opening: Option<i64>,
    closing: Option<i64>,
    /// Whether every statement adds up and each begins where the one before ended, so that the balance of any day between
    /// is known.
    adds_up: bool,
    /// The statements one by one, for files that leave a gap between them.
    statements: Vec<Stated>,
}

/// What one statement says of its days.
struct Stated {
    from: Date,
    to: Date,
    opening: Option<i64>,
    closing: Option<i64>,
    /// Whether it adds up and no other statement speaks of its days.
    stands_alone: bool,
}

/// One account found in the files.
pub(crate) struct LoadedAccount {
    pub(crate) reference: AccountReference,
    pub(crate) currency: Currency,
    pub(crate) holder: Option<String>,
    pub(crate) movements: Loaded,
}

/// Sorts statements into accounts, one for each account and currency, in the order in which the files name them. A
/// statement that comes twice, byte for byte the same in content, counts once.
pub(crate) fn accounts_of(statements: Vec<Statement>) -> Vec<LoadedAccount> {
    let mut groups: Vec<(AccountReference, Currency, Vec<Statement>)> = Vec::new();
    for statement in statements {
        let group = groups
            .iter_mut()
            .find(|(reference, currency, _)| *reference == statement.account && *currency == statement.currency);
        match group {
            Some((_, _, known)) if known.contains(&statement) => {}
            Some((_, _, known)) => known.push(statement),
            None => groups.push((statement.account.clone(), statement.currency, vec![statement])),
        }
    }
    let account = |(reference, currency, statements): (AccountReference, Currency, Vec<Statement>)| {
        let holder = statements.iter().find_map(|statement| statement.holder.clone());
        Loaded::of(statements, currency).map(|movements| LoadedAccount { reference, currency, holder, movements })
    };
    groups.into_iter().filter_map(account).collect()
}

impl Loaded {
    /// Chains the statements of one account in date order; `None` when they name no day at all.
    fn of(mut statements: Vec<Statement>, currency: Currency) -> Option<Loaded> {
        let page = |statement: &Statement| statement.pages.map_or(0, |pages| pages.number);
        statements.sort_by_key(|statement| (span(statement), page(statement)));
        let adds_up = chain_holds(&statements, currency);
        let first = statements.iter().filter_map(|statement| span(statement).map(|(from, _)| from)).min()?;
        let last = statements.iter().filter_map(|statement| span(statement).map(|(_, to)| to)).max()?;
        let minor = |balance: &Balance| (balance.amount.currency() == currency).then(|| balance.amount.minor());
        let opening = statements.first()?.opening.as_ref().and_then(minor);
        let closing = statements.last()?.closing.as_ref().and_then(minor);
        let stated = stated_one_by_one(&statements, currency);
        let mut rows: BTreeMap<Date, Vec<Transaction>> = BTreeMap::new();
        for entry in statements.into_iter().flat_map(|statement| statement.entries) {
            rows.entry(entry.transaction.booked_on).or_default().push(entry.transaction);
        }
        let mut tally = Tally::default();
        let mut through = BTreeMap::new();
        for (day, of_day) in &rows {
            tally.count += u64::try_from(of_day.len()).expect("a length fits in 64 bits");
            tally.minor = of_day.iter().fold(tally.minor, |sum, row| sum.saturating_add(row.amount.minor()));
            through.insert(*day, tally);
        }
        Some(Loaded { rows, through, first, last, opening, closing, adds_up, statements: stated })
    }

    pub(super) fn first_day(&self) -> Date {
        self.first
    }

    pub(super) fn last_day(&self) -> Date {
        self.last
    }

    pub(super) fn days(&self, window: Window) -> Vec<Date> {
        if window.from > window.to {
            return Vec::new();
        }
        self.rows.range(window.from..=window.to).map(|(day, _)| *day).collect()
    }

    pub(super) fn slots(&self, day: Date) -> Vec<Slot> {
        let rows = self.rows.get(&day).map(Vec::as_slice).unwrap_or_default();
        (0..)
            .zip(rows)
            .map(|(place, row)| Slot { home: day, origin: Origin::Base(place), minor: row.amount.minor() })
            .collect()
    }

    pub(super) fn transaction(&self, day: Date, place: usize) -> Transaction {
        self.rows[&day][place].clone()
    }

    pub(super) fn through(&self, day: Date) -> Tally {
        self.through.range(..=day).next_back().map(|(_, tally)| *tally).unwrap_or_default()
    }

    /// The balance at the end of a day: the first opening before everything, the last closing after everything; between
    /// them the sum where the files follow from each other, else what the statement of that day says.
    pub(super) fn balance_through(&self, day: Date) -> Option<i64> {
        if day >= self.last {
            self.closing
        } else if day < self.first {
            self.opening
        } else if self.adds_up {
            self.opening.map(|opening| opening + self.through(day).minor)
        } else {
            self.stated_through(day)
        }
    }

    fn stated_through(&self, day: Date) -> Option<i64> {
        let place = self.statements.iter().rposition(|statement| statement.from <= day)?;
        let statement = &self.statements[place];
        let next = self.statements.get(place + 1);
        if let Some(next) = next.filter(|next| day == yesterday(next.from) && next.opening.is_some()) {
            next.opening
        } else if day >= statement.to {
            statement.closing
        } else if statement.stands_alone {
            let before = self.through(yesterday(statement.from)).minor;
            statement.opening.map(|opening| opening + self.through(day).minor - before)
        } else {
            None
        }
    }
}

/// The balances of each statement, and whether they tell of every day between them.
fn stated_one_by_one(statements: &[Statement], currency: Currency) -> Vec<Stated> {
    let spans: Vec<(Date, Date)> = statements.iter().filter_map(span).collect();
    let alone = |(from, to): (Date, Date)| {
        spans.iter().filter(|(other_from, other_to)| *other_from <= to && *other_to >= from).count() == 1
    };
    let minor = |balance: &Option<Balance>| {
        let balance = balance.as_ref().filter(|balance| balance.amount.currency() == currency);
        balance.map(|balance| balance.amount.minor())
    };
    let one = |statement: &Statement| {
        span(statement).map(|(from, to)| Stated {
            from,
            to,
            opening: minor(&statement.opening),
            closing: minor(&statement.closing),
            stands_alone: statement.proof() == Proof::Proven && alone((from, to)),
        })
    };
    statements.iter().filter_map(one).collect()
}

/// First and last day that a statement speaks of.
fn span(statement: &Statement) -> Option<(Date, Date)> {
    let stated = statement.period.into_iter().flat_map(|(from, to)| [from, to]);
    let balances = statement.opening.iter().chain(&statement.closing).map(|balance| balance.date);
    let booked = statement.entries.iter().map(|entry| entry.transaction.booked_on);
    let mut days: Vec<Date> = stated.chain(balances).chain(booked).collect();
    days.sort_unstable();
    Some((*days.first()?, *days.last()?))
}

/// Whether the statements follow from each other: the sum from the first opening on meets every balance that a statement
/// or page states, all rows are in the account's currency, and no row is earlier than a row of a statement before it.
fn chain_holds(statements: &[Statement], currency: Currency) -> bool {
    let Some(mut running) = statements.first().and_then(|first| first.opening.as_ref()).map(|b| b.amount) else {
        return false;
    };
    let mut latest = Date::MIN;
    for statement in statements {
        let meets = |running: Money, stated: &Option<Balance>| {
            stated.as_ref().is_none_or(|balance| balance.amount == running && running.currency() == currency)
        };
        if !meets(running, &statement.opening) {
            return false;
        }
        for entry in &statement.entries {
            let Ok(sum) = running.checked_add(entry.transaction.amount) else { return false };
            running = sum;
        }
        let booked = || statement.entries.iter().map(|entry| entry.transaction.booked_on);
        if !meets(running, &statement.closing) || booked().min().is_some_and(|earliest| earliest < latest) {
            return false;
        }
        latest = booked().max().unwrap_or(latest);
    }
    statements.last().is_some_and(|last| last.closing.is_some())
}
