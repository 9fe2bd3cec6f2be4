use axum::http::{HeaderMap, HeaderValue, header};

/// How one party names, sets and reads its cookies.
///
/// Over https they carry the prefix `__Host-` (RFC 6265bis), which forbids another host or path to set them; over
/// plain http on a loopback address the prefix is impossible. The party's name is part of each name, because cookies
/// do not know ports and hub and books often share a host. All are `HttpOnly` and `SameSite=Lax`: a person who
/// returns from a bank is still logged in, a form of another site is not.
#[derive(Debug, Clone)]
pub struct Cookies {
    party: &'static str,
    https: bool,
}

impl Cookies {
    /// The cookies of a party; `https` says whether its public address begins with `https:`.
    pub fn new(party: &'static str, https: bool) -> Cookies {
        Cookies { party, https }
    }

    /// Whether the party is reached over https.
    pub fn https(&self) -> bool {
        self.https
    }

    /// The full name of a cookie.
    pub fn name(&self, what: &str) -> String {
        let prefix = if self.https { "__Host-" } else { "" };
        format!("{prefix}passerelle-{}-{what}", self.party)
    }

    /// The value of a cookie of a request. The last of several counts, none is the empty text.
    pub fn get(&self, headers: &HeaderMap, what: &str) -> Option<String> {
        let name = self.name(what);
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let value = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next_back();
        value.filter(|value| !value.is_empty())
    }

    /// A `Set-Cookie` value. Without a maximal age the cookie ends with the browser. The value must be of the
    /// characters that a cookie allows, as base64url is.
    pub fn set(&self, what: &str, value: &str, max_age_seconds: Option<i64>) -> HeaderValue {
        let age = max_age_seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let secure = if self.https { "; Secure" } else { "" };
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", self.name(what));
        HeaderValue::from_str(&text).expect("a cookie's value is of base64url characters")
    }

    /// A `Set-Cookie` value that removes a cookie.
    pub fn clear(&self, what: &str) -> HeaderValue {
        self.set(what, "", Some(0))
    }
}
