//! Counting the requests of each integration. A process counts in memory and writes the sums when it has a moment, so
//! that reading costs no write; one that is killed loses the count of half a minute, and nothing else.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use db::DbError;
use domain::{Date, IntegrationId, OrganizationId, Timestamp, ToSpan};

use crate::Hub;
use crate::store::integration_request;

/// How long counts wait to be written.
const WRITE_EVERY_SECONDS: i64 = 30;

/// What this process counted and has not written yet.
#[derive(Default)]
pub struct Traffic(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    requests: BTreeMap<(OrganizationId, IntegrationId, Date), i64>,
    written_at: Option<Timestamp>,
}

impl Hub {
    /// Counts a request.
    pub(crate) fn count_request(&self, organization: OrganizationId, integration: IntegrationId) {
        let mut counted = self.traffic.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counted.requests.entry((organization, integration, self.environment.today())).or_default() += 1;
    }

    /// Writes what was counted, when that was not done a moment ago.
    pub(crate) async fn write_traffic(&self) -> Result<(), DbError> {
        let now = self.environment.now();
        let taken = {
            let mut counted = self.traffic.0.lock().unwrap_or_else(PoisonError::into_inner);
            let is_due = counted.written_at.is_none_or(|at| at + WRITE_EVERY_SECONDS.seconds() <= now);
            if !is_due || counted.requests.is_empty() {
                return Ok(());
            }
            counted.written_at = Some(now);
            std::mem::take(&mut counted.requests)
        };
        let written: Result<(), DbError> = db::write!(self.db, tx => {
            for ((organization, integration, day), requests) in &taken {
                integration_request::add(&mut tx, *organization, *integration, *day, *requests).await?;
            }
            Ok(())
        });
        if written.is_err() {
            let mut counted = self.traffic.0.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, requests) in taken {
                *counted.requests.entry(key).or_default() += requests;
            }
        }
        written
    }
}
