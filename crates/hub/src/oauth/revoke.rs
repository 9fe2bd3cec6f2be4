//! Revocation (RFC 7009). Ending a refresh token ends the integration: software that hands back its key is done.

use axum::Json;
use axum::extract::State;
use db::DbError;
use vault::token as tokens;

use super::client::authenticate;
use super::error::Refusal;
use super::params::Params;
use crate::integrations;
use crate::store::token::{self, TokenKind};
use crate::{Hub, SharedHub};

/// `POST /oauth2/revoke`. Unknown tokens are no error: what the client wants is already so.
pub(super) async fn revoke(State(hub): State<SharedHub>, params: Params) -> Result<Json<serde_json::Value>, Refusal> {
    let application = authenticate(&hub, &params).await?;
    let token_hash = tokens::hash(params.needed("token")?);
    end(&hub, application.id, &token_hash).await?;
    Ok(Json(serde_json::json!({})))
}

async fn end(hub: &Hub, application: domain::ApplicationId, token_hash: &str) -> Result<(), DbError> {
    db::write!(hub.db, tx => {
        let Some(held) = token::get(&mut tx, token_hash).await? else { return Ok(()) };
        if held.application_id != application {
            return Ok(());
        }
        match (held.kind, held.integration) {
            (TokenKind::Access, _) => token::delete(&mut tx, token_hash).await,
            (TokenKind::Refresh, None) => token::delete_family(&mut tx, &held.family).await.map(|_| ()),
            (TokenKind::Refresh, Some((organization, integration))) => {
                integrations::end(&mut tx, hub, organization, integration).await.map(|_| ())
            }
        }
    })
}
