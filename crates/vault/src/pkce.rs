//! Proof key for code exchange (RFC 7636), method S256 only: `plain` proves nothing to whoever saw the request.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Environment;

use crate::{Secret, token};

/// The challenge that belongs to a verifier: BASE64URL(SHA256(verifier)), RFC 7636 section 4.2.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(token::sha256(verifier.as_bytes()))
}

/// Whether a verifier has the form of RFC 7636 section 4.1: 43 to 128 unreserved characters.
pub fn verifier_is_well_formed(verifier: &str) -> bool {
    (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
}

/// Whether a verifier is well formed and belongs to the challenge that was kept.
pub fn verify(verifier: &str, kept_challenge: &str) -> bool {
    verifier_is_well_formed(verifier) && token::same(&challenge(verifier), kept_challenge)
}

/// A new verifier with its challenge, for a client of our own.
pub fn new(environment: &Environment) -> (Secret<String>, String) {
    let (verifier, _) = token::new(environment);
    let challenge = challenge(verifier.expose());
    (verifier, challenge)
}
