//! Writes the description of the hub's API, which the hub makes from its own code.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};

/// Writes `docs/openapi.json`.
pub fn run(root: &Path) -> anyhow::Result<ExitCode> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(["run", "--quiet", "--package", "hub", "--example", "openapi"]);
    let made = command.stderr(std::process::Stdio::inherit()).output().context("cargo cannot be started")?;
    ensure!(made.status.success(), "the hub did not tell its API");
    let path = root.join("docs/openapi.json");
    std::fs::write(&path, made.stdout).with_context(|| format!("{} cannot be written", path.display()))?;
    println!("wrote {}", path.display());
    Ok(ExitCode::SUCCESS)
}
