//! Finding missing transactions: everything that the provider lists for an account is read again and held against the
//! lines of its journal. Page by page, each committed with its place, so a check may be cut off and goes on.

use domain::{AccountId, CompanyId, JobId, caught};
use hub_api::PageRequest;

use crate::access::Failed;
use crate::pull::row;
use crate::round::Round;
use crate::store::inspection::{self, Inspection, Missing};
use crate::store::journal::{self, Journal};
use crate::store::line::{self, Place};
use crate::store::{account, defect};
use crate::{BooksError, Inner, Trouble};

impl Inner {
    /// Begins a check of a journal; one that runs already goes on. Answers whether there is an account to ask for.
    pub(crate) async fn inspect(&self, journal: &Journal) -> Result<bool, BooksError> {
        let Some(id) = journal.account else { return Ok(false) };
        let now = self.environment.now();
        db::write!(self.db, tx => {
            let Some(account) = account::find(&mut tx, journal.company, id).await? else { return Ok(false) };
            let inspection = Inspection {
                company: journal.company,
                id: JobId::new(&self.environment),
                journal: journal.id,
                account: id,
                begun_at: now,
                ended_at: None,
                after: None,
                listed: 0,
                high_sequence: account.position.high_sequence,
                surplus: 0,
                trouble: None,
            };
            inspection::begin(&mut tx, &inspection).await?;
            Ok(account.listed)
        })
    }

    /// Marks what a check found missing as wanted, and answers the account that an import has to run for.
    pub(crate) async fn want_missing(
        &self,
        company: CompanyId,
        journal: &Journal,
    ) -> Result<Option<AccountId>, BooksError> {
        db::write!(self.db, tx => {
            let Some(latest) = inspection::latest(&mut tx, company, journal.id).await? else { return Ok(None) };
            inspection::want(&mut tx, &latest).await?;
            Ok(journal.account.filter(|account| *account == latest.account))
        })
    }
}

/// Takes every running check one page further. Answers whether one moved.
pub(crate) async fn work_once(books: &Inner) -> Result<bool, BooksError> {
    let running = inspection::running(&mut books.db.read().await?).await?;
    let mut round = Round::default();
    for one in &running {
        round.take(one.id, step(books, one)).await;
    }
    round.end()
}

/// Takes one check a page further. Where the books themselves fail at it, it ends: a person began it, and sees that.
async fn step(books: &Inner, one: &Inspection) -> Result<bool, BooksError> {
    let outcome = caught(go_on(books, one)).await.unwrap_or_else(|panicked| Err(Failed::Books(panicked.into())));
    let trouble = match outcome {
        Ok(()) => return Ok(true),
        Err(Failed::Provider(trouble)) => trouble,
        Err(Failed::Books(error)) => {
            tracing::error!(check = %one.id, %error, "a check failed");
            Trouble::new("booksFailed", "")
        }
    };
    end(books, one, Some(&trouble)).await.map(|()| true)
}

async fn end(books: &Inner, inspection: &Inspection, trouble: Option<&Trouble>) -> Result<(), BooksError> {
    let now = books.environment.now();
    db::write!(books.db, tx => { inspection::end(&mut tx, inspection, trouble, now).await })?;
    Ok(())
}

async fn go_on(books: &Inner, inspection: &Inspection) -> Result<(), Failed> {
    let mut tx = books.db.read().await?;
    let account = account::find(&mut tx, inspection.company, inspection.account).await?;
    let journal = journal::find(&mut tx, inspection.company, inspection.journal).await?;
    drop(tx);
    let gone = || Trouble::new("resourceNotFound", "the account no longer feeds this journal");
    let account = account.ok_or_else(gone)?;
    let journal = journal.filter(|journal| journal.account == Some(inspection.account)).ok_or_else(gone)?;
    let mut caller = books.caller(&account.grant).await?;
    let request = inspection.after.as_ref().map_or_else(
        || PageRequest::first(PageRequest::MAX_LIMIT),
        |last| PageRequest::after(PageRequest::MAX_LIMIT, last),
    );
    let remote = account.remote;
    let call = |client: std::sync::Arc<hub_api::Client>, token| {
        let request = request.clone();
        async move { client.transactions(&token, remote, &request).await }
    };
    let page = caller.call(call).await?;
    let Some(last) = page.last_id.clone() else { return Ok(end(books, inspection, None).await?) };
    let more = page.links.next.is_some();
    let count = page.items.len() + page.defects.len();
    let mut defects = page.defects;
    let mut told = Vec::new();
    for item in page.items {
        let raw = item.raw.get().to_owned();
        match row::read(item.resource.id.to_string(), &item.resource.attributes, raw, account.currency) {
            Ok(row) => told.push(row),
            Err(defect) => defects.push(defect),
        }
    }
    let place = Place { company: inspection.company, journal: journal.id, account: account.id };
    let now = books.environment.now();
    let moved: Result<bool, db::DbError> = db::write!(books.db, tx => {
        if !inspection::advance(&mut tx, inspection, &last, count).await? {
            return Ok(false);
        }
        let remotes: Vec<&str> = told.iter().map(|row| row.remote.as_str()).collect();
        let known = line::by_remote(&mut tx, place, &remotes).await?;
        inspection::saw(&mut tx, inspection, &remotes).await?;
        let missing: Vec<Missing> = told
            .iter()
            .filter(|row| journal.start_on.is_none_or(|start| row.booked_on >= start))
            .filter(|row| known.iter().all(|line| line.remote != row.remote))
            .map(missing)
            .collect();
        inspection::miss(&mut tx, inspection, &missing).await?;
        defect::keep(&mut tx, inspection.company, account.id, &defects, now).await?;
        Ok(true)
    });
    if moved? && !more {
        end(books, inspection, None).await?;
    }
    Ok(())
}

fn missing(row: &row::Row) -> Missing {
    Missing {
        remote: row.remote.clone(),
        booked_on: row.booked_on,
        amount_minor: row.amount_minor,
        label: row.text.label.clone(),
        partner_name: row.text.partner_name.clone(),
        partner_account: row.text.partner_account.clone(),
        raw: row.text.raw.clone(),
    }
}
