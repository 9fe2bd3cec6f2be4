//! Hostile input: whatever the bytes, reading ends soon, in bounded memory, in an answer or an error, never a panic.

use std::fs;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use domain::{Defect, Entry, Statement};
use formats::{Format, Options, ReadError, Sink, Summary};
use proptest::prelude::*;

/// Counts and forgets.
#[derive(Default)]
struct Counter {
    entries: u64,
    defects: u64,
    longest_raw: usize,
    statements: u64,
}

impl Sink for Counter {
    fn entry(&mut self, entry: Entry) {
        self.entries += 1;
        self.longest_raw = self.longest_raw.max(entry.raw.len());
    }

    fn defect(&mut self, defect: Defect) {
        self.defects += 1;
        assert!(defect.value.chars().count() <= 200);
    }

    fn end(&mut self, _statement: &Statement) {
        self.statements += 1;
    }
}

fn counted(input: &mut dyn BufRead, options: &Options) -> (Result<Summary, ReadError>, Counter) {
    let mut counter = Counter::default();
    let summary = formats::read(input, options, &mut counter);
    (summary, counter)
}

fn forced(format: &str, bytes: &[u8]) -> (Result<Summary, ReadError>, Counter) {
    let options = Options { format: Some(Format::named(format).unwrap()), ..Options::default() };
    counted(&mut { bytes }, &options)
}

/// A file that is made while it is read: a head, a piece again and again, a tail.
struct Endless {
    head: Vec<u8>,
    piece: Vec<u8>,
    repeats: u64,
    at: usize,
    current: Vec<u8>,
}

impl Endless {
    fn new(head: &str, piece: &str, bytes: u64) -> Endless {
        let repeats = bytes / piece.len() as u64;
        let head = head.as_bytes().to_vec();
        Endless { current: head.clone(), head, piece: piece.as_bytes().to_vec(), repeats, at: 0 }
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Endless {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.at >= self.current.len() && self.repeats > 0 {
            let many = self.repeats.min(1 + 65_536 / self.piece.len() as u64);
            self.repeats -= many;
            self.current = self.piece.repeat(usize::try_from(many).unwrap());
            self.at = 0;
        }
        Ok(&self.current[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

const CAMT: &str = "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><Stmt>";

/// Beginnings with a piece that never ends. Each piece is a value, a line or a nesting of four megabytes.
#[test]
fn endless_values_lines_and_nesting_are_bounded() {
    let size = 4_000_000;
    for (format, head, piece) in [
        ("camt053", CAMT.to_owned() + "<Id>", "xxxxxxxxxxxxxxxx"),
        ("camt053", CAMT.to_owned() + "<Id attribute='", "xxxxxxxxxxxxxxxx"),
        ("camt053", CAMT.to_owned() + "<!--", "xxxxxxxxxxxxxxxx"),
        ("camt053", CAMT.to_owned(), "<a>"),
        ("camt053", CAMT.to_owned() + "<Ntry>", "<NtryDtls><TxDtls/></NtryDtls>"),
        ("camt053", "<?xml version='1.0'?><!DOCTYPE a [".to_owned(), "<!ENTITY a 'b'>"),
        ("mt940", ":20:1\n:25:1\n:61:2603010301C1,NTRFX\n:86:".to_owned(), "xxxxxxxxxxxxxxxx"),
        ("mt940", ":20:1\n:25:1\n:61:2603010301C1,NTRFX\n:86:".to_owned(), "a line\n"),
        ("coda", String::new(), "0000000000000000"),
        ("ofx", "<OFX><STMTRS><STMTTRN><MEMO>".to_owned(), "xxxxxxxxxxxxxxxx"),
        ("ofx", "<OFX><STMTRS><STMTTRN><".to_owned(), "xxxxxxxxxxxxxxxx"),
        ("ofx", "<OFX>".to_owned(), "<A>"),
        ("qif", "!Type:Bank\nD1/1/2026\nT1\nP".to_owned(), "xxxxxxxxxxxxxxxx"),
        ("qif", "!Type:Bank\nD1/1/2026\nT1\n".to_owned(), "Sx\n$1\n"),
        ("cfonb120", "01".to_owned(), "xxxxxxxxxxxxxxxx"),
        ("norma43", "11".to_owned(), "xxxxxxxxxxxxxxxx"),
        ("csv", "Date,Interest Date,Amount,Account,Counterparty,Name,Description\n\"".to_owned(), "xxxxxxxxxxxxxxx\n"),
    ] {
        let options = Options { format: Some(Format::named(format).unwrap()), ..Options::default() };
        let (outcome, counter) = counted(&mut Endless::new(&head, piece, size), &options);
        assert!(outcome.is_err() || counter.defects > 0, "{format}: {head} {piece} went unnoticed");
        assert!(counter.longest_raw <= 2_000_000, "{format}: the text of an entry has {} bytes", counter.longest_raw);
    }
    let untouched = Endless::new("x", "y", 10);
    assert_eq!(untouched.head.len(), 1);
}

#[test]
fn a_bomb_of_entities_stays_small() {
    let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a0 'aaaaaaaaaaaaaaaa'>");
    for level in 1..30 {
        bomb.push_str(&format!("<!ENTITY a{level} '&a{0};&a{0};&a{0};&a{0};&a{0};'>", level - 1));
    }
    bomb.push_str("]>");
    let bomb = format!("{bomb}{CAMT}<Id>&a29;</Id><Ntry/></Stmt></BkToCstmrStmt></Document>");
    let file = formats::read_all(bomb.as_bytes()).unwrap();
    assert_eq!(file.statements[0].id.as_deref(), Some("&a29;"));
    assert_eq!(file.defects.last().unwrap().rule, "only the five entities of XML are known; others stay as written");
}

fn inputs() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for format in fs::read_dir("fixtures").unwrap().map(|entry| entry.unwrap().path()) {
        for case in fs::read_dir(&format).unwrap().map(|entry| entry.unwrap().path()) {
            let name = format.file_name().unwrap().to_str().unwrap().to_owned();
            let files = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path());
            found.extend(files.filter(|path| path.file_stem().unwrap() == "in").map(|path| (name.clone(), path)));
        }
    }
    found
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

/// A file that was cut anywhere is still read up to there.
#[test]
fn truncated_files_do_not_panic() {
    for (format, path) in inputs() {
        let whole = bytes(&path);
        for end in (0..whole.len()).step_by(1 + whole.len() / 97) {
            let _ = forced(&format, &whole[..end]);
        }
    }
}

#[test]
fn every_format_survives_every_fixture_of_the_others() {
    for (_, path) in inputs() {
        for format in formats::ALL {
            let _ = forced(format.name, &bytes(&path));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// NULs, stray bytes, doubled and lost pieces inside real files.
    #[test]
    fn damaged_files_do_not_panic(
        pick in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 1..8),
    ) {
        let inputs = inputs();
        let (format, path) = &inputs[pick.index(inputs.len())];
        let mut content = bytes(path);
        for (place, byte, kind) in damage {
            if content.is_empty() {
                break;
            }
            let at = place.index(content.len());
            match kind {
                0 => content[at] = byte,
                1 => content.insert(at, 0),
                2 => { content.remove(at); }
                _ => {
                    let piece = content[at..(at + 200).min(content.len())].to_vec();
                    content.splice(at..at, piece);
                }
            }
        }
        let _ = formats::read_all(&content);
        let _ = forced(format, &content);
    }

    #[test]
    fn noise_does_not_panic(noise in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = formats::read_all(&noise);
        for format in formats::ALL {
            let _ = forced(format.name, &noise);
        }
    }
}
