//! The organization that owns the accounts.

use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use domain::OrganizationId;
use maud::{Markup, html};
use web::{Field, FieldErrors, Fields, Flash, Locale, Page, Redirect, heading, with_next};

use super::stop::Stop;
use super::visit::{Member, Visitor};
use super::{country, problems};
use crate::audit::Action;
use crate::people::{self, Organization, OrganizationError, OrganizationFields, OrganizationKind, Right};

/// `GET /app/organizations/new`.
pub async fn show_new(visitor: Visitor, Query(query): Query<Fields>) -> Result<Response, Stop> {
    if visitor.logged_in().await?.is_none() {
        return Ok(Redirect::to(with_next("/login", &visitor.here)).into_response());
    }
    Ok(draw_new(&visitor, &query, &FieldErrors::new()))
}

/// `POST /app/organizations/new`.
pub async fn create(visitor: Visitor, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let Some(who) = visitor.logged_in().await? else { return Ok(Redirect::to("/login").into_response()) };
    match people::create_organization(&visitor.hub, who.user.id, &typed(&form)).await {
        Ok(id) => {
            people::choose_organization(&visitor.hub, &who, id).await?;
            let next = if people::billing_is_missing(&visitor.hub, id).await? { "/app/billing" } else { "/app" };
            let somewhere = !matches!(form.text("next"), "" | "/app");
            let next = if somewhere { form.text("next") } else { next };
            Ok(Redirect::to_local(next, "/app").into_response())
        }
        Err(OrganizationError::Invalid(errors)) => Ok(draw_new(&visitor, &form, &problems::of(&errors))),
        Err(OrganizationError::Unknown) => Err(Stop::Missing),
        Err(OrganizationError::Database(error)) => Err(error.into()),
    }
}

/// `POST /app/organizations/switch`: works in another organization from now on, and goes on where the form says.
pub async fn switch(member: Member, Form(form): Form<Fields>) -> Result<Redirect, Stop> {
    let chosen = OrganizationId::parse(form.text("organization")).map_err(|_| Stop::Form)?;
    if people::choose_organization(member.hub(), &member.who, chosen).await? {
        Ok(Redirect::to_local(form.text("next"), "/app"))
    } else {
        Err(Stop::Missing)
    }
}

/// `GET /app/organization`.
pub async fn show(member: Member) -> Response {
    let fields = described(&member.organization);
    draw(&member, &fields, &FieldErrors::new())
}

/// `POST /app/organization`.
pub async fn update(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    match people::update_organization(member.hub(), member.who.user.id, member.id(), &typed(&form)).await {
        Ok(()) => {
            member.note(Action::Described, &member.organization.name).await?;
            let flash = Flash::good(member.locale().say("organization-saved"));
            Ok(Redirect::to("/app/organization").flash(&member.visitor.cookies, &flash).into_response())
        }
        Err(OrganizationError::Invalid(errors)) => Ok(draw(&member, &form, &problems::of(&errors))),
        Err(OrganizationError::Unknown) => Err(Stop::Missing),
        Err(OrganizationError::Database(error)) => Err(error.into()),
    }
}

fn typed(form: &Fields) -> OrganizationFields {
    OrganizationFields {
        name: form.text("name").to_owned(),
        kind: form.text("kind").to_owned(),
        vat_number: form.text("vat_number").to_owned(),
        street: form.text("street").to_owned(),
        postal_code: form.text("postal_code").to_owned(),
        city: form.text("city").to_owned(),
        country: form.text("country").to_owned(),
    }
}

fn described(organization: &Organization) -> Fields {
    let address = &organization.address;
    let text = |optional: &Option<String>| optional.clone().unwrap_or_default();
    Fields::from_iter([
        ("name", organization.name.clone()),
        ("kind", organization.kind.code().to_owned()),
        ("vat_number", text(&organization.vat_number)),
        ("street", text(&address.street)),
        ("postal_code", text(&address.postal_code)),
        ("city", text(&address.city)),
        ("country", address.country.clone()),
    ])
}

fn draw_new(visitor: &Visitor, form: &Fields, errors: &FieldErrors) -> Response {
    let locale = &visitor.locale;
    let title = locale.say("organization-new-title");
    let main = html! {
        (heading(&title, &locale.say("organization-new-lead"), html! {}))
        (errors.notice(locale))
        form.card method="post" action="/app/organizations/new" {
            input type="hidden" name="next" value=(form.text("next"));
            (fields(form, errors, locale))
            div.form-end { button.main type="submit" { (locale.say("organization-create")) } }
        }
        @if form.has("next") { p.soft { (locale.say("farewell-instead")) " " a href="/app/profile/erase" { (locale.say("farewell-begin")) } } }
    };
    visitor.frame().show(Page::new(title, main).narrow())
}

fn draw(member: &Member, form: &Fields, errors: &FieldErrors) -> Response {
    let locale = member.locale();
    let title = locale.say("organization-title");
    let main = html! {
        (heading(&title, &locale.say("organization-lead"), html! {}))
        (errors.notice(locale))
        @if member.may(Right::Manage) {
            form.card method="post" action="/app/organization" {
                (fields(form, errors, locale))
                div.form-end { button.main type="submit" { (locale.say("save")) } }
            }
        } @else {
            // The same, to be read.
            div.card { fieldset disabled { (fields(form, errors, locale)) } }
        }
        section.section {
            div.section-head { h2 { (locale.say("organizations-yours")) } a href="/app/organizations/new" { (locale.say("organization-another")) } }
            div.card.flush { ul.list { @for known in &member.organizations { li { (switcher(known, member)) } } } }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}

fn switcher(known: &Organization, member: &Member) -> Markup {
    let locale = member.locale();
    html! {
        div.list-row {
            div.grow { strong { (known.name) } small { (country::name(&known.address.country, locale)) } }
            @if known.id == member.id() {
                span.badge.good { (locale.say("organization-at-work")) }
            } @else {
                form method="post" action="/app/organizations/switch" {
                    input type="hidden" name="organization" value=(known.id);
                    button.small type="submit" { (locale.say("organization-switch")) }
                }
            }
        }
    }
}

fn fields(form: &Fields, errors: &FieldErrors, locale: &Locale) -> Markup {
    let countries = country::choices(locale);
    let country = if form.has("country") { form.text("country") } else { "BE" };
    let kind = if form.has("kind") { form.text("kind") } else { OrganizationKind::Business.code() };
    let text = |name: &'static str, key: &str, complete: &'static str| {
        Field::text(name, locale.say(key)).value(form.text(name)).complete(complete).errors(errors)
    };
    html! {
        (text("name", "organization-name", "organization").focus().show(locale))
        fieldset {
            legend { (locale.say("organization-kind")) }
            @for (code, key) in [("business", "organization-business"), ("personal", "organization-personal")] {
                label.choice { input type="radio" name="kind" value=(code) checked[kind == code]; span.choice-body { (locale.say(key)) } }
            }
        }
        div.fields {
            (Field::choice("country", locale.say("country"), &countries).value(country).complete("country").errors(errors).show(locale))
            (text("vat_number", "organization-vat", "off").optional().hint(locale.say("organization-vat-hint")).show(locale))
        }
        (text("street", "street", "street-address").optional().show(locale))
        div.fields {
            (text("postal_code", "postal-code", "postal-code").optional().show(locale))
            (text("city", "city", "address-level2").optional().show(locale))
        }
    }
}
