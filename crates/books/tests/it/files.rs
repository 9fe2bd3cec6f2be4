//! Statement files and a provider into the same journal: whichever comes first, each movement is one line.

use axum::http::StatusCode;
use books::LineState;
use domain::{
    AccountReference, Balance, BalanceKind, Currency, Date, Details, Entry, Money, Proof, Statement, Transaction,
};

use crate::desk::{Desk, engines, held, offer};
use crate::provider::{Held, MEUSE};

const A1: &str = "BE68539007547034";

/// A statement file of what the provider holds, from one movement to another.
pub fn file_of(held: &Held, format: &str, movements: std::ops::Range<usize>, opening: i64) -> Vec<u8> {
    let money = |minor| Money::new(minor, Currency::EUR);
    let chosen = &held.movements[movements];
    let closing = opening + chosen.iter().map(|movement| movement.minor).sum::<i64>();
    let day = |at: Option<&crate::provider::Movement>| at.map_or(Date::constant(2026, 1, 1), |one| one.booked_on);
    let balance = |kind, date, minor| Some(Balance { kind, date, amount: money(minor) });
    let entries = chosen.iter().zip(1..).map(|(movement, position)| Entry {
        transaction: Transaction {
            booked_on: movement.booked_on,
            value_on: None,
            amount: money(movement.minor),
            details: Details { remittance: vec![movement.label.clone()], ..Details::default() },
        },
        position,
        raw: String::new(),
        parts: Vec::new(),
    });
    let statement = Statement {
        account: AccountReference::parse(&held.reference),
        currency: Currency::EUR,
        id: Some("1".to_owned()),
        number: Some("1".to_owned()),
        period: None,
        holder: None,
        servicer_bic: Some("GEBABEBB".to_owned()),
        opening: balance(BalanceKind::OpeningBooked, day(chosen.first()), opening),
        closing: balance(BalanceKind::ClosingBooked, day(chosen.last()), closing),
        other_balances: Vec::new(),
        entries: entries.collect(),
        pages: None,
    };
    formats::Format::named(format).unwrap().write(&[statement]).unwrap().bytes
}

/// An account whose movements come in the order of their days.
pub fn in_order(count: u32) -> Held {
    let mut held = held(1, MEUSE, A1, count);
    held.movements.sort_by_key(|movement| movement.booked_on);
    held.changes = held.movements.iter().map(|movement| ("created", movement.clone())).collect();
    held
}

/// Day, amount and label of every line that counts.
pub async fn counted(desk: &Desk) -> Vec<(Date, i64)> {
    let lines = desk.books.lines(A1).await.unwrap();
    let counting = lines.iter().filter(|line| line.state != LineState::Removed);
    let mut found: Vec<_> = counting.map(|line| (line.booked_on, line.amount.minor())).collect();
    found.sort();
    found
}

pub fn told(held: &Held) -> Vec<(Date, i64)> {
    let mut found: Vec<_> = held.movements.iter().map(|movement| (movement.booked_on, movement.minor)).collect();
    found.sort();
    found
}

/// A journal for a bank that nobody reaches.
async fn by_hand(desk: &Desk) -> String {
    let fields = [("bank", "Kleine Bank"), ("reference", "BE68 5390 0754 7034"), ("currency", "eur"), ("bic", "")];
    let answer = desk.post("/journals/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.trim_end_matches("/files").to_owned()
}

#[tokio::test]
async fn a_bank_that_nobody_reaches_comes_in_as_files() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        assert!(desk.get("/banks?q=kleine").await.body.contains("/journals/new?bank=kleine"));
        let wrong = [("bank", ""), ("reference", "BE68539007547035"), ("currency", "euro"), ("bic", "x")];
        let wrong = desk.post("/journals/new", &wrong).await.body;
        for words in ["Write a name", "check digits do not fit", "three letters of a currency", "8 or 11 letters"] {
            assert!(wrong.contains(words), "{words}: {wrong}");
        }
        let journal = by_hand(&desk).await;
        let again = [("bank", "Once more"), ("reference", "BE68539007547034"), ("currency", "EUR")];
        assert!(desk.post("/journals/new", &again).await.body.contains("is of this account already"));
        assert!(desk.get(&journal).await.body.contains("is not synchronised"));

        let account = in_order(40);
        let upload = async |bytes: Vec<u8>| desk.upload(&format!("{journal}/files"), "one.xml", &bytes).await;
        let first = upload(file_of(&account, "camt053", 0..20, 100_000)).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let page = desk.get(&format!("{journal}/files")).await.body;
        assert!(
            page.contains("data-created=\"20\"") && page.contains("one.xml") && page.contains("camt.053"),
            "{page}"
        );
        // The same file again, and one that overlaps.
        upload(file_of(&account, "camt053", 0..20, 100_000)).await;
        let opening = 100_000 + account.movements[..10].iter().map(|one| one.minor).sum::<i64>();
        upload(file_of(&account, "camt053", 10..40, opening)).await;
        assert_eq!(counted(&desk).await, told(&account));
        let page = desk.get(&format!("{journal}/files")).await.body;
        assert!(page.contains("data-created=\"0\"") && page.contains("data-created=\"20\""), "{page}");
        let statements = &desk.books.journals().await.unwrap()[0].statements;
        assert!(statements.iter().all(|one| one.proof == Proof::Proven), "{statements:?}");

        let nonsense = upload(b"Dear customer, thank you.".to_vec()).await.body;
        assert!(nonsense.contains("could not be taken in") && nonsense.contains("Nothing was changed"), "{nonsense}");
        let mut other = account.clone();
        other.reference = "BE71096123456769".to_owned();
        let other = upload(file_of(&other, "camt053", 0..5, 0)).await.body;
        assert!(other.contains("It speaks of: BE71096123456769 EUR"), "{other}");
        assert!(upload(Vec::new()).await.body.contains("No file arrived"));
    }
}

#[tokio::test]
async fn files_and_provider_meet_in_any_order() {
    for engine in engines() {
        for (feeds, format, file_first) in
            [(true, "camt053", true), (false, "mt940", true), (true, "mt940", false), (false, "camt053", false)]
        {
            let desk = Desk::open(&engine, feeds).await;
            desk.sign_up("claire@example.org").await;
            let mut account = in_order(30);
            // Two identical payments on one day: both stay.
            let twin =
                crate::provider::Movement { id: domain::TransactionId::from_u128(77), ..account.movements[9].clone() };
            account.book(twin);
            account.movements.sort_by_key(|movement| movement.booked_on);
            let bytes = file_of(&account, format, 0..20, 100_000);
            if file_first {
                let journal = by_hand(&desk).await;
                desk.upload(&format!("{journal}/files"), "early", &bytes).await;
                assert_eq!(counted(&desk).await.len(), 20);
                offer(&desk.shelf, vec![account.clone()]);
                let accounts = desk.connect(MEUSE).await;
                let id = desk.linkable(&accounts).await[0];
                let page = desk.get(&accounts).await.body;
                assert!(page.contains(&format!("value=\"{}\" selected", &journal[10..])), "suggested: {page}");
                // A second journal for the same account is hardly meant.
                let name = format!("journal-{id}");
                let twin = desk.post(&accounts, &[(&name, "new")]).await;
                assert!(twin.body.contains("two journals on one bank account are hardly ever meant"), "{}", twin.body);
                let linked = desk.post(&accounts, &[(&name, &journal[10..])]).await;
                assert_eq!(linked.status, StatusCode::SEE_OTHER, "{}", linked.body);
                desk.work().await;
            } else {
                offer(&desk.shelf, vec![account.clone()]);
                desk.link_all(&desk.connect(MEUSE).await).await;
                desk.work().await;
                let journal = desk.journal(A1).await;
                desk.upload(&format!("{journal}/files"), "late", &bytes).await;
                let page = desk.get(&format!("{journal}/files")).await.body;
                assert!(page.contains("data-created=\"0\" data-known=\"20\""), "{page}");
            }
            assert_eq!(counted(&desk).await, told(&account));
            desk.assert_equal(&account).await;
            assert_eq!(desk.books.journals().await.unwrap().len(), 1);
        }
    }
}

#[tokio::test]
async fn an_import_is_undone_and_brought_back() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        let account = in_order(10);
        let journal = by_hand(&desk).await;
        let bytes = file_of(&account, "camt053", 0..10, 100_000);
        desk.upload(&format!("{journal}/files"), "one.xml", &bytes).await;
        let button = |page: &str, action: &str| {
            let at = page.find(&format!("/{action}\"")).unwrap_or_else(|| panic!("no {action}: {page}"));
            page[..at].rsplit("action=\"").next().unwrap().to_owned() + "/" + action
        };
        let page = desk.get(&format!("{journal}/files")).await.body;
        let undone = desk.post(&button(&page, "undo"), &[]).await;
        assert_eq!(undone.location, format!("{journal}/files"));
        assert_eq!(counted(&desk).await, []);
        assert_eq!(desk.books.lines(A1).await.unwrap().len(), 10, "nothing is deleted");
        let journals = desk.books.journals().await.unwrap();
        assert_eq!((journals[0].lines, journals[0].statements.len()), (0, 0));
        let page = desk.get(&format!("{journal}/files")).await.body;
        desk.post(&button(&page, "redo"), &[]).await;
        assert_eq!(counted(&desk).await, told(&account));
        // Undone again, the same file brings the same lines back instead of new ones.
        let page = desk.get(&format!("{journal}/files")).await.body;
        desk.post(&button(&page, "undo"), &[]).await;
        desk.upload(&format!("{journal}/files"), "one.xml", &bytes).await;
        assert_eq!(counted(&desk).await, told(&account));
        assert_eq!(desk.books.lines(A1).await.unwrap().len(), 10);

        // What a provider brought is undone on the page of its connection, and stays so when it is read again.
        let other = held(2, MEUSE, "BE71096123456769", 6);
        offer(&desk.shelf, vec![other]);
        let connection = desk.link_all(&desk.connect(MEUSE).await).await;
        desk.work().await;
        let history = desk.get(&format!("{connection}/imports")).await.body;
        desk.post(&button(&history, "undo"), &[]).await;
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        let lines = desk.books.lines("BE71096123456769").await.unwrap();
        assert!(lines.len() == 6 && lines.iter().all(|line| line.state == LineState::Removed), "{lines:?}");
        // Another company sees none of it.
        let undo = button(&desk.get(&format!("{connection}/imports")).await.body, "redo");
        desk.sign_up("paul@example.org").await;
        assert_eq!(desk.post(&undo, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.get(&format!("{journal}/files")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.upload(&format!("{journal}/files"), "x", &bytes).await.status, StatusCode::NOT_FOUND);
    }
}
