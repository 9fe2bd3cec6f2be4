//! What is used, and what that comes to: the only place where days become money. The API's usage document, the usage
//! page and the invoice all come here.
//!
//! A unit is an account inside the integrations with one application. It costs the price of a month, in proportion to the
//! days (UTC) on which it was inside; the day it came and the day it went count, and a day counts once however often it
//! came and went. Each line is rounded to the cent, halves up; the sum of the lines is the invoice.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Tx};
use domain::{AccountId, Date, OrganizationId, Timestamp, ToSpan};

use crate::Hub;
use crate::store::integration::Stay;
use crate::store::membership;
use crate::store::price as prices;
use crate::store::usage::{self as stays, Line, PaidStay};

const DAY_SECONDS: i64 = 86_400;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: Date,
    /// Days since 1970 of the first day, and of the first day of the next month.
    span: (i64, i64),
}

impl Month {
    /// Reads `2026-03`.
    pub fn parse(text: &str) -> Option<Month> {
        let shaped = text.len() == 7 && text.as_bytes()[4] == b'-';
        let first: Date = format!("{text}-01").parse().ok().filter(|_| shaped)?;
        Month::of(first)
    }

    /// The month of a day; `None` at the end of the calendar.
    pub fn of(day: Date) -> Option<Month> {
        let first = day.first_of_month();
        let next = first.checked_add(1.month()).ok()?;
        let number = |date: Date| Date::constant(1970, 1, 1).duration_until(date).as_hours() / 24;
        Some(Month { first, span: (number(first), number(next)) })
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Date {
        self.first.last_of_month()
    }

    /// Its first instant, and that of the next month (UTC).
    pub fn instants(&self) -> (Timestamp, Timestamp) {
        let at = |day: i64| Timestamp::from_second(day * DAY_SECONDS).expect("a day of the calendar is an instant");
        (at(self.span.0), at(self.span.1))
    }

    /// How many days it has.
    pub fn days(&self) -> i64 {
        self.span.1 - self.span.0
    }

    /// The month before.
    pub fn before(&self) -> Option<Month> {
        self.first.checked_sub(1.day()).ok().and_then(Month::of)
    }

    /// The month after.
    pub fn after(&self) -> Option<Month> {
        self.first.checked_add(1.month()).ok().and_then(Month::of)
    }

    /// The days on which each account was inside. A month that goes on counts until now.
    pub fn used(&self, stays: &[Stay], now: Timestamp) -> BTreeMap<AccountId, i64> {
        let mut days: BTreeMap<AccountId, BTreeSet<i64>> = BTreeMap::new();
        for stay in stays {
            let last = day_of(stay.removed_at.unwrap_or(now).min(now));
            let inside = day_of(stay.added_at).max(self.span.0)..=last.min(self.span.1 - 1);
            days.entry(stay.account).or_default().extend(inside);
        }
        let count = |(account, days): (AccountId, BTreeSet<i64>)| (account, i64::try_from(days.len()).unwrap_or(0));
        days.into_iter().map(count).filter(|(_, days)| *days > 0).collect()
    }

    /// Accounts in hundredths: the days used over the days of the month, halves up.
    pub fn hundredths(&self, used: &BTreeMap<AccountId, i64>) -> i64 {
        let used: i64 = used.values().sum();
        rounded(used * 100, self.days())
    }

    /// What so many days of an account cost at a price a month, in minor units.
    pub fn cost(&self, days: i64, price_minor: i64) -> i64 {
        rounded(days * price_minor, self.days())
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

/// What an organization used in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// What it pays for: for itself, and as the maker of software whose users pay nothing.
    pub lines: Vec<Line>,
    /// Software that its makers pay for, with the accounts of the organization that were inside.
    pub covered: Vec<Line>,
}

impl Used {
    /// Sum of the lines in minor units.
    pub fn net_minor(&self) -> i64 {
        self.lines.iter().map(|line| line.net_minor).sum()
    }

    /// Accounts in hundredths: all days of the lines over the days of the month.
    pub fn hundredths(&self, month: Month) -> i64 {
        rounded(self.lines.iter().map(|line| line.days).sum::<i64>() * 100, month.days())
    }
}

/// The price of a month, in minor units: the lowest that held on any of its days, so that a higher one counts from the month
/// after, and nothing is charged for a month in part of which nothing was. Before the operator began, the first price.
pub async fn price_of(hub: &Hub, tx: &mut Tx, month: Month) -> Result<i64, DbError> {
    Ok(prices::lowest(tx, month.first(), month.last()).await?.unwrap_or(hub.settings.price_minor))
}

/// The first month that an organization may still be invoiced for: the one after the last that it is, else that of the
/// first use that it pays for. `None` when it never had any, or the operator does not charge yet.
pub(crate) async fn first_open(tx: &mut Tx, organization: OrganizationId) -> Result<Option<Month>, DbError> {
    if let Some(through) = prices::invoiced_through(tx, organization).await? {
        return Ok(Month::parse(&through).and_then(|month| month.after()));
    }
    let Some(begun) = prices::begun_on(tx).await?.and_then(Month::of) else { return Ok(None) };
    let used = prices::first_use(tx, organization).await?;
    let used = used.and_then(|at| Date::constant(1970, 1, 1).checked_add(day_of(at).days()).ok()).and_then(Month::of);
    let brought = prices::first_bequeathed(tx, organization).await?.and_then(|month| Month::parse(&month));
    Ok(used.into_iter().chain(brought).min().map(|first| first.max(begun)))
}

/// What an organization used in a month, line by line. A month that goes on counts until now.
pub async fn used(hub: &Hub, tx: &mut Tx, organization: OrganizationId, month: Month) -> Result<Used, DbError> {
    let now = hub.environment.now();
    let (covered, own): (Vec<PaidStay>, Vec<PaidStay>) =
        stays::own(tx, organization, month.instants()).await?.into_iter().partition(|stay| stay.paid_by.is_some());
    let brought = stays::as_payer(tx, organization, month.instants()).await?;
    let price = price_of(hub, tx, month).await?;
    let mut lines = counted(month, &own, price, now, |stay| stay.account_name.clone());
    lines.extend(counted(month, &brought, price, now, whose));
    lines.extend(stays::bequeathed(tx, organization, &month.to_string()).await?);
    let others: Vec<PaidStay> = covered.into_iter().filter(|stay| stay.paid_by != Some(organization)).collect();
    Ok(Used { lines, covered: counted(month, &others, 0, now, |stay| stay.account_name.clone()) })
}

/// Writes down what the makers of software pay for the use of an organization that is being erased, in each month that they
/// are not invoiced for yet, until this one: its rows go, and the makers' invoices are drawn up later.
pub(crate) async fn bequeath(hub: &Hub, tx: &mut Tx, erased: OrganizationId, last: Month) -> Result<(), DbError> {
    let until_now = (Timestamp::MIN, last.instants().1);
    let mut makers: BTreeMap<OrganizationId, Vec<PaidStay>> = BTreeMap::new();
    for stay in stays::own(tx, erased, until_now).await? {
        if let Some(maker) = stay.paid_by.filter(|maker| *maker != erased) {
            makers.entry(maker).or_default().push(stay);
        }
    }
    let now = hub.environment.now();
    for (maker, found) in makers {
        // Not while the maker's invoice is drawn up, which counts these rows as long as they are there.
        if !membership::lock(tx, maker).await? {
            continue;
        }
        let mut next = first_open(tx, maker).await?.or(Some(last)).filter(|first| *first <= last);
        while let Some(month) = next {
            let price = price_of(hub, tx, month).await?;
            let lines = counted(month, &found, price, now, whose);
            if !lines.is_empty() {
                stays::bequeath(tx, maker, &month.to_string(), erased, &lines).await?;
            }
            next = month.after().filter(|after| *after <= last);
        }
    }
    Ok(())
}

/// An account of one of the organizations that a maker pays for.
fn whose(stay: &PaidStay) -> String {
    format!("{} · {}", stay.organization_name, stay.account_name)
}

fn counted(
    month: Month,
    found: &[PaidStay],
    price_minor: i64,
    now: Timestamp,
    named: impl Fn(&PaidStay) -> String,
) -> Vec<Line> {
    let mut units: BTreeMap<_, Vec<&PaidStay>> = BTreeMap::new();
    for stay in found {
        units.entry((&stay.software, stay.application, stay.organization)).or_default().push(stay);
    }
    let mut lines = Vec::new();
    for ((software, _, _), unit) in units {
        let stays: Vec<Stay> = unit.iter().map(|one| one.stay).collect();
        for (account, days) in month.used(&stays, now) {
            let one = unit.iter().find(|one| one.stay.account == account).expect("days come from a stay");
            lines.push(Line {
                software: software.clone(),
                account: named(one),
                days,
                of_days: month.days(),
                price_minor,
                net_minor: month.cost(days, price_minor),
            });
        }
    }
    lines.sort_by(|one, other| (&one.software, &one.account).cmp(&(&other.software, &other.account)));
    lines
}

/// A quotient of numbers that are not negative, halves up.
pub fn rounded(numerator: i64, denominator: i64) -> i64 {
    (2 * numerator + denominator) / (2 * denominator)
}

fn day_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY_SECONDS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stay(account: u128, added: &str, removed: Option<&str>) -> Stay {
        Stay {
            account: AccountId::from_u128(account),
            added_at: added.parse().unwrap(),
            removed_at: removed.map(|at| at.parse().unwrap()),
        }
    }

    #[test]
    fn accounts_count_by_the_day() {
        let june = Month::parse("2026-06").unwrap();
        let now = "2026-08-01T00:00:00Z".parse().unwrap();
        let count = |stays: &[Stay]| june.hundredths(&june.used(stays, now));
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[stay(1, "2026-01-01T00:00:00Z", None)]), 100);
        assert_eq!(count(&[stay(1, "2026-06-16T23:00:00Z", None)]), 50);
        let half = [
            stay(1, "2026-05-01T00:00:00Z", Some("2026-06-15T00:00:00Z")),
            stay(2, "2026-06-16T00:00:00Z", Some("2026-07-03T00:00:00Z")),
        ];
        assert_eq!(count(&half), 100);
        let twice_a_day = [
            stay(1, "2026-06-02T08:00:00Z", Some("2026-06-02T09:00:00Z")),
            stay(1, "2026-06-02T10:00:00Z", Some("2026-06-02T11:00:00Z")),
        ];
        assert_eq!(count(&twice_a_day), 3, "one day is one day");
        assert_eq!(count(&[stay(1, "2026-07-01T00:00:00Z", None)]), 0);
        let early = "2026-06-03T12:00:00Z".parse().unwrap();
        let going_on = june.used(&[stay(1, "2026-06-01T00:00:00Z", None)], early);
        assert_eq!(june.hundredths(&going_on), 10);
    }

    #[test]
    fn only_months_are_months() {
        for wrong in ["2026", "2026-13", "2026-6", "2026-06-01", "junejun", ""] {
            assert!(Month::parse(wrong).is_none(), "{wrong}");
        }
        assert_eq!(Month::parse("2026-02").unwrap().days(), 28);
        assert_eq!(Month::parse("2026-12").unwrap().after().unwrap().to_string(), "2027-01");
        assert_eq!(Month::parse("2026-01").unwrap().before().unwrap().to_string(), "2025-12");
    }

    /// Walks the month day by day and asks of each account whether it was inside at any second of the day.
    fn oracle(stays: &[Stay], month: Month, price: i64, now: Timestamp) -> (i64, i64) {
        // Cents by trial instead of by division: the nearest one, the larger of two.
        let nearest = |exact: i64, most: i64| {
            (0..=most).min_by_key(|cents| ((cents * month.days() - exact).abs(), -cents)).unwrap()
        };
        let (mut total, mut all_days) = (0, 0);
        let accounts: BTreeSet<AccountId> = stays.iter().map(|stay| stay.account).collect();
        for account in accounts {
            let mut days = 0;
            for day in 0..month.days() {
                let from = (month.span.0 + day) * DAY_SECONDS;
                let to = from + DAY_SECONDS - 1;
                let inside = stays.iter().filter(|stay| stay.account == account).any(|stay| {
                    let end = stay.removed_at.unwrap_or(now).min(now).as_second();
                    stay.added_at.as_second() <= to && end >= from
                });
                days += i64::from(inside);
            }
            total += nearest(days * price, price);
            all_days += days;
        }
        (total, nearest(all_days * 100, 1_000))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_arithmetic_is_that_of_counting_day_by_day(
            drawn in proptest::collection::vec((1u128..5, 0i64..100 * 86_400, 0i64..60 * 86_400, any::<bool>()), 0..9),
            month in 1i16..5,
            price in 0i64..1_200,
            now in 0i64..120 * 86_400,
        ) {
            let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
            let at = |seconds: i64| Timestamp::from_second(start.as_second() + seconds).unwrap();
            let stays: Vec<Stay> = drawn
                .iter()
                .filter(|(_, added, _, _)| *added <= now)
                .map(|(account, added, long, open)| Stay {
                    account: AccountId::from_u128(*account),
                    added_at: at(*added),
                    removed_at: (!open).then(|| at(added + long)),
                })
                .collect();
            let month = Month::parse(&format!("2026-{month:02}")).unwrap();
            let used = month.used(&stays, at(now));
            let sum: i64 = used.values().map(|days| month.cost(*days, price)).sum();
            prop_assert_eq!((sum, month.hundredths(&used)), oracle(&stays, month, price, at(now)));
            prop_assert!(used.values().all(|days| *days <= month.days()));
        }
    }
}
