//! `Ibanity-Idempotency-Key`.

use axum::body::Body;
use serde_json::{Value, json};

use crate::testing::{Answer, TestHub};

async fn post(test: &TestHub, token: &str, key: &str, body: &Value) -> Answer {
    let request = http::Request::post("/synchronizations")
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
