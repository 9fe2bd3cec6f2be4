//! A small client that acts as a person's browser: cookies per host, redirects, links, and forms that are read out of
//! the page, filled in and submitted. The demo and the tests play their stories with it, so that everything they do a
//! person could do too.
//!
//! It runs no script. A page that needs script to be usable is a defect of the page.

mod form;
mod html;
mod page;

pub mod mail;

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use http::{Method, Request, Response, StatusCode};
use outbound::{Door, FetchError};
use url::Url;

pub use form::{Control, Form, Kind};
pub use page::Page;

/// Why a person could not go on.
#[derive(Debug, thiserror::Error)]
pub enum BrowseError {
    /// There was no answer.
    #[error("{url}: {source}")]
    NoAnswer {
        /// What was asked.
        url: String,
        /// Why there was none.
        source: FetchError,
    },
    /// The address cannot be followed.
    #[error("'{0}' is not an address that a browser can open")]
    Address(String),
    /// Redirects that do not end.
    #[error("{0} redirects without end")]
    Endless(String),
    /// The page has not what was looked for.
    #[error("{url} (status {status}) has no {wanted}; it says: {text}")]
    Missing {
        /// The page.
        url: String,
        /// Its status.
        status: u16,
        /// What was looked for.
        wanted: String,
        /// The beginning of its text.
        text: String,
    },
}

const MOST_REDIRECTS: usize = 20;

/// A browser with its cookies.
pub struct Browser {
    door: Door,
    // By host without port, as browsers do: two parties on one host see each other's cookies.
    cookies: BTreeMap<String, BTreeMap<String, String>>,
    language: &'static str,
}

impl Browser {
    /// A browser without cookies that prefers English.
    pub fn new(door: Door) -> Browser {
        Browser { door, cookies: BTreeMap::new(), language: "en" }
    }

    /// Opens an address and follows its redirects.
    pub async fn open(&mut self, url: &str) -> Result<Page, BrowseError> {
        let url = Url::parse(url).map_err(|_| BrowseError::Address(url.to_owned()))?;
        self.go(Method::GET, url, None).await
    }

    /// Opens the first link of a page whose text contains some words.
    pub async fn follow(&mut self, page: &Page, words: &str) -> Result<Page, BrowseError> {
        let url = page.link(words)?;
        self.go(Method::GET, url, None).await
    }

    /// Submits a form as it is filled in.
    pub async fn submit(&mut self, form: &Form) -> Result<Page, BrowseError> {
        let body = form.encoded();
        if form.method == Method::GET {
            let mut url = form.action.clone();
            url.set_query(Some(&body));
            return self.go(Method::GET, url, None).await;
        }
        self.go(Method::POST, form.action.clone(), Some((body, form.page.clone()))).await
    }

    async fn go(
        &mut self,
        mut method: Method,
        mut url: Url,
        mut form: Option<(String, Url)>,
    ) -> Result<Page, BrowseError> {
        let first = url.clone();
        for _ in 0..MOST_REDIRECTS {
            let answer = self.fetch(&method, &url, form.as_ref()).await?;
            self.keep_cookies(&url, answer.headers());
            let status = answer.status();
            let target = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
            let Some(target) = target.filter(|_| status.is_redirection()) else {
                return Ok(Page::new(url, status, String::from_utf8_lossy(answer.body()).into_owned()));
            };
            url = url.join(&target).map_err(|_| BrowseError::Address(target))?;
            if !matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT) {
                method = Method::GET;
                form = None;
            }
        }
        Err(BrowseError::Endless(first.into()))
    }

    async fn fetch(
        &self,
        method: &Method,
        url: &Url,
        form: Option<&(String, Url)>,
    ) -> Result<Response<Bytes>, BrowseError> {
        let mut bare = url.clone();
        bare.set_fragment(None);
        let mut request = Request::builder()
            .method(method)
            .uri(bare.as_str())
            .header(ACCEPT, "text/html")
            .header(http::header::ACCEPT_LANGUAGE, self.language);
        let jar = url.host_str().and_then(|host| self.cookies.get(host)).filter(|jar| !jar.is_empty());
        if let Some(jar) = jar {
            let pairs: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, pairs.join("; "));
        }
        let body = match form {
            Some((body, page)) => {
                let same = page.origin() == url.origin();
                request = request
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .header(ORIGIN, page.origin().ascii_serialization())
                    .header("sec-fetch-site", if same { "same-origin" } else { "cross-site" });
                Bytes::from(body.clone())
            }
            None => Bytes::new(),
        };
        let request = request.body(body).map_err(|_| BrowseError::Address(url.to_string()))?;
        self.door.fetch(request).await.map_err(|source| BrowseError::NoAnswer { url: url.to_string(), source })
    }

    fn keep_cookies(&mut self, url: &Url, headers: &HeaderMap) {
        let Some(host) = url.host_str() else { return };
        let jar = self.cookies.entry(host.to_owned()).or_default();
        for cookie in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let mut parts = cookie.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            let over = parts.any(|attribute| attribute.eq_ignore_ascii_case("max-age=0"));
            if over || value.is_empty() {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
