//! `passerelle hub admin …` as an operator types it.

use std::process::Command;

use crate::processes::Folder;

const LYS: &str = "0192f000-0000-7000-8000-0000000000a2";
const MEUSE: &str = "0192f000-0000-7000-8000-0000000000a1";

/// Runs a command and gives its exit code and what it said.
fn admin(folder: &Folder, words: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passerelle"));
    command.args(["hub", "admin"]).args(words);
    let settings = ["--data", folder.path(), "--hub-sandbox-url", "http://localhost:9", "--log-level", "error"];
    let output = command.args(settings).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout) + &text(&output.stderr))
}

fn line<'a>(said: &'a str, id: &str) -> Vec<&'a str> {
    let found = said.lines().find(|line| line.starts_with(id));
    found.unwrap_or_else(|| panic!("{id} in {said}")).split('\t').collect()
}

#[test]
fn institutions_are_promoted_stopped_replaced_and_restored() {
    let folder = Folder::new("admin-institutions");
    let list = || admin(&folder, &["institutions", "list"]).1;
    assert_eq!(line(&list(), LYS)[1..5], ["beta", "0 in 30 days", "-", "0 reports"]);
    let (code, said) = admin(&folder, &["institutions", "promote", LYS]);
    assert!(code == 0 && said.contains("is stable"), "{said}");
    assert_eq!(line(&list(), LYS)[1], "stable");
    admin(&folder, &["institutions", "maintenance", LYS, "--by", "hub"]);
    assert_eq!(line(&list(), LYS)[1], "maintenance");
    admin(&folder, &["institutions", "deprecate", LYS, "--successor", MEUSE]);
    assert_eq!(line(&list(), LYS)[1], "deprecated");
    admin(&folder, &["institutions", "restore", LYS]);
    assert_eq!(line(&list(), LYS)[1], "beta");
    for wrong in [
        ["institutions", "restore", LYS].as_slice(),
        &["institutions", "promote", "0192f000-0000-7000-8000-00000000dead"],
        &["institutions", "deprecate", LYS, "--successor", LYS],
        &["institutions", "maintenance", LYS, "--by", "nobody"],
        &["institutions", "close", LYS],
        &["jobs", "retry", LYS],
        &["users", "log-out", "nobody@example.com"],
    ] {
        let (code, said) = admin(&folder, wrong);
        assert!(code == 2 && !said.is_empty(), "{wrong:?}: {said}");
    }
}

#[test]
fn keys_rotate_in_steps_that_never_lock_anybody_out() {
    let folder = Folder::new("admin-keys");
    let (_, webhook) = admin(&folder, &["keys", "rotate-webhook"]);
    assert!(webhook.contains("signs from"), "{webhook}");
    let list = || admin(&folder, &["keys", "list"]).1;
    let old = list().split('\t').next().unwrap().to_owned();
    assert_eq!(line(&list(), &old)[1..], ["1 secrets", "seals"]);
    admin(&folder, &["keys", "rotate"]);
    let new = list().lines().last().unwrap().split('\t').next().unwrap().to_owned();
    let (code, said) = admin(&folder, &["keys", "remove", &old]);
    assert!(code == 2 && said.contains("seal-again"), "{said}");
    assert!(admin(&folder, &["keys", "seal-again"]).1.starts_with("1 secrets"));
    assert_eq!(line(&list(), &new)[1..], ["1 secrets", "seals"]);
    assert_eq!(admin(&folder, &["keys", "remove", &old]).0, 0);
    assert!(!list().contains(&old));
    for nothing in [["users", "list"], ["organizations", "list"], ["jobs", "list"], ["audit", "verify"]] {
        assert_eq!(admin(&folder, &nothing), (0, String::new()), "{nothing:?}");
    }
    for nothing in ["figures", "demand", "silent", "reports"] {
        assert_eq!(admin(&folder, &["institutions", nothing]), (0, String::new()), "{nothing}");
    }
}
