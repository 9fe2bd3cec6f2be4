//! A bank books a movement on another day, across the first day of what is listed: it stays the row that it was.

use connectors::Listed;
use domain::{AccountId, Balance, BalanceKind, Currency, Date, Details, Money, SynchronizationId, ToSpan, Transaction};
use hub::store;
use hub::store::transaction::{Cursor, StoredTransaction};
use hub::sync::{Listing, apply, plan::Window};

use crate::testing::{Company, TestHub};

/// Day of February, minor units, id, text.
type Row = (i8, i64, &'static str, &'static str);

const RENT: Row = (10, -50_000, "R-2026-0001", "rent february");
const SALE: Row = (20, 9_000, "R-2026-0002", "sale");

fn day(number: i8) -> Date {
    Date::constant(2026, 2, number)
}

struct Bench {
    hub: TestHub,
    claire: Company,
    account: AccountId,
    minutes: i64,
}

impl Bench {
    async fn open() -> Bench {
        let hub = TestHub::open().await;
        let claire = hub.company("claire@atelier.example").await;
        let account = hub.account(claire.organization, "BE68539007547034", 0).await;
        Bench { hub, claire, account, minutes: 0 }
    }

    /// The bank lists rows from a day on; `before` is its balance before that day, where it tells one.
    async fn lists(&mut self, from: i8, rows: &[Row], before: Option<i64>) -> apply::Outcome {
        self.minutes += 1;
        let money = |minor| Money::new(minor, Currency::EUR);
        let listed = |(on, minor, id, text): &Row| Listed {
            transaction: Transaction {
                booked_on: day(*on),
                value_on: None,
                amount: money(*minor),
                details: Details {
                    remittance: vec![(*text).to_owned()],
                    bank_id: Some((*id).to_owned()),
                    ..Details::default()
                },
            },
            raw: format!("{id} {on}"),
        };
        let sum: i64 = rows.iter().map(|row| row.1).sum();
        let told = |kind, date, minor| Balance { kind, date, amount: money(minor) };
        let balances = before.map(|before| {
            vec![
                told(BalanceKind::OpeningBooked, day(from), before),
                told(BalanceKind::ClosingBooked, day(28), before + sum),
            ]
        });
        let listing = Listing {
            pages: vec![rows.iter().map(listed).collect()],
            balances: balances.unwrap_or_default(),
            seen_at: Some(self.hub.now() + self.minutes.minutes()),
            ..Listing::default()
        };
        let (organization, hub) = (self.claire.organization, &self.hub.hub);
        let run = SynchronizationId::new(&hub.environment);
        let window = Window { from: day(from), to: None };
        let done: Result<apply::Outcome, db::DbError> = db::write!(hub.db, tx => {
            let locked = store::account::lock(&mut tx, organization, self.account).await?.expect("the account exists");
            apply::apply(&mut tx, &hub.environment, &locked, run, window, &listing).await
        });
        done.unwrap()
    }

    async fn rows(&self) -> Vec<StoredTransaction> {
        let mut tx = self.hub.hub.db.read().await.unwrap();
        let all = store::transaction_list::Filter::default();
        let page =
            store::transaction_list::page(&mut tx, self.claire.organization, self.account, all, Cursor::Newest, 100);
        page.await.unwrap().rows
    }

    async fn rent(&self) -> StoredTransaction {
        let rows = self.rows().await;
        let mut rent: Vec<_> = rows.into_iter().filter(|row| row.amount.minor() == RENT.1).collect();
        assert_eq!(rent.len(), 1, "{rent:?}");
        rent.remove(0)
    }

    async fn relist_from(&self) -> Option<Date> {
        let mut tx = self.hub.hub.db.read().await.unwrap();
        store::figures::relist_from(&mut tx, self.claire.organization, self.account).await.unwrap()
    }

    async fn defects(&self) -> usize {
        let mut tx = self.hub.hub.db.read().await.unwrap();
        store::defect::list(&mut tx, self.claire.organization, self.account).await.unwrap().len()
    }
}

#[tokio::test]
async fn a_movement_that_came_from_before_the_listing_stays_itself() {
    let mut bench = Bench::open().await;
    bench.lists(1, &[RENT, SALE], Some(100_000)).await;
    let before = bench.rent().await;
    let moved = (16, RENT.1, RENT.2, RENT.3);
    let outcome = bench.lists(15, &[moved, SALE], Some(100_000)).await;
    assert_eq!((outcome.created, outcome.updated), (0, 1));
    let after = bench.rent().await;
    assert_eq!((after.id, after.booked_on), (before.id, day(16)));
    assert!(after.reason.contains("another day"), "{}", after.reason);
    // The days before have changed, so that the next listing covers them too, and finds all as it is.
    assert!(bench.relist_from().await.unwrap() < RENT_DAY);
    let outcome = bench.lists(1, &[moved, SALE], Some(100_000)).await;
    assert_eq!((outcome.created, outcome.updated, bench.relist_from().await), (0, 0, None));
}

const RENT_DAY: Date = Date::constant(2026, 2, 10);

#[tokio::test]
async fn one_more_under_the_same_id_and_content_is_one_more() {
    let mut bench = Bench::open().await;
    bench.lists(1, &[RENT, SALE], Some(100_000)).await;
    let again = (16, RENT.1, RENT.2, RENT.3);
    // The rent of the tenth is still in the balance before the fifteenth.
    let outcome = bench.lists(15, &[again, SALE], Some(50_000)).await;
    assert_eq!((outcome.created, outcome.updated, bench.relist_from().await), (1, 0, None));
    assert_eq!(bench.rows().await.len(), 3);
}

#[tokio::test]
async fn a_movement_that_went_to_before_the_listing_is_not_withdrawn() {
    let mut bench = Bench::open().await;
    let booked = (16, RENT.1, RENT.2, RENT.3);
    bench.lists(1, &[booked, SALE], Some(100_000)).await;
    let before = bench.rent().await;
    let outcome = bench.lists(15, &[SALE], Some(50_000)).await;
    assert_eq!((outcome.created, outcome.updated), (0, 0), "nothing is known of its new day yet");
    assert!(bench.relist_from().await.unwrap() < RENT_DAY);
    let outcome = bench.lists(1, &[RENT, SALE], Some(100_000)).await;
    assert_eq!((outcome.created, outcome.updated, bench.relist_from().await), (0, 1, None));
    let after = bench.rent().await;
    assert_eq!((after.id, after.booked_on), (before.id, RENT_DAY));
    // A movement that is really taken back goes.
    let outcome = bench.lists(15, &[], Some(50_000)).await;
    assert_eq!((outcome.updated, bench.rows().await.len()), (1, 1));
}

#[tokio::test]
async fn without_balances_a_movement_waits_for_a_listing_of_both_days() {
    for one_more in [false, true] {
        let mut bench = Bench::open().await;
        bench.lists(1, &[RENT, SALE], None).await;
        let before = bench.rent().await;
        let moved = (16, RENT.1, RENT.2, RENT.3);
        let outcome = bench.lists(15, &[moved, SALE], None).await;
        assert_eq!((outcome.created, outcome.updated, bench.defects().await), (0, 0, 1));
        assert_eq!(bench.relist_from().await, Some(RENT_DAY));
        if one_more {
            bench.lists(10, &[RENT, moved, SALE], None).await;
            assert_eq!(bench.rows().await.len(), 3);
        } else {
            bench.lists(10, &[moved, SALE], None).await;
            let after = bench.rent().await;
            assert_eq!((after.id, after.booked_on), (before.id, day(16)));
        }
        assert_eq!(bench.relist_from().await, None);
    }
}

#[tokio::test]
async fn line_numbers_lose_and_double_nothing() {
    for balances in [Some(0), None] {
        let mut bench = Bench::open().await;
        bench.lists(1, &[(10, -300, "1", "coffee"), (11, -300, "2", "coffee")], balances).await;
        // The next listing begins to count anew.
        let listed = [(15, -300, "1", "coffee"), (16, -300, "2", "coffee")];
        bench.lists(14, &listed, balances.map(|_| -600)).await;
        let all = [
            (10, -300, "1", "coffee"),
            (11, -300, "2", "coffee"),
            (15, -300, "3", "coffee"),
            (16, -300, "4", "coffee"),
        ];
        if bench.relist_from().await.is_some() {
            bench.lists(10, &all, balances).await;
        }
        let mut days: Vec<i8> = bench.rows().await.iter().map(|row| row.booked_on.day()).collect();
        days.sort_unstable();
        assert_eq!(days, [10, 11, 15, 16], "{balances:?}");
    }
}
