//! What a customer decides: who represents it, and which accounts that one sees.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{AccountId, Currency, MandateId, Money};
use maud::{Markup, html};
use web::{Fields, Flash, Icon, Page, Redirect, Tone, empty, heading, iban, notice};

use super::entrance::draw_stale;
use super::standing::name;
use super::stop::Stop;
use super::visit::Member;
use crate::people::{self, MandateError, Represented, Right};
use crate::store::account::Account;

const PAGE: &str = "/app/representatives";

/// `GET /app/mandate/{token}`: who asks, and the choice of accounts.
pub async fn show(member: Member, Path(token): Path<String>) -> Result<Response, Stop> {
    draw_ask(&member, &token, None).await
}

/// `POST /app/mandate/{token}`: gives the mandate.
pub async fn give(member: Member, Path(token): Path<String>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let accounts = chosen(&form);
    match people::give_mandate(member.hub(), member.id(), &member.who.user, &token, &accounts).await {
        Ok(_) => Ok(back(&member, "mandate-given")),
        Err(MandateError::NoAccount) => draw_ask(&member, &token, Some("mandate-no-account")).await,
        Err(MandateError::Oneself) => draw_ask(&member, &token, Some("mandate-oneself")).await,
        Err(MandateError::Unknown) => Ok(draw_stale(&member.visitor, PAGE)),
        Err(error) => Err(error.into()),
    }
}

/// `GET /app/representatives`.
pub async fn list(member: Member) -> Result<Response, Stop> {
    let given = people::given_mandates(member.hub(), member.id()).await?;
    let accounts = member.accounts().await?;
    let locale = member.locale();
    let main = html! {
        (heading(&locale.say("mandate-title"), &locale.say("mandate-lead"), html! {}))
        @if given.is_empty() { (empty(Icon::Plug, "", &locale.say("mandate-none"), html! {})) }
        @for one in &given { (card(one, &accounts, &member)) }
    };
    Ok(member.frame().show(Page::new(locale.say("mandate-title"), main).narrow()))
}

/// `POST /app/representatives/{mandate}`: other accounts.
pub async fn change(member: Member, Path(id): Path<MandateId>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::change_mandate(member.hub(), member.id(), &member.who.user, id, &chosen(&form)).await {
        Ok(()) => Ok(back(&member, "mandate-changed")),
        Err(MandateError::NoAccount) => {
            let flash = Flash::bad(member.locale().say("mandate-no-account"));
            Ok(Redirect::to(PAGE).flash(&member.visitor.cookies, &flash).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /app/representatives/{mandate}/end`.
pub async fn end(member: Member, Path(id): Path<MandateId>) -> Result<Response, Stop> {
    people::end_mandate(member.hub(), member.id(), &member.who.user, id).await?;
    Ok(back(&member, "mandate-ended"))
}

fn chosen(form: &Fields) -> Vec<AccountId> {
    form.all("account").filter_map(|text| AccountId::parse(text).ok()).collect()
}

fn back(member: &Member, key: &'static str) -> Response {
    let flash = Flash::good(member.locale().say(key));
    Redirect::to(PAGE).flash(&member.visitor.cookies, &flash).into_response()
}

async fn draw_ask(member: &Member, token: &str, refusal: Option<&'static str>) -> Result<Response, Stop> {
    let Some((asks, asking)) = people::mandate_link(member.hub(), token).await? else {
        return Ok(draw_stale(&member.visitor, PAGE));
    };
    let accounts = member.accounts().await?;
    let locale = member.locale();
    let refusal = refusal.or((asks == member.id()).then_some("mandate-oneself"));
    let words =
        [("representative", asking.as_str().into()), ("organization", member.organization.name.as_str().into())];
    let main = html! {
        (heading(&locale.say("mandate-ask"), &locale.say_with("mandate-ask-lead", &words), html! {}))
        @if let Some(key) = refusal { div role="alert" { (notice(Tone::Bad, html! { p { (locale.say(key)) } })) } }
        @if accounts.is_empty() {
            (super::accounts::none_yet(member))
        } @else {
            form.card method="post" action={ "/app/mandate/" (token) } {
                p { (locale.say("mandate-terms")) }
                @if let Some(price) = price(member) { p { (price) } }
                (boxes(&accounts, &[], member))
                div.form-end { button.main type="submit" { (locale.say("mandate-give")) } }
            }
        }
    };
    Ok(member.frame().show(Page::new(locale.say("mandate-ask"), main).narrow()))
}

/// What software of a representative costs the customer; nothing where nothing is charged.
fn price(member: &Member) -> Option<String> {
    let minor = member.hub().settings.price_minor;
    let price = member.locale().money(Money::new(minor, Currency::EUR));
    (minor > 0).then(|| member.locale().say_with("mandate-price", &[("price", price.into())]))
}

fn card(one: &Represented, accounts: &[Account], member: &Member) -> Markup {
    let locale = member.locale();
    let held: Vec<AccountId> = one.accounts.iter().map(|account| account.id).collect();
    let action = format!("{PAGE}/{}", one.mandate.id);
    html! {
        div.card {
            h2 { (one.mandate.representative_name) }
            p.soft { (locale.say_with("people-since", &[("date", locale.instant(one.mandate.given_at).into())])) }
            @if member.may(Right::Share) {
                form method="post" action=(action) {
                    (boxes(accounts, &held, member))
                    button type="submit" { (locale.say("save")) }
                }
                form method="post" action={ (action) "/end" } { button type="submit" { (locale.say("mandate-end")) } }
            } @else {
                ul { @for account in &one.accounts { li { (name(account)) " " (iban(&account.reference)) } } }
            }
        }
    }
}

fn boxes(accounts: &[Account], ticked: &[AccountId], member: &Member) -> Markup {
    html! {
        fieldset {
            legend { (member.locale().say("mandate-accounts")) }
            @for account in accounts {
                label.choice {
                    input type="checkbox" name="account" value=(account.id) checked[ticked.contains(&account.id)];
                    span.choice-body { strong { (name(account)) } small { (iban(&account.reference)) } }
                }
            }
        }
    }
}
