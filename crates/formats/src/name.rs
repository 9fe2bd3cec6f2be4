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

    /// In upper case, as SGML does not tell them apart.
    pub(crate) fn upper(name: &str) -> Name {
        let mut upper = Name::of(name);
        upper.bytes.make_ascii_uppercase();
        upper
    }

    /// The name as text.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).expect("a name was copied from a text")
    }
}
