//! A strict client: it sends what the standard demands, and believes an answer only if every field is one of the
//! standard and every required one is there.

use std::sync::Arc;

use axum::http;
use bytes::Bytes;
use domain::{Date, Environment, SeededEntropy, SimulatedClock, Timestamp};
use http::{Request, Response, StatusCode};
use outbound::{Fetch, FetchError, InProcess};
use sandbox::{Sandbox, Settings};
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub const HOST: &str = "banks.test:8600";
/// A Tuesday noon.
pub const NOON: &str = "2026-09-15T12:00:00Z";

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    pub currency: String,
    pub amount: String,
}

impl Amount {
    pub fn money(&self) -> domain::Money {
        domain::Money::parse(&self.amount, self.currency.parse().unwrap()).unwrap()
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AccountRef {
    pub iban: Option<String>,
    pub bban: Option<String>,
    pub masked_pan: Option<String>,
    pub other: Option<Other>,
    pub currency: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    pub identification: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Balance {
    pub balance_amount: Amount,
    pub balance_type: String,
    pub reference_date: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Href {
    pub href: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Exchange {
    pub source_currency: String,
    pub exchange_rate: String,
    pub unit_currency: String,
    pub target_currency: String,
    pub quotation_date: Date,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct EntryDetail {
    pub transaction_amount: Amount,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Structured {
    pub reference: String,
    pub reference_type: Option<String>,
    pub reference_issuer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Movement {
    pub transaction_id: Option<String>,
    pub entry_reference: Option<String>,
    pub end_to_end_id: Option<String>,
    pub mandate_id: Option<String>,
    pub creditor_id: Option<String>,
    pub booking_date: Option<Date>,
    pub value_date: Option<Date>,
    pub transaction_amount: Amount,
    #[serde(default)]
    pub currency_exchange: Vec<Exchange>,
    pub creditor_name: Option<String>,
    pub creditor_account: Option<AccountRef>,
    pub creditor_agent: Option<String>,
    pub debtor_name: Option<String>,
    pub debtor_account: Option<AccountRef>,
    pub debtor_agent: Option<String>,
    pub remittance_information_unstructured: Option<String>,
    #[serde(default)]
    pub remittance_information_unstructured_array: Vec<String>,
    pub remittance_information_structured: Option<Structured>,
    #[serde(default)]
    pub entry_details: Vec<EntryDetail>,
    pub additional_information: Option<String>,
    pub purpose_code: Option<String>,
    pub bank_transaction_code: Option<String>,
    pub proprietary_bank_transaction_code: Option<String>,
    pub balance_after_transaction: Option<Balance>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportLinks {
    pub account: Href,
    pub first: Href,
    pub next: Option<Href>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub booked: Option<Vec<Movement>>,
    pub pending: Option<Vec<Movement>>,
    #[serde(rename = "_links")]
    pub links: ReportLinks,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub account: AccountRef,
    pub transactions: Report,
    pub balances: Option<Vec<Balance>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountLinks {
    pub balances: Option<Href>,
    pub transactions: Option<Href>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Account {
    pub resource_id: String,
    pub iban: Option<String>,
    pub bban: Option<String>,
    pub currency: String,
    pub name: String,
    pub product: String,
    pub cash_account_type: String,
    pub status: String,
    pub bic: String,
    pub usage: String,
    pub owner_name: Option<String>,
    pub balances: Option<Vec<Balance>>,
    #[serde(rename = "_links")]
    pub links: AccountLinks,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    pub accounts: Vec<Account>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneAccount {
    pub account: Account,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balances {
    pub account: AccountRef,
    pub balances: Vec<Balance>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConsentCreated {
    pub consent_status: String,
    pub consent_id: String,
    #[serde(rename = "_links")]
    pub links: ConsentLinks,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConsentLinks {
    pub sca_redirect: Href,
    #[serde(rename = "self")]
    pub own: Href,
    pub status: Href,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConsentInformation {
    pub access: Access,
    pub recurring_indicator: bool,
    pub valid_until: Date,
    pub frequency_per_day: u32,
    pub last_action_date: Date,
    pub consent_status: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Access {
    pub accounts: Vec<AccountRef>,
    pub balances: Option<Vec<AccountRef>>,
    pub transactions: Option<Vec<AccountRef>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ConsentStatus {
    consent_status: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Errors {
    tpp_messages: Vec<Message>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    category: String,
    code: String,
    text: String,
}

/// A refusal as a strict client sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: String,
}

/// The sandbox, its clock and a door to it.
pub struct Rig {
    pub sandbox: Sandbox,
    pub clock: Arc<SimulatedClock>,
    door: InProcess,
}

/// An environment whose clock shows [`NOON`].
pub fn environment() -> (Environment, Arc<SimulatedClock>) {
    let clock = SimulatedClock::at(NOON.parse::<Timestamp>().unwrap());
    (Environment::new(clock.clone(), SeededEntropy::new(99)), clock)
}

impl Rig {
    pub fn new() -> Rig {
        Rig::with(Settings { transactions: 2_000, ..Settings::default() })
    }

    pub fn with(settings: Settings) -> Rig {
        let (environment, clock) = environment();
        Rig::of(Sandbox::open(settings, environment).unwrap(), clock)
    }

    pub fn of(sandbox: Sandbox, clock: Arc<SimulatedClock>) -> Rig {
        let door = InProcess::new();
        door.listen(HOST, Some(sandbox.router()));
        Rig { sandbox, clock, door }
    }

    pub fn advance_days(&self, days: i64) {
        self.clock.advance_seconds(days * 24 * 3600);
    }

    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, FetchError> {
        self.door.fetch(request).await
    }

    /// A request on the interface with a request id, whose echo is checked.
    pub async fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Response<Bytes>, FetchError> {
        let request_id = "99391c7e-ad88-49ec-a2ad-99ddcb1f7721";
        let address = if path.starts_with("http") { path.to_owned() } else { format!("http://{HOST}{path}") };
        let mut request = Request::builder().method(method).uri(address).header("X-Request-ID", request_id);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.send(request.body(Bytes::from(body.to_owned())).unwrap()).await?;
        assert_eq!(answer.headers()["x-request-id"], request_id, "the request id is not echoed");
        Ok(answer)
    }

    /// An answer of a known shape, or a refusal of the standard's shape.
    pub async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<T, Refusal> {
        let answer = self.raw(method, path, headers, body).await.unwrap();
        let status = answer.status();
        if status.is_success() {
            assert_eq!(answer.headers()["content-type"], "application/json");
            let read = serde_json::from_slice(answer.body());
            return Ok(read.unwrap_or_else(|error| panic!("{path}: {error}")));
        }
        Err(refusal(status, answer.body()))
    }

    pub async fn get<T: DeserializeOwned>(&self, consent: &str, path: &str) -> Result<T, Refusal> {
        self.call("GET", path, &[("Consent-ID", consent), ("PSU-IP-Address", "192.0.2.7")], "").await
    }

    /// Without the user.
    pub async fn get_alone<T: DeserializeOwned>(&self, consent: &str, path: &str) -> Result<T, Refusal> {
        self.call("GET", path, &[("Consent-ID", consent)], "").await
    }

    pub async fn ask(&self, bank: &str) -> ConsentCreated {
        let path = format!("/{bank}/v1/consents");
        self.call("POST", &path, CONSENT_HEADERS, &consent_body("9999-12-31")).await.unwrap()
    }

    pub async fn consent_status(&self, bank: &str, consent: &str) -> String {
        let path = format!("/{bank}/v1/consents/{consent}/status");
        self.call::<ConsentStatus>("GET", &path, &[], "").await.unwrap().consent_status
    }

    /// A valid consent on all accounts of a bank.
    pub async fn authorise(&self, bank: &str) -> String {
        let asked = self.ask(bank).await;
        let page = asked.links.sca_redirect.href;
        self.submit(&page, "user=demo&password=demo&action=continue").await;
        self.submit(&page, "code=123456&action=continue").await;
        let (_, html) = self.open(&page).await;
        let chosen: String = values_of(&html, "accounts").iter().map(|id| format!("accounts={id}&")).collect();
        let answer = self.submit(&page, &format!("{chosen}action=confirm")).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        asked.consent_id
    }

    pub async fn open(&self, page: &str) -> (StatusCode, String) {
        let answer = self.send(Request::get(page).body(Bytes::new()).unwrap()).await.unwrap();
        (answer.status(), String::from_utf8(answer.body().to_vec()).unwrap())
    }

    pub async fn submit(&self, page: &str, form: &str) -> Response<Bytes> {
        let request = Request::post(page).header("Content-Type", "application/x-www-form-urlencoded");
        self.send(request.body(Bytes::from(form.to_owned())).unwrap()).await.unwrap()
    }

    pub async fn accounts(&self, bank: &str, consent: &str) -> Vec<Account> {
        self.get::<Accounts>(consent, &format!("/{bank}/v1/accounts")).await.unwrap().accounts
    }

    /// Every page of a listing, links followed verbatim.
    pub async fn pages(&self, consent: &str, path: &str) -> Vec<Page> {
        let mut address = url::Url::parse(&format!("http://{HOST}{path}")).unwrap();
        let mut pages = Vec::new();
        loop {
            let page: Page = self.get(consent, address.as_str()).await.unwrap();
            assert!(page.account.iban.is_some() && page.account.currency.is_some());
            let account = &page.transactions.links.account.href;
            assert!(address.path().starts_with(address.join(account).unwrap().path()), "{account}");
            let next = page.transactions.links.next.clone();
            pages.push(page);
            let Some(next) = next else { return pages };
            address = address.join(&next.href).unwrap();
            assert!(pages.len() < 2_000, "the listing does not end");
        }
    }

    /// Every booked movement from a day on.
    pub async fn booked(&self, bank: &str, consent: &str, resource: &str, from: &str) -> Vec<Movement> {
        let path = format!("/{bank}/v1/accounts/{resource}/transactions?bookingStatus=booked&dateFrom={from}");
        let pages = self.pages(consent, &path).await;
        pages.into_iter().flat_map(|page| page.transactions.booked.unwrap()).collect()
    }
}

pub const CONSENT_HEADERS: &[(&str, &str)] = &[
    ("PSU-IP-Address", "192.0.2.7"),
    ("Content-Type", "application/json"),
    ("TPP-Redirect-URI", "https://hub.test/return?state=a%20b"),
    ("TPP-Nok-Redirect-URI", "https://hub.test/refused?state=c"),
];

pub fn consent_body(valid_until: &str) -> String {
    format!(
        r#"{{"access":{{"accounts":[],"balances":[],"transactions":[]}},"recurringIndicator":true,
            "validUntil":"{valid_until}","frequencyPerDay":4,"combinedServiceIndicator":false}}"#
    )
}

pub fn refusal(status: StatusCode, body: &[u8]) -> Refusal {
    let errors: Errors = serde_json::from_slice(body)
        .unwrap_or_else(|error| panic!("{status}: {error}: {}", String::from_utf8_lossy(body)));
    let [message] = &errors.tpp_messages[..] else { panic!("one message is expected") };
    assert_eq!(message.category, "ERROR");
    assert!(!message.text.is_empty());
    Refusal { status: status.as_u16(), code: message.code.clone() }
}

pub fn refused(status: u16, code: &str) -> Refusal {
    Refusal { status, code: code.to_owned() }
}

/// The values of the inputs of a name, as a browser would send them.
pub fn values_of(html: &str, name: &str) -> Vec<String> {
    let marker = format!("name=\"{name}\" value=\"");
    html.split(&marker).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}
