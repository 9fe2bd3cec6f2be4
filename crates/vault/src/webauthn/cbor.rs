//! The part of CBOR (RFC 8949) that authenticators write: definite lengths, no tags, no floating point, little depth.

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cbor<'a> {
    Int(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    Array(Vec<Cbor<'a>>),
    Map(Vec<(Cbor<'a>, Cbor<'a>)>),
    Simple(u8),
}

/// How deep arrays and maps may be nested; an attestation object needs three.
const DEPTH_MAX: u8 = 4;

/// Reads the value at the start of the bytes, and tells what follows it.
pub(super) fn read(bytes: &[u8]) -> Option<(Cbor<'_>, &[u8])> {
    value(bytes, DEPTH_MAX)
}

fn value(bytes: &[u8], depth: u8) -> Option<(Cbor<'_>, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let (major, short) = (first >> 5, first & 0x1F);
    if major == 7 {
        // false, true, null; what follows 23 is longer or a floating number.
        return (20..=22).contains(&short).then_some((Cbor::Simple(short), rest));
    }
    let (number, rest) = argument(short, rest)?;
    let small = i64::try_from(number).ok()?;
    match major {
        0 => Some((Cbor::Int(small), rest)),
        1 => Some((Cbor::Int(-1 - small), rest)),
        2 | 3 => {
            let (content, rest) = rest.split_at_checked(usize::try_from(number).ok()?)?;
            let text = || std::str::from_utf8(content).ok().map(Cbor::Text);
            Some((if major == 2 { Cbor::Bytes(content) } else { text()? }, rest))
        }
        4 | 5 if depth > 0 => several(number, major == 5, rest, depth - 1),
        _ => None,
    }
}

fn several(count: u64, pairs: bool, mut rest: &[u8], depth: u8) -> Option<(Cbor<'_>, &[u8])> {
    // Each entry is a byte at least, so a count beyond that is a lie.
    if count > u64::try_from(rest.len()).ok()? {
        return None;
    }
    let (mut items, mut map) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (first, after) = value(rest, depth)?;
        rest = after;
        if pairs {
            let (second, after) = value(rest, depth)?;
            rest = after;
            map.push((first, second));
        } else {
            items.push(first);
        }
    }
    Some((if pairs { Cbor::Map(map) } else { Cbor::Array(items) }, rest))
}

fn argument(short: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let length = match short {
        0..=23 => return Some((u64::from(short), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (bytes, rest) = rest.split_at_checked(length)?;
    Some((bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)), rest))
}

impl<'a> Cbor<'a> {
    /// The entry of a map under a number.
    pub fn at(&self, key: i64) -> Option<&Cbor<'a>> {
        self.under(&Cbor::Int(key))
    }

    /// The entry of a map under a text.
    pub fn named(&self, key: &str) -> Option<&Cbor<'a>> {
        self.under(&Cbor::Text(key))
    }

    fn under(&self, key: &Cbor<'_>) -> Option<&Cbor<'a>> {
        let Cbor::Map(pairs) = self else { return None };
        pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub fn bytes(&self) -> Option<&'a [u8]> {
        if let Cbor::Bytes(bytes) = self { Some(bytes) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_read_as_the_standard_writes_them() {
        // From RFC 8949 appendix A.
        let cases: [(&[u8], Cbor<'_>); 7] = [
            (&[0x18, 0x64], Cbor::Int(100)),
            (&[0x39, 0x03, 0xE7], Cbor::Int(-1000)),
            (&[0x44, 1, 2, 3, 4], Cbor::Bytes(&[1, 2, 3, 4])),
            (&[0x64, 0x49, 0x45, 0x54, 0x46], Cbor::Text("IETF")),
            (&[0x82, 0x01, 0x20], Cbor::Array(vec![Cbor::Int(1), Cbor::Int(-1)])),
            (&[0xA1, 0x61, 0x61, 0xF5], Cbor::Map(vec![(Cbor::Text("a"), Cbor::Simple(21))])),
            (&[0x1A, 0x00, 0x0F, 0x42, 0x40], Cbor::Int(1_000_000)),
        ];
        for (bytes, want) in cases {
            assert_eq!(read(bytes), Some((want, &[][..])));
        }
    }

    #[test]
    fn lies_about_lengths_and_endless_nesting_are_refused() {
        for bad in [
            &[0x9A, 0xFF, 0xFF, 0xFF, 0xFF][..],
            &[0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            &[0x5F],
            &[0xFB],
            &[0x81; 40],
            &[],
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }
}
