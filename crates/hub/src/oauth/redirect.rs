//! Redirect addresses: which are allowed, and how an answer is put on one.

use url::Url;

use outbound::is_loopback;

/// Whether an address is one of the registered ones: the same text exactly. For native software, which keeps no secret,
/// the port of an address on its own machine may differ, because it takes a free one (RFC 8252 section 7.3).
pub(crate) fn is_registered(registered: &[String], asked: &str, native: bool) -> bool {
    registered.iter().any(|known| known == asked || (native && same_but_for_port(known, asked)))
}

fn same_but_for_port(known: &str, asked: &str) -> bool {
    let (Ok(mut known), Ok(mut asked_url)) = (Url::parse(known), Url::parse(asked)) else { return false };
    let plain_loopback = known.scheme() == "http" && is_loopback(&known) && is_loopback(&asked_url);
    // A text that is not in normal form could mean different addresses to different readers.
    if !plain_loopback || asked_url.as_str() != asked {
        return false;
    }
    known.set_port(None).is_ok() && asked_url.set_port(None).is_ok() && known == asked_url
}

/// The address with these parameters added to its query; what it had stays.
pub(crate) fn with_params(redirect_uri: &str, params: &[(&str, Option<&str>)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in params {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    format!("{redirect_uri}{joint}{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::{is_registered, with_params};

    #[test]
    fn addresses_match_exactly_but_for_the_port_of_native_software() {
        let known = ["https://books.example/back".to_owned(), "http://localhost:8500/back".to_owned()];
        for good in ["https://books.example/back", "http://localhost:8500/back", "http://localhost:49152/back"] {
            assert!(is_registered(&known, good, true), "{good}");
        }
        assert!(!is_registered(&known, "http://localhost:49152/back", false), "a server knows its port");
        for bad in [
            "https://books.example/back/",
            "https://books.example/back?x=1",
            "https://books.example:444/back",
            "https://books.example.evil.test/back",
            "http://books.example/back",
            "http://localhost:8500/other",
            "http://127.0.0.1:8500/back",
            "https://localhost:8500/back",
            "http://localhost:8500/x/../back",
            "http://localhost:8500@evil.test/back",
        ] {
            assert!(!is_registered(&known, bad, true), "{bad}");
        }
    }

    #[test]
    fn a_query_that_is_there_stays() {
        let answer = with_params("https://a.example/?x=1", &[("code", Some("c d")), ("state", None)]);
        assert_eq!(answer, "https://a.example/?x=1&code=c+d");
        assert_eq!(with_params("https://a.example/", &[("state", Some("s&t"))]), "https://a.example/?state=s%26t");
    }
}
