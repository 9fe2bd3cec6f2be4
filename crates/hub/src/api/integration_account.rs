//! `/integration-accounts`: every account of every customer, for the application itself; and ending a customer's
//! integration, which works even when its refresh token is lost.

use axum::Json;
use axum::extract::{Path, State};
use domain::OrganizationId;
use hub_api::{
    Account, Doc, EndedIntegration, Institution, IntegrationAccount, IntegrationAccountRelationships, Kind, List,
    Moment, Relation, Resource, UsageRelationships,
};

use super::base::Base;
use super::caller::Partner;
use super::error::ApiError;
use super::paging::ListPage;
use super::{paging, path};
use crate::store::integration;
use crate::{SharedHub, integrations};

/// `GET /integration-accounts`.
pub(super) async fn list(
    State(hub): State<SharedHub>,
    partner: Partner,
    base: Base,
    ListPage(page): ListPage,
) -> Result<Json<List<Resource<IntegrationAccount>>>, ApiError> {
    let all = integration::accounts_of_application(&mut hub.db.read().await?, partner.application).await?;
    let found = paging::of_whole(all, &page, |row| row.account_id.to_string());
    let data = found.rows.iter().map(|row| resource(&base, row)).collect();
    Ok(Json(page.document(&base.at("/integration-accounts"), data, found.has_newer, found.has_older)))
}

/// `DELETE /organizations/{organization}/integration`.
pub(super) async fn end(
    State(hub): State<SharedHub>,
    partner: Partner,
    Path(id): Path<String>,
) -> Result<Json<Doc<EndedIntegration>>, ApiError> {
    let organization: OrganizationId = path::id(&id, "integration")?;
    let mut tx = hub.db.read().await?;
    let live = integration::of_application(&mut tx, organization, partner.application).await?;
    drop(tx);
    let live = live.ok_or_else(|| ApiError::not_found("integration"))?;
    integrations::revoke(&hub, organization, live.id).await?;
    let owner = UsageRelationships { organization: Some(Relation::to("organization", organization)) };
    Ok(Json(Doc { data: EndedIntegration { kind: "integration".to_owned(), id: live.id, relationships: owner } }))
}

fn resource(base: &Base, row: &integration::IntegrationAccount) -> Resource<IntegrationAccount> {
    let attributes = IntegrationAccount {
        created_at: Some(Moment(row.added_at)),
        last_accessed_at: row.last_accessed_at.map(Moment),
        partner_reference: row.partner_reference.clone(),
    };
    let institution = base.at(&format!("/financial-institutions/{}", row.institution_id));
    let relationships = IntegrationAccountRelationships {
        account: Some(Relation::to(Account::TYPE, row.account_id)),
        financial_institution: Some(Relation::to(Institution::TYPE, row.institution_id).at(institution)),
        organization: Some(Relation::to("organization", row.organization_id)),
    };
    Resource::new(row.account_id, attributes, relationships)
}
