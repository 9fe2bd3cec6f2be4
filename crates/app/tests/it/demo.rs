//! The demo as a person runs it who keeps its folder.

use std::process::Command;

use db::Db;
use serde_json::Value;

use crate::processes::Folder;

/// Tells the story on a folder with free ports, to its end.
fn told(folder: &Folder, databases: &[String]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_passerelle"))
        .args(["demo", "--exit", "--json", "--transactions", "200", "--data", folder.path(), "--log-level", "error"])
        .args(databases)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// The second run has other ports, another day's mail would name the first ones, and everything is there already.
#[test]
fn a_second_run_on_the_same_folder_goes_on_where_the_first_ended() {
    let folder = Folder::new("demo");
    let (first, second) = (told(&folder, &[]), told(&folder, &[]));
    let count = |report: &Value, name: &str| report[name].as_u64().unwrap();
    for report in [&first, &second] {
        assert_eq!(report["resync_new_lines"], serde_json::json!([3, 0]), "{report}");
        assert_eq!(count(report, "accounts_linked"), count(report, "accounts_authorized"), "{report}");
        assert_eq!(count(report, "ledger_lines"), count(report, "bank_transactions"), "{report}");
    }
    assert_eq!(count(&second, "bank_transactions"), count(&first, "bank_transactions") + 3, "the late ones of today");
    assert_ne!(first["hub_url"], second["hub_url"], "free ports are taken each time");
}

/// One setting a party, and the same story.
#[tokio::test]
async fn a_demo_on_postgresql_tells_the_same_story() {
    let Ok(server) = std::env::var("PASSERELLE_TEST_POSTGRES") else {
        println!("PASSERELLE_TEST_POSTGRES names no server: the demo on PostgreSQL is left out of this run");
        return;
    };
    let administration = Db::open(&server).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let mut databases = Vec::new();
    for party in ["hub", "books"] {
        let name = format!("demo_{party}_{}", std::process::id());
        administration.create_database(&name).await.unwrap();
        databases.extend([format!("--{party}-database"), format!("{base}/{name}")]);
    }
    let folder = Folder::new("demo-postgres");
    let report = told(&folder, &databases);
    for name in ["hub_transactions", "book_lines", "ledger_lines"] {
        assert_eq!(report[name], report["bank_transactions"], "{name}: {report}");
    }
    assert_eq!(report["resync_new_lines"], serde_json::json!([3, 0]), "{report}");
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let sqlite: Vec<_> = files.filter(|name| name.to_string_lossy().contains("sqlite")).collect();
    assert!(sqlite.is_empty(), "nothing was kept in a file: {sqlite:?}");
}
