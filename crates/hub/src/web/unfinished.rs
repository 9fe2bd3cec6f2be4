//! Permissions that somebody began to give and has not come back from: the tab was closed at the bank, the way back was
//! lost, or the accounts were not chosen. Said wherever the person looks next, so that the way goes on and need not be
//! begun again.

use domain::ToSpan;
use maud::{Markup, html};
use web::{Tone, instant, notice};

use super::bank::named_institution;
use super::stop::Stop;
use super::visit::Member;
use crate::people::Right;
use crate::store;

/// Banks end an attempt that nobody finishes; after a day there is nothing to go on with.
const HOURS: i64 = 24;

/// One line for each, with the way to go on. Nothing for whoever may not link accounts.
pub async fn notices(member: &Member) -> Result<Markup, Stop> {
    let mut unfinished = Vec::new();
    if member.may(Right::Operate) {
        let since = member.hub().environment.now() - HOURS.hours();
        let mut tx = member.hub().db.read().await?;
        unfinished = store::authorization::unfinished(&mut tx, member.id(), since).await?;
    }
    let locale = member.locale();
    Ok(html! {
        @for attempt in &unfinished {
            (notice(Tone::Care, html! {
                p {
                    (locale.say_with("unfinished-attempt", &[("bank", named_institution(member, attempt.institution).1.into())]))
                    " (" (instant(attempt.started_at, locale)) ") "
                    a href={ "/app/link/attempts/" (attempt.id) } { (locale.say("unfinished-go-on")) }
                }
            }))
        }
    })
}
