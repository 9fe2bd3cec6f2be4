//! Removing a target: what that means is said first.

use ::web::{Flash, Page, Redirect, heading_under};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::html;

use super::Shared;
use super::failure::Failure;
use super::member::Member;
use super::targets::find;
use crate::store::target::TargetRow;

/// One that the operator's settings file describes is removed there.
async fn removable(web: &Shared, member: &Member, id: &str) -> Result<TargetRow, Failure> {
    let row = find(web, member, id).await?;
    if row.from_file { Err(Failure::Stale) } else { Ok(row) }
}

pub(super) async fn ask(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let row = removable(&web, &member, &id).await?;
    let locale = member.locale();
    let title = locale.say("outgoing-remove");
    let address = format!("/targets/{}", row.id);
    let main = html! {
        (heading_under(Some((&address, &row.name)), &title, &row.name, html! {}))
        form.card method="post" action={ (address) "/remove" } {
            p { (locale.say("outgoing-remove-what")) }
            p { (locale.say("outgoing-remove-again")) }
            div.form-end {
                a.button href=(address) { (locale.say("outgoing-remove-not")) }
                button.main type="submit" { (locale.say("outgoing-remove-do")) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

pub(super) async fn remove(
    State(web): State<Shared>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let row = removable(&web, &member, &id).await?;
    web.books.remove_target(&row).await?;
    let flash = Flash::good(member.locale().say("outgoing-removed"));
    Ok(Redirect::to("/targets").flash(&web.cookies, &flash).into_response())
}
