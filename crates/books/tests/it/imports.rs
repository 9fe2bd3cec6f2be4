//! Imports as runs: what the provider refuses, what takes long, what fails beside what works.

use books::LineState;
use domain::{AccountId, Date, Proof, TransactionId};

use crate::desk::{Desk, engines, held, offer};
use crate::provider::{MEUSE, Movement};

const A1: &str = "BE68539007547034";
const A2: &str = "BE71096123456769";

/// A desk with both accounts linked and imported.
async fn settled(engine: &crate::desk::Engine, feeds: bool) -> (Desk, String) {
    let desk = Desk::open(engine, feeds).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, A1, 30), held(2, MEUSE, A2, 6)]);
    let accounts = desk.connect(MEUSE).await;
    desk.link_all(&accounts).await;
    desk.work().await;
    (desk, accounts.trim_end_matches("/accounts").to_owned())
}

fn movement(id: u128, minor: i64) -> Movement {
    let booked_on = Date::constant(2026, 2, 28);
    Movement { id: TransactionId::from_u128(id), booked_on, minor, label: format!("late {id}") }
}

fn arrive(desk: &Desk, account: u128, movement: Movement) {
    let mut shelf = desk.shelf.lock().unwrap();
    shelf.account(AccountId::from_u128(account)).unwrap().book(movement);
}

#[tokio::test]
async fn a_failing_account_stops_no_other() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        desk.shelf.lock().unwrap().account(AccountId::from_u128(1)).unwrap().fails_with = Some("authorizationExpired");
        arrive(&desk, 1, movement(900, -5));
        arrive(&desk, 2, movement(901, 7));
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        // What the provider holds is read for both; the failing one says so with a sentence, a code and a reference.
        for account in [1, 2] {
            let held = desk.shelf.lock().unwrap().account(AccountId::from_u128(account)).unwrap().clone();
            desk.assert_equal(&held).await;
        }
        let page = desk.get(&connection).await.body;
        assert!(page.contains("The bank’s consent") || page.contains("consent has ended"), "{page}");
        assert!(page.contains("authorizationExpired") && page.contains("r-1") && page.contains("Update credentials"));
        assert!(page.contains("One account could not be synchronised"));
        // It passes: the trouble goes.
        desk.shelf.lock().unwrap().account(AccountId::from_u128(1)).unwrap().fails_with = None;
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        assert!(!desk.get(&connection).await.body.contains("authorizationExpired"));
    }
}

#[tokio::test]
async fn where_the_books_themselves_fail_others_go_on_and_the_step_ends_with_a_code() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        let back = desk.refuse(&engine, "line", "amount_minor", "-5").await;
        arrive(&desk, 1, movement(900, -5));
        arrive(&desk, 2, movement(901, 7));
        desk.post(&format!("{connection}/import"), &[]).await;
        let held = |account| desk.shelf.lock().unwrap().account(AccountId::from_u128(account)).unwrap().clone();
        // As often as it is tried: the clock stands still in between, so no try comes too soon.
        for pause in [0, 2, 15, 60, 300] {
            desk.clock.advance_seconds(pause);
            for _ in 0..10 {
                desk.books.work_once().await.unwrap();
            }
            desk.assert_equal(&held(2)).await;
        }
        let page = desk.get(&connection).await.body;
        assert!(page.contains("booksFailed") && page.contains("The books themselves failed"), "{page}");
        desk.meddle(&back).await;
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        desk.assert_equal(&held(1)).await;
        assert!(!desk.get(&connection).await.body.contains("booksFailed"));
    }
}

#[tokio::test]
async fn too_soon_is_no_error() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        desk.shelf.lock().unwrap().throttled = true;
        arrive(&desk, 2, movement(901, 7));
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let held = desk.shelf.lock().unwrap().account(AccountId::from_u128(2)).unwrap().clone();
        desk.assert_equal(&held).await;
        let page = desk.get(&connection).await.body;
        assert!(page.contains("next allowed") && page.contains("12:05"), "{page}");
        assert!(!page.contains("could not be synchronised"));
    }
}

#[tokio::test]
async fn a_slow_bank_is_waited_for_and_not_for_ever() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        desk.shelf.lock().unwrap().slow_polls = 1_000_000;
        desk.post(&format!("{connection}/import"), &[]).await;
        assert!(desk.books.work_once().await.unwrap(), "the provider is asked");
        assert!(!desk.books.work_once().await.unwrap(), "waiting is not work");
        let progress = desk.get(&format!("{connection}/progress")).await.body;
        assert!(progress.contains("data-refresh") && progress.contains("The provider asks the bank"));
        desk.clock.advance_seconds(11 * 60);
        desk.work().await;
        let page = desk.get(&connection).await.body;
        assert!(page.contains("The bank has not answered yet"), "{page}");
        assert!(!desk.get(&format!("{connection}/progress")).await.body.contains("data-refresh"));
    }
}

#[tokio::test]
async fn the_clock_starts_imports_and_one_runs_at_a_time() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        arrive(&desk, 2, movement(901, 7));
        assert!(!desk.books.work_once().await.unwrap(), "nothing is due");
        desk.wait_hours(12).await;
        assert!(desk.books.work_once().await.unwrap());
        // A click joins the run instead of starting a second one.
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        assert_eq!(desk.shelf.lock().unwrap().last_ip, None, "nobody asked in person");
        let page = desk.get(&connection).await.body;
        assert_eq!(page.matches("The schedule").count(), 1, "{page}");
        let held = desk.shelf.lock().unwrap().account(AccountId::from_u128(2)).unwrap().clone();
        desk.assert_equal(&held).await;
    }
}

#[tokio::test]
async fn tokens_rotate_and_a_dead_one_asks_for_a_person() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        // The token ends early, and again by its time.
        desk.shelf.lock().unwrap().access = Some("another".into());
        arrive(&desk, 2, movement(901, 7));
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        desk.clock.advance_seconds(3600);
        arrive(&desk, 2, movement(902, 8));
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let held = desk.shelf.lock().unwrap().account(AccountId::from_u128(2)).unwrap().clone();
        desk.assert_equal(&held).await;
        // Nothing of the tokens lies readable in the database.
        let db = db::Db::open(&desk.database).await.unwrap();
        let row = db.read().await.unwrap().one("SELECT * FROM access_grant", &[]).await.unwrap();
        assert!(!row.text("access_sealed").unwrap().contains("access-"));
        assert!(!row.text("refresh_sealed").unwrap().contains("refresh-"));
        db.close().await;
        // The provider ends the access for good.
        desk.clock.advance_seconds(3600);
        desk.shelf.lock().unwrap().refuse_refresh = true;
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let page = desk.get(&connection).await.body;
        assert!(page.contains("no longer accepts our access") && page.contains("Update credentials"), "{page}");
        // Connecting again mends it and imports nothing twice.
        desk.shelf.lock().unwrap().refuse_refresh = false;
        desk.connect(MEUSE).await;
        let page = desk.get(&connection).await.body;
        assert_eq!(page.matches("no longer accepts our access").count(), 1, "only the history tells of it");
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        desk.assert_equal(&held).await;
    }
}

#[tokio::test]
async fn a_provider_that_is_down_costs_nothing_but_time() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        desk.shelf.lock().unwrap().access = None;
        desk.shelf.lock().unwrap().refuse_refresh = true;
        let unlisted = desk.shelf.lock().unwrap().authorized.clone();
        desk.shelf.lock().unwrap().authorized.clear();
        desk.shelf.lock().unwrap().refuse_refresh = false;
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let page = desk.get(&connection).await.body;
        assert!(page.contains("The account is no longer there for us") && page.contains("request-7"), "{page}");
        desk.shelf.lock().unwrap().authorized = unlisted;
        arrive(&desk, 1, movement(900, 9));
        // It is tried again by itself, well before the next regular time.
        desk.clock.advance_seconds(16 * 60);
        desk.work().await;
        let held = desk.shelf.lock().unwrap().account(AccountId::from_u128(1)).unwrap().clone();
        desk.assert_equal(&held).await;
        let page = desk.get(&connection).await.body;
        assert_eq!(page.matches("no longer there for us").count(), 1, "only the history tells of it");
    }
}

#[tokio::test]
async fn what_a_provider_takes_back_or_contradicts_is_marked() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        {
            let mut shelf = desk.shelf.lock().unwrap();
            let held = shelf.account(AccountId::from_u128(2)).unwrap();
            held.take_back(1);
            held.correct(0, "corrected text");
            // A provider must not do this: the same id with another amount.
            held.movements[2].minor += 100;
            let changed = held.movements[2].clone();
            held.changes.push(("updated", changed));
        }
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let lines = desk.books.lines(A2).await.unwrap();
        let state = |state: LineState| lines.iter().filter(|line| line.state == state).count();
        assert_eq!((state(LineState::Posted), state(LineState::Removed), state(LineState::Review)), (4, 1, 1));
        let review = lines.iter().find(|line| line.state == LineState::Review).unwrap();
        assert!(review.note.as_ref().unwrap().contains("the provider now says"), "{review:?}");
        assert!(lines.iter().any(|line| line.label == "corrected text"));
        let page = desk.get("/journals").await.body;
        assert!(page.contains("2 lines to look at") || page.contains("lines to look at"), "{page}");
        let journal = desk.books.journals().await.unwrap().into_iter().find(|journal| journal.reference == A2).unwrap();
        assert_eq!(journal.lines, 5, "a line that was taken back does not count");
        assert!(journal.statements.iter().any(|statement| matches!(statement.proof, Proof::Broken(_))));
        assert!(page.contains("Broken"));
    }
}

#[tokio::test]
async fn a_line_follows_the_day_on_which_the_bank_books_it() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        let held = {
            let mut shelf = desk.shelf.lock().unwrap();
            let held = shelf.account(AccountId::from_u128(2)).unwrap();
            held.movements[1].booked_on = held.movements[1].booked_on.tomorrow().unwrap();
            let changed = held.movements[1].clone();
            held.changes.push(("updated", changed));
            held.clone()
        };
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        desk.assert_equal(&held).await;
        let lines = desk.books.lines(A2).await.unwrap();
        assert!(lines.iter().all(|line| line.state == LineState::Posted), "{lines:?}");
        assert!(lines.iter().any(|line| line.booked_on == held.movements[1].booked_on));
    }
}

#[tokio::test]
async fn pending_movements_are_shown_replaced_and_never_imported() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true).await;
        let show = async || {
            desk.post(&format!("{connection}/import"), &[]).await;
            desk.work().await;
            let journals = desk.get("/journals").await.body;
            let mut pages = String::new();
            for part in journals.split("href=\"/journals/").skip(1) {
                pages.push_str(&desk.get(&format!("/journals/{}", &part[..36])).await.body);
            }
            pages
        };
        let count = desk.books.lines(A1).await.unwrap().len();
        desk.shelf.lock().unwrap().account(AccountId::from_u128(1)).unwrap().pending =
            vec![(-100, "card at the market".into()), (-200, "card at the bakery".into())];
        let pages = show().await;
        assert!(pages.contains("card at the market") && pages.contains("card at the bakery"));
        desk.shelf.lock().unwrap().account(AccountId::from_u128(1)).unwrap().pending =
            vec![(-150, "card at the market".into())];
        let pages = show().await;
        assert!(pages.contains("−€1.50") && !pages.contains("bakery") && !pages.contains("−€1.00"), "{pages}");
        assert_eq!(desk.books.lines(A1).await.unwrap().len(), count);
    }
}

#[tokio::test]
async fn one_unreadable_record_is_kept_and_stops_nothing() {
    for feeds in [true, false] {
        for engine in engines() {
            let desk = Desk::open(&engine, feeds).await;
            desk.sign_up("claire@example.org").await;
            let mut account = held(1, MEUSE, A1, 30);
            account.garbage = true;
            offer(&desk.shelf, vec![account.clone()]);
            desk.link_all(&desk.connect(MEUSE).await).await;
            desk.work().await;
            desk.assert_equal(&account).await;
            let journals = desk.get("/journals").await.body;
            let at = journals.find("/journals/0").unwrap();
            let page = desk.get(&journals[at..at + 46]).await.body;
            assert!(page.contains("One record of the provider could not be read"), "{page}");
        }
    }
}

#[tokio::test]
async fn search_and_pages_of_lines() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        offer(&desk.shelf, vec![held(1, MEUSE, A1, 130)]);
        desk.link_all(&desk.connect(MEUSE).await).await;
        desk.work().await;
        let journals = desk.get("/journals").await.body;
        let at = journals.find("/journals/0").unwrap();
        let journal = journals[at..at + 46].to_owned();
        let found = desk.get(&format!("{journal}?q=PAYMENT+129")).await.body;
        assert_eq!(found.matches("href=\"/lines/").count(), 1);
        let none = desk.get(&format!("{journal}?q=100%25")).await.body;
        assert!(none.contains("No lines here"), "a percent sign is a character");
        // Every line is on exactly one page.
        let mut address = journal.clone();
        let mut seen = std::collections::BTreeSet::new();
        loop {
            let page = desk.get(&address).await.body;
            let ids: Vec<String> = page.split("href=\"/lines/").skip(1).map(|rest| rest[..36].to_owned()).collect();
            let before = seen.len();
            seen.extend(ids.iter().cloned());
            assert_eq!(seen.len(), before + ids.len(), "no line twice");
            let Some(at) = page.find("rel=\"next\"") else { break };
            let start = page[..at].rfind("href=\"").unwrap() + 6;
            address = page[start..].split('"').next().unwrap().replace("&amp;", "&");
        }
        assert_eq!(seen.len(), 130);
        let statement = desk.get(&format!("{journal}/statements/2026-02")).await.body;
        assert!(statement.contains("as the bank told") && statement.contains("Proven"));
        let line = desk.get(&format!("/lines/{}", seen.first().unwrap())).await.body;
        assert!(line.contains("As the provider sent it") && line.contains("Brasserie de l’Ourthe"));
        assert_eq!(desk.get(&format!("{journal}/statements/2019-02")).await.status, 404);
    }
}

#[tokio::test]
async fn a_lost_key_is_the_trouble_of_its_grant_alone() {
    for engine in engines() {
        let (mut desk, connection) = settled(&engine, true).await;
        desk.lose_keys().await;
        desk.reopen().await;
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let page = desk.get(&connection).await.body;
        assert!(
            page.contains("no longer accepts our access") && page.contains("which the key file does not hold"),
            "{page}"
        );
        desk.connect(MEUSE).await;
        arrive(&desk, 1, movement(900, 9));
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let held = desk.shelf.lock().unwrap().account(AccountId::from_u128(1)).unwrap().clone();
        desk.assert_equal(&held).await;
    }
}
