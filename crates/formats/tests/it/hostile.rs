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

const JSON: &str = "{\"schema\":\"passerelle.statements.1\",\"statements\":[{";

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
        ("json", JSON.to_owned() + "\"account\":\"", "xxxxxxxxxxxxxxxx"),
        ("json", JSON.to_owned() + "\"entries\":[{\"raw\":\"", "xxxxxxxxxxxxxxxx"),
        ("json", JSON.to_owned() + "\"entries\":[", "{\"amount\":\"1\"},"),
        ("json", JSON.to_owned() + "\"remarks\":", "[{\"a\":"),
        ("json", "{\"schema\":\"passerelle.statements.1\",".to_owned(), "\"a\":{},"),
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

/// What is longer than is kept says so: in its raw text and in the file's warnings when it was understood all the same,
/// as a defect when words were passed over.
#[test]
fn no_text_is_cut_in_silence() {
    let payment = "<TxDtls><Refs><EndToEndId>A</EndToEndId></Refs></TxDtls>";
    let batch = format!(
        "{CAMT}<Ntry><Amt Ccy='EUR'>1</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-01</Dt></BookgDt><NtryDtls>{}\
         </NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>",
        payment.repeat(6000)
    );
    let coda = fs::read_to_string("fixtures/coda/happy/in.cod").unwrap();
    let movement = coda.lines().position(|line| line.starts_with("21")).unwrap();
    let mut records: Vec<&str> = coda.lines().collect();
    let continued = format!("{:<128}", format!("22{}{:<53}", &records[movement][2..10], "more"));
    records.splice(movement + 1..movement + 1, vec![continued.as_str(); 200]);
    let narrative = format!(":20:1\n:25:1\n:61:2603010301C1,NTRFX\n{}-\n", ":86:a line of text\n".repeat(5000));
    let memo = format!("!Type:Bank\nD2026-03-01\nT1\n{}^\n", "Aan address\n".repeat(8000));
    for (format, text, lost) in [
        ("camt053", batch.as_str(), false),
        ("coda", &records.join("\n"), true),
        ("mt940", &narrative, true),
        ("qif", &memo, false),
    ] {
        let options = Options { format: Some(Format::named(format).unwrap()), ..Options::default() };
        let file = formats::read_all_with(text.as_bytes(), &options).unwrap();
        let raw = &file.statements[0].entries[0].raw;
        assert!(raw.ends_with("[the rest of this text was not kept]"), "{format}");
        let defect = file.defects.iter().any(|defect| defect.rule == "a movement has more text than is kept");
        let warning = file.summary.warnings.iter().any(|warning| warning.contains("was too long to keep"));
        assert_eq!((defect, warning), (lost, !lost), "{format}");
    }
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
