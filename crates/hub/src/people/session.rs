//! Sessions: who is logged in, on the strength of a cookie. A session ends twelve hours after the person was last
//! seen and thirty days after logging in, whichever comes first, and it begins with a new cookie at each log-in.

use db::DbError;
use domain::{OrganizationId, Timestamp, UserId};
use http::HeaderMap;
use http::header::COOKIE;
use vault::{Secret, token};

use crate::Hub;
use crate::store::session::{self, Session};
use crate::store::user::User;
use crate::store::{organization, user};

/// A session ends when nobody was seen for so long.
const IDLE_S: i64 = 12 * 3600;
/// A session ends so long after it began, however busy it is.
const ABSOLUTE_S: i64 = 30 * 24 * 3600;
/// How often it is written down that the person was seen: writing at each page would make each page a write.
const SEEN_NOTED_EVERY_S: i64 = 300;

/// The cookie over plain HTTP, on a developer's machine.
const PLAIN_NAME: &str = "hub_session";
/// The cookie over HTTPS; the prefix makes browsers refuse it from any other host or path (RFC 6265bis).
const HOST_NAME: &str = "__Host-hub_session";

/// Somebody who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedIn {
    /// The person.
    pub user: User,
    /// The session.
    pub session: Session,
}

/// Who a cookie belongs to; `None` when its session is unknown or has ended.
pub async fn session(hub: &Hub, cookie: &str) -> Result<Option<LoggedIn>, DbError> {
    let now = hub.environment.now();
    let hash = token::hash(cookie);
    let mut tx = hub.db.read().await?;
    let Some(session) = session::get(&mut tx, &hash).await? else { return Ok(None) };
    if age_s(now, session.seen_at) >= IDLE_S || age_s(now, session.created_at) >= ABSOLUTE_S {
        return Ok(None);
    }
    let Some(user) = user::get(&mut tx, session.user_id).await? else { return Ok(None) };
    drop(tx);
    if age_s(now, session.seen_at) >= SEEN_NOTED_EVERY_S {
        db::write!(hub.db, tx => { session::touch(&mut tx, &hash, now).await })?;
    }
    Ok(Some(LoggedIn { user, session }))
}

/// Makes an organization the one that the person works in; false when the person does not work for it.
pub async fn choose_organization(hub: &Hub, who: &LoggedIn, chosen: OrganizationId) -> Result<bool, DbError> {
    db::write!(hub.db, tx => {
        let known = organization::get_for(&mut tx, chosen, who.user.id).await?.is_some();
        if known {
            session::choose_organization(&mut tx, who.session.id, who.user.id, chosen).await?;
        }
        Ok(known)
    })
}

/// Ends the session of a cookie.
pub async fn log_out(hub: &Hub, cookie: &str) -> Result<(), DbError> {
    let hash = token::hash(cookie);
    db::write!(hub.db, tx => { session::delete(&mut tx, &hash).await })
}

/// Ends every session of a person and tells how many there were.
pub async fn log_out_everywhere(hub: &Hub, user: UserId) -> Result<u64, DbError> {
    db::write!(hub.db, tx => { session::delete_all(&mut tx, user).await })
}

/// The session cookie that a browser sent, when it sent one.
pub fn cookie_of(headers: &HeaderMap) -> Option<&str> {
    let pairs = || {
        let values = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='))
    };
    let named = |wanted: &str| pairs().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    named(HOST_NAME).or_else(|| named(PLAIN_NAME))
}

/// The `Set-Cookie` header that begins a session. It lasts as long as the session may.
pub fn session_cookie(hub: &Hub, cookie: &Secret<String>) -> String {
    cookie_header(hub, cookie.expose(), ABSOLUTE_S)
}

/// The `Set-Cookie` header that makes a browser forget its session.
pub fn clearing_cookie(hub: &Hub) -> String {
    cookie_header(hub, "", 0)
}

fn cookie_header(hub: &Hub, value: &str, max_age_s: i64) -> String {
    let secure = hub.settings.public_url.starts_with("https://");
    let (name, flag) = if secure { (HOST_NAME, "; Secure") } else { (PLAIN_NAME, "") };
    format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{flag}")
}

pub(super) fn ended_before(now: Timestamp) -> (Timestamp, Timestamp) {
    let earlier =
        |seconds: i64| Timestamp::from_second(now.as_second() - seconds).expect("an instant a month ago is in range");
    (earlier(IDLE_S), earlier(ABSOLUTE_S))
}

fn age_s(now: Timestamp, then: Timestamp) -> i64 {
    now.as_second() - then.as_second()
}
