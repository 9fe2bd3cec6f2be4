use std::fmt;

/// A Business Identifier Code (ISO 9362): 8 or 11 characters, upper case.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bic(String);

/// The text is not a BIC.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a BIC: 8 or 11 characters such as KREDBEBB are expected")]
pub struct BicError(String);

impl Bic {
    /// Reads a BIC; blanks and case are forgiven.
    pub fn parse(text: &str) -> Result<Bic, BicError> {
        let bic: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let bytes = bic.as_bytes();
        let well_formed = matches!(bytes.len(), 8 | 11)
            && bytes.iter().all(u8::is_ascii_alphanumeric)
            && bytes[4..6].iter().all(u8::is_ascii_alphabetic);
        if well_formed { Ok(Bic(bic)) } else { Err(BicError(text.chars().take(20).collect())) }
    }

    /// All characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first eight characters: institution, country and location without the branch.
    pub fn institution(&self) -> &str {
        &self.0[..8]
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
