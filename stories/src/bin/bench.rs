//! Measures what the design promises: cost follows what is new, never what is stored. Prints Markdown rows; CPU
//! seconds are those of this process, in which banks, hub and books run together on SQLite files.

use anyhow::Context;
use stories::bench::{Figures, Scene};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    println!("| what | transactions | wall s | CPU s | transactions a CPU second |");
    println!("|---|---|---|---|---|");
    let mut whole = Scene::open(100_000).await.context("the scene of 100,000 transactions")?;
    row("bank to hub, first synchronization", &whole.link().await?);
    row("hub to books, first import", &whole.import().await?);
    whole.close().await;
    println!();
    println!("| synchronization of one account | stored | wall ms | CPU ms |");
    println!("|---|---|---|---|");
    for stored in [1_000, 1_000_000] {
        let mut scene = Scene::open(3_000).await?;
        scene.link().await?;
        scene.store(stored).await?;
        let nothing = scene.synchronize(0).await?;
        small("nothing new", stored, &nothing);
        let ten = scene.synchronize(10).await?;
        small("10 new", stored, &ten);
        scene.close().await;
    }
    Ok(())
}

fn row(what: &str, figures: &Figures) {
    let per_second = figures.transactions * 1000 / figures.cpu_ms.max(1);
    let (wall, cpu) = (seconds(figures.wall_ms), seconds(figures.cpu_ms));
    println!("| {what} | {} | {wall} | {cpu} | {per_second} |", figures.transactions);
}

fn small(what: &str, stored: i64, figures: &Figures) {
    println!("| {what} | {stored} | {} | {} |", figures.wall_ms, figures.cpu_ms);
}

fn seconds(ms: u64) -> String {
    format!("{}.{:02}", ms / 1000, ms % 1000 / 10)
}
