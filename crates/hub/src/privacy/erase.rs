//! The end of an organization. Software loses its access and the consents end at the banks first; what is used until today
//! is billed; then every row goes but those that a law keeps. The people keep their logins.
//!
//! Work that was under way in another process at that instant may write once more, so everything is erased again an hour
//! later, when no lease can be left.

use db::{DbError, Tx};
use domain::{InstitutionId, JobId, OrganizationId, ToSpan};

use super::owned::{BEFORE, TABLES};
use crate::billing::run as invoicing;
use crate::billing::usage::{self as metered, Month};
use crate::mail::{self, Letter, NOBODY};
use crate::store::authorization::AuthorizationState;
use crate::store::job::{self, Job};
use crate::store::membership::Role;
use crate::store::{authorization, integration, invoice, membership, organization, representation, usage};
use crate::{Hub, SharedHub, integrations, link};

/// The kind of the job that erases again.
pub const KIND: &str = "erase";
/// When it does.
const AGAIN_HOURS: i64 = 1;

/// Why an organization was not erased. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum EraseRefused {
    /// There is no such organization.
    #[error("there is no such organization")]
    Unknown,
    /// Others use software that it pays for.
    #[error("the organization pays for software that others use: the operator has to settle that first")]
    PaysForOthers,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Erases an organization; gives the institutions that could not be told that its consents have ended. It goes on to its
/// end when whoever asked for it goes away.
pub async fn erase(hub: SharedHub, id: OrganizationId) -> Result<Vec<InstitutionId>, EraseRefused> {
    let done = tokio::spawn(async move { erase_now(&hub, id).await });
    done.await.expect("erasing does not panic")
}

async fn erase_now(hub: &Hub, id: OrganizationId) -> Result<Vec<InstitutionId>, EraseRefused> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        if !membership::lock(&mut tx, id).await? {
            return Err(EraseRefused::Unknown);
        }
        if usage::pays_for_others(&mut tx, id).await? {
            return Err(EraseRefused::PaysForOthers);
        }
        end_access(&mut tx, hub, id).await?;
        Ok::<_, EraseRefused>(())
    })?;
    let mut untold = Vec::new();
    for known in authorization::list(&mut hub.db.read().await?, id).await? {
        if known.state != AuthorizationState::Ended && !link::end_at_bank(hub, &known).await {
            untold.push(known.institution);
        }
    }
    untold.sort();
    untold.dedup();
    db::write!(hub.db, tx => {
        if !membership::lock(&mut tx, id).await? {
            return Err(EraseRefused::Unknown);
        }
        bill(&mut tx, hub, id).await?;
        farewell(&mut tx, hub, id, &untold).await?;
        remove(&mut tx, id).await?;
        let sql = "INSERT INTO erased_organizations (id, erased_at) VALUES ($1, $2)";
        tx.run(sql, &[id.to_string().into(), now.as_microsecond().into()]).await?;
        let again = now + AGAIN_HOURS.hours();
        job::add(&mut tx, JobId::new(&hub.environment), NOBODY, KIND, &id.to_string(), again).await?;
        Ok::<_, EraseRefused>(())
    })?;
    tracing::info!(organization = %id, "an organization was erased");
    Ok(untold)
}

/// Ends every integration with its tokens: of software in this organization, and of this organization in those that it
/// represents.
async fn end_access(tx: &mut Tx, hub: &Hub, id: OrganizationId) -> Result<(), DbError> {
    for found in integration::list(tx, id).await? {
        integrations::end(tx, hub, id, found.id).await?;
    }
    for given in representation::received(tx, id).await? {
        for found in representation::integrations(tx, given.organization, given.id).await? {
            integrations::end(tx, hub, given.organization, found).await?;
        }
        representation::end(tx, given.organization, given.id, hub.environment.now()).await?;
    }
    Ok(())
}

/// The last invoices: of every month that is over and has none, and of this one until today. What makers of software pay
/// for is written down for their invoices, which are drawn up later.
async fn bill(tx: &mut Tx, hub: &Hub, id: OrganizationId) -> Result<(), DbError> {
    let today = hub.environment.today();
    let Some(month) = Month::of(today) else { return Ok(()) };
    if invoicing::ready(hub).is_ok() {
        // Not under the organization, whose mail goes with it.
        if let Some(before) = month.before() {
            invoicing::until(hub, tx, id, before, NOBODY).await?;
        }
        invoicing::one(hub, tx, id, month, today, NOBODY).await?;
    }
    metered::bequeath(hub, tx, id, month).await
}

/// Tells the owners what was done, what stays, and which banks they have to tell themselves.
async fn farewell(tx: &mut Tx, hub: &Hub, id: OrganizationId, untold: &[InstitutionId]) -> Result<(), DbError> {
    let Some(known) = organization::get(tx, id).await? else { return Ok(()) };
    let kept = invoice::list(tx, id).await?.len();
    let language = membership::language(tx, id).await?;
    let words = mail::words(&language);
    let name = [("organization", known.name.as_str().into())];
    for person in membership::list(tx, id).await?.iter().filter(|person| person.role == Role::Owner) {
        let mut letter = Letter::new(&person.email, words.say_with("privacy-mail-subject", &name))
            .text(words.say_with("privacy-mail-text", &name))
            .text(match kept {
                0 => words.say("privacy-kept-none"),
                _ => words.say_with("privacy-kept", &[("count", kept.into())]),
            });
        if !untold.is_empty() {
            let banks = untold.iter().filter_map(|bank| hub.institution(*bank)).map(|bank| bank.name.clone());
            let banks = banks.collect::<Vec<_>>().join(", ");
            letter = letter.text(words.say_with("privacy-mail-banks", &[("banks", banks.into())]));
        }
        mail::post(tx, hub, NOBODY, &format!("erased:{id}:{}", person.email), &letter).await?;
    }
    Ok(())
}

async fn remove(tx: &mut Tx, id: OrganizationId) -> Result<(), DbError> {
    for sql in BEFORE.iter().copied().chain(TABLES.iter().map(|table| table.erase)) {
        tx.run(sql, &[id.to_string().into()]).await?;
    }
    Ok(())
}

/// Does the job: erases what was written since.
pub(crate) async fn run(hub: &Hub, job: &Job) -> Result<(), DbError> {
    db::write!(hub.db, tx => {
        if let Ok(id) = OrganizationId::parse(&job.subject) {
            // Never one that exists: its id was never given twice, but a wrong job must not be able to do harm.
            if organization::get(&mut tx, id).await?.is_none() {
                remove(&mut tx, id).await?;
            }
        }
        job::done(&mut tx, job.id).await
    })
}
