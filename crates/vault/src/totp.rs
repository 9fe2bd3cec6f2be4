//! One-time passwords of authenticator apps (RFC 6238: HMAC-SHA-1, six digits, thirty seconds, which is what every app
//! knows).

use aws_lc_rs::hmac;
use domain::{Environment, Timestamp};

use crate::{Secret, token};

/// Seconds that a password lives.
const STEP_S: i64 = 30;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new seed of 160 bits.
pub fn new_seed(environment: &Environment) -> Secret<Vec<u8>> {
    Secret::new(environment.random::<20>().to_vec())
}

/// Bytes as people type them into an app: base32 (RFC 4648) without padding.
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let mut block = [0; 5];
        block[..chunk.len()].copy_from_slice(chunk);
        let bits = block.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in 0..(chunk.len() * 8).div_ceil(5) {
            let index = bits >> (35 - 5 * place) & 31;
            text.push(char::from(ALPHABET[usize::try_from(index).expect("five bits are a small number")]));
        }
    }
    text
}

/// The step that an instant is in.
pub fn step(at: Timestamp) -> i64 {
    at.as_second() / STEP_S
}

/// The password of a step.
pub fn code(seed: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, seed);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    // RFC 4226 section 5.3: the last four bits say where the 31 bits stand.
    let offset = usize::from(bytes[19] & 0x0F);
    let number =
        bytes[offset..offset + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) & 0x7FFF_FFFF;
    format!("{:06}", number % 1_000_000)
}

/// The step that a typed password belongs to: the present one or a neighbour, for clocks that are a little off. The
/// caller must refuse a step that is not later than the last one that was used.
pub fn matching_step(seed: &[u8], typed: &str, at: Timestamp) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = step(at);
    // Every candidate is looked at, so that the time tells nothing.
    [now - 1, now, now + 1].into_iter().rfind(|step| token::same(&code(seed, *step), &typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6238 appendix B for SHA-1, the last six of their eight digits.
    #[test]
    fn the_vectors_of_the_standard() {
        let seed = b"12345678901234567890";
        for (second, want) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(code(seed, step(at)), want);
            assert_eq!(matching_step(seed, want, at), Some(second / 30));
        }
    }

    #[test]
    fn a_neighbour_is_accepted_and_nothing_further() {
        let seed = b"12345678901234567890";
        let at = Timestamp::from_second(1_111_111_111).unwrap();
        for (offset, accepted) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let typed = code(seed, step(at) + offset);
            assert_eq!(matching_step(seed, &typed, at).is_some(), accepted, "{offset}");
        }
        assert_eq!(matching_step(seed, "", at), None);
        assert_eq!(matching_step(seed, "12345", at), None);
    }

    /// RFC 4648 section 10, without the padding.
    #[test]
    fn base32_as_the_standard_writes_it() {
        for (plain, want) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB")]
        {
            assert_eq!(base32(plain.as_bytes()), want);
        }
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
    }
}
