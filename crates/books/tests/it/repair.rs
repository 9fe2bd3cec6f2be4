//! Start dates, statement periods, checks, duplicates, transfers, and consents that end.

use axum::http::StatusCode;
use books::LineState;
use domain::{Date, Proof, TransactionId};

use crate::desk::{Desk, Engine, engines, held, offer};
use crate::files::{counted, in_order, told};
use crate::provider::{MEUSE, Movement, SEINE, Shared, Shelf};

const A1: &str = "BE68539007547034";
const A2: &str = "BE71096123456769";

async fn settled(engine: &Engine, feeds: bool, count: u32) -> (Desk, String) {
    let desk = Desk::open(engine, feeds).await;
    desk.sign_up("claire@example.org").await;
    offer(&desk.shelf, vec![in_order(count)]);
    let connection = desk.link_all(&desk.connect(MEUSE).await).await;
    desk.work().await;
    (desk, connection)
}

#[tokio::test]
async fn a_start_date_is_previewed_kept_and_moved() {
    for engine in engines() {
        for feeds in [true, false] {
            let desk = Desk::open(&engine, feeds).await;
            desk.sign_up("claire@example.org").await;
            let account = in_order(60);
            offer(&desk.shelf, vec![account.clone()]);
            let accounts = desk.connect(MEUSE).await;
            let id = desk.linkable(&accounts).await[0];
            let (journal, start) = (format!("journal-{id}"), format!("start-{id}"));
            let fields = [(journal.as_str(), "new"), (start.as_str(), "2026-02-10")];
            let wanted: Vec<_> =
                told(&account).into_iter().filter(|(day, _)| *day >= Date::constant(2026, 2, 10)).collect();
            let preview = desk.post(&accounts, &[fields[0], fields[1], ("count", "1")]).await.body;
            assert!(preview.contains(&format!("data-lines=\"{}\"", wanted.len())), "{preview}");
            assert!(preview.contains("of 60") && preview.contains("value=\"2026-02-10\""), "what was typed stays");
            assert!(desk.books.journals().await.unwrap().is_empty(), "counting links nothing");
            desk.post(&accounts, &fields).await;
            desk.work().await;
            assert_eq!(counted(&desk).await, wanted);
            // No balance from before the beginning proves anything.
            if feeds {
                let statements = &desk.books.journals().await.unwrap()[0].statements;
                assert_eq!(statements[0].proof, Proof::Unproven, "{statements:?}");
            }
            // An earlier beginning brings the rest.
            let journal = desk.journal(A1).await;
            let settings = [("name", "Bank"), ("period", "weekly"), ("start", "")];
            desk.post(&format!("{journal}/settings"), &settings).await;
            desk.post(&accounts.replace("/accounts", "/import"), &[]).await;
            desk.work().await;
            desk.assert_equal(&account).await;
        }
    }
}

#[tokio::test]
async fn statements_are_by_day_week_month_or_none() {
    for engine in engines() {
        let (desk, _) = settled(&engine, true, 60).await;
        let journal = desk.journal(A1).await;
        let account = in_order(60);
        for (period, first) in [("daily", "2026-01-01"), ("weekly", "2026-W01"), ("monthly", "2026-01")] {
            desk.post(&format!("{journal}/settings"), &[("name", "Bank"), ("period", period), ("start", "")]).await;
            let page = desk.get(&journal).await.body;
            assert!(page.contains(&format!("/statements/{first}\"")), "{period}: {page}");
            let statement = desk.get(&format!("{journal}/statements/{first}")).await;
            assert_eq!(statement.status, StatusCode::OK);
            let journals = desk.books.journals().await.unwrap();
            let total: i64 = journals[0].statements.iter().map(|one| one.total.minor()).sum();
            assert_eq!(total, account.movements.iter().map(|one| one.minor).sum::<i64>(), "{period}");
        }
        desk.post(&format!("{journal}/settings"), &[("name", "Bank"), ("period", "none"), ("start", "")]).await;
        let page = desk.get(&journal).await.body;
        assert!(!page.contains("/statements/"), "{page}");
        let journals = desk.books.journals().await.unwrap();
        assert_eq!((journals[0].statements.len(), journals[0].lines), (0, 60));
        assert!(desk.get("/journals").await.body.contains("Proven"), "the dashboard still proves");
        for start in ["-009999-01-01", "1969-12-31", "9999-12-31"] {
            let fields = [("name", "Bank"), ("period", "weekly"), ("start", start)];
            let refused = desk.post(&format!("{journal}/settings"), &fields).await.body;
            assert!(refused.contains("from 1970 to one year from now"), "{start}: {refused}");
        }
        let wrong = desk.post(&format!("{journal}/settings"), &[("name", ""), ("start", "soon")]).await.body;
        assert!(wrong.contains("Write a name") && wrong.contains("Write a day"), "{wrong}");
    }
}

#[tokio::test]
async fn a_check_finds_what_is_missing_and_what_is_too_much() {
    for engine in engines() {
        for feeds in [true, false] {
            let (mut desk, connection) = settled(&engine, feeds, 40).await;
            let journal = desk.journal(A1).await;
            let begin = async |desk: &Desk| {
                desk.clock.advance_seconds(1);
                desk.post(&format!("{journal}/check"), &[]).await;
                let progress = desk.get(&format!("{journal}/check/progress")).await.body;
                assert!(progress.contains("data-refresh"), "{progress}");
                desk.work().await;
                desk.get(&format!("{journal}/check")).await.body
            };
            let page = begin(&desk).await;
            assert!(page.contains("data-missing=\"0\" data-surplus=\"0\""), "{page}");
            assert!(page.contains("40 movements listed"), "{page}");
            // A provider that lists two movements which its feed never told, and one no more.
            {
                let mut shelf = desk.shelf.lock().unwrap();
                let account = &mut shelf.accounts[0];
                for id in [900, 901] {
                    let booked_on = Date::constant(2026, 1, 3);
                    let new =
                        Movement { id: TransactionId::from_u128(id), booked_on, minor: 9, label: format!("lost {id}") };
                    account.movements.insert(0, new);
                }
                account.movements.remove(20);
            }
            // The books die in the middle of the check.
            desk.clock.advance_seconds(1);
            desk.post(&format!("{journal}/check"), &[]).await;
            desk.books.work_once().await.unwrap();
            desk.reopen().await;
            desk.work().await;
            let page = desk.get(&format!("{journal}/check")).await.body;
            assert!(page.contains("data-missing=\"2\" data-surplus=\"1\""), "{page}");
            assert!(page.contains("lost 900") && page.contains("no longer listed by the provider"), "{page}");
            let taken = desk.post(&format!("{journal}/check/take"), &[]).await;
            assert_eq!(taken.location, connection);
            desk.work().await;
            let lines = desk.books.lines(A1).await.unwrap();
            assert_eq!(lines.iter().filter(|line| line.label.starts_with("lost")).count(), 2);
            assert_eq!(lines.len(), 42);
            assert!(begin(&desk).await.contains("data-missing=\"0\""));
            // Once more: nothing comes twice.
            desk.post(&format!("{journal}/check/take"), &[]).await;
            desk.work().await;
            assert_eq!(desk.books.lines(A1).await.unwrap().len(), 42);
        }
    }
}

#[tokio::test]
async fn duplicates_are_shown_set_aside_and_stay_so() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true, 10).await;
        let twin = Movement { id: TransactionId::from_u128(700), ..in_order(10).movements[4].clone() };
        desk.shelf.lock().unwrap().accounts[0].book(twin);
        desk.post(&format!("{connection}/import"), &[]).await;
        desk.work().await;
        assert_eq!(counted(&desk).await.len(), 11, "nobody but a person drops one of two alike");
        let journal = desk.journal(A1).await;
        let page = desk.get(&format!("{journal}/check?from=2026-01-01")).await.body;
        assert_eq!(page.matches("data-group=\"2\"").count(), 1, "{page}");
        let at = page.find("/aside\"").unwrap();
        let line = page[..at].rsplit("action=\"").next().unwrap().to_owned();
        desk.post(&format!("{line}/aside"), &[]).await;
        assert_eq!(counted(&desk).await.len(), 10);
        assert!(!desk.get(&format!("{journal}/check?from=2026-01-01")).await.body.contains("data-group"));
        // However often the provider tells it again, it stays aside until a person brings it back.
        desk.post(&format!("{journal}/unlink"), &[]).await;
        let accounts = connection.clone() + "/accounts";
        let id = desk.linkable(&accounts).await[0];
        desk.post(&accounts, &[(&format!("journal-{id}"), &journal[10..])]).await;
        desk.work().await;
        assert_eq!(counted(&desk).await.len(), 10);
        assert!(desk.get(&line).await.body.contains("set aside by a person"));
        desk.post(&format!("{line}/back"), &[]).await;
        assert_eq!(counted(&desk).await.len(), 11);
        desk.sign_up("paul@example.org").await;
        assert_eq!(desk.post(&format!("{line}/aside"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.get(&format!("{journal}/check")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn transfers_between_own_journals_are_suggested() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        let (mut one, mut two) = (held(1, MEUSE, A1, 4), held(2, MEUSE, A2, 4));
        let movement = |id: u128, day: i8, minor| {
            let booked_on = Date::constant(2026, 2, day);
            Movement { id: TransactionId::from_u128(id), booked_on, minor, label: "own money".to_owned() }
        };
        one.book(movement(500, 20, -75_000));
        two.book(movement(501, 21, 75_000));
        offer(&desk.shelf, vec![one, two]);
        desk.link_all(&desk.connect(MEUSE).await).await;
        desk.work().await;
        let page = desk.get("/transfers").await.body;
        assert_eq!(page.matches("data-pair=\"suggested\"").count(), 1, "{page}");
        let value = |name: &str| {
            let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            rest[..36].to_owned()
        };
        let (debit, credit) = (value("debit"), value("credit"));
        let say = async |verdict: &str| {
            let fields = [("debit", debit.as_str()), ("credit", credit.as_str()), ("verdict", verdict)];
            desk.post("/transfers", &fields).await
        };
        say("confirmed").await;
        assert!(desk.get("/transfers").await.body.contains("data-pair=\"confirmed\""));
        say("none").await;
        assert!(desk.get("/transfers").await.body.contains("data-pair=\"suggested\""));
        say("dismissed").await;
        assert!(desk.get("/transfers").await.body.contains("No transfer found"));
        desk.sign_up("paul@example.org").await;
        assert_eq!(say("confirmed").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_consent_counts_down_and_one_button_renews_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.sign_up("claire@example.org").await;
        offer(&desk.shelf, vec![in_order(4)]);
        let until = async |until: &'static str| {
            desk.shelf.lock().unwrap().consent_until = Some(until);
            desk.connect(MEUSE).await
        };
        let accounts = until("2026-06-20T12:00:00.000Z").await;
        let connection = desk.link_all(&accounts).await;
        desk.work().await;
        assert!(!desk.get("/journals").await.body.contains("/renew"), "far away: nothing to do");
        until("2026-03-12T12:00:00.000Z").await;
        let soon = desk.get("/journals").await.body;
        assert!(soon.contains("ends in 10 days") && soon.contains("notice care"), "{soon}");
        // Without a page of its own for it, the provider's consent page renews.
        let away = desk.post(&format!("{connection}/renew"), &[]).await;
        assert!(
            away.location.starts_with("/connect?") && away.location.contains("update-credentials"),
            "{}",
            away.location
        );
        until("2026-03-01T12:00:00.000Z").await;
        let ended = desk.get(&connection).await.body;
        assert!(ended.contains("has ended: nothing new comes") && ended.contains("notice bad"), "{ended}");
        assert!(ended.contains("data-copy=\"") && ended.contains("Reference to quote"), "{ended}");
    }
}

#[tokio::test]
async fn a_provider_with_a_page_to_renew_on_is_asked_for_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, true).await;
        desk.shelf.lock().unwrap().renewal = Some("http://provider.test/renewals/1");
        desk.sign_up("claire@example.org").await;
        offer(&desk.shelf, vec![in_order(4)]);
        let connection = desk.link_all(&desk.connect(MEUSE).await).await;
        desk.work().await;
        let away = desk.post(&format!("{connection}/renew"), &[]).await;
        let back = format!("http://books.test{connection}/renewed");
        assert_eq!(away.location, format!("http://provider.test/renewals/1?back={back}"));
        let home = desk.get(&format!("{connection}/renewed")).await;
        assert_eq!(home.location, connection);
        assert!(desk.books.work_once().await.unwrap(), "what came meanwhile is imported");
    }
}

#[tokio::test]
async fn how_often_is_a_choice() {
    for engine in engines() {
        let (desk, connection) = settled(&engine, true, 4).await;
        desk.post(&format!("{connection}/automatic"), &[("every", "6")]).await;
        desk.wait_hours(6).await;
        assert!(desk.books.work_once().await.unwrap(), "six hours are enough now");
        desk.work().await;
        desk.post(&format!("{connection}/automatic"), &[("every", "24")]).await;
        desk.wait_hours(12).await;
        assert!(!desk.books.work_once().await.unwrap());
        assert_eq!(desk.post(&format!("{connection}/automatic"), &[("every", "1")]).await.status, StatusCode::CONFLICT);
        desk.post(&format!("{connection}/automatic"), &[("every", "0")]).await;
        desk.wait_hours(48).await;
        assert!(!desk.books.work_once().await.unwrap());
    }
}

#[tokio::test]
async fn several_providers_reach_one_bank_and_one_journal() {
    for engine in engines() {
        let other: Shared = std::sync::Arc::new(std::sync::Mutex::new(Shelf {
            host: Some("ponto.test"),
            feeds: false,
            ..Shelf::default()
        }));
        let desk = Desk::open_with(&engine, true, &[("Ponto", "ponto.test", other.clone())]).await;
        desk.sign_up("claire@example.org").await;
        let found = desk.get("/banks?q=meuse").await.body;
        assert!(found.contains("through Test Hub") && found.contains("through Ponto"), "{found}");
        assert!(found.contains("consent for 180 days") && found.contains("730 days of history"), "{found}");
        assert!(desk.get("/banks?q=lys").await.body.contains("Beta"));
        let account = in_order(30);
        offer(&desk.shelf, vec![account.clone()]);
        let mut same = in_order(30);
        let mut next = 0xF00_0000;
        same.reissue(|| {
            next += 1;
            next
        });
        offer(&other, vec![same.clone(), held(9, SEINE, A2, 3)]);
        let first = desk.link_all(&desk.connect(MEUSE).await).await;
        desk.work().await;
        // The other provider tells the same account: no second journal by accident.
        let accounts = desk.connect_through("Ponto", MEUSE).await;
        let linkable = desk.linkable(&accounts).await;
        let name = format!("journal-{}", linkable[0]);
        let refused = desk.post(&accounts, &[(&name, "new")]).await.body;
        assert!(
            refused.contains("hardly ever meant") && refused.contains(&format!("anyway-{}", linkable[0])),
            "{refused}"
        );
        // Moved over on purpose: the same journal goes on, and no line comes twice.
        let journal = desk.journal(A1).await;
        desk.post(&format!("{journal}/unlink"), &[]).await;
        desk.post(&accounts, &[(&name, &journal[10..])]).await;
        desk.work().await;
        desk.assert_equal(&same).await;
        assert_eq!(desk.books.journals().await.unwrap().len(), 1);
        // And back.
        desk.post(&format!("{journal}/unlink"), &[]).await;
        let id = desk.linkable(&format!("{first}/accounts")).await[0];
        desk.post(&format!("{first}/accounts"), &[(&format!("journal-{id}"), &journal[10..])]).await;
        desk.work().await;
        desk.assert_equal(&account).await;
        // Insisting on a second journal takes the lines along: each movement stands in one journal only.
        desk.post(&format!("{journal}/unlink"), &[]).await;
        let anyway = format!("anyway-{id}");
        let fields = [(format!("journal-{id}"), "new"), (anyway, "1")];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        desk.post(&format!("{first}/accounts"), &fields).await;
        desk.work().await;
        let lines = desk.books.lines(A1).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.state != LineState::Removed).count(), 30);
    }
}
