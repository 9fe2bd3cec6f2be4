//! The books as a cron job uses them: no server of theirs runs, a person opens an address once, and from then on each run
//! says by its exit code how everything stands.

use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use app::story::{Places, Silence, Story, Truth};
use outbound::{Door, Limits, Network};
use serde_json::Value;

use crate::processes::{Folder, Party, free_ports};

struct Shell {
    settings: Vec<String>,
}

impl Shell {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_passerelle"));
        command.arg("books").args(arguments).args(&self.settings).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    fn sync(&self) -> (i32, Value) {
        let (code, told, said) = self.run(&["sync", "--json"]);
        (code, serde_json::from_str(&told).unwrap_or_else(|_| panic!("{told}{said}")))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cron_job_needs_no_pages() {
    let folder = Folder::new("headless");
    let [hub, books, sandbox] = free_ports::<3>();
    let url = |port: u16| format!("http://localhost:{port}");
    let settings = [
        ("--data", folder.path().to_owned()),
        ("--hub-listen", format!("127.0.0.1:{hub}")),
        ("--books-listen", format!("127.0.0.1:{books}")),
        ("--sandbox-listen", format!("127.0.0.1:{sandbox}")),
        ("--hub-sandbox-url", url(sandbox)),
        ("--hub-throttle-seconds", "0".to_owned()),
        ("--allow-private-addresses", "true".to_owned()),
    ];
    let settings: Vec<String> = settings.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value]).collect();
    let party = |name: &[&str]| {
        Party::start(name.iter().map(|one| (*one).to_owned()).chain(settings.iter().cloned()).collect())
    };
    let (_banks, mut at_hub) = (party(&["sandbox", "--transactions", "300"]), party(&["hub"]));
    let door: Door = Arc::new(Network::new(Limits { allow_private_addresses: true, ..Limits::default() }));
    let mail = std::path::Path::new(folder.path()).join("mail");
    let mut story = Story::new(Places { hub: url(hub), books: url(books), sandbox: url(sandbox), mail }, door.clone());
    story = story.patient(60_000);
    story.gather(&mut Silence).await.unwrap();
    let shell = Shell { settings };
    let (code, told) = shell.sync();
    assert_eq!((code, told["standing"].as_str()), (3, Some("person")), "nothing is connected: {told}");

    let connect = ["connect", "meuse", "--company", "Atelier", "--new-company", "--link", "all", "--json"];
    let mut child = shell.command(&connect).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let open: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    let page = story.consent_at(open["open"].as_str().unwrap()).await.unwrap();
    assert!(page.contains("go back to the terminal"), "{page}");
    let connected: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert!(child.wait().unwrap().success(), "{connected}");
    let accounts: Vec<_> = story.accounts().cloned().collect();
    assert_eq!(connected["accounts"].as_array().unwrap().len(), accounts.len());

    let (code, told) = shell.sync();
    assert_eq!(code, 0, "{told}");
    let mut held = 0;
    for account in &accounts {
        held += Truth::new(&door, &url(sandbox)).rows(account).await.unwrap().len();
    }
    let journals = told["companies"][0]["journals"].as_array().unwrap().clone();
    let sum = |of: fn(&Value) -> &Value| journals.iter().map(|one| of(one).as_i64().unwrap()).sum::<i64>();
    assert_eq!((sum(|one| &one["lines"]), sum(|one| &one["changes"]["new"])), (held as i64, held as i64));
    assert!(journals.iter().all(|journal| journal["proof"] == "proven"), "{journals:?}");

    // Beside running books: the same command, and it is they who do the work.
    let served = Party::start(["books".to_owned()].into_iter().chain(shell.settings.iter().cloned()).collect());
    Truth::new(&door, &url(sandbox)).book_late(&accounts[0], 2).await.unwrap();
    let (code, told) = shell.sync();
    let new: i64 = told["companies"][0]["journals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["changes"]["new"].as_i64().unwrap())
        .sum();
    assert_eq!((code, new), (0, 2), "{told}");
    drop(served);

    let (code, csv, _) = shell.run(&["export", "--company", "Atelier", "--journal", "BNK1"]);
    let lines = journals.iter().find(|one| one["code"] == "BNK1").unwrap()["lines"].as_u64().unwrap();
    assert!(code == 0 && csv.lines().count() as u64 > lines, "a head and every line");
    let (code, _, said) = shell.run(&["sync", "--journal", "BNK9"]);
    assert!(code == 2 && said.contains("there is no journal 'BNK9'"), "{said}");
    // The hub is down: it is tried again by itself.
    at_hub.kill();
    let (code, told) = shell.sync();
    assert_eq!((code, told["standing"].as_str()), (4, Some("later")), "{told}");
    let (code, _, _) = shell.run(&["status"]);
    assert_eq!(code, 4, "and remembered");
}
