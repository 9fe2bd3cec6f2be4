//! `[[books.providers]]`: who else reaches banks for the books, besides the hub of these settings. Only the settings
//! file can name them, because a flag has no place for several. One of the kind `custom` is a custom integration: its own
//! credentials open the accounts of one organization, for one company. One that wants to see a TLS client certificate, or
//! a signature on each request, as Ponto Connect does, names the files of both.

use toml::de::{DeTable, DeValue};
use url::Url;
use vault::Secret;

use super::nearest::nearest;

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name: shown to people, and the key of its connections.
    pub name: String,
    /// The address of its API: `https://hub.example.org/ponto-connect`.
    pub base_url: String,
    /// Where people authorise; `None` for a custom integration.
    pub authorize_url: Option<String>,
    /// Where tokens are given.
    pub token_url: String,
    /// What it knows the books by.
    pub client_id: String,
    /// The secret that belongs to it.
    pub client_secret: Secret<String>,
    /// The TLS client certificate that it knows the books by.
    pub identity: Option<outbound::Identity>,
    /// The key that signs each request to it.
    pub signer: Option<outbound::Signer>,
}

impl Entry {
    /// The hosts and ports of its API, which are shown the certificate.
    pub fn places(&self) -> Vec<String> {
        let place = |address: &String| outbound::ByHost::place(&address.parse().ok()?);
        let mut places: Vec<String> = [&self.base_url, &self.token_url].into_iter().filter_map(place).collect();
        places.dedup();
        places
    }

    fn is_known_by_certificate(&self) -> bool {
        self.identity.is_some() || self.signer.is_some()
    }
}

const KEYS: [&str; 13] = [
    "name",
    "kind",
    "url",
    "base_url",
    "authorize_url",
    "token_url",
    "client_id",
    "client_secret",
    "certificate_file",
    "key_file",
    "authority_file",
    "signature_id",
    "signature_key_file",
];

/// The entries of the list, and what is wrong with others, each with the offset of its place.
pub(super) fn read(list: &DeValue<'_>, offset: usize) -> (Vec<Entry>, Vec<(usize, String)>) {
    let mut wrong = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let Some(tables) = list.as_array() else {
        return (entries, vec![(offset, "providers are written as [[books.providers]], one section each".into())]);
    };
    for one in tables {
        let place = one.span().start;
        let Some(table) = one.get_ref().as_table() else {
            wrong.push((place, "a provider is a section [[books.providers]] with keys of its own".into()));
            continue;
        };
        let before = wrong.len();
        for (key, _) in table.iter().filter(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
            let meant = nearest(key.get_ref(), KEYS.into_iter()).map(|meant| format!("; did you mean {meant}?"));
            let what = format!("a provider has no {}{}", key.get_ref(), meant.unwrap_or_default());
            wrong.push((key.span().start, what));
        }
        match entry(table) {
            Ok(entry) if entries.iter().any(|known| known.name == entry.name) => {
                wrong.push((place, format!("two providers are named '{}'", entry.name)));
            }
            Ok(entry) if entries.iter().any(|known| share_a_host(known, &entry)) => {
                let what = "another provider has the same host, and one of them a certificate: use other books for one";
                wrong.push((place, what.to_owned()));
            }
            Ok(entry) if wrong.len() == before => entries.push(entry),
            Ok(_) => {}
            Err(what) => wrong.push((place, what)),
        }
    }
    (entries, wrong)
}

fn entry(table: &DeTable<'_>) -> Result<Entry, String> {
    let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str().map(str::to_owned));
    let needed =
        |key: &str| text(key).filter(|text| !text.is_empty()).ok_or_else(|| format!("this provider lacks {key}"));
    let name = needed("name")?;
    let custom = match text("kind").as_deref() {
        None | Some("application") => false,
        Some("custom") => true,
        Some(other) => return Err(format!("'{other}' is no kind of provider: write application or custom")),
    };
    // A hub of ours needs its address only; any other says where each thing is.
    let hub = text("url").map(|url| address("url", url)).transpose()?;
    let place = |key: &str, of_hub: &str| match (text(key), &hub) {
        (Some(url), _) => address(key, url),
        (None, Some(hub)) => Ok(format!("{hub}{of_hub}")),
        (None, None) => Err(format!("this provider lacks {key}; for a hub of ours, url alone is enough")),
    };
    let identity = identity(&text)?;
    let entry = Entry {
        name,
        base_url: place("base_url", if custom { "" } else { "/ponto-connect" })?,
        authorize_url: if custom { None } else { Some(place("authorize_url", "/oauth2/auth")?) },
        token_url: place("token_url", if custom { "/oauth2/token" } else { "/ponto-connect/oauth2/token" })?,
        client_id: needed("client_id")?,
        client_secret: Secret::new(needed("client_secret")?),
        identity,
        signer: signer(&text)?,
    };
    let open = [&entry.base_url, &entry.token_url].into_iter().find(|address| !address.starts_with("https://"));
    match open.filter(|_| entry.is_known_by_certificate()) {
        Some(address) => Err(format!("'{address}' is not https, and a certificate is shown to https addresses only")),
        None => Ok(entry),
    }
}

/// A certificate goes by host, so a host can have one only.
fn share_a_host(one: &Entry, other: &Entry) -> bool {
    let certified = one.is_known_by_certificate() || other.is_known_by_certificate();
    certified && one.places().iter().any(|place| other.places().contains(place))
}

type Text<'a> = &'a dyn Fn(&str) -> Option<String>;

fn file(text: Text<'_>, key: &str) -> Result<Option<Vec<u8>>, String> {
    let Some(path) = text(key) else { return Ok(None) };
    std::fs::read(&path).map(Some).map_err(|error| format!("the file '{path}' cannot be read: {error} (key {key})"))
}

fn identity(text: Text<'_>) -> Result<Option<outbound::Identity>, String> {
    let authority = file(text, "authority_file")?;
    match (file(text, "certificate_file")?, file(text, "key_file")?) {
        (Some(certificate), Some(key)) => outbound::Identity::parse(&certificate, &key, authority.as_deref())
            .map(Some)
            .map_err(|error| format!("{error} (keys certificate_file, key_file)")),
        (None, None) if authority.is_none() => Ok(None),
        (None, None) => Err("authority_file goes with certificate_file and key_file".to_owned()),
        _ => Err("certificate_file and key_file go together".to_owned()),
    }
}

fn signer(text: Text<'_>) -> Result<Option<outbound::Signer>, String> {
    match (text("signature_id"), file(text, "signature_key_file")?) {
        (Some(id), Some(key)) if id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) => {
            outbound::Signer::parse(&id, &key).map(Some).map_err(|error| format!("{error} (key signature_key_file)"))
        }
        (Some(id), Some(_)) => Err(format!("'{id}' is not the id of a certificate (key signature_id)")),
        (None, None) => Ok(None),
        _ => Err("signature_id and signature_key_file go together".to_owned()),
    }
}

fn address(key: &str, text: String) -> Result<String, String> {
    let good = Url::parse(&text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    let wrong = || format!("'{text}' is not a web address such as https://hub.example.org (key {key})");
    if good { Ok(text.trim_end_matches('/').to_owned()) } else { Err(wrong()) }
}
