//! After a provider gave an account or its movements new ids, everything is read again. A movement that it withdrew in
//! between is told by nobody: it is the one that is left over. It is taken back, and comes back when it is told again.

use super::Pull;
use super::apply::{Batch, Direction};
use super::row::Told;
use crate::access::Failed;
use crate::store::{account, line};

impl Pull<'_> {
    /// Takes back what an account no longer tells; once after each change of its id, when all was read.
    pub(super) async fn withdraw_untold(&mut self) -> Result<(), Failed> {
        let (company, id, epoch) = (self.place.company, self.account.id, self.account.epoch);
        let mut tx = self.books.db.read().await?;
        if !account::is_reissued(&mut tx, company, id).await? {
            return Ok(());
        }
        drop(tx);
        loop {
            let untold = line::untold(&mut self.books.db.read().await?, self.place, epoch).await?;
            if untold.is_empty() {
                break;
            }
            let reason = "the provider no longer tells it since it gave the account a new id";
            let gone = |line: &line::Line| Told::Gone { remote: line.remote.clone(), reason: Some(reason.to_owned()) };
            let told = untold.iter().map(gone).collect();
            let to = self.account.position.clone();
            let batch = Batch { told, asserted: Vec::new(), defects: Vec::new(), direction: Direction::Up, to };
            self.commit(batch).await?;
        }
        let done: Result<(), db::DbError> =
            db::write!(self.books.db, tx => { account::looked_through(&mut tx, company, id, epoch).await });
        Ok(done?)
    }
}
