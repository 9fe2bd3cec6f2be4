//! How an account stands, in a few words.

use domain::{Date, Timestamp};
use maud::{Markup, html};
use web::{Locale, Tone, badge};

use crate::store::account::{Account, AccountState};

/// Days before the end of a permission from which it is shown as ending.
pub const SOON_DAYS: i32 = 14;

/// The name that people know an account by.
pub fn name(account: &Account) -> &str {
    account.name.as_deref().or(account.product.as_deref()).unwrap_or(&account.reference)
}

/// When the account was last synchronized.
pub fn freshness(account: &Account, now: Timestamp, locale: &Locale) -> String {
    match account.synchronized_at {
        Some(at) => locale.ago(now, at),
        None => locale.say("account-never-synchronized"),
    }
}

/// Whole days from today to the last day of the permission; negative when it is over.
pub fn days_left(account: &Account, today: Date) -> Option<i32> {
    let until = account.expires_on?;
    i32::try_from(today.duration_until(until).as_hours() / 24).ok()
}

/// When the permission at the bank ends, as a badge when that is soon or past.
pub fn permission(account: &Account, today: Date, locale: &Locale) -> Markup {
    let until = account.expires_on.map(|day| locale.date(day)).unwrap_or_default();
    if account.state == AccountState::Expired {
        return badge(Tone::Bad, &locale.say("account-expired"));
    }
    match days_left(account, today) {
        Some(days) if days <= SOON_DAYS => {
            let days = i64::from(days.max(0));
            badge(Tone::Care, &locale.say_with("account-expires-in", &[("days", days.into())]))
        }
        Some(_) => html! { (until) },
        None => html! {},
    }
}

/// How long the permission still holds: a badge when it ends soon or is over, else a number of days.
pub fn remaining(account: &Account, today: Date, locale: &Locale) -> Markup {
    match days_left(account, today) {
        Some(days) if account.state == AccountState::Active && days > SOON_DAYS => {
            html! { (locale.say_with("account-days-left", &[("days", i64::from(days).into())])) }
        }
        Some(_) | None => permission(account, today, locale),
    }
}
