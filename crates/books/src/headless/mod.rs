//! The books without a browser, for the operator and for a cron job: synchronize and wait for the end, look how
//! everything stands, connect, take lines out. Everything works beside running books or without them; see [`crate::store::worker`].

mod connect;
mod export;
mod plan;
mod report;
mod run;

use domain::{CompanyId, JournalId};

use crate::access::Failed;
use crate::store::company::{self, Company};
use crate::store::journal::{self, Journal, bare};
use crate::{Books, BooksError, Trouble};

pub use connect::{Connected, ConnectedAccount, LinkWhat, Way, Whither};
pub use export::{ExportedLine, Stretch};
pub use plan::{Plan, PlannedConnection, PlannedJournal, PlannedTarget};
pub use report::{
    Changes, CompanyReport, ConnectionReport, JournalReport, Overview, Standing, TargetReport, TroubleReport,
};
pub use run::{Run, Turn};

/// Why the operator gets no answer.
#[derive(Debug, thiserror::Error)]
pub enum HeadlessError {
    /// What was asked for is not there or not clear; the sentence says what there is instead.
    #[error("{0}")]
    Asked(String),
    /// The provider refuses or cannot be reached.
    #[error("{provider}: {} ({})", .trouble.detail, .trouble.code)]
    Provider {
        /// Its name.
        provider: String,
        /// What it said.
        trouble: Box<Trouble>,
    },
    /// The books themselves.
    #[error(transparent)]
    Books(#[from] BooksError),
}

impl From<db::DbError> for HeadlessError {
    fn from(error: db::DbError) -> HeadlessError {
        HeadlessError::Books(error.into())
    }
}

impl HeadlessError {
    fn of(failed: Failed, provider: &str) -> HeadlessError {
        match failed {
            Failed::Provider(trouble) => {
                HeadlessError::Provider { provider: provider.to_owned(), trouble: Box::new(trouble) }
            }
            Failed::Books(error) => error.into(),
        }
    }
}

/// Which company and journals a command is about: all of them when nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// A company's name or id.
    pub company: Option<String>,
    /// Codes, names or account numbers of journals.
    pub journals: Vec<String>,
}

/// One company with the journals that were chosen.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    company: Company,
    journals: Vec<Journal>,
    /// Whether they are all that it has.
    all: bool,
}

impl Chosen {
    fn has(&self, journal: JournalId) -> bool {
        self.journals.iter().any(|chosen| chosen.id == journal)
    }
}

impl Books {
    /// The company of a name or an id. A name that several companies have says nothing.
    pub(crate) async fn company_named(&self, told: &str) -> Result<Company, HeadlessError> {
        let all = company::all(&mut self.0.db.read().await?).await?;
        let by_id = CompanyId::parse(told).ok();
        // A company that the operator named is meant before one that somebody gave the same name.
        let own = all.iter().find(|(company, own)| *own && company.name == told);
        let same: Vec<&Company> = match (by_id, own) {
            (Some(id), _) => all.iter().map(|(company, _)| company).filter(|company| company.id == id).collect(),
            (None, Some((own, _))) => vec![own],
            (None, None) => all.iter().map(|(company, _)| company).filter(|company| company.name == told).collect(),
        };
        match same.as_slice() {
            [one] => Ok((*one).clone()),
            [] => {
                let names: Vec<&str> = all.iter().map(|(company, _)| company.name.as_str()).collect();
                let there = if names.is_empty() { "there is none yet".to_owned() } else { names.join(", ") };
                Err(HeadlessError::Asked(format!("these books have no company '{told}'; there: {there}")))
            }
            several => {
                let ids: Vec<String> = several.iter().map(|company| company.id.to_string()).collect();
                let ids = ids.join(", ");
                Err(HeadlessError::Asked(format!("several companies are named '{told}': give one of their ids, {ids}")))
            }
        }
    }

    pub(crate) async fn choose(&self, wanted: &Wanted) -> Result<Vec<Chosen>, HeadlessError> {
        let companies = match &wanted.company {
            Some(told) => vec![self.company_named(told).await?],
            None => company::all(&mut self.0.db.read().await?).await?.into_iter().map(|(company, _)| company).collect(),
        };
        let mut chosen = Vec::new();
        let mut there = Vec::new();
        let mut found = vec![false; wanted.journals.len()];
        for company in companies {
            let all = journal::of_company(&mut self.0.db.read().await?, company.id).await?;
            there.extend(all.iter().map(|journal| format!("{} ({})", journal.code, journal.name)));
            let count = all.len();
            let mut journals = all;
            if !wanted.journals.is_empty() {
                journals.retain(|journal| {
                    let mut wished = false;
                    for (told, found) in wanted.journals.iter().zip(&mut found) {
                        if is_named(journal, told) {
                            (wished, *found) = (true, true);
                        }
                    }
                    wished
                });
            }
            let all = journals.len() == count;
            if wanted.journals.is_empty() || !journals.is_empty() {
                chosen.push(Chosen { company, journals, all });
            }
        }
        match wanted.journals.iter().zip(found).find(|(_, found)| !found) {
            Some((told, _)) => {
                let there = if there.is_empty() { "there is none yet".to_owned() } else { there.join(", ") };
                Err(HeadlessError::Asked(format!("there is no journal '{told}'; there: {there}")))
            }
            None => Ok(chosen),
        }
    }
}

/// Whether somebody means a journal: by its code, its name, or its account's number.
fn is_named(journal: &Journal, told: &str) -> bool {
    journal.code == told || journal.name == told || (!bare(told).is_empty() && bare(&journal.reference) == bare(told))
}
