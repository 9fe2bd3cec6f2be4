//! Text files line by line, whatever their encoding and line ends; one endless line costs no memory.

use std::io::{self, BufRead, ErrorKind, Read};

use crate::Encoding;
use crate::input::Input;

/// A line is kept up to this many bytes; statement formats stop at a few hundred.
const LONGEST: usize = 64 * 1024;
/// How much of the file is held at once: more than the longest line, so that one always fits.
const HELD: usize = 2 * LONGEST;

/// A line without its end.
pub(crate) struct Line<'l> {
    /// Counted from 1.
    pub(crate) number: u64,
    /// The text.
    pub(crate) text: &'l str,
    /// The line was longer than any bank writes, and its rest was passed over.
    pub(crate) cut: bool,
}

/// The lines of a file.
pub(crate) struct Lines<'a> {
    input: Box<dyn BufRead + 'a>,
    /// A piece of the file. Lines are lent from it, which spares a call into the input for each of them.
    held: Vec<u8>,
    /// Where the next line begins in it, and where what was read ends.
    at: usize,
    end: usize,
    /// The line before was cut: its rest is passed over before the next one is looked for.
    passing: bool,
    text: String,
    number: u64,
    marked: Option<Encoding>,
    /// What lines that are not UTF-8 are in: decided by the first of them.
    foreign: Option<Encoding>,
    ascii: bool,
}

/// Where a line lies in what is held.
struct Found {
    from: usize,
    to: usize,
    cut: bool,
}

impl<'a> Lines<'a> {
    pub(crate) fn open(input: Input<'a>) -> Lines<'a> {
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
        Lines {
            input,
            held: vec![0; HELD],
            at: 0,
            end: 0,
            passing: false,
            text: String::new(),
            number: 0,
            marked,
            foreign: None,
            ascii: true,
        }
    }

    /// Reads lines that are not UTF-8 in this encoding instead of guessing.
    pub(crate) fn assume(&mut self, encoding: Encoding) {
        self.foreign = Some(encoding);
    }

    /// The encoding of the lines so far.
    pub(crate) fn encoding(&self) -> Encoding {
        if self.ascii { Encoding::Ascii } else { self.foreign.or(self.marked).unwrap_or(Encoding::Utf8) }
    }

    /// The next line.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let Some(Found { from, to, cut }) = self.find()? else { return Ok(None) };
        self.number += 1;
        let bytes = &self.held[from..to];
        self.ascii = self.ascii && bytes.is_ascii();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            // It was cut inside a character.
            Err(error) if cut && error.error_len().is_none() => {
                std::str::from_utf8(&bytes[..error.valid_up_to()]).expect("it is UTF-8 up to there")
            }
            Err(_) => {
                let foreign = &mut self.foreign;
                let encoding =
                    *foreign.get_or_insert_with(|| Encoding::of_foreign(bytes).unwrap_or(Encoding::Windows1252));
                self.text.clear();
                self.text.push_str(&encoding.decode(bytes));
                &self.text
            }
        };
        Ok(Some(Line { number: self.number, text: text.trim_end_matches(['\n', '\r']), cut }))
    }

    /// Finds the end of the next line and steps behind it.
    fn find(&mut self) -> io::Result<Option<Found>> {
        while self.passing {
            let end = memchr::memchr(b'\n', &self.held[self.at..self.end]);
            self.at = end.map_or(self.end, |end| self.at + end + 1);
            self.passing = end.is_none() && self.hold_more()?;
        }
        let mut looked_at = 0;
        loop {
            let (from, end) = (self.at, self.end);
            if let Some(length) = memchr::memchr(b'\n', &self.held[from + looked_at..end]).map(|at| looked_at + at)
                && length < LONGEST
            {
                self.at = from + length + 1;
                return Ok(Some(Found { from, to: from + length, cut: false }));
            }
            looked_at = end - from;
            if looked_at >= LONGEST {
                self.at = from + LONGEST;
                self.passing = true;
                return Ok(Some(Found { from, to: from + LONGEST, cut: true }));
            }
            if !self.hold_more()? {
                let (from, to) = (std::mem::replace(&mut self.at, self.end), self.end);
                return Ok((from < to).then_some(Found { from, to, cut: false }));
            }
        }
    }

    /// Reads on behind what is held, which moves to the front; false at the end of the file.
    fn hold_more(&mut self) -> io::Result<bool> {
        self.held.copy_within(self.at..self.end, 0);
        self.end -= std::mem::take(&mut self.at);
        loop {
            match self.input.read(&mut self.held[self.end..]) {
                Ok(length) => {
                    self.end += length;
                    return Ok(length > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_end_and_encoding() {
        let mut source: &[u8] = b"a\r\nb\n\ncaf\xE9\nlast";
        let mut lines = Lines::open(Input::open(&mut source).unwrap());
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push((line.number, line.text.to_owned()));
        }
        assert_eq!(found.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["a", "b", "", "café", "last"]);
        assert_eq!(found.last().unwrap().0, 5);
        assert_eq!(lines.encoding(), Encoding::Windows1252);
    }

    /// Gives one byte at a time, as a slow pipe may.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(buffer.len()).min(1);
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    #[test]
    fn lines_do_not_depend_on_how_the_bytes_come() {
        let whole = [vec![b'x'; LONGEST - 1], b"\n\r\nb\n".to_vec(), vec![b'y'; LONGEST], b"\nlast".to_vec()].concat();
        let read = |input: &mut dyn BufRead| {
            let mut lines = Lines::open(Input::open(input).unwrap());
            let mut found = Vec::new();
            while let Some(line) = lines.next().unwrap() {
                found.push((line.number, line.text.len(), line.cut));
            }
            found
        };
        let wanted = [(1, LONGEST - 1, false), (2, 0, false), (3, 1, false), (4, LONGEST, true), (5, 4, false)];
        assert_eq!(read(&mut whole.as_slice()), wanted);
        assert_eq!(read(&mut io::BufReader::with_capacity(1, Drops(&whole))), wanted);
    }

    #[test]
    fn a_line_cut_inside_a_character_stays_utf8() {
        let long = "é".repeat(LONGEST) + "\n\u{e9}t\u{e9}\n";
        let long = format!("x{long}");
        let mut source = long.as_bytes();
        let mut lines = Lines::open(Input::open(&mut source).unwrap());
        let first = lines.next().unwrap().unwrap();
        assert!(first.cut && first.text.chars().skip(1).all(|c| c == 'é'));
        assert_eq!(lines.next().unwrap().unwrap().text, "été");
        assert_eq!(lines.encoding(), Encoding::Utf8);
    }

    #[test]
    fn an_endless_line_is_cut() {
        let long = [vec![b'x'; 10_000_000], b"\nnext".to_vec()].concat();
        let mut source: &[u8] = &long;
        let mut lines = Lines::open(Input::open(&mut source).unwrap());
        let first = lines.next().unwrap().unwrap();
        assert!(first.cut && first.text.len() == LONGEST);
        assert_eq!(lines.next().unwrap().unwrap().text, "next");
    }
}
