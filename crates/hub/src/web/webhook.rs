//! What an integration's software was told, how that went, and where it wants to be told.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{EventId, IntegrationId};
use hub_api::EventKind;
use maud::{Markup, html};
use web::{
    Field, FieldErrors, Fields, Flash, Icon, Locale, Page, Redirect, Tone, badge, empty, heading_under, instant,
};

use super::stop::Stop;
use super::visit::Member;
use crate::integrations::{self, IntegrationWithAccounts};
use crate::store::webhook::{Attempt, Event, EventState};
use crate::webhooks::{self, WebhookError, WebhookLog};

impl From<WebhookError> for Stop {
    fn from(error: WebhookError) -> Stop {
        match error {
            WebhookError::Address => Stop::Form,
            WebhookError::Unknown => Stop::Missing,
            WebhookError::Database(error) => error.into(),
        }
    }
}

/// `GET /app/integrations/{id}/webhook`.
pub async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    draw(&member, &id, None, &FieldErrors::new()).await
}

/// `POST /app/integrations/{id}/webhook`: where the software is told from now on; an empty field for nowhere.
pub async fn set(member: Member, Path(id): Path<String>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let known = IntegrationId::parse(&id).map_err(|_| Stop::Missing)?;
    match webhooks::set_address(member.hub(), member.id(), known, form.text("url")).await {
        Ok(()) => Ok(back(&member, known, "webhook-saved").into_response()),
        Err(WebhookError::Address) => {
            let mut errors = FieldErrors::new();
            errors.add("url", "webhook-address-wrong");
            draw(&member, &id, Some(form.text("url")), &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /app/integrations/{id}/webhook/{event}`: sends an event again, now.
pub async fn send_again(member: Member, Path((id, event)): Path<(String, String)>) -> Result<Response, Stop> {
    let id = IntegrationId::parse(&id).map_err(|_| Stop::Missing)?;
    let event = EventId::parse(&event).map_err(|_| Stop::Missing)?;
    webhooks::send_again(member.hub(), member.id(), id, event).await?;
    Ok(back(&member, id, "webhook-sending").into_response())
}

fn back(member: &Member, id: IntegrationId, said: &str) -> Redirect {
    let flash = Flash::good(member.locale().say(said));
    Redirect::to(format!("/app/integrations/{id}/webhook")).flash(&member.visitor.cookies, &flash)
}

async fn draw(member: &Member, id: &str, typed: Option<&str>, errors: &FieldErrors) -> Result<Response, Stop> {
    let id = IntegrationId::parse(id).map_err(|_| Stop::Missing)?;
    let known = integrations::get(member.hub(), member.id(), id).await?.ok_or(Stop::Missing)?;
    let log = webhooks::log(member.hub(), member.id(), id).await?;
    let locale = member.locale();
    let title = locale.say("webhook-title");
    let above = format!("/app/integrations/{id}");
    // What arrived and says that nothing happened would hide what did.
    let is_quiet = |event: &Event| {
        kind_of(event) == Some(EventKind::SynchronizationSucceededWithoutChange) && event.state == EventState::Delivered
    };
    let loud = log.events.iter().filter(|(event, _)| !is_quiet(event));
    let quiet = log.events.iter().filter(|(event, _)| is_quiet(event)).count();
    let main = html! {
        (heading_under(Some((&above, &known.integration.application_name)), &title, &locale.say("webhook-lead"), html! {}))
        (errors.notice(locale))
        (address(member, &known, &log, typed, errors))
        section.section {
            div.section-head { h2 { (locale.say("webhook-log")) } }
            @if log.events.is_empty() {
                (empty(Icon::Plug, &locale.say("webhook-log-none-title"), &locale.say("webhook-log-none"), html! {}))
            } @else {
                div.card.flush { ul.list { @for (event, attempts) in loud { li { (row(member, &above, event, attempts)) } } } }
                @if quiet > 0 { p.soft { (locale.say_with("event-left-out", &[("count", quiet.into())])) } }
                p.soft { (locale.say("webhook-log-kept")) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

fn address(
    member: &Member,
    known: &IntegrationWithAccounts,
    log: &WebhookLog,
    typed: Option<&str>,
    errors: &FieldErrors,
) -> Markup {
    let locale = member.locale();
    let held = log.address.as_deref().unwrap_or_default();
    html! {
        @if known.integration.custom {
            form.card method="post" action={ "/app/integrations/" (known.integration.id) "/webhook" } {
                (Field::text("url", locale.say("webhook-address")).value(typed.unwrap_or(held)).hint(locale.say("webhook-address-hint")).errors(errors).show(locale))
                div.form-end { button.main type="submit" { (locale.say("save")) } }
            }
        } @else {
            div.card {
                p.figure-label { (locale.say("webhook-address")) }
                p { @if held.is_empty() { (locale.say("webhook-address-none")) } @else { (held) } }
                p.soft { (locale.say("webhook-address-theirs")) }
            }
        }
    }
}

fn row(member: &Member, above: &str, event: &Event, attempts: &[Attempt]) -> Markup {
    let locale = member.locale();
    let (tone, state) = match event.state {
        EventState::Waiting => (Tone::Care, "webhook-waiting"),
        EventState::Delivered => (Tone::Good, "webhook-delivered"),
        EventState::GivenUp => (Tone::Bad, "webhook-given-up"),
    };
    html! {
        div.list-row {
            div.grow {
                strong { (title(event, locale)) }
                small { code { (event.kind) } }
                small { (instant(event.created_at, locale)) " · " (locale.say_with("webhook-attempts", &[("count", event.attempts.into())])) }
                @if let Some(last) = attempts.first() { small { (answer(member, last)) } }
                @if let Some(next) = event.next_at { small { (locale.say("webhook-next")) " " (instant(next, locale)) } }
            }
            div.end {
                (badge(tone, &locale.say(state)))
                form method="post" action={ (above) "/webhook/" (event.id) } {
                    button.small type="submit" aria-label={ (locale.say("webhook-again")) " " (event.kind) } { (locale.say("webhook-again")) }
                }
            }
        }
    }
}

fn kind_of(event: &Event) -> Option<EventKind> {
    EventKind::ALL.iter().copied().find(|kind| kind.as_str() == event.kind)
}

/// What happened, in words.
fn title(event: &Event, locale: &Locale) -> String {
    match kind_of(event) {
        Some(EventKind::SynchronizationSucceededWithoutChange) => locale.say("event-quiet"),
        Some(EventKind::SynchronizationFailed) => locale.say("event-failed"),
        Some(EventKind::AccountDetailsUpdated) => locale.say("event-details"),
        Some(EventKind::AccountTransactionsCreated) => locale.say("event-new"),
        Some(EventKind::AccountTransactionsUpdated) => locale.say("event-updated"),
        Some(EventKind::AccountPendingTransactionsCreated) => locale.say("event-pending"),
        Some(EventKind::AccountPendingTransactionsUpdated) => locale.say("event-pending-updated"),
        Some(EventKind::AccountReauthorized) => locale.say("event-renewed"),
        Some(EventKind::AccountAuthorizationExpiring) => locale.say("event-expiring"),
        Some(EventKind::IntegrationCreated) => locale.say("event-connected"),
        Some(EventKind::IntegrationRevoked) => locale.say("event-ended"),
        Some(EventKind::IntegrationAccountAdded) => locale.say("event-account-added"),
        Some(EventKind::IntegrationAccountRevoked) => locale.say("event-account-revoked"),
        Some(EventKind::OrganizationBlocked) => locale.say("event-blocked"),
        Some(EventKind::OrganizationUnblocked) => locale.say("event-unblocked"),
        None => event.kind.clone(),
    }
}

fn answer(member: &Member, attempt: &Attempt) -> String {
    match (attempt.status, &attempt.problem) {
        (Some(status), _) => member.locale().say_with("webhook-answered", &[("status", status.to_string().into())]),
        (None, Some(problem)) => problem.clone(),
        (None, None) => String::new(),
    }
}
