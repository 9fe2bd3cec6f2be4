//! Everything of the organization: taking it along, and making an end. Both are for owners, with their password.

use axum::Form;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use web::{Field, FieldErrors, Fields, Flash, Page, Redirect, Tone, heading, heading_under, notice};

use super::security::{present, wrong};
use super::stop::Stop;
use super::visit::Member;
use crate::audit::Action;
use crate::people;
use crate::privacy::{self, EraseRefused};

const PAGE: &str = "/app/privacy";

/// `GET /app/privacy`.
pub async fn show(member: Member) -> Response {
    draw(&member, &FieldErrors::new())
}

/// Whether the password is right; else what to say beside its field.
async fn confirmed(member: &Member, form: &Fields) -> Result<FieldErrors, Stop> {
    match people::check_present(member.hub(), member.who.user.id, present(form)).await {
        Ok(()) => Ok(FieldErrors::new()),
        Err(error) => wrong(error, "present"),
    }
}

/// `POST /app/privacy/export`: the archive, written while it is sent.
pub async fn export(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let errors = confirmed(&member, &form).await?;
    if !errors.is_empty() {
        return Ok(draw(&member, &errors));
    }
    let Some(turn) = privacy::turn(member.hub()) else {
        let flash = Flash::bad(member.locale().say("privacy-export-wait"));
        return Ok(Redirect::to(PAGE).flash(&member.visitor.cookies, &flash).into_response());
    };
    // First the entry, so that the archive holds it, too.
    member.note(Action::Exported, &member.organization.name).await?;
    let body = privacy::stream(member.hub().clone(), member.id(), turn);
    let name = format!("attachment; filename=\"passerelle-{}.zip\"", member.hub().environment.today());
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, Body::new(body)).into_response())
}

fn password(member: &Member, errors: &FieldErrors) -> Markup {
    let locale = member.locale();
    Field::text("present", locale.say("profile-present"))
        .kind("password")
        .complete("current-password")
        .errors(errors)
        .show(locale)
}

fn draw(member: &Member, errors: &FieldErrors) -> Response {
    let locale = member.locale();
    let title = locale.say("privacy-title");
    let main = html! {
        (heading(&title, &locale.say("privacy-lead"), html! {}))
        (errors.notice(locale))
        form.card method="post" action="/app/privacy/export" {
            h2 { (locale.say("privacy-export-title")) }
            p { (locale.say("privacy-export-lead")) }
            (password(member, errors))
            div.form-end { button.main type="submit" { (locale.say("privacy-export-do")) } }
        }
        section.section {
            div.section-head { h2 { (locale.say("privacy-erase-title")) } }
            div.card {
                p { (locale.say("privacy-erase-short")) }
                p { a.button href="/app/privacy/erase" { (locale.say("privacy-erase-begin")) } }
            }
        }
    };
    member.frame().show(Page::new(title, main).narrow())
}

/// `GET /app/privacy/erase`: what would go, what stays, and the question.
pub async fn confirm_erase(member: Member) -> Result<Response, Stop> {
    draw_erase(&member, &Fields::default(), &FieldErrors::new()).await
}

/// `POST /app/privacy/erase`: erases the organization when its name and the password were typed.
pub async fn erase(member: Member, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let mut errors = FieldErrors::new();
    if form.text("name") != member.organization.name.trim() {
        errors.add("name", "privacy-name-wrong");
        return draw_erase(&member, &form, &errors).await;
    }
    let errors = confirmed(&member, &form).await?;
    if !errors.is_empty() {
        return draw_erase(&member, &form, &errors).await;
    }
    match privacy::erase(member.hub().clone(), member.id()).await {
        Ok(_) => {
            let flash = Flash::good(member.locale().say("privacy-erased"));
            Ok(Redirect::to("/app").flash(&member.visitor.cookies, &flash).into_response())
        }
        Err(EraseRefused::PaysForOthers) => {
            let mut errors = FieldErrors::new();
            errors.add("name", "privacy-pays");
            draw_erase(&member, &form, &errors).await
        }
        Err(EraseRefused::Unknown) => Err(Stop::Missing),
        Err(EraseRefused::Database(error)) => Err(error.into()),
    }
}

async fn draw_erase(member: &Member, form: &Fields, errors: &FieldErrors) -> Result<Response, Stop> {
    let locale = member.locale();
    let owned = privacy::belongings(member.hub(), member.id()).await?;
    let name = member.organization.name.as_str();
    let title = locale.say_with("privacy-erase-name", &[("organization", name.into())]);
    let goes = [("accounts", owned.accounts.into()), ("integrations", owned.integrations.into())];
    let above = locale.say("privacy-title");
    let main = html! {
        (heading_under(Some((PAGE, &above)), &title, "", html! {}))
        (errors.notice(locale))
        (notice(Tone::Bad, html! {
            p { strong { (locale.say_with("privacy-erase-goes", &goes)) } }
            p { (locale.say("privacy-erase-lead")) }
        }))
        div.card {
            p { (locale.say("privacy-first")) " " a href=(PAGE) { (locale.say("privacy-export-do")) } }
            @if owned.invoices == 0 { p { (locale.say("privacy-kept-none")) } } @else {
                p { (locale.say_with("privacy-kept", &[("count", owned.invoices.into())])) }
            }
        }
        form.card method="post" action="/app/privacy/erase" {
            (Field::text("name", locale.say_with("privacy-name", &[("name", name.into())])).value(form.text("name")).errors(errors).complete("off").show(locale))
            (password(member, errors))
            div.form-end {
                button.danger type="submit" { (locale.say("privacy-erase-do")) }
                a.button.quiet href=(PAGE) { (locale.say("cancel")) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}
