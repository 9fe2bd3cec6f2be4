//! kill -9 of hub, books and banks at random instants while the story is told: nothing lost, nothing doubled, and the
//! proofs are still true.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use app::story::{Integration, Places, Report, Silence, Story, Truth};
use domain::SeededEntropy;
use outbound::{Door, Limits, Network};

use crate::processes::{Folder, Party, free_ports};

/// How many processes are killed, over as many stories as that takes.
const KILLS: u32 = 50;
/// How long a step may be tried again. A killed hub's work is taken up when its lease has run out.
const PATIENCE_MS: u64 = 180_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes; ./test runs it"]
async fn fifty_kills_lose_and_double_nothing() {
    let killed = Arc::new(AtomicU32::new(0));
    let dice = SeededEntropy::new(seed());
    let mut stories = 0;
    while killed.load(Ordering::SeqCst) < KILLS {
        stories += 1;
        one_story(&dice, &killed).await;
        println!("after {stories} stories: {} kills", killed.load(Ordering::SeqCst));
    }
}

fn seed() -> u64 {
    std::env::var("PASSERELLE_KILL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

async fn one_story(dice: &Arc<SeededEntropy>, killed: &Arc<AtomicU32>) {
    let folder = Folder::new("kill");
    let (places, parties) = start(&folder);
    let door: Door = Arc::new(Network::new(Limits { allow_private_addresses: true, ..Limits::default() }));
    let over = Arc::new(AtomicBool::new(false));
    let killer = tokio::spawn(kill(parties, dice.clone(), killed.clone(), over.clone()));
    let mut story = Story::new(places.clone(), door.clone()).patient(PATIENCE_MS);
    let told = story.tell(&mut Silence).await;
    over.store(true, Ordering::SeqCst);
    let parties = killer.await.unwrap();
    let report = told.unwrap();
    nothing_lost_or_doubled(&report, &story, &places, &door).await;
    drop(parties);
}

fn start(folder: &Folder) -> (Places, Vec<Party>) {
    let [hub, books, sandbox] = free_ports::<3>();
    let url = |port: u16| format!("http://localhost:{port}");
    let common = [
        ("--data", folder.path().to_owned()),
        ("--hub-listen", format!("127.0.0.1:{hub}")),
        ("--books-listen", format!("127.0.0.1:{books}")),
        ("--sandbox-listen", format!("127.0.0.1:{sandbox}")),
        ("--hub-sandbox-url", url(sandbox)),
        ("--hub-throttle-seconds", "0".to_owned()),
        ("--allow-private-addresses", "true".to_owned()),
    ];
    let settings: Vec<String> = common.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value]).collect();
    let party = |name: &str, more: &[&str]| {
        let own = [name].into_iter().chain(more.iter().copied()).map(str::to_owned);
        Party::start(own.chain(settings.iter().cloned()).collect())
    };
    let parties = vec![party("sandbox", &["--transactions", "600"]), party("hub", &[]), party("books", &[])];
    let mail = std::path::Path::new(folder.path()).join("mail");
    (Places { hub: url(hub), books: url(books), sandbox: url(sandbox), mail }, parties)
}

/// Kills one party after the other until the story is over or enough are dead; hands back those that live.
async fn kill(
    mut parties: Vec<Party>,
    dice: Arc<SeededEntropy>,
    killed: Arc<AtomicU32>,
    over: Arc<AtomicBool>,
) -> Vec<Party> {
    loop {
        tokio::time::sleep(Duration::from_millis(150 + dice.below(900))).await;
        if over.load(Ordering::SeqCst) || killed.load(Ordering::SeqCst) >= KILLS {
            return parties;
        }
        let victim = usize::try_from(dice.below(3)).unwrap();
        parties[victim].kill_and_restart();
        killed.fetch_add(1, Ordering::SeqCst);
    }
}

async fn nothing_lost_or_doubled(report: &Report, story: &Story, places: &Places, door: &Door) {
    assert_eq!(report.bank_transactions, report.hub_transactions, "{report:?}");
    assert_eq!(report.hub_transactions, report.book_lines, "{report:?}");
    assert_eq!(report.ledger_lines, report.book_lines, "{report:?}");
    assert_eq!(report.resync_new_lines[1], 0, "{report:?}");
    assert_eq!(report.defects, 0, "{report:?}");
    assert!(!report.statements.is_empty());
    assert!(report.statements.iter().all(|statement| statement.proof == "proven"), "{:?}", report.statements);
    let integration = Integration { client_id: report.client_id.clone(), client_secret: report.client_secret.clone() };
    let served = integration.transactions(door, &places.hub).await.unwrap();
    let truth = Truth::new(door, &places.sandbox);
    for account in story.accounts() {
        let bank = truth.rows(account).await.unwrap();
        let told = |row: &serde_json::Value| (text(&row["booked_on"]), text(&row["amount"]));
        let bank = counted(bank.iter().map(told));
        let hub =
            served.iter().find(|(reference, currency, _)| (reference, currency) == (&account.iban, &account.currency));
        let (_, _, rows) = hub.expect("the integration covers every account of the story");
        let hub = counted(rows.iter().map(|row| {
            let attributes = &row["attributes"];
            (text(&attributes["executionDate"]).chars().take(10).collect(), text(&attributes["amount"]))
        }));
        assert_eq!(bank, hub, "{}", account.iban);
    }
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// How often each row stands there. Amounts are compared as decimals: 12.5 is 12.50.
fn counted(rows: impl Iterator<Item = (String, String)>) -> BTreeMap<(String, String), u32> {
    let mut counts = BTreeMap::new();
    for (date, amount) in rows {
        let amount = match amount.split_once('.') {
            Some((whole, fraction)) => format!("{whole}.{fraction:0<2}"),
            None => format!("{amount}.00"),
        };
        *counts.entry((date, amount)).or_insert(0) += 1;
    }
    counts
}
