//! What a person sees who starts the program wrongly: one clear sentence, and exit code 2.

use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::processes::Folder;

fn passerelle(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passerelle"));
    command.args(arguments).output().unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = passerelle(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    said
}

#[test]
fn a_busy_port_is_one_sentence() {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = held.local_addr().unwrap().to_string();
    let folder = Folder::new("busy");
    let said = refused(&["hub", "--data", folder.path(), "--hub-listen", &address]);
    assert!(said.contains(&address) && said.contains("another program listens there"), "{said}");
}

#[test]
fn a_wrong_flag_and_a_wrong_variable_are_named() {
    let said = refused(&["serve", "--hub-database", "mysql://x"]);
    assert!(said.starts_with("--hub-database:"), "{said}");
    let output = Command::new(env!("CARGO_BIN_EXE_passerelle"))
        .arg("check-config")
        .env("PASSERELLE_HUB_LISTEN", "nowhere")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("PASSERELLE_HUB_LISTEN:"));
    let output = Command::new(env!("CARGO_BIN_EXE_passerelle"))
        .arg("check-config")
        .env("PASSERELLE_HUB_LITSEN", "127.0.0.1:1")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("PASSERELLE_HUB_LITSEN:") && said.contains("mean PASSERELLE_HUB_LISTEN?"), "{said}");
}

#[test]
fn a_log_in_a_file_has_words_and_no_colours() {
    let folder = Folder::new("log");
    let path = Path::new(folder.path()).join("log");
    let mut banks = Command::new(env!("CARGO_BIN_EXE_passerelle"))
        .args(["sandbox", "--data", folder.path(), "--sandbox-listen", "127.0.0.1:0", "--transactions", "10"])
        .stdout(Stdio::null())
        .stderr(File::create(&path).unwrap())
        .spawn()
        .unwrap();
    let written = || std::fs::read_to_string(&path).unwrap();
    let looked = (0..600).find(|_| {
        std::thread::sleep(Duration::from_millis(50));
        written().contains("the simulated banks listen")
    });
    banks.kill().unwrap();
    banks.wait().unwrap();
    assert!(looked.is_some() && !written().contains('\u{1b}'), "{}", written());
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let said = refused(&["check-config", "--config", "/nowhere/passerelle.toml"]);
    assert!(said.contains("/nowhere/passerelle.toml"), "{said}");
    let folder = Folder::new("missing");
    let said =
        refused(&["sandbox", "--data", folder.path(), "--sandbox-listen", "127.0.0.1:0", "--load", "/nowhere.xml"]);
    assert!(said.contains("/nowhere.xml"), "{said}");
}

#[test]
fn an_application_is_registered_kept_and_given_another_secret() {
    let folder = Folder::new("application");
    let register = |more: &[&str]| {
        let first = ["application", "--data", folder.path(), "--client-id", "ledger", "--name", "Ledger"];
        let output = passerelle(&[&first, more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let back = ["--redirect-uri", "https://ledger.example/back"];
    let made = register(&back);
    assert!(made.contains("client id      ledger\nclient secret  ") && made.contains("shown this once"), "{made}");
    let hook = ["--redirect-uri", "https://ledger.example/other", "--webhook", "https://ledger.example/hook"];
    assert!(register(&hook).contains("client secret  as before"));
    let renewed = register(&[&back[..], &["--new-secret"]].concat());
    assert!(renewed.contains("shown this once") && renewed != made, "{renewed}");
    assert!(register(&[&back[..], &["--native"]].concat()).contains("must use PKCE"));
    let first = ["application", "--data", folder.path(), "--client-id", "ledger", "--name", "Ledger"];
    let said = refused(&[&first[..], &["--redirect-uri", "http://ledger.example/back"]].concat());
    assert!(said.contains("'http://ledger.example/back'") && said.contains("https"), "{said}");
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let said = refused(&["serve", "--data", "/proc/passerelle", "--hub-listen", "127.0.0.1:0"]);
    assert!(said.contains("/proc/passerelle"), "{said}");
}

#[test]
fn every_mistake_of_a_settings_file_is_named_by_its_line() {
    let folder = Folder::new("config");
    let path = format!("{}/passerelle.toml", folder.path());
    std::fs::write(
        &path,
        "[hub]\nlisten = \"127.0.0.1:8400\"\npublic_ulr = \"https://hub.example.org\"\n[books]\nlisten = 5\n",
    )
    .unwrap();
    let output = passerelle(&["check-config", "--config", &path]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    let lines: Vec<&str> = said.lines().map(|line| line.strip_prefix(&path).unwrap()).collect();
    assert_eq!(lines[0], ":3: there is no setting hub.public_ulr; did you mean hub.public_url?");
    assert!(lines[1].starts_with(":5: '5' is not an address"), "{said}");
}

#[test]
fn the_operator_bills_by_command() {
    let folder = Folder::new("billing");
    let admin = |arguments: &[&str]| {
        passerelle(&[&["hub", "admin", "billing"], arguments, &["--data", folder.path()]].concat())
    };
    let said = String::from_utf8(admin(&["run"]).stderr).unwrap();
    assert!(said.contains("hub.seller_name") && said.trim_end().lines().count() == 1, "{said}");
    let listed = admin(&["list", "--all"]);
    assert!(listed.status.success() && String::from_utf8(listed.stdout).unwrap().ends_with("0 documents\n"));
    let listed = admin(&["debits"]);
    assert!(listed.status.success() && listed.stdout == b"0 SEPA files\n", "{listed:?}");
    for (arguments, want) in [
        (&["pay", "2026-000001"][..], "there is no invoice or credit note 2026-000001"),
        (&["credit", "2026-000001"], "there is no invoice or credit note 2026-000001"),
        (&["debits", "DD-1"], "there is no SEPA file DD-1"),
        (&["payer", "--client-id", "nobody", "--each"], "no certified application with the client id 'nobody'"),
    ] {
        let output = admin(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains(want), "{said}");
    }
    let file = std::path::Path::new(folder.path()).join("debits.xml");
    let output = admin(&["collect", "--on", "2126-01-01", "--out", file.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("hub.seller_creditor_id") && !file.exists(), "nothing is left behind: {said}");
}

#[test]
fn a_database_that_cannot_be_opened_is_said_once_with_what_to_do() {
    let folder = Folder::new("database");
    let hub = ["hub", "--data", folder.path(), "--hub-listen", "127.0.0.1:0"];
    let said = refused(&[&hub[..], &["--hub-database", "postgres://hub:secret@127.0.0.1:1/hub"]].concat());
    assert!(said.contains("no PostgreSQL answers at 127.0.0.1:1") && said.contains("start it"), "{said}");
    assert!(said.contains("setting hub.database") && !said.contains("secret"), "{said}");
    assert_eq!(said.matches("refused").count(), 1, "{said}");

    std::fs::write(Path::new(folder.path()).join("hub.sqlite"), "no database at all, ".repeat(300)).unwrap();
    let said = refused(&hub);
    assert_eq!(said.matches("no SQLite database").count(), 1, "{said}");
    assert!(said.contains("hub.sqlite") && said.contains("restore it from its backup"), "{said}");

    let nowhere = format!("sqlite:{}/missing/hub.sqlite", folder.path());
    let said = refused(&[&hub[..], &["--hub-database", &nowhere]].concat());
    assert!(said.contains("see that its folder exists") && !said.contains("code:"), "{said}");

    std::fs::write(Path::new(folder.path()).join("hub.keys"), "nonsense").unwrap();
    let keys = Command::new("chmod").arg("600").arg(Path::new(folder.path()).join("hub.keys")).status().unwrap();
    assert!(keys.success());
    std::fs::remove_file(Path::new(folder.path()).join("hub.sqlite")).unwrap();
    let said = refused(&hub);
    assert!(said.contains("line 1 of the key file") && !said.contains("open its database"), "{said}");
}

#[test]
fn a_data_folder_that_cannot_be_written_to_is_said_before_any_database_is() {
    let said = refused(&["hub", "--data", "/proc", "--hub-listen", "127.0.0.1:0"]);
    assert!(said.contains("the data folder /proc cannot be used") && said.contains("choose another"), "{said}");
    assert!(!said.contains("database"), "{said}");
}
