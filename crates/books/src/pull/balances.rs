//! Reading the balances that the bank asserted.

use std::sync::Arc;

use domain::{Currency, Defect};
use hub_api::{Balance, BalanceType, Client, Page, PageRequest};

use super::Pull;
use super::apply::{Batch, Direction};
use crate::access::Failed;
use crate::store::account::Position;
use crate::store::balance::{Asserted, Step};

impl Pull<'_> {
    /// Every balance since the cursor.
    pub(super) async fn read_balances(&mut self) -> Result<(), Failed> {
        let remote = self.account.remote;
        let ask = |client: Arc<Client>, token, request: PageRequest| async move {
            client.balances(&token, remote, &request).await
        };
        self.read_pages(|position| position.balances.as_deref(), ask, Self::asserted).await
    }

    fn asserted(&self, page: Page<Balance>, last: String) -> Batch {
        let to = Position { balances: Some(last), ..self.account.position.clone() };
        let mut batch =
            Batch { told: Vec::new(), asserted: Vec::new(), defects: page.defects, direction: Direction::Up, to };
        for item in page.items {
            match read(&item.resource.id, &item.resource.attributes, self.account.currency) {
                Ok(Some(one)) => batch.asserted.push(one),
                Ok(None) => {}
                Err(defect) => batch.defects.push(defect),
            }
        }
        batch
    }
}

/// Only booked balances at the edge of a day prove anything; the others are left.
fn read(id: &str, told: &Balance, currency: Currency) -> Result<Option<Step>, Defect> {
    let opening = match told.kind {
        BalanceType::OpeningBooked => true,
        BalanceType::ClosingBooked => false,
        BalanceType::InterimBooked | BalanceType::Available | BalanceType::ForwardAvailable => return Ok(None),
    };
    let wrong = |value: &str, rule: String| Defect::new(format!("balance/{id}"), value, rule);
    if Currency::parse(&told.currency) != Ok(currency) {
        return Err(wrong(&told.currency, format!("a balance of an account in {currency} must be in {currency}")));
    }
    let amount = told.amount.money(currency).map_err(|error| wrong(told.amount.as_str(), error.to_string()))?;
    let asserted = Asserted { opening, on: told.reference_date.0, amount_minor: amount.minor() };
    Ok(Some(Step { asserted, withdrawn: told.withdrawn }))
}
