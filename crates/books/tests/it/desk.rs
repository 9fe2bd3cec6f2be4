//! Books of one test, and the person who works with them through their pages.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use books::{Books, Provider, Settings};
use bytes::Bytes;
use db::Db;
use domain::{AccountId, Environment, SeededEntropy, SimulatedClock};
use outbound::{Fetch, FetchError, InProcess};
use tower::ServiceExt;
use vault::Secret;

use crate::provider::{self, HOST, Held, Shared, Shelf};

/// The name of a provider that is a custom integration.
pub const OWN: &str = "Own software";

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// The engines that are there.
pub fn engines() -> Vec<Engine> {
    let server = std::env::var("PASSERELLE_TEST_POSTGRES").ok();
    [Some(Engine::Sqlite), server.map(Engine::Postgres)].into_iter().flatten().collect()
}

#[derive(Debug, Clone)]
pub enum Engine {
    Sqlite,
    Postgres(String),
}

/// A door that can be cut: after a number of requests, one is sent or not, and never answered.
pub struct Door {
    network: InProcess,
    /// Requests left, and whether the last one still reaches the provider.
    pub cut: Mutex<Option<(u32, bool)>>,
}

#[async_trait::async_trait]
impl Fetch for Door {
    async fn fetch(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError> {
        let cut = {
            let mut cut = self.cut.lock().unwrap();
            match cut.as_mut() {
                Some((0, reaches)) => Some(*reaches),
                Some((left, _)) => {
                    *left -= 1;
                    None
                }
                None => None,
            }
        };
        match cut {
            None => self.network.fetch(request).await,
            Some(reaches) => {
                if reaches {
                    let _ = self.network.fetch(request).await;
                }
                std::future::pending().await
            }
        }
    }

    /// Only this machine, where a test may have started a server.
    async fn address(&self, host: &str, port: u16) -> Result<std::net::SocketAddr, FetchError> {
        match host.parse::<std::net::IpAddr>() {
            Ok(address) if address.is_loopback() => Ok((address, port).into()),
            _ => Err(FetchError::Forbidden(host.to_owned())),
        }
    }
}

pub struct Desk {
    pub books: Books,
    pub shelf: Shared,
    pub door: Arc<Door>,
    pub clock: Arc<SimulatedClock>,
    pub database: String,
    settings: Settings,
    environment: Environment,
    router: Router,
    cookie: Mutex<String>,
    folder: PathBuf,
}

/// What a page answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Desk {
    /// Books with a provider that offers its feeds, or only what Ponto offers.
    pub async fn open(engine: &Engine, feeds: bool) -> Desk {
        Desk::open_with(engine, feeds, &[]).await
    }

    /// The same with more providers, each by its name and host.
    pub async fn open_with(engine: &Engine, feeds: bool, more: &[(&'static str, &'static str, Shared)]) -> Desk {
        let name = format!("books_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        let folder = std::env::temp_dir().join(&name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let database = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("books.sqlite").display()),
            Engine::Postgres(server) => {
                let administration = Db::open(server).await.unwrap();
                administration.create_database(&name).await.unwrap();
                administration.close().await;
                format!("{}/{name}", server.rsplit_once('/').unwrap().0)
            }
        };
        let shelf: Shared = Arc::new(Mutex::new(Shelf { feeds, ..Shelf::default() }));
        let network = InProcess::new();
        network.listen(HOST, Some(provider::router(shelf.clone())));
        for (_, host, shelf) in more {
            network.listen(host, Some(provider::router(shelf.clone())));
        }
        let door = Arc::new(Door { network, cut: Mutex::new(None) });
        let settings = Settings {
            database: database.clone(),
            public_url: "http://books.test".to_owned(),
            key_file: folder.join("books.keys"),
            files: folder.join("files"),
            mail: mail::MailSettings::folder(folder.join("mail")),
            providers: [("Test Hub", HOST)]
                .into_iter()
                .chain(more.iter().map(|(name, host, _)| (*name, *host)))
                .map(|(name, host)| Provider {
                    name: name.to_owned(),
                    base_url: format!("http://{host}/api"),
                    // A provider of this name is a custom integration: nobody authorises there.
                    authorize_url: (name != OWN).then(|| format!("http://{host}/oauth2/auth")),
                    token_url: format!("http://{host}/oauth2/token"),
                    client_id: "books".to_owned(),
                    client_secret: Secret::new("secret".to_owned()),
                })
                .collect(),
        };
        let clock = SimulatedClock::at("2026-03-02T12:00:00Z".parse().unwrap());
        let environment = Environment::new(clock.clone(), SeededEntropy::new(7));
        let books = Books::open(settings.clone(), environment.clone(), door.clone()).await.unwrap();
        let router = books.router();
        let cookie = Mutex::new(String::new());
        Desk { books, shelf, door, clock, database, settings, environment, router, cookie, folder }
    }

    /// The same books opened again, as after a crash.
    pub async fn reopen(&mut self) {
        let books = Books::open(self.settings.clone(), self.environment.clone(), self.door.clone()).await.unwrap();
        self.router = books.router();
        self.books = books;
    }

    /// The same books opened by another process.
    pub async fn beside(&self) -> Books {
        let environment = Environment::new(self.clock.clone(), SeededEntropy::new(11));
        Books::open(self.settings.clone(), environment, self.door.clone()).await.unwrap()
    }

    /// A visit without any cookie.
    pub async fn strange(&self, path: &str) -> Answer {
        let request = Request::builder().uri(path).header(header::HOST, "books.test");
        self.answer(request.body(Body::empty()).unwrap()).await
    }

    /// The key file is another one: nothing that was sealed can be read any more. Without any, books do not start.
    pub async fn lose_keys(&self) {
        std::fs::remove_file(&self.settings.key_file).unwrap();
        let started = Books::open(self.settings.clone(), self.environment.clone(), self.door.clone()).await;
        let said = started.err().unwrap().to_string();
        assert!(said.contains("books.keys is missing") && said.contains("restore it from its backup"), "{said}");
        vault::Keyring::open(&self.settings.key_file, &*SeededEntropy::new(99)).unwrap();
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, String::new()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, body).await
    }

    /// Sends a file as a browser would.
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = self.request("POST", path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    /// What a provider sends: no cookie, a signature.
    pub async fn tell(&self, signature: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method("POST")
            .uri("/webhooks/test-hub")
            .header(header::HOST, "books.test")
            .header(header::CONTENT_TYPE, "application/json")
            .header("signature", signature);
        self.answer(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "books.test")
            .header(header::COOKIE, self.cookie.lock().unwrap().clone())
    }

    async fn send(&self, method: &str, path: &str, body: String) -> Answer {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let session = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let session = session.filter(|line| line.starts_with("passerelle-books-session="));
        if let Some(cookie) = { session }.next_back() {
            *self.cookie.lock().unwrap() = cookie.split(';').next().unwrap().to_owned();
        }
        let location = response.headers().get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 16 << 20).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Answer { status, location: location.unwrap_or_default(), body }
    }

    pub async fn sign_up(&self, email: &str) {
        let fields = [("company", "Atelier Dubois"), ("email", email), ("password", "a long enough password")];
        let answer = self.post("/sign-up", &fields).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/journals"), "{}", answer.body);
        self.sql("UPDATE person SET confirmed_at = 1").await;
        self.sql("DELETE FROM letter WHERE letter_key LIKE 'confirm:%'").await;
    }

    /// Changes something behind the books' back: most tests want somebody who has confirmed the address.
    pub async fn sql(&self, sql: &'static str) {
        let db = Db::open(&self.database).await.unwrap();
        let done: Result<u64, db::DbError> = db::write!(db, tx => { tx.run(sql, &[]).await });
        done.unwrap();
        db.close().await;
    }

    pub async fn log_in(&self, email: &str) {
        let fields = [("email", email), ("password", "a long enough password")];
        let answer = self.post("/login", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }

    /// Lets hours pass, after which the person logs in again.
    pub async fn wait_hours(&self, hours: i64) {
        self.clock.advance_seconds(hours * 3600);
        self.log_in("claire@example.org").await;
    }

    /// Leaves for the provider and answers the state of the way.
    pub async fn leave(&self, institution: domain::InstitutionId) -> String {
        self.leave_for("Test Hub", institution).await
    }

    /// Leaves for a provider of a name.
    pub async fn leave_for(&self, provider: &str, institution: domain::InstitutionId) -> String {
        let institution = institution.to_string();
        let fields = [("provider", provider), ("institution", institution.as_str()), ("purpose", "connect")];
        let answer = self.post("/connect", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let away = url::Url::parse(&answer.location).unwrap();
        away.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned()
    }

    /// Goes to the provider and comes back; answers the page of accounts.
    pub async fn connect(&self, institution: domain::InstitutionId) -> String {
        self.connect_through("Test Hub", institution).await
    }

    /// The same through a provider of a name.
    pub async fn connect_through(&self, provider: &str, institution: domain::InstitutionId) -> String {
        let state = self.leave_for(provider, institution).await;
        let answer = self.get(&format!("/connect/return?state={state}&code=code-1")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.location
    }

    /// The ids of the books for the accounts on a page of accounts that can be linked, in their order there.
    pub async fn linkable(&self, accounts_page: &str) -> Vec<AccountId> {
        let body = self.get(accounts_page).await.body;
        let names = body.split("name=\"journal-").skip(1);
        names.map(|rest| AccountId::parse(&rest[..36]).unwrap()).collect()
    }

    /// Links every account on the page to a new journal.
    pub async fn link_all(&self, accounts_page: &str) -> String {
        let accounts = self.linkable(accounts_page).await;
        let names: Vec<String> = accounts.iter().map(|id| format!("journal-{id}")).collect();
        let fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "new")).collect();
        let answer = self.post(accounts_page, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.location
    }

    /// The address of the journal of a number.
    pub async fn journal(&self, reference: &str) -> String {
        let page = self.get("/journals").await.body;
        let shown = domain::Iban::parse(reference).map_or(reference.to_owned(), |iban| iban.grouped());
        let card = page.split("<article").find(|card| card.contains(&shown)).expect("the journal has a card");
        let at = card.find("/journals/").unwrap();
        card[at..at + 46].to_owned()
    }

    /// Works until there is nothing to do.
    pub async fn work(&self) {
        for _ in 0..200 {
            if !self.books.work_once().await.unwrap() && !self.importing().await {
                return;
            }
        }
        panic!("the books never come to rest");
    }

    /// Changes the database behind the back of the books.
    pub async fn meddle(&self, sql: &str) {
        let sql: &'static str = Box::leak(sql.to_owned().into_boxed_str());
        let db = Db::open(&self.database).await.unwrap();
        let done: Result<u64, db::DbError> = db::write!(db, tx => { tx.run(sql, &[]).await });
        done.unwrap();
        db.close().await;
    }

    /// Makes the database refuse rows of a table, as a defect of the books would; answers how that is taken back.
    pub async fn refuse(&self, engine: &Engine, table: &str, column: &str, value: &str) -> String {
        match engine {
            Engine::Sqlite => {
                self.meddle(&format!(
                    "CREATE TRIGGER broken BEFORE INSERT ON {table} WHEN NEW.{column} = {value} \
                     BEGIN SELECT RAISE(ABORT, 'on purpose'); END"
                ))
                .await;
                "DROP TRIGGER broken".to_owned()
            }
            Engine::Postgres(_) => {
                self.meddle(&format!(
                    "ALTER TABLE {table} ADD CONSTRAINT broken CHECK ({column} <> {value}) NOT VALID"
                ))
                .await;
                format!("ALTER TABLE {table} DROP CONSTRAINT broken")
            }
        }
    }

    /// Delivers until there is nothing to deliver.
    pub async fn deliver(&self) {
        for _ in 0..50 {
            if !self.books.deliver_once().await.unwrap() {
                return;
            }
        }
        panic!("the deliveries never come to rest");
    }

    /// Adds a target that receives every journal, and answers its page.
    pub async fn add_target(&self, system: &str, settings: &[(&str, &str)]) -> String {
        let form = self.get(&format!("/targets/add?system={system}")).await.body;
        let journals = form.split("name=\"journal\" value=\"").skip(1).map(|rest| &rest[..36]);
        let mut fields: Vec<(&str, &str)> = journals.map(|id| ("journal", id)).collect();
        fields.push(("system", system));
        fields.extend(settings);
        // Called as its system is, unless the settings name it.
        fields.push(("name", system));
        let answer = self.post("/targets", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.location
    }

    /// Lets somebody answer at an address.
    pub fn listen(&self, host: &str, router: Router) {
        self.door.network.listen(host, Some(router));
    }

    /// The folder below which targets of the one company write.
    pub fn files(&self) -> PathBuf {
        let companies = std::fs::read_dir(self.folder.join("files")).unwrap();
        companies.map(|entry| entry.unwrap().path()).next().unwrap()
    }

    /// The letters that were handed over: to whom, about what, and what they say.
    pub async fn letters(&self) -> Vec<(String, String, String)> {
        for _ in 0..20 {
            if !self.books.write_once().await.unwrap() {
                break;
            }
        }
        let Ok(folder) = std::fs::read_dir(self.folder.join("mail")) else { return Vec::new() };
        let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let read = |file: PathBuf| {
            let text = std::fs::read_to_string(file).unwrap().replace("=\r\n", "").replace("\r\n", "\n");
            let head = |name: &str| {
                let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
                line[name.len()..].to_owned()
            };
            (head("To: "), head("Subject: "), text.clone())
        };
        files.into_iter().map(read).collect()
    }

    async fn importing(&self) -> bool {
        let db = Db::open(&self.database).await.unwrap();
        let sql = "SELECT COUNT(*) AS n FROM import WHERE ended_at IS NULL";
        let running = db.read().await.unwrap().one(sql, &[]).await.unwrap().int("n").unwrap();
        db.close().await;
        running > 0
    }

    /// Whether the books hold what the provider holds, row by row.
    pub async fn assert_equal(&self, held: &Held) {
        let lines = self.books.lines(&held.reference).await.unwrap();
        let mut here: Vec<_> = lines
            .iter()
            .filter(|line| line.state != books::LineState::Removed)
            .map(|line| (line.remote_transaction.clone(), line.booked_on, line.amount.minor(), line.label.clone()))
            .collect();
        let told = held.movements.iter();
        let mut there: Vec<_> = told.map(|m| (m.id.to_string(), m.booked_on, m.minor, m.label.clone())).collect();
        here.sort();
        there.sort();
        assert_eq!(here, there);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An account with movements over two months and the balances that prove them.
pub fn held(id: u128, institution: domain::InstitutionId, reference: &str, count: u32) -> Held {
    let mut held = Held {
        id: AccountId::from_u128(id),
        institution,
        reference: reference.to_owned(),
        currency: "EUR".to_owned(),
        movements: Vec::new(),
        changes: Vec::new(),
        balances: vec![("openingBooked", domain::Date::constant(2026, 1, 1), 100_000)],
        pending: Vec::new(),
        fails_with: None,
        touched: Vec::new(),
        garbage: false,
    };
    let mut total = 100_000;
    for at in 0..count {
        let day = i8::try_from(at % 28 + 1).unwrap();
        let month = if at < count / 2 { 1 } else { 2 };
        let minor = i64::from(at) * 7 - 50;
        total += minor;
        held.book(crate::provider::Movement {
            id: domain::TransactionId::from_u128(id * 1_000_000 + u128::from(at)),
            booked_on: domain::Date::constant(2026, month, day),
            minor,
            label: format!("payment {at}"),
        });
        if at + 1 == count / 2 {
            held.balances.push(("closingBooked", domain::Date::constant(2026, 1, 31), total));
        }
    }
    held.balances.push(("closingBooked", domain::Date::constant(2026, 2, 28), total));
    held
}

/// Puts accounts into the provider's hands, all of them authorised.
pub fn offer(shelf: &Shared, accounts: Vec<Held>) {
    let mut shelf = shelf.lock().unwrap();
    shelf.authorized = accounts.iter().map(|held| held.id).collect();
    shelf.accounts = accounts;
}
