use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::{Fetch, FetchError, Identity, is_private};

/// What an outgoing request may cost and where it may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest wait for a whole answer.
    pub timeout: Duration,
    /// Largest body accepted.
    pub body_bytes: usize,
    /// Whether loopback and private networks may be reached.
    pub allow_private_addresses: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { timeout: Duration::from_secs(60), body_bytes: 256 << 20, allow_private_addresses: false }
    }
}

/// The real network.
pub struct Network {
    client: reqwest::Client,
    limits: Limits,
}

impl Network {
    /// A door with limits. Certificates are checked against the system's authorities.
    pub fn new(limits: Limits) -> Network {
        Network::of(reqwest::Client::builder(), limits)
    }

    /// A door to hosts that know us by a TLS client certificate.
    pub fn known_as(limits: Limits, identity: &Identity) -> Network {
        let client = reqwest::Client::builder().identity(identity.client.clone());
        Network::of(client.tls_certs_merge(identity.authority.iter().cloned()), limits)
    }

    fn of(client: reqwest::ClientBuilder, limits: Limits) -> Network {
        let client = client
            .timeout(limits.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("passerelle/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(PublicOnly { allow_private: limits.allow_private_addresses }))
            .build()
            .expect("the settings are constants that fit together, and an identity was tried when it was read");
        Network { client, limits }
    }
}

#[async_trait]
impl Fetch for Network {
    async fn fetch(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError> {
        let host = request.uri().authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default();
        let bare = request.uri().host().unwrap_or_default().trim_matches(['[', ']']);
        // A literal address never meets the resolver, so it is judged here.
        if !self.limits.allow_private_addresses && bare.parse::<IpAddr>().is_ok_and(is_private) {
            return Err(FetchError::Forbidden(host));
        }
        let failed = |error: &reqwest::Error| self.failure(&host, error);
        let request = reqwest::Request::try_from(request).map_err(|error| failed(&error))?;
        let mut answer = self.client.execute(request).await.map_err(|error| failed(&error))?;
        let mut head = http::Response::new(());
        *head.status_mut() = answer.status();
        *head.headers_mut() = answer.headers().clone();
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| failed(&error))? {
            if body.len() + chunk.len() > self.limits.body_bytes {
                return Err(FetchError::TooLarge { host, limit_bytes: self.limits.body_bytes });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(head.map(|()| body.freeze()))
    }

    async fn address(&self, host: &str, port: u16) -> Result<SocketAddr, FetchError> {
        let bare = host.trim_matches(['[', ']']);
        let unreachable = |reason: String| FetchError::Unreachable { host: host.to_owned(), reason };
        let asked = tokio::time::timeout(self.limits.timeout, tokio::net::lookup_host((bare, port))).await;
        let slow = || FetchError::Timeout { host: host.to_owned(), seconds: self.limits.timeout.as_secs() };
        let mut found = asked.map_err(|_| slow())?.map_err(|error| unreachable(error.to_string()))?;
        let allowed = found.find(|address| self.limits.allow_private_addresses || !is_private(address.ip()));
        allowed.ok_or_else(|| FetchError::Forbidden(host.to_owned()))
    }
}

impl Network {
    fn failure(&self, host: &str, error: &reqwest::Error) -> FetchError {
        let host = host.to_owned();
        if error.is_timeout() {
            return FetchError::Timeout { host, seconds: self.limits.timeout.as_secs() };
        }
        let mut reason: &dyn std::error::Error = error;
        while let Some(source) = reason.source() {
            if source.is::<OnlyPrivate>() {
                return FetchError::Forbidden(host);
            }
            reason = source;
        }
        FetchError::Unreachable { host, reason: reason.to_string() }
    }
}

/// A name resolver that hides private addresses, so that a public name cannot lead inside either.
struct PublicOnly {
    allow_private: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the name leads to private addresses only")]
struct OnlyPrivate;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> =
                found.into_iter().filter(|address| allow_private || !is_private(address.ip())).collect();
            if allowed.is_empty() {
                return Err(OnlyPrivate.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
