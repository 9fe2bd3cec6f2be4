//! Reading the balances that the bank asserted.

use domain::{Currency, Defect};
use hub_api::{Balance, BalanceType, ClientError, Code};

use super::apply::{Batch, Direction};
use super::feed::asked;
use super::{FEED_LIMITS, Pull};
use crate::access::Failed;
use crate::store::account::Position;
use crate::store::balance::Asserted;

impl Pull<'_> {
    /// Every balance since the cursor.
    pub(super) async fn read_balances(&mut self) -> Result<(), Failed> {
        let mut limits = FEED_LIMITS.into_iter();
        let mut limit = limits.next();
        while let Some(rows) = limit {
            let remote = self.account.remote;
            let request = asked(rows, self.account.position.balances.as_deref());
            let call = |client: std::sync::Arc<hub_api::Client>, token| {
                let request = request.clone();
                async move { client.balances(&token, remote, &request).await }
            };
            let page = match self.caller.attempt(&call).await? {
                Err(ClientError::Refused(answer)) if answer.error.code == Code::InvalidPagingLimit => {
                    limit = limits.next();
                    continue;
                }
                answer => answer?,
            };
            let Some(last) = page.last_id.clone() else { return Ok(()) };
            let more = page.links.next.is_some();
            let mut defects = page.defects;
            let mut asserted = Vec::new();
            for item in page.items {
                match read(&item.resource.id, &item.resource.attributes, self.account.currency) {
                    Ok(Some(one)) => asserted.push(one),
                    Ok(None) => {}
                    Err(defect) => defects.push(defect),
                }
            }
            let to = Position { balances: Some(last), ..self.account.position.clone() };
            let went_on =
                self.commit(Batch { told: Vec::new(), asserted, defects, direction: Direction::Up, to }).await?;
            if went_on && !more {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Only booked balances at the edge of a day prove anything; the others are left.
fn read(id: &str, told: &Balance, currency: Currency) -> Result<Option<Asserted>, Defect> {
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
    Ok(Some(Asserted { opening, on: told.reference_date.0, amount_minor: amount.minor() }))
}
