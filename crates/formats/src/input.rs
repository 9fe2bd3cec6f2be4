//! The way in: bytes of any size become bounded pieces of UTF-8.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, ISO_8859_15, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::Encoding;

/// The first bytes that decide the format and the encoding.
const PREFIX: usize = 8 * 1024;
/// The raw text of one element is kept up to this length.
const RECORD: usize = 256 * 1024;
/// How much of the input is decoded at once.
const CHUNK: usize = 64 * 1024;

/// A file that is read once from front to back, with its first bytes known.
pub(crate) struct Input<'a> {
    prefix: Vec<u8>,
    at: usize,
    rest: &'a mut dyn BufRead,
    /// The encoding that a byte order mark states.
    pub(crate) marked: Option<Encoding>,
}

impl<'a> Input<'a> {
    /// Reads the first bytes, drops a byte order mark and keeps what it says.
    pub(crate) fn open(rest: &'a mut dyn BufRead) -> io::Result<Input<'a>> {
        let mut prefix = Vec::new();
        Read::take(&mut *rest, PREFIX as u64).read_to_end(&mut prefix)?;
        let (marked, at) = match prefix.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (Some(Encoding::Utf8), 3),
            [0xFF, 0xFE, ..] => (Some(Encoding::Utf16Le), 2),
            [0xFE, 0xFF, ..] => (Some(Encoding::Utf16Be), 2),
            _ => (None, 0),
        };
        Ok(Input { prefix, at, rest, marked })
    }

    /// The first bytes as text, good enough to recognise a format by: UTF-16 is decoded, all else is as it stands.
    pub(crate) fn beginning(&self) -> Vec<u8> {
        let bytes = &self.prefix[self.at..];
        match self.marked {
            Some(Encoding::Utf16Le) => UTF_16LE.decode_without_bom_handling(bytes).0.into_owned().into_bytes(),
            Some(Encoding::Utf16Be) => UTF_16BE.decode_without_bom_handling(bytes).0.into_owned().into_bytes(),
            Some(Encoding::Ascii | Encoding::Utf8 | Encoding::Windows1252 | Encoding::Iso885915 | Encoding::Cp850)
            | None => bytes.to_vec(),
        }
    }

    /// The input as valid UTF-8; `declared` is what a header says (a byte order mark wins over it).
    pub(crate) fn into_utf8(self, declared: Option<Encoding>) -> Utf8Input<'a> {
        let encoding = self.marked.or(declared).unwrap_or(Encoding::Utf8);
        let decoder = match encoding {
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Encoding::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
            Encoding::Iso885915 => Some(ISO_8859_15.new_decoder_without_bom_handling()),
            Encoding::Ascii | Encoding::Utf8 | Encoding::Cp850 => None,
        };
        Utf8Input {
            input: self,
            encoding,
            decoder,
            ready: Vec::new(),
            at: 0,
            kept: Vec::new(),
            budget: CHUNK,
            spent: 0,
            finished: false,
            nul: false,
            recorded: None,
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.prefix.len() { Ok(&self.prefix[self.at..]) } else { self.rest.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.prefix.len() { self.at += amount } else { self.rest.consume(amount) }
    }
}

/// UTF-8 whatever came in, with an allowance for how much may be read before the reader has to ask for more: one
/// endless value ends in an error instead of filling the memory.
pub(crate) struct Utf8Input<'a> {
    input: Input<'a>,
    /// What the text is stored in, as far as it is known.
    pub(crate) encoding: Encoding,
    decoder: Option<Decoder>,
    ready: Vec<u8>,
    at: usize,
    /// The first bytes of a character that the next chunk ends.
    kept: Vec<u8>,
    budget: usize,
    spent: usize,
    /// The input has ended; a decoder may not be asked again.
    finished: bool,
    /// There was NUL, which became a blank.
    pub(crate) nul: bool,
    recorded: Option<Recorded>,
}

/// What was read since [`Utf8Input::record`].
#[derive(Default)]
struct Recorded {
    /// In chunks before this one.
    bytes: Vec<u8>,
    /// Where it goes on in this one.
    from: usize,
    /// There was more than is kept.
    cut: bool,
}

impl Utf8Input<'_> {
    /// From here on, at most so many bytes may be read.
    pub(crate) fn allow(&mut self, budget: usize) {
        self.budget = budget;
        self.spent = 0;
    }

    /// Keeps what is read from here on.
    pub(crate) fn record(&mut self) {
        self.recorded = Some(Recorded { from: self.at, ..Recorded::default() });
    }

    /// What was read since [`Utf8Input::record`], up to a bound, and whether there was more.
    pub(crate) fn recorded(&mut self) -> (String, bool) {
        self.set_aside();
        let Recorded { bytes, cut, .. } = self.recorded.take().unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_else(|cut| String::from_utf8_lossy(cut.as_bytes()).into_owned());
        (text, cut)
    }

    /// Copies the part of this chunk that is being recorded.
    fn set_aside(&mut self) {
        if let Some(Recorded { bytes, from, cut }) = &mut self.recorded {
            let piece = &self.ready[*from..self.at];
            let room = RECORD.saturating_sub(bytes.len());
            bytes.extend_from_slice(&piece[..piece.len().min(room)]);
            *cut |= piece.len() > room;
            *from = self.at;
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.set_aside();
        if let Some(Recorded { from, .. }) = &mut self.recorded {
            *from = 0;
        }
        self.ready.clear();
        self.at = 0;
        while self.ready.is_empty() && !self.finished {
            let available = self.input.fill_buf()?;
            let length = available.len().min(CHUNK);
            let last = length == 0;
            match &mut self.decoder {
                Some(decoder) => {
                    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(length).unwrap_or(CHUNK * 4));
                    let _ = decoder.decode_to_string(&available[..length], &mut text, last);
                    self.ready.extend_from_slice(text.as_bytes());
                }
                None => {
                    self.kept.extend_from_slice(&available[..length]);
                    valid_part(&mut self.kept, last, &mut self.ready, &mut self.encoding);
                }
            }
            self.input.consume(length);
            self.finished = last;
        }
        if memchr::memchr(0, &self.ready).is_some() {
            self.nul = true;
            self.ready.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = b' ');
        }
        Ok(())
    }
}

/// Moves what is text from `bytes` to `ready`. Bytes that are not UTF-8 are taken for windows-1252; a character that
/// is not complete yet stays, unless this is the end.
fn valid_part(bytes: &mut Vec<u8>, last: bool, ready: &mut Vec<u8>, encoding: &mut Encoding) {
    let mut from = 0;
    loop {
        match std::str::from_utf8(&bytes[from..]) {
            Ok(_) => {
                ready.extend_from_slice(&bytes[from..]);
                from = bytes.len();
                break;
            }
            Err(error) => {
                let good = from + error.valid_up_to();
                ready.extend_from_slice(&bytes[from..good]);
                from = good;
                let bad = match error.error_len() {
                    Some(length) => length,
                    None if last => bytes.len() - from,
                    None => break,
                };
                ready.extend_from_slice(Encoding::Windows1252.decode(&bytes[from..from + bad]).as_bytes());
                *encoding = Encoding::Windows1252;
                from += bad;
            }
        }
    }
    bytes.drain(..from);
}

impl Read for Utf8Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Utf8Input<'_> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.spent > self.budget {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a value is longer than any bank writes"));
        }
        if self.at >= self.ready.len() {
            self.refill()?;
        }
        Ok(&self.ready[self.at..])
    }

    #[inline]
    fn consume(&mut self, amount: usize) {
        self.at += amount;
        self.spent += amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], declared: Option<Encoding>, piece: usize) -> (String, Encoding) {
        let mut source = io::BufReader::with_capacity(piece, bytes);
        let mut input = Input::open(&mut source).unwrap().into_utf8(declared);
        input.allow(usize::MAX);
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        (text, input.encoding)
    }

    #[test]
    fn any_encoding_becomes_utf8_wherever_the_chunks_break() {
        let long = "é€".repeat(5000);
        for piece in [1, 2, 3, 7, 8192] {
            assert_eq!(decoded(long.as_bytes(), None, piece), (long.clone(), Encoding::Utf8));
        }
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("é<".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decoded(&utf16, None, 1), ("é<".into(), Encoding::Utf16Le));
        assert_eq!(decoded(b"\xEF\xBB\xBFok", None, 1), ("ok".into(), Encoding::Utf8));
        assert_eq!(decoded(b"caf\xE9", Some(Encoding::Windows1252), 1), ("café".into(), Encoding::Windows1252));
        assert_eq!(decoded(b"caf\xE9 au \xC3\xA9", None, 1), ("café au é".into(), Encoding::Windows1252));
        assert_eq!(decoded(b"cut \xC3", None, 1), ("cut Ã".into(), Encoding::Windows1252));
    }
}
