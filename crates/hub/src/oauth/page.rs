//! The page on which a person lets an application read accounts. Rendering only: what it means stands in `consent`.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::{Currency, Money};
use maud::{Markup, html};
use web::{Frame, Icon, Locale, Page, Tone, Trouble, error_page, iban, instant, notice, with_next};

use super::consent::{ConsentAccount, ConsentPage};
use crate::words::{MESSAGES, PRODUCT};
use crate::{Hub, people};

/// The page that asks.
pub fn consent_page(hub: &Hub, headers: &HeaderMap, page: &ConsentPage) -> Response {
    let frame = frame(hub, headers, &page.here);
    let locale = &frame.locale;
    let title = locale.say_with("oauth-title", &[("application", page.application.as_str().into())]);
    let values = [("email", page.email.as_str().into()), ("host", page.returns_to.as_str().into())];
    let main = html! {
        div.heading { div { h1 { (title) } p { (locale.say_with("oauth-lead", &values)) } } }
        @if let Some(at) = page.connected_since { p.soft { (locale.say("oauth-since")) " " (instant(at, locale)) } }
        (organizations(page, locale))
        @if page.nothing_ticked { div role="alert" { (notice(Tone::Bad, html! { p { (locale.say("oauth-nothing-ticked")) } })) } }
        form.card method="post" action="/oauth2/auth" {
            input type="hidden" name="request" value=(page.request);
            input type="hidden" name="organization" value=(page.organization);
            (lost(page, locale))
            (billing(page, locale))
            (permissions(page, locale))
            fieldset {
                legend { (locale.say("oauth-accounts")) }
                @for account in &page.accounts { (choice(account, locale)) }
                @if page.accounts.is_empty() { p.soft { (locale.say("oauth-no-accounts")) } }
                (add_account(page, locale))
            }
            (price(page, locale))
            div.form-end {
                button.main name="decision" value="allow" type="submit" disabled[page.accounts.is_empty() || only_after_billing(page)] { (locale.say("oauth-allow")) }
                button name="decision" value="deny" type="submit" { (locale.say("oauth-refuse")) }
            }
        }
    };
    frame.show(Page::new(title, main).narrow())
}

/// The page that says why nobody is asked; the sentence tells what happened and what to do.
pub fn consent_trouble(hub: &Hub, headers: &HeaderMap, status: StatusCode, key: &'static str) -> Response {
    let frame = frame(hub, headers, "/app");
    let trouble = Trouble::of(status).because(frame.locale.say(key), frame.locale.say("oauth-trouble-do"));
    error_page(&frame, &trouble)
}

fn frame(hub: &Hub, headers: &HeaderMap, here: &str) -> Frame {
    let cookies = people::cookies(hub);
    let locale = Locale::of(headers, &cookies, &MESSAGES);
    Frame::stranger(PRODUCT, "/app", here, locale, cookies).with_flash(headers)
}

/// The way to another account: through the bank that the application named, else through the list of banks.
fn add_account(page: &ConsentPage, locale: &Locale) -> Markup {
    let list = with_next("/app/link", &page.here);
    let way = page.first_bank.map_or(list.clone(), |bank| format!("{list}&institution={bank}"));
    let words = html! { (Icon::Plus) (locale.say("account-add")) };
    if page.elsewhere {
        work_there(&way, "small", &words)
    } else {
        html! { a.button.small href=(way) { (words) } }
    }
}

/// A button of the form that makes the chosen organization the one that the person works in, and leads on from there.
fn work_there(next: &str, class: &str, words: &Markup) -> Markup {
    html! {
        button class=(class) type="submit" name="next" value=(next) formaction="/app/organizations/switch" formnovalidate { (words) }
    }
}

/// Whether nothing can be allowed before the organization has said whom to bill.
fn only_after_billing(page: &ConsentPage) -> bool {
    page.billing_missing && page.accounts.iter().all(|account| !account.authorised)
}

/// What is missing before the application may read an account, and the way on, which comes back here.
fn billing(page: &ConsentPage, locale: &Locale) -> Markup {
    html! {
        @if page.billing_missing {
            (notice(Tone::Care, html! {
                p { (locale.say("payer-before-reading")) }
                (work_there(&with_next("/app/billing", &page.here), "small", &html! { (locale.say("payer-give")) }))
            }))
        }
    }
}

fn organizations(page: &ConsentPage, locale: &Locale) -> Markup {
    html! {
        @if page.organizations.len() > 1 {
            div.card {
                p.figure-label { (locale.say("oauth-organization")) }
                div.actions {
                    @for known in &page.organizations {
                        a.button.small href=(known.address) aria-current=[(known.id == page.organization).then_some("true")] { (known.name) }
                    }
                }
            }
        }
    }
}

fn lost(page: &ConsentPage, locale: &Locale) -> Markup {
    let application = [("application", page.application.as_str().into())];
    html! {
        @if !page.lost.is_empty() {
            div role="alert" {
                (notice(Tone::Care, html! {
                    p { strong { (locale.say_with("oauth-lost", &application)) } }
                    ul { @for lost in &page.lost { li { (iban(&lost.reference)) " · " (lost.institution) } } }
                }))
                @for lost in &page.lost { input type="hidden" name="lost" value=(lost.id); }
                label.choice {
                    input type="checkbox" name="confirm_removal" value="yes";
                    span.choice-body { (locale.say("oauth-lost-sure")) }
                }
            }
        }
    }
}

fn permissions(page: &ConsentPage, locale: &Locale) -> Markup {
    let known =
        [("ai", "oauth-scope-accounts"), ("name", "oauth-scope-name"), ("offline_access", "oauth-scope-offline")];
    let asked = known.into_iter().filter(|(scope, _)| page.scopes.iter().any(|asked| asked == scope));
    html! {
        h2 { (locale.say("oauth-may")) }
        ul { @for (_, key) in asked { li { (locale.say(key)) } } }
        p.soft { (locale.say("oauth-may-not")) }
    }
}

fn choice(account: &ConsentAccount, locale: &Locale) -> Markup {
    html! {
        input type="hidden" name="shown" value=(account.id);
        label.choice {
            input type="checkbox" name="accounts" value=(account.id) checked[account.ticked];
            span.choice-body {
                strong { (account.name.as_deref().unwrap_or(&account.institution)) }
                small { (account.institution) " · " (iban(&account.reference)) " · " (account.currency) }
            }
            @if account.authorised { span.badge.good { (locale.say("oauth-already")) } }
        }
    }
}

fn price(page: &ConsentPage, locale: &Locale) -> Markup {
    let price = Money::new(page.price_minor, Currency::EUR);
    html! {
        @if price.minor() > 0 { p.soft { (locale.say_with("oauth-price", &[("price", locale.money(price).into())])) } }
    }
}
