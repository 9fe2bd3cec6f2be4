//! What every fuzz target does with its bytes: read them as one format, and check what always holds.

use formats::{Format, Options};

/// Reads and, when that gives statements, writes and reads them again as JSON, which carries everything.
pub fn read_as(name: &str, bytes: &[u8]) {
    let format = Format::named(name).expect("a target is named for its format");
    let options = Options { format: Some(format), ..Options::default() };
    let Ok(file) = formats::read_all_with(bytes, &options) else { return };
    assert_eq!(file.statements.len(), file.summary.statements.len());
    for (statement, summary) in file.statements.iter().zip(&file.summary.statements) {
        assert!(statement.entries.len() as u64 <= summary.count, "an entry is never read twice");
        let amounts = statement.entries.iter().map(|entry| entry.transaction.amount);
        assert!(amounts.count() <= bytes.len(), "no more entries than bytes");
    }
    let json = Format::named("json").expect("JSON is in the table");
    let written = json.write(&file.statements).expect("JSON carries everything").bytes;
    if !file.statements.is_empty() {
        let again = formats::read_all(&written).expect("what we write is read");
        let proofs = |file: &formats::File| file.statements.iter().map(|s| s.entries.len()).collect::<Vec<_>>();
        assert_eq!(proofs(&again), proofs(&file));
    }
}
