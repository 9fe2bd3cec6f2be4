//! `openapi.json`, made from the table of routes and the types of its handlers: what a handler takes and gives is what
//! the document says, so that neither can change without the other.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use hub_api::{Code, ErrorDocument, PageRequest, Schema, Schemas};
use serde_json::{Map, Value, json};

use super::base::Base;
use super::body::Sent;
use super::caller::{Anybody, Caller, Partner};
use super::error::ApiError;
use super::filter::Bounds;
use super::institution::Filters;
use super::paging::{FeedPage, ListPage};
use crate::SharedHub;

/// The statuses of refusals. Every operation has those that any request can meet; a token, an id in the path and a body
/// add theirs.
const REFUSALS: [(u16, &str); 9] = [
    (400, "The address, a parameter or a field cannot be read, or this cannot be done now: the code says which."),
    (401, "The access token is missing, unknown, expired or revoked."),
    (403, "The token does not allow this, or the data is not served for now."),
    (404, "There is no such resource for this token."),
    (409, "The idempotency key came with another request, or with one that is being worked on."),
    (413, "The body is too large."),
    (429, "Too many requests: wait as long as `Retry-After` says."),
    (500, "The hub failed; the request may be sent again."),
    (503, "The hub is busy, or a simulated bank does not answer; the request may be sent again."),
];

/// One operation before it is written down: everything that its handler's type tells.
pub(super) struct Operation {
    method: &'static str,
    path: &'static str,
    about: &'static str,
    /// What is needed to ask; more than one is a choice.
    security: Vec<&'static str>,
    parameters: Vec<Value>,
    body: Option<fn(&mut Schemas) -> Value>,
    status: u16,
    refusals: BTreeSet<u16>,
    answer: fn(&mut Schemas) -> Value,
}

impl Operation {
    /// An operation by its place in the table and its handler.
    pub fn of<A>(method: &'static str, path: &'static str, about: &'static str, handler: impl Handler<A>) -> Operation {
        let nothing = |_: &mut Schemas| json!({});
        let mut operation = Operation {
            method,
            path,
            about: about.trim(),
            security: Vec::new(),
            parameters: Vec::new(),
            body: None,
            status: 200,
            refusals: BTreeSet::from([400, 429, 500, 503]),
            answer: nothing,
        };
        if path.contains('{') {
            operation.refusals.insert(404);
        }
        handler.describe(&mut operation);
        operation
    }

    fn query(&mut self, name: &str, about: &str, schema: Value) {
        self.parameters.push(json!({ "name": name, "in": "query", "description": about, "schema": schema }));
    }

    fn page(&mut self, most: u32) {
        let limit = json!({ "type": "integer", "minimum": 1, "maximum": most, "default": PageRequest::DEFAULT_LIMIT });
        self.query("limit", "Rows on a page; also as `page[limit]`.", limit);
    }

    /// The operation as the document has it.
    fn document(&self, schemas: &mut Schemas) -> Value {
        let placeholders = self.path.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        let in_path = placeholders.map(|(name, _)| {
            let schema = if name == "month" {
                json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$" })
            } else {
                json!({ "type": "string", "format": "uuid" })
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        });
        let mut parameters: Vec<Value> = in_path.collect();
        parameters.extend(self.parameters.iter().cloned());
        let media = |schema: Value| json!({ "application/json": { "schema": schema } });
        let mut document = json!({
            "operationId": self.id(),
            "summary": self.about,
            "tags": [self.path.split('/').nth(1).unwrap_or_default()],
            "parameters": parameters,
            "responses": self.refused(),
            "security": self.security.iter().map(|name| match *name {
                "" => json!({}),
                name => json!({ name: [] }),
            }).collect::<Vec<_>>(),
        });
        document["responses"][self.status.to_string()] =
            json!({ "description": "Done.", "headers": request_id(), "content": media((self.answer)(schemas)) });
        if let Some(attributes) = self.body {
            let data = json!({
                "type": "object",
                "properties": { "type": { "type": "string" }, "attributes": attributes(schemas) },
                "required": ["attributes"],
            });
            let whole = json!({ "type": "object", "properties": { "data": data }, "required": ["data"] });
            document["requestBody"] = json!({ "required": true, "content": media(whole) });
            document["parameters"].as_array_mut().expect("it was made as one above").push(json!({
                "name": "Ibanity-Idempotency-Key", "in": "header",
                "description": "The same request under the same key is carried out once in 24 hours.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 100 },
            }));
        }
        document
    }

    /// The refusals, by reference.
    fn refused(&self) -> Value {
        let by_reference =
            |status: &u16| (status.to_string(), json!({ "$ref": format!("#/components/responses/Refused{status}") }));
        self.refusals.iter().map(by_reference).collect::<Map<String, Value>>().into()
    }

    /// `get-accounts-account-transactions`.
    fn id(&self) -> String {
        let plain = self.path.replace(['{', '}'], "").replace('/', "-");
        format!("{}{plain}", self.method)
    }
}

fn request_id() -> Value {
    json!({ "ibanity-request-id": { "schema": { "type": "string" } } })
}

/// What an argument of a handler says about its operation.
pub(super) trait Input {
    /// Writes it into the operation.
    fn describe(_: &mut Operation) {}
}

impl Input for State<SharedHub> {}
impl Input for Base {}
impl<T> Input for Path<T> {}

impl Input for Caller {
    fn describe(operation: &mut Operation) {
        operation.security = vec!["organizationToken"];
        operation.refusals.extend([401, 403]);
    }
}

impl Input for Partner {
    fn describe(operation: &mut Operation) {
        operation.security = vec!["applicationToken"];
        operation.refusals.extend([401, 403]);
    }
}

impl Input for Anybody {
    fn describe(operation: &mut Operation) {
        operation.security = vec!["", "organizationToken"];
        operation.refusals.insert(401);
    }
}

impl Input for ListPage {
    fn describe(operation: &mut Operation) {
        operation.page(PageRequest::MAX_LIMIT);
        let id = || json!({ "type": "string", "format": "uuid" });
        let older = "Rows after this id: older ones; also as `page[after]`. An unknown id gives an empty page.";
        operation.query("after", older, id());
        let newer = "The page next to this id, above it: newer ones; also as `page[before]`.";
        operation.query("before", newer, id());
    }
}

impl Input for FeedPage {
    fn describe(operation: &mut Operation) {
        operation.page(PageRequest::MAX_FEED_LIMIT);
        let place = json!({ "type": "integer", "format": "int64", "minimum": 0 });
        operation.query("after", "Steps after this id, which is a cursor.", place);
    }
}

impl Input for Bounds {
    fn describe(operation: &mut Operation) {
        let day = || json!({ "type": "string", "format": "date" });
        operation.query("filter[executionDate][gte]", "Booked on this day or later.", day());
        operation.query("filter[executionDate][lte]", "Booked on this day or earlier.", day());
        let instant = json!({ "type": "string", "format": "date-time" });
        operation.query("filter[updatedAt][gte]", "Last changed at this instant or later.", instant);
    }
}

impl Input for Filters {
    fn describe(operation: &mut Operation) {
        for field in Filters::FIELDS {
            for comparison in Filters::COMPARISONS {
                let about = match comparison {
                    "in" => "One of several, with commas between them.",
                    "contains" => "A part of it.",
                    _ => "This, in upper or lower case.",
                };
                operation.query(&format!("filter[{field}][{comparison}]"), about, json!({ "type": "string" }));
            }
        }
    }
}

impl<T: Schema> Input for Sent<T> {
    fn describe(operation: &mut Operation) {
        operation.body = Some(T::schema);
        operation.refusals.extend([404, 409, 413]);
    }
}

/// What a handler gives.
pub(super) trait Output {
    /// Writes it into the operation.
    fn describe(operation: &mut Operation);
}

impl<T: Schema> Output for Result<Json<T>, ApiError> {
    fn describe(operation: &mut Operation) {
        operation.answer = T::schema;
    }
}

/// A status beside the document means that something was made.
impl<T: Schema> Output for Result<(StatusCode, Json<T>), ApiError> {
    fn describe(operation: &mut Operation) {
        operation.status = StatusCode::CREATED.as_u16();
        operation.answer = T::schema;
    }
}

/// A handler of axum, seen by its type alone.
pub(super) trait Handler<A> {
    /// Writes what its arguments and its answer say.
    fn describe(&self, operation: &mut Operation);
}

macro_rules! handlers {
    ($(($($input:ident)*))*) => {$(
        impl<F, R, $($input),*> Handler<($($input,)*)> for F
        where
            F: Fn($($input),*) -> R,
            R: Future<Output: Output>,
            $($input: Input),*
        {
            fn describe(&self, operation: &mut Operation) {
                $($input::describe(operation);)*
                <R::Output as Output>::describe(operation);
            }
        }
    )*};
}

handlers! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E G) }

/// Every refusal, all in the one form.
fn refusals(schemas: &mut Schemas) -> Value {
    let error = ErrorDocument::schema(schemas);
    let described = REFUSALS.iter().map(|(status, about)| {
        let mut headers = request_id();
        if *status == 429 {
            headers["Retry-After"] = json!({ "schema": { "type": "integer", "minimum": 1 } });
        }
        let content = json!({ "application/json": { "schema": error } });
        (format!("Refused{status}"), json!({ "description": about, "headers": headers, "content": content }))
    });
    described.collect::<Map<String, Value>>().into()
}

/// The whole document.
pub fn document() -> Value {
    let mut schemas = Schemas::default();
    let mut paths: Map<String, Value> = Map::new();
    for operation in super::operations() {
        let described = operation.document(&mut schemas);
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = described;
    }
    let codes: Vec<String> = Code::ALL.iter().map(|(code, status)| format!("`{code}` ({status})")).collect();
    let about = format!(
        "The resources of Ponto Connect, served under `/ponto-connect` for applications and under `/` for custom \
         integrations. Lists are newest first and append-only; a query key may be repeated. Every answer carries `ibanity-request-id`. Errors: {}.",
        codes.join(", ")
    );
    let bearer = |about: &str| json!({ "type": "http", "scheme": "bearer", "description": about });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Passerelle hub", "version": env!("CARGO_PKG_VERSION"), "description": about },
        "servers": [{ "url": "/" }, { "url": "/ponto-connect" }],
        "paths": paths,
        "components": {
            "responses": refusals(&mut schemas),
            "schemas": schemas.into_map(),
            "securitySchemes": {
                "organizationToken": bearer(
                    "From `/oauth2/token`: by a code and PKCE, or by the client credentials of a custom integration."
                ),
                "applicationToken": bearer("From `/oauth2/token`: by the client credentials of an application."),
            },
        },
    })
}

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(document().to_string()));

/// `GET /openapi.json`.
pub(super) async fn serve() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.clone()).into_response()
}
