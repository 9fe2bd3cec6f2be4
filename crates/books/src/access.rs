//! The way to a provider: its client, and a token that is good.
//!
//! A refresh token is good for one use. Whoever refreshes stores the new pair only when nobody else did meanwhile, so
//! two processes cannot overwrite each other. When the process dies between the answer and the commit, the old token
//! is used again; a provider forgives that for a short while, and after it the person connects again.

use std::collections::HashMap;
use std::sync::Arc;

use db::DbError;
use domain::{Span, Timestamp};
use hub_api::{AccessToken, ApplicationCredentials, Client, ClientError, TokenGrant, TokenResponse};
use tokio::sync::Mutex;

use crate::settings::Provider;
use crate::store::account::Account;
use crate::store::grant::{self, Grant, GrantKey};
use crate::{BooksError, Inner, Trouble};

/// The clients of the providers, opened when first needed.
#[derive(Default)]
pub(crate) struct Clients {
    open: Mutex<HashMap<String, Arc<Client>>>,
    /// One refresh at a time in this process.
    refreshing: Mutex<()>,
}

/// Why a call to a provider came to nothing: it is the provider's trouble, or ours.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The provider, or the way to it.
    Provider(Trouble),
    /// The books themselves.
    Books(BooksError),
}

impl From<Trouble> for Failed {
    fn from(trouble: Trouble) -> Failed {
        Failed::Provider(trouble)
    }
}

impl From<BooksError> for Failed {
    fn from(error: BooksError) -> Failed {
        Failed::Books(error)
    }
}

impl From<DbError> for Failed {
    fn from(error: DbError) -> Failed {
        Failed::Books(error.into())
    }
}

impl From<ClientError> for Failed {
    fn from(error: ClientError) -> Failed {
        Failed::Provider(error.into())
    }
}

/// A token is used no longer than until this many seconds before its end.
const MARGIN_SECONDS: i64 = 60;

impl Inner {
    /// The provider of a name, or the trouble that it is no longer in the settings.
    pub(crate) fn provider(&self, name: &str) -> Result<&Provider, Trouble> {
        let missing = || Trouble::new("providerUnknown", format!("'{name}' is not in the settings of these books"));
        self.settings.provider(name).ok_or_else(missing)
    }

    /// The client of a provider.
    pub(crate) async fn client(&self, provider: &Provider) -> Result<Arc<Client>, ClientError> {
        let mut open = self.clients.open.lock().await;
        if let Some(client) = open.get(&provider.name) {
            return Ok(client.clone());
        }
        let client = Arc::new(Client::open(self.door.clone(), &provider.base_url).await?);
        open.insert(provider.name.clone(), client.clone());
        Ok(client)
    }

    /// A caller with a good token.
    pub(crate) async fn caller(&self, key: &GrantKey) -> Result<Caller<'_>, Failed> {
        let provider = self.provider(&key.provider)?;
        let client = self.client(provider).await?;
        let (token, generation) = self.token(provider, key, None).await?;
        Ok(Caller { books: self, provider, key: key.clone(), client, token, generation })
    }

    /// Where a person renews the consent of an account at the provider's own page; `None` when the provider has no such
    /// page, or accepts our access no longer.
    pub(crate) async fn renewal(&self, account: &Account, back: &str) -> Result<Option<String>, BooksError> {
        let mut caller = match self.caller(&account.grant).await {
            Ok(caller) => caller,
            Err(Failed::Books(error)) => return Err(error),
            Err(Failed::Provider(_)) => return Ok(None),
        };
        let links = caller.client.discovery().links.account.as_ref();
        if links.is_none_or(|links| links.reauthorization_requests.is_none()) {
            return Ok(None);
        }
        let remote = account.remote;
        let asked = caller.call(|client, token| async move { client.reauthorize(&token, remote, back).await }).await;
        match asked {
            Ok(resource) => Ok(resource.links.and_then(|links| links.redirect)),
            Err(Failed::Books(error)) => Err(error),
            Err(Failed::Provider(trouble)) => {
                tracing::info!(code = trouble.code, "the provider gives no page to renew on");
                Ok(None)
            }
        }
    }

    /// The token of a grant, refreshed when it is about to end or when `refused` is its generation.
    async fn token(
        &self,
        provider: &Provider,
        key: &GrantKey,
        refused: Option<i64>,
    ) -> Result<(AccessToken, i64), Failed> {
        let _turn = self.clients.refreshing.lock().await;
        let held = grant::find(&mut self.db.read().await?, key).await?;
        let held = held.ok_or_else(|| Trouble::new("connectAgain", "nothing was granted"))?;
        let soon = self.environment.now().saturating_add(Span::new().seconds(MARGIN_SECONDS)).unwrap_or(Timestamp::MAX);
        let good = refused != Some(held.generation) && held.access_until > soon && held.ended_at.is_none();
        if good {
            return Ok((AccessToken(self.opened(&key.place("access"), &held.access_sealed)?), held.generation));
        }
        self.refresh(provider, key, &held).await
    }

    async fn refresh(&self, provider: &Provider, key: &GrantKey, held: &Grant) -> Result<(AccessToken, i64), Failed> {
        if provider.authorize_url.is_none() {
            return self.renew_own(provider, key, held).await;
        }
        let again = |detail: &str| Failed::Provider(Trouble::new("connectAgain", detail));
        let Some(sealed) = &held.refresh_sealed else { return Err(again("the access has ended")) };
        let plain = self.opened(&key.place("refresh"), sealed)?;
        let answer = Client::token(&self.door, credentials(provider), TokenGrant::RefreshToken(&plain)).await;
        let given = match answer {
            Ok(given) => given,
            Err(error) => return self.refused(key, held, error).await,
        };
        // A provider that does not rotate gives no new one: the old one stays good.
        let refresh_sealed = given.refresh_token.is_none().then(|| sealed.clone());
        let mut fresh = self.sealed(key, &given, held.generation);
        fresh.refresh_sealed = fresh.refresh_sealed.or(refresh_sealed);
        let stored: Result<bool, DbError> = db::write!(self.db, tx => { grant::refresh(&mut tx, key, &fresh).await });
        if !stored? {
            tracing::info!(provider = provider.name, "another process refreshed the token first");
        }
        Ok((AccessToken(given.access_token), held.generation + 1))
    }

    /// Another token for a custom integration: its own credentials are all that it takes.
    async fn renew_own(&self, provider: &Provider, key: &GrantKey, held: &Grant) -> Result<(AccessToken, i64), Failed> {
        let given = Client::token(&self.door, credentials(provider), TokenGrant::ClientCredentials).await?;
        let fresh = self.sealed(key, &given, held.generation);
        let stored: Result<bool, DbError> = db::write!(self.db, tx => { grant::refresh(&mut tx, key, &fresh).await });
        stored?;
        Ok((AccessToken(given.access_token), held.generation + 1))
    }

    /// The provider gave no token. When another process refreshed meanwhile, its token is there; else, when the refresh
    /// token is dead, only a person can go on.
    async fn refused(&self, key: &GrantKey, held: &Grant, error: ClientError) -> Result<(AccessToken, i64), Failed> {
        if !matches!(&error, ClientError::OAuth { error, .. } if error.error == "invalid_grant") {
            return Err(error.into());
        }
        let newer = grant::find(&mut self.db.read().await?, key).await?;
        if let Some(newer) = newer.filter(|newer| newer.generation != held.generation) {
            return Ok((AccessToken(self.opened(&key.place("access"), &newer.access_sealed)?), newer.generation));
        }
        let now = self.environment.now();
        let ended: Result<(), DbError> =
            db::write!(self.db, tx => { grant::end(&mut tx, key, held.generation, now).await });
        ended?;
        Err(error.into())
    }

    /// A token as it was before it was sealed. One that cannot be opened, as after a lost key, is the trouble of its
    /// own grant and stops no other: a new consent mends it.
    fn opened(&self, place: &str, sealed: &str) -> Result<String, Trouble> {
        match self.keyring.open_text(place, sealed) {
            Ok(plain) => Ok(plain.expose().clone()),
            Err(error) => {
                tracing::error!(%error, place, "a stored token cannot be opened");
                Err(Trouble::new("connectAgain", error.to_string()))
            }
        }
    }

    /// Tokens as they are stored.
    pub(crate) fn sealed(&self, key: &GrantKey, given: &TokenResponse, generation: i64) -> Grant {
        let lifetime = Span::new().seconds(given.expires_in.clamp(0, 366 * 86_400));
        let until = self.environment.now().saturating_add(lifetime).unwrap_or(Timestamp::MAX);
        let seal = |column: &str, plain: &str| self.keyring.seal(&key.place(column), plain.as_bytes());
        Grant {
            access_sealed: seal("access", &given.access_token),
            access_until: until,
            refresh_sealed: given.refresh_token.as_deref().map(|plain| seal("refresh", plain)),
            generation,
            ended_at: None,
        }
    }
}

/// What the provider knows these books by.
pub(crate) fn credentials(provider: &Provider) -> ApplicationCredentials<'_> {
    ApplicationCredentials {
        token_url: &provider.token_url,
        client_id: &provider.client_id,
        client_secret: provider.client_secret.expose(),
    }
}

/// Calls a provider on behalf of a company; refreshes the token once when the provider refuses it.
pub(crate) struct Caller<'a> {
    books: &'a Inner,
    provider: &'a Provider,
    key: GrantKey,
    pub(crate) client: Arc<Client>,
    token: AccessToken,
    generation: i64,
}

impl Caller<'_> {
    /// Makes a call, and makes it again with a fresh token when the first one is refused.
    pub(crate) async fn call<T, F, R>(&mut self, call: F) -> Result<T, Failed>
    where
        F: Fn(Arc<Client>, AccessToken) -> R,
        R: Future<Output = Result<T, ClientError>>,
    {
        match self.attempt(&call).await? {
            Ok(answer) => Ok(answer),
            Err(error) => Err(error.into()),
        }
    }

    /// Like [`Caller::call`], for a caller who tells refusals apart.
    pub(crate) async fn attempt<T, F, R>(&mut self, call: &F) -> Result<Result<T, ClientError>, Failed>
    where
        F: Fn(Arc<Client>, AccessToken) -> R,
        R: Future<Output = Result<T, ClientError>>,
    {
        let first = call(self.client.clone(), self.token.clone()).await;
        if !matches!(first, Err(ClientError::Unauthorized(_))) {
            return Ok(first);
        }
        (self.token, self.generation) = self.books.token(self.provider, &self.key, Some(self.generation)).await?;
        Ok(call(self.client.clone(), self.token.clone()).await)
    }
}
