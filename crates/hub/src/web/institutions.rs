//! Picking the bank of a new account.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connectors::{KnownBank, Profile, bank_of, known_banks};
use domain::{Iban, IbanError, InstitutionId};
use maud::{Markup, html};
use web::{
    Field, Fields, Icon, Locale, Page, Redirect, Tone, badge, empty, heading_under, initials, stage_badge, steps,
    with_next,
};

use super::bank::stage;
use super::stop::Stop;
use super::visit::Member;
use super::{country, unfinished};
use crate::people;
use crate::store::search_text::folded;

/// The cookie that remembers where a person wanted to go before adding an account: the way leads through a bank.
const NEXT_COOKIE: &str = "after-link";
const NEXT_SECONDS: i64 = 3600;

/// `GET /app/link`: the institutions of a country, by name.
pub async fn pick(member: Member, Query(query): Query<Fields>) -> Result<Response, Stop> {
    if people::billing_is_missing(member.hub(), member.id()).await? {
        return Ok(Redirect::to(with_next("/app/billing", &member.visitor.here)).into_response());
    }
    // Software that sends somebody here may name the bank.
    let named = InstitutionId::parse(query.text("institution")).ok().and_then(|id| member.hub().institution(id));
    let mut response = match named {
        Some(profile) => Redirect::to(format!("/app/link/{}", profile.id)).into_response(),
        None => draw(&member, &query, &unfinished::notices(&member).await?),
    };
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

/// The names of the steps of adding an account.
pub fn step_names(locale: &Locale) -> [String; 4] {
    [
        locale.say("link-step-bank"),
        locale.say("link-step-consent"),
        locale.say("link-step-accounts"),
        locale.say("link-step-fetch"),
    ]
}

/// What somebody looks for: words of a name, a BIC, or an account number, which names its bank.
struct Search {
    words: Vec<String>,
    bic: Option<&'static str>,
    /// Why what looks like an account number is none, as the key of a message.
    unread: Option<&'static str>,
}

impl Search {
    fn read(text: &str) -> Search {
        let words = || folded(text).split_whitespace().map(str::to_owned).collect();
        match Iban::parse(text) {
            Ok(iban) => {
                Search { words: vec![], bic: Some(bank_of(&iban).map_or("unknown", |bank| bank.bic)), unread: None }
            }
            Err(IbanError::CheckDigits) => Search { words: words(), bic: None, unread: Some("link-iban-mistyped") },
            Err(IbanError::Length { .. }) => Search { words: words(), bic: None, unread: Some("link-iban-length") },
            Err(IbanError::Malformed(_)) => Search { words: words(), bic: None, unread: None },
        }
    }

    fn finds(&self, name: &str, bic: &str) -> bool {
        match self.bic {
            Some(wanted) => bic.starts_with(wanted),
            None => {
                let held = folded(&format!("{name} {bic}"));
                // A BIC with its branch is longer than the one that we hold.
                self.words.iter().all(|word| held.contains(word.as_str()) || word.starts_with(&folded(bic)))
            }
        }
    }
}

/// How many unreached banks one page lists.
const LISTED: usize = 25;

struct Found<'a> {
    reached: Vec<&'a Profile>,
    /// At most [`LISTED`].
    others: Vec<&'static KnownBank>,
    more: usize,
    /// Why what looks like an account number is none.
    unread: Option<&'static str>,
}

fn find<'a>(profiles: &[&'a Profile], country: &str, text: &str) -> Found<'a> {
    let search = Search::read(text);
    let here = |code: &str| country.is_empty() || code == country || search.bic.is_some();
    let reached: Vec<&Profile> = profiles
        .iter()
        .copied()
        .filter(|known| here(&known.country) && search.finds(&known.name, &known.bic))
        .collect();
    if text.trim().is_empty() {
        return Found { reached, others: Vec::new(), more: 0, unread: None };
    }
    let is_reached = |bank: &KnownBank| profiles.iter().any(|known| known.bic.starts_with(bank.bic));
    let mut others: Vec<&'static KnownBank> = known_banks()
        .filter(|bank| here(bank.country) && search.finds(bank.name, bank.bic) && !is_reached(bank))
        .collect();
    let more = others.len().saturating_sub(LISTED);
    others.truncate(LISTED);
    Found { reached, others, more, unread: search.unread }
}

fn draw(member: &Member, query: &Fields, unfinished: &Markup) -> Response {
    let locale = member.locale();
    let own = member.organization.address.country.as_str();
    let searching = query.has("q") || query.all("country").next().is_some();
    let profiles = member.hub().institutions();
    let home = if profiles.iter().any(|known| known.country == own) { own } else { "" };
    let country = if searching { query.text("country") } else { home };
    let found = find(&profiles, country, query.text("q"));
    let mut choices = vec![(String::new(), locale.say("link-all-countries"))];
    choices.extend(country::choices(locale));
    let title = locale.say("link-title");
    let main = html! {
        (heading_under(Some(("/app/accounts", &locale.say("nav-accounts"))), &title, &locale.say("link-lead"), html! {}))
        (steps(&step_names(locale), 0, locale))
        (unfinished)
        form.search method="get" action="/app/link" role="search" {
            div.grow { (Field::text("q", locale.say("link-search")).kind("search").value(query.text("q")).focus().filter().show(locale)) }
            (Field::choice("country", locale.say("country"), &choices).value(country).filter().show(locale))
            button type="submit" { (Icon::Search) (locale.say("search")) }
        }
        @if !found.reached.is_empty() {
            div.card.flush { ul.list { @for profile in &found.reached { li { (row(profile, member)) } } } }
        } @else if found.others.is_empty() {
            (empty(Icon::Bank, &locale.say("link-none-title"), &locale.say(found.unread.unwrap_or("link-none")), html! { a.button href="/app/link?country=" { (locale.say("link-show-all")) } }))
        }
        @if !found.others.is_empty() { (unreached(&found, locale)) }
    };
    member.frame().show(Page::new(title, main).narrow())
}

fn row(profile: &Profile, member: &Member) -> Markup {
    let locale = member.locale();
    let facts = [
        (i64::from(profile.history_days), "institution-history"),
        (i64::from(profile.consent_days), "institution-consent"),
    ];
    html! {
        a.list-row href={ "/app/link/" (profile.id) } {
            (initials(&profile.name))
            div.grow {
                strong { (profile.name) }
                small { (country::name(&profile.country, locale)) " · " (profile.bic) }
                small { @for (days, key) in facts { (locale.say_with(key, &[("days", days.into())])) " · " }
                    (locale.say(if profile.pending { "institution-pending" } else { "institution-no-pending" })) }
            }
            (stage_badge(stage(member.hub().standing(profile).state), locale))
            (Icon::Next)
        }
    }
}

fn unreached(found: &Found<'_>, locale: &Locale) -> Markup {
    html! {
        section {
            h2 { (locale.say("known-bank-list")) }
            p.soft { (locale.say("known-bank-list-lead")) }
            div.card.flush { ul.list { @for bank in &found.others { li {
                a.list-row href={ "/app/banks/" (bank.bic) } {
                    (initials(bank.name))
                    div.grow { strong { (bank.name) } small { (country::name(bank.country, locale)) " · " (bank.bic) } }
                    (badge(Tone::Plain, &locale.say("known-bank-badge")))
                    (Icon::Next)
                }
            } } } }
            @if found.more > 0 { p.soft { (locale.say_with("known-bank-more", &[("count", found.more.into())])) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use connectors::Profile;

    use super::find;

    fn names(country: &str, text: &str) -> (Vec<String>, Vec<&'static str>, usize) {
        let profiles = connectors::profiles(Some("http://localhost:8600")).unwrap();
        let profiles: Vec<&Profile> = profiles.iter().collect();
        let found = find(&profiles, country, text);
        (
            found.reached.iter().map(|known| known.name.clone()).collect(),
            found.others.iter().map(|bank| bank.bic).collect(),
            found.more,
        )
    }

    #[test]
    fn a_name_a_bic_and_an_account_number_find_a_bank() {
        assert_eq!(names("BE", "meuse").0, ["Banque de la Meuse"]);
        assert_eq!(names("", "MEUSBEBBXXX").0, ["Banque de la Meuse"]);
        assert_eq!(names("BE", "kredbebb").1, ["KREDBEBB"]);
        let argenta = domain::Iban::from_national("BE", "973123456789").unwrap();
        assert_eq!(names("FR", &argenta.grouped()).1, ["ARSPBE22"], "the country of an account number is its own");
        let nobody = domain::Iban::from_national("NL", "QQQQ0417164300").unwrap();
        assert_eq!(names("", nobody.as_str()), (Vec::new(), Vec::new(), 0));
    }

    #[test]
    fn without_words_only_banks_within_reach_are_listed_and_long_lists_are_cut() {
        assert!(names("BE", "").1.is_empty());
        let (_, others, more) = names("DE", "bank");
        assert_eq!(others.len(), super::LISTED);
        assert!(more > 100, "{more}");
    }
}
