//! Passkeys: the server's half of Web Authentication (W3C Level 2, sections 7.1 and 7.2), as far as a hub needs it.
//!
//! Attestation is not asked for ("none"): who made an authenticator is nobody's business here. Signatures are ES256, EdDSA
//! or RS256. The person must have been verified by the authenticator (a finger, a face, a PIN), so a passkey is two
//! factors at once. What this module does not do is remember: challenges must be used once and credentials kept by
//! whoever calls it.

mod cbor;
mod key;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use self::cbor::Cbor;
use self::key::PublicKey;
use crate::token;

/// Why a passkey was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebauthnError {
    /// What the browser sent is not what the standard says.
    #[error("the answer of the browser cannot be read")]
    Malformed,
    /// It answers another question, or was made for another site.
    #[error("the answer belongs to another question or another site")]
    Foreign,
    /// The authenticator did not verify the person.
    #[error("the authenticator did not verify the person")]
    NotVerified,
    /// A kind of key that was not offered.
    #[error("the authenticator made a kind of key that is not known")]
    Algorithm,
    /// The signature is not of this key.
    #[error("the signature is wrong")]
    Signature,
    /// The authenticator counted backwards: somebody copied it.
    #[error("the authenticator counted backwards, as a copy would")]
    Copied,
}

/// The kinds of key that are offered, as COSE numbers them, the best first: ES256, EdDSA, RS256.
pub const ALGORITHMS: [i64; 3] = [-7, -8, -257];

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    /// The host: `hub.example.org`.
    pub id: String,
    /// Scheme, host and port: `https://hub.example.org`.
    pub origin: String,
}

/// A new passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// What the authenticator knows it by.
    pub credential_id: Vec<u8>,
    /// Its public key (COSE, RFC 9053), to be kept.
    pub public_key: Vec<u8>,
    /// How often it has signed.
    pub sign_count: u32,
}

/// A passkey's answer to a question.
#[derive(Debug, Clone, Copy)]
pub struct Assertion<'a> {
    /// What the browser says that it did (JSON).
    pub client_data: &'a [u8],
    /// What the authenticator says.
    pub authenticator_data: &'a [u8],
    /// Over both.
    pub signature: &'a [u8],
}

#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
}

impl RelyingParty {
    /// Reads and checks the answer of `navigator.credentials.create`.
    pub fn register(
        &self,
        challenge: &[u8],
        client_data: &[u8],
        attestation_object: &[u8],
    ) -> Result<Registered, WebauthnError> {
        self.check_client("webauthn.create", challenge, client_data)?;
        let (attestation, rest) = cbor::read(attestation_object).ok_or(WebauthnError::Malformed)?;
        let none = attestation.named("fmt") == Some(&Cbor::Text("none"));
        let data = attestation.named("authData").and_then(Cbor::bytes).filter(|_| none && rest.is_empty());
        let data = self.authenticator_data(data.ok_or(WebauthnError::Malformed)?)?;
        let (credential_id, public_key) = data.credential.ok_or(WebauthnError::Malformed)?;
        PublicKey::read(public_key)?;
        Ok(Registered {
            credential_id: credential_id.to_vec(),
            public_key: public_key.to_vec(),
            sign_count: data.sign_count,
        })
    }

    /// Checks the answer of `navigator.credentials.get` against a kept key, and tells how often it has signed now.
    pub fn verify(
        &self,
        challenge: &[u8],
        public_key: &[u8],
        sign_count: u32,
        answer: Assertion<'_>,
    ) -> Result<u32, WebauthnError> {
        self.check_client("webauthn.get", challenge, answer.client_data)?;
        let data = self.authenticator_data(answer.authenticator_data)?;
        let signed = [answer.authenticator_data, &token::sha256(answer.client_data)].concat();
        PublicKey::read(public_key)?.verify(&signed, answer.signature)?;
        // Many authenticators do not count; one that does never counts backwards.
        if (sign_count > 0 || data.sign_count > 0) && data.sign_count <= sign_count {
            return Err(WebauthnError::Copied);
        }
        Ok(data.sign_count)
    }

    fn check_client(&self, kind: &str, challenge: &[u8], client_data: &[u8]) -> Result<(), WebauthnError> {
        let said: ClientData = serde_json::from_slice(client_data).map_err(|_| WebauthnError::Malformed)?;
        let ours = said.kind == kind
            && token::same(&said.challenge, &URL_SAFE_NO_PAD.encode(challenge))
            && said.origin == self.origin
            && !said.cross_origin;
        if ours { Ok(()) } else { Err(WebauthnError::Foreign) }
    }

    fn authenticator_data<'a>(&self, bytes: &'a [u8]) -> Result<AuthenticatorData<'a>, WebauthnError> {
        let data = AuthenticatorData::read(bytes).ok_or(WebauthnError::Malformed)?;
        if data.rp_id_hash != token::sha256(self.id.as_bytes()) {
            return Err(WebauthnError::Foreign);
        }
        let both = USER_PRESENT | USER_VERIFIED;
        if data.flags & both == both { Ok(data) } else { Err(WebauthnError::NotVerified) }
    }
}

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const HAS_CREDENTIAL: u8 = 0x40;
const HAS_EXTENSIONS: u8 = 0x80;

struct AuthenticatorData<'a> {
    rp_id_hash: &'a [u8],
    flags: u8,
    sign_count: u32,
    /// Id and key, where it brings a new passkey.
    credential: Option<(&'a [u8], &'a [u8])>,
}

impl<'a> AuthenticatorData<'a> {
    fn read(bytes: &'a [u8]) -> Option<AuthenticatorData<'a>> {
        let (rp_id_hash, rest) = bytes.split_at_checked(32)?;
        let (&flags, rest) = rest.split_first()?;
        let (count, mut rest) = rest.split_first_chunk::<4>()?;
        let mut credential = None;
        if flags & HAS_CREDENTIAL != 0 {
            let (_model, after) = rest.split_at_checked(16)?;
            let (length, after) = after.split_first_chunk::<2>()?;
            let (id, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            let (_, end) = cbor::read(after)?;
            let key = &after[..after.len() - end.len()];
            credential = (1..=1023).contains(&id.len()).then_some((id, key));
            rest = end;
        }
        if flags & HAS_EXTENSIONS != 0 {
            rest = cbor::read(rest)?.1;
        }
        let sign_count = u32::from_be_bytes(*count);
        rest.is_empty().then_some(AuthenticatorData { rp_id_hash, flags, sign_count, credential })
    }
}

#[cfg(test)]
mod tests;
