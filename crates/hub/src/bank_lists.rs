//! The catalogue: the banks of the profile files, and those that hosts list at run time.
//!
//! Each host is asked at the start and once a day, by a job with a lease, so by one process for all. What it lists is a row
//! that every process reads again within half a minute; our id of a bank is given once and stays. A host that does not
//! answer takes nothing away, and is asked again in an hour. A bank that is no longer listed takes no new connections, but
//! keeps its accounts and comes back under the same id. A bank that has a profile file is what its file says.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use connectors::{BankHost, ListedBank, Profile};
use db::DbError;
use domain::{InstitutionId, JobId, Timestamp, ToSpan};

use crate::Hub;
use crate::mail::NOBODY;
use crate::store::bank_list::{self as store, Row};
use crate::store::job::{self, Job};

/// The kind of these jobs.
pub const KIND: &str = "bank-list";
/// How often a host is asked, and how soon again after it did not answer.
const EVERY_HOURS: i64 = 24;
const AGAIN_HOURS: i64 = 1;

/// The banks that can be reached.
pub struct Catalogue {
    files: Vec<Profile>,
    hosts: Vec<BankHost>,
    listed: RwLock<Listed>,
}

#[derive(Default)]
struct Listed {
    banks: BTreeMap<InstitutionId, Known>,
    /// When each host is to be asked.
    due: BTreeMap<String, Timestamp>,
}

struct Known {
    host: String,
    gone: bool,
    told: ListedBank,
    /// Kept for as long as the process lives, because it is borrowed everywhere. What a bank is called and where it is
    /// changes a few times in its life.
    profile: &'static Profile,
}

impl Catalogue {
    /// The banks of the files; `hosts` are asked for more.
    pub fn new(files: Vec<Profile>, hosts: Vec<BankHost>) -> Catalogue {
        Catalogue { files, hosts, listed: RwLock::default() }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Listed> {
        self.listed.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// A bank.
    pub fn get(&self, id: InstitutionId) -> Option<&Profile> {
        let filed = self.files.iter().find(|profile| profile.id == id);
        filed.or_else(|| self.read().banks.get(&id).map(|known| known.profile))
    }

    /// Every bank, by country and name.
    pub fn all(&self) -> Vec<&Profile> {
        let mut all: Vec<&Profile> = self.files.iter().collect();
        all.extend(self.read().banks.values().map(|known| known.profile));
        all.sort_by(|one, other| (&one.country, &one.name).cmp(&(&other.country, &other.name)));
        all
    }

    /// The host that lists a bank; none of one that has a file.
    pub fn host_of(&self, id: InstitutionId) -> Option<String> {
        self.read().banks.get(&id).map(|known| known.host.clone())
    }

    /// Whether a bank was listed and is no more.
    pub fn is_gone(&self, id: InstitutionId) -> bool {
        self.read().banks.get(&id).is_some_and(|known| known.gone)
    }

    fn due(&self, now: Timestamp) -> Vec<&BankHost> {
        let read = self.read();
        self.hosts.iter().filter(|host| read.due.get(&host.name).is_none_or(|due| *due <= now)).collect()
    }

    /// Takes in what the database holds.
    pub(crate) fn take(&self, rows: Vec<Row>, due: Vec<(String, Timestamp)>) {
        let mut listed = self.listed.write().unwrap_or_else(PoisonError::into_inner);
        listed.due = due.into_iter().collect();
        for row in rows {
            let Some(host) = self.hosts.iter().find(|host| host.name == row.host) else { continue };
            if self.files.iter().any(|file| file.bic.get(..8) == row.told.bic.get(..8)) {
                continue;
            }
            let same = listed.banks.get(&row.institution).filter(|known| known.told == row.told);
            let profile = match same {
                Some(known) => known.profile,
                None => Box::leak(Box::new(host.profile(row.institution, &row.told))),
            };
            let known = Known { host: row.host, gone: row.gone, told: row.told, profile };
            listed.banks.insert(row.institution, known);
        }
    }
}

/// Writes the jobs that are due, where the operator lets hosts be asked. Tells whether there were any.
pub async fn begin(hub: &Hub) -> Result<bool, DbError> {
    if !hub.settings.bank_lists {
        return Ok(false);
    }
    let now = hub.environment.now();
    let due: Vec<String> = hub.catalogue.due(now).into_iter().map(|host| host.name.clone()).collect();
    for host in &due {
        db::write!(hub.db, tx => { job::add(&mut tx, JobId::new(&hub.environment), NOBODY, KIND, host, now).await })?;
    }
    Ok(!due.is_empty())
}

/// Does the job: asks a host and keeps what it lists. An error means that it is to be run again.
pub(crate) async fn run(hub: &Hub, job: &Job) -> Result<(), DbError> {
    let now = hub.environment.now();
    let due = store::due(&mut hub.db.read().await?).await?;
    // Another process may have asked since this one looked.
    let is_due = due.iter().all(|(name, at)| *name != job.subject || *at <= now);
    if let Some(host) = hub.catalogue.hosts.iter().find(|host| host.name == job.subject && is_due) {
        ask(hub, host, now).await?;
    }
    db::write!(hub.db, tx => { job::done(&mut tx, job.id).await })?;
    refresh(hub).await
}

async fn ask(hub: &Hub, host: &BankHost, now: Timestamp) -> Result<(), DbError> {
    let answer = host.ask(&hub.door, &hub.environment).await;
    let (banks, defects) = match answer.and_then(|answer| host.read(&answer)) {
        Ok(read) => read,
        Err(error) => {
            let (status, host) = (error.reply().status, host.name.as_str());
            tracing::warn!(host, status, "a list of banks did not come, the last one stays: {error}");
            return db::write!(hub.db, tx => { store::asked(&mut tx, host, now + AGAIN_HOURS.hours()).await });
        }
    };
    for defect in &defects {
        tracing::warn!(host = host.name, at = defect.path, "a listed bank cannot be understood: {}", defect.rule);
    }
    db::write!(hub.db, tx => {
        for bank in &banks {
            let new = InstitutionId::new(&hub.environment);
            store::put(&mut tx, &host.name, bank, new).await?;
        }
        let bics: Vec<&str> = banks.iter().map(|bank| bank.bic.as_str()).collect();
        store::keep(&mut tx, &host.name, &bics, now).await?;
        store::asked(&mut tx, &host.name, now + EVERY_HOURS.hours()).await
    })?;
    tracing::info!(host = host.name, banks = banks.len(), "a list of banks was taken in");
    Ok(())
}

/// Reads what is listed again.
pub(crate) async fn refresh(hub: &Hub) -> Result<(), DbError> {
    let mut tx = hub.db.read().await?;
    let (rows, due) = (store::all(&mut tx).await?, store::due(&mut tx).await?);
    hub.catalogue.take(rows, due);
    Ok(())
}
