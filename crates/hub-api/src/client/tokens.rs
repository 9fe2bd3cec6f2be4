use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request, Response, header};
use outbound::Door;
use url::{Url, form_urlencoded};

use super::{Client, ClientError, host_of, read};
use crate::{TokenGrant, TokenResponse};

/// What an application is known by at the token endpoint.
#[derive(Clone, Copy)]
pub struct ApplicationCredentials<'a> {
    /// The token endpoint.
    pub token_url: &'a str,
    /// The application.
    pub client_id: &'a str,
    /// Its secret.
    pub client_secret: &'a str,
}

impl Client {
    /// Trades a grant for tokens. Works without the discovery document, so that a hub whose interface is down for a
    /// moment cannot cost a code or a refresh token.
    pub async fn token(
        door: &Door,
        application: ApplicationCredentials<'_>,
        grant: TokenGrant<'_>,
    ) -> Result<TokenResponse, ClientError> {
        let answer = post_form(door, application.token_url, application, form_of(application, grant)).await?;
        read(application.token_url, &answer)
    }

    /// Ends a token; for a refresh token this ends the integration. The address is found beside the token endpoint
    /// when the discovery document does not tell it.
    pub async fn revoke(&self, application: ApplicationCredentials<'_>, token: &str) -> Result<(), ClientError> {
        let told = self.discovery.links.oauth2.as_ref().and_then(|oauth2| oauth2.revoke.clone());
        let beside = || format!("{}/revoke", application.token_url.trim_end_matches("/token"));
        let address = told.unwrap_or_else(beside);
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("token", token).finish();
        post_form(&self.door, &address, application, form).await.map(|_| ())
    }
}

fn form_of(application: ApplicationCredentials<'_>, grant: TokenGrant<'_>) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    match grant {
        TokenGrant::AuthorizationCode { code, redirect_uri, verifier } => form
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("code_verifier", verifier)
            .append_pair("client_id", application.client_id),
        TokenGrant::RefreshToken(token) => {
            form.append_pair("grant_type", "refresh_token").append_pair("refresh_token", token)
        }
        TokenGrant::ClientCredentials => form.append_pair("grant_type", "client_credentials"),
    };
    form.finish()
}

async fn post_form(
    door: &Door,
    address: &str,
    application: ApplicationCredentials<'_>,
    form: String,
) -> Result<Response<Bytes>, ClientError> {
    let url = Url::parse(address).map_err(|error| ClientError::contract(address, error.to_string()))?;
    let basic = STANDARD.encode(format!("{}:{}", application.client_id, application.client_secret));
    let request = Request::builder()
        .method(Method::POST)
        .uri(url.as_str())
        .header(header::HOST, host_of(&url))
        .header(header::ACCEPT, "application/json")
        .header(header::AUTHORIZATION, format!("Basic {basic}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Bytes::from(form))
        .map_err(|error| ClientError::contract(address, error.to_string()))?;
    let answer = door.fetch(request).await?;
    if answer.status().is_success() { Ok(answer) } else { Err(ClientError::no_token(&answer)) }
}
