//! What every call on the interface carries in its headers.

use axum::http::{HeaderMap, Uri, header};

use crate::bank::{Bank, LinkStyle, bank};
use crate::problem::Problem;

/// A call that names a bank and has a request id.
pub(crate) struct Call {
    pub(crate) bank: &'static Bank,
    /// The host that the caller used, for absolute links.
    host: String,
    /// Whether the user is present, which the client says by passing the user's address on.
    pub(crate) is_attended: bool,
    pub(crate) consent: Option<String>,
    accept: String,
}

/// The format in which a client would rather have statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preference {
    Json,
    Xml,
}

impl Call {
    /// Checks what all calls have in common.
    pub(crate) fn of(slug: &str, headers: &HeaderMap, uri: &Uri) -> Result<Call, Problem> {
        let bank = bank(slug).ok_or_else(Problem::resource_unknown)?;
        let request_id = text(headers, "x-request-id").ok_or_else(|| Problem::format("X-Request-ID is missing."))?;
        if uuid::Uuid::try_parse(&request_id).is_err() {
            return Err(Problem::format("X-Request-ID is not a UUID."));
        }
        let address = text(headers, "psu-ip-address");
        if let Some(address) = &address
            && address.parse::<std::net::IpAddr>().is_err()
        {
            return Err(Problem::format("PSU-IP-Address is not an IP address."));
        }
        Ok(Call {
            bank,
            host: host(headers, uri),
            is_attended: address.is_some(),
            consent: text(headers, "consent-id"),
            accept: text(headers, "accept").unwrap_or_default(),
        })
    }

    /// A link in the bank's style to a path below the bank.
    pub(crate) fn link(&self, path: &str) -> String {
        match self.bank.links {
            LinkStyle::Absolute => self.absolute(path),
            LinkStyle::RootRelative => format!("/{}{path}", self.bank.slug),
        }
    }

    /// A full address of a path below the bank, on the host that the caller used.
    pub(crate) fn absolute(&self, path: &str) -> String {
        format!("http://{}/{}{path}", self.host, self.bank.slug)
    }

    /// Which format the client prefers among those it accepts (RFC 9110, 12.5.1); nothing said means JSON.
    pub(crate) fn preference(&self) -> Result<Preference, Problem> {
        let json = quality(&self.accept, "application", "json");
        let xml = if self.bank.speaks_camt { quality(&self.accept, "application", "xml") } else { 0 };
        match (json, xml) {
            (0, 0) => Err(Problem::formats()),
            _ if xml > json => Ok(Preference::Xml),
            _ => Ok(Preference::Json),
        }
    }
}

/// A header as text, blanks trimmed, an empty one counting as absent.
pub(crate) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The host the caller used, if it is one; a header cannot smuggle anything else into a link.
fn host(headers: &HeaderMap, uri: &Uri) -> String {
    let named = text(headers, header::HOST.as_str()).or_else(|| uri.authority().map(|authority| authority.to_string()));
    let is_host = |host: &String| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    named.filter(is_host).unwrap_or_else(|| "localhost".to_owned())
}

/// The quality, in thousandths, that an Accept header gives a type; the most exact range decides.
fn quality(accept: &str, kind: &str, subtype: &str) -> u32 {
    if accept.is_empty() {
        return 1000;
    }
    let ranges = accept.split(',').filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let (range_kind, range_subtype) = parts.next()?.split_once('/')?;
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1000, thousandths);
        let exactness = match (range_kind == "*", range_subtype == "*") {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let fits = (range_kind == "*" || range_kind == kind) && (range_subtype == "*" || range_subtype == subtype);
        fits.then_some((exactness, weight))
    });
    ranges.max().map_or(0, |(_, weight)| weight)
}

/// `0.75` as 750.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    format!("{whole}{padded}").parse::<u32>().unwrap_or(0).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_is_weighed() {
        assert_eq!(quality("", "application", "json"), 1000);
        assert_eq!(quality("application/json, application/xml;q=0.9", "application", "xml"), 900);
        assert_eq!(quality("text/plain", "application", "json"), 0);
        assert_eq!(quality("*/*;q=0.1, application/*;q=0.5", "application", "xml"), 500);
        assert_eq!(quality("*/*, application/json;q=0", "application", "json"), 0);
    }
}
