//! From bytes to text. UTF-8 wins wherever it is valid, because no other encoding looks like it by accident; what is
//! not UTF-8 is one of the single-byte encodings that European banks use. What was found is stated in the result.

use std::borrow::Cow;

use encoding_rs::{ISO_8859_15, WINDOWS_1252};

/// How a text is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Every byte below 128: the same text in all encodings here.
    Ascii,
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// windows-1252, which holds all of ISO-8859-1's printable characters.
    Windows1252,
    /// ISO-8859-15, which has the euro sign where ISO-8859-1 has the currency sign.
    Iso885915,
    /// Code page 850, that of CODA and of DOS.
    Cp850,
}

impl Encoding {
    /// The name that results show.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Ascii => "us-ascii",
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1252 => "windows-1252",
            Encoding::Iso885915 => "iso-8859-15",
            Encoding::Cp850 => "cp850",
        }
    }

    /// The encoding that a header names, in the spellings that occur in the wild (`8859-1`, `1252`, `ISO-8859-1`).
    pub fn named(label: &str) -> Option<Encoding> {
        let label = label.trim().to_ascii_lowercase();
        match label.trim_start_matches("iso-").trim_start_matches("iso").trim_start_matches("windows-") {
            "8859-1" | "8859_1" | "latin1" | "latin-1" | "1252" | "cp1252" => Some(Encoding::Windows1252),
            "8859-15" | "8859_15" | "latin9" | "latin-9" => Some(Encoding::Iso885915),
            "850" | "cp850" | "ibm850" => Some(Encoding::Cp850),
            "utf-8" | "utf8" | "unicode" => Some(Encoding::Utf8),
            "usascii" | "us-ascii" | "ascii" => Some(Encoding::Ascii),
            "utf-16" | "utf-16le" => Some(Encoding::Utf16Le),
            "utf-16be" => Some(Encoding::Utf16Be),
            _ => None,
        }
    }

    /// Decides which single-byte encoding these bytes are in; `None` when they are ASCII or valid UTF-8.
    ///
    /// Code page 850 has its accented letters between 0x80 and 0xA5, where windows-1252 has punctuation that bank
    /// texts rarely hold; windows-1252 has them from 0xC0 on, where code page 850 draws boxes.
    pub fn of_foreign(bytes: &[u8]) -> Option<Encoding> {
        if std::str::from_utf8(bytes).is_ok() {
            return None;
        }
        let count = |range: std::ops::RangeInclusive<u8>| bytes.iter().filter(|b| range.contains(b)).count();
        if count(0x80..=0x9A) + count(0xA0..=0xA3) > count(0xC0..=0xFF) {
            Some(Encoding::Cp850)
        } else if bytes.contains(&0xA4) && count(0x80..=0x9F) == 0 {
            Some(Encoding::Iso885915)
        } else {
            Some(Encoding::Windows1252)
        }
    }

    /// Decodes bytes; UTF-8 that is broken is read as windows-1252, so that nothing is lost. UTF-16 is decoded before
    /// it gets here.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
            Encoding::Iso885915 => ISO_8859_15.decode_without_bom_handling(bytes).0,
            Encoding::Cp850 => decode_cp850(bytes),
            Encoding::Ascii | Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => std::str::from_utf8(bytes)
                .map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed),
        }
    }
}

/// The upper half of code page 850 (IBM), 0x80 to 0xFF.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

fn decode_cp850(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && bytes.is_ascii()
    {
        return Cow::Borrowed(text);
    }
    let upper: Vec<char> = CP850.chars().collect();
    Cow::Owned(bytes.iter().map(|&b| if b < 0x80 { char::from(b) } else { upper[usize::from(b - 0x80)] }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_single_byte_encodings_apart() {
        assert_eq!(CP850.chars().count(), 128);
        for (bytes, encoding, text) in [
            (&b"caf\x82"[..], Encoding::Cp850, "café"),
            (b"caf\xE9", Encoding::Windows1252, "café"),
            (b"5 \xA4 \xE9", Encoding::Iso885915, "5 € é"),
            (b"5 \x80 \xE9t\xE9", Encoding::Windows1252, "5 € été"),
            (b"Fran\x87ois Li\x8Age", Encoding::Cp850, "François Liège"),
        ] {
            assert_eq!(Encoding::of_foreign(bytes), Some(encoding), "{text}");
            assert_eq!(encoding.decode(bytes), text);
        }
        assert_eq!(Encoding::of_foreign("café".as_bytes()), None);
        assert_eq!(Encoding::Utf8.decode(b"caf\xE9"), "café", "broken UTF-8 is not lost");
    }
}
