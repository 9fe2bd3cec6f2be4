//! `/accounts/{account}/changes?after=<cursor>`: what happened to the account's transactions, oldest first. The id of
//! a change is the cursor; the feed gives the same steps from the same cursor for ever.

use axum::Json;
use axum::extract::{Path, State};
use hub_api::{Action, Change, ChangeRelationships, Kind, List, Moment, PageRequest, Relation, Resource, Transaction};

use super::base::Base;
use super::caller::Caller;
use super::error::ApiError;
use super::paging::FeedPage;
use super::{path, synchronized, transaction};
use crate::SharedHub;
use crate::store::change::{self, ChangeKind};

/// `GET /accounts/{account}/changes`.
pub(super) async fn list(
    State(hub): State<SharedHub>,
    caller: Caller,
    base: Base,
    Path(id): Path<String>,
    FeedPage(page): FeedPage,
) -> Result<Json<List<Resource<Change>>>, ApiError> {
    let after = place(&page)?;
    let account = caller.reads(path::id(&id, "account")?).await?;
    let mut tx = hub.db.read().await?;
    let limit = i64::from(page.limit);
    let mut found = change::page(&mut tx, caller.organization, account.id, after, limit + 1).await?;
    let more = found.len() > page.limit as usize;
    found.truncate(page.limit as usize);
    let latest = synchronized::latest(&mut tx, &base, &account).await?;
    let address = base.at(&format!("/accounts/{}/changes", account.id));
    let data = found.iter().map(|change| resource(&base, change)).collect();
    let list = page.document(&address, data, false, more);
    Ok(Json(list.with_freshness(account.synchronized_at.map(Moment), latest)))
}

/// The place in a feed after which a page begins. A feed is read onward only, so a cursor that no feed has ever given
/// is a mistake worth telling, unlike in the lists that clients of Ponto page through.
pub(super) fn place(page: &PageRequest) -> Result<i64, ApiError> {
    if page.before.is_some() {
        return Err(ApiError::parameter("before", "A feed is read onward: use after."));
    }
    let Some(after) = &page.after else { return Ok(0) };
    let place = after.parse().ok().filter(|place| *place >= 0);
    place.ok_or_else(|| ApiError::parameter("after", "This is not an id that the feed has given."))
}

fn resource(base: &Base, change: &change::Change) -> Resource<Change> {
    let row = &change.transaction;
    let (action, transaction) = match change.kind {
        ChangeKind::Created => (Action::Created, Some(transaction::resource(base, row))),
        ChangeKind::Updated => (Action::Updated, Some(transaction::resource(base, row))),
        ChangeKind::Removed => (Action::Removed, None),
    };
    let reported = change.kind == ChangeKind::Created && change.change == row.change;
    let attributes = Change {
        action,
        transaction_id: row.id,
        changed_at: Moment(change.at),
        reason: (!reported).then(|| change.reason.clone()),
        transaction,
    };
    let relationships = ChangeRelationships { transaction: Some(Relation::to(Transaction::TYPE, row.id)) };
    Resource::new(change.change.to_string(), attributes, relationships)
}
