//! An Odoo that misbehaves as the real ones do: AccessError without the group, a `load` that takes all or nothing,
//! lines behind the lock moved to another day in silence, a page for a wrong database, serialization failures, ids of
//! ours that are answered and left alone, and journals that nothing keeps apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Map, Value, json};

pub const HOST: &str = "odoo.test";
pub const DATABASE: &str = "books";
pub const LOGIN: &str = "bot@example.org";
pub const KEY: &str = "a-key-that-nobody-may-see";
const BOT: i64 = 7;
const EURO: i64 = 1;
const DOLLAR: i64 = 2;

#[derive(Debug, Clone)]
pub struct Journal {
    pub id: i64,
    pub name: String,
    pub number: String,
    pub currency: Option<i64>,
    pub source: String,
    pub suspense: bool,
    pub active: bool,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub id: i64,
    /// The statement in which it is.
    pub statement: Option<i64>,
    pub values: BTreeMap<String, String>,
}

impl Line {
    pub fn text(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}

/// What one Odoo holds and how it behaves.
pub struct Odoo {
    pub version: i64,
    pub groups: BTreeSet<&'static str>,
    /// The last locked day, and the day to which it moves what is booked before.
    pub lock: Option<(&'static str, &'static str)>,
    pub journals: Vec<Journal>,
    /// Archived account numbers, each with its partner; the company is the first.
    pub archived: Vec<(&'static str, i64)>,
    /// The lock of a parent company, and whether the key's user may read that company. Only 17 needs to be asked.
    pub parent: Option<(&'static str, bool)>,
    pub lines: Vec<Line>,
    pub statements: Vec<(String, BTreeMap<String, String>, Vec<i64>)>,
    /// External ids: module and name, to the record.
    pub external: BTreeMap<String, i64>,
    /// Details that were written, by line.
    pub details: BTreeMap<i64, Value>,
    /// Account number and partner.
    pub partners: Vec<(&'static str, i64)>,
    /// Whether OCA's base is installed.
    pub oca: bool,
    /// So many of the next calls fail because somebody else writes.
    pub contended: u32,
    /// So many of the next calls are answered with a 502 page.
    pub broken: u32,
    /// Rows whose label has this word are refused.
    pub refuses: Option<&'static str>,
    pub refuses_foreign: bool,
    /// Tells a missing right in the messages of a load instead of an error.
    pub rights_in_messages: bool,
    pub next: i64,
    /// Models and methods that were called.
    pub calls: Vec<String>,
    /// Sizes of the loads of lines.
    pub loads: Vec<usize>,
}

pub type Shared = Arc<Mutex<Odoo>>;

pub fn odoo(version: i64) -> Shared {
    let group = if version >= 18 { "account.group_account_basic" } else { "account.group_account_user" };
    Arc::new(Mutex::new(Odoo {
        version,
        groups: BTreeSet::from([group, "account.group_account_manager"]),
        lock: None,
        journals: Vec::new(),
        archived: Vec::new(),
        parent: None,
        lines: Vec::new(),
        statements: Vec::new(),
        external: BTreeMap::new(),
        details: BTreeMap::new(),
        partners: Vec::new(),
        oca: false,
        contended: 0,
        broken: 0,
        refuses: None,
        refuses_foreign: false,
        rights_in_messages: false,
        next: 100,
        calls: Vec::new(),
        loads: Vec::new(),
    }))
}

pub fn router(odoo: Shared) -> Router {
    Router::new()
        .route("/web/version", get(web_version))
        .route("/jsonrpc", post(jsonrpc))
        .route("/json/2/{model}/{method}", post(json2))
        .fallback(|| async { (StatusCode::NOT_FOUND, "<html>no such page</html>") })
        .with_state(odoo)
}

async fn web_version(State(odoo): State<Shared>) -> Response {
    let odoo = odoo.lock().unwrap();
    if odoo.version < 19 {
        return (StatusCode::NOT_FOUND, "<html>404</html>").into_response();
    }
    Json(json!({"version_info": [odoo.version, 0, 0, "final", 0, ""], "version": "19.0"})).into_response()
}

/// An error as Odoo's Python raises it.
struct Raised {
    name: &'static str,
    message: String,
    status: u16,
}

fn raise(name: &'static str, message: impl Into<String>, status: u16) -> Raised {
    Raised { name, message: message.into(), status }
}

async fn jsonrpc(State(shared): State<Shared>, Json(body): Json<Value>) -> Response {
    let mut odoo = shared.lock().unwrap();
    if odoo.version >= 19 {
        return (StatusCode::NOT_FOUND, "<html>use JSON-2</html>").into_response();
    }
    if odoo.broken > 0 {
        odoo.broken -= 1;
        return (StatusCode::BAD_GATEWAY, "<html>bad gateway</html>").into_response();
    }
    let (params, args) = (&body["params"], &body["params"]["args"]);
    let told = match (params["service"].as_str().unwrap(), params["method"].as_str().unwrap()) {
        ("common", "version") => Ok(
            json!({"server_version": format!("{}.0", odoo.version), "server_version_info": [odoo.version, 0, 0, "final", 0, ""]}),
        ),
        _ if args[0] != DATABASE => Err(raise("psycopg2.OperationalError", "database does not exist", 200)),
        ("common", "authenticate") if args[1] == LOGIN && args[2] == KEY => Ok(json!(BOT)),
        ("common", "authenticate") => Ok(json!(false)),
        _ if args[1] != BOT || args[2] != KEY => Err(raise("odoo.exceptions.AccessDenied", "Access Denied", 200)),
        _ => {
            let (model, method) = (args[3].as_str().unwrap(), args[4].as_str().unwrap());
            let context = args[6]["context"].clone();
            let named = by_name(odoo.version, method, args[5].as_array().unwrap());
            named.and_then(|named| odoo.call(model, method, &named, &context))
        }
    };
    Json(match told {
        Ok(result) => json!({"jsonrpc": "2.0", "id": 1, "result": result}),
        Err(raised) => json!({"jsonrpc": "2.0", "id": 1, "error": {"code": 200, "message": "Odoo Server Error",
            "data": {"name": raised.name, "message": raised.message, "debug": "Traceback: never show this"}}}),
    })
    .into_response()
}

/// The places of a method's arguments; in older ones `has_group` belongs to the model.
fn by_name(version: i64, method: &str, places: &[Value]) -> Result<Map<String, Value>, Raised> {
    let names: &[&str] = match method {
        "load" => &["fields", "data"],
        "search_read" => &["domain", "fields"],
        "fields_get" => &["allfields", "attributes"],
        "read" => &["ids", "fields"],
        "write" => &["ids", "vals"],
        "create" => &["vals_list"],
        "has_group" if version < 18 => &["group_ext_id"],
        "has_group" => &["ids", "group_ext_id"],
        other => panic!("{other} is not called over JSON-RPC"),
    };
    if places.len() != names.len() {
        return Err(raise("builtins.TypeError", format!("{method}() takes {} arguments", names.len()), 200));
    }
    Ok(names.iter().map(|name| (*name).to_owned()).zip(places.iter().cloned()).collect())
}

async fn json2(
    State(shared): State<Shared>,
    Path((model, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut odoo = shared.lock().unwrap();
    let database = headers.get("x-odoo-database");
    if odoo.version < 19 || database.is_some_and(|name| name != DATABASE) {
        return (StatusCode::NOT_FOUND, "<html>404</html>").into_response();
    }
    if odoo.broken > 0 {
        odoo.broken -= 1;
        return (StatusCode::BAD_GATEWAY, "<html>bad gateway</html>").into_response();
    }
    if headers.get("authorization").is_none_or(|key| key != &format!("bearer {KEY}")) {
        let error = json!({"name": "werkzeug.exceptions.Unauthorized", "message": "Invalid apikey", "debug": ""});
        return (StatusCode::UNAUTHORIZED, Json(error)).into_response();
    }
    let named: Map<String, Value> = serde_json::from_slice(&body).unwrap();
    let context = named.get("context").cloned().unwrap_or_default();
    match odoo.call(&model, &method, &named, &context) {
        Ok(result) => Json(result).into_response(),
        Err(raised) => {
            let error = json!({"name": raised.name, "message": raised.message, "arguments": [], "context": {},
                "debug": "Traceback: never show this"});
            (StatusCode::from_u16(raised.status).unwrap(), Json(error)).into_response()
        }
    }
}

impl Odoo {
    fn call(&mut self, model: &str, method: &str, args: &Map<String, Value>, context: &Value) -> Result<Value, Raised> {
        self.calls.push(format!("{model}/{method}"));
        let may = |id: &Value| *id == 1 || *id == 2 && self.parent.is_some_and(|(_, readable)| readable);
        if context["allowed_company_ids"].as_array().is_some_and(|ids| !ids.iter().all(may)) {
            return Err(raise("odoo.exceptions.AccessError", "Access to unauthorized or invalid companies.", 403));
        }
        match (model, method) {
            ("res.users", "context_get") => Ok(json!({"lang": "en_US", "tz": "Europe/Brussels", "uid": BOT})),
            ("res.users", "has_group") => Ok(json!(self.groups.contains(args["group_ext_id"].as_str().unwrap()))),
            ("res.users", "read") => Ok(json!([{"id": BOT, "company_id": [1, "Atelier"]}])),
            ("res.company", "fields_get") => Ok(self.known(&args["allfields"], self.lock_fields())),
            ("res.company", "read") => self.read_company(args),
            ("account.bank.statement.line", "fields_get") => {
                let mut fields = vec!["foreign_currency_id"];
                fields.extend(self.oca.then_some("unique_import_id"));
                fields.extend((self.version >= 17).then_some("transaction_details"));
                Ok(self.known(&args["allfields"], &fields))
            }
            ("account.journal", "search_read") => Ok(self.journals(&args["domain"], context)),
            ("account.journal", "load") => self.load_journal(args, context),
            ("res.partner.bank", "search_read") => Ok(self.partner_banks(&args["domain"], context)),
            ("res.currency", "search_read") => Ok(match args["domain"][0][2].as_str().unwrap() {
                "EUR" => json!([{"id": EURO, "name": "EUR"}]),
                "USD" => json!([{"id": DOLLAR, "name": "USD"}]),
                _ => json!([]),
            }),
            ("account.bank.statement.line", "search_read") if args["domain"][1][0] == "ref" => {
                let (journal, wanted) = (args["domain"][0][2].to_string(), args["domain"][1][2].as_str().unwrap());
                let fits = |line: &&Line| line.text("journal_id/.id") == journal && line.text("ref") == wanted;
                Ok(self.lines.iter().filter(fits).map(|line| json!({"id": line.id})).collect::<Vec<_>>().into())
            }
            ("account.bank.statement.line", "search_read") if args["domain"][0][0] == "id" => {
                assert_eq!(args["domain"][1], json!(["statement_id", "=", false]));
                let asked = args["domain"][0][2].as_array().unwrap();
                let fits = |line: &&Line| line.statement.is_none() && asked.iter().any(|id| *id == line.id);
                Ok(self.lines.iter().filter(fits).map(|line| json!({"id": line.id})).collect::<Vec<_>>().into())
            }
            ("account.bank.statement.line", "search_read") => Ok(self.by_import_id(&args["domain"])),
            ("account.bank.statement", "search_read") => {
                let fits = |(name, head, _): &&(String, BTreeMap<String, String>, Vec<i64>)| {
                    self.external.contains_key(name) && args["domain"][0][2] == head["reference"]
                };
                let row = |(name, ..): &(String, _, _)| json!({"id": self.external[name]});
                Ok(self.statements.iter().filter(fits).map(row).collect::<Vec<_>>().into())
            }
            ("account.bank.statement.line", "write") => {
                let vals = args["vals"].as_object().unwrap();
                if self.version < 17 || vals.keys().any(|key| key != "transaction_details") {
                    return Err(raise("builtins.ValueError", format!("Invalid field {vals:?}"), 500));
                }
                self.details.insert(args["ids"][0].as_i64().unwrap(), vals["transaction_details"].clone());
                Ok(json!(true))
            }
            ("account.bank.statement.line", "create") => Ok(self.create_line(&args["vals_list"][0])),
            ("account.bank.statement.line", "read") => Ok(self.read_lines(&args["ids"])),
            ("account.bank.statement.line", "load") => self.load_lines(args, context),
            ("account.bank.statement", "load") => Ok(self.load_statement(args, context)),
            _ => Err(raise("werkzeug.exceptions.NotFound", format!("{model}/{method}"), 404)),
        }
    }

    fn lock_fields(&self) -> &'static [&'static str] {
        match self.version {
            ..=16 => &["fiscalyear_lock_date", "period_lock_date", "parent_id"],
            17 => &["fiscalyear_lock_date", "period_lock_date", "parent_ids"],
            18.. => &[
                "fiscalyear_lock_date",
                "hard_lock_date",
                "user_fiscalyear_lock_date",
                "user_hard_lock_date",
                "parent_ids",
            ],
        }
    }

    fn known(&self, asked: &Value, fields: &[&str]) -> Value {
        let asked = asked.as_array().unwrap().iter().filter_map(Value::as_str);
        asked
            .filter(|name| fields.contains(name))
            .map(|name| (name.to_owned(), json!({"type": "x"})))
            .collect::<Map<_, _>>()
            .into()
    }

    fn read_company(&self, args: &Map<String, Value>) -> Result<Value, Raised> {
        let asked = args["ids"][0].as_i64().unwrap();
        let lock = if asked == 1 { self.lock.map(|(lock, _)| lock) } else { self.parent.map(|(lock, _)| lock) };
        let mut row = json!({"id": asked});
        for field in args["fields"].as_array().unwrap().iter().filter_map(Value::as_str) {
            row[field] = match field {
                "name" => json!("Atelier"),
                "currency_id" => json!([EURO, "EUR"]),
                "partner_id" => json!([1, "Atelier"]),
                "parent_ids" if self.version == 17 => json!(if self.parent.is_some() { vec![2, 1] } else { vec![1] }),
                "fiscalyear_lock_date" => lock.map_or(json!(false), |lock| json!(lock)),
                // What is worked out for the user has parents in it, and is never empty.
                "user_fiscalyear_lock_date" => {
                    json!(lock.max(self.parent.map(|(lock, _)| lock)).unwrap_or("0001-01-01"))
                }
                "user_hard_lock_date" => json!("0001-01-01"),
                other if self.lock_fields().contains(&other) => json!(false),
                other => return Err(raise("builtins.ValueError", format!("Invalid field {other:?}"), 500)),
            };
        }
        Ok(json!([row]))
    }

    fn journals(&self, domain: &Value, context: &Value) -> Value {
        let wanted = &domain[2];
        let fits = |journal: &&Journal| {
            let shown = journal.active || context["active_test"] == false;
            shown
                && match wanted[0].as_str().unwrap() {
                    "id" => wanted[2] == journal.id,
                    _ => wanted[2] == journal.number,
                }
        };
        let row = |journal: &Journal| {
            json!({"id": journal.id, "name": journal.name, "active": journal.active,
                "currency_id": journal.currency.map_or(json!(false), |id| json!([id, if id == EURO { "EUR" } else { "USD" }])),
                "suspense_account_id": if journal.suspense { json!([9, "Suspense"]) } else { json!(false) },
                "bank_statements_source": journal.source})
        };
        self.journals.iter().filter(fits).map(row).collect::<Vec<_>>().into()
    }

    fn load_journal(&mut self, args: &Map<String, Value>, context: &Value) -> Result<Value, Raised> {
        if !self.groups.contains("account.group_account_manager") {
            return Err(raise("odoo.exceptions.AccessError", "You are not allowed to create 'Journal' records.", 403));
        }
        let row = &args["data"][0];
        let name = external(context, row[0].as_str().unwrap());
        if let Some(id) = self.external.get(&name) {
            return Ok(json!({"ids": [id], "messages": [], "nextrow": 0}));
        }
        self.next += 1;
        let currency = row[4].as_str().map(|id| id.parse().unwrap());
        let text = |at: usize| row[at].as_str().unwrap().to_owned();
        let journal = Journal {
            id: self.next,
            name: text(1),
            number: text(3),
            currency,
            source: "undefined".into(),
            suspense: true,
            active: true,
        };
        self.external.insert(name, self.next);
        self.journals.push(journal);
        Ok(json!({"ids": [self.next], "messages": [], "nextrow": 0}))
    }

    fn partner_banks(&self, domain: &Value, context: &Value) -> Value {
        if context["active_test"] == false {
            let number = domain[0][2].as_str().unwrap();
            let of = |partner: i64| domain[2].is_null() || domain[2] == json!(["partner_id", "=", partner]);
            return self
                .archived
                .iter()
                .filter(|(held, partner)| *held == number && of(*partner))
                .map(|(held, _)| json!({"id": 1, "acc_number": held}))
                .collect::<Vec<_>>()
                .into();
        }
        let wanted = domain[0][2].as_array().unwrap();
        let held = self.partners.iter().filter(|(number, _)| wanted.iter().any(|one| one == number));
        held.map(|(number, id)| json!({"id": id, "sanitized_acc_number": number, "partner_id": [id, "X"]}))
            .collect::<Vec<_>>()
            .into()
    }

    fn by_import_id(&self, domain: &Value) -> Value {
        assert_eq!(domain[0][0], "unique_import_id");
        let wanted = domain[0][2].as_array().unwrap();
        let held = self.lines.iter().filter(|line| wanted.iter().any(|id| id == line.text("unique_import_id")));
        held.map(|line| json!({"id": line.id, "unique_import_id": line.text("unique_import_id")}))
            .collect::<Vec<_>>()
            .into()
    }

    fn read_lines(&self, ids: &Value) -> Value {
        let held = self.lines.iter().filter(|line| ids.as_array().unwrap().iter().any(|id| *id == line.id));
        held.map(|line| json!({"id": line.id, "date": line.text("date")})).collect::<Vec<_>>().into()
    }

    fn load_lines(&mut self, args: &Map<String, Value>, context: &Value) -> Result<Value, Raised> {
        let fields: Vec<&str> = args["fields"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let rows = args["data"].as_array().unwrap();
        self.loads.push(rows.len());
        let group = if self.version >= 18 { "account.group_account_basic" } else { "account.group_account_user" };
        let may = self.groups.contains(group);
        let denied = "You are not allowed to create 'Bank Statement Line' records.";
        if !may && !self.rights_in_messages {
            return Err(raise("odoo.exceptions.AccessError", denied, 403));
        }
        if self.contended > 0 {
            self.contended -= 1;
            let said = "could not serialize access due to concurrent update".to_owned();
            return Ok(failed(vec![(0, Refusal { field: "", said, by_user: false })]));
        }
        let (before, external_before) = (self.lines.clone(), self.external.clone());
        let (mut ids, mut messages) = (Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            let values: BTreeMap<String, String> = fields
                .iter()
                .enumerate()
                .map(|(at, field)| ((*field).to_owned(), row[at].as_str().expect("every value is a text").to_owned()))
                .collect();
            match if may { self.load_line(values, context) } else { Err(by_user(denied)) } {
                Ok(id) => ids.push(id),
                Err(refusal) => messages.push((at, refusal)),
            }
            // It gives up when ten rows are bad, and one in ten of those it has seen.
            if messages.len() >= 10 && messages.len() * 10 > at {
                break;
            }
        }
        if messages.is_empty() {
            return Ok(json!({"ids": ids, "messages": [], "nextrow": 0}));
        }
        // All or nothing.
        (self.lines, self.external) = (before, external_before);
        Ok(failed(messages))
    }

    fn load_line(&mut self, mut values: BTreeMap<String, String>, context: &Value) -> Result<i64, Refusal> {
        let id = values.remove("id").unwrap();
        assert!(!id.contains('.'), "an external id must not contain a dot");
        let name = external(context, &id);
        if let Some(known) = self.external.get(&name).copied() {
            let update = context["mode"] == "update" && context["noupdate"] == true;
            let line = self.lines.iter_mut().find(|line| line.id == known);
            match line {
                Some(_) if update => return Ok(known),
                // Without the right context, what a person did is overwritten.
                Some(line) => {
                    line.values = values;
                    return Ok(known);
                }
                // What a person deleted comes back.
                None => {}
            }
        }
        let journal: i64 = values["journal_id/.id"].parse().map_err(|_| of_field("journal_id", "no journal"))?;
        let journal = self.journals.iter().find(|held| held.id == journal).expect("a journal of this Odoo");
        if !journal.active {
            return Err(by_user("You cannot post an entry in an archived journal (BNK1)"));
        }
        if self.refuses.is_some_and(|word| values["payment_ref"].contains(word)) {
            return Err(by_user(&format!("refused: {}", values["payment_ref"])));
        }
        let foreign = values.get("foreign_currency_id/.id").is_some_and(|id| !id.is_empty());
        if foreign && self.refuses_foreign {
            return Err(by_user("The foreign currency must be different"));
        }
        if values.values().any(|value| value.contains('\0')) {
            let said =
                "Unknown error during import: ValueError: A string literal cannot contain NUL (0x00) characters.";
            return Err(Refusal { by_user: false, ..by_user(said) });
        }
        if let Some(import) = values.get("unique_import_id").filter(|import| !import.is_empty())
            && self.lines.iter().any(|line| line.text("unique_import_id") == import)
        {
            return Err(of_field("unique_import_id", "The value for the field 'unique_import_id' already exists"));
        }
        if let Some((lock, open)) = self.lock.filter(|(lock, _)| values["date"].as_str() <= *lock) {
            assert!(lock < open);
            values.insert("date".to_owned(), open.to_owned());
        }
        self.next += 1;
        self.external.insert(name, self.next);
        self.lines.push(Line { id: self.next, statement: None, values });
        Ok(self.next)
    }

    /// Not idempotent, unlike `load`; posts straight to the counterpart account.
    fn create_line(&mut self, vals: &Value) -> Value {
        assert!(vals["amount"].is_number() && vals["counterpart_account_id"].is_i64());
        self.next += 1;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let values = vals.as_object().unwrap().iter().map(|(name, value)| {
            (if name == "journal_id" { "journal_id/.id".to_owned() } else { name.clone() }, text(value))
        });
        self.lines.push(Line { id: self.next, statement: None, values: values.collect() });
        json!([self.next])
    }

    fn load_statement(&mut self, args: &Map<String, Value>, context: &Value) -> Value {
        let (fields, rows) = (args["fields"].as_array().unwrap(), args["data"].as_array().unwrap());
        let first: BTreeMap<String, String> = fields
            .iter()
            .enumerate()
            .map(|(at, field)| (field.as_str().unwrap().to_owned(), rows[0][at].as_str().unwrap().to_owned()))
            .collect();
        assert!(first.contains_key("balance_start") && first.contains_key("balance_end_real"), "both in one call");
        let at = fields.iter().position(|field| field == "line_ids/.id").unwrap();
        let lines: Vec<i64> = rows.iter().map(|row| row[at].as_str().unwrap().parse().unwrap()).collect();
        if let Some(missing) = lines.iter().find(|id| self.lines.iter().all(|line| line.id != **id)) {
            let said = format!("No matching record found for database id '{missing}' in field 'Statement lines'");
            return failed(vec![(0, of_field("line_ids", &said))]);
        }
        let name = external(context, &first["id"]);
        if let Some(id) = self.external.get(&name) {
            return json!({"ids": [id], "messages": [], "nextrow": 0});
        }
        self.next += 1;
        self.external.insert(name.clone(), self.next);
        for line in self.lines.iter_mut().filter(|line| lines.contains(&line.id)) {
            line.statement = Some(self.next);
        }
        self.statements.push((name, first, lines));
        json!({"ids": [self.next], "messages": [], "nextrow": 0})
    }
}

fn external(context: &Value, id: &str) -> String {
    format!("{}.{id}", context["module"].as_str().expect("ids of ours have a module of their own"))
}

/// Why a row is not taken.
struct Refusal {
    field: &'static str,
    said: String,
    /// Whether it is an error that Odoo raises for people, which it says twice: once of all rows and once of this one.
    by_user: bool,
}

fn by_user(said: &str) -> Refusal {
    Refusal { field: "", said: said.to_owned(), by_user: true }
}

fn of_field(field: &'static str, said: &str) -> Refusal {
    Refusal { field, said: said.to_owned(), by_user: false }
}

/// What a load answers that took nothing. Where trying all rows at once ended in an error for people, that error stands
/// first, in the name of the first row whichever row it came from.
fn failed(refusals: Vec<(usize, Refusal)>) -> Value {
    let told = |row: usize, refusal: &Refusal| {
        let mut told =
            json!({"type": "error", "record": row, "rows": {"from": row, "to": row}, "message": refusal.said});
        if !refusal.field.is_empty() {
            told["field"] = json!(refusal.field);
        }
        told
    };
    let mut messages: Vec<Value> = refusals.iter().map(|(row, refusal)| told(*row, refusal)).collect();
    let of_all = refusals.first().filter(|(_, refusal)| refusal.by_user).map(|(_, refusal)| told(0, refusal));
    if let Some(of_all) = of_all.filter(|of_all| !messages.contains(of_all)) {
        messages.insert(0, of_all);
    }
    if refusals.len() >= 10 {
        messages.push(json!({"type": "warning", "message": "Found more than 10 errors, interrupted"}));
    }
    json!({"ids": false, "messages": messages, "nextrow": 0})
}
