//! Rows of cells: quotes, separators and line ends inside quotes (RFC 4180), with bounds.

use std::io;

use crate::Encoding;
use crate::lines::Lines;

/// A row may go over this many lines, and hold this many bytes and cells.
const MOST_LINES: usize = 200;
const LONGEST: usize = 256 * 1024;
const MOST_CELLS: usize = 500;

/// One row.
pub(super) struct Row {
    /// The line on which it begins, counted from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
    /// Its text.
    pub(super) raw: String,
    /// It was longer than any bank writes.
    pub(super) cut: bool,
}

/// The rows of a file.
pub(super) struct Rows<'a> {
    lines: Lines<'a>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(lines: Lines<'a>) -> Rows<'a> {
        Rows { lines }
    }

    pub(super) fn assume(&mut self, encoding: Encoding) {
        self.lines.assume(encoding);
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.lines.encoding()
    }

    /// One line as it stands.
    pub(super) fn line(&mut self) -> io::Result<Option<String>> {
        Ok(self.lines.next()?.map(|line| line.text.to_owned()))
    }

    /// The next row: more than one line when a quote is open.
    pub(super) fn next(&mut self, separator: char) -> io::Result<Option<Row>> {
        let Some(first) = self.lines.next()? else { return Ok(None) };
        let (line, mut cut) = (first.number, first.cut);
        let mut raw = first.text.to_owned();
        let mut lines = 1;
        while quote_is_open(&raw, separator) {
            if lines >= MOST_LINES || raw.len() >= LONGEST {
                cut = true;
                break;
            }
            let Some(next) = self.lines.next()? else { break };
            raw.push('\n');
            raw.push_str(next.text);
            cut |= next.cut;
            lines += 1;
        }
        Ok(Some(Row { line, cells: cells(&raw, separator), raw, cut }))
    }
}

fn quote_is_open(text: &str, separator: char) -> bool {
    text.contains('"') && split(text, separator).1
}

/// The cells of a row, unquoted.
pub(super) fn cells(text: &str, separator: char) -> Vec<String> {
    split(text.trim_start_matches('\u{FEFF}'), separator).0
}

/// The cells, and whether the last one's quote is still open. A quote inside an unquoted cell is a character.
fn split(text: &str, separator: char) -> (Vec<String>, bool) {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            c if c == separator && !quoted => {
                if cells.len() < MOST_CELLS {
                    cells.push(std::mem::take(&mut cell));
                }
            }
            c => cell.push(c),
        }
    }
    cells.push(cell);
    (cells, quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_separators() {
        assert_eq!(cells("a;\"b;\"\"c\"\"\";d\"e;", ';'), ["a", "b;\"c\"", "d\"e", ""]);
        assert_eq!(cells(" \"x\" ,y", ','), ["x ", "y"]);
        assert!(quote_is_open("a;\"b", ';') && !quote_is_open("a\"b;c", ';'));
    }
}
