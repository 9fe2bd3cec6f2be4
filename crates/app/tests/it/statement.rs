//! `passerelle statement` from outside: exit codes, the JSON that programs read, conversion, and the progress bar.

use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::processes::Folder;

fn statement(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_passerelle")).arg("statement").args(arguments).output().unwrap()
}

fn fixture(name: &str) -> String {
    format!("../formats/fixtures/{name}")
}

fn checked(arguments: &[&str]) -> (i32, Vec<Value>, String) {
    let output = statement(&[&["check", "--json"], arguments].concat());
    let lines = String::from_utf8(output.stdout).unwrap();
    let objects = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (output.status.code().unwrap(), objects, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_exit_code_is_that_of_the_worst_file() {
    let proven = fixture("camt053/happy-053-08/in.xml");
    let unproven = fixture("ofx/unproven-happy-1-sgml/in.ofx");
    let broken = fixture("camt053/broken-difference/in.xml");
    let defective = fixture("camt053/missing-dates-over-several-days/in.xml");
    let refused = fixture("camt053/refused-html/in.xml");
    for (files, code) in [
        (vec![proven.as_str()], 0),
        (vec![&unproven, &proven], 0),
        (vec![&proven, &broken, &proven], 1),
        (vec![&defective], 1),
        (vec![&broken, &refused, &proven], 2),
        (vec!["/nowhere.xml"], 2),
        (vec!["/"], 2),
    ] {
        let (got, objects, said) = checked(&files);
        assert_eq!(got, code, "{files:?}: {said}");
        assert_eq!(objects.len(), files.len(), "one object a file");
        assert_eq!(statement(&[&["check"], files.as_slice()].concat()).status.code(), Some(code), "{files:?}");
    }
}

#[test]
fn programs_read_one_object_a_file() {
    let file = fixture("camt053/happy-053-08/in.xml");
    let (_, objects, said) = checked(&[&file]);
    let wanted = json!({
        "file": file, "format": "camt.053", "version": "001.08", "encoding": "utf-8", "warnings": [],
        "statements": [{
            "account": "BE68539007547034", "currency": "EUR", "number": "42",
            "opening": {"date": "2026-03-01", "amount": "1000.00"},
            "closing": {"date": "2026-03-01", "amount": "1138.00"},
            "count": 2, "sum": "138.00", "proof": "proven",
        }],
        "defects": [],
    });
    assert_eq!((objects, said.as_str()), (vec![wanted], ""));

    let (_, objects, _) = checked(&[&fixture("camt053/broken-difference/in.xml")]);
    let proof = objects[0]["statements"][0]["proof"].as_str().unwrap();
    assert!(proof.starts_with("broken(") && proof.ends_with(')'), "{proof}");

    let (_, objects, said) = checked(&[&fixture("camt053/refused-html/in.xml")]);
    let sentence = objects[0]["error"].as_str().unwrap();
    assert!(said.contains(sentence) && sentence.contains("this is not a bank statement"), "{said}");
    for (field, wanted) in [("format", Value::Null), ("version", Value::Null), ("statements", json!([]))] {
        assert_eq!(objects[0][field], wanted, "{field}");
    }
    assert_eq!(objects[0]["defects"], json!([{"path": "", "value": "", "rule": sentence}]));
}

/// A CODA file with one statement of `number`, without movements, from one balance (in cents) to another.
fn coda(number: u32, day: &str, opening: u32, closing: u32) -> String {
    let account = format!("{:<37}", "BE68539007547034                  EUR");
    let movement =
        format!("2100010000{:<21}0{:012}000{day}001500000{:<53}{day}{number:03}0 0", "REF", closing - opening, "");
    let movement = format!("{movement:<128}");
    let digits = |cents: u32| format!("0{:015}", cents * 10);
    let lines = [
        format!(
            "{:<127}2",
            format!("00000{day}00005        FILEREF001ATELIER DUMONT SRL        MEUSBEBB   00538839354 00000")
        ),
        format!("{:<125}{number:03}", format!("12{number:03}{account}{}{day}ATELIER DUMONT SRL", digits(opening))),
        movement.replacen(&format!("0{:012}000", closing - opening), &digits(closing - opening), 1),
        format!("{:<127}0", format!("8{number:03}{account}{}{day}", digits(closing))),
        format!("{:<127}2", format!("9{:<15}000003{:015}{:015}", "", 0, (closing - opening) * 10)),
    ];
    lines.join("\r\n") + "\r\n"
}

#[test]
fn files_of_one_account_are_held_against_each_other() {
    let folder = Folder::new("sequence");
    let write = |name: &str, text: &str| {
        let path = format!("{}/{name}", folder.path());
        std::fs::write(&path, text).unwrap();
        path
    };
    let first = write("first.cod", &coda(12, "020326", 100, 150));
    let second = write("second.cod", &coda(13, "030326", 150, 160));
    let third = write("third.cod", &coda(15, "050326", 180, 200));
    let (code, objects, said) = checked(&[&second, &first]);
    assert_eq!((code, said.as_str()), (0, ""), "{objects:?}");
    assert!(objects.iter().all(|object| object["warnings"] == json!([])), "{objects:?}");

    let (code, objects, _) = checked(&[&third, "/nowhere.cod", &second, &first]);
    let gap = format!(
        "BE68539007547034: statement 14 is missing between {second} and {third}; the one before closes at 1.60, the one \
         behind opens at 1.80"
    );
    assert_eq!((code, &objects[0]["warnings"]), (2, &json!([gap])), "each statement adds up: a gap is no defect");
    assert_eq!(objects[2]["warnings"], json!([]));
    let text = String::from_utf8(statement(&["check", &first, &third]).stdout).unwrap();
    assert!(text.contains("note: BE68539007547034: the statements 13 to 14 are missing"), "{text}");
}

#[test]
fn pages_in_several_files_are_judged_together() {
    let folder = Folder::new("pages");
    let text = std::fs::read_to_string(fixture("camt053/pages-of-the-message/in.xml")).unwrap();
    // Each message becomes a file of its own.
    let at = text.rfind("  <BkToCstmrStmt>").unwrap();
    let head = &text[..text.find("  <BkToCstmrStmt>").unwrap()];
    let (first, second) = (format!("{}/1.xml", folder.path()), format!("{}/2.xml", folder.path()));
    std::fs::write(&first, format!("{}</Document>", &text[..at])).unwrap();
    std::fs::write(&second, format!("{head}{}", &text[at..])).unwrap();
    let proofs = |objects: &[Value]| -> Vec<Value> {
        let statements = objects.iter().flat_map(|object| object["statements"].as_array().unwrap().clone());
        statements.map(|statement| statement["proof"].clone()).collect()
    };
    assert_eq!(proofs(&checked(&[&first]).1), ["proven", "unproven"]);
    assert_eq!(proofs(&checked(&[&second]).1), ["unproven"]);
    assert_eq!(proofs(&checked(&[&second, &first]).1), ["proven", "proven", "proven"]);
}

#[test]
fn a_file_that_is_read_is_not_written_over() {
    let folder = Folder::new("over");
    let file = format!("{}/in.xml", folder.path());
    let before = std::fs::read(fixture("camt053/happy-053-08/in.xml")).unwrap();
    std::fs::write(&file, &before).unwrap();
    let roundabout = format!("{}/../{}/in.xml", folder.path(), folder.path().rsplit('/').next().unwrap());
    let output = statement(&["convert", "--to", "json", "--out", &roundabout, &file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is one of the files to read"), "{output:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn every_format_is_written_from_the_command_line() {
    let folder = Folder::new("convert");
    let file = fixture("camt053/happy-053-08/in.xml");
    for to in ["camt053", "mt940", "coda", "ofx", "csv", "json"] {
        let out = format!("{}/out.{to}", folder.path());
        let output = statement(&["convert", "--to", to, "--out", &out, &file]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let (code, objects, _) = checked(&[&out]);
        assert_eq!((code, &objects[0]["statements"][0]["sum"]), (0, &json!("138.00")), "{to}");
        let piped = statement(&["convert", "--to", to, &file]);
        assert_eq!(piped.stdout, std::fs::read(&out).unwrap(), "{to}");
    }
    let output = statement(&["convert", "--to", "qif", &file]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("can be read but not written"));
}

/// A file of more than 5 MB; `script` gives the program a terminal.
#[test]
fn a_long_file_has_a_progress_bar_on_a_terminal_only() {
    let folder = Folder::new("progress");
    let file = format!("{}/long.sta", folder.path());
    let narrative = "x".repeat(60_000);
    let entries = 100;
    let head = ":20:X\n:25:BE68539007547034\n:28C:1\n:60F:C260301EUR0,\n";
    let entry = format!(":61:2603020302C1,NTRFNONREF\n:86:{narrative}\n");
    std::fs::write(&file, format!("{head}{}:62F:C260302EUR{entries},\n-\n", entry.repeat(entries))).unwrap();
    assert!(std::fs::metadata(&file).unwrap().len() > 5_000_000);

    let (code, _, said) = checked(&[&file]);
    assert_eq!((code, said.as_str()), (0, ""), "nothing is drawn where nobody watches");

    let command = format!("{} statement check {file}", env!("CARGO_BIN_EXE_passerelle"));
    let watched = Command::new("script").args(["-qec", &command, "/dev/null"]).env("TERM", "xterm").output().unwrap();
    let drawn = String::from_utf8_lossy(&watched.stdout);
    assert!(drawn.contains("proven") && drawn.contains("\u{1b}["), "{drawn:?}");
}
