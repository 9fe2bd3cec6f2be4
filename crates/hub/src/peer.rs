//! Where a request came from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

/// The address of whoever asks. Behind a proxy that we trust it is the last one that the proxy wrote down; in a run
/// without sockets it is this machine.
pub fn address_of(parts: &Parts, behind_proxy: bool) -> IpAddr {
    let forwarded = || {
        let line = parts.headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        line.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let told = if behind_proxy { forwarded() } else { None };
    told.or(direct).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}
