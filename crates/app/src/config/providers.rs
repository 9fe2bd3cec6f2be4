//! `[[books.providers]]`: who else reaches banks for the books, besides the hub of these settings. Only the settings
//! file can name them, because a flag has no place for several. One of the kind `custom` is a custom integration: its own
//! credentials open the accounts of one organization, for one company.

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
}

const KEYS: [&str; 8] = ["name", "kind", "url", "base_url", "authorize_url", "token_url", "client_id", "client_secret"];

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
    Ok(Entry {
        name,
        base_url: place("base_url", if custom { "" } else { "/ponto-connect" })?,
        authorize_url: if custom { None } else { Some(place("authorize_url", "/oauth2/auth")?) },
        token_url: place("token_url", if custom { "/oauth2/token" } else { "/ponto-connect/oauth2/token" })?,
        client_id: needed("client_id")?,
        client_secret: Secret::new(needed("client_secret")?),
    })
}

fn address(key: &str, text: String) -> Result<String, String> {
    let good = Url::parse(&text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    let wrong = || format!("'{text}' is not a web address such as https://hub.example.org (key {key})");
    if good { Ok(text.trim_end_matches('/').to_owned()) } else { Err(wrong()) }
}
