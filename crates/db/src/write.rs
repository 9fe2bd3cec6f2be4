use crate::{DbError, Tx};

/// How often a transaction is run again when the database asks for it.
const ATTEMPTS: u32 = 10;

/// Runs a block in a writing transaction and commits what it did when it ends in `Ok`; an `Err` undoes everything.
/// When PostgreSQL reports a conflict the block is run again from the start, so it must have no effect outside the
/// database. A macro, because a closure that borrows its transaction across an `await` cannot be proven `Send` yet.
///
/// ```text
/// let added = db::write!(self.db, tx => {
///     store::account::insert(&mut tx, &account).await?;
///     Ok::<_, DbError>(1)
/// })?;
/// ```
#[macro_export]
macro_rules! write {
    ($db:expr, $tx:ident => $body:block) => {{
        let mut attempt = 1;
        loop {
            match $db.begin().await {
                Err(error) => break Err(error.into()),
                Ok(mut $tx) => {
                    let outcome = async { $body }.await;
                    if let Some(settled) = $crate::settle($tx, outcome, &mut attempt).await {
                        break settled;
                    }
                }
            }
        }
    }};
}

/// Commits or undoes; `None` when the transaction must be run again. Only for [`write!`](crate::write!).
#[doc(hidden)]
pub async fn settle<T, E: From<DbError>>(tx: Tx, outcome: Result<T, E>, attempt: &mut u32) -> Option<Result<T, E>> {
    let may_repeat = *attempt < ATTEMPTS;
    *attempt += 1;
    match outcome {
        Ok(value) => match tx.commit().await {
            Ok(()) => Some(Ok(value)),
            Err(DbError::Conflict) if may_repeat => None,
            Err(error) => Some(Err(error.into())),
        },
        Err(_) if tx.conflict && may_repeat => None,
        Err(error) => Some(Err(error)),
    }
}
