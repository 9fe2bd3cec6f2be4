//! The exact calls of software that was written for Ponto, each asserting what that software relies on.

use axum::body::Body;
use domain::Timestamp;
use serde_json::{Value, json};

use crate::testing::{Answer, TestHub, basic};

struct Scene {
    test: TestHub,
    organization: domain::OrganizationId,
    account: domain::AccountId,
    credentials: String,
}

async fn scene(transactions: i64) -> Scene {
    let test = TestHub::open().await;
    let ana = test.company("ana@example.com").await;
    let account = test.account(ana.organization, "BE68539007547034", transactions).await;
    let made = hub::integrations::create_custom(&test.hub, ana.organization, "Odoo", &[account]).await.unwrap();
    let credentials = basic(&made.client_id, made.secret.expose());
    Scene { test, organization: ana.organization, account, credentials }
}

impl Scene {
    /// `POST /oauth2/token?grant_type=client_credentials` with an empty form, as Odoo's modules send it.
    async fn log_in(&self) -> String {
        let request = http::Request::post("/oauth2/token?grant_type=client_credentials")
            .header("host", "api.myponto.com")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .header("authorization", &self.credentials)
            .header("content-length", "0");
        let answer = self.test.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 200, "some versions accept 200 only");
        let token = answer.json();
        assert!(token["expires_in"].as_i64().unwrap() > 0, "without it there is a login before every request");
        token["access_token"].as_str().unwrap().to_owned()
    }

    async fn get(&self, path: &str, token: &str) -> Answer {
        let request = http::Request::get(path)
            .header("host", "api.myponto.com")
            .header("accept", "application/json")
            .header("authorization", format!("Bearer {token}"));
        let answer = self.test.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer
    }
}

/// `%Y-%m-%dT%H:%M:%S.%fZ` of Python: a fraction of one to six digits and the Z are compulsory.
fn strict_python_date(text: &str) -> Timestamp {
    let (whole, fraction) = text.split_once('.').unwrap_or_else(|| panic!("{text} has no fraction"));
    let digits = fraction.strip_suffix('Z').unwrap_or_else(|| panic!("{text} has no Z"));
    assert!((1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()), "{text}");
    assert_eq!(whole.len(), "2026-02-01T00:00:00".len(), "{text}");
    text.parse().unwrap()
}

#[tokio::test]
async fn odoo_community_16_to_19_reads_the_whole_history() {
    let scene = scene(230).await;
    let token = scene.log_in().await;
    let accounts = scene.get("/accounts?limit=100", &token).await.json();
    let account = &accounts["data"][0];
    let reference: String = account["attributes"]["reference"].as_str().unwrap().split_whitespace().collect();
    assert_eq!(reference.to_uppercase(), "BE68539007547034");
    let list = format!("/accounts/{}/transactions?limit=100", account["id"].as_str().unwrap());
    let mut lines: Vec<Value> = Vec::new();
    let mut path = list.clone();
    let mut requests = 0;
    loop {
        let page = scene.get(&path, &token).await.json();
        requests += 1;
        let rows = page["data"].as_array().unwrap().clone();
        let Some(last) = rows.last() else { break };
        path = format!("{list}&after={}", last["id"].as_str().unwrap());
        lines.extend(rows);
    }
    assert_eq!((lines.len(), requests), (230, 4));
    for line in &lines {
        let told = &line["attributes"];
        strict_python_date(told["executionDate"].as_str().unwrap());
        strict_python_date(told["valueDate"].as_str().unwrap());
        assert!(told["amount"].is_number() && told["remittanceInformation"].is_string(), "{line}");
    }
    // A scheduled run stops at the first id of the run before; what came late stands above it.
    let last_identifier = lines[0]["id"].clone();
    let late = scene.test.book(scene.organization, scene.account, 2).await;
    let rows = scene.get(&list, &token).await.json()["data"].as_array().unwrap().clone();
    let new: Vec<_> = rows.iter().take_while(|row| row["id"] != last_identifier).map(|row| row["id"].clone()).collect();
    assert_eq!(new, [json!(late[1]), json!(late[0])]);
}

#[tokio::test]
async fn odoo_community_13_and_15_go_up_from_what_they_know() {
    let scene = scene(3).await;
    let token = scene.log_in().await;
    // Their synchronization has no customerIpAddress, and a refusal must be 400 with a JSON body.
    let attributes =
        json!({ "resourceType": "account", "resourceId": scene.account, "subtype": "accountTransactions" });
    let body = json!({ "data": { "type": "synchronization", "attributes": attributes } });
    for expected in [201, 400] {
        let answer = scene.test.call("POST", "/synchronizations", Some(&token), Some(body.clone())).await;
        assert_eq!(answer.status.as_u16(), expected, "{}", answer.body);
        answer.json();
    }
    let first = scene.get(&format!("/accounts/{}/transactions?limit=100", scene.account), &token).await.json();
    assert_eq!(first["links"].get("next"), None, "they follow next until it is absent");
    let known = first["data"][0]["id"].as_str().unwrap();
    scene.test.book(scene.organization, scene.account, 150).await;
    let mut path = format!("/accounts/{}/transactions?limit=100&before={known}", scene.account);
    let mut found = 0;
    for _ in 0..5 {
        let page = scene.get(&path, &token).await.json();
        found += page["data"].as_array().unwrap().len();
        let Some(prev) = page["links"]["prev"].as_str() else { break };
        let address = prev.strip_prefix("http://api.myponto.com").expect("links lead to the host that was called");
        path = format!("{address}&limit=100");
    }
    assert_eq!(found, 150);
}

#[tokio::test]
async fn the_node_client_ends_where_paging_names_no_next_row() {
    let scene = scene(7).await;
    let token = scene.log_in().await;
    let mut after: Option<String> = None;
    let mut found = 0;
    loop {
        let cursor = after.map(|id| format!("&after={id}")).unwrap_or_default();
        let page = scene.get(&format!("/accounts/{}/transactions?limit=3{cursor}", scene.account), &token).await.json();
        found += page["data"].as_array().unwrap().len();
        after = page["meta"]["paging"]["after"].as_str().map(str::to_owned);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found, 7);
}
