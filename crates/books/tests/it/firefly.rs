//! Firefly III against a stand-in that is as particular as the real one: written from its public API documentation.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::desk::{Desk, Engine, engines, held};
use crate::outgoing::{import, with};
use crate::provider::{Held, MEUSE, Movement};

const IBAN: &str = "BE68539007547034";
const HOST: &str = "firefly.test";
const TOKEN: &str = "personal-token";
/// Rows on a page there, few so that there are several.
const PAGE: usize = 7;

#[derive(Default)]
struct Firefly {
    accounts: Vec<Value>,
    /// Rows with the account that they are about; a row that a person deleted stays, and counts as a duplicate.
    rows: Vec<(Value, bool)>,
    posts: u32,
}

type Shared = Arc<Mutex<Firefly>>;

fn router(firefly: Shared) -> Router {
    Router::new()
        .route("/api/v1/about", get(about))
        .route("/api/v1/accounts", get(accounts).post(new_account))
        .route("/api/v1/accounts/{id}/transactions", get(transactions))
        .route("/api/v1/transactions", axum::routing::post(store))
        .with_state(firefly)
}

fn refused(headers: &HeaderMap) -> Option<Response> {
    let given = headers.get("authorization").and_then(|value| value.to_str().ok());
    let wanted = format!("Bearer {TOKEN}");
    if headers.get("accept").and_then(|value| value.to_str().ok()) != Some("application/json") {
        return Some((StatusCode::OK, "<html>log in</html>").into_response());
    }
    (given != Some(&wanted))
        .then(|| (StatusCode::UNAUTHORIZED, Json(json!({"message": "Unauthenticated."}))).into_response())
}

fn paged(rows: &[Value], query: &HashMap<String, String>) -> Response {
    let page: usize = query.get("page").map_or(1, |page| page.parse().unwrap());
    let data: Vec<&Value> = rows.iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let pages = rows.len().div_ceil(PAGE).max(1);
    Json(json!({"data": data, "meta": {"pagination": {"current_page": page, "total_pages": pages}}})).into_response()
}

async fn about(headers: HeaderMap) -> Response {
    refused(&headers)
        .unwrap_or_else(|| Json(json!({"data": {"version": "6.4.14", "api_version": "6.4.14"}})).into_response())
}

async fn accounts(
    State(firefly): State<Shared>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    assert_eq!(query["type"], "asset");
    refused(&headers).unwrap_or_else(|| paged(&firefly.lock().unwrap().accounts, &query))
}

fn invalid(field: &str, said: &str) -> Response {
    let told = json!({"message": "The given data was invalid.", "errors": {field: [said]}});
    (StatusCode::UNPROCESSABLE_ENTITY, Json(told)).into_response()
}

async fn new_account(State(firefly): State<Shared>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    if let Some(refused) = refused(&headers) {
        return refused;
    }
    if body["account_role"] != "defaultAsset" {
        return invalid("account_role", "The account role field is required when type is asset.");
    }
    let mut firefly = firefly.lock().unwrap();
    let id = (firefly.accounts.len() + 10).to_string();
    let account = json!({"type": "accounts", "id": id, "attributes": body});
    firefly.accounts.push(account.clone());
    Json(json!({"data": account})).into_response()
}

async fn transactions(
    State(firefly): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if let Some(refused) = refused(&headers) {
        return refused;
    }
    let firefly = firefly.lock().unwrap();
    let (start, end) = (query["start"].as_str(), query["end"].as_str());
    let mut rows = Vec::new();
    for (number, (row, deleted)) in firefly.rows.iter().enumerate() {
        let own = row["source_id"] == id || row["destination_id"] == id;
        let day = row["date"].as_str().unwrap();
        if own && !deleted && day >= start && day <= end {
            rows.push(json!({"id": (number + 1).to_string(), "attributes": {"transactions": [row]}}));
        }
    }
    paged(&rows, &query)
}

async fn store(State(firefly): State<Shared>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    if let Some(refused) = refused(&headers) {
        return refused;
    }
    let mut firefly = firefly.lock().unwrap();
    firefly.posts += 1;
    let [row] = body["transactions"].as_array().unwrap().as_slice() else { panic!("one row a group") };
    let amount = row["amount"].as_str().unwrap();
    if amount.starts_with('-') || !amount.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        return invalid("transactions.0.amount", "The amount must be more than zero.");
    }
    let own = if row["type"] == "withdrawal" { "source_id" } else { "destination_id" };
    if !firefly.accounts.iter().any(|account| account["id"] == row[own]) {
        return invalid("transactions.0.source_id", "Could not find a valid account.");
    }
    if body["error_if_duplicate_hash"] == true
        && let Some(at) = firefly.rows.iter().position(|(known, _)| known == row)
    {
        return invalid("transactions.0.description", &format!("Duplicate of transaction #{}.", at + 1));
    }
    firefly.rows.push((row.clone(), false));
    Json(json!({"data": {"type": "transactions", "id": firefly.rows.len().to_string()}})).into_response()
}

const SETTINGS: [(&str, &str); 2] = [("address", "http://firefly.test"), ("key", TOKEN)];

async fn between(engine: &Engine, account: Held) -> (Desk, Shared, String) {
    let desk = with(engine, account).await;
    let firefly = Shared::default();
    desk.listen(HOST, router(firefly.clone()));
    let page = desk.add_target("firefly", &SETTINGS).await;
    (desk, firefly, page)
}

/// Signed amounts with their days, sorted.
fn there(firefly: &Shared) -> Vec<(String, String)> {
    let firefly = firefly.lock().unwrap();
    let mut rows: Vec<(String, String)> = firefly
        .rows
        .iter()
        .map(|(row, _)| {
            let sign = if row["type"] == "withdrawal" { "-" } else { "" };
            (row["date"].as_str().unwrap().to_owned(), format!("{sign}{}", row["amount"].as_str().unwrap()))
        })
        .collect();
    rows.sort();
    rows
}

fn here(desk: &Desk) -> Vec<(String, String)> {
    let shelf = desk.shelf.lock().unwrap();
    let decimal = |minor| domain::Money::new(minor, domain::Currency::EUR).decimal();
    let mut rows: Vec<_> =
        shelf.accounts[0].movements.iter().map(|m| (m.booked_on.to_string(), decimal(m.minor))).collect();
    rows.sort();
    rows
}

#[tokio::test]
async fn every_line_arrives_once_and_an_account_is_made() {
    for engine in engines() {
        let (desk, firefly, page) = between(&engine, held(1, MEUSE, IBAN, 60)).await;
        desk.deliver().await;
        assert_eq!(there(&firefly), here(&desk));
        {
            let firefly = firefly.lock().unwrap();
            let [account] = firefly.accounts.as_slice() else { panic!("one account is made") };
            assert_eq!(
                (&account["attributes"]["iban"], &account["attributes"]["currency_code"]),
                (&json!(IBAN), &json!("EUR"))
            );
        }
        assert!(desk.get(&page).await.body.contains("60 lines delivered"));
        let posts = firefly.lock().unwrap().posts;
        import(&desk).await;
        desk.post(&format!("{page}/again"), &[]).await;
        desk.deliver().await;
        assert_eq!(firefly.lock().unwrap().posts, posts, "what was acknowledged is not sent again");
        // Removed and added again, with nothing remembered: our keys are found there.
        desk.post(&format!("{page}/remove"), &[]).await;
        let page = desk.add_target("firefly", &SETTINGS).await;
        desk.deliver().await;
        assert_eq!(firefly.lock().unwrap().posts, posts);
        assert!(desk.get(&page).await.body.contains("60 lines delivered"));
    }
}

/// The account is asked for and made, the days are read, four lines are sent: cut at each of these seven requests,
/// before or after it reached the other side, nothing is lost and nothing doubled.
#[tokio::test]
async fn cut_anywhere_nothing_is_doubled() {
    for (after, reaches) in (0..7).flat_map(|after| [(after, true), (after, false)]) {
        let (mut desk, firefly, _) = between(&Engine::Sqlite, held(1, MEUSE, IBAN, 4)).await;
        *desk.door.cut.lock().unwrap() = Some((after, reaches));
        let cut = tokio::time::timeout(std::time::Duration::from_millis(150), desk.books.deliver_once()).await;
        *desk.door.cut.lock().unwrap() = None;
        assert!(cut.is_err(), "request {after} was not cut");
        // The lease of the dead process runs out.
        desk.clock.advance_seconds(15);
        desk.reopen().await;
        desk.deliver().await;
        assert_eq!(there(&firefly), here(&desk), "cut after {after}, {reaches}");
    }
}

#[tokio::test]
async fn what_it_refuses_is_parked_and_what_is_wrong_is_said() {
    let mut account = held(1, MEUSE, IBAN, 4);
    account.movements[1] = Movement { minor: 0, ..account.movements[1].clone() };
    account.changes = account.movements.iter().map(|movement| ("created", movement.clone())).collect();
    let (desk, firefly, page) = between(&Engine::Sqlite, account).await;
    desk.deliver().await;
    let shown = desk.get(&page).await.body;
    assert!(shown.contains("3 lines delivered") && shown.contains("The amount must be more than zero."), "{shown}");

    // A row that a person deleted there is not made again: it was acknowledged.
    firefly.lock().unwrap().rows[0].1 = true;
    desk.post(&format!("{page}/again"), &[]).await;
    desk.deliver().await;
    assert_eq!(firefly.lock().unwrap().rows.len(), 3);

    let fields = [("system", "firefly"), ("name", "x"), ("address", "http://firefly.test"), ("key", "wrong")];
    let answer = desk.post("/targets", &fields).await;
    assert!(
        answer.body.contains("refuses the login or key") && answer.body.contains("Unauthenticated."),
        "{}",
        answer.body
    );

    firefly.lock().unwrap().accounts[0]["attributes"]["currency_code"] = json!("USD");
    let page = desk.add_target("firefly", &[("name", "other"), SETTINGS[0], SETTINGS[1]]).await;
    desk.deliver().await;
    assert!(desk.get(&page).await.body.contains("has another currency"));
}
