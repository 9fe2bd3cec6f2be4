use serde::{Deserialize, Serialize};

use crate::iban::remainder_97;

/// A reference whose form lets the creditor match a payment without reading prose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "scheme", content = "reference")]
pub enum StructuredReference {
    /// Belgian structured communication (OGM/VCS), twelve digits.
    Ogm(String),
    /// ISO 11649 creditor reference, `RF…`.
    Creditor(String),
    /// Swiss QR reference, 27 digits.
    Qr(String),
    /// A structured reference of a scheme that is not checked here.
    Other(String),
}

impl StructuredReference {
    /// Recognises a reference by its form and check digits; what fits none is kept as [`StructuredReference::Other`].
    pub fn parse(text: &str) -> StructuredReference {
        let bare: String = text.chars().filter(|c| !matches!(c, '+' | '/' | '*' | ' ' | '.')).collect();
        if ogm_is_valid(&bare) {
            StructuredReference::Ogm(bare)
        } else if creditor_reference_is_valid(&bare) {
            StructuredReference::Creditor(bare.to_ascii_uppercase())
        } else if qr_reference_is_valid(&bare) {
            StructuredReference::Qr(bare)
        } else {
            StructuredReference::Other(text.trim().to_owned())
        }
    }

    /// The reference without decoration.
    pub fn as_str(&self) -> &str {
        match self {
            StructuredReference::Ogm(text)
            | StructuredReference::Creditor(text)
            | StructuredReference::Qr(text)
            | StructuredReference::Other(text) => text,
        }
    }

    /// As people print it: `+++090/9337/55493+++` for the Belgian form.
    pub fn printed(&self) -> String {
        match self {
            StructuredReference::Ogm(d) => format!("+++{}/{}/{}+++", &d[..3], &d[3..7], &d[7..]),
            StructuredReference::Creditor(text) | StructuredReference::Qr(text) | StructuredReference::Other(text) => {
                text.clone()
            }
        }
    }
}

/// Belgian OGM/VCS: ten digits and two check digits, the number modulo 97 with 0 written as 97 (Febelfin).
pub fn ogm_is_valid(digits: &str) -> bool {
    if digits.len() != 12 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let check = remainder_97(digits.as_bytes()[..10].iter());
    let check = if check == 0 { 97 } else { check };
    digits[10..].parse() == Ok(check)
}

/// ISO 11649: `RF`, two check digits (mod 97-10) and up to 21 characters.
pub fn creditor_reference_is_valid(text: &str) -> bool {
    let bytes = text.as_bytes();
    (5..=25).contains(&bytes.len())
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && text[..2].eq_ignore_ascii_case("RF")
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && remainder_97(bytes[4..].iter().chain(&bytes[..4])) == 1
}

/// Swiss QR reference: 27 digits, the last one a recursive modulo 10 check digit (SIX, QR-bill annex B).
pub fn qr_reference_is_valid(digits: &str) -> bool {
    const TABLE: [u8; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
    if digits.len() != 27 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let carry = digits.bytes().take(26).fold(0u8, |carry, b| TABLE[usize::from((carry + b - b'0') % 10)]);
    (10 - carry) % 10 == digits.as_bytes()[26] - b'0'
}
