use domain::{IntegrationId, OrganizationId};
use serde::{Deserialize, Serialize};

use crate::{Decimal, Kind, Nothing, Relation, Resource};

crate::described! {
    /// What one organization used of one application in one month; the id is `2026-03`.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Usage {
        /// Accounts, by the days that each was in the integration: two accounts for half a month count 1.
        pub account_count: Decimal,
        /// Accounts that were in the integration on any day of the month.
        #[serde(default)]
        pub total_accounts: u32,
        /// Payments initiated.
        pub payment_count: u32,
        /// Bulk payments initiated.
        pub bulk_payment_count: u32,
        /// Deprecated by Ponto: the same under its earlier name.
        #[serde(default)]
        pub bulk_payment_bundle_count: u32,
        /// Deprecated by Ponto: accounts that a payment was initiated from.
        #[serde(default)]
        pub payment_account_count: u32,
    }
}

impl Kind for Usage {
    const TYPE: &'static str = "usage";
    type Id = String;
    type Relationships = UsageRelationships;
    type Meta = Nothing;
}

crate::described! {
    /// Whose usage it is.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(default)]
    pub struct UsageRelationships {
        /// The customer.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub organization: Option<Relation<OrganizationId>>,
    }
}

crate::described! {
    /// The document of a usage. Its relationship stands in `data` and, as Ponto has it, beside it.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct UsageDocument {
        /// The usage.
        pub data: Resource<Usage>,
        /// Whose it is.
        pub relationships: UsageRelationships,
    }

    /// An integration that was just ended.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct EndedIntegration {
        /// Always `integration`.
        #[serde(rename = "type")]
        pub kind: String,
        /// Its id.
        pub id: IntegrationId,
        /// The customer.
        pub relationships: UsageRelationships,
    }
}
