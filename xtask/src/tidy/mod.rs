mod arrows;
mod decisions;
mod docs;
mod fixtures;
mod names;
mod plugins;
mod sizes;
mod words;

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::tree::Tree;

/// Where a rule is broken.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    rule: String,
}

impl Finding {
    fn new(path: impl Into<String>, line: usize, rule: impl Into<String>) -> Finding {
        Finding { path: path.into(), line, rule: rule.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

/// A rule: what it is called, and what it finds.
type Rule = (&'static str, fn(&Tree) -> Vec<Finding>);

const ALL: [Rule; 8] = [
    ("arrows between crates", arrows::check),
    ("a decision for each dependency", decisions::check),
    ("documents", docs::check),
    ("orphan fixtures", fixtures::check),
    ("module names", names::check),
    ("plug-in tables", plugins::check),
    ("sizes of files and functions", sizes::check),
    ("words that must not stay", words::check),
];

/// Runs every rule and prints what it finds as `file:line: rule`.
pub(crate) fn run(root: &Path) -> anyhow::Result<ExitCode> {
    let tree = Tree::load(root)?;
    let mut findings: Vec<Finding> = ALL.iter().flat_map(|(_, check)| check(&tree)).collect();
    findings.sort();
    for finding in &findings {
        eprintln!("{finding}");
    }
    if findings.is_empty() {
        println!("tidy: {} rules over {} files, nothing found", ALL.len(), tree.files().count());
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("tidy: {} findings", findings.len());
    Ok(ExitCode::FAILURE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_file_is_in_the_table() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tidy");
        let files = std::fs::read_dir(here).expect("the rules lie here").count();
        assert_eq!(files - 1, ALL.len(), "one rule a file, besides mod.rs");
    }
}
