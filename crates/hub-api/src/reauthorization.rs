use serde::{Deserialize, Serialize};

use crate::{Kind, Nothing};

crate::described! {
    /// The body that asks for a way to renew an account's authorization.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct NewReauthorization {
        /// Where the account holder comes back to.
        pub redirect_uri: String,
    }
}

crate::described! {
    /// A request to renew an authorization; `links.redirect` is where the account holder goes.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    #[serde(default)]
    pub struct Reauthorization {
        /// Whether a sandbox bank is meant.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub sandbox: Option<bool>,
    }
}

impl Kind for Reauthorization {
    const TYPE: &'static str = "reauthorizationRequest";
    type Id = String;
    type Relationships = Nothing;
    type Meta = Nothing;
}
