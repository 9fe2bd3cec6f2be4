//! Reading a provider's feed of changes: oldest first, from a cursor.

use std::sync::Arc;

use hub_api::{AccessToken, Action, Change, Client, ClientError, Code, Item, Kind, Page, PageRequest};

use super::apply::{Batch, Direction};
use super::row::{self, Told};
use super::{FEED_LIMITS, Pull};
use crate::Trouble;
use crate::access::Failed;
use crate::store::account::Position;

impl Pull<'_> {
    /// Everything since the cursor.
    pub(super) async fn read_feed(&mut self) -> Result<(), Failed> {
        let remote = self.account.remote;
        let ask = |client: Arc<Client>, token, request: PageRequest| async move {
            client.changes(&token, remote, &request).await
        };
        self.read_pages(|position| position.changes.as_deref(), ask, Self::changes).await
    }

    /// Reads what comes after a cursor to its end, in pages as large as the provider allows, and commits each with its
    /// cursor.
    pub(super) async fn read_pages<T: Kind, R>(
        &mut self,
        cursor: fn(&Position) -> Option<&str>,
        ask: impl Fn(Arc<Client>, AccessToken, PageRequest) -> R,
        batch: fn(&Self, Page<T>, String) -> Batch,
    ) -> Result<(), Failed>
    where
        R: Future<Output = Result<Page<T>, ClientError>>,
    {
        let mut limits = FEED_LIMITS.into_iter();
        let mut limit = limits.next();
        while let Some(rows) = limit {
            let request = match cursor(&self.account.position) {
                Some(cursor) => PageRequest::after(rows, cursor),
                None => PageRequest::first(rows),
            };
            let call = |client, token| ask(client, token, request.clone());
            let page = match self.caller.attempt(&call).await? {
                Err(ClientError::Refused(answer)) if answer.error.code == Code::InvalidPagingLimit => {
                    limit = limits.next();
                    continue;
                }
                answer => answer?,
            };
            let more = page.links.next.is_some();
            let Some(last) = page.last_id.clone() else { return Ok(()) };
            let batch = batch(self, page, last);
            let went_on = self.commit(batch).await?;
            if went_on && !more {
                return Ok(());
            }
        }
        Err(Trouble::new("contract", "the provider allows no page size that was tried").into())
    }

    fn changes(&self, page: Page<Change>, last: String) -> Batch {
        let to = Position { changes: Some(last), ..self.account.position.clone() };
        let mut batch =
            Batch { told: Vec::new(), asserted: Vec::new(), defects: page.defects, direction: Direction::Up, to };
        for Item { resource, .. } in page.items {
            let change = resource.attributes;
            let remote = change.transaction_id.to_string();
            match (change.action, change.transaction) {
                (Action::Created | Action::Updated, Some(transaction)) => {
                    let raw = serde_json::to_string(&transaction.attributes).expect("attributes are JSON");
                    match row::read(remote, &transaction.attributes, raw, self.account.currency) {
                        Ok(row) => batch.told.push(Told::Is(Box::new(row))),
                        Err(defect) => batch.defects.push(defect),
                    }
                }
                (Action::Created | Action::Updated, None) => {
                    let rule = "a created or updated transaction must come with the change";
                    batch.defects.push(domain::Defect::new(format!("change/{}", resource.id), "", rule));
                }
                (Action::Removed, _) => batch.told.push(Told::Gone { remote, reason: change.reason }),
            }
        }
        batch
    }
}
