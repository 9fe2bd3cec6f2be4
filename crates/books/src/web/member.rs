//! Who is asking: a stranger, or a person at work for a company.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use ::web::session::{self, Lifetime, Standing};
use ::web::{Entry, Flash, Frame, Icon, Locale, Menu, came_from};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::CompanyId;

use super::failure::Failure;
use super::{PRODUCT, Shared};
use crate::store::session::{self as row, Session};

/// Somebody, perhaps not logged in.
pub(super) struct Guest {
    pub(super) locale: Locale,
    pub(super) here: String,
    headers: axum::http::HeaderMap,
    web: Shared,
}

impl Guest {
    /// The frame of a page without navigation.
    pub(super) fn frame(&self) -> Frame {
        let cookies = self.web.cookies.clone();
        Frame::stranger(PRODUCT, "/", &self.here, self.locale.clone(), cookies).with_flash(&self.headers)
    }
}

impl FromRequestParts<Shared> for Guest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Guest, Self::Rejection> {
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let locale = Locale::of(&parts.headers, &web.cookies, &web.books.messages);
        Ok(Guest { locale, here, headers: parts.headers.clone(), web: web.clone() })
    }
}

/// A person who is logged in. Whoever is not is sent to the login page and comes back from there.
pub(super) struct Member {
    guest: Guest,
    pub(super) session: Session,
    pub(super) hash: String,
    /// The address the request came from. A request from inside this process has none and counts as this machine's.
    pub(super) ip: IpAddr,
}

impl Member {
    pub(super) fn locale(&self) -> &Locale {
        &self.guest.locale
    }

    pub(super) fn company(&self) -> CompanyId {
        self.session.company
    }

    /// The frame of a page with navigation.
    pub(super) fn frame(&self) -> Frame {
        let locale = self.locale();
        let entry = |href: &str, icon: Icon, label: String| Entry { href: href.to_owned(), icon, label };
        let menu = Menu {
            organization: self.session.company_name.clone(),
            person: self.session.email.clone(),
            entries: vec![("/companies".to_owned(), locale.say("books-nav-companies"))],
            log_out: "/logout".to_owned(),
        };
        Frame {
            navigation: vec![
                entry("/journals", Icon::Book, locale.say("books-nav-journals")),
                entry("/connections", Icon::Plug, locale.say("books-nav-connections")),
                entry("/targets", Icon::Out, locale.say("targets")),
                entry("/banks", Icon::Bank, locale.say("books-nav-banks")),
            ],
            menu: Some(menu),
            ..self.guest.frame()
        }
    }
}

impl FromRequestParts<Shared> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Member, Response> {
        let Ok(guest) = Guest::from_request_parts(parts, web).await;
        let ip = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let found = session(web, &parts.headers).await.map_err(IntoResponse::into_response)?;
        match found {
            Some((hash, session)) => {
                Ok(Member { guest, session, hash, ip: ip.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)) })
            }
            None => {
                let looks = parts.method == Method::GET;
                let back = if looks { guest.here.as_str() } else { came_from(&parts.headers).unwrap_or("/") };
                let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", back).finish();
                let to_login = ::web::Redirect::to(format!("/login?{query}"));
                // A form of a page that stood open too long changes nothing, and must say so.
                let flash = Flash::care(guest.locale.say("stale-session"));
                Err(if looks { to_login } else { to_login.flash(&web.cookies, &flash) }.into_response())
            }
        }
    }
}

/// The live session of a request, noted as seen.
async fn session(web: &Shared, headers: &axum::http::HeaderMap) -> Result<Option<(String, Session)>, Failure> {
    let Some(hash) = session::presented(&web.cookies, headers) else { return Ok(None) };
    let Some(found) = row::find(&mut web.books.db.read().await?, &hash).await? else { return Ok(None) };
    let now = web.books.environment.now();
    let written: Result<(), db::DbError> = match Lifetime::default().standing(now, found.created_at, found.seen_at) {
        Standing::Live => Ok(()),
        Standing::LiveUnseen => db::write!(web.books.db, tx => { row::seen(&mut tx, &hash, now).await }),
        Standing::Ended => {
            let ended: Result<(), db::DbError> = db::write!(web.books.db, tx => { row::end(&mut tx, &hash).await });
            ended?;
            return Ok(None);
        }
    };
    written?;
    Ok(Some((hash, found)))
}
