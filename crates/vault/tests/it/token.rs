use domain::Entropy;
use vault::{Secret, SystemEntropy, pkce, token};

#[test]
fn sha256_of_fips_180() {
    assert_eq!(token::hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(token::hash(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn hmac_of_rfc_4231_case_2() {
    let tag = token::hmac(b"Jefe", b"what do ya want for nothing?");
    assert_eq!(token::hex(&tag), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

#[test]
fn a_challenge_of_rfc_7636_appendix_b() {
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    assert_eq!(pkce::challenge(verifier), challenge);
    assert!(pkce::verify(verifier, challenge));
    assert!(!pkce::verify(&verifier.replace('d', "e"), challenge));
    assert!(!pkce::verify("short", &pkce::challenge("short")), "a verifier needs 43 characters");
    assert!(!pkce::verifier_is_well_formed(&"é".repeat(30)));
}

#[test]
fn a_new_verifier_passes_its_own_check() {
    let (verifier, challenge) = pkce::new(&crate::environment(3));
    assert!(pkce::verify(verifier.expose(), &challenge));
}

#[test]
fn a_token_is_32_bytes_and_only_its_hash_is_kept() {
    let environment = crate::environment(1);
    let (plain, hash) = token::new(&environment);
    let (other, _) = token::new(&environment);
    assert_eq!(plain.expose().len(), 43);
    assert_eq!(token::hash(plain.expose()), hash);
    assert_ne!(plain.expose(), other.expose());
}

#[test]
fn comparison_sees_every_difference() {
    assert!(token::same("abc", "abc"));
    assert!(!token::same("abc", "abd"));
    assert!(!token::same("abc", "ab"));
    assert!(!token::same("", "a"));
}

#[test]
fn a_secret_does_not_show_itself() {
    let secret = Secret::new(String::from("hunter2"));
    assert!(!format!("{secret:?}").contains("hunter2"));
    assert!(!format!("{:#?}", Some(secret.clone())).contains("hunter2"));
    assert_eq!(secret.expose(), "hunter2");
}

#[test]
fn the_system_gives_different_bytes_each_time() {
    let entropy = SystemEntropy::new();
    let (mut one, mut other) = ([0; 32], [0; 32]);
    entropy.fill(&mut one);
    entropy.fill(&mut other);
    assert_ne!(one, other);
    assert_ne!(one, [0; 32]);
}
