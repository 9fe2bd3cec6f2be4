//! OAuth codes and tokens, by their hashes. A family is everything that grew from one consent, so that a replay can
//! end all of it.

use db::{DbError, Row, Tx};
use domain::{ApplicationId, IntegrationId, OnboardingDetailsId, OrganizationId, Timestamp, UserId};

use super::read;

/// A person's browser on its way through the consent page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRequest {
    /// Who is asked.
    pub user_id: UserId,
    /// Which application asks.
    pub application_id: ApplicationId,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// What it asks for.
    pub scope: String,
    /// The client's own value, given back unchanged.
    pub state: Option<String>,
    /// PKCE challenge, S256.
    pub code_challenge: Option<String>,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// What the application told of the person beforehand.
    pub onboarding_details: Option<OnboardingDetailsId>,
}

/// A code that an application exchanges for tokens, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The consent that it came from.
    pub family: String,
    /// Whom it was given to.
    pub application_id: ApplicationId,
    /// Whose consent it is.
    pub organization_id: OrganizationId,
    /// The integration that was opened.
    pub integration_id: IntegrationId,
    /// Where it was sent; the exchange must name the same.
    pub redirect_uri: String,
    /// What was granted.
    pub scope: String,
    /// PKCE challenge, S256.
    pub code_challenge: Option<String>,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// When it was exchanged.
    pub used_at: Option<Timestamp>,
}

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Opens the API.
    Access,
    /// Is exchanged for new tokens.
    Refresh,
}

impl TokenKind {
    /// The word in the database and in introspection.
    pub const fn code(self) -> &'static str {
        match self {
            TokenKind::Access => "access",
            TokenKind::Refresh => "refresh",
        }
    }
}

impl std::str::FromStr for TokenKind {
    type Err = String;

    fn from_str(text: &str) -> Result<TokenKind, String> {
        match text {
            "access" => Ok(TokenKind::Access),
            "refresh" => Ok(TokenKind::Refresh),
            _ => Err(format!("'{text}' is not a kind of token")),
        }
    }
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Access or refresh.
    pub kind: TokenKind,
    /// The consent or login of a client that it came from.
    pub family: String,
    /// Hash of the refresh token that was exchanged for it; absent for what came from a code.
    pub parent: Option<String>,
    /// Whom it was given to.
    pub application_id: ApplicationId,
    /// Whose accounts it opens: organization and integration. Absent for the token of a certified application itself.
    pub integration: Option<(OrganizationId, IntegrationId)>,
    /// What it allows.
    pub scope: String,
    /// When it was given.
    pub created_at: Timestamp,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// When a refresh token was exchanged for the next.
    pub rotated_at: Option<Timestamp>,
}

/// Keeps a consent request and forgets those that lapsed.
pub async fn insert_request(
    tx: &mut Tx,
    request_hash: &str,
    request: &ConsentRequest,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.run("DELETE FROM consent_requests WHERE expires_at < $1", &[now.as_microsecond().into()]).await?;
    let sql = "INSERT INTO consent_requests (request_hash, user_id, application_id, redirect_uri, scope, state, \
               code_challenge, expires_at, onboarding_details_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = [
        request_hash.into(),
        request.user_id.to_string().into(),
        request.application_id.to_string().into(),
        (&request.redirect_uri).into(),
        (&request.scope).into(),
        request.state.clone().into(),
        request.code_challenge.clone().into(),
        request.expires_at.as_microsecond().into(),
        request.onboarding_details.map(|id| id.to_string()).into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// The consent request of this person, when there is one.
pub async fn request(tx: &mut Tx, request_hash: &str, user: UserId) -> Result<Option<ConsentRequest>, DbError> {
    let sql = "SELECT user_id, application_id, redirect_uri, scope, state, code_challenge, expires_at, \
               onboarding_details_id FROM consent_requests WHERE request_hash = $1 AND user_id = $2";
    let row = tx.optional(sql, &[request_hash.into(), user.to_string().into()]).await?;
    row.map(|row| {
        Ok(ConsentRequest {
            user_id: row.parse("user_id")?,
            application_id: row.parse("application_id")?,
            redirect_uri: row.text("redirect_uri")?,
            scope: row.text("scope")?,
            state: row.optional_text("state")?,
            code_challenge: row.optional_text("code_challenge")?,
            expires_at: read::instant(&row, "expires_at")?,
            onboarding_details: row.optional_parse("onboarding_details_id")?,
        })
    })
    .transpose()
}

/// Ends a consent request; false when it was answered already, so a double click answers once.
pub async fn finish_request(tx: &mut Tx, request_hash: &str) -> Result<bool, DbError> {
    Ok(tx.run("DELETE FROM consent_requests WHERE request_hash = $1", &[request_hash.into()]).await? == 1)
}

/// Keeps a code and forgets those that lapsed a day ago; until then a replay is recognised.
pub async fn insert_code(tx: &mut Tx, code_hash: &str, code: &Code, forget_before: Timestamp) -> Result<(), DbError> {
    tx.run("DELETE FROM authorization_codes WHERE expires_at < $1", &[forget_before.as_microsecond().into()]).await?;
    let sql = "INSERT INTO authorization_codes (code_hash, family, application_id, organization_id, integration_id, \
               redirect_uri, scope, code_challenge, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = [
        code_hash.into(),
        (&code.family).into(),
        code.application_id.to_string().into(),
        code.organization_id.to_string().into(),
        code.integration_id.to_string().into(),
        (&code.redirect_uri).into(),
        (&code.scope).into(),
        code.code_challenge.clone().into(),
        code.expires_at.as_microsecond().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// A code by its hash, used and lapsed ones too.
pub async fn code(tx: &mut Tx, code_hash: &str) -> Result<Option<Code>, DbError> {
    let sql = "SELECT family, application_id, organization_id, integration_id, redirect_uri, scope, code_challenge, \
               expires_at, used_at FROM authorization_codes WHERE code_hash = $1";
    let row = tx.optional(sql, &[code_hash.into()]).await?;
    row.map(|row| {
        Ok(Code {
            family: row.text("family")?,
            application_id: row.parse("application_id")?,
            organization_id: row.parse("organization_id")?,
            integration_id: row.parse("integration_id")?,
            redirect_uri: row.text("redirect_uri")?,
            scope: row.text("scope")?,
            code_challenge: row.optional_text("code_challenge")?,
            expires_at: read::instant(&row, "expires_at")?,
            used_at: read::optional_instant(&row, "used_at")?,
        })
    })
    .transpose()
}

/// Marks a code as exchanged.
pub async fn use_code(tx: &mut Tx, code_hash: &str, at: Timestamp) -> Result<(), DbError> {
    let args = [code_hash.into(), at.as_microsecond().into()];
    tx.run("UPDATE authorization_codes SET used_at = $2 WHERE code_hash = $1", &args).await.map(|_| ())
}

/// Keeps a token and forgets those that lapsed.
pub async fn insert(tx: &mut Tx, token_hash: &str, token: &Token, now: Timestamp) -> Result<(), DbError> {
    tx.run("DELETE FROM tokens WHERE expires_at < $1", &[now.as_microsecond().into()]).await?;
    let (organization, integration) = token.integration.unzip();
    let sql = "INSERT INTO tokens (token_hash, kind, family, application_id, organization_id, integration_id, scope, \
               created_at, expires_at, parent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let args = [
        token_hash.into(),
        token.kind.code().into(),
        (&token.family).into(),
        token.application_id.to_string().into(),
        organization.map(|id| id.to_string()).into(),
        integration.map(|id| id.to_string()).into(),
        (&token.scope).into(),
        token.created_at.as_microsecond().into(),
        token.expires_at.as_microsecond().into(),
        token.parent.clone().into(),
    ];
    tx.run(sql, &args).await.map(|_| ())
}

/// A token by its hash, lapsed ones too.
pub async fn get(tx: &mut Tx, token_hash: &str) -> Result<Option<Token>, DbError> {
    let sql = "SELECT kind, family, application_id, organization_id, integration_id, scope, created_at, expires_at, \
               rotated_at, parent FROM tokens WHERE token_hash = $1";
    tx.optional(sql, &[token_hash.into()]).await?.as_ref().map(token).transpose()
}

/// Marks a refresh token as exchanged; the first exchange counts.
pub async fn rotate(tx: &mut Tx, token_hash: &str, at: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE tokens SET rotated_at = $2 WHERE token_hash = $1 AND rotated_at IS NULL";
    tx.run(sql, &[token_hash.into(), at.as_microsecond().into()]).await.map(|_| ())
}

/// Whether a refresh token that came from this one was exchanged in its turn, so that its answer did arrive.
pub async fn was_followed_up(tx: &mut Tx, family: &str, token_hash: &str) -> Result<bool, DbError> {
    let sql = "SELECT 1 AS found FROM tokens WHERE family = $1 AND parent = $2 AND kind = 'refresh' \
               AND rotated_at IS NOT NULL LIMIT 1";
    Ok(tx.optional(sql, &[family.into(), token_hash.into()]).await?.is_some())
}

/// Ends one token.
pub async fn delete(tx: &mut Tx, token_hash: &str) -> Result<(), DbError> {
    tx.run("DELETE FROM tokens WHERE token_hash = $1", &[token_hash.into()]).await.map(|_| ())
}

/// Ends every token that grew from one consent.
pub async fn delete_family(tx: &mut Tx, family: &str) -> Result<u64, DbError> {
    tx.run("DELETE FROM tokens WHERE family = $1", &[family.into()]).await
}

/// Ends every token and code of an integration.
pub async fn delete_integration(
    tx: &mut Tx,
    organization: OrganizationId,
    integration: IntegrationId,
) -> Result<(), DbError> {
    let args = [organization.to_string().into(), integration.to_string().into()];
    tx.run("DELETE FROM tokens WHERE organization_id = $1 AND integration_id = $2", &args).await?;
    let sql = "DELETE FROM authorization_codes WHERE organization_id = $1 AND integration_id = $2";
    tx.run(sql, &args).await.map(|_| ())
}

fn token(row: &Row) -> Result<Token, DbError> {
    let organization: Option<OrganizationId> = row.optional_parse("organization_id")?;
    Ok(Token {
        kind: row.parse("kind")?,
        family: row.text("family")?,
        parent: row.optional_text("parent")?,
        application_id: row.parse("application_id")?,
        integration: organization.zip(row.optional_parse("integration_id")?),
        scope: row.text("scope")?,
        created_at: read::instant(row, "created_at")?,
        expires_at: read::instant(row, "expires_at")?,
        rotated_at: read::optional_instant(row, "rotated_at")?,
    })
}
