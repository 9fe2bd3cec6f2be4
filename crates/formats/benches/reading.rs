//! How fast files are read: `cargo bench -p formats [entries]`.
//!
//! camt.053 is measured against a bare `quick-xml` event loop over the same bytes, in the same run; the other formats
//! in megabytes a second. Nothing is asserted: numbers depend on the machine, ratios hardly. Times are those of the processor.
//!
//! MT940, CODA, OFX and CSV are measured against two things that no reader into our model can leave out: having every
//! line in hand, and having the memory for every text of an entry. Name formats to measure only those.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a benchmark reads the clock")]

use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use domain::{
    AccountReference, Balance, BalanceKind, Currency, Date, Details, Entry, Iban, Money, Party, Statement,
    StructuredReference, ToSpan, Transaction,
};
use formats::{Format, Options, Sink};

/// Runs of each measurement; the fastest counts, because all else is noise of the machine.
const RUNS: usize = 7;

struct Nothing(u64);

impl Sink for Nothing {
    fn entry(&mut self, entry: Entry) {
        self.0 += 1;
        black_box(entry);
    }

    fn defect(&mut self, defect: domain::Defect) {
        panic!("a generated file has a defect: {defect:?}");
    }
}

/// A statement as a company of some size has it: transfers and direct debits with names, references and texts.
fn statement(entries: usize) -> Statement {
    let currency = Currency::EUR;
    let first = Date::constant(2026, 1, 1);
    let iban = |n: usize| Iban::from_national("BE", &format!("{:012}", 539_007_547_034 + n)).expect("12 digits");
    let entries: Vec<Entry> = (0..entries)
        .map(|n| {
            let minor = i64::try_from(n % 100_000).expect("below 100000") * if n % 3 == 0 { -1 } else { 1 };
            let day = first + i64::try_from(n % 28).expect("below 28").days();
            let ten = n % 1_000_000_000;
            let check = if ten % 97 == 0 { 97 } else { ten % 97 };
            Entry {
                transaction: Transaction {
                    booked_on: day,
                    value_on: Some(day),
                    amount: Money::new(minor, currency),
                    details: Details {
                        counterparty: Party {
                            name: Some(format!("Customer number {n} of Ghent")),
                            account: Some(iban(n % 5000).to_string()),
                            bic: Some("GKCCBEBB".into()),
                        },
                        remittance: if n % 2 == 0 { vec![format!("invoice 2026-{n} with thanks")] } else { Vec::new() },
                        structured: (n % 2 == 1).then(|| StructuredReference::Ogm(format!("{ten:010}{check:02}"))),
                        end_to_end_id: Some(format!("E2E-{n}")),
                        bank_id: Some(format!("B{n}")),
                        bank_transaction_code: Some("PMNT-RCDT-ESCT".into()),
                        ..Details::default()
                    },
                },
                position: u32::try_from(n + 1).expect("fewer entries than that"),
                raw: String::new(),
                parts: Vec::new(),
            }
        })
        .collect();
    let sum: i64 = entries.iter().map(|entry| entry.transaction.amount.minor()).sum();
    let balance = |kind, minor| Balance { kind, date: first, amount: Money::new(minor, currency) };
    Statement {
        account: AccountReference::Iban(iban(0)),
        currency,
        id: Some("BENCH".into()),
        number: Some("1".into()),
        period: None,
        holder: Some("Atelier Dumont SRL".into()),
        servicer_bic: Some("MEUSBEBB".into()),
        opening: Some(balance(BalanceKind::OpeningBooked, 0)),
        closing: Some(balance(BalanceKind::ClosingBooked, sum)),
        other_balances: Vec::new(),
        entries,
        pages: None,
    }
}

/// Nanoseconds that this thread has had a processor, where Linux tells; else those that went by. What others do on the
/// machine counts less so.
fn clock(begun: Instant) -> u128 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let running = told.as_deref().and_then(|text| text.split_whitespace().next()?.parse().ok());
    running.unwrap_or_else(|| begun.elapsed().as_nanos())
}

/// Microseconds of the fastest run.
fn fastest(mut run: impl FnMut()) -> u128 {
    let begun = Instant::now();
    (0..RUNS)
        .map(|_| {
            let before = clock(begun);
            run();
            (clock(begun) - before) / 1000
        })
        .min()
        .expect("there are runs")
        .max(1)
}

/// What any reader of XML has to do at least.
fn bare_loop(bytes: &[u8]) -> u64 {
    let mut reader = quick_xml::Reader::from_reader(BufReader::with_capacity(64 * 1024, bytes));
    let mut buffer = Vec::new();
    let mut events = 0;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).expect("the generated XML is well formed");
        if matches!(event, quick_xml::events::Event::Eof) {
            return events;
        }
        black_box(&event);
        events += 1;
    }
}

/// What any reader of lines has to do at least: find their ends and have each of them in hand.
fn bare_lines(bytes: &[u8]) -> usize {
    let mut reader = BufReader::with_capacity(64 * 1024, bytes);
    let mut line = Vec::new();
    let mut lines = 0;
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line).expect("memory can be read") == 0 {
            return lines;
        }
        black_box(&line);
        lines += 1;
    }
}

/// What any reader into our model has to do at least: have the memory for the texts of an entry, fill it, give it back.
/// Copying an entry does that and nothing else.
fn bare_values(entries: &[Entry]) {
    for entry in entries {
        black_box(entry.clone());
    }
}

fn main() {
    let entries = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| Format::named(arg).is_some()).collect();
    let statement = statement(entries);
    println!("{entries} entries, best of {RUNS} runs");
    for name in ["camt053", "mt940", "coda", "ofx", "csv"] {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            measure(name, &statement);
        }
    }
}

fn measure(name: &str, statement: &Statement) {
    let format = Format::named(name).expect("the format is in the table");
    let bytes = format.write(std::slice::from_ref(statement)).expect("the statement can be written").bytes;
    let micros = fastest(|| {
        let mut nothing = Nothing(0);
        let mut input = BufReader::with_capacity(64 * 1024, bytes.as_slice());
        let summary = formats::read(&mut input, &Options::default(), &mut nothing).expect("what we write is read");
        assert_eq!((summary.defects, nothing.0), (0, statement.entries.len() as u64));
    });
    let length = bytes.len() as u128;
    println!("{name:8} {:4} MB in {:5} ms: {:4} MB/s", length / 1_000_000, micros / 1000, length / micros);
    let times = |bound: u128| format!("{}.{:02}", micros / bound, micros * 100 / bound % 100);
    if name == "camt053" {
        let bare = fastest(|| {
            black_box(bare_loop(&bytes));
        });
        println!("         bare quick-xml events: {:5} ms, so reading takes {} times that", bare / 1000, times(bare));
        return;
    }
    let lines = fastest(|| {
        black_box(bare_lines(&bytes));
    });
    let read = formats::read_all(&bytes).expect("what we write is read").statements;
    let values = fastest(|| bare_values(&read[0].entries));
    println!(
        "         bare lines {} ms, bare values {} ms ({} MB/s together), so reading takes {} times both",
        lines / 1000,
        values / 1000,
        length / (lines + values),
        times(lines + values)
    );
}
