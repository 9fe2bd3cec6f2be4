//! What a person may ask of the Odoo target besides lines.

use axum::http::StatusCode;

use crate::desk::{Engine, engines};
use crate::odoo::{between, book, here, there};
use crate::odoo_fake::{DATABASE, Journal, KEY, LOGIN, Line, odoo};

#[tokio::test]
async fn details_are_told_where_odoo_has_a_place_for_them() {
    for engine in engines() {
        for (version, told) in [(16, false), (18, true), (19, true)] {
            let odoo = odoo(version);
            let (desk, _) = between(&engine, &odoo, 6, &[("details", "true")]).await;
            desk.deliver().await;
            let odoo = odoo.lock().unwrap();
            assert_eq!(there(&odoo), here(&desk), "Odoo {version}");
            assert_eq!(odoo.details.len(), if told { 6 } else { 0 });
            let id = odoo.lines[0].id;
            assert!(!told || odoo.details[&id]["transaction_id"].is_string());
        }
    }
}

#[tokio::test]
async fn the_opening_entry_is_made_once_and_only_when_asked_for() {
    for engine in engines() {
        for (version, checkpoints) in [(16, "true"), (19, "true"), (19, "false")] {
            let odoo = odoo(version);
            let more = [("checkpoints", checkpoints), ("opening_account", "41")];
            let (desk, page) = between(&engine, &odoo, 40, &more).await;
            desk.deliver().await;
            for _ in 0..2 {
                let ours = |line: &&Line| line.text("ref").starts_with("passerelle:opening:");
                let opening: Vec<Line> = odoo.lock().unwrap().lines.iter().filter(ours).cloned().collect();
                let [entry] = opening.as_slice() else { panic!("{opening:?}") };
                let told = (entry.text("date"), entry.text("amount"), entry.text("counterpart_account_id"));
                assert_eq!((told.0, told.2), ("2025-12-31", "41"));
                assert!(["1000.00", "1000.0", "1000"].contains(&told.1), "{}", told.1);
                desk.post(&format!("{page}/again"), &[]).await;
                desk.deliver().await;
            }
            assert_eq!(odoo.lock().unwrap().lines.len(), 41);
            assert_eq!(odoo.lock().unwrap().statements.len(), if checkpoints == "true" { 2 } else { 0 });
            // One that somebody deleted there does not come back.
            odoo.lock().unwrap().lines.retain(|line| !line.text("ref").starts_with("passerelle:opening:"));
            desk.post(&format!("{page}/again"), &[]).await;
            desk.deliver().await;
            assert_eq!(odoo.lock().unwrap().lines.len(), 40);
        }
        // Into a locked period it is not booked, because Odoo would move it in silence.
        let odoo = odoo(18);
        odoo.lock().unwrap().lock = Some(("2025-12-31", "2026-01-31"));
        let more = [("checkpoints", "true"), ("opening_account", "41")];
        let (desk, page) = between(&engine, &odoo, 40, &more).await;
        desk.deliver().await;
        assert_eq!(odoo.lock().unwrap().lines.len(), 40);
        assert!(desk.get(&page).await.body.contains("falls into a locked period"));
    }
}

#[tokio::test]
async fn a_target_that_is_taken_out_of_use_keeps_its_ledger() {
    for engine in engines() {
        let odoo = odoo(18);
        let (desk, page) = between(&engine, &odoo, 6, &[]).await;
        desk.deliver().await;
        assert!(desk.get(&format!("{page}/retire")).await.body.contains("out of use?"));
        let gone = desk.post(&format!("{page}/retire"), &[]).await;
        assert_eq!((gone.status, gone.location.as_str()), (StatusCode::SEE_OTHER, "/targets"));
        book(&desk, 9_001, 20, "meanwhile").await;
        desk.deliver().await;
        assert_eq!(odoo.lock().unwrap().lines.len(), 6, "nothing more goes there");
        let list = desk.get("/targets").await.body;
        assert!(list.contains("Out of use") && list.contains(&format!("{page}/restore")), "{list}");
        // A line that somebody deleted there does not come back when the target is taken into use again.
        odoo.lock().unwrap().lines.remove(0);
        desk.post(&format!("{page}/restore"), &[]).await;
        desk.deliver().await;
        assert_eq!(odoo.lock().unwrap().lines.len(), 6);
        assert_eq!(odoo.lock().unwrap().loads, [6, 1]);
        // Somebody of another company sees and moves nothing of it.
        desk.sign_up("eve@example.org").await;
        assert_eq!(desk.post(&format!("{page}/retire"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.post(&format!("{page}/restore"), &[]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_target_that_is_removed_and_added_again_gets_nothing_twice() {
    for engine in engines() {
        for way in ["remove", "retire"] {
            let odoo = odoo(18);
            let (desk, page) = between(&engine, &odoo, 6, &[("checkpoints", "true")]).await;
            desk.deliver().await;
            desk.post(&format!("{page}/{way}"), &[]).await;
            assert_eq!(desk.get(&page).await.status == StatusCode::NOT_FOUND, way == "remove");
            assert!(!desk.get("/targets").await.body.contains(&format!("{page}/settings")));
            book(&desk, 9_001, 20, "meanwhile").await;
            desk.deliver().await;
            // A person has taken a line out: it must not come back.
            odoo.lock().unwrap().lines.remove(0);
            let with = |name: &'static str, address: &'static str, database: &'static str| {
                [("name", name), ("address", address), ("database", database), ("login", LOGIN), ("key", KEY)]
            };
            let add = async |fields: &[(&str, &str)]| {
                let form = desk.get("/targets/add?system=odoo").await.body;
                let journal = form.split("name=\"journal\" value=\"").nth(1).unwrap()[..36].to_owned();
                let mut all = vec![("system", "odoo"), ("journal", journal.as_str())];
                all.extend(fields);
                let added = desk.post("/targets", &all).await;
                assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
                desk.deliver().await;
                added.location
            };
            let again = add(&with("Another name", "http://odoo.test", DATABASE)).await;
            assert_eq!(odoo.lock().unwrap().lines.len(), 6);
            assert_eq!(odoo.lock().unwrap().loads, [6, 1]);
            assert!(desk.get(&again).await.body.contains("7 lines delivered"));
            // Other books are other books: of an address of its own, all go.
            desk.listen("other.test", crate::odoo_fake::router(crate::odoo_fake::odoo(18)));
            let other = add(&with("Elsewhere", "http://other.test", DATABASE)).await;
            assert_ne!(other, again);
            assert!(desk.get(&other).await.body.contains("7 lines delivered"));
        }
    }
}

#[tokio::test]
async fn a_right_that_is_lost_is_named_although_odoo_names_ten_rows_a_call() {
    for version in [16, 17, 18, 19] {
        let odoo = odoo(version);
        odoo.lock().unwrap().rights_in_messages = true;
        let (desk, page) = between(&Engine::Sqlite, &odoo, 56, &[]).await;
        odoo.lock().unwrap().groups.retain(|group| group.ends_with("manager"));
        if version >= 18 {
            // The group of older ones gives no right any more.
            odoo.lock().unwrap().groups.insert("account.group_account_user");
        }
        desk.deliver().await;
        let shown = desk.get(&page).await.body;
        assert!(shown.contains("may not create bank lines"), "Odoo {version}: {shown}");
        assert!(!shown.contains("56 parked") && !shown.contains("10 parked"), "{shown}");
        assert_eq!(odoo.lock().unwrap().loads, [56]);
    }
}

#[tokio::test]
async fn many_bad_rows_are_parked_and_no_good_one_with_them() {
    let odoo = odoo(18);
    odoo.lock().unwrap().refuses = Some("payment 1");
    let (desk, page) = between(&Engine::Sqlite, &odoo, 56, &[]).await;
    desk.deliver().await;
    // 1 and 10 to 19: more than Odoo names in one answer, and the first row of each call is blamed for them all.
    let there = there(&odoo.lock().unwrap()).len();
    assert_eq!(there, 45);
    assert!(desk.get(&page).await.body.contains("11 parked"));
    odoo.lock().unwrap().refuses = None;
    desk.post(&format!("{page}/again"), &[]).await;
    desk.deliver().await;
    assert_eq!(crate::odoo::there(&odoo.lock().unwrap()), here(&desk));
}

#[tokio::test]
async fn a_parent_company_locks_its_branches() {
    for (version, readable, parked) in [(17, true, true), (17, false, false), (18, false, true), (19, true, true)] {
        let odoo = odoo(version);
        odoo.lock().unwrap().parent = Some(("2026-01-20", readable));
        let (desk, page) = between(&Engine::Sqlite, &odoo, 56, &[]).await;
        desk.deliver().await;
        let shown = desk.get(&page).await.body;
        assert_eq!(shown.contains("The period is locked there up to"), parked, "Odoo {version}: {shown}");
        assert_eq!(odoo.lock().unwrap().lines.len() < 56, parked);
    }
}

#[tokio::test]
async fn of_two_journals_with_one_number_the_currency_tells() {
    let odoo = odoo(19);
    let journal = |id, currency| Journal {
        id,
        name: format!("J{id}"),
        number: "BE68539007547034".into(),
        currency,
        source: "file_import_oca".into(),
        suspense: true,
        active: true,
    };
    // One that was archived is nobody's choice.
    let old = Journal { active: false, ..journal(3, None) };
    odoo.lock().unwrap().journals = vec![journal(4, Some(2)), journal(5, None), old];
    let (desk, _) = between(&Engine::Sqlite, &odoo, 6, &[]).await;
    desk.deliver().await;
    let odoo = odoo.lock().unwrap();
    assert_eq!(there(&odoo), here(&desk));
    assert!(odoo.lines.iter().all(|line| line.text("journal_id/.id") == "5"));
}

#[tokio::test]
async fn a_month_that_a_person_changed_there_gets_no_checkpoint_and_stops_nothing() {
    for takes_out in [true, false] {
        let odoo = odoo(18);
        let (desk, page) = between(&Engine::Sqlite, &odoo, 40, &[]).await;
        desk.deliver().await;
        {
            let mut odoo = odoo.lock().unwrap();
            if takes_out {
                odoo.lines.remove(0);
            } else {
                odoo.lines[0].statement = Some(7);
            }
        }
        let settings = format!("{page}/settings");
        let form = desk.get(&settings).await.body;
        let journal = form.split("name=\"journal\" value=\"").nth(1).unwrap()[..36].to_owned();
        let mut fields = vec![("name", "odoo"), ("address", "http://odoo.test"), ("checkpoints", "true")];
        fields.extend([("database", DATABASE), ("login", LOGIN), ("journal", &journal)]);
        let mut elsewhere = fields.clone();
        elsewhere[1] = ("address", "http://elsewhere.test");
        let asked = desk.post(&settings, &elsewhere).await;
        assert!(asked.body.contains("This is needed."), "the key does not follow to another place: {}", asked.body);
        let kept = desk.post(&settings, &fields).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        desk.deliver().await;
        let shown = desk.get(&page).await.body;
        assert_eq!(odoo.lock().unwrap().statements.len(), 1, "February only: {shown}");
        book(&desk, 9_001, 20, "later").await;
        desk.deliver().await;
        assert_eq!(odoo.lock().unwrap().loads.last(), Some(&1), "the journal goes on");
    }
}
