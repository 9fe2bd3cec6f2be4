//! How Odoo is spoken to: JSON-RPC up to 18, JSON-2 from 19, one kind of call for both.
//!
//! JSON-RPC answers 200 whatever happened, with the error inside. JSON-2 answers with a status; for a database that does
//! not exist that is 404 with a page. The traceback in `debug` is never read.

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use outbound::FetchError;
use serde_json::{Map, Value, json};

use crate::targets::{Desk, Halt};

/// The first version that speaks JSON-2.
const JSON_2_FROM: i64 = 19;

/// What Odoo answered instead of a result.
#[derive(Debug)]
pub(super) enum Fault {
    /// There was no answer.
    Door(FetchError),
    /// An answer that is no JSON.
    Page(StatusCode),
    /// An error of Odoo: its Python class and its sentence.
    Odoo {
        /// `odoo.exceptions.AccessError`, …
        name: String,
        /// What a person may read.
        message: String,
    },
}

impl Fault {
    /// Whether the same call may succeed later.
    pub(super) fn passes(&self) -> bool {
        match self {
            Fault::Door(error) => !matches!(error, FetchError::Forbidden(_)),
            Fault::Page(status) => status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS,
            // What PostgreSQL says of itself: two that write at once, no connection left, a restart.
            Fault::Odoo { name, message } => {
                let of_database = ["SerializationFailure", "LockNotAvailable", "DeadlockDetected", "OperationalError"];
                of_database.iter().any(|class| name.ends_with(class)) || is_busy(message)
            }
        }
    }

    pub(super) fn is(&self, class: &str) -> bool {
        matches!(self, Fault::Odoo { name, .. } if name.rsplit('.').next() == Some(class))
    }

    /// What a person is told.
    pub(super) fn sentence(&self) -> String {
        match self {
            Fault::Door(error) => error.to_string(),
            Fault::Page(status) => format!("a page with status {} instead of an answer", status.as_u16()),
            Fault::Odoo { name, message } if message.is_empty() => name.clone(),
            Fault::Odoo { message, .. } => message.clone(),
        }
    }
}

/// Two that write at once: PostgreSQL's sentence is all that Odoo passes on.
pub(super) fn is_busy(message: &str) -> bool {
    let said = ["could not serialize", "deadlock detected", "could not obtain lock", "current transaction is aborted"];
    said.iter().any(|words| message.contains(words))
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Halt {
        let said = fault.sentence();
        if fault.passes() {
            let code = if matches!(fault, Fault::Door(_)) { "unreachable" } else { "busy" };
            return Halt::later(code, said);
        }
        let code = match &fault {
            Fault::Door(_) => "unreachable",
            Fault::Page(StatusCode::NOT_FOUND) => "database",
            Fault::Page(StatusCode::UNAUTHORIZED) => "key",
            Fault::Odoo { .. } if fault.is("AccessDenied") || fault.is("Unauthorized") => "key",
            Fault::Odoo { .. } if fault.is("AccessError") => "access",
            Fault::Page(_) | Fault::Odoo { .. } => "answer",
        };
        Halt::target(code, said)
    }
}

enum Api {
    JsonRpc { uid: i64 },
    Json2,
}

/// An Odoo that answers, with the key that opens it.
pub(super) struct Session<'a> {
    desk: &'a Desk<'a>,
    api: Api,
    /// `18.0`, as it says.
    pub(super) version: String,
    /// The first number of it.
    pub(super) major: i64,
    /// The user of the key.
    pub(super) uid: i64,
    /// The company in whose name calls are made, once it is known.
    pub(super) company: Option<i64>,
}

impl<'a> Session<'a> {
    /// Finds out which version answers, and who we are there.
    pub(super) async fn open(desk: &'a Desk<'a>) -> Result<Session<'a>, Halt> {
        let mut session = Session { desk, api: Api::Json2, version: String::new(), major: 0, uid: 0, company: None };
        // Newer ones say it here; older ones answer with a page or not at all.
        let told = session.send(Method::GET, "/web/version", None).await;
        match told {
            Ok((status, Ok(told))) if status.is_success() && told.get("version_info").is_some() => {
                session.know(&told["version_info"], &told["version"]);
            }
            Ok(_) => {
                let told = session.rpc("common", "version", json!([])).await?;
                session.know(&told["server_version_info"], &told["server_version"]);
            }
            Err(fault) => return Err(fault.into()),
        }
        if session.major >= JSON_2_FROM {
            let context = session.call("res.users", "context_get", None, &[]).await?;
            session.uid = context["uid"].as_i64().unwrap_or(0);
            return Ok(session);
        }
        let (values, key) = (desk.values, session.key());
        if values.text("database").is_empty() || values.text("login").is_empty() {
            let detail = format!("Odoo {} asks for the name of the database and the login", session.version);
            return Err(Halt::target("database", detail));
        }
        let args = json!([values.text("database"), values.text("login"), key, {}]);
        let uid = session.rpc("common", "authenticate", args).await.map_err(|fault| {
            // This is how an Odoo of that age says that it has no such database.
            if fault.is("OperationalError") { Halt::target("database", fault.sentence()) } else { fault.into() }
        })?;
        let refused = || Halt::target("key", format!("login {}", values.text("login")));
        session.uid = uid.as_i64().ok_or_else(refused)?;
        session.api = Api::JsonRpc { uid: session.uid };
        Ok(session)
    }

    fn know(&mut self, info: &Value, text: &Value) {
        // A version between two is told as "saas~17".
        let first = &info[0];
        let digits: String = first.as_str().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        self.major = first.as_i64().or(digits.parse().ok()).unwrap_or(0);
        self.version = text.as_str().unwrap_or("?").to_owned();
    }

    fn key(&self) -> &str {
        self.desk.secret.as_ref().map_or("", |secret| secret.expose())
    }

    /// Calls a method of a model; `ids` for a method of records. The arguments are told by name and in their order,
    /// because one API takes them by name and the other by place.
    pub(super) async fn call(
        &self,
        model: &str,
        method: &str,
        ids: Option<&[i64]>,
        arguments: &[(&str, Value)],
    ) -> Result<Value, Fault> {
        self.call_in(model, method, ids, arguments, json!({})).await
    }

    /// The same in a context of its own.
    pub(super) async fn call_in(
        &self,
        model: &str,
        method: &str,
        ids: Option<&[i64]>,
        arguments: &[(&str, Value)],
        context: Value,
    ) -> Result<Value, Fault> {
        let context = self.context(context);
        match self.api {
            Api::JsonRpc { uid } => {
                let ids = ids.map(|ids| json!(ids));
                let places: Vec<Value> =
                    ids.into_iter().chain(arguments.iter().map(|(_, value)| value.clone())).collect();
                let database = self.desk.values.text("database");
                let args = json!([database, uid, self.key(), model, method, places, {"context": context}]);
                self.rpc("object", "execute_kw", args).await
            }
            Api::Json2 => {
                let mut body = Map::new();
                if let Some(ids) = ids {
                    body.insert("ids".to_owned(), json!(ids));
                }
                body.extend(arguments.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
                body.insert("context".to_owned(), context);
                let path = format!("/json/2/{model}/{method}");
                match self.send(Method::POST, &path, Some(Value::Object(body))).await? {
                    (status, Ok(result)) if status.is_success() => Ok(result),
                    (StatusCode::UNAUTHORIZED, _) => Err(Fault::Page(StatusCode::UNAUTHORIZED)),
                    (_, Ok(told)) => Err(error_of(&told, &told["message"])),
                    (status, Err(())) => Err(Fault::Page(status)),
                }
            }
        }
    }

    fn context(&self, extra: Value) -> Value {
        let mut context = json!({"lang": "en_US", "tracking_disable": true});
        if let Some(company) = self.company {
            context["allowed_company_ids"] = json!([company]);
        }
        if let Value::Object(extra) = extra {
            for (name, value) in extra {
                context[name] = value;
            }
        }
        context
    }

    async fn rpc(&self, service: &str, method: &str, args: Value) -> Result<Value, Fault> {
        let params = json!({"service": service, "method": method, "args": args});
        let body = json!({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params});
        match self.send(Method::POST, "/jsonrpc", Some(body)).await? {
            (_, Ok(mut told)) => match told.get("error") {
                Some(error) => Err(error_of(&error["data"], &error["message"])),
                None => Ok(told["result"].take()),
            },
            (status, Err(())) => Err(Fault::Page(status)),
        }
    }

    /// One request; the answer's JSON, or nothing where it is no JSON.
    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<(StatusCode, Result<Value, ()>), Fault> {
        let wrong = |reason: String| {
            Fault::Door(FetchError::Unreachable { host: self.desk.values.text("address").to_owned(), reason })
        };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.desk.values.text("address")))
            .header(header::ACCEPT, "application/json");
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if path.starts_with("/json/2/") {
            request = request.header(header::AUTHORIZATION, format!("bearer {}", self.key()));
            let database = self.desk.values.text("database");
            if !database.is_empty() {
                request = request.header("X-Odoo-Database", database);
            }
        }
        let bytes = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        let request = request.body(bytes).map_err(|error| wrong(error.to_string()))?;
        let answer = self.desk.door.fetch(request).await.map_err(Fault::Door)?;
        let status = answer.status();
        Ok((status, serde_json::from_slice(answer.body()).map_err(|_| ())))
    }
}

/// An error's class and its first line.
fn error_of(data: &Value, fallback: &Value) -> Fault {
    let name = data["name"].as_str().unwrap_or_default().to_owned();
    let message = data["message"].as_str().filter(|text| !text.is_empty()).or(fallback.as_str()).unwrap_or_default();
    Fault::Odoo { name, message: short(message) }
}

/// The beginning of a message on one line.
pub(super) fn short(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    words.join(" ").chars().take(300).collect()
}
