//! How Firefly III is spoken to: its REST interface (`/api/v1`), with a personal access token.

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use outbound::FetchError;
use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::targets::{Desk, Halt};

/// What Firefly III answered instead of a result.
#[derive(Debug)]
pub(super) enum Fault {
    /// There was no answer.
    Door(FetchError),
    /// A status that is no success, and what it said.
    Status(StatusCode, Value),
    /// An answer that is no JSON.
    Page(StatusCode),
}

impl Fault {
    /// What a person is told.
    pub(super) fn sentence(&self) -> String {
        match self {
            Fault::Door(error) => error.to_string(),
            Fault::Page(status) => format!("a page with status {} instead of an answer", status.as_u16()),
            Fault::Status(status, told) => {
                // A refused field has its own sentences; the message only says that there are some.
                let fields = told["errors"].as_object().into_iter().flatten();
                let said: Vec<&str> = fields
                    .flat_map(|(_, told)| told.as_array().into_iter().flatten())
                    .filter_map(Value::as_str)
                    .collect();
                let message = told["message"].as_str().unwrap_or_default();
                let text = if said.is_empty() { message.to_owned() } else { said.join(" ") };
                let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
                if text.is_empty() { format!("status {}", status.as_u16()) } else { text }
            }
        }
    }
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Halt {
        let said = fault.sentence();
        match fault {
            Fault::Door(FetchError::Forbidden(_)) => Halt::target("unreachable", said),
            Fault::Door(_) => Halt::later("unreachable", said),
            Fault::Status(status, _) | Fault::Page(status)
                if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS =>
            {
                Halt::later("busy", said)
            }
            Fault::Status(StatusCode::UNAUTHORIZED, _) => Halt::target("key", said),
            Fault::Status(StatusCode::FORBIDDEN, _) => Halt::target("access", said),
            Fault::Status(..) | Fault::Page(_) => Halt::target("answer", said),
        }
    }
}

/// A Firefly III with the key to it.
pub(super) struct Firefly<'a>(pub(super) &'a Desk<'a>);

impl Firefly<'_> {
    pub(super) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, Fault> {
        let query = Serializer::new(String::new()).extend_pairs(query).finish();
        self.send(Method::GET, &format!("{path}?{query}"), None).await
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        self.send(Method::POST, path, Some(body)).await
    }

    /// Every page of a list.
    pub(super) async fn all(&self, path: &str, query: &[(&str, &str)]) -> Result<Vec<Value>, Fault> {
        let mut found = Vec::new();
        for page in 1_i64.. {
            let number = page.to_string();
            let mut query = query.to_vec();
            query.extend([("limit", "100"), ("page", number.as_str())]);
            let told = self.get(path, &query).await?;
            found.extend(told["data"].as_array().cloned().unwrap_or_default());
            if page >= told["meta"]["pagination"]["total_pages"].as_i64().unwrap_or(1) {
                break;
            }
        }
        Ok(found)
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Fault> {
        let address = self.0.values.text("address");
        let token = self.0.secret.as_ref().map_or("", |secret| secret.expose());
        let wrong = |reason: String| Fault::Door(FetchError::Unreachable { host: address.to_owned(), reason });
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{address}/api/v1{path}"))
            // Without this it answers some errors with a page.
            .header(header::ACCEPT, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let bytes = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        let request = request.body(bytes).map_err(|error| wrong(error.to_string()))?;
        let answer = self.0.door.fetch(request).await.map_err(Fault::Door)?;
        let status = answer.status();
        match serde_json::from_slice(answer.body()) {
            Ok(told) if status.is_success() => Ok(told),
            Ok(told) => Err(Fault::Status(status, told)),
            Err(_) => Err(Fault::Page(status)),
        }
    }
}
