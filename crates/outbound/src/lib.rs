//! The one door out. Every request that a hub or the books send to a bank, a provider or a webhook passes here, so
//! that the rules for leaving stand in one place: a time limit, a size limit, no redirects followed, and no private
//! address unless the operator allows it.
//!
//! [`Fetch`] is the door; [`Network`] opens it to the real world, [`InProcess`] to routers in this process, which is
//! how stories run three parties on one simulated clock.

mod address;
mod by_host;
mod identity;
mod in_process;
mod network;

use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;

pub use address::{is_loopback, is_private};
pub use by_host::ByHost;
pub use identity::{Identity, IdentityError, Signer, Signing};
pub use in_process::InProcess;
pub use network::{Limits, Network};

/// Sends a request and brings back the whole answer, whatever its status.
#[async_trait]
pub trait Fetch: Send + Sync {
    /// One request, one answer. A status of 400 or above is an answer, not an error.
    async fn fetch(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, FetchError>;

    /// The address at which a host may be reached by a program of the system that speaks another protocol. It must be
    /// used as it is: the name could lead elsewhere when it is asked again.
    async fn address(&self, host: &str, _port: u16) -> Result<SocketAddr, FetchError> {
        let reason = "this way out leads to web addresses only".to_owned();
        Err(FetchError::Unreachable { host: host.to_owned(), reason })
    }
}

/// A shared door.
pub type Door = Arc<dyn Fetch>;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address is private and the operator has not allowed that.
    #[error("{0} is a private address; the operator must allow it with allow_private_addresses")]
    Forbidden(String),
    /// Nobody listens, the name is unknown, or the connection broke.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// The host that was asked.
        host: String,
        /// What the network said.
        reason: String,
    },
    /// No answer in time.
    #[error("{host} did not answer within {seconds} seconds")]
    Timeout {
        /// The host that was asked.
        host: String,
        /// The limit.
        seconds: u64,
    },
    /// The answer is larger than we are willing to hold.
    #[error("the answer of {host} is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The host that was asked.
        host: String,
        /// The limit.
        limit_bytes: usize,
    },
}
