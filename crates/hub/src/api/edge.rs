//! What stands around every request: its id, its address without a slash at the end, and, on the way out, the id and
//! the media type of the answer.

use std::any::Any;
use std::str::FromStr;

use axum::Json;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::RequestId;
use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Uri, header};
use hub_api::{Code, ErrorDocument};
use tower_http::catch_panic::{CatchPanicLayer, ResponseForPanic};

use super::error::{Problem, panicked};
use crate::SharedHub;

/// The header with the id of a request, under the name that clients of Ponto read.
const REQUEST_ID: HeaderName = HeaderName::from_static("ibanity-request-id");
const JSON_API: &str = "application/vnd.api+json";

/// Wraps one request.
pub(super) async fn edge(State(hub): State<SharedHub>, mut request: Request, next: Next) -> Response {
    let id = RequestId::new(&hub.environment).to_string();
    if let Some(uri) = without_trailing_slash(request.uri()) {
        *request.uri_mut() = uri;
    }
    let wants_json_api = request.headers().get_all(header::ACCEPT).iter().any(|accept| {
        let accept = accept.to_str().unwrap_or_default();
        accept.contains(JSON_API) && !accept.contains("application/json")
    });
    let for_applications = request.uri().path().starts_with("/ponto-connect/");
    let mut response = next.run(request).await;
    if let Some(Problem(mut item)) = response.extensions_mut().remove::<Problem>() {
        // Each face has its own word for a token that has ended, and its clients log in again on that word only.
        if item.code == Code::InvalidAccessToken && !for_applications {
            item.code = Code::CredentialsInvalid;
        }
        let document = ErrorDocument::from(item.with_meta("requestId", id.as_str()));
        let (mut parts, _) = response.into_parts();
        parts.headers.remove(header::CONTENT_LENGTH);
        response = Json(document).into_response();
        *response.status_mut() = parts.status;
        parts.headers.extend(response.headers().clone());
        *response.headers_mut() = parts.headers;
    }
    hub.answered.count(response.status());
    let headers = response.headers_mut();
    if wants_json_api && headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json") {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON_API));
    }
    // Answers belong to one token: no cache may give them to another.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(REQUEST_ID, HeaderValue::from_str(&id).expect("an id is hexadecimal digits and dashes"));
    response
}

/// The same address without slashes at the end of its path; some clients leave the last placeholder of a template
/// empty. `None` when there is none.
fn without_trailing_slash(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    let short = path.trim_end_matches('/');
    if short.len() == path.len() || short.is_empty() {
        return None;
    }
    let text = uri.query().map_or_else(|| short.to_owned(), |query| format!("{short}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::from_str(&text).ok()?);
    Uri::from_parts(parts).ok()
}

/// Turns a panic of a handler into an answer.
pub(super) fn panics() -> CatchPanicLayer<Panics> {
    CatchPanicLayer::custom(Panics)
}

/// Answers for a handler that panicked.
#[derive(Clone)]
pub(super) struct Panics;

impl ResponseForPanic for Panics {
    type ResponseBody = axum::body::Body;

    fn response_for_panic(&mut self, panic: Box<dyn Any + Send + 'static>) -> Response {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        tracing::error!(panic = text, "a handler panicked");
        panicked()
    }
}
