//! Searching a bank across providers. What a provider reaches is shown before anything is connected.

use ::web::{Field, Fields, Icon, Page, Stage, Tone, badge, empty, heading, initials, notice, stage_badge};
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};

use super::Shared;
use super::member::Member;
use super::trouble;
use crate::catalogue::{Hit, state_of};

const SHOWN: usize = 60;

pub(super) async fn search(State(web): State<Shared>, member: Member, Query(fields): Query<Fields>) -> Response {
    let found = web.books.search(fields.text("q"), fields.text("country")).await;
    let locale = member.locale();
    let title = locale.say("books-banks");
    let mut countries = vec![(String::new(), locale.say("books-every-country"))];
    countries.extend(found.countries.iter().map(|code| (code.clone(), code.clone())));
    let main = html! {
        (heading(&title, &locale.say("books-banks-lead"), html! {}))
        @for (provider, silent) in &found.silent {
            @let (what, advice) = trouble::sentences(silent, locale);
            (notice(Tone::Care, html! { p { strong { (provider) } " · " (what) } p { (advice) } }))
        }
        form.search method="get" action="/banks" role="search" {
            div.grow { (Field::text("q", locale.say("books-bank-name")).kind("search").value(fields.text("q")).filter().focus().show(locale)) }
            (Field::choice("country", locale.say("books-country"), &countries).value(fields.text("country")).filter().show(locale))
            button type="submit" { (Icon::Search) (locale.say("books-search-do")) }
        }
        @if found.hits.is_empty() {
            (empty(Icon::Bank, &locale.say("books-banks-none"), &locale.say("books-banks-none-lead"),
                html! { a.button href=(by_hand(fields.text("q"))) { (locale.say("journal-new")) } }))
        } @else {
            ul.list.card.flush { @for hit in found.hits.iter().take(SHOWN) { li { (row(hit, &member)) } } }
            @if found.hits.len() > SHOWN {
                p.soft { (locale.say_with("books-banks-more", &[("count", (found.hits.len() - SHOWN).into())])) }
            }
            p { (locale.say("journal-not-listed")) " " a href=(by_hand(fields.text("q"))) { (locale.say("journal-new")) } }
        }
    };
    member.frame().show(Page::new(title, main))
}

/// The way in for a bank that nobody reaches.
fn by_hand(bank: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("bank", bank).finish();
    format!("/journals/new?{query}")
}

fn row(hit: &Hit, member: &Member) -> Markup {
    let locale = member.locale();
    let institution = &hit.institution.attributes;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("provider", &hit.provider).append_pair("institution", &hit.institution.id.to_string());
    html! {
        a.list-row href={ "/connect?" (query.finish()) } {
            (initials(&institution.name))
            div.grow {
                strong { (institution.name) }
                p.soft {
                    (locale.say_with("books-by-provider", &[("provider", hit.provider.as_str().into())]))
                    @if let Some(country) = &institution.country { " · " (country) }
                    @if let Some(days) = institution.expected_authorization_lifetime {
                        " · " (locale.say_with("books-consent-days", &[("days", i64::from(days).into())])) }
                    @if let Some(days) = institution.history_days {
                        " · " (locale.say_with("books-history-days", &[("days", i64::from(days).into())])) }
                }
            }
            div.end { (state(state_of(institution), member)) }
            (Icon::Next)
        }
    }
}

/// The badge of an institution's state; a state that nobody here knows is shown as it was told.
pub(super) fn state(told: &str, member: &Member) -> Markup {
    Stage::parse(told).map_or_else(|| badge(Tone::Plain, told), |stage| stage_badge(stage, member.locale()))
}
