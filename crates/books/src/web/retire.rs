//! Taking a target out of use and into use again. Its delivery ledger stays, so nothing is ever sent twice.

use ::web::{Flash, Page, Redirect, Tone, heading_under, notice};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use maud::html;

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use super::targets::find;
use crate::store::target::{self, TargetRow};

/// Asks before a target is taken out of use.
pub(super) async fn ask(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let row = find(&web, &member, &id).await?;
    let locale = member.locale();
    let title = locale.say_with("retire-title", &[("name", row.name.as_str().into())]);
    let above = format!("/targets/{}", row.id);
    let main = html! {
        (heading_under(Some((&above, &row.name)), &title, "", html! {}))
        (notice(Tone::Care, html! { p { (locale.say("retire-what")) } }))
        form.form-end method="post" action={ "/targets/" (row.id) "/retire" } {
            button.main type="submit" { (locale.say("retire-do")) }
            a.button.quiet href=(above) { (locale.say("books-cancel")) }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

pub(super) async fn retire(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let row = find(&web, &member, &id).await?;
    // The settings file would bring it back.
    if row.from_file {
        return Err(Failure::Stale);
    }
    let at = row.removed_at.unwrap_or(web.books.environment.now());
    turn(&web, &row, Some(at)).await?;
    let flash = Flash::good(member.locale().say_with("retire-done", &[("name", row.name.as_str().into())]));
    Ok(Redirect::to("/targets").flash(&web.cookies, &flash).into_response())
}

pub(super) async fn restore(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let row = find(&web, &member, &id).await?;
    turn(&web, &row, None).await?;
    Ok(Redirect::to(format!("/targets/{}", row.id)).into_response())
}

async fn turn(web: &Shared, row: &TargetRow, at: Option<Timestamp>) -> Result<(), Failure> {
    let done: Result<(), db::DbError> = db::write!(web.books.db, tx => { target::retire(&mut tx, row, at).await });
    Ok(done?)
}
