//! Every script that we own, in Rust: `cargo xtask tidy` checks the house rules that neither rustc nor clippy can
//! know, `cargo xtask stories` runs the end-to-end stories over as many seeds as wanted, `cargo xtask bench`,
//! `cargo xtask directory` and `cargo xtask openapi` write files that are committed.
//!
//! A rule of `tidy` is a function from the tree of files to findings, one file a rule, so that each rule has a test
//! that shows it can fail.

mod bench;
mod directory;
mod openapi;
mod stories;
mod tidy;
mod tree;

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "The scripts of Passerelle")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Checks the house rules that rustc and clippy cannot know.
    Tidy,
    /// Measures the way from the bank to the books and writes docs/BENCHMARKS.md.
    Bench,
    /// Writes the directory of banks from a public registry.
    Directory,
    /// Writes docs/openapi.json from the hub's code.
    Openapi,
    /// Runs the end-to-end stories over a range of seeds.
    Stories(stories::Range),
}

fn main() -> anyhow::Result<ExitCode> {
    // Asked at run time: a binary that was built elsewhere must judge the tree that it is run in.
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let root = Path::new(&here).parent().expect("xtask lies one folder below the root");
    match Arguments::parse().task {
        Task::Tidy => tidy::run(root),
        Task::Bench => bench::run(root),
        Task::Directory => directory::run(root),
        Task::Openapi => openapi::run(root),
        Task::Stories(range) => stories::run(root, &range),
    }
}
