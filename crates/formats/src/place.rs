//! Where something stands in a file. It becomes text only when a defect names it: millions of movements have none.

use std::fmt;

/// A place in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Not said.
    #[default]
    Nowhere,
    /// A line, counted from 1.
    Line(u64),
    /// An element of OFX: its name and number within the statement, and the byte behind it.
    Element(&'static str, u64, u64),
    /// A path that the reader has spelled out.
    Path(String),
}

impl From<&str> for Place {
    fn from(path: &str) -> Place {
        Place::Path(path.to_owned())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Nowhere => Ok(()),
            Place::Line(number) => write!(f, "line {number}"),
            Place::Element(name, number, byte) => write!(f, "{name}[{number}], byte {byte}"),
            Place::Path(path) => f.write_str(path),
        }
    }
}
