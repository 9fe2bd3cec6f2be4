//! Does one synchronization: windows, listings, balances, and what follows from success or failure.

use connectors::{BankError, Call, ConsentEnd, InstitutionState};
use db::DbError;
use domain::{Money, OrganizationId, SynchronizationId, Timestamp};

use super::failure::{Cause, MAINTENANCE_MINUTES, Remedy, described, ended};
use super::fetch::{Errand, FetchFailed, Fetched, Listing, Repeated};
use super::health::Health;
use super::plan::{self, Window};
use super::{apply, leave, schedule};
use crate::store;
use crate::store::account::{Account, AccountState};
use crate::store::job::Job;
use crate::store::synchronization::{Status, Subtype, Synchronization, SynchronizationError};
use crate::{Hub, consents, notices, webhooks};

/// The kind of these jobs.
pub const KIND: &str = "synchronize";

/// Runs the synchronization that a job names, to its end. An error means that it did not end and is to be run again
/// when its lease is over.
pub async fn run(hub: &Hub, job: &Job) -> Result<(), DbError> {
    let Some(synchronization) = open(hub, job).await? else {
        return db::write!(hub.db, tx => { store::job::done(&mut tx, job.id).await });
    };
    let failure = match perform(hub, job.organization, &synchronization).await {
        Ok(()) => None,
        Err(Stopped::Database(error)) => return Err(error),
        Err(Stopped::For(reason)) => Some(reason),
    };
    finish(hub, job, &synchronization, failure).await
}

/// Ends the synchronization that a job names without another try, because each one before broke off.
pub(crate) async fn give_up(hub: &Hub, job: &Job) -> Result<(), DbError> {
    let Some(synchronization) = open(hub, job).await? else {
        return db::write!(hub.db, tx => { store::job::done(&mut tx, job.id).await });
    };
    let detail = format!(
        "The hub broke off {} times while it worked on this, and gave up. Nothing that it has already is lost. Its \
         operator finds the reason in the log.",
        job.lapses
    );
    finish(hub, job, &synchronization, Some(ours("internalError", &detail, Remedy::Look))).await
}

/// The synchronization that a job names, while it has not ended.
async fn open(hub: &Hub, job: &Job) -> Result<Option<Synchronization>, DbError> {
    let Ok(id) = SynchronizationId::parse(&job.subject) else { return Ok(None) };
    let found = store::synchronization::get(&mut hub.db.read().await?, job.organization, id).await?;
    Ok(found.filter(|found| matches!(found.status, Status::Pending | Status::Running)))
}

/// How often an attended run asks for a page that came damaged or not at all. An unattended one asks once, because each
/// attempt would use up one of the bank's calls.
const ATTEMPTS: u32 = 3;

/// Why a run stopped for good.
pub struct Failure {
    error: SynchronizationError,
    remedy: Remedy,
    end: Option<ConsentEnd>,
    /// Whose fault it was.
    pub cause: Cause,
}

enum Stopped {
    For(Failure),
    Database(DbError),
}

impl From<DbError> for Stopped {
    fn from(error: DbError) -> Stopped {
        Stopped::Database(error)
    }
}

impl From<FetchFailed> for Stopped {
    fn from(failed: FetchFailed) -> Stopped {
        match failed {
            FetchFailed::Database(error) => Stopped::Database(error),
            FetchFailed::QuotaUsedUp(next) => {
                let detail =
                    format!("The bank allows four calls a day without you; the next one is possible at {next}.");
                held("quotaUsedUp", &detail, next)
            }
            FetchFailed::Bank(bank) => {
                let (error, remedy) = described(&bank);
                let end = if let BankError::UserMustAct { end, .. } = &bank { Some(*end) } else { None };
                let cause = match &bank {
                    BankError::Later { after_seconds, .. } => Cause::Silent(*after_seconds),
                    BankError::Broken { .. } => Cause::Silent(None),
                    BankError::UserMustAct { .. } | BankError::PeriodTooLong { .. } | BankError::Refused { .. } => {
                        Cause::Refused
                    }
                };
                Stopped::For(Failure { error, remedy, end, cause })
            }
        }
    }
}

fn ours(code: &str, detail: &str, remedy: Remedy) -> Failure {
    let error = SynchronizationError { code: code.to_owned(), detail: detail.to_owned(), reply: None };
    Failure { error, remedy, end: None, cause: Cause::Ours }
}

fn stopped(code: &str, detail: &str, remedy: Remedy) -> Stopped {
    Stopped::For(ours(code, detail, remedy))
}

fn held(code: &str, detail: &str, until: Timestamp) -> Stopped {
    let error = SynchronizationError { code: code.to_owned(), detail: detail.to_owned(), reply: None };
    Stopped::For(Failure { error, remedy: Remedy::Wait, end: None, cause: Cause::Held(until) })
}

async fn perform(hub: &Hub, organization: OrganizationId, sync: &Synchronization) -> Result<(), Stopped> {
    db::write!(hub.db, tx => {
        store::synchronization::begin(&mut tx, organization, sync.id, hub.environment.now()).await
    })?;
    let (account, authorization, health) = {
        let mut tx = hub.db.read().await?;
        let account = store::account::get(&mut tx, organization, sync.account).await?;
        let health = match &account {
            Some(account) => store::institution_health::get(&mut tx, account.institution).await?,
            None => Health::default(),
        };
        let authorization = match account.as_ref().and_then(|account| account.authorization) {
            Some(id) => store::authorization::get(&mut tx, organization, id).await?,
            None => None,
        };
        (account, authorization, health)
    };
    let over = || stopped("authorizationInvalid", "The account has no valid authorization. Renew it.", Remedy::Look);
    let account = account.filter(|account| account.state == AccountState::Active).ok_or_else(over)?;
    let authorization = authorization.ok_or_else(over)?;
    let closed = |_| {
        let detail = "The hub cannot open this permission with its keys, so the bank was not asked. The permission \
                      itself still holds: its operator restores the key file, and nothing has to be renewed.";
        stopped("internalError", detail, Remedy::Look)
    };
    let consent = consents::open(hub, &authorization).map_err(closed)?.ok_or_else(over)?;
    let resource_id = account.resource_id.clone().ok_or_else(over)?;
    let gone = || stopped("financialInstitutionUnknown", "This bank is no longer in the catalogue.", Remedy::Look);
    let (bank, connector) = hub.bank(account.institution).ok_or_else(gone)?;
    if hub.standing(&bank.profile).state == InstitutionState::Maintenance {
        let detail = "The connection to this bank is under maintenance. Nothing is lost; the next attempt is planned.";
        let again = hub.back_at(account.institution, MAINTENANCE_MINUTES);
        return Err(held("financialInstitutionUnderMaintenance", detail, again));
    }
    let psu_ip = sync.psu_ip.as_deref().and_then(|text| text.parse().ok());
    let attempts = if psu_ip.is_some() && !health.is_paused(hub.environment.now()) { ATTEMPTS } else { 1 };
    if psu_ip.is_none() && health.paused_until.is_some() {
        leave::ask(hub, &account).await?.map_err(|until| {
            let detail = format!(
                "The bank does not answer at the moment, for other accounts either. It is asked again at {until} by \
                 itself; nothing is lost."
            );
            held("financialInstitutionUnavailable", &detail, until)
        })?;
    }
    let errand = Errand {
        hub,
        bank: &bank,
        connector,
        account: &account,
        synchronization: sync.id,
        call: Call { consent, psu_ip },
        resource_id,
        attempts,
    };
    match sync.subtype {
        Subtype::AccountDetails => details(&errand).await,
        Subtype::AccountTransactions | Subtype::AccountTransactionsWithUnsettled => transactions(&errand).await,
    }
}

async fn details(errand: &Errand<'_>) -> Result<(), Stopped> {
    let account = errand.account;
    let page = errand.balances().await?;
    let available = page.balances.iter().find(|balance| balance.kind == domain::BalanceKind::Available);
    let available: Option<Money> = available.map(|balance| balance.amount);
    let hub = errand.hub;
    db::write!(hub.db, tx => {
        if let Some(available) = available {
            let (organization, id) = (account.organization, account.id);
            let known = store::account::lock(&mut tx, organization, id).await?;
            if known.is_some_and(|known| known.available != Some(available)) {
                store::figures::set_available(&mut tx, organization, id, available).await?;
                // The next listing may tell another one, even if it repeats the last.
                store::listing::forget(&mut tx, organization, id).await?;
                store::synchronization::note_details(&mut tx, organization, errand.synchronization).await?;
            }
        }
        for defect in &page.defects {
            store::defect::keep(&mut tx, &hub.environment, account.organization, account.id, None, defect).await?;
        }
        Ok::<_, Stopped>(())
    })
}

async fn transactions(errand: &Errand<'_>) -> Result<(), Stopped> {
    let (hub, account, profile) = (errand.hub, errand.account, &errand.bank.profile);
    let today = hub.environment.today();
    let mut history_days = profile.asked_days.unwrap_or(profile.history_days);
    let attended = errand.call.psu_ip.is_some();
    let changed = {
        let mut tx = hub.db.read().await?;
        store::figures::relist_from(&mut tx, account.organization, account.id).await?
    };
    let listed = (account.listed_through, changed);
    let mut windows = plan::windows(profile, listed, today, history_days, attended);
    let mut done = 0;
    while done < windows.len() {
        match errand.listing(windows[done]).await {
            Ok(fetched) => {
                take_in(errand, windows[done], fetched).await?;
                done += 1;
            }
            Err(FetchFailed::Bank(BankError::PeriodTooLong { reply })) => {
                let refused = || FetchFailed::Bank(BankError::PeriodTooLong { reply });
                history_days = plan::shorter(history_days).ok_or_else(refused)?;
                windows = plan::windows(profile, listed, today, history_days, attended);
                done = 0;
            }
            // What is missing is fetched by the next run, behind what was listed.
            Err(FetchFailed::QuotaUsedUp(_)) if done > 0 => break,
            Err(failed) => return Err(failed.into()),
        }
    }
    Ok(())
}

async fn take_in(errand: &Errand<'_>, window: Window, fetched: Fetched) -> Result<(), Stopped> {
    match fetched {
        Fetched::Listing(listing) => write(errand, window, &listing).await,
        Fetched::Repeated(repeated) if pass_over(errand, window, &repeated).await? => Ok(()),
        // Somebody else has applied another listing since this process read these pages.
        Fetched::Repeated(repeated) => write(errand, window, &errand.read(&repeated).await?).await,
    }
}

/// Passes over a listing that is word for word what was applied last; false when it is not.
async fn pass_over(errand: &Errand<'_>, window: Window, repeated: &Repeated) -> Result<bool, DbError> {
    let (hub, account, sync) = (errand.hub, errand.account, errand.synchronization);
    let organization = account.organization;
    db::write!(hub.db, tx => {
        let Some(locked) = store::account::lock(&mut tx, organization, account.id).await? else { return Ok(true) };
        if !apply::is_applied(&mut tx, &hub.environment, &locked, sync, window, repeated).await? {
            return Ok(false);
        }
        // The answer is stored already; that it came again is kept, too.
        let digests: Vec<&str> = repeated.pages.iter().map(String::as_str).collect();
        store::raw::came_again(&mut tx, organization, account.id, sync, &digests, repeated.seen_at).await?;
        let counted = (i64::try_from(digests.len()).unwrap_or(i64::MAX), repeated.rows);
        store::synchronization::progress(&mut tx, organization, sync, counted, hub.environment.now()).await?;
        Ok::<_, DbError>(true)
    })
}

async fn write(errand: &Errand<'_>, window: Window, listing: &Listing) -> Result<(), Stopped> {
    let (hub, account) = (errand.hub, errand.account);
    db::write!(hub.db, tx => {
        let locked = store::account::lock(&mut tx, account.organization, account.id).await?;
        // Unlinked or renewed while the bank was answering: what was fetched is not wanted any more.
        if let Some(locked) = locked.filter(|locked| locked.state == AccountState::Active) {
            let sync = errand.synchronization;
            apply::apply(&mut tx, &hub.environment, &locked, sync, window, listing).await?;
        }
        Ok::<_, Stopped>(())
    })
}

async fn finish(hub: &Hub, job: &Job, sync: &Synchronization, failure: Option<Failure>) -> Result<(), DbError> {
    let (organization, now) = (job.organization, hub.environment.now());
    let outcome = failure.as_ref().map_or("success", |failure| failure.error.code.as_str());
    tracing::info!(synchronization = %sync.id, outcome, "synchronization ended");
    db::write!(hub.db, tx => {
        let error = failure.as_ref().map(|failure| &failure.error);
        store::synchronization::finish(&mut tx, organization, sync.id, error, now).await?;
        if let Some(account) = store::account::lock(&mut tx, organization, sync.account).await? {
            if let Some(Failure { remedy: Remedy::Renew, end, .. }) = &failure {
                expire(&mut tx, hub, &account, end.unwrap_or(ConsentEnd::Invalid), now).await?;
            }
            webhooks::finished(&mut tx, hub, &account, sync.id, failure.is_some()).await?;
            let cause = failure.as_ref().map(|failure| failure.cause);
            leave::note(&mut tx, &account, cause, now).await?;
            if sync.subtype != Subtype::AccountDetails {
                schedule::ended(hub, &mut tx, &account, cause, now).await?;
            }
        }
        store::job::done(&mut tx, job.id).await
    })
}

async fn expire(tx: &mut db::Tx, hub: &Hub, account: &Account, end: ConsentEnd, now: Timestamp) -> Result<(), DbError> {
    let Some(authorization) = account.authorization else { return Ok(()) };
    store::authorization::end(tx, account.organization, authorization, ended(end), now).await?;
    store::account::expire(tx, account.organization, authorization, ended(end), now).await?;
    notices::ended(tx, hub, account.organization, authorization).await
}
