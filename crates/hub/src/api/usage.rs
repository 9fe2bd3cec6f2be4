//! `/organizations/{organization}/usage/{month}`: what a customer used of an application in a month, for the
//! application itself.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, State};
use domain::{AccountId, Date, OrganizationId, Timestamp, ToSpan};
use hub_api::{Decimal, Moment, Relation, Resource, Usage, UsageDocument, UsageRelationships};

use super::caller::Partner;
use super::error::ApiError;
use super::path;
use crate::SharedHub;
use crate::store::integration::{self, Stay};

const DAY_SECONDS: i64 = 86_400;

/// `GET /organizations/{organization}/usage/{month}`. A month that goes on counts the days until now.
pub(super) async fn get(
    State(hub): State<SharedHub>,
    partner: Partner,
    Path((organization, month)): Path<(String, String)>,
) -> Result<Json<UsageDocument>, ApiError> {
    let organization: OrganizationId = path::id(&organization, "usage")?;
    let span = Month::parse(&month).ok_or_else(|| ApiError::not_found("usage"))?;
    let stays = integration::stays(&mut hub.db.read().await?, organization, partner.application).await?;
    let stays = stays.ok_or_else(|| ApiError::not_found("usage"))?;
    let relationships = || UsageRelationships { organization: Some(Relation::to("organization", organization)) };
    let attributes =
        Usage { account_count: span.accounts(&stays, hub.environment.now()), payment_count: 0, bulk_payment_count: 0 };
    let resource = Resource::new(month, attributes, relationships());
    // Ponto's own document has the relationship beside `data`; some clients read it there.
    Ok(Json(UsageDocument { data: resource, relationships: relationships() }))
}

/// A calendar month as days since 1970 in UTC: the first one, and the first of the next month.
struct Month(i64, i64);

impl Month {
    fn parse(text: &str) -> Option<Month> {
        let shaped = text.len() == 7 && text.as_bytes()[4] == b'-';
        let first: Date = format!("{text}-01").parse().ok().filter(|_| shaped)?;
        let day = |date: Date| Moment::start_of(date).map(|Moment(at)| day_of(at));
        Some(Month(day(first)?, day(first.checked_add(1.month()).ok()?)?))
    }

    /// Accounts by the days that each was in the integration, in hundredths: the day it came and the day it went count.
    fn accounts(&self, stays: &[Stay], now: Timestamp) -> Decimal {
        let Month(first, end) = *self;
        let mut days: BTreeMap<AccountId, BTreeSet<i64>> = BTreeMap::new();
        for stay in stays {
            let last = day_of(stay.removed_at.unwrap_or(now).min(now));
            days.entry(stay.account).or_default().extend(day_of(stay.added_at).max(first)..=last.min(end - 1));
        }
        let used: usize = days.values().map(BTreeSet::len).sum();
        let hundredths = (i64::try_from(used).unwrap_or(i64::MAX / 200) * 200 + (end - first)) / (2 * (end - first));
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        Decimal::parse(&text).expect("two numbers and a point are a decimal")
    }
}

fn day_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY_SECONDS)
}

#[cfg(test)]
mod tests {
    use domain::AccountId;

    use super::*;

    fn stay(account: u128, added: &str, removed: Option<&str>) -> Stay {
        Stay {
            account: AccountId::from_u128(account),
            added_at: added.parse().unwrap(),
            removed_at: removed.map(|at| at.parse().unwrap()),
        }
    }

    #[test]
    fn accounts_count_by_the_day() {
        let june = Month::parse("2026-06").unwrap();
        let now = "2026-08-01T00:00:00Z".parse().unwrap();
        let count = |stays: &[Stay]| june.accounts(stays, now).as_str().to_owned();
        assert_eq!(count(&[]), "0.00");
        assert_eq!(count(&[stay(1, "2026-01-01T00:00:00Z", None)]), "1.00");
        assert_eq!(count(&[stay(1, "2026-06-16T23:00:00Z", None)]), "0.50");
        let half = [
            stay(1, "2026-05-01T00:00:00Z", Some("2026-06-15T00:00:00Z")),
            stay(2, "2026-06-16T00:00:00Z", Some("2026-07-03T00:00:00Z")),
        ];
        assert_eq!(count(&half), "1.00");
        let twice_a_day = [
            stay(1, "2026-06-02T08:00:00Z", Some("2026-06-02T09:00:00Z")),
            stay(1, "2026-06-02T10:00:00Z", Some("2026-06-02T11:00:00Z")),
        ];
        assert_eq!(count(&twice_a_day), "0.03", "one day is one day");
        assert_eq!(count(&[stay(1, "2026-07-01T00:00:00Z", None)]), "0.00");
        let going_on = june.accounts(&[stay(1, "2026-06-01T00:00:00Z", None)], "2026-06-03T12:00:00Z".parse().unwrap());
        assert_eq!(going_on.as_str(), "0.10");
    }

    #[test]
    fn only_months_are_months() {
        for wrong in ["2026", "2026-13", "2026-6", "2026-06-01", "junejun", ""] {
            assert!(Month::parse(wrong).is_none(), "{wrong}");
        }
    }
}
