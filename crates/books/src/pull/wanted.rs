//! What a check found missing and a person wants: taken in with the next import, as if the provider told it now.

use domain::Defect;

use super::Pull;
use super::apply::{Batch, Direction};
use super::row::{self, Told};
use crate::access::Failed;
use crate::store::{inspection, line};

impl Pull<'_> {
    /// Takes in what is wanted and did not come by itself.
    pub(super) async fn read_wanted(&mut self) -> Result<(), Failed> {
        let (company, account) = (self.place.company, self.account.id);
        let wanted = inspection::wanted(&mut self.books.db.read().await?, company, account).await?;
        if wanted.is_empty() {
            return Ok(());
        }
        let remotes: Vec<&str> = wanted.iter().map(|one| one.remote.as_str()).collect();
        loop {
            let (mut told, mut defects) = (Vec::new(), Vec::new());
            // One that came by itself since may have been corrected since: what is known here is older.
            let known = line::by_remote(&mut self.books.db.read().await?, self.place, &remotes).await?;
            for one in wanted.iter().filter(|one| known.iter().all(|line| line.remote != one.remote)) {
                match read(one, self.account.currency) {
                    Ok(row) => told.push(Told::Is(Box::new(row))),
                    Err(defect) => defects.push(defect),
                }
            }
            let to = self.account.position.clone();
            if self.commit(Batch { told, asserted: Vec::new(), defects, direction: Direction::Up, to }).await? {
                break;
            }
        }
        let done: Result<(), db::DbError> =
            db::write!(self.books.db, tx => { inspection::fulfilled(&mut tx, company, &remotes).await });
        Ok(done?)
    }
}

fn read(one: &inspection::Missing, currency: domain::Currency) -> Result<row::Row, Defect> {
    let wrong = |error: serde_json::Error| {
        Defect::new(format!("transaction/{}", one.remote), &one.raw, format!("it cannot be read again: {error}"))
    };
    let resource: hub_api::Resource<hub_api::Transaction> = serde_json::from_str(&one.raw).map_err(wrong)?;
    row::read(one.remote.clone(), &resource.attributes, one.raw.clone(), currency)
}
