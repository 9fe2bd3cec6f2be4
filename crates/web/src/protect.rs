use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::{Cookies, Frame, Locale, Messages, Trouble, error_page};

/// What a browser may do with our pages: load our own style, script and pictures, ask ourselves, nothing else.
///
/// There is no `form-action`: Chromium holds every redirect after a form against it, and our forms lead on to banks and
/// providers whose addresses cannot be listed. What it would prevent is an injected form, which needs an injection
/// first; escaping by default and the absence of inline scripts stand before that.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer that does not set its own.
const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// What protection needs to know.
#[derive(Clone)]
pub struct Protection {
    /// Name of the product, for the page that refuses a request.
    pub product: &'static str,
    /// The party's messages.
    pub messages: Arc<Messages>,
    /// The party's cookies.
    pub cookies: Cookies,
}

/// Puts security headers on every answer and refuses forms that come from other sites (tower-http's CSRF layer:
/// `Sec-Fetch-Site`, else `Origin` against `Host`). A client that is no browser sends neither and passes; it has no
/// cookie to abuse. A page that panics is answered with the page of a failure. Call it last, on the router of pages.
pub fn protect<S: Clone + Send + Sync + 'static>(router: Router<S>, protection: Protection) -> Router<S> {
    let pages = router.layer(CatchPanicLayer::custom(panicked));
    pages.layer(CsrfLayer::new()).layer(middleware::from_fn_with_state(Arc::new(protection), finish))
}

/// Travels with the answer for a page that panicked, until its page is drawn.
#[derive(Clone)]
struct Panicked(String);

fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Panicked(text));
    response
}

async fn finish(State(protection): State<Arc<Protection>>, request: Request, next: Next) -> Response {
    let locale = Locale::of(request.headers(), &protection.cookies, &protection.messages);
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    // The route, not the address: that may hold a token.
    let route = request.extensions().get::<MatchedPath>().map_or_else(String::new, |path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    let panic = response.extensions().get::<Panicked>().map(|Panicked(text)| text.clone());
    if let Some(panic) = panic {
        // The same defect has the same reference, so whoever is told one finds it in the log.
        let reference =
            vault::token::hex(&vault::token::sha256(format!("{route} {panic}").as_bytes())[..5]).to_uppercase();
        tracing::error!(reference, route, panic, "a page panicked");
        let frame = Frame::stranger(protection.product, "/", &here, locale, protection.cookies.clone());
        response =
            error_page(&frame, &Trouble::of(StatusCode::INTERNAL_SERVER_ERROR).reference(reference)).into_response();
    } else if response.extensions().get::<ProtectionError>().is_some() {
        let frame = Frame::stranger(protection.product, "/", &here, locale, protection.cookies.clone());
        response = error_page(&frame, &Trouble::of(StatusCode::FORBIDDEN)).into_response();
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if protection.cookies.https() {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    response
}
