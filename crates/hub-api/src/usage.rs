use domain::OrganizationId;
use serde::{Deserialize, Serialize};

use crate::{Decimal, Kind, Nothing, Relation};

/// What one organization used of one application in one month; the id is `2026-03`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// Accounts, by the days that each was in the integration: two accounts for half a month count 1.
    pub account_count: Decimal,
    /// Payments initiated.
    pub payment_count: u32,
    /// Bulk payments initiated.
    pub bulk_payment_count: u32,
}

impl Kind for Usage {
    const TYPE: &'static str = "usage";
    type Id = String;
    type Relationships = UsageRelationships;
    type Meta = Nothing;
}

/// Whose usage it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UsageRelationships {
    /// The customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Relation<OrganizationId>>,
}
