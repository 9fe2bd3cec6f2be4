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

#[tokio::test]
async fn an_applications_own_requests_have_keys_too() {
    let test = TestHub::open().await;
    let secret = vault::Secret::new("s".repeat(40));
    test.hub.ensure_application("Software", "software", Some(&secret), &[]).await.unwrap();
    let header = crate::testing::basic("software", secret.expose());
    let path = "/oauth2/token?grant_type=client_credentials";
    let token = test.form(path, &[("authorization", &header)], &[]).await.json();
    let token = token["access_token"].as_str().unwrap();
    let told = async |email: &str| {
        let body = json!({ "data": { "attributes": { "email": email } } });
        let request = http::Request::post("/ponto-connect/onboarding-details")
            .header("authorization", format!("Bearer {token}"))
            .header("ibanity-idempotency-key", "key-1");
        test.send(request.body(axum::body::Body::from(body.to_string())).unwrap()).await
    };
    let first = told("cleo@example.com").await;
    assert_eq!(first.status, 201, "{}", first.body);
    assert_eq!(told("cleo@example.com").await.body, first.body);
    assert_eq!(told("dora@example.com").await.code(), "idempotencyKeyReused");
}
