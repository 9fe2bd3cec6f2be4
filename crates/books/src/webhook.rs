//! What providers tell: an event with a signature (a JWT in RS512, RFC 7519) over the digest of its body. It is heeded
//! only when the provider's published key verifies it, when it is meant for these books, when it is fresh, and when it
//! was not heeded before.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use db::DbError;
use domain::{CompanyId, ConnectionId, Span, Timestamp};
use http::{Method, Request, header};
use hub_api::{Doc, EventKind, WebhookEvent, WebhookKeys};
use serde::Deserialize;
use tokio::sync::Mutex;
use vault::PublicKey;

use crate::import::News;
use crate::settings::Provider;
use crate::store::{account, connection, event};
use crate::{BooksError, Inner, Trouble};

/// How far the clocks of two machines may be apart.
const SKEW_SECONDS: i64 = 30;
/// A key that is not known makes the list be read again, but not more often than this.
const ASK_AGAIN_SECONDS: i64 = 60;
/// For how long an event's id is remembered: far longer than any signature is good for.
const REMEMBERED_HOURS: i64 = 14 * 24;

/// Public keys by their names.
type Ring = HashMap<String, PublicKey>;

/// The keys of the providers, and when they were read.
#[derive(Default)]
pub(crate) struct Keys(Mutex<HashMap<String, (Timestamp, Ring)>>);

/// Why an event was not heeded.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It is not signed as it must be; which rule it breaks.
    Signature(&'static str),
    /// The body is no event.
    Body(String),
    /// The provider's keys cannot be read now: it may send the event again.
    Keys(Trouble),
    /// The books themselves.
    Books(BooksError),
}

impl From<DbError> for Refused {
    fn from(error: DbError) -> Refused {
        Refused::Books(error.into())
    }
}

impl From<BooksError> for Refused {
    fn from(error: BooksError) -> Refused {
        Refused::Books(error)
    }
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: String,
}

#[derive(Deserialize)]
struct Claims {
    aud: String,
    digest: String,
    exp: i64,
    iat: i64,
    iss: String,
}

impl Inner {
    /// Heeds an event, or refuses it. One that was heeded before is confirmed and changes nothing.
    pub(crate) async fn hear(&self, provider: &Provider, signature: &str, body: &[u8]) -> Result<(), Refused> {
        self.verify(provider, signature, body).await?;
        let told: Doc<WebhookEvent> = serde_json::from_slice(body).map_err(|error| Refused::Body(error.to_string()))?;
        let told = told.data;
        let concerned = self.concerned(provider, &told).await?;
        for (company, connection, news) in concerned {
            self.heed(company, connection, news).await?;
        }
        // Noted last: when the process dies before, the provider sends the event again, and heeding twice does no harm.
        let now = self.environment.now();
        let forget = now.saturating_sub(Span::new().hours(REMEMBERED_HOURS)).unwrap_or(now);
        let id = told.id.to_string();
        let noted: Result<bool, DbError> =
            db::write!(self.db, tx => { event::note(&mut tx, &provider.name, &id, now, forget).await });
        noted?;
        Ok(())
    }

    async fn verify(&self, provider: &Provider, signature: &str, body: &[u8]) -> Result<(), Refused> {
        let wrong = Refused::Signature;
        let (signed, proof) = signature.rsplit_once('.').ok_or(wrong("it is no JWT"))?;
        let (head, claims) = signed.split_once('.').ok_or(wrong("it is no JWT"))?;
        let head: Head = part(head).ok_or(wrong("its header cannot be read"))?;
        // The algorithm is ours to say, not the sender's.
        if head.alg != "RS512" {
            return Err(wrong("its algorithm is not RS512"));
        }
        let proof = URL_SAFE_NO_PAD.decode(proof).map_err(|_| wrong("its signature is not base64url"))?;
        let key = self.key(provider, &head.kid).await?.ok_or(wrong("its key is not one that the provider lists"))?;
        if !key.verifies(signed.as_bytes(), &proof) {
            return Err(wrong("its signature does not fit"));
        }
        let claims: Claims = part(claims).ok_or(wrong("its claims cannot be read"))?;
        let now = self.environment.now().as_second();
        if claims.exp + SKEW_SECONDS < now || claims.iat - SKEW_SECONDS > now {
            return Err(wrong("it is not of now"));
        }
        if claims.aud != provider.client_id {
            return Err(wrong("it is meant for other software"));
        }
        if claims.iss.trim_end_matches('/') != provider.root() {
            return Err(wrong("it was issued by somebody else"));
        }
        if claims.digest != STANDARD.encode(vault::token::sha512(body)) {
            return Err(wrong("it signs another body"));
        }
        Ok(())
    }

    async fn key(&self, provider: &Provider, kid: &str) -> Result<Option<PublicKey>, Refused> {
        let now = self.environment.now();
        let mut kept = self.webhook_keys.0.lock().await;
        if let Some((read_at, keys)) = kept.get(&provider.name)
            && (keys.contains_key(kid) || now.duration_since(*read_at).as_secs() < ASK_AGAIN_SECONDS)
        {
            return Ok(keys.get(kid).cloned());
        }
        let keys = self.read_keys(provider).await.map_err(Refused::Keys)?;
        let found = keys.get(kid).cloned();
        kept.insert(provider.name.clone(), (now, keys));
        Ok(found)
    }

    async fn read_keys(&self, provider: &Provider) -> Result<Ring, Trouble> {
        let address = format!("{}/webhooks/keys", provider.root());
        let wrong = |problem: String| Trouble::new("contract", format!("{address}: {problem}"));
        let host = url::Url::parse(&address).map_err(|error| wrong(error.to_string()))?;
        let host = host.authority().rsplit('@').next().unwrap_or_default().to_owned();
        let request = Request::builder()
            .method(Method::GET)
            .uri(&address)
            .header(header::ACCEPT, "application/json")
            .header(header::HOST, host)
            .body(Bytes::new())
            .map_err(|error| wrong(error.to_string()))?;
        let answer = self.door.fetch(request).await.map_err(|error| Trouble::new("unreachable", error.to_string()))?;
        if !answer.status().is_success() {
            return Err(wrong(format!("it answered {}", answer.status())));
        }
        let list: WebhookKeys = serde_json::from_slice(answer.body()).map_err(|error| wrong(error.to_string()))?;
        let usable =
            list.keys.into_iter().filter(|key| key.kty == "RSA" && key.alg == "RS512" && key.status == "ACTIVE");
        let public = usable.filter_map(|key| {
            let modulus = URL_SAFE_NO_PAD.decode(&key.n).ok()?;
            let exponent = URL_SAFE_NO_PAD.decode(&key.e).ok()?;
            Some((key.kid, PublicKey { modulus, exponent }))
        });
        Ok(public.collect())
    }

    /// The connections that an event is about: none when it was heeded before, or when nothing is to be read for it.
    async fn concerned(
        &self,
        provider: &Provider,
        told: &WebhookEvent,
    ) -> Result<Vec<(CompanyId, ConnectionId, Option<News>)>, DbError> {
        let mut tx = self.db.read().await?;
        if !is_news(told.kind) || event::is_known(&mut tx, &provider.name, &told.id.to_string()).await? {
            return Ok(Vec::new());
        }
        let relations = &told.relationships;
        let account = relations.account.as_ref().and_then(|account| account.data.as_ref()).map(|data| data.id);
        let synchronization = relations.synchronization.as_ref().and_then(|one| one.data.as_ref()).map(|data| data.id);
        let mut found = Vec::new();
        let Some(remote) = account else {
            // What concerns a whole organization is found out by an import: it begins now.
            let organization = relations.organization.as_ref().and_then(|one| one.data.as_ref());
            if let Some(organization) = organization {
                for one in connection::of_subject(&mut tx, &provider.name, &organization.id.to_string()).await? {
                    found.push((one.company(), one.id, None));
                }
            }
            return Ok(found);
        };
        let failed = told.kind == EventKind::SynchronizationFailed;
        for account in account::by_remote(&mut tx, &provider.name, remote).await? {
            // A failure is read once: it shows until an import goes well again.
            if failed && (synchronization.is_none() || account.trouble.is_some()) {
                continue;
            }
            let connections = connection::of_company(&mut tx, account.grant.company).await?;
            let own = connections
                .into_iter()
                .filter(|one| one.grant == account.grant && one.institution == account.institution);
            let news = Some(News { account: account.id, synchronization });
            found.extend(own.map(|one| (one.company(), one.id, news)));
        }
        Ok(found)
    }
}

/// Whether there is something to read after an event. What a synchronization that ended without change tells is read
/// with the next import.
fn is_news(kind: EventKind) -> bool {
    match kind {
        EventKind::AccountTransactionsCreated
        | EventKind::AccountTransactionsUpdated
        | EventKind::AccountPendingTransactionsCreated
        | EventKind::AccountPendingTransactionsUpdated
        | EventKind::AccountDetailsUpdated
        | EventKind::AccountReauthorized
        | EventKind::AccountAuthorizationExpiring
        | EventKind::SynchronizationFailed
        | EventKind::IntegrationAccountRevoked
        | EventKind::IntegrationRevoked
        | EventKind::OrganizationBlocked
        | EventKind::OrganizationUnblocked => true,
        EventKind::SynchronizationSucceededWithoutChange
        | EventKind::IntegrationCreated
        | EventKind::IntegrationAccountAdded => false,
    }
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}
