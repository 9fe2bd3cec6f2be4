//! What an integration's software does: when it last read, how many requests it makes, and whether it can be told.

use domain::ToSpan;
use maud::{Markup, html};
use web::{Tone, badge, instant};

use super::stop::Stop;
use super::visit::Member;
use crate::integrations::IntegrationWithAccounts;
use crate::people::Right;
use crate::store::integration_request;
use crate::store::webhook::EventState;
use crate::webhooks;

const DAYS: i64 = 30;

/// What is known of an integration's software.
pub struct Activity {
    today: i64,
    month: i64,
    address: Option<String>,
    waiting: usize,
    given_up: usize,
    delivered: usize,
}

/// Reads it.
pub async fn read(member: &Member, known: &IntegrationWithAccounts) -> Result<Activity, Stop> {
    let (organization, id, today) = (member.id(), known.integration.id, member.hub().environment.today());
    let log = webhooks::log(member.hub(), organization, id).await?;
    let mut tx = member.hub().db.read().await?;
    let count = |state| log.events.iter().filter(|(event, _)| event.state == state).count();
    Ok(Activity {
        today: integration_request::since(&mut tx, organization, id, today).await?,
        month: integration_request::since(&mut tx, organization, id, today.saturating_sub((DAYS - 1).days())).await?,
        waiting: count(EventState::Waiting),
        given_up: count(EventState::GivenUp),
        delivered: count(EventState::Delivered),
        address: log.address,
    })
}

/// All of it, as a card.
pub fn card(member: &Member, known: &IntegrationWithAccounts, activity: &Activity) -> Markup {
    let locale = member.locale();
    let last = known.accounts.iter().filter_map(|account| account.last_accessed_at).max();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let values = [
        ("delivered", count(activity.delivered).into()),
        ("waiting", count(activity.waiting).into()),
        ("lost", count(activity.given_up).into()),
    ];
    html! {
        div.card {
            h2 { (locale.say("traffic-title")) }
            dl.facts {
                dt { (locale.say("traffic-last")) }
                dd { @match last { Some(at) => (instant(at, locale)), None => (locale.say("traffic-never")) } }
                dt { (locale.say("traffic-requests")) }
                dd { (locale.say_with("traffic-counted", &[("today", activity.today.into()), ("month", activity.month.into())])) }
                dt { (locale.say("webhook-title")) }
                dd { @if activity.address.is_none() { (locale.say("traffic-no-webhook")) } @else {
                    (health(activity, locale)) " " (locale.say_with("traffic-webhook", &values))
                } }
            }
            @if member.may(Right::Share) {
                div.form-end {
                    a.button href={ "/app/integrations/" (known.integration.id) "/webhook" } { (locale.say("webhook-open")) }
                }
            }
        }
    }
}

/// Whether what happens reaches the software: judged by the newest events.
fn health(activity: &Activity, locale: &web::Locale) -> Markup {
    let (tone, word) = if activity.given_up > 0 {
        (Tone::Bad, "traffic-webhook-fails")
    } else if activity.waiting > 0 {
        (Tone::Care, "traffic-webhook-waits")
    } else {
        (Tone::Good, "traffic-webhook-works")
    };
    badge(tone, &locale.say(word))
}
