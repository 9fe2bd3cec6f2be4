use anyhow::{Context, bail};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request};
use outbound::Door;
use serde_json::Value;
use url::form_urlencoded;

/// A custom integration: how software of the company's own reads from the hub.
#[derive(Debug, Clone)]
pub struct Integration {
    /// Its client id.
    pub client_id: String,
    /// Its secret, which the hub shows once.
    pub client_secret: String,
}

impl Integration {
    /// How many transactions the hub serves, over all accounts of the integration, counted page by page.
    pub async fn count(&self, door: &Door, hub: &str) -> anyhow::Result<u64> {
        let token = self.token(door, hub).await?;
        let mut count = 0;
        for account in pages(door, &token, format!("{hub}/accounts?limit=100")).await? {
            let id = account["id"].as_str().context("an account has no id")?.to_owned();
            let address = format!("{hub}/accounts/{id}/transactions?limit=100");
            count += u64::try_from(pages(door, &token, address).await?.len())?;
        }
        Ok(count)
    }

    async fn token(&self, door: &Door, hub: &str) -> anyhow::Result<String> {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.client_id)
            .append_pair("client_secret", &self.client_secret)
            .finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{hub}/oauth2/token"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body))?;
        let answer = json(door, request).await?;
        Ok(answer["access_token"].as_str().context("the hub's answer holds no token")?.to_owned())
    }
}

/// Everything in a list, page after page.
async fn pages(door: &Door, token: &str, first: String) -> anyhow::Result<Vec<Value>> {
    let mut all = Vec::new();
    let mut next = Some(first);
    while let Some(address) = next {
        let request = Request::builder()
            .uri(&address)
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(ACCEPT, "application/json")
            .body(Bytes::new())?;
        let mut page = json(door, request).await?;
        if let Value::Array(items) = page["data"].take() {
            all.extend(items);
        }
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    Ok(all)
}

async fn json(door: &Door, request: Request<Bytes>) -> anyhow::Result<Value> {
    let address = request.uri().to_string();
    let answer = door.fetch(request).await?;
    if !answer.status().is_success() {
        bail!("{address} answered {}: {}", answer.status(), String::from_utf8_lossy(answer.body()));
    }
    serde_json::from_slice(answer.body()).with_context(|| format!("the answer of {address} is no JSON"))
}
