//! Secrets: how they are held in memory, kept at rest, compared, and made.
//!
//! - [`Secret`] holds a value that no log and no page may show, and wipes it when it is dropped.
//! - [`Keyring`] encrypts what the databases keep: bank tokens, client keys, one-time-password seeds. Its keys live in
//!   a file outside the database, so a stolen database alone tells nothing, and they can be rotated.
//! - [`SigningKey`] signs what the hub tells software, so that whoever receives it knows the sender.
//! - [`token`] makes tokens whose hash alone is stored; [`password`] hashes what people remember; [`pkce`] checks the
//!   proof of an OAuth client.
//!
//! All of it stands on one cryptographic library, aws-lc-rs, except Argon2, which that library does not have.

mod keyring;
mod secret;
mod signing;
mod system_entropy;

pub mod password;
pub mod pkce;
pub mod token;
pub mod totp;
pub mod webauthn;

pub use keyring::{Keyring, KeyringError, OpenError};
pub use password::PasswordError;
pub use secret::Secret;
pub use signing::{PublicKey, SigningError, SigningKey};
pub use system_entropy::SystemEntropy;
