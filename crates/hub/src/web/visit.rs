//! Who asks, in which language, and for which organization.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use domain::OrganizationId;
use maud::{Markup, html};
use web::{Cookies, Entry, Flash, Frame, Icon, Locale, Menu, Redirect, Tone, came_from, notice, with_next};

use super::rights;
use super::stop::Stop;
use crate::audit::{self, Action, Actor};
use crate::peer::address_of;
use crate::people::{self, LoggedIn, Organization, Right, Role};
use crate::store::account::Account;
use crate::words::{MESSAGES, PRODUCT};
use crate::{SharedHub, store};

/// Anybody, logged in or not.
#[derive(Clone)]
pub struct Visitor {
    /// The hub.
    pub hub: SharedHub,
    /// The language to speak.
    pub locale: Locale,
    /// The hub's cookies.
    pub cookies: Cookies,
    /// The request's headers.
    pub headers: HeaderMap,
    /// The request's address.
    pub here: String,
    /// Where the person sits: what banks want to know to see a call as attended.
    pub psu_ip: IpAddr,
}

impl FromRequestParts<SharedHub> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, hub: &SharedHub) -> Result<Visitor, Infallible> {
        let cookies = people::cookies(hub);
        let locale = Locale::of(&parts.headers, &cookies, &MESSAGES);
        let psu_ip = address_of(parts, hub.settings.trust_forwarded_proto);
        let here = path_of(&parts.uri);
        Ok(Visitor { hub: hub.clone(), locale, cookies, headers: parts.headers.clone(), here, psu_ip })
    }
}

impl Visitor {
    /// The frame of a page for strangers.
    pub fn frame(&self) -> Frame {
        Frame::stranger(PRODUCT, "/app", &self.here, self.locale.clone(), self.cookies.clone())
            .with_flash(&self.headers)
    }

    /// Who is logged in, if anybody.
    pub async fn logged_in(&self) -> Result<Option<LoggedIn>, Stop> {
        Ok(people::session(&self.hub, &self.headers).await?)
    }
}

/// The path and query of an address.
pub fn path_of(uri: &Uri) -> String {
    uri.path_and_query().map_or("/", |path| path.as_str()).to_owned()
}

/// Somebody who is logged in and works for an organization.
pub struct Member {
    /// The visit.
    pub visitor: Visitor,
    /// The login.
    pub who: LoggedIn,
    /// The organization at work.
    pub organization: Organization,
    /// All organizations of the person.
    pub organizations: Vec<Organization>,
    /// What the person is in it.
    pub role: Role,
    /// Whether the person must set up a second factor before going on.
    pub second_factor_missing: bool,
    /// Whether the organization is blocked for not paying.
    pub blocked: bool,
}

impl FromRequestParts<SharedHub> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, hub: &SharedHub) -> Result<Member, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, hub).await;
        let looks = parts.method == http::Method::GET;
        let next = if looks { visitor.here.clone() } else { String::new() };
        let Some(who) = visitor.logged_in().await.map_err(IntoResponse::into_response)? else {
            if looks {
                return Err(Redirect::to(with_next("/login", &next)).into_response());
            }
            // A form of a page that stood open too long.
            let back = came_from(&visitor.headers).unwrap_or_default();
            let flash = Flash::care(visitor.locale.say("stale-session"));
            return Err(Redirect::to(with_next("/login", back)).flash(&visitor.cookies, &flash).into_response());
        };
        let organizations =
            people::organizations(hub, who.user.id).await.map_err(|error| Stop::from(error).into_response())?;
        let chosen = organizations.iter().find(|known| Some(known.id) == who.session.organization_id);
        match chosen.or(organizations.first()).cloned() {
            Some(organization) => {
                let role = permitted(parts, hub, &who, &organization).await.map_err(IntoResponse::into_response)?;
                let missing = second_factor_missing(hub, &who, role).await.map_err(IntoResponse::into_response)?;
                if missing && !parts.uri.path().starts_with("/app/profile") {
                    return Err(Redirect::to("/app/profile/security").into_response());
                }
                let blocked = is_blocked(hub, &organization).await.map_err(IntoResponse::into_response)?;
                if blocked && brings_data(parts.uri.path()) {
                    return Err(Redirect::to("/app/billing/invoices").into_response());
                }
                Ok(Member { visitor, who, organization, organizations, role, second_factor_missing: missing, blocked })
            }
            None => Err(Redirect::to(with_next("/app/organizations/new", &next)).into_response()),
        }
    }
}

/// Whether the operator demands a second factor that this person has not.
async fn second_factor_missing(hub: &SharedHub, who: &LoggedIn, role: Role) -> Result<bool, Stop> {
    let demanded = hub.settings.owners_need_second_factor && role == Role::Owner;
    Ok(demanded && !people::factors(hub, who.user.id).await?.any())
}

/// Whether the organization is blocked for not paying.
async fn is_blocked(hub: &SharedHub, organization: &Organization) -> Result<bool, Stop> {
    Ok(store::block::is_blocked(&mut hub.db.read().await?, organization.id).await?)
}

/// Whether a page is a step towards new data, which has to wait while an organization is blocked.
fn brings_data(path: &str) -> bool {
    path.starts_with("/app/link") || path.starts_with("/app/renewals") || path.ends_with("/renew")
}

/// The role of a person, when it has the right that the address takes.
async fn permitted(parts: &Parts, hub: &SharedHub, who: &LoggedIn, organization: &Organization) -> Result<Role, Stop> {
    let role = people::role(hub, organization.id, who.user.id).await?.ok_or(Stop::Missing)?;
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    match rights::needed(&parts.method, route) {
        Some(right) if role.may(right) => Ok(role),
        Some(_) => Err(Stop::Forbidden),
        None => {
            tracing::error!(route, method = %parts.method, "this address is not in the table of rights (web/rights.rs)");
            Err(Stop::Forbidden)
        }
    }
}

/// What every page says while the organization is blocked.
fn blocked(locale: &Locale) -> Markup {
    notice(
        Tone::Bad,
        html! {
            p { strong { (locale.say("blocked-what")) } }
            p { (locale.say("blocked-do")) " " a href="/app/billing/invoices" { (locale.say("blocked-look")) } }
        },
    )
}

impl Member {
    /// Whether the person has a right here, so that a page need not offer what would be refused.
    pub fn may(&self, right: Right) -> bool {
        self.role.may(right)
    }

    /// The hub.
    pub fn hub(&self) -> &SharedHub {
        &self.visitor.hub
    }

    /// The language to speak.
    pub fn locale(&self) -> &Locale {
        &self.visitor.locale
    }

    /// The organization at work.
    pub fn id(&self) -> OrganizationId {
        self.organization.id
    }

    /// The linked accounts of the organization.
    pub async fn accounts(&self) -> Result<Vec<store::account::Account>, Stop> {
        let mut tx = self.hub().db.read().await?;
        Ok(store::account::list(&mut tx, self.id()).await?)
    }

    /// The person, as the audit log names one.
    pub fn actor(&self) -> Actor {
        Actor::person(&self.who.user)
    }

    /// Writes down in the organization's audit log what the person has just done.
    pub async fn note(&self, action: Action, subject: &str) -> Result<(), Stop> {
        Ok(audit::record(self.hub(), self.id(), &Actor::person(&self.who.user), action, subject).await?)
    }

    /// Writes down, once a day, that the person looked at accounts.
    pub async fn saw<'a>(&self, accounts: impl IntoIterator<Item = &'a Account>) -> Result<(), Stop> {
        let subjects: Vec<&str> = accounts.into_iter().map(|account| account.reference.as_str()).collect();
        Ok(audit::saw_each(self.hub(), self.id(), &Actor::person(&self.who.user), &subjects).await?)
    }

    /// The frame of a page of the dashboard.
    pub fn frame(&self) -> Frame {
        let locale = self.locale();
        let entry = |href: &str, icon, label| Entry { href: href.to_owned(), icon, label };
        let mut entries = vec![
            ("/app/organization".to_owned(), locale.say("menu-organization")),
            ("/app/people".to_owned(), locale.say("menu-people")),
            ("/app/representatives".to_owned(), locale.say("menu-representatives")),
            ("/app/clients".to_owned(), locale.say("menu-clients")),
            ("/app/audit".to_owned(), locale.say("menu-audit")),
            ("/app/billing".to_owned(), locale.say("menu-billing")),
            ("/app/privacy".to_owned(), locale.say("menu-privacy")),
            ("/app/notices".to_owned(), locale.say("menu-notices")),
            ("/app/profile".to_owned(), locale.say("menu-profile")),
        ];
        if !self.may(Right::Own) {
            entries.retain(|(href, _)| href != "/app/privacy");
        }
        if self.hub().settings.price_minor == 0 {
            entries.retain(|(href, _)| href != "/app/billing");
        }
        Frame {
            navigation: vec![
                entry("/app", Icon::Home, locale.say("nav-overview")),
                entry("/app/accounts", Icon::Bank, locale.say("nav-accounts")),
                entry("/app/transactions", Icon::Arrows, locale.say("nav-transactions")),
                entry("/app/integrations", Icon::Plug, locale.say("nav-integrations")),
            ],
            menu: Some(Menu {
                organization: self.organization.name.clone(),
                person: self.who.user.email.clone(),
                entries,
                log_out: "/logout".to_owned(),
            }),
            // Adding an account happens beside the accounts' addresses, but belongs to them.
            banner: self.blocked.then(|| blocked(locale)),
            section: ["/app/link", "/app/files", "/app/banks"]
                .iter()
                .any(|path| self.visitor.here.starts_with(path))
                .then(|| "/app/accounts".to_owned()),
            ..self.visitor.frame()
        }
    }
}
