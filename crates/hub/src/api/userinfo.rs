//! `/userinfo`: the organization behind a token, flat.

use axum::Json;
use axum::extract::State;
use hub_api::Userinfo;

use super::caller::Caller;
use super::error::ApiError;
use crate::SharedHub;
use crate::store::{account, organization, representation};

/// `GET /userinfo`. Payments are not offered, and the answer says so.
pub(super) async fn get(State(hub): State<SharedHub>, caller: Caller) -> Result<Json<Userinfo>, ApiError> {
    let mut tx = hub.db.read().await?;
    let known = organization::get(&mut tx, caller.organization).await?.ok_or_else(ApiError::token)?;
    let accounts = account::list(&mut tx, caller.organization).await?;
    let represented = representation::representative_of(&mut tx, caller.organization, caller.integration).await?;
    let (representative_id, representative_name) = represented.unzip();
    Ok(Json(Userinfo {
        sub: known.id,
        name: caller.may("name").then_some(known.name),
        payments_activated: false,
        payments_activation_requested: false,
        payment_requests_activated: false,
        payment_requests_activation_requested: false,
        onboarding_complete: !accounts.is_empty(),
        representative_organization_name: representative_name,
        representative_organization_id: representative_id,
    }))
}
