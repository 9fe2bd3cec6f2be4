//! Reporting a problem with an institution: the person sees what is attached before it is sent.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::InstitutionId;
use maud::html;
use web::{Field, FieldErrors, Fields, Flash, Page, Redirect, heading_under};

use super::bank::unstable_badge;
use super::stop::Stop;
use super::visit::Member;
use crate::institutions::{self, REPORT_CHARACTERS};

/// `GET /app/institutions/{id}/report`.
pub async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&member, institution(&member, &id)?, "", &FieldErrors::new()).await
}

/// `POST /app/institutions/{id}/report`.
pub async fn send(member: Member, Path(id): Path<String>, Form(form): Form<Fields>) -> Result<Response, Stop> {
    let id = institution(&member, &id)?;
    let words = form.text("words").trim();
    let mut errors = FieldErrors::new();
    if words.is_empty() {
        errors.add("words", "field-missing");
    } else if words.chars().count() > REPORT_CHARACTERS {
        errors.add_with("words", "field-too-long", vec![("limit", REPORT_CHARACTERS.into())]);
    }
    if !errors.is_empty() {
        return page(&member, id, words, &errors).await;
    }
    let report = institutions::report(member.hub(), member.id(), id, &member.who.user.email, words).await?;
    let thanks = member.locale().say_with("report-sent", &[("reference", report.to_string().into())]);
    Ok(Redirect::to("/app/accounts").flash(&member.visitor.cookies, &Flash::good(thanks)).into_response())
}

fn institution(member: &Member, id: &str) -> Result<InstitutionId, Stop> {
    let id = InstitutionId::parse(id).map_err(|_| Stop::Missing)?;
    member.hub().institution(id).map(|known| known.id).ok_or(Stop::Missing)
}

async fn page(member: &Member, id: InstitutionId, words: &str, errors: &FieldErrors) -> Result<Response, Stop> {
    let locale = member.locale();
    let name = member.hub().institution(id).map_or_else(String::new, |known| known.name.clone());
    let diagnostic = institutions::diagnostic(member.hub(), member.id(), id).await?;
    let title = locale.say_with("report-title", &[("bank", name.as_str().into())]);
    let field = Field::text("words", locale.say("report-words")).value(words).hint(locale.say("report-words-hint"));
    let main = html! {
        (heading_under(Some(("/app/accounts", &locale.say("nav-accounts"))), &title, &locale.say("report-lead"), unstable_badge(member, id)))
        form.card.stack method="post" action={ "/app/institutions/" (id) "/report" } {
            (field.lines(6).errors(errors).show(locale))
            details { summary { (locale.say("report-attached")) } p.soft { (locale.say("report-attached-what")) } pre.raw { (diagnostic) } }
            div.form-end {
                button.main type="submit" { (locale.say("report-send")) }
                a.button.quiet href="/app/accounts" { (locale.say("cancel")) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}
