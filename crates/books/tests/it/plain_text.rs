//! Plain-text files: the real programs accept them with every check that they have, they are the same each time, and
//! balances are asserted where they are proven and nowhere else.

use std::path::Path;
use std::process::Command;

use domain::{AccountId, Date, ToSpan, TransactionId};

use crate::desk::{Desk, Engine, engines, held, offer};
use crate::provider::{Held, MEUSE, Movement};

const IBAN: &str = "BE68539007547034";

/// A year with a thousand movements, a balance at the end of each month, and texts that mean something to the programs.
fn year() -> Held {
    let texts = [
        "Invoice 12",
        "say \"hi\" \\ there",
        "a; b | c",
        "(code) * ! =",
        "über €  ten",
        "line one\nline two",
        "tab\there",
        "; comment",
        "100 EUR",
        "2025-01-01 open X",
        "",
    ];
    let first = Date::constant(2025, 1, 1);
    let mut account = Held { balances: vec![("openingBooked", first, 123_456)], ..held(1, MEUSE, IBAN, 0) };
    let mut total = 123_456;
    for at in 0_i32..1000 {
        let day = first.checked_add((at * 365 / 1000).days()).unwrap();
        if let Some(before) =
            account.movements.last().map(|m| m.booked_on).filter(|before| before.month() != day.month())
        {
            account.balances.push(("closingBooked", before.last_of_month(), total));
        }
        let minor = i64::from(at % 97) * 131 - 5_000;
        total += minor;
        account.book(Movement {
            id: TransactionId::from_u128(0xABC_0000 + at as u128),
            booked_on: day,
            minor,
            label: texts[at as usize % texts.len()].to_owned(),
        });
    }
    account.balances.push(("closingBooked", Date::constant(2025, 12, 31), total));
    account
}

async fn with(engine: &Engine, account: Held) -> Desk {
    let desk = Desk::open(engine, true).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![account]);
    let accounts = desk.connect(MEUSE).await;
    desk.link_all(&accounts).await;
    desk.work().await;
    desk
}

const PROGRAMS: [(&str, &str, &[&str]); 3] = [
    ("beancount", "beancount", &["bean-check"]),
    ("hledger", "journal", &["hledger", "check", "-s", "-f"]),
    ("ledger", "ledger", &["ledger", "--strict", "--pedantic", "--args-only", "bal", "-f"]),
];

/// What a program says of a file; `Ok` when it accepts it without a word.
fn judge(command: &[&str], file: &Path) -> Result<(), String> {
    let output = Command::new(command[0]).args(&command[1..]).arg(file).output();
    let output =
        output.unwrap_or_else(|error| panic!("{} is needed for this test ({error}); ./test installs it", command[0]));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let quiet = output.stderr.is_empty() && (command[0] == "ledger" || output.stdout.is_empty());
    if output.status.success() && quiet { Ok(()) } else { Err(said) }
}

fn file(desk: &Desk, folder: &str, ending: &str) -> std::path::PathBuf {
    desk.files().join(folder).join(format!("{IBAN}-EUR.{ending}"))
}

#[tokio::test]
async fn the_real_programs_accept_a_year_and_see_a_cent() {
    let desk = with(&Engine::Sqlite, year()).await;
    for (system, ending, command) in PROGRAMS {
        let page = desk.add_target(system, &[("folder", system)]).await;
        desk.deliver().await;
        let path = file(&desk, system, ending);
        judge(command, &path).unwrap_or_else(|said| panic!("{system}: {said}"));
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches("passerelle-id: ").count(), 1000, "{system}");
        assert!(desk.get(&page).await.body.contains("1,000"), "the page counts them");
        // The balances are looked at: a cent too much in the middle of the year is seen.
        let at = text.find("  1.09 EUR").unwrap();
        let (before, after) = text.split_at(at);
        let (movement, rest) = after.split_at(after.find("\n\n").unwrap());
        let broken = path.with_extension(format!("broken.{ending}"));
        std::fs::write(&broken, format!("{before}{}{rest}", movement.replace("1.09", "1.10"))).unwrap();
        assert!(judge(command, &broken).is_err(), "{system} does not look at balances");
    }
}

#[tokio::test]
async fn a_file_is_the_same_each_time_and_grows_with_the_journal() {
    for engine in engines() {
        let desk = with(&engine, held(1, MEUSE, IBAN, 40)).await;
        desk.add_target("beancount", &[("folder", "ledger")]).await;
        desk.deliver().await;
        let path = file(&desk, "ledger", "beancount");
        let first = std::fs::read_to_string(&path).unwrap();
        let page = desk.get("/targets").await.body;
        let page = page.split("href=\"/targets/").find(|rest| !rest.starts_with("add")).map(|_| page.clone()).unwrap();
        let id = page
            .split("href=\"/targets/")
            .map(|rest| &rest[..36.min(rest.len())])
            .find(|id| AccountId::parse(id).is_ok());
        let target = format!("/targets/{}", id.unwrap());
        desk.post(&format!("{target}/again"), &[]).await;
        desk.deliver().await;
        assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
        {
            let mut shelf = desk.shelf.lock().unwrap();
            let account = &mut shelf.accounts[0];
            account.take_back(5);
            account.book(Movement {
                id: TransactionId::from_u128(77),
                booked_on: Date::constant(2026, 1, 3),
                minor: 4242,
                label: "late".to_owned(),
            });
        }
        let connection = desk.get("/connections").await.body;
        let at = connection.find("/connections/").unwrap();
        let connection = connection[at..at + "/connections/".len() + 36].to_owned();
        desk.clock.advance_seconds(60);
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        desk.deliver().await;
        let second = std::fs::read_to_string(&path).unwrap();
        assert!(second.contains("42.42 EUR") && second.contains("; taken back by the bank"), "{second}");
        // The bank's balances no longer agree, and are told as a comment, not asserted.
        assert!(second.contains("; unproven: the bank says") && !second.contains("2026-03-01 balance"), "{second}");
        judge(PROGRAMS[0].2, &path).unwrap();
        let page = desk.get(&target).await.body;
        assert!(page.contains("40 lines delivered") || page.contains("41 lines delivered"), "{page}");
        assert!(page.contains("Taken back by the bank"), "{page}");
    }
}

#[tokio::test]
async fn where_the_books_themselves_fail_other_targets_are_served() {
    for engine in engines() {
        let desk = with(&engine, held(1, MEUSE, IBAN, 10)).await;
        let broken = desk.add_target("beancount", &[("folder", "one")]).await;
        desk.add_target("hledger", &[("folder", "two")]).await;
        let id = broken.rsplit('/').next().unwrap();
        let back = desk.refuse(&engine, "delivery", "target_id", &format!("'{id}'")).await;
        desk.deliver().await;
        assert!(file(&desk, "two", "journal").exists() && !file(&desk, "one", "beancount").exists());
        let page = desk.get(&broken).await.body;
        assert!(page.contains("books-failed") && page.contains("The books themselves failed"), "{page}");
        desk.meddle(&back).await;
        desk.clock.advance_seconds(120);
        desk.deliver().await;
        assert!(file(&desk, "one", "beancount").exists());
        assert!(!desk.get(&broken).await.body.contains("books-failed"));
    }
}

#[tokio::test]
async fn without_a_balance_before_the_first_line_nothing_is_asserted() {
    let mut account = held(1, MEUSE, IBAN, 10);
    account.balances.remove(0);
    let desk = with(&Engine::Sqlite, account).await;
    for (system, ending, command) in PROGRAMS {
        desk.add_target(system, &[("folder", system)]).await;
        desk.deliver().await;
        let path = file(&desk, system, ending);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.contains("no balance is asserted")
                && !text.contains("Balance told")
                && !text.contains(" balance Assets")
        );
        judge(command, &path).unwrap();
    }
}

#[tokio::test]
async fn a_target_of_another_company_is_not_found_and_a_folder_stays_inside() {
    let desk = with(&Engine::Sqlite, held(1, MEUSE, IBAN, 4)).await;
    let page = desk.add_target("hledger", &[("folder", "ledger")]).await;
    for folder in ["../other", "/etc", "a b"] {
        let fields = [("system", "hledger"), ("name", "x"), ("folder", folder)];
        let answer = desk.post("/targets", &fields).await;
        assert!(answer.status.is_success() && answer.body.contains("Write a name such as ledger"), "{}", answer.body);
    }
    desk.sign_up("mallory@example.org").await;
    for path in [page.clone(), format!("{page}/settings")] {
        assert_eq!(desk.get(&path).await.status, 404, "{path}");
    }
    for path in [format!("{page}/again"), format!("{page}/settings")] {
        assert_eq!(desk.post(&path, &[("name", "mine"), ("folder", "x")]).await.status, 404, "{path}");
    }
}
