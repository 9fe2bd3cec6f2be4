//! Takes a statement file back. What other files that stand tell as well stays, as theirs.

use db::{DbError, Tx};
use domain::{OrganizationId, SynchronizationId};

use super::reading;
use crate::Hub;
use crate::audit::{self, Action, Actor};
use crate::store;
use crate::store::account::Account;
use crate::store::file::StatementFile;
use crate::sync::{Listing, undo};
use crate::webhooks;

/// Takes back what an account took from a file, and tells how many transactions that were. The same bytes are one file,
/// however often they were sent. Undoing again does nothing.
pub async fn undo(hub: &Hub, organization: OrganizationId, file: &StatementFile, by: &Actor) -> Result<i64, DbError> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        let Some(account) = store::account::lock(&mut tx, organization, file.account).await? else { return Ok(0) };
        let standing = store::file::standing(&mut tx, organization, account.id).await?;
        let (same, others): (Vec<_>, Vec<_>) = standing.into_iter().partition(|other| other.raw == file.raw);
        if same.iter().all(|same| same.id != file.id) {
            return Ok(0);
        }
        for same in &same {
            store::file::undone(&mut tx, organization, same.id, now).await?;
        }
        audit::note(&mut tx, hub, organization, by, Action::UploadUndone, &file.name).await?;
        let others = told_by(&mut tx, &account, file, &others).await?;
        let undone = undo::undo(&mut tx, &hub.environment, &account, &same, &others).await?;
        let run = SynchronizationId::new(&hub.environment);
        store::synchronization::insert(&mut tx, organization, &super::run(run, account.id, now)).await?;
        let stretch = (account.last_change, undone.last_change);
        let changed = undone.last_change - account.last_change;
        store::synchronization::count(&mut tx, organization, run, 0, changed, stretch).await?;
        store::synchronization::finish(&mut tx, organization, run, None, now).await?;
        webhooks::finished(&mut tx, hub, &account, run, false).await?;
        Ok(undone.withdrawn)
    })
}

/// What the other files of an account tell that have days in common with one.
async fn told_by(
    tx: &mut Tx,
    account: &Account,
    file: &StatementFile,
    others: &[StatementFile],
) -> Result<Vec<Listing>, DbError> {
    let mut told: Vec<Listing> = Vec::new();
    let meets = |other: &&StatementFile| match (file.days, other.days) {
        (Some((first, last)), Some((from, to))) => from <= last && first <= to,
        // A file without movements tells balances, perhaps the same ones.
        (None, _) | (_, None) => true,
    };
    for other in others.iter().filter(meets) {
        if told.iter().any(|known| known.raws.contains(&other.raw)) {
            continue;
        }
        let Some(raw) = store::raw::get(tx, account.organization, other.raw).await? else { continue };
        match reading::read(&raw.body, Some(account)) {
            Ok(parts) => {
                let own = |part: &&reading::Part| {
                    part.reference.as_str() == account.reference && part.currency == account.currency
                };
                told.extend(parts.iter().find(own).map(|part| part.listing(other.raw, other.uploaded_at)));
            }
            Err(refused) => tracing::warn!(file = %other.id, %refused, "a file that was taken is not read any more"),
        }
    }
    Ok(told)
}
