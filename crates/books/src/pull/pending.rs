//! Reading what a bank has announced: shown, replaced as a whole, never imported.

use db::DbError;
use hub_api::PageRequest;

use super::Pull;
use super::row::read_pending;
use crate::access::Failed;
use crate::store::{defect, pending};

/// Announced movements beyond this many are not shown.
const MOST: usize = 1000;

impl Pull<'_> {
    /// Replaces the announced movements of the account.
    pub(super) async fn read_pending(&mut self) -> Result<(), Failed> {
        let mut all = Vec::new();
        let mut defects = Vec::new();
        let mut request = PageRequest::first(PageRequest::MAX_LIMIT);
        loop {
            let remote = self.account.remote;
            let asked = request.clone();
            let call = |client: std::sync::Arc<hub_api::Client>, token| {
                let request = asked.clone();
                async move { client.pending_transactions(&token, remote, &request).await }
            };
            let page = self.caller.call(call).await?;
            defects.extend(page.defects);
            for item in page.items {
                match read_pending(&item.resource.id.to_string(), &item.resource.attributes, self.account.currency) {
                    Ok(one) => all.push(one),
                    Err(defect) => defects.push(defect),
                }
            }
            match (page.links.next, page.last_id) {
                (Some(_), Some(last)) if all.len() < MOST => {
                    request = PageRequest::after(PageRequest::MAX_LIMIT, last);
                }
                _ => break,
            }
        }
        let (books, company, account) = (self.books, self.place.company, self.account.id);
        let now = books.environment.now();
        let stored: Result<(), DbError> = db::write!(books.db, tx => {
            pending::replace(&mut tx, company, account, &all).await?;
            defect::keep(&mut tx, company, account, &defects, now).await
        });
        Ok(stored?)
    }
}
