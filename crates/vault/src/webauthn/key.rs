//! Public keys as authenticators write them (COSE, RFC 9053 and RFC 8230), and their signatures.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

use super::WebauthnError;
use super::cbor::{self, Cbor};

/// A public key.
pub(super) enum PublicKey<'a> {
    /// A point of P-256, uncompressed.
    Es256(Vec<u8>),
    Ed25519(&'a [u8]),
    Rs256 {
        modulus: &'a [u8],
        exponent: &'a [u8],
    },
}

impl<'a> PublicKey<'a> {
    pub fn read(cose: &'a [u8]) -> Result<PublicKey<'a>, WebauthnError> {
        let (map, rest) = cbor::read(cose).ok_or(WebauthnError::Malformed)?;
        if !rest.is_empty() {
            return Err(WebauthnError::Malformed);
        }
        let int = |key: i64| if let Some(Cbor::Int(number)) = map.at(key) { Some(*number) } else { None };
        let bytes = |key: i64| map.at(key).and_then(Cbor::bytes).ok_or(WebauthnError::Malformed);
        // Key type, algorithm and, but for RSA, the curve.
        match (int(1), int(3)) {
            (Some(2), Some(-7)) if int(-1) == Some(1) => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                if x.len() != 32 || y.len() != 32 {
                    return Err(WebauthnError::Malformed);
                }
                Ok(PublicKey::Es256([&[4], x, y].concat()))
            }
            (Some(1), Some(-8)) if int(-1) == Some(6) => Ok(PublicKey::Ed25519(bytes(-2)?)),
            (Some(3), Some(-257)) => Ok(PublicKey::Rs256 { modulus: bytes(-1)?, exponent: bytes(-2)? }),
            _ => Err(WebauthnError::Algorithm),
        }
    }

    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), WebauthnError> {
        let verified = match self {
            PublicKey::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            PublicKey::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature),
            PublicKey::Rs256 { modulus, exponent } => {
                let key = RsaPublicKeyComponents { n: *modulus, e: *exponent };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        verified.map_err(|_| WebauthnError::Signature)
    }
}
