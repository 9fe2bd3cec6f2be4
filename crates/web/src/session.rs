//! Sessions without their table: the rules are here, the rows belong to hub and books.
//!
//! A session is 32 random bytes in a cookie; the table keeps their hash with `created_at` and `seen_at`.
//! - Log in: `begin` makes a **new** token always (whatever cookie came with the request), store the hash, set the
//!   cookie; delete the row of an older session that came along.
//! - Each request: look the hash of `presented` up, ask `Lifetime::standing`; when it says so, update `seen_at`.
//! - Log out: delete the row, clear the cookie. Log out everywhere: delete all rows of the user.

use axum::http::{HeaderMap, HeaderValue};
use domain::{Environment, Timestamp};
use vault::token;

use crate::Cookies;

const COOKIE: &str = "session";

/// How long a login lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// Without any request, in seconds.
    pub idle_seconds: i64,
    /// At most, in seconds, whatever happens.
    pub absolute_seconds: i64,
}

/// What a stored session is worth now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Live,
    /// It holds, and its `seen_at` is a minute old or more: write the present instant there.
    LiveUnseen,
    /// It ended: delete the row and ask for the password.
    Ended,
}

impl Default for Lifetime {
    /// Twelve hours without a request, seven days at most.
    fn default() -> Lifetime {
        Lifetime { idle_seconds: 12 * 3600, absolute_seconds: 7 * 24 * 3600 }
    }
}

impl Lifetime {
    /// Judges a session by its two instants.
    pub fn standing(&self, now: Timestamp, created_at: Timestamp, seen_at: Timestamp) -> Standing {
        let age = |since: Timestamp| now.duration_since(since).as_secs();
        if age(created_at) >= self.absolute_seconds || age(seen_at) >= self.idle_seconds {
            Standing::Ended
        } else if age(seen_at) >= 60 {
            Standing::LiveUnseen
        } else {
            Standing::Live
        }
    }
}

/// A new session: the hash to store and the cookie to set.
pub fn begin(environment: &Environment, cookies: &Cookies, lifetime: &Lifetime) -> (String, HeaderValue) {
    let (plain, hash) = token::new(environment);
    let cookie = cookies.set(COOKIE, plain.expose(), Some(lifetime.absolute_seconds));
    (hash, cookie)
}

/// The hash of the session that a request presents, to look up.
pub fn presented(cookies: &Cookies, headers: &HeaderMap) -> Option<String> {
    cookies.get(headers, COOKIE).map(|plain| token::hash(&plain))
}

/// The cookie that ends the session in the browser.
pub fn end(cookies: &Cookies) -> HeaderValue {
    cookies.clear(COOKIE)
}
