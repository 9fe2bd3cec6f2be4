//! The page to which software sends a person who is to renew an authorization, and the way back.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{AuthorizationId, ReauthorizationRequestId};
use maud::html;
use url::Url;
use web::{Page, Redirect, heading, iban};

use super::bank::{bank_failed, named_institution};
use super::standing::{name, remaining};
use super::stop::Stop;
use super::visit::Member;
use crate::link::renewal::{self, Renewal};
use crate::link::{LinkError, Progress};
use crate::oauth::with_params;
use crate::people;

/// `GET /app/renewals/{id}`: who asks, for which account, and the button that leads to the bank.
pub async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let Some(known) = find(&member, &id).await? else { return elsewhere(&member, &id).await };
    let locale = member.locale();
    let (mark, bank) = named_institution(&member, known.account.institution);
    let application = [("application", known.application.as_str().into())];
    let host = Url::parse(&known.request.redirect_uri).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = [("host", host.unwrap_or_default().into())];
    let title = locale.say_with("renewal-title", &application);
    let main = html! {
        (heading(&title, &locale.say_with("renewal-lead", &[("bank", bank.as_str().into())]), html! {}))
        form.card method="post" action={ "/app/renewals/" (known.request.id) } {
            div.list-row {
                (mark)
                div.grow { strong { (name(&known.account)) } small { (iban(&known.account.reference)) " · " (bank) } }
                (remaining(&known.account, member.hub().environment.today(), locale))
            }
            p.soft { (locale.say_with("renewal-after", &host)) }
            div.form-end {
                button.main type="submit" { (locale.say_with("renewal-do", &[("bank", bank.as_str().into())])) }
                a.button.quiet href=(refused(&known.request.redirect_uri)) { (locale.say_with("renewal-not-now", &host)) }
            }
        }
    };
    Ok(member.frame().show(Page::new(title, main).narrow()))
}

/// `POST /app/renewals/{id}`: asks the bank for a new permission and leads to its page.
pub async fn begin(member: Member, Path(id): Path<String>) -> Result<Response, Stop> {
    let known = find(&member, &id).await?.ok_or(Stop::Missing)?;
    match renewal::begin(member.hub(), &known, member.visitor.psu_ip).await {
        Ok(started) => Ok(Redirect::to(started.bank_url).into_response()),
        Err(LinkError::Bank(error)) => Ok(bank_failed(&member, &error, &format!("/app/renewals/{}", known.request.id))),
        Err(error) => Err(error.into()),
    }
}

/// The request, when it belongs to the organization at work.
async fn find(member: &Member, id: &str) -> Result<Option<Renewal>, Stop> {
    let id = ReauthorizationRequestId::parse(id).map_err(|_| Stop::Missing)?;
    Ok(renewal::find(member.hub(), member.id(), id).await?)
}

/// A request that belongs to another organization of the person: that one is at work from now on, so that what the
/// person may do is judged there.
async fn elsewhere(member: &Member, id: &str) -> Result<Response, Stop> {
    let request = ReauthorizationRequestId::parse(id).map_err(|_| Stop::Missing)?;
    for organization in &member.organizations {
        if renewal::find(member.hub(), organization.id, request).await?.is_some() {
            people::choose_organization(member.hub(), &member.who, organization.id).await?;
            return Ok(Redirect::to(format!("/app/renewals/{request}")).into_response());
        }
    }
    Err(Stop::Missing)
}

/// Back to the software that asked for an attempt at a bank, once it is known how the attempt ended.
pub async fn way_back(
    member: &Member,
    attempt: AuthorizationId,
    outcome: &Result<Progress, LinkError>,
) -> Result<Option<Redirect>, Stop> {
    let given = match outcome {
        Ok(Progress::Given { .. }) => true,
        Err(LinkError::NotGiven(_)) => false,
        Ok(Progress::Waiting { .. })
        | Err(
            LinkError::Unknown | LinkError::Closed | LinkError::Bank(_) | LinkError::Sealed(_) | LinkError::Database(_),
        ) => {
            return Ok(None);
        }
    };
    let address = renewal::way_back(member.hub(), member.id(), attempt).await?;
    Ok(address.map(|address| Redirect::to(if given { address } else { refused(&address) })))
}

/// The address with the word of OAuth for a person who did not want to.
fn refused(address: &str) -> String {
    with_params(address, &[("error", Some("access_denied"))])
}
