//! What happened, as software is told.

use db::{DbError, Tx};
use domain::{AccountId, Date, EventId, OrganizationId, SynchronizationId, Timestamp};
use hub_api::{
    Account, Doc, EventAttributes, EventKind, EventRelationships, Kind, Moment, Relation, Subtype, Synchronization,
    WebhookEvent,
};

use super::tell;
use crate::store::account::Account as StoredAccount;
use crate::store::expiry_notice;
use crate::store::synchronization::{self, Counts};
use crate::store::webhook::Concerned;
use crate::{Hub, notices};

/// How many accounts are looked at in one go.
const BATCH: i64 = 20;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    /// What.
    pub kind: EventKind,
    account: Option<AccountId>,
    synchronization: Option<SynchronizationId>,
    subtype: Option<Subtype>,
    count: Option<i64>,
    expires_on: Option<Date>,
}

impl News {
    /// About an organization or integration.
    pub fn new(kind: EventKind) -> News {
        News { kind, account: None, synchronization: None, subtype: None, count: None, expires_on: None }
    }

    /// About an account.
    pub fn of(kind: EventKind, account: AccountId) -> News {
        News { account: Some(account), ..News::new(kind) }
    }

    /// The body that is sent.
    pub fn body(&self, id: EventId, organization: OrganizationId, now: Timestamp) -> String {
        let event = WebhookEvent {
            kind: self.kind,
            id,
            attributes: EventAttributes {
                created_at: Moment(now),
                synchronization_subtype: self.subtype,
                count: self.count,
                authorization_expiration_expected_at: self.expires_on.and_then(Moment::end_of),
            },
            relationships: EventRelationships {
                account: self.account.map(|id| Relation::to(Account::TYPE, id)),
                organization: Some(Relation::to("organization", organization)),
                synchronization: self.synchronization.map(|id| Relation::to(Synchronization::TYPE, id)),
            },
        };
        serde_json::to_string(&Doc { data: event }).expect("an event is texts and numbers")
    }
}

/// Tells how a synchronization ended: that it failed, what it changed, each kind of change once, or that there was
/// nothing to change. What was changed before a failure is told beside the failure.
pub(crate) async fn finished(
    tx: &mut Tx,
    hub: &Hub,
    account: &StoredAccount,
    id: SynchronizationId,
    failed: bool,
) -> Result<(), DbError> {
    let Some(counts) = synchronization::counts(tx, account.organization, id).await? else { return Ok(()) };
    for (kind, count) in outcome(counts, failed) {
        let told = matches!(kind, EventKind::SynchronizationFailed | EventKind::SynchronizationSucceededWithoutChange);
        let news = News {
            synchronization: Some(id),
            subtype: told.then_some(counts.subtype.into()),
            count,
            ..News::of(kind, account.id)
        };
        tell(tx, hub, account.organization, Concerned::ReadersOf(account.id), &news).await?;
    }
    Ok(())
}

fn outcome(counts: Counts, failed: bool) -> Vec<(EventKind, Option<i64>)> {
    let mut told = Vec::new();
    if failed {
        told.push((EventKind::SynchronizationFailed, None));
    }
    if counts.details_updated {
        told.push((EventKind::AccountDetailsUpdated, None));
    }
    for (kind, count) in [
        (EventKind::AccountTransactionsCreated, counts.created),
        (EventKind::AccountTransactionsUpdated, counts.updated),
        (EventKind::AccountPendingTransactionsCreated, counts.pending_created),
        (EventKind::AccountPendingTransactionsUpdated, counts.pending_updated),
    ] {
        if count > 0 {
            told.push((kind, Some(count)));
        }
    }
    if told.is_empty() {
        told.push((EventKind::SynchronizationSucceededWithoutChange, None));
    }
    told
}

/// Tells software and people of authorizations that come to their end, each stage once.
pub(crate) async fn expiring(tx: &mut Tx, hub: &Hub) -> Result<bool, DbError> {
    let due = expiry_notice::due(tx, hub.environment.today(), BATCH).await?;
    for found in &due {
        if expiry_notice::note(tx, found).await? {
            notices::expiring(tx, hub, found).await?;
            // Software was told a day ago; on the last day only people are written to.
            if found.days == 0 {
                continue;
            }
            let kind = EventKind::AccountAuthorizationExpiring;
            let news = News { expires_on: Some(found.expires_on), ..News::of(kind, found.account) };
            tell(tx, hub, found.organization, Concerned::ReadersOf(found.account), &news).await?;
        }
    }
    Ok(!due.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_synchronization_is_told_of() {
        let subtype = crate::store::synchronization::Subtype::AccountTransactions;
        let nothing =
            Counts { subtype, created: 0, updated: 0, pending_created: 0, pending_updated: 0, details_updated: false };
        let kinds = |counts, failed| outcome(counts, failed).iter().map(|(kind, _)| *kind).collect::<Vec<_>>();
        assert_eq!(kinds(nothing, false), [EventKind::SynchronizationSucceededWithoutChange]);
        assert_eq!(kinds(nothing, true), [EventKind::SynchronizationFailed]);
        assert_eq!(
            outcome(Counts { created: 3, ..nothing }, false),
            [(EventKind::AccountTransactionsCreated, Some(3))]
        );
        let half = Counts { created: 3, updated: 1, ..nothing };
        let told = [
            EventKind::SynchronizationFailed,
            EventKind::AccountTransactionsCreated,
            EventKind::AccountTransactionsUpdated,
        ];
        assert_eq!(kinds(half, true), told, "what was written before the failure is not kept secret");
    }
}
