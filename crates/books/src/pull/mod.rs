//! Reads what is new of one account and commits it page by page, each page with its cursor: a pull may be repeated,
//! cut off anywhere, or run twice at once, and every transaction still becomes exactly one line.

mod account_row;
mod apply;
mod balances;
mod feed;
mod list;
mod pending;
mod reissued;
pub(crate) mod row;
mod wanted;

use domain::{AccountId, CompanyId, ImportId, SynchronizationId};

pub(crate) use account_row::told_account;

use crate::access::{Caller, Failed};
use crate::store::account::{self, Account};
use crate::store::journal;
use crate::store::line::Place;
use crate::{BooksError, Inner, Trouble};

/// One account being read.
pub(crate) struct Pull<'a> {
    books: &'a Inner,
    caller: Caller<'a>,
    account: Account,
    place: Place,
    import: ImportId,
}

/// Rows on a page of our own feeds; a provider that allows fewer says so and gets the next number.
const FEED_LIMITS: [u32; 2] = [hub_api::PageRequest::MAX_FEED_LIMIT, hub_api::PageRequest::MAX_LIMIT];

impl Inner {
    /// Brings the journal of an account up to what its provider holds now. `synchronization` is the one that this
    /// import asked for; a provider without a feed of changes tells by it which old rows were corrected.
    pub(crate) async fn pull(
        &self,
        company: CompanyId,
        account: AccountId,
        import: ImportId,
        synchronization: Option<SynchronizationId>,
    ) -> Result<(), Failed> {
        let mut tx = self.db.read().await?;
        let account = account::find(&mut tx, company, account).await?;
        let Some(account) = account else { return Ok(()) };
        // Unlinked meanwhile: nothing to read for.
        let Some(journal) = journal::of_account(&mut tx, company, account.id).await? else { return Ok(()) };
        drop(tx);
        let place = Place { company, journal: journal.id, account: account.id };
        let caller = self.caller(&account.grant).await?;
        let mut pull = Pull { books: self, caller, account, place, import };
        if pull.caller.client.has_changes() {
            pull.read_feed().await?;
        } else {
            pull.read_list().await?;
            if let Some(id) = synchronization {
                pull.read_corrections(id).await?;
            }
        }
        pull.withdraw_untold().await?;
        pull.read_wanted().await?;
        if pull.caller.client.has_balances() {
            pull.read_balances().await?;
        }
        pull.read_pending().await?;
        pull.read_details().await
    }
}

impl Pull<'_> {
    /// What the provider says of the account itself: its balance, and until when it is authorised.
    async fn read_details(&mut self) -> Result<(), Failed> {
        let remote = self.account.remote;
        let resource = self.caller.call(|client, token| async move { client.account(&token, remote).await }).await?;
        let Some(told) = told_account(&resource) else { return Ok(()) };
        let (books, grant, id) = (self.books, &self.account.grant, self.account.id);
        let stored: Result<(), BooksError> = db::write!(books.db, tx => {
            Ok(account::refresh(&mut tx, grant, id, &told).await?)
        });
        Ok(stored?)
    }

    /// Reads the account's row again: another process moved it on.
    async fn reload(&mut self) -> Result<(), Failed> {
        let mut tx = self.books.db.read().await?;
        let account = account::find(&mut tx, self.place.company, self.account.id).await?;
        self.account = account.ok_or_else(|| Trouble::new("resourceNotFound", "the account is gone"))?;
        Ok(())
    }
}
