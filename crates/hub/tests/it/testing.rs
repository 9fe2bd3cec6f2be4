//! What the tests stand on: a hub with its own database, and a client that speaks to it without a socket.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use domain::{
    AccountId, Currency, Date, Details, Environment, InstitutionId, Money, OrganizationId, PendingTransactionId,
    SeededEntropy, SimulatedClock, Timestamp, TransactionId, UserId,
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use hub::people::OrganizationFields;
use hub::store::account::{Account, AccountState};
use hub::store::figures::{self, Applied};
use hub::store::pending::StoredPending;
use hub::store::transaction::StoredTransaction;
use hub::store::{account, pending, transaction};
use hub::{Doors, Hub, Settings, SharedHub, api, people};
use outbound::{Door, InProcess};
use serde_json::Value;
use tower::ServiceExt;
use vault::Secret;

/// The address that tests know the hub by.
pub const PUBLIC_URL: &str = "https://hub.example";
/// The bank whose accounts [`TestHub::account`] makes.
pub const MEUSE: &str = "0192f000-0000-7000-8000-0000000000a1";

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A hub of one test. Dropping it removes its database.
pub struct TestHub {
    pub hub: SharedHub,
    pub clock: Arc<SimulatedClock>,
    router: Router,
    folder: PathBuf,
    postgres: Option<(String, String)>,
}

impl TestHub {
    /// A hub without banks, at noon of a Monday.
    pub async fn open() -> TestHub {
        TestHub::open_with(Arc::new(InProcess::new()), |_| {}).await
    }

    /// A hub with a door to banks and other settings.
    pub async fn open_with(door: Door, adjust: impl FnOnce(&mut Settings)) -> TestHub {
        TestHub::open_behind(Doors { banks: door.clone(), webhooks: door }, adjust).await
    }

    /// A hub with one door to banks, another to those who are told of events, and other settings.
    pub async fn open_behind(doors: Doors, adjust: impl FnOnce(&mut Settings)) -> TestHub {
        let number = COUNTER.fetch_add(1, Ordering::SeqCst);
        let name = format!("hub_test_{}_{number}", std::process::id());
        let folder = std::env::temp_dir().join(&name);
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir_all(&folder).unwrap();
        let postgres = std::env::var("PASSERELLE_TEST_POSTGRES").ok().map(|server| (server, name.clone()));
        let database = match &postgres {
            None => format!("sqlite:{}", folder.join("hub.sqlite").display()),
            Some((server, name)) => {
                on_server(server, &format!("CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"))
                    .await;
                let (base, _) = server.rsplit_once('/').expect("the address of the test server ends in a database");
                format!("{base}/{name}")
            }
        };
        let mut settings = Settings {
            database,
            key_file: folder.join("hub.keys"),
            public_url: PUBLIC_URL.into(),
            sandbox_url: Some("http://bank.test".into()),
            price_minor: 400,
            billing: hub::billing::terms::Terms::default(),
            connect_url: None,
            custom_url: None,
            trust_forwarded_proto: false,
            support: None,
            throttle_seconds: 300,
            requests_per_minute: 6000,
            owners_need_second_factor: false,
            bank_lists: false,
            mail: hub::mail::MailSettings::folder(folder.join("mail")),
        };
        adjust(&mut settings);
        let clock = SimulatedClock::at("2026-03-02T12:00:00Z".parse().unwrap());
        let environment = Environment::new(clock.clone(), SeededEntropy::new(u64::from(number) + 1));
        let hub = Hub::open_behind(settings, environment, doors).await.unwrap();
        let router = hub::router(hub.clone());
        TestHub { hub, clock, router, folder, postgres }
    }

    /// Replaces the pages that are served beside the API.
    pub fn with_pages(mut self, pages: Router<SharedHub>) -> TestHub {
        self.router = api::serve(self.hub.clone(), pages);
        self
    }

    /// A second process of the same hub: another program on the same database, at the same time.
    pub async fn beside(&self) -> Router {
        let entropy = SeededEntropy::new(u64::from(COUNTER.fetch_add(1, Ordering::SeqCst)) + 1_000_000);
        let environment = Environment::new(self.clock.clone(), entropy);
        let door: Door = Arc::new(InProcess::new());
        hub::router(Hub::open(self.hub.settings.clone(), environment, door).await.unwrap())
    }

    pub fn now(&self) -> Timestamp {
        self.hub.environment.now()
    }

    /// Serves the hub on a free port of this machine for as long as the test runs, and tells its address.
    pub async fn listen(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        format!("http://{address}")
    }

    /// The tokens of a certified application after a person ticked these accounts on the consent page.
    pub async fn consent(&self, company: &Company, client: (&str, &str), back: &str, accounts: &[AccountId]) -> Value {
        let (client_id, secret) = client;
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("response_type", "code").append_pair("client_id", client_id);
        query.append_pair("redirect_uri", back).append_pair("scope", "offline_access ai name");
        let request = Request::get(format!("/oauth2/auth?{}", query.finish())).header("cookie", &company.cookie);
        let page = self.send(request.header("accept", "text/html").body(Body::empty()).unwrap()).await;
        let (organization, ids) = (company.organization.to_string(), accounts.iter().map(ToString::to_string));
        let ids: Vec<String> = ids.collect();
        let hidden = page.hidden("request");
        let mut fields = vec![("request", hidden.as_str()), ("organization", &organization), ("decision", "allow")];
        fields.extend(ids.iter().map(|id| ("accounts", id.as_str())));
        let answer = self.form("/oauth2/auth", &[("cookie", &company.cookie)], &fields).await;
        let location = url::Url::parse(answer.header("location")).unwrap();
        let code = location.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        let fields = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", back)];
        let header = basic(client_id, secret);
        self.form("/ponto-connect/oauth2/token", &[("authorization", &header)], &fields).await.json()
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        Answer::of(self.router.clone(), request).await
    }

    /// A call of the API, with a token where there is one.
    pub async fn call(&self, method: &str, path: &str, token: Option<&str>, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "hub.example");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(request.header(header::CONTENT_TYPE, "application/json").body(body).unwrap()).await
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.call("GET", path, Some(token), None).await
    }

    /// A form, with headers beside it.
    pub async fn form(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(Method::POST).uri(path).header(header::HOST, "hub.example");
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// A page as a browser with a cookie gets it.
    pub async fn page(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::builder().uri(path).header(header::HOST, "hub.example").header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// What a form is answered with, byte for byte.
    pub async fn bytes(&self, who: &Company, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let request = Request::builder().method(Method::POST).uri(path).header(header::HOST, "hub.example");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header(header::COOKIE, &who.cookie).header("sec-fetch-site", "same-origin");
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body().collect().await.unwrap().to_bytes().to_vec()
    }

    /// A company with one person who is logged in.
    pub async fn company(&self, email: &str) -> Company {
        let company = self.newcomer(email).await;
        self.give_billing(&company, &format!("Payer {email}"), &format!("invoices-{email}")).await;
        company
    }

    /// Says whom to bill for a company.
    pub async fn give_billing(&self, company: &Company, name: &str, email: &str) {
        let fields = people::BillingFields {
            name: name.to_owned(),
            email: email.to_owned(),
            street: "Rue 1".into(),
            postal_code: "4000".into(),
            city: "Liège".into(),
            country: "BE".into(),
        };
        people::set_billing(&self.hub, company.organization, &fields).await.unwrap();
    }

    /// A company that did not yet say whom to bill.
    pub async fn newcomer(&self, email: &str) -> Company {
        let password = Secret::new("correct horse battery".to_owned());
        let user = people::sign_up(&self.hub, email, password).await.unwrap();
        let fields = OrganizationFields {
            name: format!("Company of {email}"),
            kind: "business".into(),
            country: "BE".into(),
            ..OrganizationFields::default()
        };
        let organization = people::create_organization(&self.hub, user, &fields).await.unwrap();
        let login = people::start_session(&self.hub, user, &HeaderMap::new()).await.unwrap();
        Company { user, organization, cookie: cookie_of(&login) }
    }

    /// A linked account with a number of transactions, the oldest first.
    pub async fn account(&self, organization: OrganizationId, reference: &str, transactions: i64) -> AccountId {
        let now = self.now();
        let new = Account {
            id: AccountId::new(&self.hub.environment),
            organization,
            institution: InstitutionId::parse(MEUSE).unwrap(),
            authorization: None,
            reference: reference.into(),
            reference_type: "IBAN".into(),
            currency: Currency::EUR,
            subtype: "checking".into(),
            resource_id: Some("bank-id".into()),
            name: Some("Main account".into()),
            product: None,
            holder_name: None,
            linked_at: now,
            authorized_at: None,
            expires_on: None,
            state: AccountState::Offered,
            state_reason: None,
            state_since: now,
            opening: None,
            closing: None,
            closing_seen_at: None,
            current_changed_at: None,
            available: None,
            booked: Money::zero(Currency::EUR),
            booked_count: 0,
            listed_through: None,
            last_seq: 0,
            last_change: 0,
            last_balance: 0,
            synchronized_at: None,
            next_unattended_at: None,
        };
        let hub = &self.hub;
        let written: Result<(), db::DbError> = db::write!(hub.db, tx => {
            account::insert(&mut tx, &new).await?;
            account::activate(&mut tx, organization, new.id, Date::constant(2026, 8, 29), now).await
        });
        written.unwrap();
        self.book(organization, new.id, transactions).await;
        new.id
    }

    /// Stores more transactions in an account and tells their ids, the oldest first.
    pub async fn book(&self, organization: OrganizationId, id: AccountId, count: i64) -> Vec<TransactionId> {
        let hub = &self.hub;
        let now = self.now();
        let booked: Result<Vec<TransactionId>, db::DbError> = db::write!(hub.db, tx => {
            let known = account::lock(&mut tx, organization, id).await?.expect("the account exists");
            let rows: Vec<StoredTransaction> = (1..=count)
                .map(|place| StoredTransaction {
                    id: TransactionId::new(&hub.environment),
                    account: id,
                    seq: known.last_seq + place,
                    change: known.last_change + place,
                    booked_on: Date::constant(2026, 2, 1 + i8::try_from(place % 28).unwrap()),
                    value_on: None,
                    amount: Money::new(-1230 - place, Currency::EUR),
                    withdrawn: false,
                    reason: "new".into(),
                    fingerprint: format!("print {place}"),
                    bank_id: None,
                    details: Details { remittance: vec![format!("Invoice {place}")], ..Details::default() },
                    raw: None,
                    created_at: now,
                    updated_at: now,
                })
                .collect();
            transaction::append(&mut tx, organization, &rows).await?;
            let applied = Applied {
                opening: None,
                closing: Some((Date::constant(2026, 3, 1), Money::new(98_765, Currency::EUR))),
                available: Some(Money::new(90_000, Currency::EUR)),
                booked_minor: rows.iter().map(|row| row.amount.minor()).sum(),
                booked_count: count,
                last_seq: known.last_seq + count,
                last_change: known.last_change + count,
                last_balance: known.last_balance,
                listed_through: Some(Date::constant(2026, 3, 1)),
                seen_at: now,
            };
            figures::apply(&mut tx, &known, &applied).await?;
            Ok(rows.iter().map(|row| row.id).collect())
        });
        booked.unwrap()
    }

    /// Puts one announced transaction into an account.
    pub async fn announce(&self, organization: OrganizationId, account: AccountId) -> PendingTransactionId {
        let hub = &self.hub;
        let now = self.now();
        let row = StoredPending {
            id: PendingTransactionId::new(&hub.environment),
            account,
            expected_on: None,
            value_on: None,
            amount: Money::new(500, Currency::EUR),
            fingerprint: "pending".into(),
            bank_id: None,
            details: Details::default(),
            created_at: now,
            updated_at: now,
        };
        let lane = std::slice::from_ref(&row);
        let written: Result<(), db::DbError> =
            db::write!(hub.db, tx => { pending::replace(&mut tx, organization, account, lane).await });
        written.unwrap();
        row.id
    }

    /// An access token of a new custom integration with these accounts.
    pub async fn custom_token(&self, organization: OrganizationId, accounts: &[AccountId]) -> String {
        let made = hub::integrations::create_custom(&self.hub, organization, "Script", accounts).await.unwrap();
        let basic = basic(&made.client_id, made.secret.expose());
        let answer = self.form("/oauth2/token?grant_type=client_credentials", &[("authorization", &basic)], &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }
}

impl Drop for TestHub {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
        if let Some((server, name)) = self.postgres.take() {
            // Dropping may happen inside a runtime, where nothing may be waited for.
            let drop_database = move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(on_server(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
            };
            std::thread::spawn(drop_database).join().ok();
        }
    }
}

async fn on_server(server: &str, statement: &str) {
    use sqlx::Connection;
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// A company with one person who is logged in.
pub struct Company {
    pub user: UserId,
    pub organization: OrganizationId,
    /// The `Cookie` header of the person's browser.
    pub cookie: String,
}

/// The `Cookie` header that a browser sends after a login.
pub fn cookie_of(login: &people::Login) -> String {
    let set = login.set_cookie.to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// The `Authorization` header of a client.
pub fn basic(client_id: &str, secret: &str) -> String {
    use base64::Engine;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{client_id}:{secret}")))
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// What a router answers.
    pub async fn of(router: Router, request: Request<Body>) -> Answer {
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a hidden field of the page.
    pub fn hidden(&self, field: &str) -> String {
        let mark = format!("name=\"{field}\" value=\"");
        let (_, rest) = self.body.split_once(&mark).unwrap_or_else(|| panic!("no {field} in {}", self.body));
        rest.split_once('"').unwrap().0.to_owned()
    }

    /// The code of the first error of an errors document.
    pub fn code(&self) -> String {
        self.json()["errors"][0]["code"].as_str().unwrap_or_else(|| panic!("no error in {}", self.body)).to_owned()
    }

    /// The ids of a list.
    pub fn ids(&self) -> Vec<String> {
        let list = self.json();
        let rows = list["data"].as_array().unwrap_or_else(|| panic!("no list in {}", self.body));
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    }
}
