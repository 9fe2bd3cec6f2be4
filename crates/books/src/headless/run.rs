//! A synchronization that somebody waits for. It begins the imports and does the work itself, unless another process
//! does: running books, or a second run. Then it waits for that one, and takes over when it falls silent.

use domain::{CompanyId, ImportId, Span, Timestamp};

use super::report::Done;
use super::{Changes, Chosen, HeadlessError, Overview, Standing, Wanted};
use crate::import::{self, accounts_of};
use crate::store::import::{self as row, AskedBy};
use crate::store::{connection, target, worker};
use crate::{Books, BooksError, Inner, deliver};

/// A process that has said nothing for so long does no work.
const SILENT_SECONDS: i64 = 15;
/// A process says so often that it lives.
const BEAT_SECONDS: i64 = 5;

/// A run that has begun.
#[derive(Debug)]
pub struct Run {
    chosen: Vec<Chosen>,
    imports: Vec<(CompanyId, ImportId)>,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Something was done: go on at once.
    Moved,
    /// Somebody else is at it, or the bank is: look again soon.
    Waits,
    /// Everything is over.
    Over,
}

impl Books {
    /// Says that this process does the books' work, every few seconds at most.
    pub async fn beat(&self) -> Result<(), BooksError> {
        self.0.beat().await
    }

    /// Says that this process does it no longer.
    pub async fn rest(&self) -> Result<(), BooksError> {
        let silent = before(self.0.environment.now());
        let holder = &self.0.holder;
        let left: Result<(), db::DbError> =
            db::write!(self.0.db, tx => { worker::leave(&mut tx, holder, silent).await });
        Ok(left?)
    }

    /// Begins an import of every connection that feeds a chosen journal.
    pub async fn begin_sync(&self, wanted: &Wanted) -> Result<Run, HeadlessError> {
        let chosen = self.choose(wanted).await?;
        let mut imports = Vec::new();
        for one in &chosen {
            let company = one.company.id;
            let wished = |account| one.journals.iter().any(|journal| journal.account == Some(account));
            for connection in connection::of_company(&mut self.0.db.read().await?, company).await? {
                let accounts = accounts_of(&mut self.0.db.read().await?, &connection).await?;
                if !accounts.iter().any(|account| wished(account.id)) {
                    continue;
                }
                let begun = self.0.begin_import_of(company, connection.id, AskedBy::Schedule, None, wished).await?;
                imports.extend(begun.map(|import| (company, import)));
            }
        }
        Ok(Run { chosen, imports })
    }

    /// Takes a run a step further.
    pub async fn go_on(&self, run: &Run) -> Result<Turn, HeadlessError> {
        let books = &self.0;
        books.beat().await?;
        let now = books.environment.now();
        let served = worker::another(&mut books.db.read().await?, &books.holder, before(now)).await?;
        if !served && import::go_on_all(books).await? {
            return Ok(Turn::Moved);
        }
        for (company, import) in &run.imports {
            let found = row::find(&mut books.db.read().await?, *company, *import).await?;
            if found.is_some_and(|import| import.ended_at.is_none()) {
                return Ok(Turn::Waits);
            }
        }
        if !served && deliver::deliver_once(books).await? {
            return Ok(Turn::Moved);
        }
        for chosen in &run.chosen {
            if target::is_owed(&mut books.db.read().await?, chosen.company.id, now).await? {
                return Ok(Turn::Waits);
            }
        }
        Ok(Turn::Over)
    }

    /// What came of a run. One that was not waited for to its end, or that had nothing to import, says so.
    pub async fn end_sync(&self, run: &Run, over: bool) -> Result<Overview, HeadlessError> {
        self.rest().await?;
        let mut done = Done::new();
        for (company, import) in &run.imports {
            for step in row::steps(&mut self.0.db.read().await?, *company, *import).await? {
                let changes = Changes { new: step.created, corrected: step.updated, taken_back: step.removed };
                done.insert(step.account, changes);
            }
        }
        let mut overview = self.report(&run.chosen, Some(&done)).await?;
        if !over {
            overview.standing = overview.standing.max(Standing::Later);
            overview.notes.push("It was not over in time and goes on with the next run.".to_owned());
        }
        if run.imports.is_empty() {
            overview.standing = Standing::Person;
            let what =
                "Nothing was imported: no account feeds these journals. Connect a bank and link its accounts first.";
            overview.notes.push(what.to_owned());
        }
        Ok(overview)
    }
}

impl Inner {
    /// Says that this process does the books' work.
    async fn beat(&self) -> Result<(), BooksError> {
        let now = self.environment.now();
        let mut last = self.beaten_at.lock().await;
        if last.is_some_and(|last| now.duration_since(last).as_secs() < BEAT_SECONDS) {
            return Ok(());
        }
        let beaten: Result<(), db::DbError> =
            db::write!(self.db, tx => { worker::beat(&mut tx, &self.holder, now).await });
        beaten?;
        *last = Some(now);
        Ok(())
    }
}

/// Since when a process that works must have said something.
fn before(now: Timestamp) -> Timestamp {
    now.saturating_sub(Span::new().seconds(SILENT_SECONDS)).unwrap_or(now)
}
