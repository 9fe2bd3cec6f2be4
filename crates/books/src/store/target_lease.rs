//! Leases: one process serves a target at a time, and one that dies leaves its lease to run out.

use db::{DbError, Tx};
use domain::Timestamp;

use super::target::TargetRow;

/// Takes a target for this process until an instant; `false` when another process has it.
pub async fn take(tx: &mut Tx, target: &TargetRow, now: Timestamp, until: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE target SET leased_until = $4 WHERE company_id = $1 AND id = $2 AND leased_until <= $3";
    let args = [
        target.company.to_string().into(),
        target.id.to_string().into(),
        now.as_microsecond().into(),
        until.as_microsecond().into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Prolongs the lease of a target that this process took until `held`. False when another process has taken it since,
/// or it is gone: the end of a lease tells one holder from the next.
pub async fn renew(tx: &mut Tx, target: &TargetRow, held: Timestamp, until: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE target SET leased_until = $4 WHERE company_id = $1 AND id = $2 AND leased_until = $3";
    let args = [
        target.company.to_string().into(),
        target.id.to_string().into(),
        held.as_microsecond().into(),
        until.as_microsecond().into(),
    ];
    Ok(tx.run(sql, &args).await? == 1)
}

/// Gives a target back when its visit is over.
pub async fn give_back(tx: &mut Tx, target: &TargetRow, now: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE target SET leased_until = $3 WHERE company_id = $1 AND id = $2";
    let args = [target.company.to_string().into(), target.id.to_string().into(), now.as_microsecond().into()];
    tx.run(sql, &args).await.map(|_| ())
}
