//! An account's transactions of a period as one statement, for every format that the `formats` crate writes, and as a
//! PDF for people. The balances are the bank's or there are none; where a format demands one that the bank never told,
//! the format's refusal is passed on.

use db::{DbError, Tx};
use domain::{AccountReference, Balance, BalanceKind, Date, Entry, Statement, ToSpan, Transaction};
use formats::{Format, WriteError};

use crate::store;
use crate::store::account::Account;
use crate::store::balance::StoredBalance;

/// What can be written, in the order in which it is offered: the name in addresses and the ending of the file.
pub const FORMATS: [(&str, &str); 7] = [
    ("csv", "csv"),
    ("camt053", "xml"),
    ("mt940", "sta"),
    ("coda", "cod"),
    ("ofx", "ofx"),
    ("json", "json"),
    ("pdf", "pdf"),
];

/// How far back a balance is looked for that holds until the period begins.
const LOOK_BACK_DAYS: i32 = 400;

/// The statement of an account for a period, first and last day included.
pub async fn statement(
    tx: &mut Tx,
    account: &Account,
    bic: Option<String>,
    period: (Date, Date),
) -> Result<Statement, DbError> {
    let (organization, (from, to)) = (account.organization, period);
    let mut rows = store::transaction::window(tx, organization, account.id, from, to).await?;
    rows.retain(|row| !row.withdrawn);
    rows.sort_by_key(|row| (row.booked_on, row.seq));
    let early = from.saturating_sub(LOOK_BACK_DAYS.days());
    let told = store::balance::newest(tx, organization, account.id, account.currency, early, to).await?;
    let before = store::day::booked(tx, organization, account.id, account.currency, (early, from)).await?;
    let last_before = before.iter().map(|day| day.on).filter(|day| *day < from).max();
    let days = rows.first().map(|row| row.booked_on).zip(rows.last().map(|row| row.booked_on));
    let entries = rows.into_iter().zip(1..).map(|(row, position)| Entry {
        transaction: Transaction {
            booked_on: row.booked_on,
            value_on: row.value_on,
            amount: row.amount,
            details: row.details,
        },
        position,
        raw: String::new(),
        parts: vec![],
    });
    Ok(Statement {
        account: AccountReference::parse(&account.reference),
        currency: account.currency,
        id: Some(format!("{from}/{to}")),
        number: None,
        period: Some(period),
        holder: account.holder_name.clone(),
        servicer_bic: bic,
        opening: opening(&told, last_before, days.map_or(to, |(first, _)| first), from),
        closing: closing(&told, last_before, days.map(|(_, last)| last)),
        other_balances: vec![],
        entries: entries.collect(),
        pages: None,
    })
}

/// The bank's balance before the first movement of the period: a closing balance behind the last movement before it,
/// or an opening balance up to its first one.
fn opening(told: &[StoredBalance], last_before: Option<Date>, first: Date, from: Date) -> Option<Balance> {
    let holds = |balance: &&StoredBalance| match balance.kind {
        BalanceKind::ClosingBooked => balance.on < first && last_before.is_none_or(|last| last <= balance.on),
        BalanceKind::OpeningBooked => from <= balance.on && balance.on <= first,
        BalanceKind::InterimBooked | BalanceKind::Available | BalanceKind::ForwardAvailable => false,
    };
    // An opening balance of the period's own day is nearer than a closing one of an earlier day.
    let found =
        told.iter().filter(holds).max_by_key(|balance| (balance.on, balance.kind == BalanceKind::OpeningBooked))?;
    Some(Balance { kind: BalanceKind::OpeningBooked, date: found.on, amount: found.amount })
}

/// The bank's balance after the last movement.
fn closing(told: &[StoredBalance], last_before: Option<Date>, last: Option<Date>) -> Option<Balance> {
    let since = last.or(last_before);
    let closing = |balance: &&StoredBalance| balance.kind == BalanceKind::ClosingBooked;
    let holds = |balance: &&StoredBalance| since.is_none_or(|last| last <= balance.on);
    let found = told.iter().filter(closing).filter(holds).max_by_key(|balance| balance.on)?;
    Some(Balance { kind: BalanceKind::ClosingBooked, date: found.on, amount: found.amount })
}

/// The statement in a format of the `formats` crate; `None` when there is no format of that name that we write.
pub fn written(statement: &Statement, format: &str) -> Option<Result<Vec<u8>, WriteError>> {
    let format = Format::named(format).filter(|format| format.is_written())?;
    Some(format.write(std::slice::from_ref(statement)).map(|written| written.bytes))
}

#[cfg(test)]
mod tests {
    use domain::{BalanceId, Currency, Money, Timestamp};

    use super::*;

    fn told(kind: BalanceKind, day: i8, minor: i64) -> StoredBalance {
        let amount = Money::new(minor, Currency::EUR);
        let (id, on) = (BalanceId::from_u128(1), Date::constant(2026, 3, day));
        StoredBalance { id, seq: 1, kind, on, amount, seen_at: Timestamp::UNIX_EPOCH, file: None, withdrawn: false }
    }

    #[test]
    fn balances_are_the_banks_or_absent() {
        let day = |day| Date::constant(2026, 3, day);
        let balances = [
            told(BalanceKind::OpeningBooked, 1, 100),
            told(BalanceKind::ClosingBooked, 5, 150),
            told(BalanceKind::ClosingBooked, 20, 170),
        ];
        let minor = |balance: Option<Balance>| balance.map(|balance| balance.amount.minor());
        assert_eq!(minor(opening(&balances, Some(day(5)), day(12), day(10))), Some(150), "nothing moved since the 5th");
        assert_eq!(minor(opening(&balances, Some(day(7)), day(12), day(10))), None, "it moved on the 7th");
        assert_eq!(minor(opening(&balances, None, day(3), day(1))), Some(100));
        assert_eq!(minor(closing(&balances, None, Some(day(18)))), Some(170));
        assert_eq!(minor(closing(&balances, None, Some(day(21)))), None, "the bank has not said what the 21st left");
        assert_eq!(minor(closing(&balances[..2], Some(day(5)), None)), Some(150), "a period without movements");
    }
}
