use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};

use super::*;

/// An authenticator of the test's own.
enum Key {
    Es(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rs(RsaKeyPair),
}

impl Key {
    fn all() -> Vec<Key> {
        let es = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        vec![
            Key::Es(es),
            Key::Ed(Ed25519KeyPair::generate().unwrap()),
            Key::Rs(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()),
        ]
    }

    fn cose(&self) -> Vec<u8> {
        let bytes = |label: u8, content: &[u8]| {
            let length = u16::try_from(content.len()).unwrap().to_be_bytes();
            [&[label, 0x59][..], &length, content].concat()
        };
        match self {
            Key::Es(key) => {
                let point = key.public_key().as_ref();
                let head = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
                [&head[..], &bytes(0x21, &point[1..33]), &bytes(0x22, &point[33..])].concat()
            }
            Key::Ed(key) => {
                [&[0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06][..], &bytes(0x21, key.public_key().as_ref())].concat()
            }
            Key::Rs(key) => {
                let (modulus, exponent) = crate::signing::integers(key.public_key().as_ref()).unwrap();
                [&[0xA4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00][..], &bytes(0x20, &modulus), &bytes(0x21, &exponent)]
                    .concat()
            }
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Key::Es(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Key::Ed(key) => key.sign(message).as_ref().to_vec(),
            Key::Rs(key) => {
                let mut out = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut out).unwrap();
                out
            }
        }
    }
}

fn party() -> RelyingParty {
    RelyingParty { id: "hub.example".into(), origin: "https://hub.example".into() }
}

const CHALLENGE: &[u8] = b"a challenge of thirty-two bytes!";

fn client(kind: &str, origin: &str) -> Vec<u8> {
    let challenge = URL_SAFE_NO_PAD.encode(CHALLENGE);
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#).into_bytes()
}

fn data(id: &str, flags: u8, count: u32, credential: &[u8]) -> Vec<u8> {
    [&token::sha256(id.as_bytes())[..], &[flags], &count.to_be_bytes(), credential].concat()
}

fn created(cose: &[u8]) -> Vec<u8> {
    let credential = [&[0; 16][..], &[0, 4], b"cred", cose].concat();
    let auth = data("hub.example", 0x45, 0, &credential);
    let length = u16::try_from(auth.len()).unwrap().to_be_bytes();
    [
        &[0xA3, 0x63][..],
        b"fmt",
        &[0x64],
        b"none",
        &[0x67],
        b"attStmt",
        &[0xA0, 0x68],
        b"authData",
        &[0x59],
        &length,
        &auth,
    ]
    .concat()
}

#[test]
fn every_kind_of_key_registers_and_logs_in() {
    for key in Key::all() {
        let made = party()
            .register(CHALLENGE, &client("webauthn.create", "https://hub.example"), &created(&key.cose()))
            .unwrap();
        assert_eq!((made.credential_id.as_slice(), made.sign_count), (&b"cred"[..], 0));
        let client_data = client("webauthn.get", "https://hub.example");
        let authenticator_data = data("hub.example", 0x05, 7, &[]);
        let signature = key.sign(&[&authenticator_data[..], &token::sha256(&client_data)].concat());
        let answer =
            Assertion { client_data: &client_data, authenticator_data: &authenticator_data, signature: &signature };
        assert_eq!(party().verify(CHALLENGE, &made.public_key, 6, answer), Ok(7));
        assert_eq!(party().verify(CHALLENGE, &made.public_key, 7, answer), Err(WebauthnError::Copied));
        assert_eq!(party().verify(b"another", &made.public_key, 0, answer), Err(WebauthnError::Foreign));
        let mut forged = authenticator_data.clone();
        forged[36] += 1;
        let wrong = Assertion { authenticator_data: &forged, ..answer };
        assert_eq!(party().verify(CHALLENGE, &made.public_key, 0, wrong), Err(WebauthnError::Signature));
    }
}

#[test]
fn another_site_and_an_absent_person_are_refused() {
    let key = Key::all().remove(1);
    let made =
        party().register(CHALLENGE, &client("webauthn.create", "https://hub.example"), &created(&key.cose())).unwrap();
    let try_with = |origin: &str, id: &str, flags: u8| {
        let client_data = client("webauthn.get", origin);
        let authenticator_data = data(id, flags, 0, &[]);
        let signature = key.sign(&[&authenticator_data[..], &token::sha256(&client_data)].concat());
        let answer =
            Assertion { client_data: &client_data, authenticator_data: &authenticator_data, signature: &signature };
        party().verify(CHALLENGE, &made.public_key, 0, answer)
    };
    assert_eq!(try_with("https://hub.example", "hub.example", 0x05), Ok(0));
    assert_eq!(try_with("https://evil.example", "hub.example", 0x05), Err(WebauthnError::Foreign));
    assert_eq!(try_with("https://hub.example", "evil.example", 0x05), Err(WebauthnError::Foreign));
    assert_eq!(try_with("https://hub.example", "hub.example", 0x01), Err(WebauthnError::NotVerified));
    let wrong = party().register(CHALLENGE, &client("webauthn.get", "https://hub.example"), &created(&key.cose()));
    assert_eq!(wrong, Err(WebauthnError::Foreign), "an answer to one question is none to the other");
}

#[test]
fn broken_answers_are_refused_without_harm() {
    let key = Key::all().remove(0);
    let good = created(&key.cose());
    let client_data = client("webauthn.create", "https://hub.example");
    for length in 0..good.len() {
        assert!(party().register(CHALLENGE, &client_data, &good[..length]).is_err());
    }
    assert_eq!(party().register(CHALLENGE, b"{}", &good), Err(WebauthnError::Malformed));
    // An algorithm that was not offered: ES384.
    let mut other = key.cose();
    other[4] = 0x38;
    other.insert(5, 0x22);
    assert_eq!(party().register(CHALLENGE, &client_data, &created(&other)), Err(WebauthnError::Algorithm));
}
