//! Passkeys: adding, removing, and logging in with one. The authenticator verifies the person, so a passkey is two
//! factors and needs no password beside it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::DbError;
use domain::{ToSpan, UserId};
use http::HeaderMap;
use serde_json::{Value, json};
use url::Url;
use vault::webauthn::{ALGORITHMS, Assertion, RelyingParty, WebauthnError};
use vault::{Secret, token};

use super::second_factor::{FactorError, check_present};
use super::session::{Login, start_session};
use crate::Hub;
use crate::store::second_factor::{self as store, Passkey};
use crate::store::user::User;

/// How long a question is open, in seconds.
const OPEN_S: i64 = 600;
const ADD: &str = "add passkey";
const ENTER: &str = "enter by passkey";

/// What a browser's form brings back, each base64url.
#[derive(Debug, Clone, Default)]
pub struct PasskeyAnswer {
    /// What the authenticator knows the passkey by.
    pub credential: String,
    /// What the browser says.
    pub client_data: String,
    /// The attestation of a new passkey, or what the authenticator says of a known one.
    pub authenticator: String,
    /// The signature of a known one.
    pub signature: String,
}

fn party(hub: &Hub) -> RelyingParty {
    let url = Url::parse(&hub.settings.public_url).ok();
    let id = url.as_ref().and_then(|url| url.host_str()).unwrap_or_default().to_owned();
    let origin = url.map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    RelyingParty { id, origin }
}

async fn challenge(hub: &Hub, purpose: &str, user: Option<UserId>) -> Result<String, DbError> {
    let (plain, hash) = token::new(&hub.environment);
    let now = hub.environment.now();
    let until = now + OPEN_S.seconds();
    db::write!(hub.db, tx => { store::open_challenge(&mut tx, &hash, purpose, user, now, until).await })?;
    Ok(plain.expose().clone())
}

/// What `navigator.credentials.create` is asked, with bytes as base64url.
pub async fn options_to_add(hub: &Hub, user: &User) -> Result<Value, DbError> {
    let known = store::passkeys(&mut hub.db.read().await?, user.id).await?;
    let known: Vec<Value> = known.iter().map(|key| json!({ "type": "public-key", "id": key.credential_id })).collect();
    let kinds: Vec<Value> = ALGORITHMS.iter().map(|alg| json!({ "type": "public-key", "alg": alg })).collect();
    Ok(json!({
        "challenge": challenge(hub, ADD, Some(user.id)).await?,
        "rp": { "id": party(hub).id, "name": "Passerelle" },
        "user": {
            "id": URL_SAFE_NO_PAD.encode(user.id.to_string()), "name": user.email, "displayName": user.email,
        },
        "pubKeyCredParams": kinds,
        "excludeCredentials": known,
        "authenticatorSelection": { "residentKey": "required", "userVerification": "required" },
        "attestation": "none",
    }))
}

/// What `navigator.credentials.get` is asked.
pub async fn options_to_enter(hub: &Hub) -> Result<Value, DbError> {
    let challenge = challenge(hub, ENTER, None).await?;
    Ok(json!({ "challenge": challenge, "rpId": party(hub).id, "userVerification": "required" }))
}

/// The challenge that an answer says it answers. It is only believed once the signature or the comparison holds; here
/// it finds the question.
fn claimed(client_data: &[u8]) -> Result<String, WebauthnError> {
    let said: Value = serde_json::from_slice(client_data).map_err(|_| WebauthnError::Malformed)?;
    said["challenge"].as_str().map(str::to_owned).ok_or(WebauthnError::Malformed)
}

fn bytes(text: &str) -> Result<Vec<u8>, WebauthnError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| WebauthnError::Malformed)
}

/// Adds a passkey to a login.
pub async fn add_passkey(
    hub: &Hub,
    user: UserId,
    present: Secret<String>,
    name: &str,
    answer: &PasskeyAnswer,
) -> Result<(), FactorError> {
    check_present(hub, user, present).await?;
    let client_data = bytes(&answer.client_data)?;
    let asked = claimed(&client_data)?;
    let made = party(hub).register(&bytes(&asked)?, &client_data, &bytes(&answer.authenticator)?)?;
    let now = hub.environment.now();
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(60).collect();
    let new = Passkey {
        credential_id: URL_SAFE_NO_PAD.encode(&made.credential_id),
        user_id: user,
        name: if name.is_empty() { "Passkey".to_owned() } else { name },
        public_key: URL_SAFE_NO_PAD.encode(&made.public_key),
        sign_count: i64::from(made.sign_count),
        created_at: now,
        used_at: None,
    };
    db::write!(hub.db, tx => {
        let open = store::answer_challenge(&mut tx, &token::hash(&asked), ADD, Some(user), now).await?;
        if open && store::insert_passkey(&mut tx, &new).await? { Ok(()) } else { Err(FactorError::Refused) }
    })
}

/// Removes a passkey of a login.
pub async fn remove_passkey(
    hub: &Hub,
    user: UserId,
    present: Secret<String>,
    credential_id: &str,
) -> Result<(), FactorError> {
    check_present(hub, user, present).await?;
    db::write!(hub.db, tx => {
        if store::delete_passkey(&mut tx, user, credential_id).await? { Ok(()) } else { Err(FactorError::Refused) }
    })
}

/// Logs in with a passkey.
pub async fn enter_by_passkey(hub: &Hub, headers: &HeaderMap, answer: &PasskeyAnswer) -> Result<Login, FactorError> {
    let user = owner_of_answer(hub, answer).await?;
    Ok(start_session(hub, user, headers).await?)
}

/// Whose passkey gave an answer to what [`options_to_enter`] asked. The question is used up.
pub(super) async fn owner_of_answer(hub: &Hub, answer: &PasskeyAnswer) -> Result<UserId, FactorError> {
    let (client_data, authenticator) = (bytes(&answer.client_data)?, bytes(&answer.authenticator)?);
    let signature = bytes(&answer.signature)?;
    let asked = claimed(&client_data)?;
    let now = hub.environment.now();
    db::write!(hub.db, tx => {
        if !store::answer_challenge(&mut tx, &token::hash(&asked), ENTER, None, now).await? {
            return Err(FactorError::Lapsed);
        }
        let key = store::lock_passkey(&mut tx, &answer.credential).await?.ok_or(FactorError::Refused)?;
        let assertion =
            Assertion { client_data: &client_data, authenticator_data: &authenticator, signature: &signature };
        let count = u32::try_from(key.sign_count).unwrap_or(u32::MAX);
        let count = party(hub).verify(&bytes(&asked)?, &bytes(&key.public_key)?, count, assertion)?;
        store::used_passkey(&mut tx, &key.credential_id, i64::from(count), now).await?;
        Ok(key.user_id)
    })
}
