//! The Odoo target against an Odoo that misbehaves as the real ones do.

use axum::http::StatusCode;
use domain::{Date, TransactionId};

use crate::desk::{Desk, Engine, engines, held, offer};
use crate::odoo_fake::{DATABASE, HOST, Journal, KEY, LOGIN, Odoo, Shared, odoo, router};
use crate::provider::{MEUSE, Movement};

const IBAN: &str = "BE68539007547034";
const VERSIONS: [i64; 4] = [16, 17, 18, 19];

async fn books(engine: &Engine, count: u32) -> Desk {
    let desk = Desk::open(engine, true).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![held(1, MEUSE, IBAN, count)]);
    let accounts = desk.connect(MEUSE).await;
    desk.link_all(&accounts).await;
    desk.work().await;
    desk
}

fn settings(odoo: &Shared) -> Vec<(&'static str, &'static str)> {
    let mut settings = vec![("address", "http://odoo.test/"), ("key", KEY)];
    if odoo.lock().unwrap().version < 19 {
        settings.extend([("database", DATABASE), ("login", LOGIN)]);
    }
    settings
}

/// Books and an Odoo with a target between them; nothing is delivered yet.
pub async fn between(engine: &Engine, odoo: &Shared, count: u32, more: &[(&str, &str)]) -> (Desk, String) {
    let desk = books(engine, count).await;
    desk.listen(HOST, router(odoo.clone()));
    let mut all = settings(odoo);
    all.extend(more.iter().map(|(name, value)| (*name, *value)).collect::<Vec<_>>());
    let page = desk.add_target("odoo", &all).await;
    (desk, page)
}

/// Dates and amounts of an Odoo's lines, sorted.
pub fn there(odoo: &Odoo) -> Vec<(String, String)> {
    let mut lines: Vec<_> =
        odoo.lines.iter().map(|line| (line.text("date").to_owned(), line.text("amount").to_owned())).collect();
    lines.sort();
    lines
}

pub fn here(desk: &Desk) -> Vec<(String, String)> {
    let shelf = desk.shelf.lock().unwrap();
    let decimal = |minor| domain::Money::new(minor, domain::Currency::EUR).decimal();
    let mut lines: Vec<_> =
        shelf.accounts[0].movements.iter().map(|m| (m.booked_on.to_string(), decimal(m.minor))).collect();
    lines.sort();
    lines
}

pub async fn book(desk: &Desk, id: u128, day: i8, label: &str) {
    let movement = Movement {
        id: TransactionId::from_u128(id),
        booked_on: Date::constant(2026, 2, day),
        minor: 12_34,
        label: label.to_owned(),
    };
    desk.shelf.lock().unwrap().accounts[0].book(movement);
    import(desk).await;
}

async fn import(desk: &Desk) {
    let page = desk.get("/connections").await.body;
    let at = page.find("/connections/").unwrap();
    let connection = page[at..at + "/connections/".len() + 36].to_owned();
    desk.clock.advance_seconds(60);
    desk.post(&format!("{connection}/import"), &[]).await;
    desk.work().await;
}

#[tokio::test]
async fn every_version_gets_every_line_once() {
    for engine in engines() {
        for version in VERSIONS {
            let odoo = odoo(version);
            let (desk, page) = between(&engine, &odoo, 230, &[]).await;
            desk.deliver().await;
            {
                let odoo = odoo.lock().unwrap();
                assert_eq!(there(&odoo), here(&desk), "Odoo {version}");
                assert_eq!(odoo.loads, [100, 100, 30], "at most a hundred at once");
                assert_eq!((odoo.journals.len(), odoo.journals[0].number.as_str()), (1, IBAN), "made once");
            }
            // Asked again, nothing that was acknowledged is sent.
            desk.post(&format!("{page}/again"), &[]).await;
            desk.deliver().await;
            assert_eq!(odoo.lock().unwrap().loads.len(), 3);
            // What a person deletes there stays deleted, and what comes later is delivered.
            odoo.lock().unwrap().lines.remove(0);
            book(&desk, 9_001, 20, "late").await;
            desk.deliver().await;
            assert_eq!(odoo.lock().unwrap().lines.len(), 230);
            assert_eq!(odoo.lock().unwrap().loads.last(), Some(&1));
            assert!(desk.get(&page).await.body.contains("231 lines delivered"));
        }
    }
}

#[tokio::test]
async fn a_kill_at_any_request_ends_with_every_line_once() {
    let odoo = odoo(18);
    for at in 4..12 {
        for reached in [false, true] {
            {
                let mut odoo = odoo.lock().unwrap();
                odoo.lines.clear();
                odoo.external.clear();
                odoo.journals.clear();
            }
            let (mut desk, _) = between(&Engine::Sqlite, &odoo, 6, &[]).await;
            *desk.door.cut.lock().unwrap() = Some((at, reached));
            let cut = tokio::time::timeout(std::time::Duration::from_millis(200), desk.books.deliver_once()).await;
            *desk.door.cut.lock().unwrap() = None;
            assert!(cut.is_err(), "request {at} was not cut");
            desk.reopen().await;
            // The lease of the dead process runs out.
            desk.clock.advance_seconds(15);
            desk.deliver().await;
            let odoo = odoo.lock().unwrap();
            assert_eq!(there(&odoo), here(&desk), "cut at request {at}, reached: {reached}");
            assert_eq!(odoo.journals.len(), 1);
        }
    }
}

#[tokio::test]
async fn a_missing_group_is_named_before_anything_is_kept_and_when_it_is_lost() {
    for (version, group) in
        [(16, "account.group_account_user"), (18, "account.group_account_basic"), (19, "account.group_account_basic")]
    {
        for in_messages in [false, true] {
            let odoo = odoo(version);
            let desk = books(&Engine::Sqlite, 4).await;
            desk.listen(HOST, router(odoo.clone()));
            let held = odoo.lock().unwrap().groups.clone();
            odoo.lock().unwrap().groups.clear();
            odoo.lock().unwrap().rights_in_messages = in_messages;
            let mut fields = settings(&odoo);
            fields.extend([("system", "odoo"), ("name", "Odoo")]);
            let answer = desk.post("/targets", &fields).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.body.contains(group), "{}", answer.body);
            assert!(!answer.body.contains(KEY), "a key is never shown");
            odoo.lock().unwrap().groups.clone_from(&held);
            let page = desk.add_target("odoo", &settings(&odoo)).await;
            odoo.lock().unwrap().groups = held.iter().filter(|group| group.ends_with("manager")).copied().collect();
            desk.deliver().await;
            let shown = desk.get(&page).await.body;
            assert!(shown.contains(group) && shown.contains("may not create bank lines"), "{shown}");
            assert!(odoo.lock().unwrap().lines.is_empty());
            // It waits for a person, and nothing is lost.
            odoo.lock().unwrap().groups = held;
            desk.clock.advance_seconds(3600);
            assert!(!desk.books.deliver_once().await.unwrap());
            desk.post(&format!("{page}/again"), &[]).await;
            desk.deliver().await;
            assert_eq!(there(&odoo.lock().unwrap()), here(&desk));
        }
    }
}

#[tokio::test]
async fn lines_behind_the_lock_are_parked_and_never_moved() {
    for version in VERSIONS {
        let odoo = odoo(version);
        odoo.lock().unwrap().lock = Some(("2026-01-20", "2026-11-22"));
        let (desk, page) = between(&Engine::Sqlite, &odoo, 56, &[]).await;
        desk.deliver().await;
        assert!(odoo.lock().unwrap().lines.iter().all(|line| line.text("date") > "2026-01-20"));
        let shown = desk.get(&page).await.body;
        assert!(shown.contains("The period is locked there up to") && shown.contains("2026-01-20"), "{shown}");
        // The lock is lifted: they go by themselves when it is time to look again.
        odoo.lock().unwrap().lock = None;
        desk.clock.advance_seconds(7 * 3600);
        desk.deliver().await;
        assert_eq!(there(&odoo.lock().unwrap()), here(&desk));
    }
}

#[tokio::test]
async fn a_lock_that_falls_between_reading_and_writing_is_an_alarm() {
    let odoo = odoo(18);
    let (desk, page) = between(&Engine::Sqlite, &odoo, 6, &[]).await;
    // This one does not say that it is locked.
    odoo.lock().unwrap().version = 17;
    odoo.lock().unwrap().groups.insert("account.group_account_user");
    odoo.lock().unwrap().lock = Some(("2026-01-02", "2026-11-22"));
    let moved = Lying { odoo: odoo.clone() };
    desk.listen(HOST, moved.router());
    desk.deliver().await;
    let shown = desk.get(&page).await.body;
    assert!(shown.contains("on another day") && shown.contains("became 2026-11-22"), "{shown}");
    // The journal waits: nothing more is sent until a person has looked.
    book(&desk, 9_002, 21, "later").await;
    desk.deliver().await;
    assert_eq!(odoo.lock().unwrap().lines.len(), 6);
}

/// An Odoo whose lock falls after it was read: it tells none.
struct Lying {
    odoo: Shared,
}

impl Lying {
    fn router(&self) -> axum::Router {
        let odoo = self.odoo.clone();
        router(odoo).layer(axum::middleware::map_response(|response: axum::response::Response| async move {
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let text = text.replace("\"fiscalyear_lock_date\":\"2026-01-02\"", "\"fiscalyear_lock_date\":false");
            let mut parts = parts;
            parts.headers.remove("content-length");
            axum::response::Response::from_parts(parts, axum::body::Body::from(text))
        }))
    }
}

#[tokio::test]
async fn a_wrong_database_and_a_wrong_key_are_told_apart() {
    for version in [16, 19] {
        let odoo = odoo(version);
        let desk = books(&Engine::Sqlite, 2).await;
        desk.listen(HOST, router(odoo));
        let with = |database: &'static str, key: &'static str| {
            [
                ("system", "odoo"),
                ("name", "O"),
                ("address", "http://odoo.test"),
                ("login", LOGIN),
                ("database", database),
                ("key", key),
            ]
        };
        let answer = desk.post("/targets", &with("other", KEY)).await;
        assert!(answer.body.contains("does not know this database"), "{version}: {}", answer.body);
        let answer = desk.post("/targets", &with(DATABASE, "wrong")).await;
        assert!(answer.body.contains("refuses the login or key"), "{version}: {}", answer.body);
        assert!(!answer.body.contains("Traceback"));
    }
}

#[tokio::test]
async fn contention_and_a_broken_gateway_pass_by_themselves() {
    for version in [16, 19] {
        let odoo = odoo(version);
        let (desk, page) = between(&Engine::Sqlite, &odoo, 12, &[]).await;
        odoo.lock().unwrap().contended = 1;
        desk.deliver().await;
        assert!(odoo.lock().unwrap().lines.is_empty());
        let shown = desk.get(&page).await.body;
        assert!(shown.contains("was busy") && shown.contains("could not serialize"), "{shown}");
        odoo.lock().unwrap().broken = 1;
        desk.clock.advance_seconds(120);
        desk.deliver().await;
        assert!(odoo.lock().unwrap().lines.is_empty());
        desk.clock.advance_seconds(600);
        desk.deliver().await;
        assert_eq!(there(&odoo.lock().unwrap()), here(&desk));
        assert!(!desk.get(&page).await.body.contains("was busy"));
    }
}

#[tokio::test]
async fn a_refused_row_is_parked_and_the_others_go() {
    let odoo = odoo(19);
    odoo.lock().unwrap().refuses = Some("payment 3");
    let (desk, page) = between(&Engine::Sqlite, &odoo, 8, &[]).await;
    desk.deliver().await;
    assert_eq!(odoo.lock().unwrap().lines.len(), 7);
    let shown = desk.get(&page).await.body;
    assert!(shown.contains("The system refused it") && shown.contains("refused: payment 3"), "{shown}");
    odoo.lock().unwrap().refuses = None;
    desk.post(&format!("{page}/again"), &[]).await;
    desk.deliver().await;
    assert_eq!(there(&odoo.lock().unwrap()), here(&desk));
}

#[tokio::test]
async fn what_oca_pulled_before_is_not_doubled() {
    let odoo = odoo(18);
    let (desk, page) = between(&Engine::Sqlite, &odoo, 5, &[]).await;
    {
        let first = desk.shelf.lock().unwrap().accounts[0].movements[0].clone();
        let mut odoo = odoo.lock().unwrap();
        odoo.oca = true;
        odoo.journals.push(journal("undefined"));
        let values = [
            ("unique_import_id", format!("{IBAN}-3-{}", first.id)),
            ("date", first.booked_on.to_string()),
            ("amount", domain::Money::new(first.minor, domain::Currency::EUR).decimal()),
        ];
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        odoo.lines.push(crate::odoo_fake::Line { id: 55, statement: None, values });
    }
    desk.deliver().await;
    {
        let odoo = odoo.lock().unwrap();
        assert_eq!(there(&odoo), here(&desk));
        assert_eq!(odoo.loads, [4]);
        assert!(odoo.lines.iter().all(|line| line.text("unique_import_id").starts_with("BE68539007547034-3-")));
    }
    assert!(desk.get(&page).await.body.contains("5 lines delivered"));
}

fn journal(source: &str) -> Journal {
    let (name, number, source) = ("KBC".into(), IBAN.into(), source.into());
    Journal { id: 3, name, number, currency: None, source, suspense: true, active: true }
}

#[tokio::test]
async fn a_journal_that_does_not_fit_is_refused() {
    let dollar = Journal { currency: Some(2), ..journal("undefined") };
    let bare = Journal { suspense: false, ..journal("undefined") };
    let twin = Journal { id: 4, ..journal("undefined") };
    let shut = Journal { active: false, ..journal("undefined") };
    let cases: [(Vec<Journal>, &str); 7] = [
        (vec![journal("another_module")], "Another feed fills this journal"),
        (vec![shut], "or its journal is archived there"),
        (vec![journal("online_sync")], "Another feed fills this journal"),
        (vec![journal("online")], "Another feed fills this journal"),
        (vec![dollar], "another currency"),
        (vec![bare], "no suspense account"),
        (vec![journal("undefined"), twin], "Several journals there have this account number"),
    ];
    for (journals, sentence) in cases {
        let odoo = odoo(18);
        odoo.lock().unwrap().journals = journals;
        let (desk, page) = between(&Engine::Sqlite, &odoo, 3, &[]).await;
        desk.deliver().await;
        let shown = desk.get(&page).await.body;
        assert!(shown.contains(sentence), "{sentence}: {shown}");
        assert!(odoo.lock().unwrap().lines.is_empty());
    }
}

#[tokio::test]
async fn a_journal_is_made_only_with_the_right_and_the_wish() {
    let odoo = odoo(18);
    odoo.lock().unwrap().groups.remove("account.group_account_manager");
    let (desk, page) = between(&Engine::Sqlite, &odoo, 3, &[]).await;
    desk.deliver().await;
    let shown = desk.get(&page).await.body;
    assert!(
        shown.contains("There is no journal for this account") && shown.contains("account.group_account_manager"),
        "{shown}"
    );
    odoo.lock().unwrap().groups.insert("account.group_account_manager");
    // Somebody else's archived account of this number is in nobody's way.
    odoo.lock().unwrap().archived.extend([(IBAN, 1), (IBAN, 9)]);
    desk.post(&format!("{page}/again"), &[]).await;
    desk.deliver().await;
    assert!(desk.get(&page).await.body.contains("is archived there"));
    odoo.lock().unwrap().archived.remove(0);
    desk.post(&format!("{page}/again"), &[]).await;
    desk.deliver().await;
    assert_eq!(odoo.lock().unwrap().lines.len(), 3);
    let (desk, page) = between(&Engine::Sqlite, &crate::odoo_fake::odoo(19), 3, &[("only_existing", "true")]).await;
    desk.deliver().await;
    assert!(desk.get(&page).await.body.contains("There is no journal for this account"));
}

#[tokio::test]
async fn proven_months_become_checkpoints_once() {
    let odoo = odoo(18);
    let (desk, page) = between(&Engine::Sqlite, &odoo, 40, &[("checkpoints", "true")]).await;
    for _ in 0..2 {
        desk.deliver().await;
        desk.post(&format!("{page}/again"), &[]).await;
        desk.deliver().await;
    }
    // Cut off between the making and the note of it: what is there is noted, although its lines are in a statement now.
    let db = db::Db::open(&desk.database).await.unwrap();
    let forgotten: Result<u64, db::DbError> = db::write!(db, tx => { tx.run("DELETE FROM checkpoint", &[]).await });
    assert_eq!(forgotten.unwrap(), 2);
    desk.post(&format!("{page}/again"), &[]).await;
    desk.deliver().await;
    let counted = db.read().await.unwrap().one("SELECT COUNT(*) AS n FROM checkpoint", &[]).await.unwrap();
    assert_eq!(counted.int("n").unwrap(), 2);
    db.close().await;
    let odoo = odoo.lock().unwrap();
    assert_eq!(odoo.statements.len(), 2, "January and February are over and proven");
    let (name, head, lines) = &odoo.statements[0];
    assert_eq!(name, &format!("__passerelle__.cp-{IBAN}-EUR-2026-01"));
    assert_eq!((head["balance_start"].as_str(), lines.len()), ("1000.00", 20));
}

#[tokio::test]
async fn an_unproven_month_gets_no_checkpoint() {
    let odoo = odoo(19);
    let desk = books(&Engine::Sqlite, 0).await;
    let mut account = held(1, MEUSE, IBAN, 40);
    account.balances.retain(|(kind, ..)| *kind == "openingBooked");
    offer(&desk.shelf, vec![account]);
    import(&desk).await;
    desk.listen(HOST, router(odoo.clone()));
    let mut all = settings(&odoo);
    all.push(("checkpoints", "true"));
    desk.add_target("odoo", &all).await;
    desk.deliver().await;
    let odoo = odoo.lock().unwrap();
    assert_eq!((odoo.lines.len(), odoo.statements.len()), (40, 0));
}
