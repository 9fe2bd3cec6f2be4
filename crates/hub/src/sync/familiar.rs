//! The answers that this process has read already. A bank asked four times a day mostly repeats itself word for word;
//! such a page is recognised by its digest and not parsed again, because the link that it gave is remembered.
//!
//! Kept in memory on purpose: a program that was just started reads every answer once, since it may read better than
//! the one before it. Whether a listing of familiar pages was also the last that was *applied* is decided by the
//! database ([`crate::store::listing`]), because other processes apply listings too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use domain::{AccountId, Date, ToSpan};

use super::plan::OVERLAP_DAYS;

/// Longer listings are not remembered, so that memory follows the accounts and not their histories.
const MOST_PAGES: usize = 100;

/// One page that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Digest of the answer.
    pub digest: String,
    /// The link that it gave.
    pub next: Option<String>,
    /// How many booked movements it listed.
    pub rows: usize,
}

type Listings = Vec<(Option<Date>, Arc<[Page]>)>;

/// The last listing of each account and window that was read, page by page.
#[derive(Debug, Default)]
pub struct Familiar(Mutex<HashMap<AccountId, Listings>>);

impl Familiar {
    /// The pages of the last listing of an account that went through a day, or up to now.
    pub fn pages(&self, account: AccountId, through: Option<Date>) -> Arc<[Page]> {
        let accounts = self.0.lock().expect("nobody panics while holding this lock");
        let listings = accounts.get(&account).into_iter().flatten();
        let found = listings.into_iter().find(|(day, _)| *day == through);
        found.map_or_else(|| Arc::from([]), |(_, pages)| pages.clone())
    }

    /// Remembers a listing that began on a day, and forgets those of windows that end more than the overlap before it.
    pub fn remember(&self, account: AccountId, (from, through): (Date, Option<Date>), pages: Vec<Page>) {
        let mut accounts = self.0.lock().expect("nobody panics while holding this lock");
        let listings = accounts.entry(account).or_default();
        let oldest = from.saturating_sub(OVERLAP_DAYS.days());
        listings.retain(|(day, _)| *day != through && day.is_none_or(|day| day >= oldest));
        if pages.len() <= MOST_PAGES {
            listings.push((through, pages.into()));
        }
    }
}
