//! `Ibanity-Idempotency-Key`.

use axum::body::Body;
use serde_json::{Value, json};

use crate::testing::{Answer, TestHub, basic};

async fn post(test: &TestHub, token: &str, key: &str, body: &Value) -> Answer {
    post_to(test, "/synchronizations", token, key, body).await
}

async fn post_to(test: &TestHub, path: &str, token: &str, key: &str, body: &Value) -> Answer {
    let request = http::Request::post(path)
        .header("host", "hub.example")
        .header("authorization", format!("Bearer {token}"))
        .header("ibanity-idempotency-key", key)
        .body(Body::from(body.to_string()));
    test.send(request.unwrap()).await
}

#[tokio::test]
async fn the_same_request_is_carried_out_once_for_a_day() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let token = test.custom_token(ana.organization, &[account]).await;
    let body = |subtype: &str| json!({ "data": { "attributes": { "resourceId": account, "subtype": subtype, "customerIpAddress": "203.0.113.7" } } });
    let first = post(&test, &token, "key-1", &body("accountTransactions")).await;
    let again = post(&test, &token, "key-1", &body("accountTransactions")).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201), "{}", again.body);
    assert_eq!(first.body, again.body);
    assert_ne!(first.header("ibanity-request-id"), again.header("ibanity-request-id"));

    let other = post(&test, &token, "key-1", &body("accountDetails")).await;
    assert_eq!((other.status.as_u16(), other.code().as_str()), (409, "idempotencyKeyReused"));
    let new_key = post(&test, &token, "key-2", &body("accountTransactions")).await;
    assert_eq!(new_key.code(), "accountRecentlySynchronized", "a new key is a new request");
    let refusal_again = post(&test, &token, "key-2", &body("accountTransactions")).await;
    assert_eq!(refusal_again.code(), "accountRecentlySynchronized");
    for refusal in [&new_key, &refusal_again] {
        let told = &refusal.json()["errors"][0]["meta"]["requestId"];
        assert_eq!(told, refusal.header("ibanity-request-id"), "a refusal names the request that it answers");
    }
    assert_eq!(new_key.header("content-type"), refusal_again.header("content-type"));

    // A token of another integration has its own keys.
    let second = test.custom_token(ana.organization, &[account]).await;
    assert_eq!(post(&test, &second, "key-1", &body("accountDetails")).await.status, 201);
    assert_eq!(post(&test, "garbage", "key-1", &body("accountDetails")).await.status, 401);
    assert_eq!(post(&test, &token, &"k".repeat(101), &body("accountDetails")).await.status, 400);
    test.clock.advance_seconds(24 * 3600 + 1);
    let token = test.custom_token(ana.organization, &[account]).await;
    let renewed = post(&test, &token, "key-1", &body("accountTransactions")).await;
    assert_ne!(first.body, renewed.body);
}

#[tokio::test]
async fn an_application_has_keys_of_its_own() {
    let test = TestHub::open().await;
    let secret = vault::Secret::new("s".repeat(40));
    let mut tokens = Vec::new();
    for client in ["one", "two"] {
        test.hub.ensure_application(client, client, Some(&secret), &[]).await.unwrap();
        let header = basic(client, secret.expose());
        let answer = test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await;
        tokens.push(answer.json()["access_token"].as_str().unwrap().to_owned());
    }
    let tell = async |token: &str, email: &str| {
        let body = json!({ "data": { "type": "onboarding-details", "attributes": { "email": email } } });
        post_to(&test, "/ponto-connect/onboarding-details", token, "key-1", &body).await
    };
    let first = tell(&tokens[0], "ana@example.com").await;
    assert_eq!(first.status, 201, "{}", first.body);
    assert_eq!(tell(&tokens[0], "ana@example.com").await.body, first.body);
    assert_eq!(tell(&tokens[0], "bob@example.com").await.code(), "idempotencyKeyReused");
    let other = tell(&tokens[1], "ana@example.com").await;
    assert_eq!(other.status, 201, "another application has its own: {}", other.body);
    assert_ne!(other.body, first.body);
}

#[tokio::test]
async fn a_request_under_a_key_is_one_request_and_stops_at_a_block() {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", 0).await;
    let made = hub::integrations::create_custom(&test.hub, ana.organization, "Script", &[account]).await.unwrap();
    let header = basic(&made.client_id, made.secret.expose());
    let answer = test.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &header)], &[]).await;
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let body = json!({ "data": { "attributes": { "resourceId": account, "subtype": "accountDetails", "customerIpAddress": "203.0.113.7" } } });
    for _ in 0..2 {
        assert_eq!(post(&test, &token, "key-1", &body).await.status, 201);
    }
    hub::sync::schedule_due(&test.hub).await.unwrap();
    let (mut tx, today) = (test.hub.db.read().await.unwrap(), test.hub.environment.today());
    let counted = hub::store::integration_request::since(&mut tx, ana.organization, made.id, today).await.unwrap();
    assert_eq!(counted, 2, "two were sent, and one of them was answered from memory");
    drop(tx);

    // A block is neither remembered nor gone round by asking again.
    let (hub, organization, now) = (&test.hub, ana.organization, test.now());
    let blocked: Result<bool, db::DbError> =
        db::write!(hub.db, tx => { hub::store::block::block(&mut tx, organization, now).await });
    assert!(blocked.unwrap());
    for key in ["key-1", "key-2"] {
        assert_eq!(post(&test, &token, key, &body).await.code(), "organizationBlocked", "{key}");
    }
    let unblocked: Result<bool, db::DbError> =
        db::write!(hub.db, tx => { hub::store::block::unblock(&mut tx, organization).await });
    assert!(unblocked.unwrap());
    assert_eq!(post(&test, &token, "key-1", &body).await.status, 201);
    assert_eq!(post(&test, &token, "key-2", &body).await.code(), "accountRecentlySynchronized");
}
