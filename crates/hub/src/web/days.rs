//! The proof of an account day by day, and the gaps of its history.

use axum::extract::{Path, Query};
use axum::response::Response;
use domain::{Date, Proof, ToSpan};
use maud::{Markup, html};
use web::{Fields, Locale, Page, Tone, badge, heading_under, notice, pages_below, proof_badge};

use super::account::account_of;
use super::standing::name;
use super::stop::Stop;
use super::visit::Member;
use crate::days::{self, Day, Days, Verdict};
use crate::store;
use crate::store::account::{Account, AccountState};

/// Days on one page.
const PAGE_DAYS: usize = 60;

/// The whole history of an account, judged.
pub async fn judged(member: &Member, account: &Account) -> Result<Days, Stop> {
    let (organization, window) = (member.id(), (Date::MIN.max(Date::constant(1, 1, 1)), Date::MAX));
    let mut tx = member.hub().db.read().await?;
    let booked = store::day::booked(&mut tx, organization, account.id, account.currency, window).await?;
    let told = store::balance::newest(&mut tx, organization, account.id, account.currency, window.0, window.1).await?;
    Ok(days::judge(&booked, &told))
}

/// `GET /app/accounts/{id}/proof?until=<day>`.
pub async fn show(member: Member, Path(id): Path<String>, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let account = account_of(&member, &id).await?;
    let found = judged(&member, &account).await?;
    let locale = member.locale();
    let until = query.text("until").parse::<Date>().ok();
    let shown: Vec<&Day> =
        found.days.iter().rev().filter(|day| until.is_none_or(|until| day.on <= until)).take(PAGE_DAYS + 1).collect();
    let base = format!("/app/accounts/{}", account.id);
    let title = locale.say("days-title");
    let main = html! {
        (heading_under(Some((&base, name(&account))), &title, &locale.say("days-lead"), html! {}))
        (summary(&found, &base, locale))
        (gaps(&found, &account, &member))
        @if shown.is_empty() { div.card { p.soft { (locale.say("days-none")) } } } @else {
            div.card.flush {
                (table(&shown[..shown.len().min(PAGE_DAYS)], found.first_break().map(|(day, _)| day), locale))
                (pages_below(
                    until.map(|_| format!("{base}/proof")).as_deref(),
                    shown.get(PAGE_DAYS).map(|day| format!("{base}/proof?until={}", day.on)).as_deref(),
                    locale,
                ))
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

fn summary(found: &Days, base: &str, locale: &Locale) -> Markup {
    let proven = found.days.iter().filter(|day| day.verdict == Verdict::Proven).count();
    html! {
        @if let Some((day, gap)) = found.first_break() {
            (notice(Tone::Bad, html! {
                p { strong { (locale.say_with("days-broken", &[("day", locale.date(day).into()), ("gap", locale.money(gap).into())])) } }
                p { (locale.say("days-broken-do")) " " a href={ (base) "/proof?until=" (day) } { (locale.say("days-look")) } }
            }))
        }
        p.soft { (locale.say_with("days-count", &[("proven", proven.into()), ("count", found.days.len().into())])) }
    }
}

fn gaps(found: &Days, account: &Account, member: &Member) -> Markup {
    let locale = member.locale();
    let unread = (account.state == AccountState::Expired)
        .then_some(account.listed_through)
        .flatten()
        .filter(|through| *through < member.hub().environment.today());
    html! {
        @if !found.gaps.is_empty() || unread.is_some() {
            section.section data-gaps=(found.gaps.len()) {
                div.section-head { h2 { (locale.say("days-gaps")) } small { (locale.say("days-gaps-what")) } }
                div.card.flush { ul.list {
                    @for gap in &found.gaps {
                        li { div.list-row {
                            div.grow { strong { (locale.say_with("days-gap", &[("after", locale.date(gap.after).into()), ("before", locale.date(gap.before).into())])) } }
                            div.end { (locale.movement(gap.missing)) }
                        } }
                    }
                    @if let Some(through) = unread {
                        li { div.list-row { div.grow {
                            strong { (locale.say_with("days-unread", &[("day", locale.date(through.saturating_add(1.day())).into())])) }
                            small { (locale.say("account-expired-do")) }
                        } } }
                    }
                } }
            }
        }
    }
}

fn table(days: &[&Day], first_break: Option<Date>, locale: &Locale) -> Markup {
    html! {
        table.cards {
            thead { tr {
                th { (locale.say("column-date")) }
                th { (locale.say("column-proof")) }
                th.number { (locale.say("column-transactions")) }
                th.number { (locale.say("days-sum")) }
                th.number { (locale.say("account-chart")) }
            } }
            tbody { @for day in days {
                tr.broken[first_break == Some(day.on)] {
                    td.lead { (locale.date(day.on)) }
                    td data-label=(locale.say("column-proof")) {
                        (verdict(day, locale))
                        @if let Verdict::Broken(gap) = day.verdict { " " (locale.movement(gap)) }
                    }
                    td.number data-label=(locale.say("column-transactions")) { (locale.number(day.count)) }
                    td.number data-label=(locale.say("days-sum")) { @if day.count > 0 { (locale.movement(day.sum)) } }
                    td.number.figure-cell { @match day.closing {
                        Some(closing) => { (locale.money(closing)) },
                        None => span.soft { (locale.say("account-no-balance")) },
                    } }
                }
            } }
        }
    }
}

fn verdict(day: &Day, locale: &Locale) -> Markup {
    match day.verdict {
        Verdict::Proven => proof_badge(&Proof::Proven, locale),
        Verdict::Broken(gap) => proof_badge(&Proof::Broken(gap), locale),
        Verdict::Unproven => badge(Tone::Plain, &locale.say("days-unproven")),
    }
}
