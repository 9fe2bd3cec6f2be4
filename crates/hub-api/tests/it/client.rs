//! The client against a router that answers as a hub does.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use domain::AccountId;
use hub_api::{
    AccessToken, ApplicationCredentials, Client, ClientError, Discovery, NewSynchronization, PageRequest, Subtype,
    TokenGrant,
};
use outbound::{Door, InProcess};

const ACCOUNT: AccountId = AccountId::from_u128(1);

fn door(router: Router) -> Door {
    let network = InProcess::new();
    network.listen("hub.test:8400", Some(router));
    Arc::new(network)
}

fn discovery() -> String {
    serde_json::to_string(&Discovery::connect("http://hub.test:8400/ponto-connect")).unwrap()
}

async fn client(router: Router) -> Client {
    let router = router.route("/ponto-connect", get(|| async { discovery() }));
    Client::open(door(router), "http://hub.test:8400/ponto-connect/").await.unwrap()
}

fn token() -> AccessToken {
    AccessToken("secret".into())
}

#[tokio::test]
async fn one_bad_record_does_not_spoil_its_page() {
    let list = r#"{"meta":{"paging":{"limit":2}},"links":{},"data":[
        {"type":"transaction","id":"00000000-0000-0000-0000-000000000003","attributes":{"amount":1.10,"currency":"EUR","executionDate":"2026-01-01T00:00:00.000Z","surprise":[1]}},
        {"type":"transaction","id":"00000000-0000-0000-0000-000000000004","attributes":{"amount":null,"currency":"EUR"}}]}"#;
    let router = Router::new().route(
        "/ponto-connect/accounts/{id}/transactions",
        get(move |headers: HeaderMap, RawQuery(query): RawQuery| async move {
            assert_eq!(headers["authorization"], "Bearer secret");
            assert_eq!(query.as_deref(), Some("limit=100"));
            list
        }),
    );
    let page = client(router).await.transactions(&token(), ACCOUNT, &PageRequest::first(100)).await.unwrap();
    assert_eq!(page.items.len(), 1);
    assert!(page.items[0].raw.get().contains("surprise"), "what was sent is kept");
    assert_eq!(page.defects.len(), 1);
    assert_eq!(page.defects[0].path, "transaction/00000000-0000-0000-0000-000000000004");
    assert_eq!(page.last_id.as_deref(), Some("00000000-0000-0000-0000-000000000004"));
}

async fn refused(status: u16, body: &'static str) -> ClientError {
    let answer = move || async move {
        let status = StatusCode::from_u16(status).unwrap();
        (status, [("ibanity-request-id", "req-1"), ("retry-after", "30")], body).into_response()
    };
    let router = Router::new().route("/ponto-connect/synchronizations", post(answer));
    let new = NewSynchronization {
        resource_type: "account".into(),
        resource_id: ACCOUNT,
        subtype: Subtype::AccountDetails,
        customer_ip_address: None,
    };
    client(router).await.synchronize(&token(), &new).await.unwrap_err()
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let recently = r#"{"errors":[{"code":"accountRecentlySynchronized","detail":"Later.","meta":{"nextAllowedAt":"2026-03-01T10:05:00.000Z"}}]}"#;
    let ClientError::RecentlySynchronized { next_allowed_at, answer } = refused(400, recently).await else {
        panic!("the code decides, whatever the status");
    };
    assert_eq!(next_allowed_at.unwrap().to_string(), "2026-03-01T10:05:00Z");
    assert_eq!(answer.reference.as_deref(), Some("req-1"));
    let invalid = r#"{"errors":[{"code":"invalidAccessToken","detail":"No."}]}"#;
    assert!(matches!(refused(401, invalid).await, ClientError::Unauthorized(_)));
    let old = r#"{"errors":[{"code":"credentialsInvalid","detail":"No."}]}"#;
    assert!(matches!(refused(400, old).await, ClientError::Unauthorized(_)));
    assert!(matches!(refused(400, invalid.replace("A", "a").leak()).await, ClientError::Refused(_)));
    assert!(matches!(refused(404, "<html>").await, ClientError::NotFound(_)));
    assert!(matches!(refused(429, "").await, ClientError::TooManyRequests { retry_after_seconds: Some(30), .. }));
    assert!(matches!(refused(502, "<html>").await, ClientError::Failing(answer) if answer.status == 502));
    assert!(matches!(refused(200, "<html>").await, ClientError::Contract { .. }));
}

#[tokio::test]
async fn a_token_never_travels_to_another_host() {
    let elsewhere = serde_json::to_string(&Discovery::connect("http://evil.test/x")).unwrap();
    let router = Router::new().route("/", get(move || async move { elsewhere }));
    let client = Client::open(door(router), "http://hub.test:8400").await.unwrap();
    let error = client.accounts(&token(), &PageRequest::first(10)).await.unwrap_err();
    assert!(matches!(error, ClientError::Contract { .. }), "{error:?}");
}

#[tokio::test]
async fn something_else_than_a_hub_is_recognised() {
    let router = Router::new().route("/", get(|| async { r#"{"links":{}}"# }));
    assert!(matches!(Client::open(door(router), "http://hub.test:8400").await, Err(ClientError::Contract { .. })));
    assert!(matches!(Client::open(door(Router::new()), "http://gone.test").await, Err(ClientError::Unreachable(_))));
}

#[tokio::test]
async fn tokens() {
    let answer = |headers: HeaderMap, body: String| async move {
        assert_eq!(headers["authorization"], "Basic aWQ6c2VjcmV0");
        if body.contains("spent") {
            let error = r#"{"error":"invalid_grant","error_description":"The code is spent."}"#;
            return (StatusCode::BAD_REQUEST, error.to_owned());
        }
        let body = format!(r#"{{"access_token":"{}","expires_in":1799,"token_type":"bearer"}}"#, body.len());
        (StatusCode::OK, body)
    };
    let door = door(Router::new().route("/oauth2/token", post(answer)));
    let application = ApplicationCredentials {
        token_url: "http://hub.test:8400/oauth2/token",
        client_id: "id",
        client_secret: "secret",
    };
    let code = |code| TokenGrant::AuthorizationCode { code, redirect_uri: "http://b/back", verifier: "v" };
    let given = Client::token(&door, application, code("new")).await.unwrap();
    let sent = "grant_type=authorization_code&code=new&redirect_uri=http%3A%2F%2Fb%2Fback&code_verifier=v&client_id=id";
    assert_eq!(given.access_token, sent.len().to_string());
    let error = Client::token(&door, application, code("spent")).await.unwrap_err();
    assert!(matches!(error, ClientError::OAuth { error, .. } if error.error == "invalid_grant"));
    assert!(Client::token(&door, application, TokenGrant::ClientCredentials).await.is_ok());
}

#[tokio::test]
async fn paths_hold_the_account() {
    let seen = |Path(id): Path<String>, RawQuery(query): RawQuery| async move {
        assert_eq!(id, ACCOUNT.to_string());
        assert_eq!(query.as_deref(), Some("after=41&limit=1000"));
        r#"{"data":[]}"#
    };
    let router = Router::new().route("/ponto-connect/accounts/{id}/changes", get(seen));
    let client = client(router).await;
    assert!(client.has_changes() && client.has_balances());
    let page = client.changes(&token(), ACCOUNT, &PageRequest::after(1000, "41")).await.unwrap();
    assert!(page.items.is_empty() && page.last_id.is_none());
}
