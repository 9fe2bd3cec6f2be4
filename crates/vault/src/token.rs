//! Tokens: 32 random bytes that only their holder knows. We keep the SHA-256 of the text, which is enough because the
//! text cannot be guessed; so a stolen table of sessions opens no session.

use aws_lc_rs::{constant_time, digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Environment;

use crate::Secret;

/// A new token of 32 random bytes as 43 characters of base64url, and the hash of that text to keep.
pub fn new(environment: &Environment) -> (Secret<String>, String) {
    let bytes: [u8; 32] = environment.random();
    let plain = URL_SAFE_NO_PAD.encode(bytes);
    let hash = hash(&plain);
    (Secret::new(plain), hash)
}

/// What is kept of a token: SHA-256 in 64 hexadecimal digits.
pub fn hash(plain: &str) -> String {
    hex(&sha256(plain.as_bytes()))
}

/// SHA-256 (FIPS 180-4).
pub fn sha256(data: &[u8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest::digest(&digest::SHA256, data).as_ref());
    bytes
}

/// The SHA-512 digest.
pub fn sha512(data: &[u8]) -> [u8; 64] {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA512, data);
    digest.as_ref().try_into().expect("SHA-512 gives 64 bytes")
}

/// HMAC-SHA-256 (RFC 2104), for signing what must come back unchanged.
pub fn hmac(key: &[u8], data: &[u8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), data).as_ref());
    bytes
}

/// Whether two texts are the same, in a time that does not depend on where they differ.
pub fn same(one: &str, other: &str) -> bool {
    constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
