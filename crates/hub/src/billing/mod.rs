//! Billing: what is used, what it costs, and how it is paid.
//!
//! `usage` turns days into money; `invoice` draws up a document that never changes again; `ubl` and `paper` write it for
//! software and for people; `debit` collects by SEPA direct debit; `run` is the month's work and `daily` begins it;
//! `settle` notes what became of an invoice; `block` reminds, shuts out who does not pay and lets in who has. An account
//! in no integration costs nothing; in two it costs two. An application is paid for by the organizations that use it, or
//! by one organization of its maker for all of them, never both.

pub mod block;
pub mod daily;
pub mod debit;
pub mod example;
pub mod invoice;
pub mod paper;
pub mod run;
pub mod settle;
pub mod terms;
pub mod ubl;
pub mod usage;

use db::DbError;
use domain::{OrganizationId, Timestamp};

use crate::Hub;
use crate::store::{application, organization};

/// Why it could not be set who pays for an application.
#[derive(Debug, thiserror::Error)]
pub enum PayerError {
    /// Only certified applications have makers who can pay; a custom integration is its organization's own.
    #[error("there is no certified application with the client id '{0}'")]
    UnknownApplication(String),
    /// There is no such organization.
    #[error("there is no organization {0}")]
    UnknownOrganization(OrganizationId),
    /// An application is paid for by its users or by its maker, never by both.
    #[error("organizations use '{0}' already, so who pays for it cannot change: register another client id")]
    InUse(String),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl Hub {
    /// Sets who pays for a certified application, while nobody uses it nor did in this month or the one before: an organization of its maker for all who use
    /// it, or with `None` each of them. This is the operator's to do.
    pub async fn set_payer(&self, client_id: &str, payer: Option<OrganizationId>) -> Result<(), PayerError> {
        db::write!(self.db, tx => {
            let found = application::by_client_id(&mut tx, client_id).await?;
            let known = found.filter(|known| !known.is_custom());
            let known = known.ok_or_else(|| PayerError::UnknownApplication(client_id.to_owned()))?;
            if let Some(payer) = payer {
                organization::get(&mut tx, payer).await?.ok_or(PayerError::UnknownOrganization(payer))?;
            }
            // What was used in this month or the one before may still be invoiced.
            let month = usage::Month::of(self.environment.today()).and_then(|month| month.before());
            let since = month.map_or(Timestamp::MIN, |month| month.instants().0);
            if !crate::store::usage::set_payer(&mut tx, known.id, payer, since).await? {
                return Err(PayerError::InUse(client_id.to_owned()));
            }
            Ok(())
        })
    }
}
