//! To the provider and back.

use ::web::{Fields, Flash, Page, Redirect, Tone, heading_under, iban, notice, steps};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::{CompanyId, ConnectionId, InstitutionId};
use hub_api::Resource;
use maud::{Markup, html};

use super::Shared;
use super::banks;
use super::failure::Failure;
use super::journals::query;
use super::member::{Guest, Member};
use crate::catalogue::state_of;
use crate::connect::{Arrival, Departure, Return};
use crate::settings::Provider;
use crate::store::account::Account;
use crate::store::attempt::{self, Purpose};
use crate::store::connection::{self, Connection};
use crate::store::{account, journal};

/// Where somebody wants to go.
struct Goal<'a> {
    provider: &'a Provider,
    institution: Resource<hub_api::Institution>,
    purpose: Purpose,
    connection: Option<Connection>,
}

async fn goal<'a>(web: &'a Shared, member: &Member, fields: &Fields) -> Result<Goal<'a>, Failure> {
    let provider = web.books.settings.provider(fields.text("provider")).ok_or(Failure::NotFound)?;
    let id = InstitutionId::parse(fields.text("institution")).map_err(|_| Failure::NotFound)?;
    let institution = web.books.institution(provider, id).await?.ok_or(Failure::NotFound)?;
    let purpose = Purpose::parse(fields.text("purpose")).unwrap_or(Purpose::Connect);
    let connection = match ConnectionId::parse(fields.text("connection")) {
        Ok(id) => connection::find(&mut web.books.db.read().await?, member.company(), id).await?,
        Err(_) => None,
    };
    // A custom integration opens the accounts of one organization: only the company that has it goes on with it.
    let held = |own: &Connection| own.grant.provider == provider.name;
    if provider.authorize_url.is_none() && !connection.as_ref().is_some_and(held) {
        return Err(Failure::NotFound);
    }
    Ok(Goal { provider, institution, purpose, connection })
}

/// The page before leaving: who the provider is, what state the bank is in, and what to tick there.
pub(super) async fn before(
    State(web): State<Shared>,
    member: Member,
    Query(fields): Query<Fields>,
) -> Result<Response, Failure> {
    let goal = goal(&web, &member, &fields).await?;
    let linked = linked(&web, &member, goal.provider).await?;
    let locale = member.locale();
    let institution = &goal.institution.attributes;
    let told = state_of(institution);
    let provider = goal.provider.name.as_str();
    let title = locale.say_with("books-connect", &[("bank", institution.name.as_str().into())]);
    let lead = locale.say_with("books-connect-lead", &[("provider", provider.into())]);
    let main = html! {
        (heading_under(Some(("/banks", &locale.say("books-banks"))), &title, &lead, html! {}))
        (way(0, &member))
        div.card.stack {
            dl.facts {
                dt { (locale.say("books-provider")) } dd { (provider) }
                dt { (locale.say("books-state")) } dd { (banks::state(told, &member)) }
                @if let Some(days) = institution.expected_authorization_lifetime {
                    dt { (locale.say("books-consent")) } dd { (locale.say_with("books-consent-days", &[("days", i64::from(days).into())])) } }
                @if let Some(days) = institution.history_days {
                    dt { (locale.say("books-history")) } dd { (locale.say_with("books-history-days", &[("days", i64::from(days).into())])) } }
            }
            (advice(told, provider, &member))
            (notice(Tone::Care, html! {
                p { strong { (locale.say("books-authorise-all")) } }
                p { (locale.say("books-authorise-all-why")) }
                @if !linked.is_empty() {
                    p { (locale.say("books-keep-ticked")) }
                    ul { @for (account, journal) in &linked { li { (iban(&account.reference)) " · " (journal) } } }
                }
            }))
            form method="post" action="/connect" {
                input type="hidden" name="provider" value=(provider);
                input type="hidden" name="institution" value=(goal.institution.id);
                input type="hidden" name="purpose" value=(goal.purpose.as_str());
                @if let Some(connection) = &goal.connection { input type="hidden" name="connection" value=(connection.id); }
                div.form-end {
                    button.main type="submit" { (locale.say_with("books-connect-do", &[("provider", provider.into())])) }
                    a.button.quiet href="/banks" { (locale.say("books-cancel")) }
                }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

/// Accounts of the provider that feed a journal: they must stay authorised.
async fn linked(web: &Shared, member: &Member, provider: &Provider) -> Result<Vec<(Account, String)>, Failure> {
    let mut tx = web.books.db.read().await?;
    let mut found = Vec::new();
    for account in account::of_provider(&mut tx, member.company(), &provider.name).await? {
        if let Some(journal) = journal::of_account(&mut tx, member.company(), account.id).await? {
            found.push((account, journal.name));
        }
    }
    Ok(found)
}

/// What to know of a bank whose connection is not simply stable.
pub(super) fn advice(told: &str, provider: &str, member: &Member) -> Markup {
    let locale = member.locale();
    let about =
        |tone: Tone, key: &str| notice(tone, html! { p { (locale.say_with(key, &[("provider", provider.into())])) } });
    match told {
        "beta" | "experimental" => about(Tone::Care, "books-beta"),
        "maintenance" => about(Tone::Bad, "books-maintenance"),
        "deprecated" => about(Tone::Care, "books-deprecated"),
        _ => html! {},
    }
}

/// The four steps of connecting.
pub(super) fn way(at: usize, member: &Member) -> Markup {
    let locale = member.locale();
    let names = [
        locale.say("books-step-bank"),
        locale.say("books-step-authorise"),
        locale.say("books-step-link"),
        locale.say("books-step-import"),
    ];
    steps(&names, at, locale)
}

/// The page before leaving for a connection that is there.
pub(super) fn address(connection: &Connection, purpose: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("provider", &connection.grant.provider);
    query.append_pair("institution", &connection.institution.to_string());
    query.append_pair("purpose", purpose).append_pair("connection", &connection.id.to_string());
    format!("/connect?{}", query.finish())
}

/// Leaves for the provider.
pub(super) async fn leave(
    State(web): State<Shared>,
    member: Member,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let goal = goal(&web, &member, &fields).await?;
    if let (None, Some(connection)) = (&goal.provider.authorize_url, &goal.connection) {
        web.books.enter_own(member.company(), goal.provider).await?;
        return Ok(Redirect::to(format!("/connections/{}/accounts", connection.id)).into_response());
    }
    let departure = Departure {
        company: member.company(),
        person: member.session.person,
        purpose: goal.purpose,
        provider: goal.provider,
        institution: goal.institution.id,
        institution_name: &goal.institution.attributes.name,
        connection: goal.connection.map(|connection| connection.id),
        language: member.locale().language.code(),
    };
    let away = web.books.depart(departure).await?;
    Ok(Redirect::to(away.to_string()).into_response())
}

/// Comes back from the provider.
pub(super) async fn back(
    State(web): State<Shared>,
    guest: Guest,
    member: Result<Member, Response>,
    Query(fields): Query<Fields>,
) -> Result<Response, Failure> {
    let back = Return {
        state: fields.text("state"),
        code: fields.text("code"),
        error: fields.text("error"),
        error_description: fields.text("error_description"),
    };
    if let Some(company) = web.books.operators_company(back.state).await? {
        return operator_back(&web, &guest, company, back).await;
    }
    let member = match member {
        Ok(member) => member,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let locale = member.locale();
    let (title, words, again) = match web.books.arrive(member.company(), back).await? {
        Arrival::Connected(id) => return Ok(Redirect::to(format!("/connections/{id}/accounts")).into_response()),
        Arrival::Unknown => {
            (locale.say("books-return-unknown"), locale.say("books-return-unknown-why"), "/banks".to_owned())
        }
        Arrival::Refused { attempt, detail } => {
            let values = [("bank", attempt.institution_name.as_str().into()), ("detail", detail.into())];
            let why = locale.say_with("books-return-refused-why", &values);
            (locale.say("books-return-refused"), why, format!("/connect?{}", query(&attempt)))
        }
    };
    let main = html! {
        (::web::heading(&title, "", html! {}))
        (notice(Tone::Care, html! { p { (words) } }))
        div.form-end {
            a.button.main href=(again) { (locale.say("books-try-again")) }
            a.button.quiet href="/journals" { (locale.say("books-journals")) }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

/// Comes back on a way that a command line began: whoever opened its address need not be known here.
async fn operator_back(web: &Shared, guest: &Guest, company: CompanyId, back: Return<'_>) -> Result<Response, Failure> {
    let locale = &guest.locale;
    let (tone, title, words) = match web.books.arrive(company, back).await? {
        Arrival::Connected(_) => (Tone::Good, locale.say("headless-connected"), locale.say("headless-connected-do")),
        Arrival::Unknown => (Tone::Care, locale.say("books-return-unknown"), locale.say("headless-again")),
        Arrival::Refused { attempt, detail } => {
            let values = [("bank", attempt.institution_name.as_str().into()), ("detail", detail.into())];
            let why = locale.say_with("books-return-refused-why", &values);
            (Tone::Care, locale.say("books-return-refused"), why)
        }
    };
    let main = html! { (::web::heading(&title, "", html! {})) (notice(tone, html! { p { (words) } })) };
    Ok(guest.frame().show(Page::new(title, main).narrow()))
}

/// Forgets a way that was begun.
pub(super) async fn discard(
    State(web): State<Shared>,
    member: Member,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let institution = InstitutionId::parse(fields.text("institution")).map_err(|_| Failure::Stale)?;
    let (now, company) = (web.books.environment.now(), member.company());
    let provider = fields.text("provider");
    let done: Result<(), db::DbError> = db::write!(web.books.db, tx => {
        attempt::finish(&mut tx, company, provider, institution, "discarded", now).await
    });
    done?;
    let flash = Flash::good(member.locale().say("books-discarded"));
    Ok(Redirect::to("/journals").flash(&web.cookies, &flash).into_response())
}
