//! Which crate may know which. `ARCHITECTURE.md` draws these arrows; here they are law.

use toml::{Table, Value};

use super::Finding;
use crate::tree::{Tree, line_of};

/// A crate of ours and those of ours that it may name.
const ARROWS: [(&str, &[&str]); 17] = [
    ("domain", &[]),
    ("db", &[]),
    ("browser", &["outbound"]),
    ("outbound", &["domain"]),
    ("vault", &["domain"]),
    ("formats", &["domain"]),
    ("connectors", &["domain", "formats", "outbound"]),
    ("hub-api", &["domain", "outbound"]),
    ("mail", &["domain", "vault"]),
    ("web", &["domain", "vault"]),
    ("hub", &["connectors", "db", "domain", "formats", "hub-api", "mail", "outbound", "vault", "web"]),
    ("books", &["db", "domain", "formats", "hub-api", "mail", "outbound", "vault", "web"]),
    ("sandbox", &["domain", "formats"]),
    (
        "app",
        &[
            "books",
            "browser",
            "connectors",
            "db",
            "domain",
            "formats",
            "hub",
            "hub-api",
            "mail",
            "outbound",
            "sandbox",
            "vault",
            "web",
        ],
    ),
    (
        "stories",
        &[
            "books",
            "browser",
            "connectors",
            "db",
            "domain",
            "formats",
            "hub",
            "hub-api",
            "mail",
            "outbound",
            "sandbox",
            "vault",
            "web",
        ],
    ),
    ("xtask", &[]),
    ("older-reqwest", &[]),
];

/// Tests may stand a simulated bank behind a crate, and open a database or the door out for it.
const TESTS_MAY: [&str; 6] = ["browser", "sandbox", "outbound", "db", "vault", "domain"];

/// Not even tests may: these pairs meet only on the wire, so that one wrong belief cannot sit on both sides.
const NEVER: [(&str, &str); 4] =
    [("sandbox", "connectors"), ("connectors", "sandbox"), ("books", "hub"), ("hub", "books")];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.packages().into_iter().flat_map(|folder| check_package(tree, folder)).collect()
}

fn check_package(tree: &Tree, folder: &str) -> Vec<Finding> {
    let path = format!("{folder}/Cargo.toml");
    let text = tree.text(&path).unwrap_or_default();
    let manifest = match text.parse::<Table>() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Finding::new(path, 1, format!("this manifest cannot be read: {error}"))],
    };
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
        return vec![Finding::new(path, 1, format!("crate {name} is not in the arrows of xtask/src/tidy/arrows.rs"))];
    };
    let mut findings = Vec::new();
    for (section, is_test) in [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)] {
        let named = manifest.get(section).and_then(Value::as_table).into_iter().flat_map(Table::keys);
        for other in named.filter(|other| ARROWS.iter().any(|(ours, _)| ours == other)) {
            let other = other.as_str();
            let open = allowed.contains(&other) || (is_test && TESTS_MAY.contains(&other));
            if !open || NEVER.contains(&(name, other)) {
                let rule = format!("{name} may not depend on {other} ({section}): ARCHITECTURE.md draws no such arrow");
                findings.push(Finding::new(path.clone(), line_of(text, other), rule));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, manifest: &str) -> Vec<Finding> {
        check(&Tree::of(&[(path, manifest)]))
    }

    #[test]
    fn an_arrow_that_is_not_drawn_is_found_with_its_line() {
        let found = one("crates/books/Cargo.toml", "[dependencies]\ndomain.workspace = true\nhub.workspace = true\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 3);
        assert!(found[0].rule.starts_with("books may not depend on hub"));
    }

    #[test]
    fn pairs_that_meet_on_the_wire_do_not_meet_in_tests_either() {
        assert_eq!(one("crates/sandbox/Cargo.toml", "[dev-dependencies]\nconnectors.workspace = true\n").len(), 1);
        assert_eq!(one("crates/hub/Cargo.toml", "[dev-dependencies]\nsandbox.workspace = true\n"), []);
        assert_eq!(one("crates/hub/Cargo.toml", "[dependencies]\nsandbox.workspace = true\n").len(), 1);
    }

    #[test]
    fn an_unknown_crate_is_found() {
        assert_eq!(one("crates/extra/Cargo.toml", "").len(), 1);
    }
}
