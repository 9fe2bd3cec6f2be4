//! The parts that pages are made of. Each is one function from plain values to markup.

use domain::{Iban, Money, Proof, Timestamp};
use maud::{Markup, html};

use crate::{Icon, Locale, Tone};

/// The heading of a page: its title, a sentence, and what can be done here.
pub fn heading(title: &str, lead: &str, actions: Markup) -> Markup {
    heading_under(None, title, lead, actions)
}

/// A heading with the way back to the page above it: (address, words).
pub fn heading_under(above: Option<(&str, &str)>, title: &str, lead: &str, actions: Markup) -> Markup {
    let actions = actions.into_string();
    html! {
        div.heading {
            div {
                @if let Some((href, words)) = above { p.over { a href=(href) { "← " (words) } } }
                h1 { (title) }
                @if !lead.is_empty() { p { (lead) } }
            }
            @if !actions.is_empty() { div.actions { (maud::PreEscaped(actions)) } }
        }
    }
}

/// A coloured sentence or more.
pub fn notice(tone: Tone, body: Markup) -> Markup {
    let icon = match tone {
        Tone::Good => Icon::Check,
        Tone::Bad => Icon::Cross,
        Tone::Care => Icon::Warning,
        Tone::Plain => Icon::Info,
    };
    html! { div class={ "notice " (tone.class()) } { (icon) div { (body) } } }
}

/// Where nothing is yet: what would be here, and the way to get it. The title may be empty where the page's heading
/// says it already.
pub fn empty(icon: Icon, title: &str, sentence: &str, actions: Markup) -> Markup {
    html! { div.empty { (icon) @if !title.is_empty() { h2 { (title) } } p { (sentence) } div.actions { (actions) } } }
}

/// A small word with a colour.
pub fn badge(tone: Tone, words: &str) -> Markup {
    html! { span class={ "badge " (tone.class()) } { (words) } }
}

/// Proven, unproven or broken, with the reason on hover and for screen readers' users in the title.
pub fn proof_badge(proof: &Proof, locale: &Locale) -> Markup {
    let (tone, words, why) = match proof {
        Proof::Proven => (Tone::Good, locale.say("web-proof-proven"), locale.say("web-proof-proven-why")),
        Proof::Unproven => (Tone::Plain, locale.say("web-proof-unproven"), locale.say("web-proof-unproven-why")),
        Proof::Broken(gap) => {
            let why = locale.say_with("web-proof-broken-why", &[("gap", locale.money(*gap).into())]);
            (Tone::Bad, locale.say("web-proof-broken"), why)
        }
    };
    html! { span class={ "badge " (tone.class()) } title=(why) { (words) } }
}

/// How far an institution's connection has come, as screens show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// First tries.
    Experimental,
    /// Works, being watched.
    Beta,
    /// Proven in use.
    Stable,
    /// Not reachable for a time.
    Maintenance,
    /// Replaced by another.
    Deprecated,
}

impl Stage {
    /// The state of that name, as wires and files spell it.
    pub fn parse(text: &str) -> Option<Stage> {
        match text.to_ascii_lowercase().as_str() {
            "experimental" => Some(Stage::Experimental),
            "beta" => Some(Stage::Beta),
            "stable" => Some(Stage::Stable),
            "maintenance" => Some(Stage::Maintenance),
            "deprecated" => Some(Stage::Deprecated),
            _ => None,
        }
    }
}

/// The badge of an institution's state.
pub fn stage_badge(stage: Stage, locale: &Locale) -> Markup {
    match stage {
        Stage::Experimental => badge(Tone::Care, &locale.say("web-state-experimental")),
        Stage::Beta => badge(Tone::Care, &locale.say("web-state-beta")),
        Stage::Stable => badge(Tone::Good, &locale.say("web-state-stable")),
        Stage::Maintenance => badge(Tone::Bad, &locale.say("web-state-maintenance")),
        Stage::Deprecated => badge(Tone::Plain, &locale.say("web-state-deprecated")),
    }
}

/// An amount of a movement, with its exact decimal for machines; what comes in has a plus and another colour.
pub fn amount(money: Money, locale: &Locale) -> Markup {
    let class = if money.minor() > 0 { "amount in" } else { "amount out" };
    html! { data class=(class) value=(money.decimal()) { (locale.movement(money)) } }
}

/// An account's reference, in groups of four where it is an IBAN.
pub fn iban(reference: &str) -> Markup {
    let shown = Iban::parse(reference).map_or_else(|_| reference.to_owned(), |iban| iban.grouped());
    html! { span.iban { (shown) } }
}

/// An instant that the browser shows in the reader's own time; UTC without JavaScript.
pub fn instant(at: Timestamp, locale: &Locale) -> Markup {
    html! { time datetime=(at.to_string()) data-instant { (locale.instant(at)) } }
}

/// Two letters that stand for a name where a logo would be.
pub fn initials(name: &str) -> Markup {
    let words = name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_uppercase));
    let letters: String = words.filter_map(|word| word.chars().next()).take(2).collect();
    html! { span.mark aria-hidden="true" { (letters) } }
}

/// A card with one figure: what it is, how much, and a note.
pub fn card_figure(label: &str, figure: &str, note: Markup) -> Markup {
    html! { div.card.figure-card { p.figure-label { (label) } p.figure { (figure) } p.figure-note { (note) } } }
}

/// A progress bar with its words. Without a total it says that something goes on, not how far it is.
pub fn progress(words: &str, done: i64, total: Option<i64>, locale: &Locale) -> Markup {
    let share = total.filter(|total| *total > 0).map(|total| (done.clamp(0, total), total));
    html! {
        div.progress role="status" {
            div.progress-head {
                span { (words) }
                @if let Some((done, total)) = share { span.soft { (locale.number(done)) " / " (locale.number(total)) } }
            }
            @match share {
                Some((done, total)) => progress max=(total) value=(done) aria-label=(words) {},
                None => progress aria-label=(words) {},
            }
        }
    }
}

/// The steps of a way of several pages; `current` counts from 0, those before it are done.
pub fn steps(names: &[String], current: usize, locale: &Locale) -> Markup {
    html! {
        ol.steps aria-label=(locale.say("web-steps")) {
            @for (at, name) in names.iter().enumerate() {
                li data-done[at < current] aria-current=[(at == current).then_some("step")] { (name) }
            }
        }
    }
}

/// A text that is shown this once, with a button that copies it.
pub fn show_once(text: &str, locale: &Locale) -> Markup {
    html! {
        div.once {
            code { (text) }
            button.small type="button" data-copy=(text) data-copied=(locale.say("web-copied")) hidden { (locale.say("web-copy")) }
        }
    }
}

/// What stands below a list that goes on: back to its beginning, and older rows.
pub fn pages_below(newest: Option<&str>, older: Option<&str>, locale: &Locale) -> Markup {
    if newest.is_none() && older.is_none() {
        return html! {};
    }
    html! {
        nav.pages {
            span { @if let Some(href) = newest { a.button.small href=(href) { (locale.say("web-newest")) } } }
            span { @if let Some(href) = older { a.button.small href=(href) rel="next" { (locale.say("web-older")) (Icon::Next) } } }
        }
    }
}
