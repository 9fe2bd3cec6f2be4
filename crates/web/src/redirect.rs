use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use crate::{Cookies, Flash};

/// The answer to a form: `303 See Other`, with cookies where needed.
///
/// A POST must not answer with a redirect to *another* host: browsers hold the whole chain of a form against
/// `form-action`. Answer such a POST with a redirect to a page of ours whose link or GET redirect leads on.
#[derive(Debug, Clone)]
pub struct Redirect {
    to: String,
    cookies: Vec<HeaderValue>,
}

impl Redirect {
    /// To an address. What cannot stand in a header leads to `/`.
    pub fn to(address: impl Into<String>) -> Redirect {
        Redirect { to: address.into(), cookies: Vec::new() }
    }

    /// To a path of this host that came from outside, such as `?next=`; anything else leads to the fallback.
    pub fn to_local(address: &str, fallback: &str) -> Redirect {
        Redirect::to(local_path(address).unwrap_or(fallback))
    }

    /// With a cookie.
    pub fn cookie(mut self, cookie: HeaderValue) -> Redirect {
        self.cookies.push(cookie);
        self
    }

    /// With a sentence for the next page.
    pub fn flash(self, cookies: &Cookies, flash: &Flash) -> Redirect {
        let cookie = flash.cookie(cookies);
        self.cookie(cookie)
    }
}

/// An address with a way back in `next`.
pub fn with_next(page: &str, next: &str) -> String {
    if next.is_empty() {
        return page.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("{page}?{query}")
}

/// The page of this host that a form was sent from, as the browser names it; `None` when it names none or another host.
pub fn came_from(headers: &HeaderMap) -> Option<&str> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let (referer, host) = (text(header::REFERER)?, text(header::HOST)?);
    let (_, address) = referer.split_once("://")?;
    local_path(address.strip_prefix(host)?)
}

/// The text, when it is a path of this host: one slash in front, no backslash and no control character, because
/// browsers read `//host` and `/\host` as another host.
pub(crate) fn local_path(address: &str) -> Option<&str> {
    let safe = address.starts_with('/')
        && !address[1..].starts_with(['/', '\\'])
        && address.bytes().all(|b| (0x21..0x7F).contains(&b) && b != b'\\');
    safe.then_some(address)
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let location = HeaderValue::from_str(&self.to).unwrap_or(HeaderValue::from_static("/"));
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
        for cookie in self.cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}
