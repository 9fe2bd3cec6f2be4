//! A provider as the contract describes it, all in memory: what it holds is what the books must come to hold.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json};
use domain::{AccountId, Date, InstitutionId, SynchronizationId, TransactionId};
use hub_api::PageRequest;
use serde_json::{Value, json};

pub const HOST: &str = "provider.test";
pub const MEUSE: InstitutionId = InstitutionId::from_u128(0xB1);
pub const SEINE: InstitutionId = InstitutionId::from_u128(0xB2);
pub const LYS: InstitutionId = InstitutionId::from_u128(0xB3);

/// A transaction as the provider holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    pub id: TransactionId,
    pub booked_on: Date,
    pub minor: i64,
    pub label: String,
}

/// One account.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: AccountId,
    pub institution: InstitutionId,
    pub reference: String,
    pub currency: String,
    /// In the order of arrival.
    pub movements: Vec<Movement>,
    /// Steps of the feed: action, movement as it was then.
    pub changes: Vec<(&'static str, Movement)>,
    /// (kind, day, minor units); `withdrawn ` before the kind takes that day's back.
    pub balances: Vec<(&'static str, Date, i64)>,
    pub pending: Vec<(i64, String)>,
    /// What a synchronization fails with.
    pub fails_with: Option<&'static str>,
    /// Ids that the last synchronization touched.
    pub touched: Vec<TransactionId>,
    /// A record that nobody can read, at the head of the list and the feed.
    pub garbage: bool,
}

impl Held {
    /// A new movement arrives.
    pub fn book(&mut self, movement: Movement) {
        self.touched.push(movement.id);
        self.changes.push(("created", movement.clone()));
        self.movements.push(movement);
    }

    /// The bank corrects what a movement is about.
    pub fn correct(&mut self, at: usize, label: &str) {
        self.movements[at].label = label.to_owned();
        self.touched.push(self.movements[at].id);
        self.changes.push(("updated", self.movements[at].clone()));
    }

    /// The bank takes a movement back.
    pub fn take_back(&mut self, at: usize) {
        let gone = self.movements.remove(at);
        self.changes.push(("removed", gone));
    }

    /// The consent was made anew and every id is another one.
    pub fn reissue(&mut self, mut id: impl FnMut() -> u128) {
        self.id = AccountId::from_u128(id());
        self.renumber(id);
    }

    /// Every movement has another id, and the account is the same.
    pub fn renumber(&mut self, mut id: impl FnMut() -> u128) {
        for movement in &mut self.movements {
            movement.id = TransactionId::from_u128(id());
        }
        self.changes = self.movements.iter().map(|movement| ("created", movement.clone())).collect();
    }
}

#[derive(Default)]
pub struct Shelf {
    /// Where this provider is, when not at [`HOST`].
    pub host: Option<&'static str>,
    /// Signs events; the public half is published.
    pub signing: Option<vault::SigningKey>,
    /// When consents end.
    pub consent_until: Option<&'static str>,
    /// Where people renew a consent, when the provider has such a page.
    pub renewal: Option<&'static str>,
    pub accounts: Vec<Held>,
    /// Accounts that the consent covers.
    pub authorized: Vec<AccountId>,
    /// Whether the feeds of changes and balances are offered.
    pub feeds: bool,
    pub access: Option<String>,
    /// The valid refresh token and the one before it, which is forgiven.
    pub refresh: (String, String),
    pub counter: u64,
    pub synchronizations: HashMap<SynchronizationId, (AccountId, Value)>,
    /// Refuse synchronizations as too soon.
    pub throttled: bool,
    /// Polls until a synchronization is through.
    pub slow_polls: u32,
    pub refuse_refresh: bool,
    /// Allow no page of balances of any size.
    pub refuse_balances: bool,
    /// Whether the secret of the books is another one now.
    pub refuse_secret: bool,
    /// How often each kind of call was made.
    pub calls: BTreeMap<String, u32>,
    pub last_ip: Option<String>,
}

pub type Shared = Arc<Mutex<Shelf>>;

impl Shelf {
    pub fn account(&mut self, id: AccountId) -> Option<&mut Held> {
        self.accounts.iter_mut().find(|held| held.id == id)
    }

    fn tokens(&mut self) -> Value {
        self.counter += 1;
        let access = format!("access-{}", self.counter);
        self.access = Some(access.clone());
        self.refresh = (format!("refresh-{}", self.counter), std::mem::take(&mut self.refresh.0));
        json!({"access_token": access, "expires_in": 1799, "refresh_token": self.refresh.0,
               "scope": "offline_access ai name", "token_type": "bearer"})
    }
}

pub fn router(shelf: Shared) -> Router {
    Router::new()
        .route("/api", get(discovery))
        .route("/oauth2/token", post(token))
        .route("/api/financial-institutions", get(institutions))
        .route("/api/userinfo", get(userinfo))
        .route("/api/accounts", get(accounts))
        .route("/api/accounts/{id}", get(account))
        .route("/api/accounts/{id}/transactions", get(transactions))
        .route("/api/accounts/{id}/pending-transactions", get(pending))
        .route("/api/accounts/{id}/changes", get(changes))
        .route("/api/accounts/{id}/balances", get(balances))
        .route("/api/accounts/{id}/reauthorization-requests", post(reauthorize))
        .route("/api/webhooks/keys", get(webhook_keys))
        .route("/api/synchronizations", post(synchronize))
        .route("/api/synchronizations/{id}", get(synchronization))
        .route("/api/synchronizations/{id}/updated-transactions", get(updated))
        .layer(axum::middleware::from_fn_with_state(shelf.clone(), count))
        .with_state(shelf)
}

async fn count(State(shelf): State<Shared>, request: Request, next: axum::middleware::Next) -> Response {
    let last = request.uri().path().rsplit('/').find(|part| part.len() != 36).unwrap_or_default().to_owned();
    *shelf.lock().unwrap().calls.entry(format!("{} {last}", request.method())).or_default() += 1;
    next.run(request).await
}

fn refused(status: u16, code: &str) -> Response {
    let body = json!({"errors": [{"code": code, "detail": format!("Refused: {code}.")}]});
    (StatusCode::from_u16(status).unwrap(), [("ibanity-request-id", "request-7")], Json(body)).into_response()
}

fn known(shelf: &Shelf, headers: &HeaderMap) -> Result<(), Box<Response>> {
    let sent = headers.get("authorization").and_then(|value| value.to_str().ok());
    let valid = shelf.access.as_ref().map(|token| format!("Bearer {token}"));
    if sent.is_some() && sent == valid.as_deref() { Ok(()) } else { Err(Box::new(refused(401, "invalidAccessToken"))) }
}

async fn discovery(State(shelf): State<Shared>) -> Json<Value> {
    let shelf = shelf.lock().unwrap();
    let base = format!("http://{}/api", shelf.host.unwrap_or(HOST));
    let mut document = serde_json::to_value(hub_api::Discovery::connect(&base)).unwrap();
    let account = document["links"]["account"].as_object_mut().unwrap();
    if !shelf.feeds {
        account.remove("changes");
        account.remove("balances");
    }
    if shelf.renewal.is_none() {
        account.remove("reauthorizationRequests");
    }
    Json(document)
}

async fn token(State(shelf): State<Shared>, Form(fields): Form<HashMap<String, String>>) -> Response {
    let mut shelf = shelf.lock().unwrap();
    let wrong = |why: &str| {
        (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant", "error_description": why}))).into_response()
    };
    if shelf.refuse_secret {
        let body = json!({"error": "invalid_client", "error_description": "wrong secret"});
        return (StatusCode::UNAUTHORIZED, Json(body)).into_response();
    }
    match fields["grant_type"].as_str() {
        "client_credentials" => {
            let mut given = shelf.tokens();
            given.as_object_mut().unwrap().remove("refresh_token");
            Json(given).into_response()
        }
        "authorization_code" if fields["code"].starts_with("code") && fields["code_verifier"].len() >= 43 => {
            Json(shelf.tokens()).into_response()
        }
        "refresh_token" if !shelf.refuse_refresh => {
            let (current, before) = shelf.refresh.clone();
            if fields["refresh_token"] == current || fields["refresh_token"] == before {
                Json(shelf.tokens()).into_response()
            } else {
                wrong("spent")
            }
        }
        other => wrong(other),
    }
}

async fn institutions() -> Json<Value> {
    let one = |id: InstitutionId, name: &str, status: &str| {
        json!({"type": "financialInstitution", "id": id, "attributes": {"name": name, "status": status, "country": "BE",
               "expectedAuthorizationLifetime": 180, "historyDays": 730}})
    };
    let data = [
        one(MEUSE, "Banque de la Meuse", "stable"),
        one(SEINE, "Crédit de la Seine", "stable"),
        one(LYS, "Lys Bank", "beta"),
    ];
    Json(json!({"meta": {"paging": {"limit": 100}}, "links": {}, "data": data}))
}

async fn userinfo(State(shelf): State<Shared>, headers: HeaderMap) -> Response {
    match known(&shelf.lock().unwrap(), &headers) {
        Err(refusal) => *refusal,
        Ok(()) => Json(json!({"sub": "00000000-0000-0000-0000-0000000000cc", "name": "Atelier"})).into_response(),
    }
}

async fn reauthorize(State(shelf): State<Shared>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    let shelf = shelf.lock().unwrap();
    if let Err(refusal) = known(&shelf, &headers) {
        return *refusal;
    }
    let back = body["data"]["attributes"]["redirectUri"].as_str().unwrap();
    let to = format!("{}?back={back}", shelf.renewal.unwrap());
    let data = json!({"type": "reauthorizationRequest", "id": "r", "attributes": {}, "links": {"redirect": to}});
    (StatusCode::CREATED, Json(json!({"data": data}))).into_response()
}

async fn webhook_keys(State(shelf): State<Shared>) -> Json<Value> {
    use base64::Engine;
    let base64 = |bytes: Vec<u8>| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    let mut shelf = shelf.lock().unwrap();
    *shelf.calls.entry("keys".to_owned()).or_default() += 1;
    let public = shelf.signing.as_ref().map(vault::SigningKey::public);
    let keys: Vec<Value> = public
        .map(|key| {
            json!({"alg": "RS512", "kty": "RSA", "use": "sig", "status": "ACTIVE", "kid": "key-1",
                   "n": base64(key.modulus), "e": base64(key.exponent)})
        })
        .into_iter()
        .collect();
    Json(json!({ "keys": keys }))
}

fn account_of(held: &Held, until: Option<&str>) -> Value {
    let last = held.balances.last().map(|(_, _, minor)| decimal(*minor));
    json!({"type": "account", "id": held.id,
           "attributes": {"reference": held.reference, "referenceType": "IBAN", "currency": held.currency,
                          "currentBalance": last, "authorizationExpirationExpectedAt": until.unwrap_or("2026-08-01T00:00:00.000Z")},
           "relationships": {"financialInstitution": {"data": {"type": "financialInstitution", "id": held.institution}}},
           "meta": {"synchronizedAt": "2026-03-02T11:00:00.000Z"}})
}

async fn accounts(State(shelf): State<Shared>, headers: HeaderMap) -> Response {
    let shelf = shelf.lock().unwrap();
    if let Err(refusal) = known(&shelf, &headers) {
        return *refusal;
    }
    let listed = shelf.accounts.iter().filter(|held| shelf.authorized.contains(&held.id));
    let data: Vec<Value> = listed.map(|held| account_of(held, shelf.consent_until)).collect();
    Json(json!({"meta": {"paging": {"limit": 100}}, "links": {}, "data": data})).into_response()
}

/// Answers about one authorised account, or refuses.
fn about(shelf: &Shared, headers: &HeaderMap, id: &str, answer: impl FnOnce(&Held) -> Response) -> Response {
    let shelf = shelf.lock().unwrap();
    if let Err(refusal) = known(&shelf, headers) {
        return *refusal;
    }
    let listed = shelf.accounts.iter().find(|held| held.id.to_string() == id && shelf.authorized.contains(&held.id));
    listed.map_or_else(|| refused(404, "resourceNotFound"), answer)
}

async fn account(State(shelf): State<Shared>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let until = shelf.lock().unwrap().consent_until;
    about(&shelf, &headers, &id, |held| Json(json!({"data": account_of(held, until)})).into_response())
}

pub fn decimal(minor: i64) -> Value {
    let sign = if minor < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:02}", minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
    serde_json::from_str(&text).unwrap()
}

fn transaction(movement: &Movement, currency: &str) -> Value {
    json!({"type": "transaction", "id": movement.id,
           "attributes": {"amount": decimal(movement.minor), "currency": currency,
                          "executionDate": format!("{}T00:00:00.000Z", movement.booked_on),
                          "valueDate": format!("{}T00:00:00.000Z", movement.booked_on),
                          "remittanceInformation": movement.label, "remittanceInformationType": "unstructured",
                          "counterpartName": "Brasserie de l’Ourthe", "updatedAt": "2026-03-01T00:00:00.000Z"}})
}

fn garbage() -> Value {
    json!({"type": "transaction", "id": "00000000-0000-0000-0000-00000000dead", "attributes": {"amount": "a lot"}})
}

/// A page of rows with ids, newest first or in the order of a feed.
fn page(query: Option<&str>, limit: u32, mut rows: Vec<(String, Value)>, with_garbage: bool) -> Response {
    if with_garbage {
        rows.insert(0, ("00000000-0000-0000-0000-00000000dead".into(), garbage()));
    }
    let Ok(asked) = PageRequest::parse(query.unwrap_or_default(), limit) else {
        return refused(400, "invalid_paging_limit");
    };
    let at = |id: &Option<String>| id.as_ref().map(|id| rows.iter().position(|(row, _)| row == id));
    // Short pages, so that short histories have several.
    let size = (asked.limit as usize).min(7);
    let (from, to) = match (at(&asked.after), at(&asked.before)) {
        (Some(Some(index)), _) => (index + 1, rows.len()),
        (_, Some(Some(index))) => (index.saturating_sub(size), index),
        (Some(None), _) | (_, Some(None)) => (0, 0),
        (None, None) => (0, rows.len()),
    };
    let to = to.min(from + size);
    let mut links = json!({"first": "http://provider.test/x"});
    if from < to && to < rows.len() {
        links["next"] = json!("http://provider.test/x?next");
    }
    if from < to && from > 0 {
        links["prev"] = json!("http://provider.test/x?prev");
    }
    let data: Vec<Value> = rows[from..to].iter().map(|(_, row)| row.clone()).collect();
    Json(json!({"meta": {"paging": {"limit": asked.limit}}, "links": links, "data": data})).into_response()
}

async fn transactions(
    State(shelf): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    about(&shelf, &headers, &id, |held| {
        let newest_first = held.movements.iter().rev();
        let rows = newest_first.map(|movement| (movement.id.to_string(), transaction(movement, &held.currency)));
        page(query.as_deref(), 100, rows.collect(), held.garbage)
    })
}

async fn pending(
    State(shelf): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    about(&shelf, &headers, &id, |held| {
        let rows = held.pending.iter().enumerate().map(|(at, (minor, label))| {
            let id = domain::PendingTransactionId::from_u128(0xF000 + at as u128).to_string();
            let row = json!({"type": "pendingTransaction", "id": id, "attributes": {"amount": decimal(*minor),
                             "currency": held.currency, "remittanceInformation": label}});
            (id, row)
        });
        page(query.as_deref(), 100, rows.collect(), false)
    })
}

async fn changes(
    State(shelf): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    about(&shelf, &headers, &id, |held| {
        let rows = held.changes.iter().enumerate().map(|(at, (action, movement))| {
            let id = (at + 1).to_string();
            let transaction = (*action != "removed").then(|| transaction(movement, &held.currency));
            let mut attributes = json!({"action": action, "transactionId": movement.id,
                                        "changedAt": "2026-03-01T00:00:00.000Z", "reason": "test"});
            if let Some(transaction) = transaction {
                attributes["transaction"] = transaction;
            }
            (id.clone(), json!({"type": "change", "id": id, "attributes": attributes}))
        });
        page(query.as_deref(), 100, rows.collect(), held.garbage)
    })
}

async fn balances(
    State(shelf): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    if shelf.lock().unwrap().refuse_balances {
        return refused(400, "invalid_paging_limit");
    }
    about(&shelf, &headers, &id, |held| {
        let rows = held.balances.iter().enumerate().map(|(at, (kind, on, minor))| {
            let id = (at + 1).to_string();
            let (kind, withdrawn) = kind.strip_prefix("withdrawn ").map_or((*kind, false), |kind| (kind, true));
            let mut row = json!({"type": "balance", "id": id, "attributes": {"kind": kind, "amount": decimal(*minor),
                                 "currency": held.currency, "referenceDate": format!("{on}T00:00:00.000Z")}});
            if withdrawn {
                row["attributes"]["withdrawn"] = json!(true);
            }
            (id, row)
        });
        page(query.as_deref(), 100, rows.collect(), false)
    })
}

async fn synchronize(State(shelf): State<Shared>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    let mut shelf = shelf.lock().unwrap();
    if let Err(refusal) = known(&shelf, &headers) {
        return *refusal;
    }
    let attributes = &body["data"]["attributes"];
    shelf.last_ip = attributes["customerIpAddress"].as_str().map(str::to_owned);
    if shelf.throttled {
        let error = json!({"code": "accountRecentlySynchronized", "detail": "Later.",
                           "meta": {"nextAllowedAt": "2026-03-02T12:05:00.000Z"}});
        return (StatusCode::BAD_REQUEST, Json(json!({"errors": [error]}))).into_response();
    }
    let account = AccountId::parse(attributes["resourceId"].as_str().unwrap()).unwrap();
    if !shelf.authorized.contains(&account) {
        return refused(404, "invalidSynchronizationResource");
    }
    shelf.counter += 1;
    let id = SynchronizationId::from_u128(u128::from(shelf.counter));
    shelf.synchronizations.insert(id, (account, attributes["subtype"].clone()));
    let polls = shelf.slow_polls;
    (StatusCode::CREATED, Json(json!({"data": status_of(&shelf, id, polls > 0)}))).into_response()
}

fn status_of(shelf: &Shelf, id: SynchronizationId, running: bool) -> Value {
    let (account, subtype) = &shelf.synchronizations[&id];
    let fails = shelf.accounts.iter().find(|held| held.id == *account).and_then(|held| held.fails_with);
    let errors = fails.map(|code| json!([{"code": code, "detail": "The bank says no.", "meta": {"requestId": "r-1"}}]));
    let status = match (running, fails) {
        (true, _) => "running",
        (false, Some(_)) => "error",
        (false, None) => "success",
    };
    json!({"type": "synchronization", "id": id, "attributes": {"resourceType": "account", "resourceId": account,
           "subtype": subtype, "status": status, "errors": errors.unwrap_or_else(|| json!([])),
           "createdAt": "2026-03-02T12:00:00.000Z", "updatedAt": "2026-03-02T12:00:00.000Z"}})
}

async fn synchronization(State(shelf): State<Shared>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let mut shelf = shelf.lock().unwrap();
    if let Err(refusal) = known(&shelf, &headers) {
        return *refusal;
    }
    let running = shelf.slow_polls > 0;
    shelf.slow_polls = shelf.slow_polls.saturating_sub(1);
    Json(json!({"data": status_of(&shelf, SynchronizationId::parse(&id).unwrap(), running)})).into_response()
}

async fn updated(
    State(shelf): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let shelf = shelf.lock().unwrap();
    if let Err(refusal) = known(&shelf, &headers) {
        return *refusal;
    }
    let (account, _) = &shelf.synchronizations[&SynchronizationId::parse(&id).unwrap()];
    let Some(held) = shelf.accounts.iter().find(|held| held.id == *account) else {
        return refused(404, "resourceNotFound");
    };
    let touched = held.movements.iter().filter(|movement| held.touched.contains(&movement.id));
    let rows = touched.rev().map(|movement| (movement.id.to_string(), transaction(movement, &held.currency)));
    page(query.as_deref(), 100, rows.collect(), false)
}
