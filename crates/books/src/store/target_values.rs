//! What a target was told in its settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The settings of one target by their names; secrets are not among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Values(pub(crate) BTreeMap<String, String>);

impl Values {
    /// The text of a setting, empty when it was not given.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether a switch is on.
    pub(crate) fn on(&self, name: &str) -> bool {
        self.text(name) == "true"
    }
}
