//! Which software reads which accounts.

use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use domain::{AccountId, Currency, IntegrationId, Money};
use maud::{Markup, html};
use vault::Secret;
use web::{
    Cookies, Field, FieldErrors, Fields, Flash, Icon, Page, Redirect, empty, heading, heading_under, iban, with_next,
};

use super::bank::{named_institution, unstable_badge};
use super::standing::name;
use super::stop::Stop;
use super::visit::Member;
use crate::Hub;
use crate::audit::Action;
use crate::integrations::{self, Integration, IntegrationError, IntegrationWithAccounts};
use crate::people::Right;
use crate::store::account::Account;

/// `GET /app/integrations`.
pub async fn list(member: Member) -> Result<Response, Stop> {
    let live = integrations::list(member.hub(), member.id()).await?;
    let locale = member.locale();
    let title = locale.say("nav-integrations");
    let new = html! { @if member.may(Right::Share) {
        a.button.main href="/app/integrations/new" { (Icon::Plus) (locale.say("integration-new")) }
    } };
    let main = html! {
        @if live.is_empty() {
            (heading(&title, "", html! {}))
            (empty(Icon::Plug, &locale.say("integrations-none-title"), &locale.say("integrations-none"), new))
        } @else {
            (heading(&title, &locale.say("integrations-lead"), new))
            div.card.flush { ul.list { @for known in &live { li { (row(known, &member)) } } } }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

fn row(known: &IntegrationWithAccounts, member: &Member) -> Markup {
    let locale = member.locale();
    let kind = if known.integration.custom { "integration-custom" } else { "integration-certified" };
    html! {
        a.list-row href={ "/app/integrations/" (known.integration.id) } {
            (web::initials(&known.integration.application_name))
            div.grow { strong { (known.integration.application_name) } small { (locale.say(kind)) } }
            div.end { (locale.say_with("integration-accounts", &[("count", known.accounts.len().into())])) br; small { (cost(known.accounts.len(), &known.integration, member)) } }
            (Icon::Next)
        }
    }
}

/// What so many accounts in one integration cost a month, or that the software's maker pays; nothing to say where nothing
/// is billed.
pub fn cost(accounts: usize, integration: &Integration, member: &Member) -> String {
    let billed = member.hub().settings.price_minor > 0;
    if integration.paid_by.is_some_and(|payer| billed && payer != member.id()) {
        return member.locale().say("usage-covered");
    }
    let count = i64::try_from(accounts).unwrap_or(i64::MAX);
    match member.hub().settings.price_minor.checked_mul(count) {
        Some(minor) if member.hub().settings.price_minor > 0 => {
            let price = member.locale().money(Money::new(minor, Currency::EUR));
            member.locale().say_with("integration-cost", &[("price", price.into())])
        }
        Some(_) | None => String::new(),
    }
}

/// `GET /app/integrations/new?name=&account=`: what was typed before, for who was led away in the middle of the form.
pub async fn show_new(member: Member, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let accounts = member.accounts().await?;
    let all: Fields = accounts.iter().map(|account| ("account", account.id.to_string())).collect();
    let form = if query.has("name") { &query } else { &all };
    Ok(draw_new(&member, &accounts, form, &FieldErrors::new()))
}

/// `POST /app/integrations/new`: makes a client id and a secret, which the next page shows this once.
pub async fn create(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match integrations::create_custom(member.hub(), member.id(), form.text("name"), &ticked(&form)).await {
        Ok(new) => {
            member.note(Action::Shared, form.text("name")).await?;
            let cookie = secret_cookie(member.hub(), &member.visitor.cookies, new.id, &new.secret);
            Ok(Redirect::to(format!("/app/integrations/{}", new.id)).cookie(cookie).into_response())
        }
        Err(IntegrationError::Name) => {
            let mut errors = FieldErrors::new();
            errors.add("name", "integration-name-wrong");
            Ok(draw_new(&member, &member.accounts().await?, &form, &errors))
        }
        Err(IntegrationError::BillingMissing) => {
            Ok(billing_first(&member, &with_ticks("/app/integrations/new", &form)).into_response())
        }
        Err(IntegrationError::Unknown) => Err(Stop::Missing),
        Err(IntegrationError::Database(error)) => Err(error.into()),
    }
}

/// To the billing information, which is missing, and back to the form from there.
pub fn billing_first(member: &Member, back: &str) -> Redirect {
    let flash = Flash::care(member.locale().say("payer-before-reading"));
    Redirect::to(with_next("/app/billing", back)).flash(&member.visitor.cookies, &flash)
}

/// The address of a form as it was filled in.
pub fn with_ticks(page: &str, form: &Fields) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if form.has("name") {
        query.append_pair("name", form.text("name"));
    }
    for account in ticked(form) {
        query.append_pair("account", &account.to_string());
    }
    format!("{page}?{}", query.finish())
}

/// The accounts that a form ticked.
pub fn ticked(form: &Fields) -> Vec<AccountId> {
    form.all("account").filter_map(|text| AccountId::parse(text).ok()).collect()
}

const SECRET_COOKIE: &str = "new-secret";
const SECRET_SECONDS: i64 = 120;

/// The cookie that carries a new secret to the next page, sealed: so that a reload does not make another one.
pub fn secret_cookie(hub: &Hub, cookies: &Cookies, id: IntegrationId, secret: &Secret<String>) -> http::HeaderValue {
    let sealed = hub.keyring.seal(&format!("cookie:new-secret:{id}"), secret.expose().as_bytes());
    cookies.set(SECRET_COOKIE, &sealed, Some(SECRET_SECONDS))
}

/// The new secret that a request carries for an integration.
pub fn new_secret(member: &Member, id: IntegrationId) -> Option<Secret<String>> {
    let sealed = member.visitor.cookies.get(&member.visitor.headers, SECRET_COOKIE)?;
    member.hub().keyring.open_text(&format!("cookie:new-secret:{id}"), &sealed).ok()
}

/// The cookie that takes the secret away once it was shown.
pub fn secret_shown(cookies: &Cookies) -> http::HeaderValue {
    cookies.clear(SECRET_COOKIE)
}

fn draw_new(member: &Member, accounts: &[Account], form: &Fields, errors: &FieldErrors) -> Response {
    let locale = member.locale();
    let title = locale.say("integration-new-title");
    let chosen = ticked(form);
    let main = html! {
        (heading_under(Some(("/app/integrations", &locale.say("nav-integrations"))), &title, &locale.say("integration-new-lead"), html! {}))
        (errors.notice(locale))
        form.card method="post" action="/app/integrations/new" {
            (Field::text("name", locale.say("integration-name")).value(form.text("name")).hint(locale.say("integration-name-hint")).errors(errors).focus().show(locale))
            (choices(member, accounts, &chosen))
            div.form-end { button.main type="submit" { (locale.say("integration-create")) } a.button.quiet href="/app/integrations" { (locale.say("cancel")) } }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}

/// A box to tick for each account.
pub fn choices(member: &Member, accounts: &[Account], chosen: &[AccountId]) -> Markup {
    let locale = member.locale();
    html! {
        fieldset {
            legend { (locale.say("integration-may-read")) }
            @if accounts.is_empty() { p.soft { (locale.say("integration-no-accounts")) } }
            @for account in accounts { (choice(member, account, chosen.contains(&account.id))) }
        }
    }
}

fn choice(member: &Member, account: &Account, ticked: bool) -> Markup {
    html! {
        label.choice {
            input type="checkbox" name="account" value=(account.id) checked[ticked];
            span.choice-body {
                strong { (name(account)) }
                small { (named_institution(member, account.institution).1) " " (unstable_badge(member, account.institution)) " · " (iban(&account.reference)) " · " (account.currency.code()) }
            }
        }
    }
}
