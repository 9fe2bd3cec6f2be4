//! RSA signatures for messages to software (RS512: RSASSA-PKCS1-v1_5 with SHA-512, RFC 7518 section 3.3), because that
//! is what software written for Ponto checks. A key's bytes come from the cryptographic library's own generator, as a
//! nonce of the keyring does, and never from a seeded source.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA512, RSA_PKCS1_SHA512, RsaPublicKeyComponents};

use crate::Secret;

/// A key could not be made, read or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SigningError {
    /// The library refused to make a key.
    #[error("no signing key could be made")]
    Make,
    /// The stored bytes are not an RSA key in PKCS #8.
    #[error("the stored signing key cannot be read: {0}")]
    Read(String),
    /// The library refused to sign.
    #[error("the signing key could not be used")]
    Sign,
}

/// The public half of a key, as a JSON Web Key wants it: big-endian bytes without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// The modulus.
    pub modulus: Vec<u8>,
    /// The exponent.
    pub exponent: Vec<u8>,
}

impl PublicKey {
    /// Whether the holder of the private half signed a message. A key of less than 2048 bits verifies nothing.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent };
        key.verify(&RSA_PKCS1_2048_8192_SHA512, message, signature).is_ok()
    }
}

/// An RSA key of 2048 bits that signs.
pub struct SigningKey(KeyPair);

impl SigningKey {
    /// A new key. This takes about a tenth of a second of computing.
    pub fn generate() -> Result<SigningKey, SigningError> {
        KeyPair::generate(KeySize::Rsa2048).map(SigningKey).map_err(|_| SigningError::Make)
    }

    /// Reads what [`SigningKey::to_pkcs8`] wrote.
    pub fn from_pkcs8(bytes: &[u8]) -> Result<SigningKey, SigningError> {
        KeyPair::from_pkcs8(bytes).map(SigningKey).map_err(|error| SigningError::Read(error.to_string()))
    }

    /// The private key, to be sealed and kept.
    pub fn to_pkcs8(&self) -> Result<Secret<Vec<u8>>, SigningError> {
        let der: Pkcs8V1Der<'_> = self.0.as_der().map_err(|_| SigningError::Make)?;
        Ok(Secret::new(der.as_ref().to_vec()))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        let (modulus, exponent) = integers(self.0.public_key().as_ref()).expect("the library writes RFC 8017's form");
        PublicKey { modulus, exponent }
    }

    /// The signature of a message.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        let signed = self.0.sign(&RSA_PKCS1_SHA512, &SystemRandom::new(), message, &mut signature);
        signed.map(|()| signature).map_err(|_| SigningError::Sign)
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// Modulus and exponent of an `RSAPublicKey` in DER (RFC 8017 appendix A.1.1): a sequence of two integers.
pub(crate) fn integers(der: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (inside, _) = element(der, 0x30)?;
    let (modulus, rest) = element(inside, 0x02)?;
    let (exponent, _) = element(rest, 0x02)?;
    let plain = |integer: &[u8]| integer.iter().copied().skip_while(|byte| *byte == 0).collect();
    Some((plain(modulus), plain(exponent)))
}

/// The content of the element at the start of `der`, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[found, first], rest) = der.split_first_chunk::<2>()?;
    if found != tag {
        return None;
    }
    // A length above 127 stands in as many bytes as the low bits of the first one say.
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (long, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
        (long.iter().try_fold(0_usize, |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))?, rest)
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_half_alone_verifies_what_the_kept_key_signs() {
        let made = SigningKey::generate().unwrap();
        let kept = SigningKey::from_pkcs8(made.to_pkcs8().unwrap().expose()).unwrap();
        let public = made.public();
        assert_eq!((public.modulus.len(), public.exponent.as_slice()), (256, &[1_u8, 0, 1][..]));
        let signature = kept.sign(b"a message").unwrap();
        assert!(public.verifies(b"a message", &signature));
        assert!(!public.verifies(b"a massage", &signature));
        assert!(!public.verifies(b"a message", &signature[1..]));
    }

    #[test]
    fn damaged_keys_are_refused() {
        assert!(matches!(SigningKey::from_pkcs8(b"not a key"), Err(SigningError::Read(_))));
        for broken in [&[][..], &[0x30], &[0x30, 0x82, 0xFF], &[0x30, 0x03, 0x02, 0x09, 0x01], &[0x02, 0x01, 0x01]] {
            assert_eq!(integers(broken), None, "{broken:?}");
        }
    }
}
