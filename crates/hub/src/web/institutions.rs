//! Picking the bank of a new account.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connectors::{InstitutionState, Profile};
use maud::{Markup, html};
use web::{Field, Fields, Icon, Locale, Page, Redirect, Stage, empty, heading_under, initials, stage_badge, steps};

use super::country;
use super::stop::Stop;
use super::visit::{Member, with_next};
use crate::people;

/// The cookie that remembers where a person wanted to go before adding an account: the way leads through a bank.
const NEXT_COOKIE: &str = "after-link";
const NEXT_SECONDS: i64 = 3600;

/// `GET /app/link`: the institutions of a country, by name.
pub async fn pick(member: Member, Query(query): Query<Fields>) -> Result<Response, Stop> {
    if people::billing_is_missing(member.hub(), member.id()).await? {
        return Ok(Redirect::to(with_next("/app/billing", &member.visitor.here)).into_response());
    }
    let mut response = draw(&member, &query);
    if query.has("next") {
        let value = URL_SAFE_NO_PAD.encode(query.text("next"));
        let cookie = member.visitor.cookies.set(NEXT_COOKIE, &value, Some(NEXT_SECONDS));
        response.headers_mut().append(http::header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Where the person wanted to go before adding an account, when it is a place of ours.
pub fn wanted_before(member: &Member) -> Option<String> {
    let value = member.visitor.cookies.get(&member.visitor.headers, NEXT_COOKIE)?;
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
    (text.starts_with('/') && !text.starts_with("//")).then_some(text)
}

/// How far an institution's connection has come, for its badge.
pub fn stage(state: InstitutionState) -> Stage {
    match state {
        InstitutionState::Experimental => Stage::Experimental,
        InstitutionState::Beta => Stage::Beta,
        InstitutionState::Stable => Stage::Stable,
        InstitutionState::Maintenance => Stage::Maintenance,
        InstitutionState::Deprecated => Stage::Deprecated,
    }
}

/// The names of the steps of adding an account.
pub fn step_names(locale: &Locale) -> [String; 4] {
    [
        locale.say("link-step-bank"),
        locale.say("link-step-consent"),
        locale.say("link-step-accounts"),
        locale.say("link-step-fetch"),
    ]
}

/// A text as it is compared: lower case, without the accents of our languages.
pub fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' | 'õ' => 'o',
        'û' | 'ù' | 'ü' | 'ú' => 'u',
        other => other,
    };
    text.to_lowercase().chars().map(plain).collect()
}

fn matches(profile: &Profile, country: &str, words: &str) -> bool {
    let name = folded(&format!("{} {}", profile.name, profile.bic));
    (country.is_empty() || profile.country == country)
        && folded(words).split_whitespace().all(|word| name.contains(word))
}

fn draw(member: &Member, query: &Fields) -> Response {
    let locale = member.locale();
    let mut countries: Vec<String> = member.hub().institutions.iter().map(|known| known.country.clone()).collect();
    countries.dedup();
    let own = member.organization.address.country.as_str();
    let searching = query.has("q") || query.all("country").next().is_some();
    let home = if countries.iter().any(|code| code == own) { own } else { "" };
    let country = if searching { query.text("country") } else { home };
    let found = |profile: &&Profile| matches(profile, country, query.text("q"));
    let found: Vec<&Profile> = member.hub().institutions.iter().filter(found).collect();
    let mut choices = vec![(String::new(), locale.say("link-all-countries"))];
    choices.extend(countries.iter().map(|code| (code.clone(), country::name(code, locale))));
    let title = locale.say("link-title");
    let main = html! {
        (heading_under(Some(("/app/accounts", &locale.say("nav-accounts"))), &title, &locale.say("link-lead"), html! {}))
        (steps(&step_names(locale), 0, locale))
        form.search method="get" action="/app/link" role="search" {
            div.grow { (Field::text("q", locale.say("link-search")).kind("search").value(query.text("q")).focus().filter().show(locale)) }
            (Field::choice("country", locale.say("country"), &choices).value(country).filter().show(locale))
            button type="submit" { (Icon::Search) (locale.say("search")) }
        }
        @if found.is_empty() {
            (empty(Icon::Bank, &locale.say("link-none-title"), &locale.say("link-none"), html! { a.button href="/app/link?country=" { (locale.say("link-show-all")) } }))
        } @else {
            div.card.flush { ul.list { @for profile in found { li { (row(profile, locale)) } } } }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}

fn row(profile: &Profile, locale: &Locale) -> Markup {
    html! {
        a.list-row href={ "/app/link/" (profile.id) } {
            (initials(&profile.name))
            div.grow { strong { (profile.name) } small { (country::name(&profile.country, locale)) " · " (profile.bic) } }
            (stage_badge(stage(profile.state), locale))
            (Icon::Next)
        }
    }
}
