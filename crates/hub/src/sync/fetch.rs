//! Fetches one listing page by page. Each answer is stored before it is interpreted.

use std::collections::HashSet;

use connectors::{
    Bank, BankError, BankReply, Call, Connector, Listed, ListedPending, PageAsk, RawAnswer, TransactionsPage,
};
use db::DbError;
use domain::{Balance, Defect, RawAnswerId, SessionId, SynchronizationId, Timestamp};

use super::plan::Window;
use super::quota;
use crate::Hub;
use crate::store::{self, account::Account};

/// A page limit that no honest bank reaches: a listing that never ends is broken.
const MOST_PAGES: usize = 20_000;

/// A whole listing, every page of it.
#[derive(Default)]
pub struct Listing {
    /// Booked movements by page, in the order of the bank.
    pub pages: Vec<Vec<Listed>>,
    /// The stored answer of each page.
    pub raws: Vec<RawAnswerId>,
    /// Pending movements; `None` when the bank was not asked for them.
    pub pending: Option<Vec<ListedPending>>,
    /// Balances that came along.
    pub balances: Vec<Balance>,
    /// What could not be understood, and in which answer.
    pub defects: Vec<(RawAnswerId, Defect)>,
    /// When the first page came.
    pub seen_at: Option<Timestamp>,
}

/// Why a fetch stopped.
#[derive(Debug, thiserror::Error)]
pub enum FetchFailed {
    /// Because of the bank.
    #[error(transparent)]
    Bank(#[from] BankError),
    /// Because the bank's unattended calls are used up until an instant.
    #[error("the bank's calls without a person are used up until {0}")]
    QuotaUsedUp(Timestamp),
    /// Because of the database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What every call of one run shares.
pub struct Errand<'a> {
    /// The hub.
    pub hub: &'a Hub,
    /// The bank.
    pub bank: &'a Bank,
    /// How to talk to it.
    pub connector: &'a dyn Connector,
    /// The account, as it was when the run began.
    pub account: &'a Account,
    /// The synchronization.
    pub synchronization: SynchronizationId,
    /// Consent and the person's address.
    pub call: Call,
    /// The bank's id of the account.
    pub resource_id: String,
    /// How often a page that came damaged or not at all is asked for.
    pub attempts: u32,
}

impl Errand<'_> {
    /// Every page of a window.
    pub async fn listing(&self, window: Window) -> Result<Listing, FetchFailed> {
        let mut listing = Listing { pending: self.bank.profile.pending.then(Vec::new), ..Listing::default() };
        let mut asked: HashSet<String> = HashSet::new();
        let mut ask = PageAsk::First { from: window.from, to: window.to };
        for number in 0..MOST_PAGES {
            let (answer, page) = self.page(&ask, number == 0).await?;
            listing.seen_at.get_or_insert(answer.received_at);
            let raw = self.keep(&answer, "transactions", page.booked.len()).await?;
            let next = page.next.clone();
            listing.add(raw, page, number == 0);
            match next {
                // A link that was already followed would go round for ever.
                Some(link) if asked.insert(link.clone()) => ask = PageAsk::Next(link),
                Some(_) | None => return Ok(listing),
            }
        }
        Err(broken("the listing has no end").into())
    }

    /// The balances of the account.
    pub async fn balances(&self) -> Result<TransactionsPage, FetchFailed> {
        self.note_call("balances").await?;
        let answer = self.connector.balances(self.bank, &self.call, &self.resource_id).await?;
        self.keep(&answer, "balances", 0).await?;
        Ok(self.connector.read_balances(&answer, self.account.currency)?)
    }

    /// One page, asked for again when it came damaged or not at all, as often as the errand may.
    async fn page(&self, ask: &PageAsk, first: bool) -> Result<(RawAnswer, TransactionsPage), FetchFailed> {
        let mut attempt = 1;
        loop {
            if first {
                self.note_call("transactions").await?;
            }
            let fetched = self.connector.transactions(self.bank, &self.call, &self.resource_id, ask).await;
            let read = match fetched {
                Ok(answer) => {
                    let page = self.connector.read_transactions(&answer, self.account.currency);
                    if page.is_err() {
                        // Damaged, but it is what the bank said.
                        self.keep(&answer, "transactions", 0).await?;
                    }
                    page.map(|page| (answer, page))
                }
                Err(error) => Err(error),
            };
            let worth_another = attempt < self.attempts;
            match read {
                Ok(read) => return Ok(read),
                Err(BankError::Later { after_seconds: None, .. } | BankError::Broken { .. }) if worth_another => {
                    attempt += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Notes a call before it is made. Under the account's lock, so that no two processes take the last one.
    async fn note_call(&self, endpoint: &str) -> Result<(), FetchFailed> {
        let (organization, account) = (self.account.organization, self.account.id);
        let now = self.hub.environment.now();
        let nonce = SessionId::new(&self.hub.environment).to_string();
        let attended = self.call.psu_ip.is_some();
        db::write!(self.hub.db, tx => {
            store::account::lock(&mut tx, organization, account).await?;
            if !attended {
                let made = quota::made(&mut tx, organization, account, endpoint, now).await?;
                quota::allowed(&made, now, 1).map_err(FetchFailed::QuotaUsedUp)?;
            }
            store::bank_call::note(&mut tx, organization, account, endpoint, attended, now, &nonce).await?;
            Ok::<_, FetchFailed>(())
        })
    }

    async fn keep(&self, answer: &RawAnswer, endpoint: &str, rows: usize) -> Result<RawAnswerId, DbError> {
        let organization = self.account.organization;
        let digest = vault::token::hex(&vault::token::sha256(&answer.body));
        let new = store::raw::NewRaw {
            id: RawAnswerId::new(&self.hub.environment),
            account: self.account.id,
            synchronization: self.synchronization,
            endpoint,
            content_type: &answer.content_type,
            digest: &digest,
            body: &answer.body,
            received_at: answer.received_at,
        };
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        db::write!(self.hub.db, tx => {
            let id = store::raw::keep(&mut tx, organization, &new).await?;
            let now = self.hub.environment.now();
            store::synchronization::progress(&mut tx, organization, self.synchronization, rows, now).await?;
            Ok::<_, DbError>(id)
        })
    }
}

impl Listing {
    fn add(&mut self, raw: RawAnswerId, page: TransactionsPage, first: bool) {
        self.pages.push(page.booked);
        self.raws.push(raw);
        self.defects.extend(page.defects.into_iter().map(|defect| (raw, defect)));
        // Pending rows and balances come with every page at some banks; the first page's are from one instant.
        if first {
            self.balances = page.balances;
            if let Some(pending) = &mut self.pending {
                *pending = page.pending;
            }
        } else {
            let new: Vec<_> = page.balances.into_iter().filter(|balance| !self.balances.contains(balance)).collect();
            self.balances.extend(new);
        }
    }
}

fn broken(what: &str) -> BankError {
    BankError::Broken { what: what.to_owned(), reply: Box::new(BankReply::default()) }
}
