//! How fresh an account is: what the bank's figures are of, when it was last read, when it may be read again, and why
//! that takes as long as it does.

use domain::Timestamp;
use maud::{Markup, html};
use web::{Locale, instant};

use super::progress::{failure, is_going_on};
use super::stop::Stop;
use super::visit::Member;
use crate::store;
use crate::store::account::{Account, AccountState};
use crate::store::synchronization::{Status, Synchronization};
use crate::sync::quota;

/// What is known of an account's freshness.
pub struct Freshness {
    latest: Option<Synchronization>,
    next_allowed: Option<Timestamp>,
    quota_until: Option<Timestamp>,
    paused_until: Option<Timestamp>,
}

/// Reads it. `next_allowed` is when a person may ask again, when that is not now.
pub async fn read(
    member: &Member,
    account: &Account,
    latest: Option<Synchronization>,
    next_allowed: Option<Timestamp>,
) -> Result<Freshness, Stop> {
    let now = member.hub().environment.now();
    let mut tx = member.hub().db.read().await?;
    let made = quota::made(&mut tx, member.id(), account.id, "transactions", now).await?;
    let health = store::institution_health::get(&mut tx, account.institution).await?;
    let paused_until = health.paused_until.filter(|until| *until > now);
    Ok(Freshness { latest, next_allowed, quota_until: quota::allowed(&made, now, 1).err(), paused_until })
}

/// Why nothing newer is here, in a sentence; `None` when nothing is held up.
pub fn delay(account: &Account, latest: Option<&Synchronization>, locale: &Locale) -> Option<String> {
    if account.is_fed_by_files() {
        return Some(locale.say("fresh-by-files"));
    }
    if account.state == AccountState::Expired {
        return Some(locale.say("fresh-expired"));
    }
    let latest = latest?;
    match latest.status {
        Status::Error => Some(failure(latest, locale)),
        Status::Pending | Status::Running => Some(locale.say("fresh-going-on")),
        Status::Success => None,
    }
}

/// All of it, as a list of facts.
pub fn facts(account: &Account, known: &Freshness, locale: &Locale) -> Markup {
    let delay = delay(account, known.latest.as_ref(), locale);
    let quota =
        known.quota_until.map(|until| locale.say_with("fresh-quota", &[("until", locale.instant(until).into())]));
    let paused =
        known.paused_until.map(|until| locale.say_with("silence-paused", &[("until", locale.instant(until).into())]));
    let reasons: Vec<String> = delay.into_iter().chain(paused).chain(quota).collect();
    let going_on = known.latest.as_ref().is_some_and(is_going_on);
    html! {
        section.section {
            h2 { (locale.say("fresh-title")) }
            div.card { dl.facts {
                dt { (locale.say("fresh-as-of")) }
                dd { @match account.closing {
                    Some((day, _)) => { (locale.date(day)) @if let Some(seen) = account.closing_seen_at { " · " (locale.say("fresh-told")) " " (instant(seen, locale)) } },
                    None => (locale.say("account-no-balance")),
                } }
                dt { (locale.say("fresh-last")) }
                dd { @match account.synchronized_at { Some(at) => (instant(at, locale)), None => (locale.say("account-never-synchronized")) } }
                @if account.state == AccountState::Active && !account.is_fed_by_files() {
                    dt { (locale.say("fresh-next-person")) }
                    dd { @match known.next_allowed { Some(at) => (instant(at, locale)), None => { @if going_on { (locale.say("fresh-going-on")) } @else { (locale.say("fresh-now")) } } } }
                    dt { (locale.say("fresh-next-itself")) }
                    dd { @match account.next_unattended_at { Some(at) => (instant(at, locale)), None => (locale.say("fresh-not-planned")) } }
                }
                dt { (locale.say("fresh-delay")) }
                dd { @if reasons.is_empty() { (locale.say("fresh-no-delay")) } @else { @for reason in &reasons { p { (reason) } } } }
            } }
        }
    }
}
