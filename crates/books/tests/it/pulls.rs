//! Reading a provider, with its feed and without: late rows, vanished cursors, ids that change.

use domain::{AccountId, Date, Proof, TransactionId};

use crate::desk::{Desk, Engine, engines, held, offer};
use crate::provider::{MEUSE, Movement};

const A1: &str = "BE68539007547034";

async fn settled(engine: &Engine, feeds: bool, count: u32) -> (Desk, String) {
    let desk = Desk::open(engine, feeds).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, A1, count)]);
    let accounts = desk.connect(MEUSE).await;
    desk.link_all(&accounts).await;
    desk.work().await;
    (desk, accounts.trim_end_matches("/accounts").to_owned())
}

async fn import_and_compare(desk: &Desk, connection: &str) {
    desk.clock.advance_seconds(60);
    desk.post(&format!("{connection}/import"), &[]).await;
    desk.work().await;
    let held = desk.shelf.lock().unwrap().accounts[0].clone();
    desk.assert_equal(&held).await;
}

fn late(id: u128, day: i8) -> Movement {
    Movement {
        id: TransactionId::from_u128(id),
        booked_on: Date::constant(2026, 1, day),
        minor: 3,
        label: format!("late {id}"),
    }
}

#[tokio::test]
async fn late_rows_and_corrections_come_with_and_without_a_feed() {
    for engine in engines() {
        for feeds in [true, false] {
            let (desk, connection) = settled(&engine, feeds, 250).await;
            let first = desk.shelf.lock().unwrap().accounts[0].clone();
            desk.assert_equal(&first).await;
            {
                let mut shelf = desk.shelf.lock().unwrap();
                let account = &mut shelf.accounts[0];
                account.touched.clear();
                for id in 0..120 {
                    account.book(late(5_000 + id, 3));
                }
                account.correct(7, "corrected");
            }
            import_and_compare(&desk, &connection).await;
            // Once more: nothing.
            desk.shelf.lock().unwrap().accounts[0].touched.clear();
            import_and_compare(&desk, &connection).await;
            let page = desk.get(&connection).await.body;
            let latest = page.split("data-import=\"ended\"").nth(1).unwrap();
            let latest = &latest[..latest.find("</div>").unwrap()];
            assert!(latest.contains("0") && !latest.contains("120"), "{latest}");
        }
    }
}

#[tokio::test]
async fn a_provider_that_allows_no_page_of_balances_is_not_passed_over() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true, 5).await;
        desk.shelf.lock().unwrap().refuse_balances = true;
        desk.clock.advance_seconds(60);
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let page = desk.get(&connection).await.body;
        assert!(page.contains("The provider answered in a way that we do not understand."), "{page}");
        desk.shelf.lock().unwrap().refuse_balances = false;
        import_and_compare(&desk, &connection).await;
    }
}

#[tokio::test]
async fn lines_keep_the_order_of_the_bank() {
    for engine in engines() {
        for feeds in [true, false] {
            let (desk, _) = settled(&engine, feeds, 200).await;
            let lines = desk.books.lines(A1).await.unwrap();
            let mut expected = desk.shelf.lock().unwrap().accounts[0].movements.clone();
            expected.sort_by_key(|movement| movement.booked_on);
            let expected: Vec<String> = expected.iter().map(|movement| movement.id.to_string()).collect();
            let here: Vec<String> = lines.iter().map(|line| line.remote_transaction.clone()).collect();
            assert_eq!(here, expected, "by day, and within a day as they arrived");
        }
    }
}

#[tokio::test]
async fn a_vanished_cursor_loses_and_doubles_nothing() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, false, 150).await;
        {
            let mut shelf = desk.shelf.lock().unwrap();
            let account = &mut shelf.accounts[0];
            let newest = account.movements.pop().unwrap();
            account.book(late(5_000, 9));
            account.book(Movement { id: TransactionId::from_u128(5_001), ..newest });
        }
        desk.clock.advance_seconds(60);
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let lines = desk.books.lines(A1).await.unwrap();
        let remote: Vec<String> = lines.iter().map(|line| line.remote_transaction.clone()).collect();
        for movement in &desk.shelf.lock().unwrap().accounts[0].movements {
            assert_eq!(remote.iter().filter(|id| **id == movement.id.to_string()).count(), 1);
        }
    }
}

#[tokio::test]
async fn new_ids_without_a_new_consent_double_nothing() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, false, 250).await;
        let before = desk.books.lines(A1).await.unwrap();
        {
            let mut shelf = desk.shelf.lock().unwrap();
            let account = &mut shelf.accounts[0];
            // Between the two a movement was withdrawn, and a late one came that says what another says.
            account.movements.remove(100);
            let twin = account.movements[40].clone();
            account.book(twin);
            let mut next = 0xDEF_0000;
            account.renumber(|| {
                next += 1;
                next
            });
            account.touched.clear();
        }
        import_and_compare(&desk, &connection).await;
        let after = desk.books.lines(A1).await.unwrap();
        assert_eq!(after.len(), before.len() + 1, "the late one");
        let removed: Vec<_> = after.iter().filter(|line| line.state == books::LineState::Removed).collect();
        assert_eq!(removed.len(), 1, "the one that nobody tells any more");
        import_and_compare(&desk, &connection).await;
        assert_eq!(desk.books.lines(A1).await.unwrap(), after);
    }
}

#[tokio::test]
async fn new_ids_after_a_new_consent_double_nothing() {
    for engine in engines() {
        for feeds in [true, false] {
            let (desk, connection) = settled(&engine, feeds, 60).await;
            let before = desk.books.lines(A1).await.unwrap();
            {
                let mut shelf = desk.shelf.lock().unwrap();
                let mut next = 0xABC_0000;
                let account = &mut shelf.accounts[0];
                // Two identical payments: both survive.
                let twin = account.movements[3].clone();
                account.book(Movement { id: TransactionId::from_u128(77), ..twin });
                account.reissue(|| {
                    next += 1;
                    next
                });
                let id = account.id;
                shelf.authorized = vec![id];
            }
            let page = desk.get(&desk.connect(MEUSE).await).await.body;
            assert!(page.contains("one recognised under a new id"), "{page}");
            import_and_compare(&desk, &connection).await;
            let after = desk.books.lines(A1).await.unwrap();
            assert_eq!(after.len(), before.len() + 1);
            assert_eq!(desk.books.journals().await.unwrap().len(), 1);
            assert_ne!(desk.books.journals().await.unwrap()[0].remote_account, Some(AccountId::from_u128(1)));
        }
    }
}

#[tokio::test]
async fn what_was_taken_back_may_come_again() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true, 20).await;
        let taken = desk.shelf.lock().unwrap().accounts[0].movements[4].clone();
        desk.shelf.lock().unwrap().accounts[0].take_back(4);
        import_and_compare(&desk, &connection).await;
        assert_eq!(desk.books.journals().await.unwrap()[0].lines, 19);
        desk.shelf.lock().unwrap().accounts[0].book(taken);
        import_and_compare(&desk, &connection).await;
        assert_eq!(desk.books.journals().await.unwrap()[0].lines, 20);
        assert_eq!(desk.books.lines(A1).await.unwrap().len(), 20, "it is the same line");
    }
}

#[tokio::test]
async fn a_balance_that_is_taken_back_proves_and_breaks_nothing() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true, 40).await;
        let told = |told: &[(&'static str, i64)]| {
            let on = Date::constant(2026, 2, 28);
            desk.shelf.lock().unwrap().accounts[0]
                .balances
                .extend(told.iter().map(|(kind, minor)| (*kind, on, *minor)));
        };
        let proof = async || {
            import_and_compare(&desk, &connection).await;
            desk.books.journals().await.unwrap()[0].statements.last().unwrap().proof
        };
        let right = desk.shelf.lock().unwrap().accounts[0].balances.last().unwrap().2;
        told(&[("closingBooked", right + 500)]);
        assert!(matches!(proof().await, Proof::Broken(_)));
        told(&[("withdrawn closingBooked", right + 500)]);
        assert_eq!(proof().await, Proof::Unproven, "nothing is told of that day any more");
        // Told, taken back and told anew on one page.
        told(&[("closingBooked", right + 7), ("withdrawn closingBooked", right + 7), ("closingBooked", right)]);
        assert_eq!(proof().await, Proof::Proven);
    }
}
