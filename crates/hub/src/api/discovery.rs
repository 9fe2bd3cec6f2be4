//! The two discovery documents. A link that is there is a promise, so what this hub does not serve is left out.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};
use hub_api::Discovery;
use web::Redirect;

use super::base::Base;
use crate::SharedHub;

/// `GET /`: for software the document, for a browser the way to the dashboard.
pub(super) async fn custom(State(_): State<SharedHub>, base: Base, headers: HeaderMap) -> Response {
    if is_browser(&headers) {
        return Redirect::to("/app").into_response();
    }
    Json(Discovery::custom(&base.0)).into_response()
}

/// `GET /ponto-connect`.
pub(super) async fn connect(base: Base) -> Json<Discovery> {
    Json(Discovery::connect(&base.0))
}

/// Whether a person's browser asks, which wants pages rather than documents.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(header::ACCEPT).iter().filter_map(|accept| accept.to_str().ok());
    accepts.into_iter().any(|accept| accept.contains("text/html"))
}
