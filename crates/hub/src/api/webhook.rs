//! `/webhooks`: the keys that check the signatures of events.

use axum::Json;
use axum::extract::State;
use hub_api::WebhookKeys;
use serde_json::{Value, json};

use super::base::Base;
use super::error::ApiError;
use crate::{SharedHub, webhooks};

/// `GET /webhooks`.
pub(super) async fn discovery(base: Base) -> Json<Value> {
    Json(json!({ "links": { "keys": base.at("/webhooks/keys") } }))
}

/// `GET /webhooks/keys`.
pub(super) async fn keys(State(hub): State<SharedHub>) -> Result<Json<WebhookKeys>, ApiError> {
    Ok(Json(webhooks::published(&hub).await?))
}
