//! Sessions: who is logged in, on the strength of a cookie whose hash alone is kept. A session ends twelve hours after the person was last
//! seen and thirty days after logging in, whichever comes first, and it begins with a new cookie at each log-in.

use db::DbError;
use domain::{OrganizationId, SessionId, Timestamp, UserId};
use http::{HeaderMap, HeaderValue};
use web::Cookies;
use web::session::{Lifetime, Standing};

use crate::Hub;
use crate::store::session::{self, Session};
use crate::store::user::User;
use crate::store::{organization, user};

/// How long a session lasts.
const LIFETIME: Lifetime = Lifetime { idle_seconds: 12 * 3600, absolute_seconds: 30 * 24 * 3600 };

/// Somebody who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedIn {
    /// The person.
    pub user: User,
    /// The session.
    pub session: Session,
}

/// A session that has just begun.
#[derive(Debug, Clone)]
pub struct Login {
    /// Whose.
    pub user: UserId,
    /// The `Set-Cookie` header that hands it to the browser.
    pub set_cookie: HeaderValue,
}

/// The hub's cookies.
pub fn cookies(hub: &Hub) -> Cookies {
    Cookies::new("hub", hub.settings.public_url.starts_with("https://"))
}

/// Who sent a request, by its cookie; `None` when there is no session, or it has ended.
pub async fn session(hub: &Hub, headers: &HeaderMap) -> Result<Option<LoggedIn>, DbError> {
    let Some(hash) = web::session::presented(&cookies(hub), headers) else { return Ok(None) };
    let now = hub.environment.now();
    let mut tx = hub.db.read().await?;
    let Some(session) = session::get(&mut tx, &hash).await? else { return Ok(None) };
    let Some(user) = user::get(&mut tx, session.user_id).await? else { return Ok(None) };
    drop(tx);
    match LIFETIME.standing(now, session.created_at, session.seen_at) {
        Standing::Ended => return Ok(None),
        Standing::Live => {}
        Standing::LiveUnseen => db::write!(hub.db, tx => { session::touch(&mut tx, &hash, now).await })?,
    }
    Ok(Some(LoggedIn { user, session }))
}

/// Begins a session for somebody who has just proven who they are, by signing up or otherwise. The session that the
/// browser had before, if any, ends, so that a cookie planted beforehand is worth nothing.
pub async fn start_session(hub: &Hub, user: UserId, headers: &HeaderMap) -> Result<Login, DbError> {
    let now = hub.environment.now();
    let earlier = web::session::presented(&cookies(hub), headers);
    let (hash, set_cookie) = web::session::begin(&hub.environment, &cookies(hub), &LIFETIME);
    let id = SessionId::new(&hub.environment);
    let session = Session { id, user_id: user, organization_id: None, created_at: now, seen_at: now };
    db::write!(hub.db, tx => {
        let (seen_before, begun_before) = (earlier_by(now, LIFETIME.idle_seconds), earlier_by(now, LIFETIME.absolute_seconds));
        session::delete_expired(&mut tx, seen_before, begun_before).await?;
        if let Some(earlier) = &earlier {
            session::delete(&mut tx, earlier).await?;
        }
        session::insert(&mut tx, &hash, &session).await
    })?;
    Ok(Login { user, set_cookie })
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

/// Makes an organization the one that every session of a person works in: after the person joined it.
pub async fn work_for(hub: &Hub, user: UserId, organization: OrganizationId) -> Result<(), DbError> {
    db::write!(hub.db, tx => { session::work_for(&mut tx, user, organization).await })
}

/// Ends the session of a request and gives the `Set-Cookie` header that makes the browser forget it.
pub async fn log_out(hub: &Hub, headers: &HeaderMap) -> Result<HeaderValue, DbError> {
    if let Some(hash) = web::session::presented(&cookies(hub), headers) {
        db::write!(hub.db, tx => { session::delete(&mut tx, &hash).await })?;
    }
    Ok(web::session::end(&cookies(hub)))
}

/// Ends every session of a person and tells how many there were.
pub async fn log_out_everywhere(hub: &Hub, user: UserId) -> Result<u64, DbError> {
    db::write!(hub.db, tx => { session::delete_all(&mut tx, user).await })
}

fn earlier_by(now: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(now.as_second() - seconds).expect("an instant a month ago is in range")
}
