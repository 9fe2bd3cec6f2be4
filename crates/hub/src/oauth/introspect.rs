//! Introspection (RFC 7662): a client asks whether a token of its own still holds, and for what.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use vault::token as tokens;

use super::client::authenticate;
use super::error::Refusal;
use super::params::Params;
use crate::SharedHub;
use crate::store::token;

/// `POST /oauth2/introspect`. Tokens of other clients are as good as unknown.
pub(super) async fn introspect(State(hub): State<SharedHub>, params: Params) -> Result<Json<Value>, Refusal> {
    let application = authenticate(&hub, &params).await?;
    if application.secret_hash.is_none() {
        // Whoever asks must be known for sure (RFC 7662 section 2.1); anybody can name a public client.
        return Err(Refusal::client());
    }
    let token_hash = tokens::hash(params.needed("token")?);
    let held = token::get(&mut hub.db.read().await?, &token_hash).await?;
    let active = held.filter(|held| {
        held.application_id == application.id && hub.environment.now() < held.expires_at && held.rotated_at.is_none()
    });
    let Some(held) = active else { return Ok(Json(json!({ "active": false }))) };
    let mut answer = json!({
        "active": true,
        "client_id": application.client_id,
        "scope": held.scope,
        "token_type": "bearer",
        "token_use": held.kind.code(),
        "iat": held.created_at.as_second(),
        "exp": held.expires_at.as_second(),
        "iss": hub.settings.public_url,
    });
    if let Some((organization, _)) = held.integration {
        answer["sub"] = organization.to_string().into();
    }
    Ok(Json(answer))
}
