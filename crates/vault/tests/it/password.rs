use vault::{PasswordError, Secret, password};

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

/// From the test suite of the Argon2 reference implementation (test.c, version 0x13, t=2, m=65536, p=1).
const REFERENCE: &str = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

#[tokio::test]
async fn the_vector_of_the_reference_implementation() {
    assert_eq!(password::verify(secret("password"), REFERENCE).await, Ok(true));
    assert_eq!(password::verify(secret("Password"), REFERENCE).await, Ok(false));
}

#[tokio::test]
async fn a_hash_has_our_costs_and_opens_for_its_password_only() {
    let environment = crate::environment(5);
    let hash = password::hash(&environment, secret("correct horse")).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert_eq!(password::verify(secret("correct horse"), &hash).await, Ok(true));
    assert_eq!(password::verify(secret("correct horsf"), &hash).await, Ok(false));
    let again = password::hash(&environment, secret("correct horse")).await.unwrap();
    assert_ne!(hash, again, "each hash has its own salt");
}

#[tokio::test]
async fn a_damaged_hash_is_an_error_and_not_a_wrong_password() {
    for damaged in ["", "plain", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ", "$scrypt$ln=1$c29tZXNhbHQ$AAAA"] {
        let answer = password::verify(secret("x"), damaged).await;
        assert!(matches!(answer, Err(PasswordError::Unreadable(_))), "{damaged}: {answer:?}");
    }
}

#[tokio::test]
async fn pretending_costs_a_hash_and_never_fails() {
    password::pretend(secret("anything")).await.unwrap();
}
