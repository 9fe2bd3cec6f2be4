//! What people remember, hashed with Argon2id (RFC 9106) at 19 MiB, two passes and one lane: the first choice of the
//! OWASP password storage cheat sheet for a server without a card for it.
//!
//! A hash costs some tens of milliseconds and 19 MiB, so it runs beside the async threads and never more than two at
//! a time: a crowd of logins waits, it does not exhaust the memory.

use argon2::password_hash::{self, PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::Environment;
use tokio::sync::Semaphore;

use crate::Secret;

/// How many passwords are hashed at the same time.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A hash of no password, with the costs of a real one: see [`pretend`].
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password could not be hashed or held against its hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// The text in the database is not an Argon2id hash.
    #[error("the stored password hash cannot be read: {0}")]
    Unreadable(String),
    /// The hashing itself failed.
    #[error("the password could not be hashed: {0}")]
    Failed(String),
}

/// Hashes a password with a new salt. The result carries its parameters (PHC string format), so they can be raised
/// later without breaking what is stored.
pub async fn hash(environment: &Environment, plain: Secret<String>) -> Result<String, PasswordError> {
    let salt: [u8; 16] = environment.random();
    in_turn(move || {
        let hash: PasswordHash = argon2()
            .hash_password_with_salt(plain.expose().as_bytes(), &salt)
            .map_err(|error| PasswordError::Failed(error.to_string()))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether a password belongs to a stored hash.
pub async fn verify(plain: Secret<String>, stored: &str) -> Result<bool, PasswordError> {
    let stored = PasswordHash::new(stored).map_err(|error| PasswordError::Unreadable(error.to_string()))?;
    if stored.salt.is_none() || stored.hash.is_none() {
        return Err(PasswordError::Unreadable("it has no salt or no hash".to_owned()));
    }
    in_turn(move || match argon2().verify_password(plain.expose().as_bytes(), &stored) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(PasswordError::Unreadable(error.to_string())),
    })
    .await
}

/// Spends the time of [`verify`] when there is nobody to verify, so that the time of an answer does not tell which
/// e-mail addresses have a login.
pub async fn pretend(plain: Secret<String>) -> Result<(), PasswordError> {
    verify(plain, NOBODY).await.map(|_| ())
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
) -> Result<T, PasswordError> {
    let _turn = TURNS.acquire().await.expect("the semaphore is never closed");
    tokio::task::spawn_blocking(work).await.map_err(|error| PasswordError::Failed(error.to_string()))?
}
