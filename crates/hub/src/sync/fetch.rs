//! Fetches one listing page by page. Each answer is stored before it is interpreted.

use std::collections::HashSet;

use connectors::{
    Bank, BankError, BankReply, Call, Connector, Listed, ListedPending, PageAsk, RawAnswer, TransactionsPage,
};
use db::DbError;
use domain::{Balance, Defect, RawAnswerId, SessionId, SynchronizationId, Timestamp};

use super::familiar::Page;
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
    /// What is remembered of each page.
    pub familiar: Vec<Page>,
    /// Whether it is a statement file and no answer of the bank's interface. A file adds what is not known; it
    /// corrects and withdraws nothing, and says nothing of the days that are complete.
    pub from_file: bool,
}

/// A listing whose every page this process has read before, in the same order.
pub struct Repeated {
    answers: Vec<RawAnswer>,
    /// Digest of the listing.
    pub digest: String,
    /// Digest of each page.
    pub pages: Vec<String>,
    /// The booked movements on them.
    pub rows: i64,
    /// When the first page came.
    pub seen_at: Timestamp,
}

/// What a bank answered to a window.
pub enum Fetched {
    /// Something that had to be read.
    Listing(Box<Listing>),
    /// Word for word what it answered last time.
    Repeated(Repeated),
}

/// One answer.
struct Answered {
    answer: RawAnswer,
    /// What it says; `None` for a page that is known by its digest.
    read: Option<ReadPage>,
}

/// An answer that was kept and read.
struct ReadPage {
    raw: RawAnswerId,
    digest: String,
    page: TransactionsPage,
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
    /// Every page of a window. As long as the bank repeats the last listing page by page, nothing is parsed; the first
    /// page that differs makes the whole listing one that is read.
    pub async fn listing(&self, window: Window) -> Result<Fetched, FetchFailed> {
        let familiar = self.hub.familiar.pages(self.account.id, window.to);
        let mut repeated: Vec<RawAnswer> = Vec::new();
        let mut listing = self.empty();
        let mut asked: HashSet<String> = HashSet::new();
        let mut ask = PageAsk::First { from: window.from, to: window.to };
        for number in 0..MOST_PAGES {
            let known = familiar.get(number).filter(|_| listing.pages.is_empty());
            let answered = self.page(&ask, number == 0, known).await?;
            let next = match (answered.read, known) {
                (None, Some(known)) => {
                    repeated.push(answered.answer);
                    known.next.clone()
                }
                (read, _) => {
                    for answer in repeated.drain(..) {
                        self.take_in(&mut listing, &answer, None).await?;
                    }
                    self.take_in(&mut listing, &answered.answer, read).await?
                }
            };
            match next {
                // A link that was already followed would go round for ever.
                Some(link) if asked.insert(link.clone()) => ask = PageAsk::Next(link),
                Some(_) | None if repeated.is_empty() => {
                    self.hub.familiar.remember(self.account.id, (window.from, window.to), listing.familiar.clone());
                    return Ok(Fetched::Listing(Box::new(listing)));
                }
                Some(_) | None => {
                    return Ok(Fetched::Repeated(Repeated::of(repeated, &familiar, self.hub.environment.now())));
                }
            }
        }
        Err(broken("the listing has no end").into())
    }

    /// Reads a listing after all that only repeats what is known to this process: it is not what was applied last.
    pub async fn read(&self, repeated: &Repeated) -> Result<Listing, FetchFailed> {
        let mut listing = self.empty();
        for answer in &repeated.answers {
            self.take_in(&mut listing, answer, None).await?;
        }
        Ok(listing)
    }

    fn empty(&self) -> Listing {
        Listing { pending: self.bank.profile.pending.then(Vec::new), ..Listing::default() }
    }

    /// Adds what an answer says to the listing, keeping and reading it unless that was done. Gives its link.
    async fn take_in(
        &self,
        listing: &mut Listing,
        answer: &RawAnswer,
        read: Option<ReadPage>,
    ) -> Result<Option<String>, FetchFailed> {
        let ReadPage { raw, digest, page } = match read {
            Some(read) => read,
            None => self.kept_and_read(answer, digest(answer)).await?,
        };
        self.count_rows(page.booked.len()).await?;
        let next = page.next.clone();
        let familiar = Page { digest, next: next.clone(), rows: page.booked.len() };
        listing.seen_at.get_or_insert(answer.received_at);
        listing.add(raw, page, familiar);
        Ok(next)
    }

    /// Keeps an answer as it came, then reads it: whatever the reader does, the bank's word is there.
    async fn kept_and_read(&self, answer: &RawAnswer, digest: String) -> Result<ReadPage, FetchFailed> {
        let raw = self.keep(answer, &digest, "transactions").await?;
        let page = self.connector.read_transactions(answer, self.account.currency)?;
        Ok(ReadPage { raw, digest, page })
    }

    /// The balances of the account.
    pub async fn balances(&self) -> Result<TransactionsPage, FetchFailed> {
        self.note_call("balances").await?;
        let answer = self.connector.balances(self.bank, &self.call, &self.resource_id).await?;
        self.keep(&answer, &digest(&answer), "balances").await?;
        Ok(self.connector.read_balances(&answer, self.account.currency)?)
    }

    /// One page, asked for again when it came damaged or not at all, as often as the errand may.
    async fn page(&self, ask: &PageAsk, first: bool, known: Option<&Page>) -> Result<Answered, FetchFailed> {
        let mut attempt = 1;
        loop {
            if first {
                self.note_call("transactions").await?;
            }
            let fetched = self.connector.transactions(self.bank, &self.call, &self.resource_id, ask).await;
            let read = match fetched {
                Ok(answer) => {
                    let digest = digest(&answer);
                    if known.is_some_and(|known| known.digest == digest) {
                        return Ok(Answered { answer, read: None });
                    }
                    let read = self.kept_and_read(&answer, digest).await;
                    read.map(|read| Answered { answer, read: Some(read) })
                }
                Err(error) => Err(error.into()),
            };
            let worth_another = attempt < self.attempts;
            match read {
                Ok(read) => return Ok(read),
                Err(FetchFailed::Bank(BankError::Later { after_seconds: None, .. } | BankError::Broken { .. }))
                    if worth_another =>
                {
                    attempt += 1;
                }
                Err(failed) => return Err(failed),
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

    /// Counts movements that were read, for whoever watches the run.
    async fn count_rows(&self, rows: usize) -> Result<(), DbError> {
        let (organization, now) = (self.account.organization, self.hub.environment.now());
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        if rows == 0 {
            return Ok(());
        }
        db::write!(self.hub.db, tx => {
            store::synchronization::progress(&mut tx, organization, self.synchronization, (0, rows), now).await
        })
    }

    async fn keep(&self, answer: &RawAnswer, digest: &str, endpoint: &str) -> Result<RawAnswerId, DbError> {
        let organization = self.account.organization;
        let new = store::raw::NewRaw {
            id: RawAnswerId::new(&self.hub.environment),
            account: self.account.id,
            synchronization: self.synchronization,
            endpoint,
            content_type: &answer.content_type,
            digest,
            body: &answer.body,
            received_at: answer.received_at,
        };
        db::write!(self.hub.db, tx => {
            let id = store::raw::keep(&mut tx, organization, &new).await?;
            let now = self.hub.environment.now();
            store::synchronization::progress(&mut tx, organization, self.synchronization, (1, 0), now).await?;
            Ok::<_, DbError>(id)
        })
    }
}

impl Listing {
    /// Digest of the whole listing.
    pub fn digest(&self) -> String {
        digest_of(&self.familiar)
    }

    fn add(&mut self, raw: RawAnswerId, page: TransactionsPage, familiar: Page) {
        let first = self.pages.is_empty();
        self.familiar.push(familiar);
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

impl Repeated {
    fn of(answers: Vec<RawAnswer>, pages: &[Page], now: Timestamp) -> Repeated {
        let pages = &pages[..answers.len()];
        let rows: usize = pages.iter().map(|page| page.rows).sum();
        Repeated {
            digest: digest_of(pages),
            pages: pages.iter().map(|page| page.digest.clone()).collect(),
            rows: i64::try_from(rows).unwrap_or(i64::MAX),
            seen_at: answers.first().map_or(now, |answer| answer.received_at),
            answers,
        }
    }
}

fn digest(answer: &RawAnswer) -> String {
    vault::token::hex(&vault::token::sha256(&answer.body))
}

fn digest_of(pages: &[Page]) -> String {
    let digests: Vec<&str> = pages.iter().map(|page| page.digest.as_str()).collect();
    vault::token::hash(&digests.join(" "))
}

fn broken(what: &str) -> BankError {
    BankError::Broken { what: what.to_owned(), reply: Box::new(BankReply::default()) }
}
