//! Two runs of one account at a time: the bank's older word comes last and takes nothing away.

use connectors::{Listed, ListedPending};
use domain::{
    AccountId, Balance, BalanceKind, Currency, Date, Details, Money, PendingTransaction, SynchronizationId, Timestamp,
    ToSpan, Transaction,
};
use hub::store;
use hub::sync::{Listing, apply, plan::Window};

use crate::testing::{Company, TestHub};

fn listing(rows: &[(i64, &str)], announced: Option<&str>, seen_at: Timestamp) -> Listing {
    let day: Date = "2026-02-20".parse().unwrap();
    let money = |minor| Money::new(minor, Currency::EUR);
    let details = |text: &str| Details { remittance: vec![text.to_owned()], ..Details::default() };
    let booked = |(minor, text): &(i64, &str)| Listed {
        transaction: Transaction { booked_on: day, value_on: None, amount: money(*minor), details: details(text) },
        raw: (*text).to_owned(),
    };
    let pending = |text: &str| ListedPending {
        transaction: PendingTransaction {
            expected_on: None,
            value_on: None,
            amount: money(-100),
            details: details(text),
        },
    };
    let sum: i64 = rows.iter().map(|row| row.0).sum();
    let balance = |kind, minor| Balance { kind, date: day, amount: money(minor) };
    Listing {
        pages: vec![rows.iter().map(booked).collect()],
        pending: Some(announced.map(pending).into_iter().collect()),
        balances: vec![balance(BalanceKind::OpeningBooked, 1000), balance(BalanceKind::ClosingBooked, 1000 + sum)],
        seen_at: Some(seen_at),
        ..Listing::default()
    }
}

async fn applied(hub: &TestHub, company: &Company, account: AccountId, listing: &Listing) -> apply::Outcome {
    let (organization, hub) = (company.organization, &hub.hub);
    let window = Window { from: "2026-02-18".parse().unwrap(), to: None };
    let run = SynchronizationId::new(&hub.environment);
    let done: Result<apply::Outcome, db::DbError> = db::write!(hub.db, tx => {
        let locked = store::account::lock(&mut tx, organization, account).await?.expect("the account exists");
        apply::apply(&mut tx, &hub.environment, &locked, run, window, listing).await
    });
    done.unwrap()
}

#[tokio::test]
async fn an_answer_that_was_overtaken_takes_nothing_away() {
    let hub = TestHub::open().await;
    let claire = hub.company("claire@atelier.example").await;
    let account = hub.account(claire.organization, "BE68539007547034", 0).await;
    let now = hub.now();
    let older = listing(&[(-500, "rent")], None, now + 1.minute());
    let newer = listing(&[(-500, "rent"), (900, "sale")], Some("card"), now + 2.minutes());
    applied(&hub, &claire, account, &newer).await;
    let late = applied(&hub, &claire, account, &older).await;
    assert_eq!((late.created, late.updated), (0, 0));
    let mut tx = hub.hub.db.read().await.unwrap();
    let known = store::account::get(&mut tx, claire.organization, account).await.unwrap().unwrap();
    assert_eq!((known.booked_count, known.booked.minor()), (2, 400));
    assert_eq!(known.closing.unwrap().1.minor(), 1400);
    assert_eq!(store::pending::list(&mut tx, claire.organization, account).await.unwrap().len(), 1);
    drop(tx);
    // The same word as the bank's newest one is believed.
    let newest = listing(&[(-500, "rent")], None, now + 3.minutes());
    assert_eq!(applied(&hub, &claire, account, &newest).await.updated, 1);
}
