//! Background work: what is due is taken with a lease, done, and removed. Any number of processes may do it side by
//! side on one database; one that dies leaves its lease to run out.

use std::time::Duration;

use db::DbError;
use domain::ToSpan;

use crate::store::job::Job;
use crate::{Hub, bank_lists, billing, mail, privacy, store, sync, webhooks};

/// How long a process that died holds up its job. Whoever works renews the lease long before.
const LEASE_SECONDS: i64 = 15;
const RENEW_EVERY: Duration = Duration::from_secs(4);
/// How often in a row a job may break off before it is given up. Each time may have cost one of the bank's calls, and
/// a person waits for the end.
const MOST_LAPSES: i64 = 5;
/// How long a job rests that has no end but being done.
const REST_HOURS: i64 = 1;

/// Why a lease is renewed no longer.
enum Lapsed {
    /// Another process took the job, because this one stood still for too long.
    Taken,
    /// The database.
    Database(DbError),
}

impl Hub {
    /// Does one piece of work that is due. Tells whether there was any.
    pub async fn work_once(&self) -> Result<bool, DbError> {
        let now = self.environment.now();
        let lease_until = now + LEASE_SECONDS.seconds();
        let job = db::write!(self.db, tx => { store::job::take(&mut tx, now, lease_until).await })?;
        // Only who has nothing to do looks whether an account's time has come.
        let Some(job) = job else {
            let begun = sync::schedule_due(self).await? || billing::daily::begin(self).await?;
            return Ok(begun || bank_lists::begin(self).await?);
        };
        if job.lapses >= MOST_LAPSES {
            self.give_up(&job).await?;
            return Ok(true);
        }
        tokio::select! {
            ran = self.run(&job) => ran?,
            // The run is given up in its middle: whoever has the job now does it again, which changes nothing twice.
            lapsed = self.keep_lease(&job) => match lapsed {
                Lapsed::Taken => {}
                Lapsed::Database(error) => return Err(error),
            },
        }
        Ok(true)
    }

    async fn run(&self, job: &Job) -> Result<(), DbError> {
        match job.kind.as_str() {
            webhooks::KIND => webhooks::run(self, job).await,
            billing::daily::KIND => billing::daily::run(self, job).await,
            bank_lists::KIND => bank_lists::run(self, job).await,
            privacy::KIND => privacy::run(self, job).await,
            mail::KIND => mail::run(self, job).await,
            _ => sync::run(self, job).await,
        }
    }

    /// Ends a job that breaks off whenever it is taken: a synchronization fails in a sentence, everything else rests.
    async fn give_up(&self, job: &Job) -> Result<(), DbError> {
        tracing::error!(job = %job.id, kind = job.kind, times = job.lapses, "a job broke off again and again");
        if job.kind == sync::KIND {
            return sync::give_up(self, job).await;
        }
        let later = self.environment.now() + REST_HOURS.hours();
        db::write!(self.db, tx => { store::job::postpone(&mut tx, job, later).await })
    }

    /// Renews the lease for as long as it is ours.
    async fn keep_lease(&self, job: &Job) -> Lapsed {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            let lease_until = self.environment.now() + LEASE_SECONDS.seconds();
            let kept = db::write!(self.db, tx => { store::job::renew(&mut tx, job, lease_until).await });
            match kept {
                Ok(true) => {}
                Ok(false) => return Lapsed::Taken,
                Err(error) => return Lapsed::Database(error),
            }
        }
    }
}
