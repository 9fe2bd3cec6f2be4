use std::fmt;

use zeroize::Zeroize;

/// A value that must not be shown: it has no `Display`, its `Debug` says nothing, and its memory is wiped on drop.
///
/// There is no `PartialEq` either, because comparing secrets byte by byte tells an attacker how far the guess was
/// right; use [`crate::token::same`].
#[derive(Clone)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes a value into custody.
    pub fn new(value: T) -> Secret<T> {
        Secret(value)
    }

    /// The value itself. Every call of this is a place where the secret could leak: keep them few.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Secret<T> {
        Secret(value)
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
