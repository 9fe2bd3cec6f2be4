//! How long consents last: a countdown, amber before it is red, and one button that renews.

use ::web::{Tone, badge, iban, instant, notice};
use domain::Timestamp;
use maud::{Markup, html};

use super::member::Member;
use crate::Trouble;
use crate::store::account::Account;
use crate::store::connection::Connection;
use crate::store::journal::Journal;

/// A consent that ends within this many days is amber.
const SOON_DAYS: i64 = 30;

/// Whole days until an instant; negative when it is over.
fn days_until(until: Timestamp, now: Timestamp) -> i64 {
    until.duration_since(now).as_hours().div_euclid(24)
}

/// How an account's consent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It ended.
    Ended,
    /// It ends in so many days.
    Soon(i64),
    /// It lasts.
    Good(i64),
    /// Nobody told when it ends.
    Unknown,
}

/// Judges the consent of an account that is listed.
pub(super) fn standing(account: &Account, now: Timestamp) -> Standing {
    // A consent may end before its day: then the bank's refusal is all that is known of its end.
    if account.trouble.as_ref().is_some_and(Trouble::ends_consent) {
        return Standing::Ended;
    }
    let Some(until) = account.authorized_until else { return Standing::Unknown };
    match days_until(until, now) {
        ..0 => Standing::Ended,
        days @ 0..SOON_DAYS => Standing::Soon(days),
        days @ SOON_DAYS.. => Standing::Good(days),
    }
}

/// How long the consent lasts: green, amber when it ends soon, red when it has ended or the account is gone.
pub(super) fn consent(account: &Account, member: &Member, now: Timestamp) -> Markup {
    let locale = member.locale();
    if !account.listed {
        let since = account.unlisted_at.map(|at| html! { " " small { (instant(at, locale)) } });
        return html! { (badge(Tone::Bad, &locale.say("books-access-lost"))) @if let Some(since) = since { (since) } };
    }
    let left = |days: i64| locale.say_with("books-consent-left", &[("days", days.into())]);
    match standing(account, now) {
        Standing::Unknown => html! {},
        Standing::Ended => badge(Tone::Bad, &locale.say("books-consent-ended")),
        Standing::Soon(days) => badge(Tone::Care, &left(days)),
        Standing::Good(days) => badge(Tone::Good, &left(days)),
    }
}

/// What a person should do about the consent of a connection: nothing, or renew it with one button. The account ids
/// can be quoted.
pub(super) fn notices(
    connection: &Connection,
    accounts: &[(Account, Option<Journal>)],
    member: &Member,
    now: Timestamp,
) -> Markup {
    let linked = accounts.iter().filter(|(account, journal)| account.listed && journal.is_some());
    let worst = linked.clone().map(|(account, _)| standing(account, now)).min();
    let early = linked.clone().filter_map(|(account, _)| account.trouble.as_ref().filter(|told| told.ends_consent()));
    let until = match early.filter_map(|told| told.since).min() {
        Some(since) => Some(since),
        None => linked.filter_map(|(account, _)| account.authorized_until).min(),
    };
    let locale = member.locale();
    let bank = || [("bank", connection.institution_name.as_str().into())];
    let (tone, words) = match worst {
        Some(Standing::Ended) => (Tone::Bad, locale.say_with("keep-ended", &bank())),
        Some(Standing::Soon(days)) => {
            let values = [("bank", connection.institution_name.as_str().into()), ("days", days.into())];
            (Tone::Care, locale.say_with("keep-soon", &values))
        }
        Some(Standing::Good(_) | Standing::Unknown) | None => return html! {},
    };
    notice(
        tone,
        html! {
            p { strong { (words) } @if let Some(until) = until { " " span.soft { (instant(until, locale)) } } }
            p { (locale.say("keep-renew-lead")) }
            div.actions {
                form method="post" action={ "/connections/" (connection.id) "/renew" } {
                    button.main type="submit" { (locale.say("keep-renew")) }
                }
            }
            p.soft { (locale.say("keep-reference")) " " code { (connection.id) } " "
                button.small type="button" data-copy=(connection.id) data-copied=(locale.say("web-copied")) hidden { (locale.say("web-copy")) } }
        },
    )
}

/// An account that is no longer authorised: what, since when, what to do, what to quote.
pub(super) fn lost(account: &Account, to: Option<&str>, member: &Member) -> Markup {
    let locale = member.locale();
    notice(
        Tone::Bad,
        html! {
            p { strong { (locale.say_with("books-lost", &[("account", locale.iban(&account.reference).into())])) }
                @if let Some(at) = account.unlisted_at { " " span.soft { (locale.say("books-trouble-since")) " " (instant(at, locale)) } } }
            @if let Some(to) = to { p { a href=(to) { (locale.say("books-lost-do")) } } }
            p.soft { (iban(&account.reference)) " · " (locale.say("keep-reference")) " " code { (account.id) } " "
                button.small type="button" data-copy=(account.id) data-copied=(locale.say("web-copied")) hidden { (locale.say("web-copy")) } }
        },
    )
}
