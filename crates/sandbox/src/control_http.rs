//! [`crate::Control`] over HTTP, JSON in and out, for loopback callers only.
//!
//! | | | |
//! |---|---|---|
//! | GET | `/control/banks` | every bank with its accounts, counts and balances |
//! | GET | `/control/{bank}/accounts` | those of one bank |
//! | POST | `/control/{bank}/accounts` | `{"name","currency","rows_per_day","history_days"}`: one more account |
//! | GET | `/control/{bank}/accounts/{key}/truth?from=&to=` | every booked movement with all fields, pending ones, balances |
//! | POST | `/control/{bank}/accounts/{key}/late` | `{"count":3}`: books movements on the last ten days |
//! | POST | `/control/{bank}/accounts/{key}/transactions` | `{"amount":"-12.30","booked_on":…,"value_on":…,"details":{…}}`: books a movement as given |
//! | PATCH | `/control/{bank}/accounts/{key}/transactions/{row}` | details as in an answer: replaces those that are given |
//! | POST | `/control/{bank}/accounts/{key}/correct` | `{"row":…,"text":…}`, both optional: corrects a text |
//! | POST | `/control/{bank}/accounts/{key}/reissue` | `{}`: a quarter of the rows gets new ids |
//! | GET | `/control/consents` | every consent |
//! | POST | `/control/consents/{id}/end` | `{"ending":"revokedByPsu"}` or `"expired"` |
//! | GET, PUT | `/control/faults` | `{"seed":7,"rates":{"half_page":5}}` |
//! | GET | `/control/log` | faults that happened, and how often a client used up its accesses |

use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use domain::{Balance, BalanceKind, Date, Details, Money};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::consent::Ending;
use crate::control::{AccountState, Institution, Truth, TruthRow};
use crate::faults::{Faults, Fired};
use crate::{Control, Sandbox, SandboxError};

pub(crate) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/control/banks", get(banks))
        .route("/control/{bank}/accounts", get(accounts).post(add_account))
        .route("/control/{bank}/accounts/{key}/truth", get(truth))
        .route("/control/{bank}/accounts/{key}/late", post(late))
        .route("/control/{bank}/accounts/{key}/transactions", post(book))
        .route("/control/{bank}/accounts/{key}/transactions/{row}", patch(edit))
        .route("/control/{bank}/accounts/{key}/correct", post(correct))
        .route("/control/{bank}/accounts/{key}/reissue", post(reissue))
        .route("/control/consents", get(consents))
        .route("/control/consents/{id}/end", post(end_consent))
        .route("/control/faults", get(faults).put(set_faults))
        .route("/control/log", get(log))
        .layer(from_fn(only_loopback))
}

/// A caller over a socket must be on this machine; in process there is no socket.
async fn only_loopback(request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<ConnectInfo<SocketAddr>>();
    if caller.is_some_and(|ConnectInfo(address)| !address.ip().to_canonical().is_loopback()) {
        return refuse(StatusCode::FORBIDDEN, "The control surface answers callers on this machine only.");
    }
    next.run(request).await
}

#[derive(Serialize)]
struct Refusal<'a> {
    error: &'a str,
}

fn refuse(status: StatusCode, error: &str) -> Response {
    (status, axum::Json(Refusal { error })).into_response()
}

impl IntoResponse for SandboxError {
    fn into_response(self) -> Response {
        let status = match &self {
            SandboxError::NoBank(_)
            | SandboxError::NoAccount(_)
            | SandboxError::NoRow(_)
            | SandboxError::NoConsent(_) => StatusCode::NOT_FOUND,
            SandboxError::Invalid(_) => StatusCode::BAD_REQUEST,
            SandboxError::Journal { .. }
            | SandboxError::JournalLine { .. }
            | SandboxError::OtherSettings { .. }
            | SandboxError::NothingToLoad { .. }
            | SandboxError::Unreadable { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        };
        refuse(status, &self.to_string())
    }
}

/// Reads a JSON command. The media type is demanded because a foreign web page cannot send it without being asked.
fn command<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, SandboxError> {
    if !crate::call::text(headers, "content-type").is_some_and(|kind| kind.starts_with("application/json")) {
        return Err(SandboxError::Invalid("a command is application/json".into()));
    }
    serde_json::from_slice(body).map_err(|error| SandboxError::Invalid(format!("the command cannot be read: {error}")))
}

#[derive(Serialize)]
struct BalanceJson {
    kind: &'static str,
    date: Date,
    amount: String,
}

impl From<Balance> for BalanceJson {
    fn from(balance: Balance) -> BalanceJson {
        let kind = if balance.kind == BalanceKind::OpeningBooked { "openingBooked" } else { "closingBooked" };
        BalanceJson { kind, date: balance.date, amount: balance.amount.decimal() }
    }
}

#[derive(Serialize)]
struct AccountJson {
    key: String,
    reference: String,
    currency: String,
    name: String,
    first_day: Date,
    last_day: Date,
    booked: u64,
    opening: Option<BalanceJson>,
    closing: Option<BalanceJson>,
}

impl From<AccountState> for AccountJson {
    fn from(state: AccountState) -> AccountJson {
        AccountJson {
            key: state.key,
            reference: state.reference.as_str().to_owned(),
            currency: state.currency.code().to_owned(),
            name: state.name,
            first_day: state.first_day,
            last_day: state.last_day,
            booked: state.booked,
            opening: state.opening.map(BalanceJson::from),
            closing: state.closing.map(BalanceJson::from),
        }
    }
}

#[derive(Serialize)]
struct BankJson {
    slug: &'static str,
    name: &'static str,
    bic: &'static str,
    country: &'static str,
    state: &'static str,
    accounts: Vec<AccountJson>,
}

#[derive(Serialize)]
struct RowJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<String>,
    booked_on: Option<Date>,
    value_on: Option<Date>,
    amount: String,
    details: Details,
}

impl RowJson {
    fn new(booked_on: Option<Date>, value_on: Option<Date>, amount: Money, details: Details) -> RowJson {
        RowJson { row: None, booked_on, value_on, amount: amount.decimal(), details }
    }
}

impl From<TruthRow> for RowJson {
    fn from(row: TruthRow) -> RowJson {
        let booked = row.transaction;
        let json = RowJson::new(Some(booked.booked_on), booked.value_on, booked.amount, booked.details);
        RowJson { row: Some(row.row), ..json }
    }
}

#[derive(Serialize)]
struct TruthJson {
    account: AccountJson,
    count: usize,
    opening: Option<BalanceJson>,
    closing: Option<BalanceJson>,
    booked: Vec<RowJson>,
    pending: Vec<RowJson>,
}

impl From<Truth> for TruthJson {
    fn from(truth: Truth) -> TruthJson {
        let announced = truth.pending.into_iter();
        TruthJson {
            account: truth.account.into(),
            count: truth.booked.len(),
            opening: truth.opening.map(BalanceJson::from),
            closing: truth.closing.map(BalanceJson::from),
            booked: truth.booked.into_iter().map(RowJson::from).collect(),
            pending: announced
                .map(|row| RowJson::new(row.expected_on, row.value_on, row.amount, row.details))
                .collect(),
        }
    }
}

/// Most answers: the outcome as JSON.
fn json<T: Serialize>(outcome: Result<T, SandboxError>) -> Response {
    outcome.map_or_else(SandboxError::into_response, |value| axum::Json(value).into_response())
}

fn accounts_of(control: &Control, bank: &str) -> Result<Vec<AccountJson>, SandboxError> {
    Ok(control.accounts(bank)?.into_iter().map(AccountJson::from).collect())
}

async fn banks(State(sandbox): State<Sandbox>) -> Response {
    let control = sandbox.control();
    let bank = |bank: Institution| {
        let accounts = accounts_of(&control, bank.slug)?;
        let Institution { slug, name, bic, country, state, .. } = bank;
        Ok(BankJson { slug, name, bic, country, state, accounts })
    };
    json(control.institutions().into_iter().map(bank).collect::<Result<Vec<_>, SandboxError>>())
}

async fn accounts(State(sandbox): State<Sandbox>, Path(bank): Path<String>) -> Response {
    json(accounts_of(&sandbox.control(), &bank))
}

async fn add_account(
    State(sandbox): State<Sandbox>,
    Path(bank): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let outcome = command(&headers, &body).and_then(|new| sandbox.control().add_account(&bank, new));
    json(outcome.map(AccountJson::from))
}

#[derive(Deserialize)]
struct Between {
    from: Option<Date>,
    to: Option<Date>,
}

async fn truth(
    State(sandbox): State<Sandbox>,
    Path((bank, key)): Path<(String, String)>,
    Query(between): Query<Between>,
) -> Response {
    let truth = sandbox.control().truth_between(&bank, &key, between.from, between.to);
    json(truth.map(TruthJson::from))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LateCommand {
    count: u32,
}

async fn late(
    State(sandbox): State<Sandbox>,
    Path((bank, key)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let rows = command(&headers, &body)
        .and_then(|LateCommand { count }| sandbox.control().book_late(&bank, &key, count.min(10_000)));
    json(rows.map(|rows| rows.into_iter().map(RowJson::from).collect::<Vec<_>>()))
}

async fn book(
    State(sandbox): State<Sandbox>,
    Path((bank, key)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let row = command(&headers, &body).and_then(|row| sandbox.control().book(&bank, &key, row));
    json(row.map(RowJson::from))
}

async fn edit(
    State(sandbox): State<Sandbox>,
    Path((bank, key, row)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let row = command(&headers, &body).and_then(|details| sandbox.control().edit(&bank, &key, &row, details));
    json(row.map(RowJson::from))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectCommand {
    row: Option<String>,
    text: Option<String>,
}

async fn correct(
    State(sandbox): State<Sandbox>,
    Path((bank, key)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let row = command(&headers, &body).and_then(|CorrectCommand { row, text }| {
        sandbox.control().correct(&bank, &key, row.as_deref(), text.as_deref())
    });
    json(row.map(RowJson::from))
}

#[derive(Serialize)]
struct Done {}

async fn reissue(State(sandbox): State<Sandbox>, Path((bank, key)): Path<(String, String)>) -> Response {
    json(sandbox.control().reissue_ids(&bank, &key).map(|()| Done {}))
}

async fn consents(State(sandbox): State<Sandbox>) -> Response {
    axum::Json(sandbox.control().consents()).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndCommand {
    ending: Ending,
}

async fn end_consent(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let ended = command(&headers, &body).and_then(|EndCommand { ending }| sandbox.control().end_consent(&id, ending));
    json(ended.map(|()| Done {}))
}

async fn faults(State(sandbox): State<Sandbox>) -> Response {
    axum::Json(sandbox.control().faults()).into_response()
}

async fn set_faults(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    let set = command::<Faults>(&headers, &body).and_then(|faults| sandbox.control().set_faults(faults));
    json(set.map(|()| sandbox.control().faults()))
}

#[derive(Serialize)]
struct LogJson {
    fired: Vec<Fired>,
    exceeded: u64,
}

async fn log(State(sandbox): State<Sandbox>) -> Response {
    let control = sandbox.control();
    axum::Json(LogJson { fired: control.fired(), exceeded: control.exceeded() }).into_response()
}
