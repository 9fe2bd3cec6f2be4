use serde::{Deserialize, Serialize};
use url::Url;

/// What the token endpoint gives.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenResponse {
    /// Opaque; for the `Authorization: Bearer` header.
    pub access_token: String,
    /// Seconds that it lives from now. Ponto says 1799.
    #[serde(default)]
    pub expires_in: i64,
    /// Opaque, good for one use; only with the scope `offline_access`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// Granted scopes, separated by blanks.
    #[serde(default)]
    pub scope: String,
    /// `bearer`.
    pub token_type: String,
}

impl std::fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenResponse {{ expires_in: {}, scope: {:?}, .. }}", self.expires_in, self.scope)
    }
}

/// An OAuth error (RFC 6749, section 5.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{error}: {}", error_description.as_deref().unwrap_or("no description"))]
pub struct OAuthError {
    /// `invalid_grant`, `invalid_client`, `invalid_request`, `unsupported_grant_type`, `invalid_scope`,
    /// `access_denied`, …
    pub error: String,
    /// A sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
    /// What to try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_hint: Option<String>,
}

impl OAuthError {
    /// An error with a sentence.
    pub fn new(error: &str, description: impl Into<String>) -> OAuthError {
        OAuthError { error: error.to_owned(), error_description: Some(description.into()), error_hint: None }
    }
}

/// What is traded for tokens.
#[derive(Clone, Copy)]
pub enum TokenGrant<'a> {
    /// The code that came back from the authorization page.
    AuthorizationCode {
        /// The code.
        code: &'a str,
        /// The address it came back to, exactly as in the request.
        redirect_uri: &'a str,
        /// The PKCE verifier.
        verifier: &'a str,
    },
    /// A refresh token, good for one use.
    RefreshToken(&'a str),
    /// The client's own credentials: a custom integration, or an application's own token.
    ClientCredentials,
}

/// Where a browser is sent so that its user lets an application in.
#[derive(Clone, Copy)]
pub struct AuthorizationRequest<'a> {
    /// The application.
    pub client_id: &'a str,
    /// Where to come back to.
    pub redirect_uri: &'a str,
    /// Scopes, separated by blanks: `offline_access ai name`.
    pub scope: &'a str,
    /// Comes back unchanged; proves that the return belongs to this request.
    pub state: &'a str,
    /// The PKCE challenge (S256).
    pub challenge: &'a str,
    /// Two letters.
    pub language: Option<&'a str>,
}

impl AuthorizationRequest<'_> {
    /// The address for the browser.
    pub fn url(&self, authorize_url: &Url) -> Url {
        let mut url = authorize_url.clone();
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("response_type", "code");
            query.append_pair("client_id", self.client_id);
            query.append_pair("redirect_uri", self.redirect_uri);
            query.append_pair("scope", self.scope);
            query.append_pair("state", self.state);
            query.append_pair("code_challenge", self.challenge);
            query.append_pair("code_challenge_method", "S256");
            if let Some(language) = self.language {
                query.append_pair("language", language);
            }
        }
        url
    }
}
