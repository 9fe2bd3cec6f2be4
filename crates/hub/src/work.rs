//! Background work: what is due is taken with a lease, done, and removed. Any number of processes may do it side by
//! side on one database; one that dies leaves its lease to run out.

use db::DbError;
use domain::ToSpan;

use crate::{Hub, store, sync};

/// Longer than any synchronization takes.
const LEASE_MINUTES: i64 = 15;

impl Hub {
    /// Does one piece of work that is due. Tells whether there was any.
    pub async fn work_once(&self) -> Result<bool, DbError> {
        let scheduled = sync::schedule_due(self).await?;
        let now = self.environment.now();
        let lease_until = now + LEASE_MINUTES.minutes();
        let job = db::write!(self.db, tx => { store::job::take(&mut tx, now, lease_until).await })?;
        let Some(job) = job else { return Ok(scheduled) };
        sync::run(self, &job).await?;
        Ok(true)
    }
}
