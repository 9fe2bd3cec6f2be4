//! What a representative sees: its customers, and of each the accounts that the customer chose.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use domain::{AccountId, MandateId};
use maud::{Markup, html};
use web::{
    Field, FieldErrors, Fields, Flash, Icon, Page, Redirect, Tone, empty, heading, heading_under, iban, notice,
    pages_below, show_once,
};

use super::accounts::balance;
use super::standing::name;
use super::stop::Stop;
use super::visit::Member;
use super::{problems, rows};
use crate::integrations::IntegrationError;
use crate::people::{self, MandateError, Represented, Right};
use crate::store;
use crate::store::account::Account;
use crate::store::search::Search;

/// Transactions on one page.
const PAGE_ROWS: usize = 50;

impl From<MandateError> for Stop {
    fn from(error: MandateError) -> Stop {
        match error {
            MandateError::Unknown | MandateError::Oneself | MandateError::NoAccount => Stop::Missing,
            MandateError::Invalid(_) | MandateError::Integration(IntegrationError::Name) => Stop::Form,
            MandateError::Integration(IntegrationError::Unknown) => Stop::Missing,
            MandateError::Integration(IntegrationError::BillingMissing) => Stop::Form,
            MandateError::Integration(IntegrationError::Database(error)) | MandateError::Database(error) => {
                error.into()
            }
        }
    }
}

/// `GET /app/clients`.
pub async fn list(member: Member) -> Result<Response, Stop> {
    draw(&member, &FieldErrors::new(), None).await
}

/// `POST /app/clients/links`: makes a link for a customer and shows it this once.
pub async fn ask(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::ask_for_mandate(member.hub(), member.id(), form.text("label")).await {
        Ok(link) => draw(&member, &FieldErrors::new(), Some(&link)).await,
        Err(MandateError::Invalid(errors)) => draw(&member, &problems::of(&errors), None).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /app/clients/links/{id}/withdraw`.
pub async fn withdraw(member: Member, Path(id): Path<MandateId>) -> Result<Response, Stop> {
    if !people::withdraw_link(member.hub(), member.id(), id).await? {
        return Err(Stop::Missing);
    }
    Ok(back(&member, "mandate-link-withdrawn"))
}

/// `POST /app/clients/{mandate}/return`: gives a mandate back.
pub async fn give_back(member: Member, Path(id): Path<MandateId>) -> Result<Response, Stop> {
    people::return_mandate(member.hub(), member.id(), &member.who.user, id).await?;
    Ok(back(&member, "mandate-ended"))
}

fn back(member: &Member, key: &'static str) -> Response {
    let flash = Flash::good(member.locale().say(key));
    Redirect::to("/app/clients").flash(&member.visitor.cookies, &flash).into_response()
}

async fn draw(member: &Member, errors: &FieldErrors, link: Option<&str>) -> Result<Response, Stop> {
    let (clients, links) = people::clients(member.hub(), member.id()).await?;
    let locale = member.locale();
    let shares = member.may(Right::Share);
    let main = html! {
        (heading(&locale.say("mandate-clients-title"), &locale.say("mandate-clients-lead"), html! {}))
        (errors.notice(locale))
        @if let Some(link) = link { div.card { p { (locale.say("mandate-link-once")) } (show_once(link, locale)) } }
        @if clients.is_empty() {
            (empty(Icon::Bank, "", &locale.say("mandate-clients-none"), html! {}))
        } @else {
            div.card.flush { ul.list { @for client in &clients { li {
                a.list-row href={ "/app/clients/" (client.id) } {
                    div.grow { strong { (client.organization_name) } small { (locale.say_with("people-since", &[("date", locale.instant(client.given_at).into())])) } }
                }
            } } } }
        }
        @if !links.is_empty() {
            section.section {
                div.section-head { h2 { (locale.say("mandate-links")) } }
                div.card.flush { ul.list { @for open in &links { li { div.list-row {
                    div.grow { strong { (open.label) } small { (locale.say_with("people-until", &[("date", locale.instant(open.expires_at).into())])) } }
                    @if shares { form method="post" action={ "/app/clients/links/" (open.id) "/withdraw" } { button.small type="submit" { (locale.say("people-withdraw")) } } }
                } } } } }
            }
        }
        @if shares {
            form.card method="post" action="/app/clients/links" {
                h2 { (locale.say("mandate-ask-title")) }
                (Field::text("label", locale.say("mandate-label")).hint(locale.say("mandate-label-hint")).errors(errors).show(locale))
                div.form-end { button.main type="submit" { (locale.say("mandate-ask-do")) } }
            }
        }
    };
    Ok(member.frame().show(Page::new(locale.say("mandate-clients-title"), main).narrow()))
}

async fn held(member: &Member, id: MandateId) -> Result<Represented, Stop> {
    people::represented(member.hub(), member.id(), id).await?.ok_or(Stop::Missing)
}

/// `GET /app/clients/{mandate}`: the accounts that the customer chose.
pub async fn show(member: Member, Path(id): Path<MandateId>) -> Result<Response, Stop> {
    let held = held(&member, id).await?;
    Ok(draw_one(&member, &held, None))
}

/// `POST /app/clients/{mandate}/integrations`: lets the representative's software read them.
pub async fn integrate(member: Member, Path(id): Path<MandateId>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let held = held(&member, id).await?;
    let made = people::integrate(member.hub(), member.id(), &member.who.user, id, form.text("name")).await;
    if let Err(MandateError::Integration(IntegrationError::BillingMissing)) = made {
        // The customer pays, so the customer has to say whom to bill.
        let said =
            member.locale().say_with("payer-customer", &[("customer", held.mandate.organization_name.as_str().into())]);
        return Ok(draw_one(&member, &held, Some(notice(Tone::Care, html! { p { (said) } }))));
    }
    let made = made?;
    let shown = html! {
        div.card {
            p { (member.locale().say("mandate-secret-once")) }
            (show_once(&made.client_id, member.locale()))
            (show_once(made.secret.expose(), member.locale()))
        }
    };
    Ok(draw_one(&member, &held, Some(shown)))
}

fn draw_one(member: &Member, held: &Represented, shown: Option<Markup>) -> Response {
    let locale = member.locale();
    let title = &held.mandate.organization_name;
    let page = format!("/app/clients/{}", held.mandate.id);
    let main = html! {
        (heading_under(Some(("/app/clients", &locale.say("mandate-clients-title"))), title, &locale.say("mandate-client-lead"), html! {}))
        @if let Some(shown) = shown { (shown) }
        div.card.flush { ul.list { @for account in &held.accounts { li {
            a.list-row href={ (page) "/accounts/" (account.id) } {
                div.grow { strong { (name(account)) } small { (iban(&account.reference)) } }
                (balance(account, locale))
            }
        } } } }
        @if member.may(Right::Share) {
            form.card method="post" action={ (page) "/integrations" } {
                h2 { (locale.say("mandate-software-title")) }
                (Field::text("name", locale.say("mandate-software-name")).hint(locale.say("mandate-software-hint")).show(locale))
                div.form-end { button type="submit" { (locale.say("mandate-software-do")) } }
            }
            form method="post" action={ (page) "/return" } { button type="submit" { (locale.say("mandate-return")) } }
        }
    };
    member.frame().show(Page::new(title.as_str(), main).narrow())
}

/// `GET /app/clients/{mandate}/accounts/{account}?after=`: the movements of one of them.
pub async fn account(
    member: Member,
    Path((id, account)): Path<(MandateId, AccountId)>,
    Query(query): Query<Fields>,
) -> Result<Response, Stop> {
    let held = held(&member, id).await?;
    let account: &Account = held.accounts.iter().find(|known| known.id == account).ok_or(Stop::Missing)?;
    let after = query.text("after").split_once('_').and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    let asked = Search { accounts: vec![account.id], after, ..Search::default() };
    let limit = i64::try_from(PAGE_ROWS + 1).expect("a page is small");
    let found = store::search::search(&mut member.hub().db.read().await?, account.organization, &asked, limit).await?;
    people::represented_saw(member.hub(), &held.mandate, &member.who.user, account).await?;
    let locale = member.locale();
    let page = format!("/app/clients/{}", held.mandate.id);
    let here = format!("{page}/accounts/{}", account.id);
    let shown = &found[..found.len().min(PAGE_ROWS)];
    let last = shown.last().filter(|_| found.len() > PAGE_ROWS);
    let older = last.map(|last| format!("{here}?after={}_{}", last.booked_on, last.id));
    let newest = query.has("after").then_some(here);
    let above = Some((page.as_str(), held.mandate.organization_name.as_str()));
    let main = html! {
        (heading_under(above, name(account), &locale.iban(&account.reference), html! { p.figure { (balance(account, locale)) } }))
        div.card.flush {
            table.cards { (rows::head(false, locale)) tbody { @for row in shown { (rows::booked_for(row, locale)) } } }
            (pages_below(newest.as_deref(), older.as_deref(), locale))
        }
    };
    Ok(member.frame().show(Page::new(name(account), main)))
}
