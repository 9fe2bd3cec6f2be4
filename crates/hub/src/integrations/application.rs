//! Applications: software that is known to the hub before anybody connects it.

use db::DbError;
use domain::{ApplicationId, IntegrationId, OrganizationId, Timestamp};
use outbound::is_loopback;
use url::Url;
use vault::{Secret, token};

use super::IntegrationError;
use crate::Hub;
use crate::store::application::{self, Application};
use crate::store::integration;

/// For how long the secret before the present one still works, so that software can be changed over without a pause.
const SECRET_OVERLAP_S: i64 = 24 * 3600;

/// Why an application was not registered.
#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    /// Where people may be sent back to is not safe or not an address.
    #[error("the redirect address '{0}' cannot be used: it must be https (http on localhost only), without a fragment")]
    RedirectUri(String),
    /// Consent pages show the name.
    #[error("give the application a name of 1 to 80 characters")]
    Name,
    /// An organization made this client id for software of its own.
    #[error("the client id '{0}' belongs to a custom integration of an organization: choose another")]
    Taken(String),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// A secret that was just renewed.
#[derive(Debug, Clone)]
pub struct NewSecret {
    /// The client id, which stays.
    pub client_id: String,
    /// The new secret, which is shown this once.
    pub secret: Secret<String>,
    /// Until when the secret before still works.
    pub earlier_works_until: Timestamp,
}

/// A certified application, as the operator describes it.
#[derive(Debug, Clone)]
pub struct Registration {
    /// Its name, as consent pages show it.
    pub name: String,
    /// Its client id.
    pub client_id: String,
    /// Where people may be sent back to.
    pub redirect_uris: Vec<String>,
    /// Whether it runs on people's own machines and so cannot keep a secret; PKCE takes its place.
    pub native: bool,
    /// Whether an application that has a secret gets another; the one before works for another day.
    pub new_secret: bool,
}

impl Hub {
    /// Registers a certified application by the hand of the operator, or brings it up to date. Gives its id, and the
    /// secret when one was made, which is shown this once.
    pub async fn register_application(
        &self,
        registration: &Registration,
    ) -> Result<(ApplicationId, Option<Secret<String>>), ApplicationError> {
        let Registration { name, client_id, redirect_uris, native, new_secret } = registration;
        if name.trim().is_empty() || name.chars().count() > 80 {
            return Err(ApplicationError::Name);
        }
        if let Some(bad) = redirect_uris.iter().find(|uri| !may_be_redirected_to(uri)) {
            return Err(ApplicationError::RedirectUri(bad.clone()));
        }
        let now = self.environment.now();
        let (secret, hash) = token::new(&self.environment);
        let until =
            Timestamp::from_second(now.as_second() + SECRET_OVERLAP_S).expect("an instant tomorrow is in range");
        db::write!(self.db, tx => {
            let known = application::by_client_id(&mut tx, client_id).await?;
            if known.as_ref().is_some_and(Application::is_custom) {
                return Err(ApplicationError::Taken(client_id.clone()));
            }
            let (held, earlier) = known.map(|known| (known.secret_hash, known.earlier_secret)).unwrap_or_default();
            let make = !native && (*new_secret || held.is_none());
            let (secret_hash, earlier_secret) = match (native, make) {
                (true, _) => (None, None),
                (false, true) => (Some(hash.clone()), held.map(|held| (held, until))),
                (false, false) => (held, earlier),
            };
            let application = Application {
                id: ApplicationId::new(&self.environment),
                organization_id: None,
                name: name.trim().to_owned(),
                client_id: client_id.clone(),
                secret_hash,
                earlier_secret,
                redirect_uris: redirect_uris.clone(),
                created_at: now,
            };
            let id = application::put(&mut tx, &application).await?;
            Ok((id, make.then(|| secret.clone())))
        })
    }

    /// Registers a certified application at the start of the hub, or brings it up to date: the operator's own books
    /// are one. Without a secret it is a public client, which must use PKCE. The secret should be random; only its
    /// hash is kept.
    pub async fn ensure_application(
        &self,
        name: &str,
        client_id: &str,
        secret: Option<&Secret<String>>,
        redirect_uris: &[String],
    ) -> Result<ApplicationId, ApplicationError> {
        if let Some(bad) = redirect_uris.iter().find(|uri| !may_be_redirected_to(uri)) {
            return Err(ApplicationError::RedirectUri(bad.clone()));
        }
        let application = Application {
            id: ApplicationId::new(&self.environment),
            organization_id: None,
            name: name.to_owned(),
            client_id: client_id.to_owned(),
            secret_hash: secret.map(|secret| token::hash(secret.expose())),
            earlier_secret: None,
            redirect_uris: redirect_uris.to_vec(),
            created_at: self.environment.now(),
        };
        db::write!(self.db, tx => { application::put(&mut tx, &application).await }).map_err(ApplicationError::Database)
    }
}

/// Gives the custom application of an integration a new secret. The one before works for another day.
pub async fn renew_secret(
    hub: &Hub,
    organization: OrganizationId,
    id: IntegrationId,
) -> Result<NewSecret, IntegrationError> {
    let (secret, hash) = token::new(&hub.environment);
    let until = Timestamp::from_second(hub.environment.now().as_second() + SECRET_OVERLAP_S)
        .expect("an instant tomorrow is in range");
    db::write!(hub.db, tx => {
        let found = integration::get(&mut tx, organization, id).await?.ok_or(IntegrationError::Unknown)?;
        let mut known = application::get(&mut tx, found.application_id).await?.ok_or(IntegrationError::Unknown)?;
        if known.organization_id != Some(organization) {
            return Err(IntegrationError::Unknown);
        }
        known.earlier_secret = known.secret_hash.replace(hash.clone()).map(|earlier| (earlier, until));
        application::put(&mut tx, &known).await?;
        Ok(NewSecret { client_id: known.client_id, secret: secret.clone(), earlier_works_until: until })
    })
}

/// Whether people may be sent to an address with a code: over TLS, or to this very machine while developing
/// (RFC 8252 section 7.3).
pub(crate) fn may_be_redirected_to(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else { return false };
    let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    safe && url.fragment().is_none() && url.host_str().is_some() && url.username().is_empty()
}

#[cfg(test)]
mod tests {
    use super::may_be_redirected_to;

    #[test]
    fn codes_travel_over_tls_or_stay_on_this_machine() {
        for good in ["https://books.example/back", "http://localhost:8500/back", "http://127.0.0.1/x", "http://[::1]/x"]
        {
            assert!(may_be_redirected_to(good), "{good}");
        }
        for bad in
            ["http://books.example/back", "https://books.example/#x", "javascript:alert(1)", "/back", "https://a@b.be/"]
        {
            assert!(!may_be_redirected_to(bad), "{bad}");
        }
    }
}
