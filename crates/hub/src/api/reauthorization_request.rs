//! `/accounts/{account}/reauthorization-requests`: an address to which software sends the account holder, who renews the
//! authorization there and comes back.

use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use hub_api::{Doc, NewReauthorization, Nothing, Reauthorization, Resource};

use super::body::Sent;
use super::caller::Caller;
use super::error::ApiError;
use super::path;
use crate::link::renewal::{self, RenewalError};
use crate::{SharedHub, sandbox};

/// `POST /accounts/{account}/reauthorization-requests`.
pub(super) async fn create(
    State(hub): State<SharedHub>,
    caller: Caller,
    Path(account): Path<String>,
    body: Sent<NewReauthorization>,
) -> Result<(StatusCode, Json<Doc<Resource<Reauthorization>>>), ApiError> {
    let account = caller.account(&mut hub.db.read().await?, path::id(&account, "account")?).await?;
    let redirect_uri = body.attributes()?.needed("redirectUri", "The address to come back to is missing.")?;
    let asked = renewal::ask(&hub, caller.organization, caller.integration, account.id, &redirect_uri).await;
    let id = asked.map_err(refused)?;
    let address = format!("{}/app/renewals/{id}", hub.settings.public_url.trim_end_matches('/'));
    let attributes =
        Reauthorization { sandbox: hub.institution(account.institution).map(|profile| sandbox::has(&hub, profile)) };
    let data = Resource::new(id.to_string(), attributes, Nothing {}).with_redirect(address);
    Ok((StatusCode::CREATED, Json(Doc { data })))
}

fn refused(error: RenewalError) -> ApiError {
    match error {
        RenewalError::Address => {
            let detail = "People cannot be sent back there. Use https (http on localhost only), on the site of a \
                          redirect address that is registered for this application.";
            ApiError::field("/data/attributes/redirectUri", detail)
        }
        RenewalError::Unknown => ApiError::not_found("account"),
        RenewalError::Database(error) => error.into(),
    }
}
