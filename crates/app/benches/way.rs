//! The way of a datum, measured: from the bank over the hub to the books, each party a process of its own.
//!
//! `cargo xtask bench` runs it and writes docs/BENCHMARKS.md. CPU seconds are those of the process, from `/proc`, so
//! they mean something on a machine that does other things too; wall time does not.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use app::clock::Stopwatch;
use app::story::{Places, Silence, Story, Truth};
use outbound::{Door, Limits, Network};

/// How busy the account is whose history is long or short: with 25 years it holds a million movements.
const ROWS_PER_DAY: u32 = 154;
/// How many synchronizations a mean is taken of: the clock of a process ticks a hundred times a second.
const ROUNDS: u64 = 20;

const BINARY: &str = env!("CARGO_BIN_EXE_passerelle");

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let sizes: Vec<u32> = std::env::var("PASSERELLE_BENCH_SIZES")
        .unwrap_or_else(|_| "1400,137000".into())
        .split(',')
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    // Two weeks, two years, and as long as the hub asks this bank for; it gives shorter histories up to two years only.
    let histories: Vec<u32> = std::env::var("PASSERELLE_BENCH_DAYS")
        .unwrap_or_else(|_| "14,700,9131".into())
        .split(',')
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    println!("{}", runtime.block_on(standing())?);
    println!();
    println!(
        "| movements | hub: wall s | hub: CPU s | hub: per CPU s | books: wall s | books: CPU s | bank, hub and books: per CPU s |"
    );
    println!("|---|---|---|---|---|---|---|");
    for size in sizes {
        println!("{}", runtime.block_on(way(size))?);
    }
    println!(
        "\nOne account with about {ROWS_PER_DAY} movements on each business day, however long its history is. CPU milliseconds \
         of one synchronization from the books, the mean of {ROUNDS}:\n"
    );
    println!(
        "| movements stored | days of history | nothing new: hub | nothing new: books | 10 new: hub | 10 new: books |"
    );
    println!("|---|---|---|---|---|---|");
    for days in histories {
        println!("{}", runtime.block_on(history(days))?);
    }
    Ok(())
}

/// A party as a process, with what it has used so far.
struct Party(Child);

impl Party {
    fn start(arguments: &[String]) -> anyhow::Result<Party> {
        let mut command = Command::new(BINARY);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
        Ok(Party(command.spawn()?))
    }

    /// User and system time so far, in milliseconds: fields 14 and 15 of `/proc/<pid>/stat`, in ticks of 10 ms.
    fn cpu_ms(&self) -> anyhow::Result<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0.id()))?;
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        Ok((fields[11].parse::<u64>()? + fields[12].parse::<u64>()?) * 10)
    }

    /// Memory in use now, in kilobytes.
    fn resident_kb(&self) -> anyhow::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
    }
}

impl Drop for Party {
    fn drop(&mut self) {
        // A child that is gone already needs no end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct World {
    folder: PathBuf,
    places: Places,
    settings: Vec<String>,
}

impl World {
    fn new(name: &str) -> anyhow::Result<World> {
        let folder = std::env::temp_dir().join(format!("passerelle-bench-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let held =
            [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
        let port = |index: usize| held[index].local_addr().map(|address| address.port());
        let (hub, books, sandbox) = (port(0)?, port(1)?, port(2)?);
        let url = |port: u16| format!("http://localhost:{port}");
        let settings = [
            ("--data", folder.display().to_string()),
            ("--hub-listen", format!("127.0.0.1:{hub}")),
            ("--books-listen", format!("127.0.0.1:{books}")),
            ("--sandbox-listen", format!("127.0.0.1:{sandbox}")),
            ("--hub-sandbox-url", url(sandbox)),
            ("--hub-throttle-seconds", "0".to_owned()),
            ("--allow-private-addresses", "true".to_owned()),
            ("--log-level", "error".to_owned()),
        ];
        let settings = settings.into_iter().flat_map(|(flag, value)| [flag.to_owned(), value]).collect();
        let mail = folder.join("mail");
        let places = Places { hub: url(hub), books: url(books), sandbox: url(sandbox), mail };
        Ok(World { folder, places, settings })
    }

    fn start(&self, party: &[&str]) -> anyhow::Result<Party> {
        let own = party.iter().map(|word| (*word).to_owned());
        Party::start(&own.chain(self.settings.iter().cloned()).collect::<Vec<_>>())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // What is left in a temporary folder disturbs nobody.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn door() -> Door {
    Arc::new(Network::new(Limits { allow_private_addresses: true, ..Limits::default() }))
}

/// Start time and idle memory of hub and books in one process, and the size of the program.
async fn standing() -> anyhow::Result<String> {
    let world = World::new("standing")?;
    let begun = Stopwatch::start();
    let serve = world.start(&["serve"])?;
    let door = door();
    answers(&door, &format!("{}/login", world.places.hub)).await?;
    answers(&door, &format!("{}/login", world.places.books)).await?;
    let started_ms = begun.millis();
    tokio::time::sleep(Duration::from_secs(5)).await;
    let idle_kb = serve.resident_kb()?;
    let binary_kb = fs::metadata(BINARY)?.len() / 1024;
    Ok(format!(
        "| what | measured | target |\n|---|---|---|\n| start of hub and books, new databases | {started_ms} ms | 200 ms |\n\
         | idle memory of both in one process | {} MB | 40 MB |\n| program | {} MB | 30 MB |",
        idle_kb / 1024,
        binary_kb / 1024
    ))
}

async fn answers(door: &Door, url: &str) -> anyhow::Result<()> {
    for _ in 0..2000 {
        let request = http::Request::builder().uri(url).body(bytes::Bytes::new())?;
        if door.fetch(request).await.is_ok_and(|answer| answer.status().is_success()) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    anyhow::bail!("{url} does not answer")
}

/// So many movements from the banks to the books.
async fn way(size: u32) -> anyhow::Result<String> {
    let world = World::new("way")?;
    let sandbox = world.start(&["sandbox", "--transactions", &size.to_string()])?;
    let (hub, books) = (world.start(&["hub"])?, world.start(&["books"])?);
    let door = door();
    answers(&door, &format!("{}/login", world.places.hub)).await?;
    answers(&door, &format!("{}/login", world.places.books)).await?;
    let mut story = Story::new(world.places.clone(), door.clone()).patient(10_000);
    let all = || Ok::<_, anyhow::Error>(sandbox.cpu_ms()? + hub.cpu_ms()? + books.cpu_ms()?);

    let (wall, cpu, before) = (Stopwatch::start(), hub.cpu_ms()?, all()?);
    story.gather(&mut Silence).await?;
    let (hub_wall, hub_cpu) = (wall.millis(), hub.cpu_ms()? - cpu);
    let (wall, cpu) = (Stopwatch::start(), books.cpu_ms()?);
    story.link(&mut Silence).await?;
    let (books_wall, books_cpu) = (wall.millis(), books.cpu_ms()? - cpu);
    let (lines, all_cpu) = (story.line_count().await?, all()? - before);
    let seconds = |millis: u64| format!("{}.{}", millis / 1000, millis % 1000 / 100);
    Ok(format!(
        "| {lines} | {} | {} | {} | {} | {} | {} |",
        seconds(hub_wall),
        seconds(hub_cpu),
        lines * 1000 / hub_cpu.max(1),
        seconds(books_wall),
        seconds(books_cpu),
        lines * 1000 / all_cpu.max(1),
    ))
}

/// One account with so many days of equally busy history, synchronized with nothing new and with ten late bookings.
async fn history(days: u32) -> anyhow::Result<String> {
    let world = World::new("history")?;
    let _sandbox = world.start(&["sandbox", "--transactions", "100"])?;
    let (hub, books) = (world.start(&["hub"])?, world.start(&["books"])?);
    let door = door();
    answers(&door, &format!("{}/control/banks", world.places.sandbox)).await?;
    answers(&door, &format!("{}/login", world.places.hub)).await?;
    answers(&door, &format!("{}/login", world.places.books)).await?;
    let truth = Truth::new(&door, &world.places.sandbox);
    let account = truth.open_account("meuse", ROWS_PER_DAY, days).await?;
    let mut story = Story::new(world.places.clone(), door.clone()).patient(10_000).only(vec![account.clone()]);
    story.gather(&mut Silence).await?;
    story.link(&mut Silence).await?;
    let stored = story.line_count().await?;
    anyhow::ensure!(stored == account.booked, "the bank has {} movements, the books {stored}", account.booked);

    // The first listing after the history begins on another day and is read like any other.
    story.import(&mut Silence).await?;
    let (mut nothing, mut ten) = ((0, 0), (0, 0));
    for _ in 0..ROUNDS {
        let (hub, books) = synchronization(&mut story, &hub, &books).await?;
        nothing = (nothing.0 + hub, nothing.1 + books);
    }
    for _ in 0..ROUNDS {
        truth.book_late(&account, 10).await?;
        let (hub, books) = synchronization(&mut story, &hub, &books).await?;
        ten = (ten.0 + hub, ten.1 + books);
    }
    let new = story.line_count().await? - stored;
    anyhow::ensure!(new == 10 * ROUNDS, "{} late bookings made {new} lines", 10 * ROUNDS);
    let mean = |sum: u64| sum / ROUNDS;
    Ok(format!("| {stored} | {days} | {} | {} | {} | {} |", mean(nothing.0), mean(nothing.1), mean(ten.0), mean(ten.1)))
}

/// CPU milliseconds of hub and books for importing every connection once.
async fn synchronization(story: &mut Story, hub: &Party, books: &Party) -> anyhow::Result<(u64, u64)> {
    let before = (hub.cpu_ms()?, books.cpu_ms()?);
    story.import(&mut Silence).await?;
    Ok((hub.cpu_ms()? - before.0, books.cpu_ms()? - before.1))
}
