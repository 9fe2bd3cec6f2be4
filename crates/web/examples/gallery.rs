//! Every part of the stylesheet on a few pages, to judge it without hub or books:
//! `cargo run -p web --example gallery`, then open the address it prints.
#![expect(clippy::unwrap_used, reason = "an example stops where it cannot go on")]

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use domain::{Currency, Date, Money, Proof};
use maud::{Markup, html};
use web::{
    Cookies, Entry, Field, FieldErrors, Flash, Frame, Icon, Language, Locale, Menu, Messages, Page, Tone, Trouble,
};

#[tokio::main]
async fn main() {
    let messages = Arc::new(Messages::load(&Language::ALL.map(|language| (language, ""))).unwrap());
    let cookies = Cookies::new("gallery", false);
    let frame = {
        let (messages, cookies) = (messages.clone(), cookies.clone());
        move |headers: &HeaderMap, here: &str| frame(Locale::of(headers, &cookies, &messages), cookies.clone(), here)
    };
    let (one, two, three) = (frame.clone(), frame.clone(), frame);
    let router = Router::new()
        .route("/", get(async move |headers: HeaderMap| accounts(&one(&headers, "/"))))
        .route("/form", get(async move |headers: HeaderMap| form(&two(&headers, "/form"))))
        .route("/error", get(async move |headers: HeaderMap| error(&three(&headers, "/error"))))
        .merge(web::assets())
        .merge(web::languages(cookies.clone(), messages.clone()));
    let router = web::protect(router, web::Protection { product: "Passerelle", messages, cookies });
    let port = std::env::args().nth(1).unwrap_or_else(|| "8700".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
    println!("http://{}/  /form  /error", listener.local_addr().unwrap());
    axum::serve(listener, router).await.unwrap();
}

fn frame(locale: Locale, cookies: Cookies, here: &str) -> Frame {
    let entry = |href: &str, icon, label: &str| Entry { href: href.to_owned(), icon, label: label.to_owned() };
    Frame {
        navigation: vec![
            entry("/overview", Icon::Home, "Overview"),
            entry("/", Icon::Bank, "Accounts"),
            entry("/transactions", Icon::Arrows, "Transactions"),
            entry("/form", Icon::Plug, "Integrations"),
        ],
        menu: Some(Menu {
            organization: "Atelier Dubois SRL".to_owned(),
            person: "claire@atelier-dubois.example".to_owned(),
            entries: vec![("/form".to_owned(), "Organization".to_owned()), ("/error".to_owned(), "Billing".to_owned())],
            log_out: "/".to_owned(),
        }),
        flash: Some(Flash::good("The account is connected and 1,204 transactions were fetched.")),
        ..Frame::stranger("Passerelle", "/", here, locale, cookies)
    }
}

fn accounts(frame: &Frame) -> Response {
    let locale = &frame.locale;
    let eur = |minor| Money::new(minor, Currency::EUR);
    let main = html! {
        (web::heading("Accounts", "Three accounts at two banks, all up to date.", html! {
            button type="button" { (Icon::Refresh) "Synchronize now" }
            a.button.main href="/form" { (Icon::Plus) "Add account" }
        }))
        div.grid {
            (web::card_figure("Total in euro", &locale.money(eur(124_530_955)), html! { "3 accounts" }))
            (web::card_figure("Last synchronization", "4 min ago", html! { "next at 14:00" }))
            (web::card_figure("Consent ends", &locale.date(Date::constant(2027, 3, 1)), html! { "in 99 days" }))
        }
        section.section {
            div.section-head { h2 { "Balance" } small { "last 90 days" } }
            div.card { (web::line_chart(&balances(), "Balance", locale)) }
        }
        section.section { h2 { "Transactions" } (transactions(locale)) }
        section.section { h2 { "States" } div.card.stack { (states(locale)) } }
        section.section { h2 { "Nothing yet" }
            (web::empty(Icon::Plug, "No integration yet", "An integration lets your accounting software read the accounts that you choose, and no other.",
                html! { a.button.main href="/form" { "Create an integration" } })) }
    };
    frame.show(Page::new("Accounts", main))
}

fn balances() -> Vec<(Date, Money)> {
    let steps = [812, 790, 1204, 1180, 940, 960, 720, 705, 1490, 1430, 1200, 1180, 1020, 1310, 1245];
    let day = |at: usize| {
        Date::constant(2026, 8, 24).saturating_add(domain::Span::new().days(i64::try_from(at * 6).unwrap()))
    };
    steps.iter().enumerate().map(|(at, step)| (day(at), Money::new(step * 100_000 + 4_217, Currency::EUR))).collect()
}

fn transactions(locale: &Locale) -> Markup {
    let rows = [
        (18, "Brasserie de l’Ourthe SA", "+++090/9337/55493+++", "BE68539007547034", 1_250_000),
        (18, "Proximus", "Invoice 2026-11 telephone and internet", "BE71096123456769", -8_412),
        (
            17,
            "ONSS — Office national de sécurité sociale",
            "Cotisations 3e trimestre 2026, numéro d’identification 0123-4567-89",
            "BE98000300000093",
            -742_390,
        ),
        (16, "", "Frais de tenue de compte", "", -350),
    ];
    html! {
        div.card.flush {
            table.cards {
                thead { tr { th { "Date" } th { "Counterparty" } th { "Reference" } th.number { "Amount" } } }
                tbody {
                    @for (day, name, text, account, minor) in rows {
                        tr {
                            td.tight { (locale.date(Date::constant(2026, 11, day))) }
                            td.lead { a.row-link href="/" { @if name.is_empty() { (text) } @else { (name) } }
                                @if !account.is_empty() { span.second { (web::iban(account)) } } }
                            td { @if !name.is_empty() { (text) } }
                            td.number.figure-cell { (web::amount(Money::new(minor, Currency::EUR), locale)) }
                        }
                    }
                }
            }
            (web::pages_below(Some("/"), Some("/"), locale))
        }
    }
}

fn states(locale: &Locale) -> Markup {
    let gap = Money::new(-1_230, Currency::EUR);
    html! {
        p { @for proof in [Proof::Proven, Proof::Unproven, Proof::Broken(gap)] { (web::proof_badge(&proof, locale)) " " } }
        p { @for stage in ["experimental", "beta", "stable", "maintenance", "deprecated"] {
            (web::stage_badge(web::Stage::parse(stage).unwrap(), locale)) " " } }
        (web::progress("Fetching transactions", 1204, Some(3100), locale))
        (web::progress("Waiting for the bank", 0, None, locale))
        (web::notice(Tone::Care, html! { p { strong { "Lys Bank is in beta." } } p { "It works, but we still watch it closely." } }))
        (web::notice(Tone::Bad, html! { p { "The bank refused the last synchronization. Renew the consent to go on." } }))
        (web::notice(Tone::Plain, html! { p { "Pending transactions are for information only." } }))
        dl.facts { dt { "Bank" } dd { "Banque de la Meuse" } dt { "Account" } dd { (web::iban("BE68539007547034")) } }
    }
}

fn form(frame: &Frame) -> Response {
    let locale = &frame.locale;
    let mut errors = FieldErrors::new();
    errors.add("vat", "web-error-400");
    let countries = [("BE".to_owned(), "Belgium".to_owned()), ("FR".to_owned(), "France".to_owned())];
    let names = ["Country and bank".to_owned(), "Consent".to_owned(), "At the bank".to_owned(), "Accounts".to_owned()];
    let main = html! {
        (web::heading_under(Some(("/", "Accounts")), "Organization", "Who owns the accounts. This stands on invoices.", html! {}))
        (web::steps(&names, 1, locale))
        form.card method="post" action="/form" {
            (Field::text("name", "Name").value("Atelier Dubois SRL").complete("organization").show(locale))
            div.fields {
                (Field::text("vat", "VAT number").value("BE 0123").hint("With the country in front.").errors(&errors).show(locale))
                (Field::choice("country", "Country", &countries).value("FR").show(locale))
            }
            fieldset {
                legend { "Accounts" }
                @for (name, iban) in [("Main account", "BE68539007547034"), ("Savings", "BE71096123456769")] {
                    label.choice { input type="checkbox" name="account" value=(iban) checked; span.choice-body { strong { (name) } small { (web::iban(iban)) } } }
                }
            }
            (Field::text("phone", "Telephone").optional().complete("tel").show(locale))
            (web::show_once("pcs_3q1uC9v1o0u7d1bVb3Jt4y4G6bZ9", locale))
            div.form-end { button.main type="submit" { "Save" } a.button.quiet href="/" { "Cancel" } button.danger type="button" { "Unlink" } }
        }
    };
    frame.show(Page::new("Organization", main).narrow())
}

fn error(frame: &Frame) -> Response {
    web::error_page(frame, &Trouble::of(StatusCode::INTERNAL_SERVER_ERROR).reference("7F3K-29QD"))
}
