//! What the operator's machines ask, and what the operator does with keys and people.

use domain::{Date, Environment, SeededEntropy};
use http_body_util::BodyExt;
use hub::admin::{self, keys};
use hub::audit::{self, Action, Actor, Verdict};
use hub::store::authorization::{Authorization, AuthorizationState};
use hub::store::membership::Role;
use hub::store::{authorization, second_factor, user};
use hub::{Hub, SharedHub};
use outbound::InProcess;
use tower::ServiceExt;
use vault::Keyring;

use crate::testing::TestHub;

/// A hub with the same database and key file, as after a restart.
async fn restarted(test: &TestHub, seed: u64) -> SharedHub {
    let environment = Environment::new(test.clock.clone(), SeededEntropy::new(seed));
    Hub::open(test.hub.settings.clone(), environment, std::sync::Arc::new(InProcess::new())).await.unwrap()
}

async fn figures(test: &TestHub) -> String {
    let request = http::Request::get("/metrics").body(axum::body::Body::empty()).unwrap();
    let answer = hub::operator::router(test.hub.clone()).oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn figures_count_and_name_nobody() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 2).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    test.get("/accounts", &token).await;
    let text = figures(&test).await;
    assert!(text.contains("passerelle_accounts{state=\"active\"} 1"), "{text}");
    assert!(text.contains("passerelle_organizations{kind=\"business\"} 1"), "{text}");
    assert!(text.contains("passerelle_jobs_due 0") && text.contains("passerelle_accounts_overdue 0"), "{text}");
    let answered = text.lines().find(|line| line.starts_with("passerelle_http_requests_total{class=\"2xx\"}")).unwrap();
    assert!(!answered.ends_with(" 0"), "{answered}");
    for personal in ["ana@", "BE6853", "Company of", &ana.organization.to_string(), &account.to_string()] {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (series, value) = line.rsplit_once(' ').unwrap();
        assert!(value.parse::<i64>().is_ok() && series.starts_with("passerelle_"), "{line}");
    }
}

#[tokio::test]
async fn health_is_asked_anywhere_and_figures_are_not() {
    let test = TestHub::open().await;
    let ask = async |path: &str| test.call("GET", path, None, None).await;
    assert_eq!(ask("/healthz").await.body, "ok\n");
    assert_eq!(ask("/readyz").await.body, "ready\n");
    assert_eq!(ask("/metrics").await.status, 404);
}

#[tokio::test]
async fn every_secret_is_sealed_again_and_the_old_key_can_go() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let (hub, organization, now) = (&test.hub, ana.organization, test.now());
    audit::record(hub, organization, &Actor::operator(), Action::Described, "x").await.unwrap();
    keys::renew_webhook_key(hub, false).await.unwrap();
    test.form("/sign-up", &[], &[("email", "new@example.com")]).await;
    let permission = domain::AuthorizationId::new(&hub.environment);
    let consent = format!("authorizations:consent:{organization}:{permission}");
    let given = Authorization {
        id: permission,
        organization,
        institution: domain::InstitutionId::parse(crate::testing::MEUSE).unwrap(),
        state: AuthorizationState::Waiting,
        sealed_consent: Some(hub.keyring.seal(&consent, b"consent at the bank")),
        bank_url: None,
        renews: None,
        psu_ip: None,
        started_at: now,
        authorized_at: None,
        expires_on: Some(Date::constant(2026, 8, 29)),
        ended_at: None,
        reason: None,
    };
    let seed = hub.keyring.seal(&format!("users:sealed_totp_seed:{}", ana.user), b"seed");
    let written: Result<(), db::DbError> = db::write!(hub.db, tx => {
        authorization::insert(&mut tx, &given, "hash").await?;
        second_factor::set_totp_seed(&mut tx, ana.user, Some(&seed), 0).await
    });
    written.unwrap();
    // Somebody who did something and whose login is erased since.
    let bob = test.company("bob@example.com").await;
    let actor = Actor::person(&user::get(&mut hub.db.read().await.unwrap(), bob.user).await.unwrap().unwrap());
    audit::record(hub, organization, &actor, Action::Linked, "y").await.unwrap();
    let gone: Result<(), db::DbError> = db::write!(hub.db, tx => {
        hub::store::membership::set_role(&mut tx, bob.organization, bob.user, hub::people::Role::Admin).await
    });
    gone.unwrap();
    let password = hub::people::Proof::Password(vault::Secret::new("correct horse battery".to_owned()));
    hub::people::erase_login(hub, bob.user, password).await.unwrap();
    // One of each column: a column that is forgotten in the table shows here.
    let before = keys::counted(hub).await.unwrap();
    let old = hub.keyring.ids().next().unwrap().to_owned();
    let open = |secrets| keys::Held { secrets, closed: 0 };
    assert_eq!((before.len(), before[&old]), (1, open(7)), "{before:?}");

    Keyring::rotate(&hub.settings.key_file, hub.environment.entropy.as_ref()).unwrap();
    let hub = restarted(&test, 70).await;
    assert_eq!(keys::seal_again(&hub).await.unwrap(), 7);
    assert_eq!(keys::seal_again(&hub).await.unwrap(), 0, "once is enough");
    let after = keys::counted(&hub).await.unwrap();
    let new = hub.keyring.ids().last().unwrap().to_owned();
    assert_eq!((after[&old], after[&new]), (open(0), open(7)));
    let file = &hub.settings.key_file;
    assert!(!Keyring::remove(file, &new).unwrap(), "the newest key stays");
    assert!(Keyring::remove(file, &old).unwrap() && !Keyring::remove(file, &old).unwrap());

    let hub = restarted(&test, 71).await;
    assert_eq!(hub.keyring.ids().collect::<Vec<_>>(), [&new]);
    assert_eq!(audit::verify(&hub, organization).await.unwrap(), Verdict::Whole(2));
    let mut tx = hub.db.read().await.unwrap();
    let sealed = authorization::get(&mut tx, organization, permission).await.unwrap().unwrap().sealed_consent.unwrap();
    assert_eq!(hub.keyring.open_text(&consent, &sealed).unwrap().expose(), "consent at the bank");
}

#[tokio::test]
async fn a_webhook_key_is_published_a_day_before_it_signs_or_replaces_all_at_once() {
    let test = TestHub::open().await;
    let published = async || {
        let keys = test.call("GET", "/webhooks/keys", None, None).await.json();
        let kid = |key: &serde_json::Value| key["kid"].as_str().unwrap().to_owned();
        keys["keys"].as_array().unwrap().iter().map(kid).collect::<Vec<String>>()
    };
    let first = published().await;
    let (next, from) = keys::renew_webhook_key(&test.hub, false).await.unwrap();
    assert_eq!((published().await, from), (vec![next, first[0].clone()], test.now() + domain::ToSpan::hours(24)));
    let (only, from) = keys::renew_webhook_key(&test.hub, true).await.unwrap();
    assert_eq!((published().await, from), (vec![only], test.now()));
}

#[tokio::test]
async fn people_are_looked_after_from_the_machine() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let bob = test.company("bob@example.com").await;
    let hub = &test.hub;
    let lines = admin::users(hub).await.unwrap();
    let line = |line: &admin::UserLine| (line.user.email.clone(), line.organizations, line.second_factor);
    let expected = [("ana@example.com".to_owned(), 1, false), ("bob@example.com".to_owned(), 1, false)];
    assert_eq!(lines.iter().map(line).collect::<Vec<_>>(), expected);
    assert_eq!(admin::log_out(hub, "nobody@example.com").await.unwrap(), None);
    assert_eq!(admin::log_out(hub, "bob@example.com").await.unwrap(), Some(1));
    assert_eq!(test.page("/app", &bob.cookie).await.status, 303, "the session is over");
    assert!(admin::make_owner(hub, ana.organization, "bob@example.com").await.unwrap());
    assert_eq!(hub::people::role(hub, ana.organization, bob.user).await.unwrap(), Some(Role::Owner));
    assert!(!admin::make_owner(hub, ana.organization, "nobody@example.com").await.unwrap());
    assert!(test.page("/app/audit", &ana.cookie).await.body.contains("operator"), "the organization reads of it");
    let organizations = admin::organizations(hub).await.unwrap();
    let ana = organizations.iter().find(|line| line.id == ana.organization).unwrap();
    assert_eq!((ana.people, ana.accounts, ana.country.as_str()), (2, 0, "BE"));
}

#[tokio::test]
async fn a_lost_key_file_is_refused_and_another_one_is_said_to_open_nothing() {
    let test = TestHub::open().await;
    let (hub, file) = (&test.hub, &test.hub.settings.key_file);
    keys::renew_webhook_key(hub, false).await.unwrap();
    let kept = std::fs::read(file).unwrap();
    std::fs::remove_file(file).unwrap();
    let environment = domain::Environment::new(test.clock.clone(), SeededEntropy::new(80));
    let door: outbound::Door = std::sync::Arc::new(outbound::InProcess::new());
    let refused = Hub::open(hub.settings.clone(), environment, door).await;
    let said = refused.err().unwrap().to_string();
    assert!(said.contains("hub.keys is missing") && said.contains("restore it from its backup"), "{said}");
    assert!(!file.exists(), "no other is made");
    Keyring::open(file, hub.environment.entropy.as_ref()).unwrap();
    let other = restarted(&test, 81).await;
    let counted = keys::counted(&other).await.unwrap();
    assert_eq!(counted.len(), 2, "{counted:?}");
    assert_eq!(counted[hub.keyring.ids().next().unwrap()], keys::Held { secrets: 1, closed: 1 });
    std::fs::write(file, kept).unwrap();
    assert!(keys::counted(&*restarted(&test, 82).await).await.unwrap().values().all(|held| held.closed == 0));
}
