//! One integration: its accounts, its credentials, its end.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use domain::{AccountId, IntegrationId};
use maud::{Markup, html};
use vault::Secret;
use web::{Fields, Flash, Page, Redirect, Tone, heading_under, instant, notice, show_once};

use super::integrations::{billing_first, choices, cost, new_secret, secret_cookie, secret_shown, ticked, with_ticks};
use super::standing::name;
use super::stop::Stop;
use super::traffic;
use super::visit::Member;
use crate::audit::Action;
use crate::integrations::{self, IntegrationError, IntegrationWithAccounts};
use crate::people::Right;

impl From<IntegrationError> for Stop {
    fn from(error: IntegrationError) -> Stop {
        match error {
            IntegrationError::Name => Stop::Form,
            IntegrationError::Unknown => Stop::Missing,
            // Pages that can cause it lead to the billing information instead.
            IntegrationError::BillingMissing => Stop::Form,
            IntegrationError::Database(error) => error.into(),
        }
    }
}

/// `GET /app/integrations/{id}?account=`: with accounts, those are ticked instead of the ones it may read, for who was led
/// away in the middle of the form.
pub async fn show(member: Member, Path(id): Path<String>, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let known = integration_of(&member, &id).await?;
    let accounts = member.accounts().await?;
    let chosen: Vec<AccountId> = known.accounts.iter().map(|account| account.account_id).collect();
    let shown = if query.has("account") { ticked(&query) } else { chosen.clone() };
    let secret = new_secret(&member, known.integration.id);
    let activity = traffic::read(&member, &known).await?;
    let shares = member.may(Right::Share);
    let locale = member.locale();
    let base = format!("/app/integrations/{}", known.integration.id);
    let title = known.integration.application_name.clone();
    let kind = locale.say(if known.integration.custom { "integration-custom" } else { "integration-certified" });
    let main = html! {
        (heading_under(Some(("/app/integrations", &locale.say("nav-integrations"))), &title, &kind, html! {}))
        @if known.integration.custom { (credentials(&known, secret.as_ref(), &member)) }
        (traffic::card(&member, &known, &activity))
        @if shares {
            form.card method="post" action=(base) {
                (choices(&member, &accounts, &shown))
                p.soft { (cost(chosen.len(), &known.integration, &member)) }
                div.form-end { button.main type="submit" { (locale.say("save")) } }
            }
        } @else {
            div.card {
                h2 { (locale.say("integration-may-read")) }
                ul.list { @for account in accounts.iter().filter(|account| chosen.contains(&account.id)) {
                    li { a href={ "/app/accounts/" (account.id) } { (name(account)) } }
                } }
                p.soft { (cost(chosen.len(), &known.integration, &member)) }
            }
        }
        div.card {
            @if shares {
                h2 { (locale.say("integration-end-title")) }
                p.soft { (locale.say("integration-end-lead")) }
            }
            p.soft { (locale.say("integration-since")) " " (instant(known.integration.created_at, locale)) }
            @if shares { a.button.danger href={ (base) "/revoke" } { (locale.say("integration-revoke")) } }
        }
    };
    let mut response = member.frame().show(Page::new(title, main).narrow());
    if secret.is_some() {
        response.headers_mut().append(http::header::SET_COOKIE, secret_shown(&member.visitor.cookies));
    }
    Ok(response)
}

async fn integration_of(member: &Member, id: &str) -> Result<IntegrationWithAccounts, Stop> {
    let id = IntegrationId::parse(id).map_err(|_| Stop::Missing)?;
    integrations::get(member.hub(), member.id(), id).await?.ok_or(Stop::Missing)
}

fn credentials(known: &IntegrationWithAccounts, secret: Option<&Secret<String>>, member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        div.card {
            h2 { (locale.say("integration-credentials")) }
            p.figure-label { (locale.say("integration-base-url")) }
            (show_once(&member.hub().settings.public_url, locale))
            p.figure-label { (locale.say("integration-client-id")) }
            (show_once(&known.integration.client_id, locale))
            p.figure-label { (locale.say("integration-secret")) }
            @if let Some(secret) = secret {
                (show_once(secret.expose(), locale))
                (notice(Tone::Care, html! { p { (locale.say("integration-secret-once")) } }))
            } @else if !member.may(Right::Share) {
                p.soft { (locale.say("integration-secret-hidden")) }
            } @else {
                form method="post" action={ "/app/integrations/" (known.integration.id) "/secret" } {
                    p.soft { (locale.say("integration-secret-hidden")) }
                    button type="submit" { (locale.say("integration-secret-renew")) }
                }
            }
        }
    }
}

/// `POST /app/integrations/{id}`: makes the ticked accounts those of the integration.
pub async fn set_accounts(member: Member, Path(id): Path<String>, Form(form): Form<Fields>) -> Result<Redirect, Stop> {
    let known = integration_of(&member, &id).await?;
    let back = format!("/app/integrations/{}", known.integration.id);
    let changed = integrations::set_accounts(member.hub(), member.id(), known.integration.id, &ticked(&form)).await;
    if matches!(changed, Err(IntegrationError::BillingMissing)) {
        return Ok(billing_first(&member, &with_ticks(&back, &form)));
    }
    let changed = changed?;
    member.note(Action::Shared, &known.integration.application_name).await?;
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
    let values = [("added", count(changed.added)), ("removed", count(changed.removed))];
    let flash = Flash::good(member.locale().say_with("integration-changed", &values));
    Ok(Redirect::to(back).flash(&member.visitor.cookies, &flash))
}

/// `POST /app/integrations/{id}/secret`: a new secret; the one before works for another day.
pub async fn renew_secret(member: Member, Path(id): Path<String>) -> Result<Redirect, Stop> {
    let id = IntegrationId::parse(&id).map_err(|_| Stop::Missing)?;
    let new = integrations::renew_secret(member.hub(), member.id(), id).await?;
    let known = integration_of(&member, &id.to_string()).await?;
    member.note(Action::SecretRenewed, &known.integration.application_name).await?;
    let cookie = secret_cookie(member.hub(), &member.visitor.cookies, id, &new.secret);
    let until = member.locale().instant(new.earlier_works_until);
    let flash = Flash::good(member.locale().say_with("integration-secret-renewed", &[("until", until.into())]));
    let back = Redirect::to(format!("/app/integrations/{id}"));
    Ok(back.cookie(cookie).flash(&member.visitor.cookies, &flash))
}

/// `GET /app/integrations/{id}/revoke`: what ending it means.
pub async fn confirm_revoke(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let known = integration_of(&member, &id).await?;
    let locale = member.locale();
    let application = known.integration.application_name.as_str();
    let title = locale.say_with("revoke-title", &[("application", application.into())]);
    let back = format!("/app/integrations/{}", known.integration.id);
    let main = html! {
        (heading_under(Some((&back, application)), &title, "", html! {}))
        (notice(Tone::Care, html! { p { (locale.say_with("revoke-means", &[("application", application.into())])) } }))
        form.card method="post" action={ (back) "/revoke" } {
            p { (locale.say("revoke-keeps")) }
            div.form-end {
                button.danger.sure type="submit" { (locale.say("integration-revoke")) }
                a.button.quiet href=(back) { (locale.say("cancel")) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

/// `POST /app/integrations/{id}/revoke`.
pub async fn revoke(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let known = integration_of(&member, &id).await?;
    if !integrations::revoke(member.hub(), member.id(), known.integration.id).await? {
        return Err(Stop::Missing);
    }
    member.note(Action::Revoked, &known.integration.application_name).await?;
    let flash = Flash::good(member.locale().say("revoke-done"));
    Ok(Redirect::to("/app/integrations").flash(&member.visitor.cookies, &flash).into_response())
}
