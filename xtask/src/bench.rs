use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Context;

const HEAD: &str = "# Benchmarks

Written by `cargo xtask bench`: the optimised program, each party a process of its own, SQLite on disk, everything through
real HTTP, the pages that are waited on included. CPU seconds are those of the party's process; wall time is an upper bound,
since the machine may do other things. Two accounts at one bank and one at another hold half a year of movements. The targets
are for later; what stands here is what was measured.
";

const TAIL: &str = "
Targets: 50,000 movements a CPU second into the hub; 2 ms of CPU for 10 new movements, whatever the history. With nothing new
the bank repeats itself word for word, which is neither parsed nor matched; with 10 new, the last two weeks that it lists are.
";

/// Measures the way from the bank to the books and writes docs/BENCHMARKS.md.
pub(crate) fn run(root: &Path) -> anyhow::Result<ExitCode> {
    let output = Command::new(env!("CARGO"))
        .args(["bench", "--quiet", "--package", "app", "--bench", "way"])
        .current_dir(root)
        .stderr(std::process::Stdio::inherit())
        .output()
        .context("cargo could not be started")?;
    let measured = String::from_utf8(output.stdout).context("the benchmark printed something that is no text")?;
    if !output.status.success() {
        eprintln!("{measured}");
        return Ok(ExitCode::FAILURE);
    }
    let machine = machine().unwrap_or_else(|| "unknown machine".to_owned());
    let page = format!("{HEAD}\nMachine: {machine}.\n\n{measured}{TAIL}");
    std::fs::write(root.join("docs/BENCHMARKS.md"), &page).context("docs/BENCHMARKS.md cannot be written")?;
    println!("{page}");
    Ok(ExitCode::SUCCESS)
}

/// The processor and how many of them, as Linux tells.
fn machine() -> Option<String> {
    let info = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let model = info.lines().find_map(|line| line.strip_prefix("model name"))?;
    let cores = info.lines().filter(|line| line.starts_with("processor")).count();
    Some(format!("{} × {}", cores, model.trim_start_matches([' ', '\t', ':'])))
}
