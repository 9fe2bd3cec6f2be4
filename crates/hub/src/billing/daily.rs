//! What billing does once a day, by a job with a lease: the invoices of every month that is over and has none, reminders,
//! and who is blocked.
//! Each part does what is missing, so a day that was begun twice or cut short changes nothing twice.

use db::DbError;
use domain::{Date, JobId};

use super::block;
use super::run::{self, Drawn, RunRefused};
use crate::Hub;
use crate::mail::NOBODY;
use crate::store::invoice as invoices;
use crate::store::job::{self, Job};
use crate::store::price;

/// The kind of these jobs.
pub const KIND: &str = "billing";

/// Writes the job of a new day, where the operator bills at all. Tells whether it did.
pub async fn begin(hub: &Hub) -> Result<bool, DbError> {
    let today = hub.environment.today();
    note_price(hub, today).await?;
    if run::ready(hub).is_err() || invoices::is_begun(&mut hub.db.read().await?, today).await? {
        return Ok(false);
    }
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        let first = invoices::begin_day(&mut tx, today).await?;
        if first {
            job::add(&mut tx, JobId::new(&hub.environment), NOBODY, KIND, &today.to_string(), now).await?;
        }
        Ok::<_, DbError>(first)
    })
}

/// Writes the price down on the first day that it holds, 0 too: what was used while nothing was charged stays free when
/// something is.
async fn note_price(hub: &Hub, today: Date) -> Result<(), DbError> {
    let price = hub.settings.price_minor;
    if price::last(&mut hub.db.read().await?).await? == Some(price) {
        return Ok(());
    }
    db::write!(hub.db, tx => { price::set(&mut tx, today, price).await })
}

/// Does the job. An error means that it is to be run again when its lease is over.
pub(crate) async fn run(hub: &Hub, job: &Job) -> Result<(), DbError> {
    match run::catch_up(hub).await {
        Ok(done) => tell(done.iter().map(|(_, _, drawn)| drawn)),
        Err(RunRefused::Database(error)) => return Err(error),
        Err(refused @ (RunRefused::NotOver(_) | RunRefused::Off | RunRefused::NoSeller(_))) => {
            tracing::warn!("no invoices were drawn up: {refused}");
        }
    }
    block::review(hub).await?;
    block::remind(hub).await?;
    block::sweep(hub).await?;
    db::write!(hub.db, tx => { job::done(&mut tx, job.id).await })
}

fn tell<'a>(done: impl Iterator<Item = &'a Drawn> + Clone) {
    let count = |wanted: fn(&Drawn) -> bool| done.clone().filter(|drawn| wanted(drawn)).count();
    let invoiced = count(|drawn| matches!(drawn, Drawn::Invoiced(..)));
    let unaddressed = count(|drawn| *drawn == Drawn::NoAddress);
    if invoiced > 0 || unaddressed > 0 {
        tracing::info!(invoiced, unaddressed, "invoices were drawn up; who gave no billing information was left out");
    }
}
