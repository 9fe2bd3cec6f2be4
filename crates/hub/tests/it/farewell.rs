//! The end of a login: who may go, what goes, what stays, and that the audit log still holds.

use hub::audit::{self, Action, Actor, Verdict};
use hub::people::{self, Role};
use hub::store::{audit as log, membership, second_factor, user};
use vault::Secret;

use crate::testing::{Company, TestHub, cookie_of};

const PASSWORD: &str = "correct horse battery";
const PAGE: &str = "/app/profile/erase";

/// Every column with text, as `(table, column)`.
async fn text_columns(test: &TestHub) -> Vec<(String, String)> {
    let sql = if std::env::var("PASSERELLE_TEST_POSTGRES").is_ok() {
        "SELECT c.table_name AS t, c.column_name AS c FROM information_schema.columns c \
         WHERE c.table_schema = 'public' AND c.data_type = 'text'"
    } else {
        "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND c.type = 'TEXT'"
    };
    let rows = test.hub.db.read().await.unwrap().all(sql, &[]).await.unwrap();
    rows.iter().map(|row| (row.text("t").unwrap(), row.text("c").unwrap())).collect()
}

/// Where the database holds a text, in any case.
async fn holding(test: &TestHub, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (table, column) in text_columns(test).await {
        let sql =
            format!("SELECT COUNT(*) AS n FROM {table} WHERE REPLACE(LOWER({column}), $1, '') <> LOWER({column})");
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        let row = test.hub.db.read().await.unwrap().one(sql, &[text.into()]).await.unwrap();
        if row.int("n").unwrap() > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found.sort();
    found
}

/// Lets somebody work for a company of somebody else.
async fn join(test: &TestHub, company: &Company, who: &Company, role: Role) {
    let (hub, now) = (&test.hub, test.now());
    let joined: Result<bool, db::DbError> = db::write!(hub.db, tx => {
        membership::insert(&mut tx, company.organization, who.user, role, now).await
    });
    assert!(joined.unwrap());
}

#[tokio::test]
async fn nobody_leaves_an_organization_without_an_owner() {
    let test = TestHub::open().await;
    let (ana, bob) = (test.company("ana@example.com").await, test.company("bob@example.com").await);
    let page = test.page(PAGE, &ana.cookie).await;
    assert!(page.body.contains("only owner of an organization") && page.body.contains("Company of ana@example.com"));
    assert!(!page.body.contains("name=\"present\""), "{}", page.body);
    let refused = test.submit(&ana, PAGE, &[("present", PASSWORD)]).await;
    assert!(refused.status == 200 && refused.body.contains("make another person an owner"), "{}", refused.body);
    // The way on makes the organization the one at work.
    let way = [("organization", ana.organization.to_string()), ("next", "/app/people".to_owned())];
    let way: Vec<(&str, &str)> = way.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(test.submit(&ana, "/app/organizations/switch", &way).await.header("location"), "/app/people");
    // An administrator is no owner; another owner is one.
    join(&test, &ana, &bob, Role::Admin).await;
    assert!(test.page(PAGE, &ana.cookie).await.body.contains("only owner"));
    people::set_role(&test.hub, ana.organization, ana.user, bob.user, "owner").await.unwrap();
    let wrong = test.submit(&ana, PAGE, &[("present", "not this one")]).await;
    assert!(wrong.body.contains("present password is not right"), "{}", wrong.body);
    let forged = [("credential", "x"), ("client_data", "e30"), ("authenticator", "x"), ("signature", "x")];
    let wrong = test.submit(&ana, PAGE, &forged).await;
    assert!(wrong.body.contains("This passkey was not accepted"), "{}", wrong.body);
    assert!(user::get(&mut test.hub.db.read().await.unwrap(), ana.user).await.unwrap().is_some());
    let gone = test.submit(&ana, PAGE, &[("present", PASSWORD)]).await;
    assert_eq!((gone.status.as_u16(), gone.header("location")), (303, "/login"), "{}", gone.body);
    assert_eq!(test.page("/app", &ana.cookie).await.status, 303, "no session is left");
    let people = people::members(&test.hub, ana.organization).await.unwrap().0;
    assert_eq!(people.iter().map(|person| person.id).collect::<Vec<_>>(), [bob.user]);
    let stranger = test.page(PAGE, "").await;
    assert_eq!((stranger.status.as_u16(), stranger.header("location")), (303, "/login?next=%2Fapp%2Fprofile%2Ferase"));
}

#[tokio::test]
async fn nothing_of_a_login_is_left_but_a_pseudonym_in_logs_that_still_verify() {
    let test = TestHub::open().await;
    let (ana, bob) = (test.company("ana@example.com").await, test.company("bob@example.com").await);
    let hub = &test.hub;
    // Ana joins and works for Bob, reports, wishes, has factors and letters; her own company is erased first.
    people::invite(hub, bob.organization, &person(&test, &bob).await, "ana@example.com", "accountant").await.unwrap();
    join(&test, &bob, &ana, Role::Member).await;
    let account = test.account(bob.organization, "BE68539007547034", 1).await;
    people::choose_organization(hub, &logged_in(&test, &ana).await, bob.organization).await.unwrap();
    assert_eq!(test.page(&format!("/app/accounts/{account}"), &ana.cookie).await.status, 200);
    let meuse = domain::InstitutionId::parse(crate::testing::MEUSE).unwrap();
    hub::institutions::report(hub, bob.organization, meuse, "ana@example.com", "It is slow.").await.unwrap();
    hub::institutions::wish(hub, bob.organization, "KREDBEBB", "Ana@example.com").await.unwrap();
    test.form("/password", &[], &[("email", "ana@example.com")]).await;
    let seed = hub.keyring.seal(&format!("users:sealed_totp_seed:{}", ana.user), b"seed");
    let (organization, id) = (bob.organization, ana.user);
    let kept: Result<(), db::DbError> = db::write!(hub.db, tx => {
        second_factor::set_totp_seed(&mut tx, id, Some(&seed), 0).await?;
        second_factor::set_recovery_codes(&mut tx, id, &["hash".to_owned()]).await?;
        let actor = Actor::person(&user::get(&mut tx, id).await?.unwrap());
        audit::note(&mut tx, hub, organization, &actor, Action::Linked, "BE68 (for joana@example.com)").await
    });
    kept.unwrap();
    people::set_role(hub, bob.organization, bob.user, ana.user, "admin").await.unwrap();
    test.work().await;
    hub::privacy::erase(hub.clone(), ana.organization).await.unwrap();
    test.work().await;
    let before = holding(&test, "ana@example.com").await;
    for place in ["users.email", "audit_entries.actor_name", "audit_entries.subject", "mails.recipient"] {
        assert!(before.iter().any(|held| held == place), "{place}: {before:?}");
    }
    let entries = log::after(&mut hub.db.read().await.unwrap(), bob.organization, 0, 100).await.unwrap();
    let ana = Company {
        cookie: cookie_of(&people::start_session(hub, ana.user, &http::HeaderMap::new()).await.unwrap()),
        ..ana
    };
    assert_eq!(test.submit(&ana, PAGE, &[("present", PASSWORD)]).await.status, 303);
    // Joana's address holds the letters of Ana's, and is hers.
    assert_eq!(holding(&test, "ana@example.com").await, ["audit_entries.subject"]);
    assert_eq!(holding(&test, "joana@example.com").await, ["audit_entries.subject"]);
    let by_id = holding(&test, &ana.user.to_string()).await;
    assert!(by_id.iter().all(|place| place == "audit_entries.actor_id"), "{by_id:?}");
    let after = log::after(&mut hub.db.read().await.unwrap(), bob.organization, 0, 100).await.unwrap();
    let count = i64::try_from(after.len()).unwrap();
    assert_eq!(audit::verify(hub, bob.organization).await.unwrap(), Verdict::Whole(count));
    assert!(entries.iter().zip(&after).all(|(one, other)| one.hash == other.hash), "what was copied before still fits");
    let last = after.last().unwrap();
    assert!(
        last.action == "left" && last.actor_name.starts_with("erased-") && last.subject.ends_with("(admin)"),
        "{last:?}"
    );
    let shown = test.page("/app/audit", &bob.cookie).await.body;
    assert!(shown.contains(&last.actor_name), "{shown}");
    // What stands there now cannot be changed either, nor can a name be taken out without the key.
    for sql in [
        "UPDATE audit_entries SET actor_name = 'somebody' WHERE erased IS NOT NULL",
        "UPDATE audit_entries SET erased = NULL WHERE erased IS NOT NULL",
        "UPDATE audit_entries SET erased = 'k1.x', subject = 'x' WHERE seq = 1",
    ] {
        let done: Result<u64, db::DbError> = db::write!(hub.db, tx => { tx.run(sql, &[]).await });
        assert!(done.unwrap() > 0, "{sql}");
        assert!(matches!(audit::verify(hub, bob.organization).await.unwrap(), Verdict::Broken { .. }), "{sql}");
    }
    // The address is free again.
    people::sign_up(hub, "ana@example.com", Secret::new(PASSWORD.to_owned())).await.unwrap();
}

async fn person(test: &TestHub, who: &Company) -> people::User {
    user::get(&mut test.hub.db.read().await.unwrap(), who.user).await.unwrap().unwrap()
}

async fn logged_in(test: &TestHub, who: &Company) -> people::LoggedIn {
    let mut headers = http::HeaderMap::new();
    headers.insert("cookie", who.cookie.parse().unwrap());
    people::session(&test.hub, &headers).await.unwrap().unwrap()
}
