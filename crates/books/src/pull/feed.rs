//! Reading a provider's feed of changes: oldest first, from a cursor.

use hub_api::{Action, Change, ClientError, Code, Item, Page, PageRequest};

use super::apply::{Batch, Direction};
use super::row::{self, Told};
use super::{FEED_LIMITS, Pull};
use crate::Trouble;
use crate::access::Failed;
use crate::store::account::Position;

impl Pull<'_> {
    /// Everything since the cursor.
    pub(super) async fn read_feed(&mut self) -> Result<(), Failed> {
        let mut limits = FEED_LIMITS.into_iter();
        let mut limit = limits.next();
        while let Some(rows) = limit {
            let remote = self.account.remote;
            let request = asked(rows, self.account.position.changes.as_deref());
            let call = |client: std::sync::Arc<hub_api::Client>, token| {
                let request = request.clone();
                async move { client.changes(&token, remote, &request).await }
            };
            let page = match self.caller.attempt(&call).await? {
                Err(ClientError::Refused(answer)) if answer.error.code == Code::InvalidPagingLimit => {
                    limit = limits.next();
                    continue;
                }
                answer => answer?,
            };
            let more = page.links.next.is_some();
            let Some(last) = page.last_id.clone() else { return Ok(()) };
            let to = Position { changes: Some(last), ..self.account.position.clone() };
            let batch = self.changes(page, to);
            let went_on = self.commit(batch).await?;
            if went_on && !more {
                return Ok(());
            }
        }
        Err(Trouble::new("contract", "the provider allows no page size that was tried").into())
    }

    fn changes(&self, page: Page<Change>, to: Position) -> Batch {
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

/// A page from a cursor on.
pub(super) fn asked(limit: u32, after: Option<&str>) -> PageRequest {
    after.map_or_else(|| PageRequest::first(limit), |cursor| PageRequest::after(limit, cursor))
}
