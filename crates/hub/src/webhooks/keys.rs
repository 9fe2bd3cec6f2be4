//! The keys that sign events. A key signs for 90 days; the next one is published a day before it signs, so that
//! whoever keeps the list of keys for a while has it in time, and the one before is listed for a day more.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::DbError;
use domain::{Timestamp, ToSpan};
use hub_api::{WebhookKey as Published, WebhookKeys};
use vault::SigningKey;

use crate::Hub;
use crate::store::webhook_key::{self, WebhookKey};

const SIGNS_FOR_HOURS: i64 = 90 * 24;
const LISTED_AROUND_HOURS: i64 = 24;

/// Why nothing could be signed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeysError {
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The key itself, or the one that seals it.
    #[error("no webhook can be signed: {0}")]
    Key(String),
}

/// The keys that receivers may meet.
pub(crate) async fn published(hub: &Hub) -> Result<WebhookKeys, KeysError> {
    let keys = current(hub).await?.into_iter().map(|key| Published {
        alg: "RS512".into(),
        e: key.exponent,
        kid: key.kid,
        kty: "RSA".into(),
        n: key.modulus,
        status: "ACTIVE".into(),
        usage: "sig".into(),
    });
    Ok(WebhookKeys { keys: keys.collect() })
}

/// The key that signs now, with its name.
pub(crate) async fn signing(hub: &Hub) -> Result<(String, SigningKey), KeysError> {
    let keys = current(hub).await?;
    let now = hub.environment.now();
    let key = keys.iter().find(|key| key.signs_from <= now).or(keys.last());
    let key = key.ok_or_else(|| KeysError::Key("there is no key".into()))?;
    let sealed = hub.keyring.open_bytes(&place(&key.kid), &key.sealed);
    let bytes = sealed.map_err(|error| KeysError::Key(error.to_string()))?;
    let signing = SigningKey::from_pkcs8(bytes.expose()).map_err(|error| KeysError::Key(error.to_string()))?;
    Ok((key.kid.clone(), signing))
}

/// The keys that hold, the one that signs last in front; makes the first, makes the next, forgets the past.
async fn current(hub: &Hub) -> Result<Vec<WebhookKey>, KeysError> {
    let now = hub.environment.now();
    let mut keys = webhook_key::list(&mut hub.db.read().await?).await?;
    let next = match keys.first() {
        None => Some(now),
        Some(newest) => {
            let over = newest.signs_from + SIGNS_FOR_HOURS.hours();
            (over - LISTED_AROUND_HOURS.hours() <= now).then(|| over.max(now + LISTED_AROUND_HOURS.hours()))
        }
    };
    let past = past(&keys, now);
    if next.is_some() || !past.is_empty() {
        let made = match next {
            Some(signs_from) => Some(make(hub, signs_from).await?),
            None => None,
        };
        keys = db::write!(hub.db, tx => {
            // Another process may have made it meanwhile.
            let known = webhook_key::list(&mut tx).await?;
            if let Some(made) = &made && known.first().map(|key| &key.kid) == keys.first().map(|key| &key.kid) {
                webhook_key::insert(&mut tx, made).await?;
            }
            for kid in &past {
                webhook_key::delete(&mut tx, kid).await?;
            }
            webhook_key::list(&mut tx).await
        })
        .map_err(KeysError::Database)?;
    }
    Ok(keys)
}

/// Makes another key, that signs from tomorrow on; or at once, and forgets all others.
pub(crate) async fn renew(hub: &Hub, at_once: bool) -> Result<(String, Timestamp), KeysError> {
    let now = hub.environment.now();
    let signs_from = if at_once { now } else { now + LISTED_AROUND_HOURS.hours() };
    let made = make(hub, signs_from).await?;
    db::write!(hub.db, tx => {
        for known in webhook_key::list(&mut tx).await? {
            if at_once || known.signs_from > now {
                webhook_key::delete(&mut tx, &known.kid).await?;
            }
        }
        webhook_key::insert(&mut tx, &made).await
    })
    .map_err(KeysError::Database)?;
    Ok((made.kid, signs_from))
}

/// The names of keys whose successor has signed for longer than a day.
fn past(keys: &[WebhookKey], now: Timestamp) -> Vec<String> {
    let over = keys.windows(2).filter(|pair| pair[0].signs_from + LISTED_AROUND_HOURS.hours() <= now);
    over.map(|pair| pair[1].kid.clone()).collect()
}

async fn make(hub: &Hub, signs_from: Timestamp) -> Result<WebhookKey, KeysError> {
    let made = tokio::task::spawn_blocking(SigningKey::generate).await;
    let key = made.map_err(|error| KeysError::Key(error.to_string()))?;
    let key = key.map_err(|error| KeysError::Key(error.to_string()))?;
    let private = key.to_pkcs8().map_err(|error| KeysError::Key(error.to_string()))?;
    let public = key.public();
    let kid = vault::token::hex(&hub.environment.random::<16>());
    Ok(WebhookKey {
        sealed: hub.keyring.seal(&place(&kid), private.expose()),
        kid,
        modulus: URL_SAFE_NO_PAD.encode(public.modulus),
        exponent: URL_SAFE_NO_PAD.encode(public.exponent),
        signs_from,
        created_at: hub.environment.now(),
    })
}

fn place(kid: &str) -> String {
    format!("webhook_keys:private:{kid}")
}
