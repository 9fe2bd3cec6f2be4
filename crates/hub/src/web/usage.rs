//! What the organization used in a month, with the arithmetic of each line.

use axum::extract::Query;
use axum::response::Response;
use domain::{Currency, Money};
use maud::{Markup, html};
use web::{Fields, Locale, Page, Tone, heading_under, notice};

use super::stop::Stop;
use super::visit::Member;
use crate::billing::usage::{self, Month, Used};
use crate::store::usage::Line;

/// `GET /app/billing/usage?month=2026-03`.
pub async fn show(member: Member, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let hub = member.hub();
    let today = hub.environment.today();
    let month = match query.text("month") {
        "" => Month::of(today),
        text => Month::parse(text),
    };
    let month = month.filter(|month| month.first() <= today).ok_or(Stop::Missing)?;
    let used = usage::used(hub, &mut hub.db.read().await?, member.id(), month).await?;
    let locale = member.locale();
    let title = locale.say_with("usage-title", &days_of(month, locale));
    let to = |month: Option<Month>| month.map(|month| format!("/app/billing/usage?month={month}"));
    let later = to(month.after()).filter(|_| month.last() < today);
    let main = html! {
        (heading_under(Some(("/app/billing", &locale.say("billing-title"))), &title, &locale.say("usage-lead"), html! {
            @if let Some(before) = to(month.before()) { a.button href=(before) { (locale.say("usage-before")) } }
            @if let Some(later) = later { a.button href=(later) { (locale.say("usage-after")) } }
        }))
        @if month.last() >= today { (notice(Tone::Plain, html! { p { (locale.say("usage-going-on")) } })) }
        @if used.lines.is_empty() { div.card { p.soft { (locale.say("usage-nothing")) } } } @else { (table(&used, month, locale)) }
        @if !used.covered.is_empty() { (covered(&used.covered, locale)) }
    };
    Ok(member.frame().show(Page::new(title, main)))
}

/// The first and the last day of a month, for a sentence.
pub fn days_of(month: Month, locale: &Locale) -> [(&'static str, web::Value); 2] {
    [("from", locale.date(month.first()).into()), ("to", locale.date(month.last()).into())]
}

fn euro(minor: i64, locale: &Locale) -> String {
    locale.money(Money::new(minor, Currency::EUR))
}

fn table(used: &Used, month: Month, locale: &Locale) -> Markup {
    let hundredths = used.hundredths(month);
    let units = locale.hundredths(hundredths);
    html! {
        div.card.flush { table.cards {
            thead { tr {
                th { (locale.say("usage-software")) }
                th { (locale.say("column-account")) }
                th.number { (locale.say("usage-arithmetic")) }
                th.number { (locale.say("column-amount")) }
            } }
            tbody {
                @for line in &used.lines { tr {
                    td.lead { (line.software) }
                    td data-label=(locale.say("column-account")) { (line.account) }
                    td.number data-label=(locale.say("usage-arithmetic")) { (arithmetic(line, locale)) }
                    td.number.figure-cell { span.amount { (euro(line.net_minor, locale)) } }
                } }
                tr {
                    td.lead colspan="3" { strong { (locale.say_with("usage-units", &[("units", units.into())])) } }
                    td.number.figure-cell { strong { (euro(used.net_minor(), locale)) } }
                }
            }
        } }
    }
}

/// One line's arithmetic: `12 of 31 days × €4.00`.
fn arithmetic(line: &Line, locale: &Locale) -> String {
    let price = euro(line.price_minor, locale).into();
    locale.say_with("usage-days", &[("days", line.days.into()), ("of", line.of_days.into()), ("price", price)])
}

fn covered(lines: &[Line], locale: &Locale) -> Markup {
    html! {
        section.section {
            div.section-head { h2 { (locale.say("usage-covered")) } small { (locale.say("usage-covered-what")) } }
            div.card.flush { ul.list { @for line in lines { li { div.list-row {
                div.grow { strong { (line.software) } small { (line.account) } }
                div.end { (locale.say_with("usage-covered-days", &[("days", line.days.into()), ("of", line.of_days.into())])) }
            } } } } }
        }
    }
}
