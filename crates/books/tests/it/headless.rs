//! The books without their pages: synchronizing and waiting, connecting, what a settings file describes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use books::{
    Books, HeadlessError, LinkWhat, Overview, Plan, PlannedConnection, PlannedJournal, PlannedTarget, Run, Standing,
    Stretch, Turn, Wanted, Way, Whither,
};
use domain::Date;

use crate::desk::{Desk, OWN, engines, held, offer};
use crate::provider::{MEUSE, SEINE, Shared, Shelf};

const A1: &str = "BE68539007547034";
const A2: &str = "BE71096123456769";

async fn to_its_end(books: &Books, run: &Run) -> Overview {
    for _ in 0..500 {
        if books.go_on(run).await.unwrap() == Turn::Over {
            return books.end_sync(run, true).await.unwrap();
        }
    }
    panic!("a run that never ends");
}

async fn sync(books: &Books, journals: &[&str]) -> Overview {
    let wanted = Wanted { company: None, journals: journals.iter().map(|one| (*one).to_owned()).collect() };
    let run = books.begin_sync(&wanted).await.unwrap();
    to_its_end(books, &run).await
}

/// A company with two linked accounts that have brought everything.
async fn linked(desk: &Desk) {
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, A1, 40), held(2, MEUSE, A2, 6)]);
    let accounts = desk.connect(MEUSE).await;
    desk.link_all(&accounts).await;
    desk.work().await;
}

fn book(shelf: &Shared, account: usize, id: u128) {
    let mut shelf = shelf.lock().unwrap();
    shelf.accounts[account].book(crate::provider::Movement {
        id: domain::TransactionId::from_u128(id),
        booked_on: Date::constant(2026, 2, 28),
        minor: 700,
        label: "late".to_owned(),
    });
}

fn new_lines(overview: &Overview) -> Vec<(String, Option<i64>)> {
    let journals = overview.companies.iter().flat_map(|company| &company.journals);
    let mut told: Vec<_> = journals.map(|one| (one.number.clone(), one.changes.map(|changes| changes.new))).collect();
    told.sort();
    told
}

#[tokio::test]
async fn a_run_imports_what_is_new_and_says_how_everything_stands() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        let nothing = sync(&desk.books, &[]).await;
        assert_eq!(nothing.standing, Standing::Person, "nothing is connected: {nothing:?}");
        linked(&desk).await;
        book(&desk.shelf, 0, 9_001);
        book(&desk.shelf, 1, 9_002);
        let told = sync(&desk.books, &["be68 5390 0754 7034"]).await;
        assert_eq!(new_lines(&told), [(A1.to_owned(), Some(1))], "only the journal that was asked for");
        // The bank's balances are those of before, so the month is off by what came.
        assert_eq!(told.standing, Standing::Look);
        assert_eq!(told.companies[0].journals[0].gap.as_deref(), Some("-7.00"));
        let told = sync(&desk.books, &[]).await;
        assert_eq!(new_lines(&told), [(A1.to_owned(), Some(0)), (A2.to_owned(), Some(1))]);
        let unknown = Wanted { company: None, journals: vec!["BNK9".to_owned()] };
        let said = desk.books.begin_sync(&unknown).await.unwrap_err();
        assert!(matches!(&said, HeadlessError::Asked(what) if what.contains("BNK1")), "{said}");
        let lines = desk.books.export(&Wanted::default(), Stretch::default()).await.unwrap();
        assert_eq!(lines.len(), 48);
        let late = Stretch { from: Some(Date::constant(2026, 2, 28)), to: None };
        let lines = desk.books.export(&Wanted::default(), late).await.unwrap();
        assert!(lines.iter().any(|line| line.amount == "7.00" && line.label == "late"));
        assert!(lines.iter().all(|line| line.booked_on >= Date::constant(2026, 2, 28)));
    }
}

#[tokio::test]
async fn a_run_waits_for_running_books_and_takes_over_when_they_fall_silent() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        linked(&desk).await;
        book(&desk.shelf, 0, 9_001);
        let beside = desk.beside().await;
        desk.books.beat().await.unwrap();
        let run = beside.begin_sync(&Wanted::default()).await.unwrap();
        for _ in 0..10 {
            assert_eq!(beside.go_on(&run).await.unwrap(), Turn::Waits, "the work is the running books'");
        }
        // They do it, and the run only sees that it is over.
        desk.work().await;
        let told = to_its_end(&beside, &run).await;
        assert_eq!(new_lines(&told)[0], (A1.to_owned(), Some(1)));
        // They die: after a while the run works by itself.
        book(&desk.shelf, 0, 9_002);
        desk.books.beat().await.unwrap();
        let run = beside.begin_sync(&Wanted::default()).await.unwrap();
        assert_eq!(beside.go_on(&run).await.unwrap(), Turn::Waits);
        desk.clock.advance_seconds(16);
        let told = to_its_end(&beside, &run).await;
        assert_eq!(new_lines(&told)[0], (A1.to_owned(), Some(1)));
        let held = desk.shelf.lock().unwrap().accounts[0].clone();
        desk.assert_equal(&held).await;
    }
}

#[tokio::test]
async fn what_a_person_must_end_is_told_apart_from_what_passes() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        linked(&desk).await;
        desk.shelf.lock().unwrap().accounts[0].fails_with = Some("financialInstitutionUnavailable");
        let told = sync(&desk.books, &[]).await;
        assert_eq!(told.standing, Standing::Later, "{told:?}");
        desk.shelf.lock().unwrap().accounts[0].fails_with = None;
        assert_eq!(sync(&desk.books, &[]).await.standing, Standing::Well);
        // The secret was changed at the provider: nothing comes until somebody mends the settings.
        desk.clock.advance_seconds(3600);
        desk.shelf.lock().unwrap().refuse_secret = true;
        let told = sync(&desk.books, &[]).await;
        assert_eq!(told.standing, Standing::Person);
        let trouble = told.companies[0].connections[0].trouble.as_ref().unwrap();
        assert_eq!((trouble.code.as_str(), trouble.needs_person), ("invalidCredentials", true));
        desk.shelf.lock().unwrap().refuse_secret = false;
        assert_eq!(sync(&desk.books, &[]).await.standing, Standing::Well, "and goes on by itself afterwards");
        // An account that was left out of a new consent.
        desk.shelf.lock().unwrap().authorized.pop();
        desk.log_in("claire@example.org").await;
        desk.connect(MEUSE).await;
        let told = sync(&desk.books, &[]).await;
        assert_eq!(
            (told.standing, told.companies[0].connections[0].lost.as_slice()),
            (Standing::Person, &[A2.to_owned()][..])
        );
    }
}

#[tokio::test]
async fn an_address_is_opened_anywhere_and_the_return_needs_no_login() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        offer(&desk.shelf, vec![held(1, MEUSE, A1, 40), held(2, SEINE, A2, 6)]);
        let mut whither = Whither { company: "Ours".into(), bank: "banque".into(), ..Whither::default() };
        let said = desk.books.set_out(&whither).await.unwrap_err();
        assert!(matches!(&said, HeadlessError::Asked(what) if what.contains("no company 'Ours'")), "{said}");
        whither.new_company = true;
        let Way::Open { address, company, state_hash } = desk.books.set_out(&whither).await.unwrap() else {
            panic!("a person must authorise")
        };
        let address = url::Url::parse(&address).unwrap();
        let state = address.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        assert_eq!(desk.books.arrived(company, &state_hash).await.unwrap(), None);
        let guessed = desk.strange("/connect/return?state=guessed&code=code-1").await;
        assert!(guessed.location.starts_with("/login"), "only the state of this way opens the door");
        let back = format!("/connect/return?state={state}&code=code-1");
        let page = desk.strange(&back).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("go back to the terminal"), "{}", page.body);
        assert!(desk.strange(&back).await.body.contains("go back to the terminal"), "a reload changes nothing");
        let connection = desk.books.arrived(company, &state_hash).await.unwrap().unwrap();
        let connected = desk.books.link_connected(company, &[connection], LinkWhat::Bank).await.unwrap();
        let fed: Vec<_> = connected.accounts.iter().map(|one| (one.number.as_str(), one.journal.is_some())).collect();
        assert_eq!(fed, [(A1, true), (A2, false)], "those of the bank that was chosen");
        assert_eq!(new_lines(&sync(&desk.books, &[]).await), [(A1.to_owned(), Some(40))]);
        let several = Whither { bank: "e".into(), ..whither };
        let said = desk.books.set_out(&several).await.unwrap_err();
        assert!(matches!(&said, HeadlessError::Asked(what) if what.contains("several banks")), "{said}");
    }
}

fn plan(folder: &std::path::Path) -> Plan {
    let company = || "Ours".to_owned();
    Plan {
        connections: vec![PlannedConnection {
            company: company(),
            provider: OWN.to_owned(),
            bank: String::new(),
            every_hours: Some(24),
        }],
        journals: vec![PlannedJournal {
            company: company(),
            account: "BE68 5390 0754 7034".to_owned(),
            currency: None,
            name: Some("House bank".to_owned()),
            start: Some(Date::constant(2026, 2, 1)),
            statements: Some("weekly".to_owned()),
        }],
        targets: vec![PlannedTarget {
            company: company(),
            name: "Plain".to_owned(),
            system: "beancount".to_owned(),
            journals: Vec::new(),
            settings: BTreeMap::from([("folder".to_owned(), folder.display().to_string())]),
        }],
    }
}

#[tokio::test]
async fn a_file_describes_a_company_its_accounts_and_its_targets() {
    for engine in engines() {
        let shelf: Shared = Arc::new(Mutex::new(Shelf { feeds: true, host: Some("own.test"), ..Shelf::default() }));
        let desk = Desk::open_with(&engine, true, &[(OWN, "own.test", shelf.clone())]).await;
        offer(&shelf, vec![held(1, MEUSE, A1, 40), held(2, SEINE, A2, 6)]);
        // Somebody who signs up with the company's name gets nothing of it.
        desk.post("/sign-up", &[("company", "Ours"), ("email", "eve@example.org"), ("password", "a long enough one")])
            .await;
        let folder = std::env::temp_dir().join(format!("passerelle-plan-{}", std::process::id()));
        let plan = plan(&folder);
        for _ in 0..2 {
            assert_eq!(desk.books.apply(&plan).await.unwrap(), Vec::<String>::new());
        }
        let told = sync(&desk.books, &[]).await;
        assert_eq!(told.standing, Standing::Well, "{told:?}");
        let ours: Vec<_> = told.companies.iter().filter(|company| !company.journals.is_empty()).collect();
        let [company] = ours.as_slice() else { panic!("{told:?}") };
        let journal = &company.journals[0];
        assert_eq!((journal.name.as_str(), journal.lines, journal.proof), ("House bank", 20, Some("proven")));
        let every: Vec<_> = company.connections.iter().map(|one| (one.bank.as_str(), one.every_hours)).collect();
        assert_eq!(every, [("Banque de la Meuse", Some(24)), ("Crédit de la Seine", Some(24))]);
        assert_eq!((company.targets[0].delivered, company.targets[0].parked), (20, 0));
        assert!(folder.read_dir().unwrap().count() > 0, "the files are where the operator said");
        // The token ends and is asked for anew with the credentials.
        desk.clock.advance_seconds(4000);
        book(&shelf, 0, 9_001);
        assert_eq!(new_lines(&sync(&desk.books, &["House bank"]).await), [(A1.to_owned(), Some(1))]);
        std::fs::remove_dir_all(&folder).unwrap();

        // Her pages show neither the company nor the provider, and she cannot connect through it.
        assert!(!desk.get("/journals").await.body.contains("House bank"));
        assert!(!desk.get("/banks").await.body.contains(OWN));
        let fields = [("provider", OWN), ("institution", &MEUSE.to_string()), ("purpose", "connect")];
        assert_eq!(desk.post("/connect", &fields).await.status, StatusCode::NOT_FOUND);
        let page = desk.get(&format!("/connect?provider=Own+software&institution={MEUSE}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_cannot_be_yet_is_said_and_tried_again() {
    for engine in engines() {
        let shelf: Shared = Arc::new(Mutex::new(Shelf { feeds: true, host: Some("own.test"), ..Shelf::default() }));
        let desk = Desk::open_with(&engine, true, &[(OWN, "own.test", shelf.clone())]).await;
        offer(&shelf, vec![held(2, SEINE, A2, 6)]);
        shelf.lock().unwrap().refuse_secret = true;
        let mut plan = plan(std::path::Path::new("relative is inside"));
        plan.connections.push(PlannedConnection {
            company: "Ours".to_owned(),
            provider: "Test Hub".to_owned(),
            bank: "Lys Bank".to_owned(),
            every_hours: None,
        });
        let notes = desk.books.apply(&plan).await.unwrap().join("\n");
        assert!(notes.contains("Own software cannot be connected") && notes.contains("invalidCredentials"), "{notes}");
        assert!(
            notes.contains("passerelle books connect --company 'Ours' --provider 'Test Hub' 'Lys Bank'"),
            "{notes}"
        );
        assert!(notes.contains("account BE68 5390 0754 7034 of Ours is not authorised yet"), "{notes}");
        assert!(notes.contains("target 'Plain': folder cannot be used"), "{notes}");
        shelf.lock().unwrap().refuse_secret = false;
        offer(&shelf, vec![held(1, MEUSE, A1, 40)]);
        plan.connections.pop();
        plan.targets.clear();
        assert_eq!(desk.books.apply(&plan).await.unwrap(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_target_is_never_put_in_the_place_of_another() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        linked(&desk).await;
        let page = desk.add_target("beancount", &[("folder", "mine")]).await;
        let company = sync(&desk.books, &[]).await.companies[0].id.clone();
        let target = |name: &str, system: &str| PlannedTarget {
            company: company.clone(),
            name: name.to_owned(),
            system: system.to_owned(),
            journals: Vec::new(),
            settings: BTreeMap::from([("folder".to_owned(), format!("theirs-{system}"))]),
        };
        let plan = |targets| Plan { targets, ..Plan::default() };
        // One that a person added.
        let notes = desk.books.apply(&plan(vec![target("beancount", "beancount")])).await.unwrap().join("\n");
        assert!(notes.contains("target 'beancount'") && notes.contains("was added on the pages"), "{notes}");
        assert!(desk.get(&format!("{page}/settings")).await.body.contains("value=\"mine\""), "hers is as it was");
        // One of the file, which now says another system.
        assert_eq!(desk.books.apply(&plan(vec![target("Plain", "hledger")])).await.unwrap(), Vec::<String>::new());
        for _ in 0..2 {
            let notes = desk.books.apply(&plan(vec![target("Plain", "ledger")])).await.unwrap().join("\n");
            assert!(notes.contains("is of the system 'hledger'"), "{notes}");
        }
        sync(&desk.books, &[]).await;
        assert!(desk.files().join("theirs-hledger").exists() && !desk.files().join("theirs-ledger").exists());
    }
}
