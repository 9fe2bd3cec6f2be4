//! The banks' ids of consents. Whoever holds one may read accounts, so they are sealed before they are kept.

use domain::{AuthorizationId, OrganizationId};
use vault::OpenError;

use crate::Hub;
use crate::store::authorization::Authorization;

/// A consent as it is kept.
pub(crate) fn seal(hub: &Hub, organization: OrganizationId, id: AuthorizationId, consent: &str) -> String {
    hub.keyring.seal(&place(organization, id), consent.as_bytes())
}

/// The bank's id of a consent; `None` when there is none. One that the hub's keys do not open is still good at the bank:
/// that is for the operator to mend, and the log says so here.
pub(crate) fn open(hub: &Hub, authorization: &Authorization) -> Result<Option<String>, OpenError> {
    let Some(sealed) = authorization.sealed_consent.as_deref() else { return Ok(None) };
    let opened = hub.keyring.open_text(&place(authorization.organization, authorization.id), sealed);
    match opened {
        Ok(consent) => Ok(Some(consent.expose().clone())),
        Err(error) => {
            let file = hub.settings.key_file.display();
            tracing::error!(authorization = %authorization.id, %file, "a permission cannot be used: {error}");
            Err(error)
        }
    }
}

fn place(organization: OrganizationId, id: AuthorizationId) -> String {
    format!("authorizations:consent:{organization}:{id}")
}
