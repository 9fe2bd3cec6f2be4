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
    /// Every transaction that the hub serves, page by page: for each account its number, its currency and its rows.
    pub async fn transactions(&self, door: &Door, hub: &str) -> anyhow::Result<Vec<(String, String, Vec<Value>)>> {
        let token = self.token(door, hub).await?;
        let mut all = Vec::new();
        for account in pages(door, &token, format!("{hub}/accounts?limit=100")).await? {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let (id, attributes) = (text(&account["id"]), &account["attributes"]);
            let rows = pages(door, &token, format!("{hub}/accounts/{id}/transactions?limit=100")).await?;
            all.push((text(&attributes["reference"]), text(&attributes["currency"]), rows));
        }
        Ok(all)
    }

    /// How many transactions the hub serves, over all accounts of the integration.
    pub async fn count(&self, door: &Door, hub: &str) -> anyhow::Result<u64> {
        let all = self.transactions(door, hub).await?;
        Ok(u64::try_from(all.iter().map(|(_, _, rows)| rows.len()).sum::<usize>())?)
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
