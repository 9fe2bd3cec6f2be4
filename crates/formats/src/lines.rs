//! Text files line by line, whatever their encoding and line ends; one endless line costs no memory.

use std::io::{self, BufRead, Read};

use crate::Encoding;
use crate::input::Input;

/// A line is kept up to this many bytes; statement formats stop at a few hundred.
const LONGEST: usize = 64 * 1024;

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
    bytes: Vec<u8>,
    text: String,
    number: u64,
    /// How much of the input the line before this one took; it is passed over before the next one is looked for.
    taken: usize,
    marked: Option<Encoding>,
    /// What lines that are not UTF-8 are in: decided by the first of them.
    foreign: Option<Encoding>,
    ascii: bool,
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
        Lines { input, bytes: Vec::new(), text: String::new(), number: 0, taken: 0, marked, foreign: None, ascii: true }
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
        self.input.consume(std::mem::take(&mut self.taken));
        let available = self.input.fill_buf()?;
        if let Some(end) = memchr::memchr(b'\n', available)
            && end < LONGEST
            && let ascii = available[..end].is_ascii()
            && (ascii || std::str::from_utf8(&available[..end]).is_ok())
        {
            self.ascii &= ascii;
            self.number += 1;
            self.taken = end + 1;
            // The same bytes again, lent for as long as the line is.
            let line = std::str::from_utf8(&self.input.fill_buf()?[..end]).expect("it was just found to be UTF-8");
            return Ok(Some(Line { number: self.number, text: line.trim_end_matches(['\n', '\r']), cut: false }));
        }
        self.next_piecewise()
    }

    /// A line that goes over the end of what is buffered, or that is not UTF-8.
    fn next_piecewise(&mut self) -> io::Result<Option<Line<'_>>> {
        self.bytes.clear();
        let length = Read::take(&mut self.input, LONGEST as u64).read_until(b'\n', &mut self.bytes)?;
        if length == 0 {
            return Ok(None);
        }
        self.number += 1;
        let cut = length == LONGEST && self.bytes.last() != Some(&b'\n');
        if cut {
            self.pass_over_rest()?;
        }
        while matches!(self.bytes.last(), Some(b'\n' | b'\r')) {
            self.bytes.pop();
        }
        self.text.clear();
        if self.bytes.is_ascii() {
            self.text.push_str(std::str::from_utf8(&self.bytes).expect("ASCII is UTF-8"));
        } else {
            self.ascii = false;
            self.decode();
        }
        Ok(Some(Line { number: self.number, text: &self.text, cut }))
    }

    fn decode(&mut self) {
        if let Ok(text) = std::str::from_utf8(&self.bytes) {
            self.text.push_str(text);
            return;
        }
        let encoding = match self.foreign {
            Some(encoding) => encoding,
            None => *self.foreign.insert(Encoding::of_foreign(&self.bytes).unwrap_or(Encoding::Windows1252)),
        };
        self.text.push_str(&encoding.decode(&self.bytes));
    }

    fn pass_over_rest(&mut self) -> io::Result<()> {
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(());
            }
            let end = memchr::memchr(b'\n', available);
            let length = end.map_or(available.len(), |end| end + 1);
            self.input.consume(length);
            if end.is_some() {
                return Ok(());
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
