//! The audit log: it grows by itself, and every way to touch it up is found.

use hub::audit::{self, Action, Actor, Verdict};

use crate::testing::{Company, TestHub};

async fn with_entries(email: &str) -> (TestHub, Company) {
    let test = TestHub::open().await;
    let ana = test.company(email).await;
    for number in 0..5 {
        let actor = Actor::software(number, "Script");
        audit::record(&test.hub, ana.organization, &actor, Action::Shared, &format!("subject {number}")).await.unwrap();
    }
    (test, ana)
}

async fn verdict(test: &TestHub, ana: &Company) -> Verdict {
    audit::verify(&test.hub, ana.organization).await.unwrap()
}

async fn tamper(test: &TestHub, sql: &'static str) {
    let done: Result<u64, db::DbError> = db::write!(test.hub.db, tx => { tx.run(sql, &[]).await });
    assert!(done.unwrap() > 0);
}

#[tokio::test]
async fn what_was_changed_taken_out_cut_off_or_written_anew_is_found() {
    let (test, ana) = with_entries("ana@example.com").await;
    assert_eq!(verdict(&test, &ana).await, Verdict::Whole(5));
    for (sql, first) in [
        ("UPDATE audit_entries SET subject = 'nothing' WHERE seq = 3", 3),
        ("DELETE FROM audit_entries WHERE seq = 2", 2),
        ("DELETE FROM audit_entries WHERE seq = 5", 5),
    ] {
        let (test, ana) = with_entries("ana@example.com").await;
        tamper(&test, sql).await;
        assert!(matches!(verdict(&test, &ana).await, Verdict::Broken { seq, .. } if seq == first), "{sql}");
    }
    // Cut off with the head moved back, as somebody with the database but without the key would.
    let (test, ana) = with_entries("ana@example.com").await;
    tamper(&test, "DELETE FROM audit_entries WHERE seq = 5").await;
    tamper(&test, "UPDATE audit_heads SET seq = 4, hash = (SELECT e.hash FROM audit_entries e WHERE e.seq = 4)").await;
    let found = verdict(&test, &ana).await;
    assert!(matches!(&found, Verdict::Broken { problem, .. } if problem.contains("sealed")), "{found:?}");
    let (test, ana) = with_entries("ana@example.com").await;
    tamper(&test, "DELETE FROM audit_heads").await;
    assert!(matches!(verdict(&test, &ana).await, Verdict::Broken { seq: 1, .. }));
}

#[tokio::test]
async fn looking_is_noted_once_a_day_and_another_organization_sees_nothing() {
    let test = TestHub::open().await;
    let (ana, bob) = (test.company("ana@example.com").await, test.company("bob@example.com").await);
    let account = test.account(ana.organization, "BE68539007547034", 1).await;
    for _ in 0..3 {
        test.page(&format!("/app/accounts/{account}"), &ana.cookie).await;
        test.page("/app/transactions", &ana.cookie).await;
        assert_eq!(test.page(&format!("/app/accounts/{account}"), &bob.cookie).await.status, 404);
    }
    let token = test.custom_token(ana.organization, &[account]).await;
    test.get(&format!("/accounts/{account}/transactions"), &token).await;
    assert_eq!(verdict(&test, &ana).await, Verdict::Whole(2), "one look of ana, one of her script");
    test.clock.advance_seconds(86_400);
    let login = hub::people::start_session(&test.hub, ana.user, &http::HeaderMap::new()).await.unwrap();
    test.page(&format!("/app/accounts/{account}"), &crate::testing::cookie_of(&login)).await;
    assert_eq!(verdict(&test, &ana).await, Verdict::Whole(3));
    let log = test.page("/app/audit", &crate::testing::cookie_of(&login)).await.body;
    assert!(
        log.contains("looked at an account") && log.contains("Script") && log.contains("BE68 5390 0754 7034"),
        "{log}"
    );
    let log = test.page("/app/audit", &bob.cookie).await.body;
    assert!(!log.contains("BE68 5390 0754 7034"), "{log}");
}

#[tokio::test]
async fn entries_written_at_once_stand_one_after_the_other() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let (hub, organization) = (test.hub.clone(), ana.organization);
    let writers: Vec<_> = (0..12)
        .map(|number| {
            let hub = hub.clone();
            tokio::spawn(async move {
                audit::record(&hub, organization, &Actor::operator(), Action::Exported, &number.to_string()).await
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(verdict(&test, &ana).await, Verdict::Whole(12));
}

#[tokio::test]
async fn every_way_to_see_an_account_and_to_take_it_away_is_noted() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 2).await;
    for (path, way) in [
        (format!("/accounts/{account}/changes"), "changes"),
        (format!("/accounts/{account}/balances"), "balances"),
        (format!("/accounts/{account}/pending-transactions"), "announced"),
        (format!("/accounts/{account}/transactions"), "booked"),
    ] {
        // Each way begins with software of its own, whose first look it is.
        let before = verdict(&test, &ana).await;
        let token = test.custom_token(ana.organization, &[account]).await;
        assert_eq!(test.get(&path, &token).await.status, 200, "{path}");
        let (Verdict::Whole(before), Verdict::Whole(after)) = (before, verdict(&test, &ana).await) else {
            panic!("the chain is whole")
        };
        assert_eq!(after, before + 1, "{way}");
    }
    let Verdict::Whole(before) = verdict(&test, &ana).await else { panic!("the chain is whole") };
    assert_eq!(test.page("/app", &ana.cookie).await.status, 200);
    let Verdict::Whole(after) = verdict(&test, &ana).await else { panic!("the chain is whole") };
    assert_eq!(after, before + 1, "the overview shows its balance");
    let file = format!("/app/accounts/{account}/export/file?format=csv&from=2026-01-01&to=2026-12-31");
    assert_eq!(test.page(&file, &ana.cookie).await.status, 200);
    let log = test.page("/app/audit", &ana.cookie).await.body;
    assert!(log.contains("downloaded transactions of an account"), "{log}");
}
