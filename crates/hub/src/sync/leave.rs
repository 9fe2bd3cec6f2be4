//! Whether a bank may be asked at all, kept where every process sees it. [`super::health`] decides.

use db::{DbError, Tx};
use domain::Timestamp;

use super::failure::Cause;
use crate::Hub;
use crate::store::account::Account;
use crate::store::institution_health;

/// Asks for leave to ask the bank for an account without a person; else tells when to come again.
pub async fn ask(hub: &Hub, account: &Account) -> Result<Result<(), Timestamp>, DbError> {
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        let before = institution_health::lock(&mut tx, account.institution).await?;
        let mut health = before.clone();
        let leave = health.may_ask(account.id, now);
        if health != before {
            institution_health::set(&mut tx, account.institution, &health).await?;
        }
        Ok::<_, DbError>(leave)
    })
}

/// Notes how the bank answered, in the transaction that ends a run.
pub async fn note(tx: &mut Tx, account: &Account, cause: Option<Cause>, now: Timestamp) -> Result<(), DbError> {
    match cause {
        None | Some(Cause::Refused) => institution_health::clear(tx, account.institution).await,
        Some(Cause::Silent(_)) => {
            let mut health = institution_health::lock(tx, account.institution).await?;
            health.failed(account.id, now);
            institution_health::set(tx, account.institution, &health).await?;
            if health.is_paused(now) {
                let (institution, pauses) = (account.institution, health.pauses);
                tracing::warn!(%institution, pauses, "the bank does not answer and is left alone for a while");
            }
            Ok(())
        }
        Some(Cause::Held(_) | Cause::Ours) => Ok(()),
    }
}
