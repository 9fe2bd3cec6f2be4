//! Everything that the hub holds of an organization: as one archive for its owners, and gone when they say so.

mod archive;
mod erase;
mod owned;
mod zip;

pub use archive::{Turn, stream, turn};
pub(crate) use erase::run;
pub use erase::{EraseRefused, KIND, erase};
pub use owned::{End, TABLES, Table};

use db::DbError;
use domain::OrganizationId;

use crate::Hub;
use crate::store::invoice;

/// What an organization would lose, and what a law keeps: for the page that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belongings {
    /// Linked accounts.
    pub accounts: usize,
    /// Live integrations.
    pub integrations: usize,
    /// Invoices and credit notes, which stay.
    pub invoices: usize,
}

/// Counts them.
pub async fn belongings(hub: &Hub, organization: OrganizationId) -> Result<Belongings, DbError> {
    let mut tx = hub.db.read().await?;
    Ok(Belongings {
        accounts: crate::store::account::list(&mut tx, organization).await?.len(),
        integrations: crate::store::integration::list(&mut tx, organization).await?.len(),
        invoices: invoice::list(&mut tx, organization).await?.len(),
    })
}
