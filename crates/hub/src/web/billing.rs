//! Whom to bill.

use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use domain::{Currency, Money};
use maud::html;
use web::{Field, FieldErrors, Fields, Flash, Page, Redirect, Tone, heading, notice};

use super::stop::Stop;
use super::visit::Member;
use super::{country, problems};
use crate::audit::Action;
use crate::people::{self, Billing, BillingFields, Organization, OrganizationError, Right};

/// `GET /app/billing`.
pub async fn show(member: Member, Query(query): Query<Fields>) -> Result<Response, Stop> {
    let fields = match people::billing(member.hub(), member.id()).await? {
        Some(known) => described(&known),
        None => proposed(&member.organization, &member.who.user.email),
    };
    Ok(draw(&member, &fields, query.text("next"), &FieldErrors::new()))
}

/// `POST /app/billing`.
pub async fn update(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::set_billing(member.hub(), member.id(), &typed(&form)).await {
        Ok(()) => {
            member.note(Action::Described, form.text("name")).await?;
            let flash = Flash::good(member.locale().say("billing-saved"));
            let next = Redirect::to_local(form.text("next"), "/app");
            Ok(next.flash(&member.visitor.cookies, &flash).into_response())
        }
        Err(OrganizationError::Invalid(errors)) => Ok(draw(&member, &form, form.text("next"), &problems::of(&errors))),
        Err(OrganizationError::Unknown) => Err(Stop::Missing),
        Err(OrganizationError::Database(error)) => Err(error.into()),
    }
}

fn typed(form: &Fields) -> BillingFields {
    BillingFields {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        street: form.text("street").to_owned(),
        postal_code: form.text("postal_code").to_owned(),
        city: form.text("city").to_owned(),
        country: form.text("country").to_owned(),
    }
}

fn described(known: &Billing) -> Fields {
    Fields::from_iter([
        ("name", &known.name),
        ("email", &known.email),
        ("street", &known.street),
        ("postal_code", &known.postal_code),
        ("city", &known.city),
        ("country", &known.country),
    ])
}

/// What the organization's own description suggests.
fn proposed(organization: &Organization, email: &str) -> Fields {
    let address = &organization.address;
    let text = |optional: &Option<String>| optional.clone().unwrap_or_default();
    Fields::from_iter([
        ("name", organization.name.clone()),
        ("email", email.to_owned()),
        ("street", text(&address.street)),
        ("postal_code", text(&address.postal_code)),
        ("city", text(&address.city)),
        ("country", address.country.clone()),
    ])
}

fn draw(member: &Member, form: &Fields, next: &str, errors: &FieldErrors) -> Response {
    let locale = member.locale();
    let title = locale.say("billing-title");
    let countries = country::choices(locale);
    let price = Money::new(member.hub().settings.price_minor, Currency::EUR);
    let text = |name: &'static str, key: &str, complete: &'static str| {
        Field::text(name, locale.say(key)).value(form.text(name)).complete(complete).errors(errors)
    };
    let fields = html! {
        (text("name", "billing-name", "organization").show(locale))
        (text("email", "billing-email", "email").kind("email").hint(locale.say("billing-email-hint")).show(locale))
        (text("street", "street", "street-address").show(locale))
        div.fields {
            (text("postal_code", "postal-code", "postal-code").show(locale))
            (text("city", "city", "address-level2").show(locale))
        }
        (Field::choice("country", locale.say("country"), &countries).value(form.text("country")).complete("country").errors(errors).show(locale))
    };
    let main = html! {
        (heading(&title, &locale.say("billing-lead"), html! {
            a.button href="/app/billing/usage" { (locale.say("usage-link")) }
            a.button href="/app/billing/invoices" { (locale.say("invoice-list")) }
        }))
        @if price.minor() > 0 {
            (notice(Tone::Plain, html! { p { (locale.say_with("billing-price", &[("price", locale.money(price).into())])) } }))
        }
        (errors.notice(locale))
        @if !member.may(Right::Manage) && !next.is_empty() {
            (notice(Tone::Care, html! { p { (locale.say("payer-ask")) } }))
        }
        @if member.may(Right::Manage) {
            form.card method="post" action="/app/billing" {
                input type="hidden" name="next" value=(next);
                (fields)
                div.form-end { button.main type="submit" { (locale.say("save")) } }
            }
        } @else {
            // The same, to be read.
            div.card { fieldset disabled { (fields) } }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}
