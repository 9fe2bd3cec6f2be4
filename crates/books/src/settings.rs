use std::path::PathBuf;

use url::Url;
use vault::Secret;

use crate::BooksError;

/// How the books are set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// The address under which people reach the books, without a slash at the end: `http://localhost:8500`. Providers
    /// send people back to `<public_url>/connect/return`.
    pub public_url: String,
    /// The file of the keys that encrypt tokens; made when missing.
    pub key_file: PathBuf,
    /// The folder below which targets write files, one folder a company.
    pub files: PathBuf,
    /// How letters to people are sent.
    pub mail: mail::MailSettings,
    /// Who reaches banks for these books.
    pub providers: Vec<Provider>,
}

/// One provider: a hub of ours, another one, or Ponto.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its name: shown to people, and the key under which its connections are kept, so it must not change.
    pub name: String,
    /// Where its discovery document is: `https://hub.example.org/ponto-connect`.
    pub base_url: String,
    /// Where people authorise: `https://hub.example.org/oauth2/auth`. `None` for a custom integration, whose own
    /// credentials open the accounts of one organization: only the operator connects it, and for one company.
    pub authorize_url: Option<String>,
    /// Where tokens are given: `https://hub.example.org/ponto-connect/oauth2/token`.
    pub token_url: String,
    /// What the provider knows these books by.
    pub client_id: String,
    /// The secret that belongs to it.
    pub client_secret: Secret<String>,
}

impl Provider {
    /// Its name in addresses: `passerelle-hub`. It tells its events to `<public_url>/webhooks/<slug>`.
    pub fn slug(&self) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let text: String = self.name.chars().map(plain).collect();
        text.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    }

    /// Who signs its events, and where its keys are: the root of its API.
    pub(crate) fn root(&self) -> &str {
        let base = self.base_url.trim_end_matches('/');
        base.strip_suffix("/ponto-connect").unwrap_or(base)
    }
}

impl Settings {
    pub(crate) fn check(&self) -> Result<(), BooksError> {
        let wrong = |what: String| Err(BooksError::Settings(what));
        if self.public_url.ends_with('/') || Url::parse(&self.public_url).is_err() {
            return wrong(format!("'{}' is not a public address without a slash at the end", self.public_url));
        }
        for (index, provider) in self.providers.iter().enumerate() {
            if self.providers[..index].iter().any(|other| other.name == provider.name) {
                return wrong(format!("two providers are named '{}'", provider.name));
            }
            if self.providers[..index].iter().any(|other| other.slug() == provider.slug()) {
                return wrong(format!("two providers have names that differ only in marks: '{}'", provider.name));
            }
            let addresses = [&provider.base_url, &provider.token_url];
            for address in addresses.into_iter().chain(&provider.authorize_url) {
                if Url::parse(address).is_err() {
                    return wrong(format!("'{address}' of the provider '{}' is not an address", provider.name));
                }
            }
        }
        Ok(())
    }

    /// The providers that anybody may connect through.
    pub(crate) fn open_providers(&self) -> impl Iterator<Item = &Provider> {
        self.providers.iter().filter(|provider| provider.authorize_url.is_some())
    }

    /// The provider that a webhook's address names.
    pub(crate) fn provider_of_slug(&self, slug: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.slug() == slug)
    }

    pub(crate) fn provider(&self, name: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.name == name)
    }

    /// Where a provider sends people back to.
    pub(crate) fn return_address(&self) -> String {
        format!("{}/connect/return", self.public_url)
    }
}
