//! The typed client: what a program of ours says to a hub, whoever's hub it is.

mod calls;
mod failure;
mod tokens;

use bytes::Bytes;
use http::{Method, Request, Response, header};
use outbound::Door;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use url::Url;

use domain::Defect;

use crate::{Discovery, Kind, ListLinks, ListMeta, Resource};
pub use failure::{Answer, ClientError};
pub use tokens::ApplicationCredentials;

/// A client of one hub. It builds every address from the hub's discovery document, and never follows one to another
/// host, because it would carry the token there.
#[derive(Clone)]
pub struct Client {
    door: Door,
    base: Url,
    discovery: Discovery,
}

/// An access token as text. Kept out of debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(pub String);

impl std::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

/// One record of a page: as it was understood, and as it was sent.
#[derive(Debug, Clone)]
pub struct Item<K: Kind> {
    /// Understood.
    pub resource: Resource<K>,
    /// Sent.
    pub raw: Box<RawValue>,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<K: Kind> {
    /// The records that were understood, in the list's order.
    pub items: Vec<Item<K>>,
    /// The others. They never stop their neighbours.
    pub defects: Vec<Defect>,
    /// Paging and freshness.
    pub meta: ListMeta,
    /// Next and previous page.
    pub links: ListLinks,
    /// The id of the last record of the page, also when it was not understood: where to go on.
    pub last_id: Option<String>,
    /// The id of the first record of the page.
    pub first_id: Option<String>,
}

impl Client {
    /// Reads the discovery document at a base address such as `https://api.example.com/ponto-connect`.
    pub async fn open(door: Door, base: &str) -> Result<Client, ClientError> {
        let parsed = Url::parse(base).map_err(|error| ClientError::contract(base, error.to_string()))?;
        let mut client = Client { door, base: parsed, discovery: Discovery::default() };
        let request = client.request(Method::GET, base.trim_end_matches('/'), None, None)?;
        client.discovery = client.send(request).await?;
        if client.discovery.links.accounts.is_none() {
            return Err(ClientError::contract(base, "this is not the discovery document of a hub".into()));
        }
        Ok(client)
    }

    /// What the hub offers.
    pub fn discovery(&self) -> &Discovery {
        &self.discovery
    }

    /// Whether the hub has the feed of changes.
    pub fn has_changes(&self) -> bool {
        self.discovery.links.account.as_ref().is_some_and(|account| account.changes.is_some())
    }

    /// Whether the hub tells the bank's balances.
    pub fn has_balances(&self) -> bool {
        self.discovery.links.account.as_ref().is_some_and(|account| account.balances.is_some())
    }

    fn request(
        &self,
        method: Method,
        address: &str,
        token: Option<&AccessToken>,
        body: Option<Bytes>,
    ) -> Result<Request<Bytes>, ClientError> {
        let address = Url::parse(address).map_err(|error| ClientError::contract(address, error.to_string()))?;
        if address.origin() != self.base.origin() {
            return Err(ClientError::contract(address.as_str(), "the address leads to another host".into()));
        }
        let mut request = Request::builder()
            .method(method)
            .uri(address.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::HOST, host_of(&address));
        if let Some(AccessToken(token)) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(body.unwrap_or_default());
        request.map_err(|error| ClientError::contract(address.as_str(), error.to_string()))
    }

    async fn send<T: DeserializeOwned>(&self, request: Request<Bytes>) -> Result<T, ClientError> {
        let address = request.uri().to_string();
        let answer = self.answer(request).await?;
        read(&address, &answer)
    }

    /// An answer below 400, or the error that it was.
    async fn answer(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ClientError> {
        let answer = self.door.fetch(request).await?;
        if answer.status().is_success() { Ok(answer) } else { Err(ClientError::refused(&answer)) }
    }

    async fn page<K: Kind>(&self, address: &str, token: Option<&AccessToken>) -> Result<Page<K>, ClientError> {
        let request = self.request(Method::GET, address, token, None)?;
        let answer = self.answer(request).await?;
        let list: RawList = read(address, &answer)?;
        let mut page = Page {
            items: Vec::with_capacity(list.data.len()),
            defects: Vec::new(),
            first_id: list.data.first().and_then(|raw| id_of(raw)),
            last_id: list.data.last().and_then(|raw| id_of(raw)),
            meta: list.meta,
            links: list.links,
        };
        for (index, raw) in list.data.into_iter().enumerate() {
            match serde_json::from_str::<Resource<K>>(raw.get()) {
                Ok(resource) => page.items.push(Item { resource, raw }),
                Err(error) => {
                    let rule = format!("the provider sent a {} that cannot be read: {error}", K::TYPE);
                    let path = id_of(&raw).map_or_else(|| format!("data/{index}"), |id| format!("{}/{id}", K::TYPE));
                    page.defects.push(Defect::new(path, raw.get(), rule));
                }
            }
        }
        Ok(page)
    }
}

/// A list whose records are not read yet, so that one of them cannot spoil the others.
#[derive(Deserialize)]
struct RawList {
    #[serde(default)]
    meta: ListMeta,
    #[serde(default)]
    links: ListLinks,
    data: Vec<Box<RawValue>>,
}

fn id_of(raw: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Identified {
        id: String,
    }
    serde_json::from_str(raw.get()).ok().map(|identified: Identified| identified.id)
}

fn read<T: DeserializeOwned>(address: &str, answer: &Response<Bytes>) -> Result<T, ClientError> {
    serde_json::from_slice(answer.body()).map_err(|error| ClientError::contract(address, error.to_string()))
}

fn host_of(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    address.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
