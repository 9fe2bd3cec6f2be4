//! The keys: how many secrets each one seals, sealing everything again after a new one was added, and a new key for
//! the signatures of webhooks.

use std::collections::BTreeMap;

use db::{Db, DbError};
use domain::Timestamp;
use vault::{Keyring, OpenError};

use crate::Hub;
use crate::webhooks;

/// Why keys were not changed. What was done before it stays done, and doing it again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum KeysFailed {
    /// A secret could not be opened with the keys that there are.
    #[error("{table} {row}: {problem}")]
    Sealed {
        /// Its table.
        table: &'static str,
        /// Its row.
        row: String,
        /// Why.
        problem: OpenError,
    },
    /// The key that signs webhooks.
    #[error("{0}")]
    Webhook(String),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// A column of sealed secrets: where it is, how a row's place is written, and how it is read and replaced. `key` is what
/// the place ends in.
struct Sealed {
    table: &'static str,
    place: fn(&str) -> String,
    read: &'static str,
    write: &'static str,
}

/// Every column of sealed secrets. A test seals one of each and rotates.
const SEALED: [Sealed; 6] = [
    Sealed {
        table: "authorizations",
        place: |key| format!("authorizations:consent:{key}"),
        read: "SELECT organization_id || ':' || id AS key, consent AS sealed FROM authorizations WHERE consent IS NOT NULL",
        write: "UPDATE authorizations SET consent = $2 WHERE organization_id || ':' || id = $1 AND consent = $3",
    },
    Sealed {
        table: "webhook_keys",
        place: |key| format!("webhook_keys:private:{key}"),
        read: "SELECT kid AS key, sealed_key AS sealed FROM webhook_keys",
        write: "UPDATE webhook_keys SET sealed_key = $2 WHERE kid = $1 AND sealed_key = $3",
    },
    Sealed {
        table: "mails",
        place: |key| format!("mails:sealed_message:{key}"),
        read: "SELECT organization_id || ':' || id AS key, sealed_message AS sealed FROM mails \
               WHERE sealed_message IS NOT NULL",
        write: "UPDATE mails SET sealed_message = $2 WHERE organization_id || ':' || id = $1 AND sealed_message = $3",
    },
    Sealed {
        table: "users",
        place: |key| format!("users:sealed_totp_seed:{key}"),
        read: "SELECT id AS key, sealed_totp_seed AS sealed FROM users WHERE sealed_totp_seed IS NOT NULL",
        write: "UPDATE users SET sealed_totp_seed = $2 WHERE id = $1 AND sealed_totp_seed = $3",
    },
    Sealed {
        table: "audit_heads",
        place: |key| format!("audit_heads:sealed_head:{key}"),
        read: "SELECT organization_id AS key, sealed_head AS sealed FROM audit_heads",
        write: "UPDATE audit_heads SET sealed_head = $2 WHERE organization_id = $1 AND sealed_head = $3",
    },
    Sealed {
        table: "audit_entries",
        place: |key| format!("audit_entries:erased:{key}"),
        read: "SELECT organization_id || ':' || CAST(seq AS TEXT) AS key, erased AS sealed FROM audit_entries \
               WHERE erased IS NOT NULL",
        write: "UPDATE audit_entries SET erased = $2 WHERE organization_id || ':' || CAST(seq AS TEXT) = $1 AND erased = $3",
    },
];

/// What a key seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// How many secrets.
    pub secrets: u64,
    /// How many of them the key file does not open.
    pub closed: u64,
}

/// What each key seals, by its id; a text that is no sealed one counts under the empty id. Each secret is opened, because
/// a key of the right name may be another one.
pub async fn counted(hub: &Hub) -> Result<BTreeMap<String, Held>, DbError> {
    let mut counts: BTreeMap<String, Held> = hub.keyring.ids().map(|id| (id.to_owned(), Held::default())).collect();
    for column in SEALED {
        for row in hub.db.read().await?.all(column.read, &[]).await? {
            let (key, sealed) = (row.text("key")?, row.text("sealed")?);
            let held = counts.entry(Keyring::key_of(&sealed).unwrap_or_default().to_owned()).or_default();
            held.secrets += 1;
            held.closed += u64::from(hub.keyring.open_bytes(&(column.place)(&key), &sealed).is_err());
        }
    }
    Ok(counts)
}

/// Whether the database holds a secret that was sealed.
pub(crate) async fn are_needed(db: &Db) -> Result<bool, DbError> {
    for column in SEALED {
        if db.read().await?.optional(column.read, &[]).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Seals every secret with the newest key of the hub's ring that was sealed with another, and tells how many. A secret
/// that somebody replaces at the same time is left as it is: then it is new already.
pub async fn seal_again(hub: &Hub) -> Result<u64, KeysFailed> {
    let mut sealed_again = 0;
    for column in SEALED {
        let rows = hub.db.read().await?.all(column.read, &[]).await?;
        for row in rows {
            let (key, sealed) = (row.text("key")?, row.text("sealed")?);
            if hub.keyring.is_current(&sealed) {
                continue;
            }
            let place = (column.place)(&key);
            let open = hub.keyring.open_bytes(&place, &sealed);
            let plain =
                open.map_err(|problem| KeysFailed::Sealed { table: column.table, row: key.clone(), problem })?;
            let again = hub.keyring.seal(&place, plain.expose());
            let args = [key.into(), again.into(), sealed.into()];
            let written: Result<u64, DbError> = db::write!(hub.db, tx => { tx.run(column.write, &args).await });
            sealed_again += written?;
        }
    }
    Ok(sealed_again)
}

/// Makes another key for the signatures of webhooks. It signs from tomorrow on, so that receivers who keep the list of
/// keys have it in time; or at once, and the others are forgotten, when one is in the wrong hands.
pub async fn renew_webhook_key(hub: &Hub, at_once: bool) -> Result<(String, Timestamp), KeysFailed> {
    webhooks::renew_key(hub, at_once).await.map_err(KeysFailed::Webhook)
}
