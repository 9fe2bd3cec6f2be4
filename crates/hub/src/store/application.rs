//! Software registered with the hub. A certified application serves many organizations and asks people for consent;
//! a custom one belongs to one organization and speaks with its own client id and secret.

use db::{DbError, Row, Tx};
use domain::{ApplicationId, OrganizationId, Timestamp};

use super::read;

/// Software registered with the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Ours.
    pub id: ApplicationId,
    /// The organization that a custom application belongs to; absent for a certified one.
    pub organization_id: Option<OrganizationId>,
    /// Its name, as consent pages show it.
    pub name: String,
    /// Its OAuth client id.
    pub client_id: String,
    /// Hash of its secret; absent for a public client, which cannot keep one.
    pub secret_hash: Option<String>,
    /// Hash of the secret before, and until when it still works, so that a secret can be renewed without a pause.
    pub earlier_secret: Option<(String, Timestamp)>,
    /// Where people may be sent back to.
    pub redirect_uris: Vec<String>,
    /// Since when.
    pub created_at: Timestamp,
}

impl Application {
    /// Whether it belongs to one organization.
    pub fn is_custom(&self) -> bool {
        self.organization_id.is_some()
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT id, organization_id, name, client_id, secret_hash, earlier_secret_hash, earlier_secret_until, \
             redirect_uris, created_at FROM applications ",
            $tail
        )
    };
}

/// Adds an application, or brings the one with the same client id up to date: the id and the age of the one that
/// exists stay. Gives the id that holds.
pub async fn put(tx: &mut Tx, application: &Application) -> Result<ApplicationId, DbError> {
    let sql = "INSERT INTO applications (id, organization_id, name, client_id, secret_hash, earlier_secret_hash, \
               earlier_secret_until, redirect_uris, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
               ON CONFLICT (client_id) DO UPDATE SET name = excluded.name, secret_hash = excluded.secret_hash, \
               earlier_secret_hash = excluded.earlier_secret_hash, \
               earlier_secret_until = excluded.earlier_secret_until, redirect_uris = excluded.redirect_uris \
               RETURNING id";
    let (earlier, until) = application.earlier_secret.clone().unzip();
    let redirect_uris = serde_json::Value::from(application.redirect_uris.clone()).to_string();
    let args = [
        application.id.to_string().into(),
        application.organization_id.map(|id| id.to_string()).into(),
        (&application.name).into(),
        (&application.client_id).into(),
        application.secret_hash.clone().into(),
        earlier.into(),
        until.map(|at| at.as_microsecond()).into(),
        redirect_uris.into(),
        application.created_at.as_microsecond().into(),
    ];
    tx.one(sql, &args).await?.parse("id")
}

/// An application by id.
pub async fn get(tx: &mut Tx, id: ApplicationId) -> Result<Option<Application>, DbError> {
    tx.optional(select!("WHERE id = $1"), &[id.to_string().into()]).await?.as_ref().map(application).transpose()
}

/// An application by its OAuth client id.
pub async fn by_client_id(tx: &mut Tx, client_id: &str) -> Result<Option<Application>, DbError> {
    tx.optional(select!("WHERE client_id = $1"), &[client_id.into()]).await?.as_ref().map(application).transpose()
}

fn application(row: &Row) -> Result<Application, DbError> {
    let earlier = row.optional_text("earlier_secret_hash")?;
    Ok(Application {
        id: row.parse("id")?,
        organization_id: row.optional_parse("organization_id")?,
        name: row.text("name")?,
        client_id: row.text("client_id")?,
        secret_hash: row.optional_text("secret_hash")?,
        earlier_secret: earlier.zip(read::optional_instant(row, "earlier_secret_until")?),
        redirect_uris: read::json(row, "redirect_uris")?,
        created_at: read::instant(row, "created_at")?,
    })
}
