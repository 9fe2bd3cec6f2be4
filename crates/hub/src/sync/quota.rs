//! The planner of unattended calls: at most four for an account and endpoint in any rolling 24 hours (RTS article
//! 36(5)(b)). Planned from what was called, never discovered by the bank's 429. The pages that follow the first of
//! one listing belong to that listing.

use db::{DbError, Tx};
use domain::{AccountId, OrganizationId, Timestamp, ToSpan};

use crate::store::{self, synchronization::Subtype};

/// Unattended calls allowed in a rolling day.
pub const CALLS: usize = 4;
const DAY_HOURS: i64 = 24;
/// A call is counted a little longer than the bank counts it, because its clock is not ours.
const MARGIN_MINUTES: i64 = 2;

/// The endpoint that a subtype of synchronization calls.
pub fn endpoint_of(subtype: Subtype) -> &'static str {
    match subtype {
        Subtype::AccountDetails => "balances",
        Subtype::AccountTransactions | Subtype::AccountTransactionsWithUnsettled => "transactions",
    }
}

/// The unattended calls that still count, oldest first, as microseconds.
pub async fn made(
    tx: &mut Tx,
    organization: OrganizationId,
    account: AccountId,
    endpoint: &str,
    now: Timestamp,
) -> Result<Vec<i64>, DbError> {
    let since = now - DAY_HOURS.hours().minutes(MARGIN_MINUTES);
    store::bank_call::unattended_since(tx, organization, account, endpoint, since).await
}

/// Whether `wanted` more calls fit now, given the calls that count; else when they will.
pub fn allowed(made: &[i64], now: Timestamp, wanted: usize) -> Result<(), Timestamp> {
    let wanted = wanted.clamp(1, CALLS);
    if made.len() + wanted <= CALLS {
        return Ok(());
    }
    // The oldest calls must fall out of the day until the wanted ones fit.
    let last_to_leave = made[made.len() + wanted - CALLS - 1];
    let made_at = Timestamp::from_microsecond(last_to_leave).unwrap_or(now);
    Err(free_again(made_at))
}

/// When a call of an instant counts no longer.
pub fn free_again(made_at: Timestamp) -> Timestamp {
    made_at + DAY_HOURS.hours().minutes(MARGIN_MINUTES)
}

/// How many calls are left now.
pub fn left(made: &[i64]) -> usize {
    CALLS.saturating_sub(made.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whoever asks whenever, no rolling day ever holds a fifth call.
        #[test]
        fn never_a_fifth_call(gaps in proptest::collection::vec(1i64..40_000, 1..200)) {
            let mut now = Timestamp::from_second(1_700_000_000).unwrap();
            let mut calls: Vec<i64> = Vec::new();
            for gap in gaps {
                now += gap.seconds();
                let horizon = (now - 24.hours().minutes(2)).as_microsecond();
                let counted: Vec<i64> = calls.iter().copied().filter(|at| *at > horizon).collect();
                match allowed(&counted, now, 1) {
                    Ok(()) => calls.push(now.as_microsecond()),
                    Err(next) => prop_assert!(next > now),
                }
            }
            let day = 24 * 3_600_000_000i64;
            for window in calls.windows(5) {
                prop_assert!(window[4] - window[0] > day);
            }
        }
    }
}
