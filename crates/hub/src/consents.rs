//! The banks' ids of consents. Whoever holds one may read accounts, so they are sealed before they are kept.

use domain::{AuthorizationId, OrganizationId};

use crate::Hub;
use crate::store::authorization::Authorization;

/// A consent as it is kept.
pub(crate) fn seal(hub: &Hub, organization: OrganizationId, id: AuthorizationId, consent: &str) -> String {
    hub.keyring.seal(&place(organization, id), consent.as_bytes())
}

/// The bank's id of a consent; `None` when there is none or the key that sealed it is gone.
pub(crate) fn open(hub: &Hub, authorization: &Authorization) -> Option<String> {
    let sealed = authorization.sealed_consent.as_deref()?;
    let opened = hub.keyring.open_text(&place(authorization.organization, authorization.id), sealed);
    opened.ok().map(|secret| secret.expose().clone())
}

fn place(organization: OrganizationId, id: AuthorizationId) -> String {
    format!("authorizations:consent:{organization}:{id}")
}
