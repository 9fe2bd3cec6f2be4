use std::net::SocketAddr;

use async_trait::async_trait;
use bytes::Bytes;

use crate::{Door, Fetch, FetchError};

/// A door with a way of its own to some hosts: to those that know us by a certificate. Nobody else is shown it.
pub struct ByHost {
    /// Hosts with their ports (`api.example.org:443`), each with the way to it.
    pub ways: Vec<(String, Door)>,
    /// The way to everybody else.
    pub rest: Door,
}

impl ByHost {
    /// What an address is known by here: its host and port, for `https` addresses only.
    pub fn place(address: &http::Uri) -> Option<String> {
        let https = address.scheme() == Some(&http::uri::Scheme::HTTPS);
        let host = address.host().filter(|_| https)?.to_ascii_lowercase();
        Some(format!("{host}:{}", address.port_u16().unwrap_or(443)))
    }
}

#[async_trait]
impl Fetch for ByHost {
    async fn fetch(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError> {
        let place = ByHost::place(request.uri());
        let own = self.ways.iter().find(|(host, _)| Some(host) == place.as_ref());
        own.map_or(&self.rest, |(_, way)| way).fetch(request).await
    }

    async fn address(&self, host: &str, port: u16) -> Result<SocketAddr, FetchError> {
        self.rest.address(host, port).await
    }
}
