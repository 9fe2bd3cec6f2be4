//! Three hub processes on one PostgreSQL share the work through leases; one is killed in the middle. There is no
//! leader to lose, nothing is lost, and nothing is done twice in effect.

use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use app::story::{Places, Silence, Story};
use db::Db;
use outbound::{Door, Limits, Network};

use crate::processes::{Folder, free_ports};

const HUBS: usize = 3;

/// A process that is ended with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // One that is gone already needs no end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[String], log: &str) -> Process {
    let log = File::create(log).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_passerelle"));
    command.args(arguments).args(["--log-level", "info"]);
    Process(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap())
}

/// How many synchronizations a hub's log says that it did.
fn synchronizations(log: &str) -> usize {
    std::fs::read_to_string(log).unwrap_or_default().matches("synchronization ended").count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hubs_share_one_database_and_one_dies() {
    let Ok(server) = std::env::var("PASSERELLE_TEST_POSTGRES") else {
        println!("PASSERELLE_TEST_POSTGRES names no server: the hubs that share one database are left out of this run");
        return;
    };
    let name = format!("shared_{}", std::process::id());
    Db::open(&server).await.unwrap().create_database(&name).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let folder = Folder::new("shared");
    let [sandbox, books, first, second, third] = free_ports::<5>();
    let url = |port: u16| format!("http://localhost:{port}");
    let common = |party: &str, listen: u16| {
        let settings = [
            ("--data", folder.path().to_owned()),
            ("--hub-database", format!("{base}/{name}")),
            ("--hub-public-url", url(first)),
            ("--hub-sandbox-url", url(sandbox)),
            ("--hub-throttle-seconds", "0".to_owned()),
            ("--hub-listen", format!("127.0.0.1:{listen}")),
            ("--books-listen", format!("127.0.0.1:{books}")),
            ("--books-hub-url", url(first)),
            ("--sandbox-listen", format!("127.0.0.1:{sandbox}")),
            ("--allow-private-addresses", "true".to_owned()),
        ];
        let settings = settings.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value]);
        [party.to_owned()].into_iter().chain(settings).collect::<Vec<String>>()
    };
    let log = |name: &str| format!("{}/{name}.log", folder.path());
    let mut banks = common("sandbox", first);
    banks.extend(["--transactions".to_owned(), "3000".to_owned()]);
    let _banks = start(&banks, &log("sandbox"));
    let mut hubs = Vec::new();
    for (number, port) in [first, second, third].into_iter().enumerate() {
        hubs.push(Some(start(&common("hub", port), &log(&format!("hub-{number}")))));
    }
    let _books = start(&common("books", first), &log("books"));
    let door: Door = Arc::new(Network::new(Limits { allow_private_addresses: true, ..Limits::default() }));
    let mail = std::path::Path::new(folder.path()).join("mail");
    let places = Places { hub: url(first), books: url(books), sandbox: url(sandbox), mail };
    let mut story = Story::new(places, door).patient(120_000);
    let killer = async {
        // In the middle of the first synchronizations or of the imports, depending on the machine.
        tokio::time::sleep(Duration::from_secs(4)).await;
        hubs[HUBS - 1] = None;
        std::future::pending::<()>().await;
    };
    let mut nobody = Silence;
    let report = tokio::select! {
        told = story.tell(&mut nobody) => told.unwrap(),
        () = killer => unreachable!("the killer waits for ever"),
    };
    assert!(report.bank_transactions > 1000);
    assert_eq!(report.bank_transactions, report.hub_transactions);
    assert_eq!(report.bank_transactions, report.book_lines);
    assert!(report.statements.iter().all(|statement| statement.proof == "proven"), "{:?}", report.statements);
    let done: Vec<usize> = (0..HUBS).map(|number| synchronizations(&log(&format!("hub-{number}")))).collect();
    assert!(done.iter().filter(|done| **done > 0).count() >= 2, "the hubs did not share the work: {done:?}");
}
