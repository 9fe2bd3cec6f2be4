//! Asking for synchronizations over the API.

use hub::store::synchronization as store;
use serde_json::{Value, json};

use crate::testing::{Answer, TestHub};

struct Scene {
    test: TestHub,
    organization: domain::OrganizationId,
    account: domain::AccountId,
    token: String,
}

async fn scene() -> Scene {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 3).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    Scene { test, organization: ana.organization, account, token }
}

impl Scene {
    async fn ask(&self, attributes: Value) -> Answer {
        let body = json!({ "data": { "type": "synchronisation", "attributes": attributes } });
        self.test.call("POST", "/ponto-connect/synchronizations/", Some(&self.token), Some(body)).await
    }

    fn wanted(&self, subtype: &str) -> Value {
        json!({ "resourceType": "account", "resourceId": self.account, "subtype": subtype, "customerIpAddress": "203.0.113.7" })
    }
}

#[tokio::test]
async fn it_is_created_pending_and_can_be_followed() {
    let scene = scene().await;
    let made = scene.ask(scene.wanted("accountTransactions")).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let data = &made.json()["data"];
    let attributes = &data["attributes"];
    assert_eq!((&attributes["status"], &attributes["errors"]), (&json!("pending"), &json!([])));
    assert_eq!((&attributes["resourceId"], &attributes["customerOnline"]), (&json!(scene.account), &json!(true)));
    let id = data["id"].as_str().unwrap();
    let related = format!("https://hub.example/ponto-connect/synchronizations/{id}/updated-transactions");
    assert_eq!(data["relationships"]["updatedTransactions"]["links"]["related"], related);
    let followed = scene.test.get(&format!("/synchronizations/{id}"), &scene.token).await.json();
    assert_eq!(followed["data"]["attributes"], *attributes);
    let account = scene.test.get(&format!("/accounts/{}", scene.account), &scene.token).await.json();
    assert_eq!(account["data"]["meta"]["latestSynchronization"]["id"], id);
    let list = scene.test.get(&format!("/accounts/{}/transactions", scene.account), &scene.token).await.json();
    assert_eq!(list["meta"]["latestSynchronization"]["attributes"]["subtype"], "accountTransactions");
}

#[tokio::test]
async fn the_same_kind_again_within_five_minutes_is_refused_with_the_next_time() {
    let scene = scene().await;
    scene.ask(scene.wanted("accountTransactions")).await;
    let again = scene.ask(scene.wanted("accountTransactions")).await;
    assert_eq!((again.status.as_u16(), again.code().as_str()), (400, "accountRecentlySynchronized"));
    assert_eq!(again.json()["errors"][0]["meta"]["nextAllowedAt"], "2026-03-02T12:05:00.000Z");
    assert_eq!(scene.ask(scene.wanted("accountDetails")).await.status, 201, "each kind counts alone");
    scene.test.clock.advance_seconds(300);
    assert_eq!(scene.ask(scene.wanted("accountTransactions")).await.status, 201);
}

#[tokio::test]
async fn without_an_address_it_counts_as_unattended() {
    let scene = scene().await;
    let mut wanted = scene.wanted("accountTransactions");
    wanted.as_object_mut().unwrap().remove("customerIpAddress");
    let made = scene.ask(wanted).await;
    assert_eq!((made.status.as_u16(), &made.json()["data"]["attributes"]["customerOnline"]), (201, &json!(false)));
}

#[tokio::test]
async fn mistakes_name_their_field() {
    let scene = scene().await;
    for (field, value, code, status) in [
        ("resourceId", json!("0192f000-0000-7000-8000-00000000dead"), "invalidSynchronizationResource", 404),
        ("resourceId", json!("x"), "invalidSynchronizationResource", 404),
        ("resourceId", Value::Null, "validationError", 400),
        ("subtype", json!("everything"), "validationError", 400),
        ("resourceType", json!("card"), "validationError", 400),
        ("customerIpAddress", json!("localhost"), "validationError", 400),
    ] {
        let mut wanted = scene.wanted("accountTransactions");
        wanted[field] = value;
        let answer = scene.ask(wanted).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{field}");
        if code == "validationError" {
            assert_eq!(answer.json()["errors"][0]["source"]["pointer"], format!("/data/attributes/{field}"));
        }
    }
    let answer = scene.test.call("POST", "/synchronizations", Some(&scene.token), None).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "invalidBody"));
}

#[tokio::test]
async fn after_the_authorization_ended_the_data_stays_and_new_is_refused() {
    let scene = scene().await;
    let now = scene.test.now();
    let hub = &scene.test.hub;
    let expired: Result<u64, db::DbError> = db::write!(hub.db, tx => {
        tx.run("UPDATE accounts SET state = 'expired' WHERE organization_id = $1", &[scene.organization.to_string().into()]).await
    });
    assert_eq!(expired.unwrap(), 1, "{now}");
    let answer = scene.ask(scene.wanted("accountTransactions")).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "authorizationExpired"));
    assert_eq!(scene.test.get(&format!("/accounts/{}/transactions", scene.account), &scene.token).await.ids().len(), 3);
}

#[tokio::test]
async fn what_it_changed_is_listed_and_its_failure_carries_the_banks_reply() {
    let scene = scene().await;
    let made = scene.ask(scene.wanted("accountTransactions")).await.json();
    let id: domain::SynchronizationId = made["data"]["id"].as_str().unwrap().parse().unwrap();
    let updated = format!("/synchronizations/{id}/updated-transactions");
    assert!(scene.test.get(&updated, &scene.token).await.ids().is_empty());
    let booked = scene.test.book(scene.organization, scene.account, 3).await;
    let reply = json!({ "statusCode": 401, "body": { "tppMessages": [{ "code": "CONSENT_EXPIRED" }] } });
    let error = store::SynchronizationError {
        code: "authorizationExpired".into(),
        detail: "The authorization has ended.".into(),
        reply: Some(reply.to_string()),
    };
    let hub = &scene.test.hub;
    let now = scene.test.now();
    let written: Result<(), db::DbError> = db::write!(hub.db, tx => {
        store::count(&mut tx, scene.organization, id, 3, 0, (3, 6)).await?;
        store::finish(&mut tx, scene.organization, id, Some(&error), now).await
    });
    written.unwrap();
    let newest_first: Vec<String> = booked.iter().rev().map(ToString::to_string).collect();
    assert_eq!(scene.test.get(&updated, &scene.token).await.ids(), newest_first);
    let page = scene.test.get(&format!("{updated}?limit=1&after={}", newest_first[0]), &scene.token).await;
    assert_eq!(page.ids(), newest_first[1..2]);
    assert!(page.json()["links"]["next"].is_string() && page.json()["links"]["prev"].is_string());
    let failed = scene.test.get(&format!("/synchronizations/{id}"), &scene.token).await.json();
    let told = &failed["data"]["attributes"]["errors"][0];
    assert_eq!(
        (&told["code"], &told["meta"]["financialInstitutionResponse"]),
        (&json!("authorizationExpired"), &reply)
    );
}

#[tokio::test]
async fn pending_ones_that_it_saw_first_are_listed() {
    let scene = scene().await;
    let before = scene.test.announce(scene.organization, scene.account).await;
    scene.test.clock.advance_seconds(60);
    let made = scene.ask(scene.wanted("accountTransactionsWithUnsettled")).await.json();
    let path = format!("/synchronizations/{}/updated-pending-transactions", made["data"]["id"].as_str().unwrap());
    assert!(scene.test.get(&path, &scene.token).await.ids().is_empty(), "{before} was there before");
    let seen = scene.test.announce(scene.organization, scene.account).await;
    assert_eq!(scene.test.get(&path, &scene.token).await.ids(), [seen.to_string()]);
}
