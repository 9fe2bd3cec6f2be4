//! What must be there to be read: a document at the head of each crate, and the pages that say how to add things.

use super::Finding;
use crate::tree::Tree;

const PAGES: [&str; 9] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "docs/adding-bank.md",
    "docs/adding-protocol.md",
    "docs/adding-format.md",
    "docs/adding-target.md",
    "docs/adding-resource.md",
];

/// A head shorter than this says no more than the crate's name.
const SHORTEST_HEAD: usize = 80;
const LONGEST_ARCHITECTURE: usize = 200;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = PAGES
        .iter()
        .filter(|page| tree.text(page).is_none())
        .map(|page| Finding::new(*page, 1, "this page is missing"))
        .collect();
    for folder in tree.packages() {
        let library = format!("{folder}/src/lib.rs");
        let program = format!("{folder}/src/main.rs");
        let head = if tree.text(&library).is_some() { library } else { program };
        let text = tree.text(&head).unwrap_or_default();
        let written: usize = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::len).sum();
        if written < SHORTEST_HEAD {
            findings.push(Finding::new(head, 1, "a crate begins with `//!`: what it is, why, and its limits"));
        }
    }
    let lines = tree.text("ARCHITECTURE.md").unwrap_or_default().lines().count();
    if lines > LONGEST_ARCHITECTURE {
        let rule = format!("this page has {lines} lines; above {LONGEST_ARCHITECTURE} nobody reads it to the end");
        findings.push(Finding::new("ARCHITECTURE.md", LONGEST_ARCHITECTURE + 1, rule));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "//! Money, dates and ids as types. Pure: no input, no output, no clock of its own; whoever needs\n//! the time is handed it.\n";

    fn complete() -> Vec<(&'static str, &'static str)> {
        PAGES.iter().map(|page| (*page, "text")).collect()
    }

    #[test]
    fn a_crate_that_says_only_its_name_is_found() {
        let mut files = complete();
        files.extend([("crates/a/Cargo.toml", ""), ("crates/a/src/lib.rs", "//! a\n")]);
        files.extend([("crates/b/Cargo.toml", ""), ("crates/b/src/main.rs", GOOD)]);
        let found = check(&Tree::of(&files));
        assert_eq!(found.iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), ["crates/a/src/lib.rs"]);
    }

    #[test]
    fn a_missing_page_and_a_long_architecture_are_found() {
        let long = "line\n".repeat(LONGEST_ARCHITECTURE + 1);
        let mut files = complete();
        files.retain(|(page, _)| *page != "docs/adding-bank.md" && *page != "ARCHITECTURE.md");
        files.push(("ARCHITECTURE.md", &long));
        let found = check(&Tree::of(&files));
        assert_eq!(found.len(), 2);
    }
}
