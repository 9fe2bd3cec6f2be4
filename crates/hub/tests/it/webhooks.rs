//! Webhooks from outside: a receiver that checks signatures by itself, receivers that fail, processes that die.

use std::sync::{Arc, Mutex};

use aws_lc_rs::digest::{SHA512, digest};
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA512, RsaPublicKeyComponents};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::{AccountId, IntegrationId, OrganizationId};
use http::{HeaderMap, StatusCode};
use hub::integrations::{self, NewCustom};
use hub::store::webhook::EventState;
use hub::{Doors, Hub, webhooks};
use outbound::{Door, InProcess, Limits, Network};
use serde_json::{Value, json};

use crate::dashboard::Walk;
use crate::testing::{Company, PUBLIC_URL, TestHub};

const HOOK: &str = "https://books.test/hook";

/// What a receiver got, as it came.
#[derive(Clone)]
struct Got {
    signature: String,
    body: Vec<u8>,
}

/// A receiver: answers with a status that the test sets, and keeps what it got.
#[derive(Clone, Default)]
struct Receiver {
    got: Arc<Mutex<Vec<Got>>>,
    status: Arc<Mutex<Option<StatusCode>>>,
    /// Whether it hears and never answers.
    silent: Arc<Mutex<bool>>,
}

async fn hear(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers["signature"].to_str().unwrap().to_owned();
    assert_eq!(headers["content-type"], "application/json");
    receiver.got.lock().unwrap().push(Got { signature, body: body.to_vec() });
    if *receiver.silent.lock().unwrap() {
        std::future::pending::<()>().await;
    }
    receiver.status.lock().unwrap().unwrap_or(StatusCode::NO_CONTENT)
}

impl Receiver {
    fn router(&self) -> Router {
        Router::new().route("/hook", post(hear)).with_state(self.clone())
    }

    fn answers(&self, status: StatusCode) {
        *self.status.lock().unwrap() = Some(status);
    }

    /// What came since the last time.
    fn take(&self) -> Vec<Got> {
        std::mem::take(&mut *self.got.lock().unwrap())
    }

    /// The types that came since the last time, in alphabetical order.
    fn kinds(&self) -> Vec<String> {
        let mut kinds: Vec<String> = self.take().iter().map(|got| got.kind()).collect();
        kinds.sort();
        kinds
    }
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn kind(&self) -> String {
        self.json()["data"]["type"].as_str().unwrap().strip_prefix("pontoConnect.").unwrap().to_owned()
    }

    fn part(&self, index: usize) -> Value {
        let part = self.signature.split('.').nth(index).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    /// Checks the signature as a receiver does: the key by its name from the list, the digest of the very bytes, for
    /// whom, from whom and until when.
    fn check(&self, keys: &Value, application: &str, now: i64) {
        let (head, claims) = (self.part(0), self.part(1));
        assert_eq!(head["alg"], "RS512");
        let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == head["kid"]).expect("a listed key");
        let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
        let public = RsaPublicKeyComponents { n: number("n"), e: number("e") };
        let (signed, signature) = self.signature.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        public.verify(&RSA_PKCS1_2048_8192_SHA512, signed.as_bytes(), &signature).expect("the signature holds");
        let own = STANDARD.encode(digest(&SHA512, &self.body));
        assert_eq!((&claims["digest"], &claims["aud"]), (&json!(own), &json!(application)));
        assert_eq!(claims["iss"], PUBLIC_URL);
        assert_eq!((claims["iat"].as_i64(), claims["exp"].as_i64()), (Some(now), Some(now + 60)));
        assert!(claims["jti"].as_str().unwrap().len() == 36);
    }
}

/// A company whose custom integration reads one account and is told.
struct Scene {
    test: TestHub,
    receiver: Receiver,
    ana: Company,
    account: AccountId,
    made: NewCustom,
}

async fn scene() -> Scene {
    let network = Arc::new(InProcess::new());
    let receiver = Receiver::default();
    network.listen("books.test", Some(receiver.router()));
    let test = TestHub::open_with(network, |settings| settings.throttle_seconds = 0).await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 3).await;
    let made = integrations::create_custom(&test.hub, ana.organization, "Script", &[account]).await.unwrap();
    webhooks::set_address(&test.hub, ana.organization, made.id, HOOK).await.unwrap();
    Scene { test, receiver, ana, account, made }
}

impl Scene {
    async fn work(&self) {
        while self.test.hub.work_once().await.unwrap() {}
    }

    /// Makes an event: without a bank, a synchronization fails.
    async fn fail_to_synchronize(&self) -> String {
        let subtype = hub::store::synchronization::Subtype::AccountTransactions;
        let ip = Some("203.0.113.7".parse().unwrap());
        let asked = hub::sync::request(&self.test.hub, self.ana.organization, self.account, subtype, ip).await;
        asked.unwrap().to_string()
    }

    async fn log(&self) -> Vec<(hub::store::webhook::Event, Vec<hub::store::webhook::Attempt>)> {
        webhooks::log(&self.test.hub, self.ana.organization, self.made.id).await.unwrap().events
    }

    async fn keys(&self) -> Value {
        let answer = self.test.call("GET", "/webhooks/keys", None, None).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }
}

#[tokio::test]
async fn an_event_is_signed_and_says_what_happened() {
    let scene = scene().await;
    let synchronization = scene.fail_to_synchronize().await;
    scene.work().await;
    let got = scene.receiver.take();
    assert_eq!(got.len(), 1, "one synchronization, one event");
    let now = scene.test.now().as_second();
    got[0].check(&scene.keys().await, &scene.made.client_id, now);
    let event = got[0].json();
    let one = |kind: &str, id: &str| json!({ "data": { "type": kind, "id": id } });
    assert_eq!(
        event,
        json!({ "data": {
            "type": "pontoConnect.synchronization.failed",
            "id": event["data"]["id"],
            "attributes": { "createdAt": "2026-03-02T12:00:00.000Z", "synchronizationSubtype": "accountTransactions" },
            "relationships": {
                "account": one("account", &scene.account.to_string()),
                "organization": one("organization", &scene.ana.organization.to_string()),
                "synchronization": one("synchronization", &synchronization),
            },
        } })
    );
    let listed = scene.test.call("GET", "/webhooks", None, None).await.json();
    assert_eq!(listed["links"]["keys"], format!("{PUBLIC_URL}/webhooks/keys"));
    let stored: Result<String, db::DbError> = db::write!(scene.test.hub.db, tx => {
        tx.one("SELECT sealed_key FROM webhook_keys", &[]).await?.text("sealed_key")
    });
    assert!(stored.unwrap().starts_with("v1.k"), "the private key is sealed");
}

#[tokio::test]
async fn a_receiver_that_fails_is_tried_for_three_days_and_once_more_when_a_person_asks() {
    let scene = scene().await;
    scene.receiver.answers(StatusCode::INTERNAL_SERVER_ERROR);
    let (organization, id) = (scene.ana.organization, scene.made.id);
    integrations::remove_account(&scene.test.hub, organization, id, scene.account).await.unwrap();
    scene.work().await;
    let mut ids = vec![];
    let mut minutes = vec![];
    let mut passed = 0_i64;
    while let Some(next) = scene.log().await[0].0.next_at {
        ids.extend(scene.receiver.take().iter().map(|got| got.json()["data"]["id"].clone()));
        scene.test.clock.advance_seconds(next.as_second() - scene.test.now().as_second() - 1);
        scene.work().await;
        assert!(scene.receiver.take().is_empty(), "not before its time");
        scene.test.clock.advance_seconds(1);
        minutes.push((scene.test.now().as_second() - passed) / 60);
        passed = scene.test.now().as_second();
        scene.work().await;
    }
    assert_eq!(minutes[1..], [5, 15, 60, 180, 360, 720, 720, 720, 720, 720, 99]);
    let all = scene.log().await;
    let (event, attempts) = &all[0];
    assert_eq!((event.state, event.attempts, attempts.len()), (EventState::GivenUp, 13, 13));
    assert_eq!((attempts[0].status, attempts[0].number), (Some(500), 13));
    ids.extend(scene.receiver.take().iter().map(|got| got.json()["data"]["id"].clone()));
    assert!(ids.len() == 13 && ids.iter().all(|id| *id == ids[0]), "the same event each time");
    scene.receiver.answers(StatusCode::OK);
    scene.work().await;
    assert!(scene.receiver.take().is_empty(), "given up is given up");
    webhooks::send_again(&scene.test.hub, organization, id, event.id).await.unwrap();
    scene.work().await;
    assert_eq!(scene.receiver.take()[0].json()["data"]["id"], ids[0]);
    assert_eq!((scene.log().await[0].0.state, scene.log().await[0].0.attempts), (EventState::Delivered, 14));
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_not_a_confirmation() {
    let scene = scene().await;
    scene.receiver.answers(StatusCode::TEMPORARY_REDIRECT);
    scene.fail_to_synchronize().await;
    scene.work().await;
    let all = scene.log().await;
    assert_eq!((all[0].0.state, all[0].1[0].status), (EventState::Waiting, Some(307)));
}

#[tokio::test]
async fn a_process_that_dies_in_the_middle_leaves_the_event_to_the_next() {
    let scene = scene().await;
    *scene.receiver.silent.lock().unwrap() = true;
    scene.fail_to_synchronize().await;
    assert!(scene.test.hub.work_once().await.unwrap(), "the synchronization");
    // The process dies as soon as the receiver has heard it.
    let heard = async {
        while scene.receiver.got.lock().unwrap().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        ended = scene.test.hub.work_once() => panic!("the receiver never answers, and yet: {ended:?}"),
        () = heard => {}
    }
    let first = scene.receiver.take();
    assert_eq!((first.len(), scene.log().await[0].0.attempts), (1, 0), "it was sent, and nobody wrote that down");
    *scene.receiver.silent.lock().unwrap() = false;
    scene.work().await;
    assert!(scene.receiver.take().is_empty(), "the lease still runs");
    scene.test.clock.advance_seconds(16);
    let hub = &scene.test.hub;
    let doors = Doors { banks: hub.door.clone(), webhooks: hub.webhook_door.clone() };
    let next = Hub::open_behind(hub.settings.clone(), hub.environment.clone(), doors).await.unwrap();
    while next.work_once().await.unwrap() {}
    let second = scene.receiver.take();
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].body, first[0].body, "the very same event, so that the receiver can tell");
    second[0].check(&scene.keys().await, &scene.made.client_id, scene.test.now().as_second());
    assert_eq!(scene.log().await[0].0.state, EventState::Delivered);
}

/// A receiver on a real socket of this machine, and a hub whose door for webhooks is a real one.
async fn told_on_loopback(allowed: bool, origin: &str) -> (Receiver, Vec<hub::store::webhook::Attempt>) {
    let receiver = Receiver::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let service = receiver.router();
    let serving = tokio::spawn(async move { axum::serve(listener, service).await });
    let limits = Limits { allow_private_addresses: allowed, ..Limits::default() };
    let doors = Doors { banks: Arc::new(InProcess::new()) as Door, webhooks: Arc::new(Network::new(limits)) };
    let test = TestHub::open_behind(doors, |_| {}).await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let made = integrations::create_custom(&test.hub, ana.organization, "Script", &[account]).await.unwrap();
    let address = format!("{origin}:{port}/hook");
    webhooks::set_address(&test.hub, ana.organization, made.id, &address).await.unwrap();
    let scene = Scene { test, receiver, ana, account, made };
    scene.fail_to_synchronize().await;
    scene.work().await;
    if let Some(got) = scene.receiver.got.lock().unwrap().first() {
        assert_eq!(got.part(0)["alg"], "RS512");
    }
    let attempts = scene.log().await.remove(0).1;
    serving.abort();
    (scene.receiver, attempts)
}

#[tokio::test]
async fn nothing_is_sent_to_private_addresses_unless_the_operator_allows_it() {
    for host in ["http://127.0.0.1", "http://localhost", "https://[::ffff:127.0.0.1]"] {
        let (receiver, attempts) = told_on_loopback(false, host).await;
        assert!(receiver.take().is_empty(), "{host} was reached");
        assert!(attempts[0].problem.as_deref().unwrap().contains("private address"), "{host}: {attempts:?}");
    }
    let (receiver, attempts) = told_on_loopback(true, "http://127.0.0.1").await;
    assert_eq!((receiver.take().len(), attempts[0].status), (1, Some(204)));
}

#[tokio::test]
async fn changes_of_an_integration_are_told_to_its_software_alone() {
    let scene = scene().await;
    let hub = &scene.test.hub;
    let organization = scene.ana.organization;
    let deaf = integrations::create_custom(hub, organization, "Other", &[]).await.unwrap();
    let more = scene.test.account(organization, "BE71096123456769", 0).await;
    integrations::set_accounts(hub, organization, scene.made.id, &[more]).await.unwrap();
    scene.work().await;
    assert_eq!(scene.receiver.kinds(), ["integration.accountAdded", "integration.accountRevoked"]);
    integrations::set_accounts(hub, organization, scene.made.id, &[more]).await.unwrap();
    integrations::set_accounts(hub, organization, deaf.id, &[scene.account]).await.unwrap();
    scene.work().await;
    assert!(scene.receiver.kinds().is_empty(), "nothing changed here, and others are not this software's business");
    hub::link::unlink(hub, organization, more).await.unwrap();
    scene.work().await;
    let got = scene.receiver.take();
    assert_eq!((got.len(), got[0].kind().as_str()), (1, "integration.accountRevoked"));
    assert_eq!(got[0].json()["data"]["relationships"]["account"]["data"]["id"], json!(more));
    integrations::revoke(hub, organization, scene.made.id).await.unwrap();
    scene.work().await;
    assert_eq!(scene.receiver.kinds(), ["integration.revoked"]);
    scene.fail_to_synchronize().await;
    scene.work().await;
    assert!(scene.receiver.kinds().is_empty(), "what has ended is not told any more");
}

#[tokio::test]
async fn an_authorization_that_ends_is_told_of_at_each_stage_once() {
    let scene = scene().await;
    let mut told = vec![];
    for day in 0..=180 {
        scene.work().await;
        for got in scene.receiver.take() {
            // The clock runs beyond the account's unattended synchronizations, which fail for want of a bank.
            if got.kind() == "account.authorizationExpiring" {
                let event = got.json();
                let ends = event["data"]["attributes"]["authorizationExpirationExpectedAt"].clone();
                assert_eq!(ends, "2026-08-29T23:59:59.000Z");
                told.push(180 - day);
            }
        }
        scene.test.clock.advance_seconds(86_400);
    }
    assert_eq!(told, [30, 14, 7, 1], "days before 29 August, 180 days after 2 March");
}

#[tokio::test]
async fn the_next_key_is_listed_a_day_before_it_signs_and_the_last_a_day_after() {
    let scene = scene().await;
    let names = |keys: Value| -> Vec<String> {
        keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    };
    let first = names(scene.keys().await);
    assert_eq!(first.len(), 1);
    scene.test.clock.advance_seconds(88 * 86_400);
    assert_eq!(names(scene.keys().await), first);
    scene.test.clock.advance_seconds(86_400);
    let both = names(scene.keys().await);
    assert_eq!((both.len(), &both[1]), (2, &first[0]));
    let signs = async || {
        scene.receiver.take();
        scene.fail_to_synchronize().await;
        scene.work().await;
        let got = scene.receiver.take();
        got[0].check(&scene.keys().await, &scene.made.client_id, scene.test.now().as_second());
        got[0].part(0)["kid"].as_str().unwrap().to_owned()
    };
    assert_eq!(signs().await, first[0], "who kept the list does not know the new key yet");
    scene.test.clock.advance_seconds(86_400);
    assert_eq!(signs().await, both[0]);
    assert_eq!(names(scene.keys().await).len(), 2);
    scene.test.clock.advance_seconds(86_400);
    assert_eq!(names(scene.keys().await), both[..1]);
}

/// The integration of the organization that a walk made.
async fn told(walk: &Walk, receiver: &Receiver) -> (OrganizationId, IntegrationId, Vec<AccountId>) {
    walk.network.listen("books.test", Some(receiver.router()));
    let hub = &walk.hub.hub;
    let mut tx = hub.db.read().await.unwrap();
    let row = tx.one("SELECT organization_id FROM organizations", &[]).await.unwrap();
    let organization: OrganizationId = row.parse("organization_id").unwrap();
    let accounts = hub::store::account::list(&mut tx, organization).await.unwrap();
    drop(tx);
    let accounts: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let made = integrations::create_custom(hub, organization, "Script", &accounts).await.unwrap();
    webhooks::set_address(hub, organization, made.id, HOOK).await.unwrap();
    (organization, made.id, accounts)
}

#[tokio::test]
async fn what_a_bank_changed_is_told_with_its_count() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let receiver = Receiver::default();
    let (organization, _, accounts) = told(&walk, &receiver).await;
    let account = accounts[0];
    let subtype = hub::store::synchronization::Subtype::AccountTransactions;
    let ip = Some("203.0.113.7".parse().unwrap());
    let synchronize = async |subtype| {
        hub::sync::request(&walk.hub.hub, organization, account, subtype, ip).await.unwrap();
        while walk.hub.hub.work_once().await.unwrap() {}
        receiver.take()
    };
    let got = synchronize(subtype).await;
    assert_eq!((got.len(), got[0].kind().as_str()), (1, "synchronization.succeededWithoutChange"));
    let mut tx = walk.hub.hub.db.read().await.unwrap();
    let reference = hub::store::account::get(&mut tx, organization, account).await.unwrap().unwrap().reference;
    drop(tx);
    let late = http::Request::post(format!("http://bank.test/control/meuse/accounts/{reference}-EUR/late"))
        .header("content-type", "application/json")
        .body(Bytes::from(r#"{"count":3}"#))
        .unwrap();
    let answer = outbound::Fetch::fetch(walk.network.as_ref(), late).await.unwrap();
    assert_eq!(answer.status(), 200, "{:?}", answer.body());
    let got = synchronize(subtype).await;
    assert_eq!((got.len(), got[0].kind().as_str()), (1, "account.transactionsCreated"));
    assert_eq!(got[0].json()["data"]["attributes"]["count"], 3);
    let details = synchronize(hub::store::synchronization::Subtype::AccountDetails).await;
    assert_eq!(details.len(), 1, "one event for each finished synchronization");
}

#[tokio::test]
async fn a_renewed_authorization_is_told_for_each_account() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let receiver = Receiver::default();
    let (_, _, accounts) = told(&walk, &receiver).await;
    let path = walk.first_account().await;
    let page = walk.open(&path).await;
    let page = walk.send(&page, &format!("{path}/renew"), &[]).await;
    walk.agree_at_bank(page).await;
    while walk.hub.hub.work_once().await.unwrap() {}
    let kinds = receiver.kinds();
    let renewed = kinds.iter().filter(|kind| *kind == "account.reauthorized").count();
    assert_eq!(renewed, accounts.len(), "{kinds:?}");
}

#[tokio::test]
async fn a_person_sets_the_address_reads_the_log_and_sends_again() {
    let mut walk = Walk::begin().await;
    walk.enter("claire@atelier.example").await;
    walk.link("Banque de la Meuse").await;
    let receiver = Receiver::default();
    let (organization, id, accounts) = told(&walk, &receiver).await;
    let path = format!("/app/integrations/{id}/webhook");
    let page = walk.open(&format!("/app/integrations/{id}")).await;
    let page = walk.browser.follow(&page, "Address and log").await.unwrap();
    assert!(page.text().contains("Nothing was sent yet"), "{}", page.text());
    let page = walk.send(&page, &path, &[("url", "http://books.test/hook")]).await;
    assert!(page.text().contains("must begin with https://"), "{}", page.text());
    let page = walk.send(&page, &path, &[("url", HOOK)]).await;
    assert!(page.text().contains("The address is saved."), "{}", page.text());
    integrations::remove_account(&walk.hub.hub, organization, id, accounts[0]).await.unwrap();
    while walk.hub.hub.work_once().await.unwrap() {}
    assert_eq!(receiver.kinds(), ["integration.accountRevoked"]);
    let page = walk.open(&path).await;
    assert!(page.text().contains("Delivered") && page.text().contains("The software answered 204."), "{}", page.text());
    let page = walk.browser.submit(&page.form(&format!("{path}/")).unwrap()).await.unwrap();
    assert!(page.text().contains("It is being sent again."), "{}", page.text());
    while walk.hub.hub.work_once().await.unwrap() {}
    assert_eq!(receiver.kinds(), ["integration.accountRevoked"]);
    let stranger = walk.hub.company("bob@example.com").await;
    assert!(webhooks::log(&walk.hub.hub, stranger.organization, id).await.is_err());
    let foreign = webhooks::set_address(&walk.hub.hub, stranger.organization, id, HOOK).await;
    assert!(matches!(foreign, Err(webhooks::WebhookError::Unknown)));
}
