//! Names of elements without an allocation: files hold millions of them.

/// The name of an element. One that is longer than any schema has is empty, which equals none of them.
#[derive(Clone, Copy)]
pub(crate) struct Name {
    bytes: [u8; 31],
    length: u8,
}

impl Name {
    pub(crate) fn of(name: &str) -> Name {
        let mut bytes = [0; 31];
        let length = if name.len() <= bytes.len() { name.len() } else { 0 };
        bytes[..length].copy_from_slice(&name.as_bytes()[..length]);
        Name { bytes, length: u8::try_from(length).unwrap_or(0) }
    }

    /// In upper case, as SGML does not tell them apart. `None` when it holds what no name holds.
    pub(crate) fn upper(name: &[u8]) -> Option<Name> {
        let mut upper = Name { bytes: [0; 31], length: 0 };
        let fits = name.len() <= upper.bytes.len();
        for (at, byte) in name.iter().enumerate() {
            if !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'_' | b'-') {
                return None;
            }
            if fits {
                upper.bytes[at] = byte.to_ascii_uppercase();
            }
        }
        upper.length = if fits { u8::try_from(name.len()).unwrap_or(0) } else { 0 };
        Some(upper)
    }

    /// The name as bytes, which match faster than text.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }

    /// The name as text.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).expect("a name was copied from a text")
    }
}
