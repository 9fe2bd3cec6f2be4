//! A synchronization as the wire shows it: by itself, and as the `meta` of what was read by it.

use db::Tx;
use hub_api::{
    Code, ErrorItem, Kind, Moment, PendingTransaction, Relation, Resource, Synchronization,
    SynchronizationRelationships, SynchronizationStatus, Transaction,
};
use serde_json::Value;

use super::base::Base;
use super::error::ApiError;
use crate::store::account::Account;
use crate::store::synchronization::{self as store, Status, Subtype};

/// The latest synchronization of an account, as `meta` shows it.
pub(super) async fn latest(
    tx: &mut Tx,
    base: &Base,
    account: &Account,
) -> Result<Option<Resource<Synchronization>>, ApiError> {
    let recent = store::recent(tx, account.organization, account.id, 1).await?;
    Ok(recent.first().map(|row| resource(base, row)))
}

pub(super) fn resource(base: &Base, row: &store::Synchronization) -> Resource<Synchronization> {
    let attributes = Synchronization {
        resource_type: "account".to_owned(),
        resource_id: row.account,
        subtype: row.subtype.into(),
        status: match row.status {
            Status::Pending => SynchronizationStatus::Pending,
            Status::Running => SynchronizationStatus::Running,
            Status::Success => SynchronizationStatus::Success,
            Status::Error => SynchronizationStatus::Error,
        },
        errors: row.error.iter().map(failure).collect(),
        customer_online: Some(row.attended),
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
    };
    let address = base.at(&format!("/synchronizations/{}", row.id));
    let relationships = SynchronizationRelationships {
        updated_transactions: Some(Relation::list(format!("{address}/updated-transactions"), Transaction::TYPE)),
        updated_pending_transactions: Some(Relation::list(
            format!("{address}/updated-pending-transactions"),
            PendingTransaction::TYPE,
        )),
    };
    Resource::new(row.id, attributes, relationships)
}

impl From<Subtype> for hub_api::Subtype {
    fn from(subtype: Subtype) -> hub_api::Subtype {
        match subtype {
            Subtype::AccountDetails => hub_api::Subtype::AccountDetails,
            Subtype::AccountTransactions => hub_api::Subtype::AccountTransactions,
            Subtype::AccountTransactionsWithUnsettled => hub_api::Subtype::AccountTransactionsWithUnsettled,
        }
    }
}

fn failure(error: &store::SynchronizationError) -> ErrorItem {
    let item = ErrorItem::new(Code::parse(&error.code), error.detail.clone());
    let reply = error.reply.as_deref().and_then(|reply| serde_json::from_str::<Value>(reply).ok());
    match reply {
        None => item,
        Some(reply) => item.with_meta("financialInstitutionResponse", reply),
    }
}
