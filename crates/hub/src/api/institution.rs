//! `/financial-institutions`: public; with an organization's token only the institutions that it uses.

use std::convert::Infallible;

use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use connectors::{InstitutionState, Maintainer, Profile};
use domain::InstitutionId;
use http::request::Parts;
use hub_api::{Doc, Institution, InstitutionStatus, List, MaintenanceType, Moment, Nothing, Resource};
use url::form_urlencoded;

use super::base::Base;
use super::caller::Anybody;
use super::error::ApiError;
use super::paging::ListPage;
use super::{paging, path};
use crate::SharedHub;
use crate::institutions::{Maintenance, Standing};
use crate::store::account;

/// `GET /financial-institutions`.
pub(super) async fn list(
    State(hub): State<SharedHub>,
    Anybody(organization): Anybody,
    base: Base,
    ListPage(page): ListPage,
    filters: Filters,
) -> Result<Json<List<Resource<Institution>>>, ApiError> {
    let used = match organization {
        None => None,
        Some(organization) => Some(account::list(&mut hub.db.read().await?, organization).await?),
    };
    let is_used = |id: InstitutionId| used.as_ref().is_none_or(|used| used.iter().any(|known| known.institution == id));
    let all = hub.institutions();
    let all = all.iter().map(|profile| (*profile, hub.standing(profile)));
    let wanted = all.filter(|(profile, now)| is_used(profile.id) && filters.let_through(profile, now.state));
    let resources = wanted.map(|(profile, now)| resource(profile, now, hub.maintenance(profile.id))).collect();
    let found = paging::of_whole(resources, &page, |resource| resource.id.to_string());
    let address = base.at(&filters.address());
    Ok(Json(page.document(&address, found.rows, found.has_newer, found.has_older)))
}

/// `GET /financial-institutions/{institution}`.
pub(super) async fn get(
    State(hub): State<SharedHub>,
    _: Anybody,
    Path(id): Path<String>,
) -> Result<Json<Doc<Resource<Institution>>>, ApiError> {
    let profile = hub.institution(path::id(&id, "financialInstitution")?);
    let profile = profile.ok_or_else(|| ApiError::not_found("financialInstitution"))?;
    Ok(Json(Doc { data: resource(profile, hub.standing(profile), hub.maintenance(profile.id)) }))
}

/// An institution as it stands now, by what the operator decided since the catalogue was made. A maintenance that is only
/// planned has a beginning and an end, and no type yet: that tells of one that goes on.
fn resource(profile: &Profile, now: Standing, planned: Option<Maintenance>) -> Resource<Institution> {
    let (status, deprecated, maintenance_type) = match now.state {
        InstitutionState::Experimental => (InstitutionStatus::Experimental, false, None),
        InstitutionState::Beta => (InstitutionStatus::Beta, false, None),
        InstitutionState::Stable => (InstitutionStatus::Stable, false, None),
        InstitutionState::Maintenance => {
            let by = match now.maintained_by {
                Some(Maintainer::Hub) => MaintenanceType::Internal,
                Some(Maintainer::Bank) | None => MaintenanceType::FinancialInstitution,
            };
            (InstitutionStatus::Stable, false, Some(by))
        }
        InstitutionState::Deprecated => (InstitutionStatus::Stable, true, None),
    };
    let institution = Institution {
        name: profile.name.clone(),
        status,
        deprecated,
        country: Some(profile.country.clone()),
        bic: Some(profile.bic.clone()),
        primary_color: Some(profile.color.clone()),
        maintenance_from: planned.map(|planned| Moment(planned.from)),
        maintenance_to: planned.map(|planned| Moment(planned.until)),
        maintenance_type,
        pending_transactions_available: profile.pending,
        expected_authorization_lifetime: u32::try_from(profile.consent_days).ok(),
        history_days: u32::try_from(profile.history_days).ok(),
        ..Institution::default()
    };
    Resource::new(profile.id, institution, Nothing {})
}

/// `filter[<field>][eq|in|contains]`. A field or comparison that is not known here filters nothing.
pub(super) struct Filters(Vec<(Field, Comparison, String, String)>);

impl FromRequestParts<SharedHub> for Filters {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &SharedHub) -> Result<Filters, Infallible> {
        Ok(Filters::read(parts.uri.query().unwrap_or_default()))
    }
}

#[derive(Clone, Copy)]
enum Field {
    Name,
    Country,
    Bic,
    Status,
}

#[derive(Clone, Copy)]
enum Comparison {
    Equal,
    In,
    Contains,
}

impl Filters {
    /// What can be compared, and how.
    pub const FIELDS: [&'static str; 4] = ["name", "country", "bic", "status"];
    pub const COMPARISONS: [&'static str; 3] = ["eq", "in", "contains"];

    fn read(query: &str) -> Filters {
        let pairs = form_urlencoded::parse(query.as_bytes());
        Filters(pairs.filter_map(|(key, value)| Filters::one(&key, &value)).collect())
    }

    fn one(key: &str, value: &str) -> Option<(Field, Comparison, String, String)> {
        let (field, comparison) = key.strip_prefix("filter[")?.strip_suffix(']')?.split_once("][")?;
        let field = match field {
            "name" => Field::Name,
            "country" => Field::Country,
            "bic" => Field::Bic,
            "status" => Field::Status,
            _ => return None,
        };
        let comparison = match comparison {
            "eq" => Comparison::Equal,
            "in" => Comparison::In,
            "contains" => Comparison::Contains,
            _ => return None,
        };
        Some((field, comparison, value.to_owned(), key.to_owned()))
    }

    fn let_through(&self, profile: &Profile, state: InstitutionState) -> bool {
        self.0.iter().all(|(field, comparison, wanted, _)| {
            let held = match field {
                Field::Name => profile.name.to_lowercase(),
                Field::Country => profile.country.to_lowercase(),
                Field::Bic => profile.bic.to_lowercase(),
                Field::Status => state.as_str().to_lowercase(),
            };
            let wanted = wanted.to_lowercase();
            match comparison {
                Comparison::Equal => held == wanted,
                Comparison::In => wanted.split(',').any(|one| one.trim() == held),
                Comparison::Contains => held.contains(&wanted),
            }
        })
    }

    /// The path of the list with its filters, for links.
    fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (_, _, value, key) in &self.0 {
            query.append_pair(key, value);
        }
        let query = query.finish();
        if query.is_empty() { "/financial-institutions".into() } else { format!("/financial-institutions?{query}") }
    }
}
