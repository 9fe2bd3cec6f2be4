//! `/organizations/{organization}/usage/{month}`: what a customer used of an application in a month, for the
//! application itself.

use axum::Json;
use axum::extract::{Path, State};
use domain::OrganizationId;
use hub_api::{Decimal, Relation, Resource, Usage, UsageDocument, UsageRelationships};

use super::caller::Partner;
use super::error::ApiError;
use super::path;
use crate::SharedHub;
use crate::billing::usage::Month;
use crate::store::integration;

/// `GET /organizations/{organization}/usage/{month}`. A month that goes on counts the days until now.
pub(super) async fn get(
    State(hub): State<SharedHub>,
    partner: Partner,
    Path((organization, month)): Path<(String, String)>,
) -> Result<Json<UsageDocument>, ApiError> {
    let organization: OrganizationId = path::id(&organization, "usage")?;
    let span = Month::parse(&month).ok_or_else(|| ApiError::not_found("usage"))?;
    let stays = integration::stays(&mut hub.db.read().await?, organization, partner.application).await?;
    let stays = stays.ok_or_else(|| ApiError::not_found("usage"))?;
    let relationships = || UsageRelationships { organization: Some(Relation::to("organization", organization)) };
    let used = span.used(&stays, hub.environment.now());
    let hundredths = span.hundredths(&used);
    let account_count = Decimal::parse(&format!("{}.{:02}", hundredths / 100, hundredths % 100));
    let account_count = account_count.expect("two numbers and a point are a decimal");
    let attributes = Usage {
        account_count,
        total_accounts: u32::try_from(used.len()).unwrap_or(u32::MAX),
        payment_count: 0,
        bulk_payment_count: 0,
        bulk_payment_bundle_count: 0,
        payment_account_count: 0,
    };
    let resource = Resource::new(month, attributes, relationships());
    // Ponto's own document has the relationship beside `data`; some clients read it there.
    Ok(Json(UsageDocument { data: resource, relationships: relationships() }))
}
