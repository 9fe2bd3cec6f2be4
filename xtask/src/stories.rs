use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Context;

/// Which seeds to tell.
#[derive(clap::Args)]
pub(crate) struct Range {
    /// How many seeds, beginning with `--from`.
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// The first seed. A failing seed is replayed by `--from N --seeds 1`.
    #[arg(long, default_value_t = 1)]
    from: u64,
}

/// Runs the stories' own test, built as `./test` builds it; the range travels by environment, because a test binary takes no arguments of
/// its own.
pub(crate) fn run(root: &Path, range: &Range) -> anyhow::Result<ExitCode> {
    let status = Command::new(env!("CARGO"))
        .args([
            "test",
            "--profile",
            "stories",
            "--package",
            "stories",
            "--test",
            "it",
            "--",
            "--nocapture",
            "every_seed",
        ])
        .env("PASSERELLE_STORY_FROM", range.from.to_string())
        .env("PASSERELLE_STORY_SEEDS", range.seeds.to_string())
        .current_dir(root)
        .status()
        .context("cargo could not be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
