//! OFX as a stream of tags and values. SGML without end tags and XML are read alike.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use crate::Encoding;
use crate::input::Input;
use crate::name::Name;

/// One tag or value is kept up to this length; the longest field of the standard has 255 characters.
const LONGEST: u64 = 64 * 1024;

/// A piece of the document.
pub(super) enum Piece {
    /// A tag; [`Tags::value`] is the text behind it, when there is one: `<NAME>Value`.
    Open(Name),
    /// An end tag.
    Close(Name),
    /// Something too long was passed over.
    Cut,
}

/// A document being read.
pub(super) struct Tags<'a> {
    input: Box<dyn BufRead + 'a>,
    declared: Option<Encoding>,
    foreign: Option<Encoding>,
    ascii: bool,
    offset: u64,
    /// Elements that were opened and may still be closed: only their number, to see a truncated file.
    finished: bool,
    /// The tag that was read last is empty: the text behind it belongs to the element around it, and those have none.
    empty: bool,
    /// The `VERSION` of the header, such as `102`.
    pub(super) version: Option<String>,
    tag: Vec<u8>,
    text: Vec<u8>,
}

impl<'a> Tags<'a> {
    /// Reads the header.
    pub(super) fn open(input: Input<'a>) -> io::Result<Tags<'a>> {
        let beginning = String::from_utf8_lossy(&input.beginning()).into_owned();
        let upper = beginning.to_ascii_uppercase();
        let header: String = upper.split("<OFX>").next().unwrap_or_default().chars().take(2000).collect();
        let marked = input.marked;
        let input: Box<dyn BufRead + 'a> = match marked {
            Some(Encoding::Utf16Le | Encoding::Utf16Be) => {
                let mut decoded = input.into_utf8(None);
                decoded.allow(usize::MAX);
                Box::new(decoded)
            }
            Some(Encoding::Ascii | Encoding::Utf8 | Encoding::Windows1252 | Encoding::Iso885915 | Encoding::Cp850)
            | None => Box::new(input),
        };
        let mut tags = Tags {
            input,
            declared: charset(&header),
            foreign: None,
            ascii: true,
            offset: 0,
            finished: false,
            empty: false,
            version: version(&header),
            tag: Vec::new(),
            text: Vec::new(),
        };
        // What stands before the first tag is the header of 1.x.
        tags.read_text()?;
        Ok(tags)
    }

    /// Appends the tag that was read last and the text behind it; false when that is more than is kept.
    pub(super) fn append_raw(&self, raw: &mut Vec<u8>) -> bool {
        let room = (raw.len() as u64) < LONGEST;
        if room {
            raw.push(b'<');
            raw.extend_from_slice(&self.tag);
            raw.push(b'>');
            raw.extend_from_slice(self.text.trim_ascii_end());
        }
        room
    }

    /// How many bytes have been read.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the end tag of the document is missing.
    pub(super) fn truncated(&self) -> bool {
        !self.finished
    }

    /// What the values turned out to be in.
    pub(super) fn encoding(&self) -> Encoding {
        if self.ascii { Encoding::Ascii } else { self.foreign.unwrap_or(Encoding::Utf8) }
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        loop {
            let mut complete = true;
            if !self.read_at_once()? {
                if !self.read_tag()? {
                    return Ok(None);
                }
                if self.tag.len() as u64 >= LONGEST {
                    self.read_text()?;
                    return Ok(Some(Piece::Cut));
                }
                complete = self.read_text()?;
            }
            if self.tag.starts_with(b"?") || self.tag.starts_with(b"!") {
                continue;
            }
            let name = tag_name(&self.tag);
            let Some((name, closes, empty)) = name else { continue };
            if closes {
                self.finished |= name.as_str() == "OFX";
                return Ok(Some(Piece::Close(name)));
            }
            self.finished = false;
            self.empty = empty;
            if !complete {
                return Ok(Some(Piece::Cut));
            }
            return Ok(Some(Piece::Open(name)));
        }
    }

    /// Reads a tag and the text up to the next one where both are buffered and nothing about them is unusual, which is
    /// nearly always; false, with nothing read, where that is not so.
    fn read_at_once(&mut self) -> io::Result<bool> {
        let available = self.input.fill_buf()?;
        let Some(tag) = memchr::memchr(b'>', available) else { return Ok(false) };
        let behind = &available[tag + 1..];
        let Some(text) = memchr::memchr(b'<', behind) else { return Ok(false) };
        let begins_tag = behind.get(text + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
        if !begins_tag || tag as u64 >= LONGEST || text as u64 >= LONGEST {
            return Ok(false);
        }
        self.tag.clear();
        self.tag.extend_from_slice(&available[..tag]);
        self.text.clear();
        self.text.extend_from_slice(&behind[..text]);
        let length = tag + 1 + text + 1;
        self.input.consume(length);
        self.offset += length as u64;
        Ok(true)
    }

    /// Reads up to the end of a tag; false at the end of the file.
    fn read_tag(&mut self) -> io::Result<bool> {
        self.tag.clear();
        let length = Read::take(&mut self.input, LONGEST).read_until(b'>', &mut self.tag)?;
        self.offset += length as u64;
        if self.tag.last() == Some(&b'>') {
            self.tag.pop();
        }
        Ok(length > 0)
    }

    /// Reads up to the next tag. A `<` that begins no tag is part of the text. False when the text was too long.
    fn read_text(&mut self) -> io::Result<bool> {
        self.text.clear();
        loop {
            let room = LONGEST.saturating_sub(self.text.len() as u64);
            if room == 0 {
                return self.pass_over_text().map(|()| false);
            }
            let length = Read::take(&mut self.input, room).read_until(b'<', &mut self.text)?;
            self.offset += length as u64;
            if self.text.last() != Some(&b'<') {
                if length == 0 {
                    return Ok(true);
                }
                continue;
            }
            let ahead = self.input.fill_buf()?;
            if ahead.starts_with(b"![CDATA[") {
                self.text.pop();
                self.read_character_data()?;
                continue;
            }
            let next = ahead.first().copied();
            if next.is_none_or(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'?' | b'!')) {
                self.text.pop();
                return Ok(true);
            }
        }
    }

    /// Reads `![CDATA[…]]>` as text. What it holds is escaped, so that it stays what it is.
    fn read_character_data(&mut self) -> io::Result<()> {
        let mut data = Vec::new();
        loop {
            let room = LONGEST.saturating_sub(data.len() as u64);
            let length = Read::take(&mut self.input, room).read_until(b'>', &mut data)?;
            self.offset += length as u64;
            if length == 0 || data.ends_with(b"]]>") {
                break;
            }
        }
        let inner = data.strip_prefix(b"![CDATA[").unwrap_or(&data);
        let inner = inner.strip_suffix(b"]]>").unwrap_or(inner);
        for byte in inner {
            match byte {
                b'&' => self.text.extend(b"&amp;"),
                _ => self.text.push(*byte),
            }
        }
        Ok(())
    }

    fn pass_over_text(&mut self) -> io::Result<()> {
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(());
            }
            let end = memchr::memchr(b'<', available);
            let length = end.map_or(available.len(), |end| end + 1);
            self.input.consume(length);
            self.offset += length as u64;
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// The text behind the last tag, decoded, `None` when blank.
    pub(super) fn value(&mut self) -> Option<Cow<'_, str>> {
        let bytes = self.text.trim_ascii();
        if self.empty || bytes.is_empty() {
            return None;
        }
        self.ascii = self.ascii && bytes.is_ascii();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => {
                let declared = self.declared.filter(|own| !matches!(own, Encoding::Ascii | Encoding::Utf8));
                let encoding = declared.or_else(|| Encoding::of_foreign(bytes)).unwrap_or(Encoding::Windows1252);
                self.foreign = Some(encoding);
                encoding.decode(bytes)
            }
        };
        if memchr::memchr(b'&', text.as_bytes()).is_some() { Some(Cow::Owned(unescaped(&text))) } else { Some(text) }
    }
}

/// The name of a tag in upper case, whether it is an end tag, and whether it is empty (`<MEMO/>`).
fn tag_name(tag: &[u8]) -> Option<(Name, bool, bool)> {
    // Nearly every tag is its name and nothing else.
    let (bare, closes) = tag.strip_prefix(b"/").map_or((tag, false), |rest| (rest, true));
    if let Some(name) = Name::upper(bare) {
        return (!bare.is_empty()).then_some((name, closes, false));
    }
    let text = tag.trim_ascii();
    let (text, closes) = text.strip_prefix(b"/").map_or((text, false), |rest| (rest, true));
    let (text, empty) = text.strip_suffix(b"/").map_or((text, false), |rest| (rest, true));
    let mut name = text.trim_ascii_start();
    // A tag of OFX has no attributes; one of a foreign envelope may have.
    if let Some(end) = name.iter().position(u8::is_ascii_whitespace) {
        name = &name[..end];
    }
    if let Some(prefix) = name.iter().rposition(|byte| *byte == b':') {
        name = &name[prefix + 1..];
    }
    if name.is_empty() {
        return None;
    }
    Some((Name::upper(name)?, closes, empty))
}

/// Entities of SGML and XML; anything else that begins with an ampersand is text, as banks forget to escape it.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let character = end.and_then(|end| entity(&rest[1..end]));
        match (character, end) {
            (Some(character), Some(end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            (None, _) | (_, None) => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')
        }
    }
}

/// `VERSION:102` or `VERSION="211"`, also on one line with its neighbours.
fn version(header: &str) -> Option<String> {
    let header = header.split("<?OFX").last().unwrap_or(header);
    let behind = header.split("VERSION").nth(1)?.trim_start_matches([':', '=', '"', '\'', ' ']);
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    Some(digits).filter(|digits| !digits.is_empty())
}

/// `CHARSET:1252`, or the encoding of the XML declaration.
fn charset(header: &str) -> Option<Encoding> {
    const KNOWN: &[&str] =
        &["ISO-8859-15", "ISO-8859-1", "8859-15", "8859-1", "WINDOWS-1252", "1252", "UTF-8", "UNICODE", "850"];
    let named = |key: &str| {
        let behind = header.split(key).nth(1)?.trim_start_matches([':', '=', '"', '\'', ' ']);
        KNOWN.iter().find(|known| behind.starts_with(**known)).and_then(|known| Encoding::named(known))
    };
    named("CHARSET").or_else(|| named("ENCODING"))
}
