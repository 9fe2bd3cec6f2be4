//! Reading a provider that has no feed of changes, only a list whose newest row comes first.
//!
//! The first time the list is walked from its top to its end; afterwards the pages above the newest row that was read
//! are taken, the adjacent one first. Corrections of older rows come with the synchronization that found them.

use domain::SynchronizationId;
use hub_api::{Item, Page, PageRequest, Transaction};

use super::Pull;
use super::apply::{Batch, Direction};
use super::row::{self, Told};
use crate::Trouble;
use crate::access::Failed;
use crate::store::account::{self, Position};
use crate::store::inspection;

const LIMIT: u32 = PageRequest::MAX_LIMIT;

impl Pull<'_> {
    /// Everything that is not read yet.
    pub(super) async fn read_list(&mut self) -> Result<(), Failed> {
        if self.account.position.newest.is_none() {
            if self.account.position.walk_after.is_none() {
                self.forget_wanted().await?;
            }
            self.walk().await?;
        }
        self.climb().await?;
        if self.top_is_read().await? {
            return Ok(());
        }
        // New rows may have come while we looked; if climbing does not reach the top now, the row that we read last is
        // no longer in the list, and only a new walk finds what lies between. Known rows are recognised by their ids, and
        // where those are others now, by what they say.
        self.climb().await?;
        if self.top_is_read().await? {
            return Ok(());
        }
        self.begin_anew().await?;
        self.walk().await
    }

    /// What a check found missing comes with a walk by itself, or is gone, perhaps because it has another id by now.
    async fn forget_wanted(&self) -> Result<(), Failed> {
        let (company, id) = (self.place.company, self.account.id);
        let forgotten: Result<(), db::DbError> =
            db::write!(self.books.db, tx => { inspection::outdate(&mut tx, company, id).await });
        Ok(forgotten?)
    }

    /// A row by which we kept our place is gone: from here on nothing is sure of the ids.
    async fn begin_anew(&mut self) -> Result<(), Failed> {
        let (company, id, epoch) = (self.place.company, self.account.id, self.account.epoch);
        let begun: Result<(), db::DbError> =
            db::write!(self.books.db, tx => { account::begin_anew(&mut tx, company, id, epoch).await });
        begun?;
        self.forget_wanted().await?;
        self.reload().await
    }

    /// From the top of the list, or from where a walk was cut off, to its end.
    async fn walk(&mut self) -> Result<(), Failed> {
        loop {
            let position = self.account.position.clone();
            let request = match &position.walk_after {
                Some(last) => PageRequest::after(LIMIT, last),
                None => PageRequest::first(LIMIT),
            };
            let page = self.list(&request).await?;
            let (Some(first), Some(last)) = (page.first_id.clone(), page.last_id.clone()) else {
                if position.walk_after.is_none() {
                    return Ok(());
                }
                // The page before promised more: the row after which we asked is not there any more.
                self.begin_anew().await?;
                return Err(Trouble::new("contract", "the list changed while it was read").into());
            };
            let top = position.walk_top.clone().unwrap_or(first);
            let more = page.links.next.is_some();
            let to = if more {
                Position { walk_top: Some(top), walk_after: Some(last), ..position }
            } else {
                Position { newest: Some(top), walk_top: None, walk_after: None, ..position }
            };
            let batch = self.batch(page, Direction::Down, to);
            let went_on = self.commit(batch).await?;
            // Whoever moved the account meanwhile may have ended the walk.
            if (went_on && !more) || self.account.position.newest.is_some() {
                return Ok(());
            }
        }
    }

    /// The rows above the newest one that was read, nearest first.
    async fn climb(&mut self) -> Result<(), Failed> {
        while let Some(newest) = self.account.position.newest.clone() {
            let page = self.list(&PageRequest::before(LIMIT, newest)).await?;
            let Some(first) = page.first_id.clone() else { return Ok(()) };
            let more = page.links.prev.is_some();
            let to = Position { newest: Some(first), ..self.account.position.clone() };
            let mut batch = self.batch(page, Direction::Up, to);
            batch.told.reverse();
            let went_on = self.commit(batch).await?;
            if went_on && !more {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether the newest row that was read is the first of the list.
    async fn top_is_read(&mut self) -> Result<bool, Failed> {
        let page = self.list(&PageRequest::first(1)).await?;
        Ok(page.first_id.is_none() || page.first_id == self.account.position.newest)
    }

    /// The rows that a synchronization created or corrected.
    pub(super) async fn read_corrections(&mut self, id: SynchronizationId) -> Result<(), Failed> {
        let mut request = PageRequest::first(LIMIT);
        loop {
            let asked = request.clone();
            let call = |client: std::sync::Arc<hub_api::Client>, token| {
                let request = asked.clone();
                async move { client.updated_transactions(&token, id, &request).await }
            };
            let page = self.caller.call(call).await?;
            let next = page.links.next.is_some().then(|| page.last_id.clone()).flatten();
            let batch = self.batch(page, Direction::Up, self.account.position.clone());
            // When another process was faster the page is applied to what it left.
            let again = Batch { told: batch.told.clone(), ..empty(self.account.position.clone()) };
            if !self.commit(batch).await? {
                self.commit(Batch { to: self.account.position.clone(), ..again }).await?;
            }
            match next {
                Some(last) => request = PageRequest::after(LIMIT, last),
                None => return Ok(()),
            }
        }
    }

    async fn list(&mut self, request: &PageRequest) -> Result<Page<Transaction>, Failed> {
        let remote = self.account.remote;
        let call = |client: std::sync::Arc<hub_api::Client>, token| {
            let request = request.clone();
            async move { client.transactions(&token, remote, &request).await }
        };
        self.caller.call(call).await
    }

    fn batch(&self, page: Page<Transaction>, direction: Direction, to: Position) -> Batch {
        let mut batch = Batch { defects: page.defects, direction, ..empty(to) };
        for Item { resource, raw } in page.items {
            let remote = resource.id.to_string();
            match row::read(remote, &resource.attributes, raw.get().to_owned(), self.account.currency) {
                Ok(row) => batch.told.push(Told::Is(Box::new(row))),
                Err(defect) => batch.defects.push(defect),
            }
        }
        batch
    }
}

fn empty(to: Position) -> Batch {
    Batch { told: Vec::new(), asserted: Vec::new(), defects: Vec::new(), direction: Direction::Up, to }
}
