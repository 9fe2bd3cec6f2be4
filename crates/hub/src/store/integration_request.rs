//! How many requests the software of an integration made, by day in UTC.

use db::{DbError, Tx};
use domain::{Date, IntegrationId, OrganizationId};

/// Adds requests to a day.
pub async fn add(
    tx: &mut Tx,
    organization: OrganizationId,
    integration: IntegrationId,
    day: Date,
    requests: i64,
) -> Result<(), DbError> {
    let sql = "INSERT INTO integration_requests (organization_id, integration_id, day, requests) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id, integration_id, day) \
         DO UPDATE SET requests = integration_requests.requests + excluded.requests";
    let args =
        [organization.to_string().into(), integration.to_string().into(), day.to_string().into(), requests.into()];
    tx.run(sql, &args).await.map(|_| ())
}

/// The requests since a day, that day included.
pub async fn since(
    tx: &mut Tx,
    organization: OrganizationId,
    integration: IntegrationId,
    day: Date,
) -> Result<i64, DbError> {
    let sql = "SELECT CAST(COALESCE(SUM(requests), 0) AS BIGINT) AS n FROM integration_requests \
         WHERE organization_id = $1 AND integration_id = $2 AND day >= $3";
    let args = [organization.to_string().into(), integration.to_string().into(), day.to_string().into()];
    tx.one(sql, &args).await?.int("n")
}
