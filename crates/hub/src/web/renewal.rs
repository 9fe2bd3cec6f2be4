//! Renewing the permission at a bank, before or after it ended.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;
use web::{Icon, Page, Redirect, heading_under};

use super::account::account_of;
use super::bank::{bank_failed, named_institution};
use super::standing::{name, permission};
use super::stop::Stop;
use super::visit::Member;
use crate::link::{self, LinkError};

/// `GET /app/accounts/{id}/renew`: where letters lead; what a renewal is, and the button.
pub async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let account = account_of(&member, &id).await?;
    let locale = member.locale();
    let (_, bank) = named_institution(&member, account.institution);
    let named = [("bank", bank.as_str().into())];
    let title = locale.say_with("renew-title", &named);
    let back = format!("/app/accounts/{}", account.id);
    let main = html! {
        (heading_under(Some((&back, name(&account))), &title, &locale.say("renew-lead"), html! {}))
        form.card method="post" action={ (back) "/renew" } {
            p { (permission(&account, member.hub().environment.today(), locale)) }
            div.form-end {
                button.main type="submit" { (Icon::Key) (locale.say_with("renew-do", &named)) }
                a.button.quiet href=(back) { (locale.say("cancel")) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

/// `POST /app/accounts/{id}/renew`: asks the bank for a new permission in place of the present one.
pub async fn renew(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let account = account_of(&member, &id).await?;
    let (organization, psu_ip) = (member.id(), member.visitor.psu_ip);
    match link::start(member.hub(), organization, account.institution, account.authorization, psu_ip).await {
        Ok(started) => Ok(Redirect::to(started.bank_url).into_response()),
        Err(LinkError::Bank(error)) => Ok(bank_failed(&member, &error, &format!("/app/accounts/{}", account.id))),
        Err(error) => Err(error.into()),
    }
}
