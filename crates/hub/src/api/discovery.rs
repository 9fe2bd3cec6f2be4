//! The two discovery documents. A link that is there is a promise, so what this hub does not serve is left out.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};
use hub_api::Discovery;
use web::Redirect;

use super::base::Base;
use crate::{Hub, SharedHub};

/// `GET /`: for software the document, for a browser the way to the dashboard.
pub(super) async fn custom(State(hub): State<SharedHub>, base: Base, headers: HeaderMap) -> Response {
    if is_browser(&headers) {
        return Redirect::to("/app").into_response();
    }
    Json(offered(&hub, Discovery::custom(&base.0), &base)).into_response()
}

/// `GET /ponto-connect`.
pub(super) async fn connect(State(hub): State<SharedHub>, base: Base) -> Json<Discovery> {
    Json(offered(&hub, Discovery::connect(&base.0), &base))
}

fn offered(hub: &Hub, document: Discovery, base: &Base) -> Discovery {
    if hub.settings.sandbox_url.is_some() { document.with_sandbox(&base.0) } else { document }
}

/// Whether a person's browser asks, which wants pages rather than documents. Java's own client names `text/html`, too,
/// beside whatever there is; every browser names XHTML.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(header::ACCEPT).iter().filter_map(|accept| accept.to_str().ok());
    accepts.into_iter().any(|accept| accept.contains("application/xhtml+xml") || accept.trim() == "text/html")
}
