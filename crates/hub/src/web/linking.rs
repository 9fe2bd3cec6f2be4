//! From the consent text to the choice of accounts.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use connectors::{InstitutionState, Profile};
use domain::{AccountId, AuthorizationId, Defect, InstitutionId};
use maud::{Markup, html};
use web::{Fields, Flash, Icon, Page, Redirect, Tone, empty, heading, heading_under, iban, notice, stage_badge, steps};

use super::bank::{bank_failed, stage};
use super::institutions::step_names;
use super::reauthorization;
use super::stop::Stop;
use super::unread;
use super::visit::{Member, Visitor};
use crate::audit::Action;
use crate::institutions::Standing;
use crate::link::{self, LinkError, Progress};
use crate::people;
use crate::store::account::Account;

/// `GET /app/link/{institution}`: what is asked, why, and for how long.
pub async fn consent(member: Member, Path(institution): Path<String>) -> Result<Response, Stop> {
    let profile = institution_of(&member, &institution)?;
    let locale = member.locale();
    let title = locale.say_with("consent-title", &[("bank", profile.name.as_str().into())]);
    let days = i64::from(profile.consent_days);
    let standing = member.hub().standing(profile);
    let closed = matches!(standing.state, InstitutionState::Maintenance | InstitutionState::Deprecated);
    let main = html! {
        (heading_under(Some(("/app/link", &locale.say("link-other-bank"))), &title, "", stage_badge(stage(standing.state), locale)))
        (steps(&step_names(locale), 1, locale))
        (state_notice(profile, standing, &member))
        div.card {
            dl.facts {
                dt { (locale.say("consent-what")) } dd { (locale.say("consent-what-text")) }
                dt { (locale.say("consent-why")) } dd { (locale.say("consent-why-text")) }
                dt { (locale.say("consent-how-long")) } dd { (locale.say_with("consent-how-long-text", &[("days", days.into())])) }
                dt { (locale.say("institution-gives")) } dd {
                    (locale.say_with("institution-history", &[("days", i64::from(profile.history_days).into())])) "; "
                    (locale.say(if profile.pending { "institution-pending" } else { "institution-no-pending" }))
                    @if let Some(host) = member.hub().catalogue.host_of(profile.id) {
                        br; small { (locale.say_with("listed-by", &[("host", host.as_str().into())])) }
                    }
                }
                dt { (locale.say("consent-not")) } dd { (locale.say("consent-not-text")) }
                dt { (locale.say("consent-end")) } dd { (locale.say("consent-end-text")) }
            }
            form method="post" action={ "/app/link/" (profile.id) } {
                div.form-end {
                    @if closed { button.main type="button" disabled { (locale.say("consent-not-now")) } }
                    @else { button.main type="submit" { (locale.say_with("consent-agree", &[("bank", profile.name.as_str().into())])) } }
                    a.button.quiet href="/app/link" { (locale.say("cancel")) }
                }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

/// What the state of an institution means for somebody who is about to connect, and whom to write to.
fn state_notice(profile: &Profile, standing: Standing, member: &Member) -> Markup {
    let locale = member.locale();
    let say = |key| locale.say_with(key, &[("bank", profile.name.as_str().into())]);
    let planned = planned(profile, member);
    let (tone, key) = match standing.state {
        InstitutionState::Stable => return html! { @if let Some(planned) = planned { (notice(Tone::Care, planned)) } },
        InstitutionState::Beta => (Tone::Care, "consent-beta"),
        InstitutionState::Experimental => (Tone::Care, "consent-experimental"),
        InstitutionState::Maintenance => (Tone::Bad, "consent-maintenance"),
        InstitutionState::Deprecated => (Tone::Bad, "consent-deprecated"),
    };
    let contact = matches!(standing.state, InstitutionState::Beta | InstitutionState::Experimental);
    let successor = standing.replaced_by.and_then(|id| member.hub().institution(id));
    let body = html! {
        p { (say(key)) }
        @if let Some(planned) = planned { (planned) }
        @if contact {
            p {
                (locale.say("institution-contact")) " "
                @if let Some(support) = &member.hub().settings.support { (support) " · " }
                a href={ "/app/institutions/" (profile.id) "/report" } { (locale.say("report-do")) }
            }
        }
        @if member.hub().catalogue.is_gone(profile.id) { p { (say("listed-gone")) } }
        @if let Some(next) = successor {
            p { a href={ "/app/link/" (next.id) } { (locale.say_with("institution-successor", &[("bank", next.name.as_str().into())])) } }
        }
    };
    notice(tone, body)
}

/// When the institution will be in maintenance, or until when it is.
fn planned(profile: &Profile, member: &Member) -> Option<Markup> {
    let (locale, now) = (member.locale(), member.hub().environment.now());
    let planned = member.hub().maintenance(profile.id)?;
    let (from, until) = (locale.instant(planned.from), locale.instant(planned.until));
    let said = [("bank", profile.name.as_str().into()), ("from", from.into()), ("until", until.into())];
    let key = if now < planned.from { "maintenance-planned" } else { "maintenance-until" };
    Some(html! { p { (locale.say_with(key, &said)) } })
}

/// `POST /app/link/{institution}`: asks the bank for a consent and leads to its page.
pub async fn start(member: Member, Path(institution): Path<String>) -> Result<Response, Stop> {
    let profile = institution_of(&member, &institution)?;
    if people::billing_is_missing(member.hub(), member.id()).await? {
        return Ok(Redirect::to("/app/billing?next=/app/link").into_response());
    }
    match link::start(member.hub(), member.id(), profile.id, None, member.visitor.psu_ip).await {
        Ok(started) => Ok(Redirect::to(started.bank_url).into_response()),
        Err(LinkError::Bank(error)) => Ok(bank_failed(&member, &error, &format!("/app/link/{}", profile.id))),
        Err(error) => Err(error.into()),
    }
}

/// `GET /app/link/return`: where a bank sends the person back to. The token says which attempt it was, not how it went.
pub async fn returned(visitor: Visitor, Query(query): Query<Fields>) -> Result<Redirect, Stop> {
    let found = link::by_return(&visitor.hub, query.text("state")).await?;
    let authorization = found.ok_or(Stop::Missing)?;
    Ok(Redirect::to(format!("/app/link/attempts/{}", authorization.id)))
}

/// `GET /app/link/attempts/{id}`: how an attempt stands, and the choice of accounts when the permission is given.
pub async fn attempt(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: AuthorizationId = id.parse().map_err(|_| Stop::Missing)?;
    let outcome = link::check(member.hub(), member.id(), id, Some(member.visitor.psu_ip), &member.actor()).await;
    if let Some(back) = reauthorization::way_back(&member, id, &outcome).await? {
        return Ok(back.into_response());
    }
    match outcome {
        Ok(Progress::Waiting { bank_url }) => Ok(waiting_page(&member, id, bank_url.as_deref())),
        Ok(Progress::Given { offered, renewed, unread }) if offered.is_empty() && renewed.is_empty() => {
            Ok(nothing_given(&member, &unread))
        }
        Ok(Progress::Given { offered, renewed, .. }) if offered.is_empty() => {
            Ok(to_progress(&ids(&renewed)).into_response())
        }
        Ok(Progress::Given { offered, renewed, unread }) => Ok(choice_page(&member, id, (&offered, &renewed), &unread)),
        Err(LinkError::NotGiven(_)) => Ok(refused_page(&member)),
        Err(error) => Err(error.into()),
    }
}

/// `GET /app/link/attempts/{id}/part`: what the waiting page asks every few seconds.
pub async fn attempt_part(member: Member, Path(id): Path<String>) -> Result<Markup, Stop> {
    let id: AuthorizationId = id.parse().map_err(|_| Stop::Missing)?;
    match link::check(member.hub(), member.id(), id, Some(member.visitor.psu_ip), &member.actor()).await {
        Ok(Progress::Waiting { .. }) => Ok(waiting_part(&member, id)),
        Ok(Progress::Given { .. }) | Err(LinkError::NotGiven(_)) => {
            Ok(html! { div data-go={ "/app/link/attempts/" (id) } { (member.locale().say("attempt-done")) } })
        }
        Err(error) => Err(error.into()),
    }
}

fn waiting_part(member: &Member, id: AuthorizationId) -> Markup {
    html! {
        div data-refresh={ "/app/link/attempts/" (id) "/part" } data-every="3" {
            (web::progress(&member.locale().say("attempt-waiting"), 0, None, member.locale()))
        }
    }
}

fn waiting_page(member: &Member, id: AuthorizationId, bank_url: Option<&str>) -> Response {
    let locale = member.locale();
    let title = locale.say("attempt-title");
    let main = html! {
        (heading_under(Some(("/app/link", &locale.say("link-other-bank"))), &title, &locale.say("attempt-lead"), html! {}))
        (steps(&step_names(locale), 1, locale))
        div.card.stack {
            (waiting_part(member, id))
            div.form-end {
                a.button.main href={ "/app/link/attempts/" (id) } { (locale.say("attempt-i-am-done")) }
                @if let Some(url) = bank_url { a.button href=(url) { (locale.say("attempt-back-to-bank")) } }
                a.button.quiet href="/app/accounts" { (locale.say("cancel")) }
            }
        }
    };
    member.frame().show(Page::new(title, main).narrow().refresh(8))
}

fn refused_page(member: &Member) -> Response {
    let locale = member.locale();
    let title = locale.say("attempt-refused-title");
    let actions = html! {
        a.button.main href="/app/link" { (locale.say("attempt-again")) }
        a.button href="/app/accounts" { (locale.say("nav-accounts")) }
    };
    let main =
        html! { (heading(&title, "", html! {})) (empty(Icon::Cross, "", &locale.say("attempt-refused"), actions)) };
    member.frame().show(Page::new(title, main).narrow())
}

fn nothing_given(member: &Member, unread: &[Defect]) -> Response {
    let locale = member.locale();
    let title = locale.say("attempt-nothing-title");
    let actions = html! { a.button.main href="/app/link" { (locale.say("attempt-again")) } };
    let main = html! {
        (heading(&title, "", html! {}))
        (empty(Icon::Bank, "", &locale.say("attempt-nothing"), actions))
        (unread::notice(unread, locale))
    };
    member.frame().show(Page::new(title, main).narrow())
}

fn choice_page(
    member: &Member,
    id: AuthorizationId,
    (offered, renewed): (&[Account], &[Account]),
    unread: &[Defect],
) -> Response {
    let locale = member.locale();
    let title = locale.say("choose-title");
    let main = html! {
        (heading_under(None, &title, &locale.say("choose-lead"), html! {}))
        (steps(&step_names(locale), 2, locale))
        @if !renewed.is_empty() {
            (notice(Tone::Good, html! { p { (locale.say_with("choose-renewed", &[("count", renewed.len().into())])) } }))
        }
        (unread::notice(unread, locale))
        form.card method="post" action={ "/app/link/attempts/" (id) } {
            @for account in renewed { input type="hidden" name="renewed" value=(account.id); }
            fieldset {
                legend { (locale.say("nav-accounts")) }
                @for account in offered {
                    label.choice {
                        input type="checkbox" name="account" value=(account.id) checked;
                        span.choice-body {
                            strong { (account.name.as_deref().or(account.product.as_deref()).unwrap_or(&account.subtype)) }
                            small { (iban(&account.reference)) " · " (account.currency.code())
                                @if let Some(holder) = &account.holder_name { " · " (holder) } }
                        }
                    }
                }
            }
            p.soft { (locale.say("choose-effect")) }
            div.form-end {
                button.main type="submit" { (locale.say("choose-do")) }
                a.button.quiet href="/app/accounts" { (locale.say("choose-later")) }
            }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}

/// `POST /app/link/attempts/{id}`: links the ticked accounts and starts their first synchronization.
pub async fn choose(member: Member, Path(id): Path<String>, Form(form): Form<Fields>) -> Result<Redirect, Stop> {
    let id: AuthorizationId = id.parse().map_err(|_| Stop::Missing)?;
    let named = |name| form.all(name).filter_map(|text| AccountId::parse(text).ok()).collect::<Vec<_>>();
    let chosen = named("account");
    let mut shown = link::choose(member.hub(), member.id(), id, &chosen, Some(member.visitor.psu_ip)).await?;
    for account in member.accounts().await?.iter().filter(|account| shown.contains(&account.id)) {
        member.note(Action::Linked, &account.reference).await?;
    }
    shown.extend(named("renewed"));
    // A second click finds everything linked already: it is shown all the same.
    shown.extend(chosen.iter().filter(|id| !shown.contains(id)).copied().collect::<Vec<_>>());
    if shown.is_empty() {
        let flash = Flash::care(member.locale().say("choose-none"));
        return Ok(Redirect::to(format!("/app/link/attempts/{id}")).flash(&member.visitor.cookies, &flash));
    }
    Ok(to_progress(&shown))
}

fn to_progress(accounts: &[AccountId]) -> Redirect {
    let query: Vec<String> = accounts.iter().map(|id| format!("account={id}")).collect();
    Redirect::to(format!("/app/link/progress?{}", query.join("&")))
}

fn ids(accounts: &[Account]) -> Vec<AccountId> {
    accounts.iter().map(|account| account.id).collect()
}

fn institution_of<'a>(member: &'a Member, id: &str) -> Result<&'a Profile, Stop> {
    let id = InstitutionId::parse(id).map_err(|_| Stop::Missing)?;
    member.hub().institution(id).ok_or(Stop::Missing)
}
