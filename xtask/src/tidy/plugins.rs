//! A plug-in is one line in its crate's table. A module that is in no table would be dead without anybody noticing.

use std::collections::BTreeSet;

use super::Finding;
use crate::tree::{Tree, line_of};

/// A table of plug-ins and the folder whose modules it lists.
struct Plugins {
    table: &'static str,
    folder: &'static str,
    /// Modules of the folder that are no plug-in.
    others: &'static [&'static str],
}

const ALL: [Plugins; 3] = [
    Plugins { table: "crates/formats/src/lib.rs", folder: "crates/formats/src/", others: &[] },
    Plugins {
        table: "crates/connectors/src/lib.rs",
        folder: "crates/connectors/src/",
        others: &["error", "listing", "profile"],
    },
    Plugins { table: "crates/books/src/targets/mod.rs", folder: "crates/books/src/targets/", others: &[] },
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    ALL.iter().flat_map(|plugins| check_table(tree, plugins)).collect()
}

fn check_table(tree: &Tree, plugins: &Plugins) -> Vec<Finding> {
    let Some(text) = tree.text(plugins.table) else { return Vec::new() };
    let Some(listed) = listed(text) else { return Vec::new() };
    let line = line_of(text, " ALL:");
    let found: BTreeSet<&str> = tree
        .below(plugins.folder)
        .filter_map(|(path, _)| path.split('/').next())
        .map(|name| name.trim_end_matches(".rs"))
        .filter(|name| !["lib", "mod", "tests"].contains(name) && !plugins.others.contains(name))
        .collect();
    let unlisted = found.iter().filter(|name| !listed.contains(*name)).map(|name| {
        Finding::new(plugins.table, line, format!("{}{name} is a plug-in that ALL does not list", plugins.folder))
    });
    let missing = listed.iter().filter(|name| !found.contains(*name)).map(|name| {
        Finding::new(plugins.table, line, format!("ALL lists {name}, which has no module in {}", plugins.folder))
    });
    unlisted.chain(missing).collect()
}

/// The first segments of the paths in `ALL: … = [ … ];`.
fn listed(text: &str) -> Option<BTreeSet<&str>> {
    let (_, table) = text.split_once(" ALL:")?;
    let (_, rows) = table.split_once('=')?;
    let (rows, _) = rows.split_once(';')?;
    let first = |row: &str| -> Option<usize> { row.find("::") };
    Some(
        rows.split([',', '[', ']', '&', ' ', '\n', '('])
            .filter_map(|row| first(row).map(|end| &row[..end]))
            .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "pub const ALL: [&dyn Format; 2] = [&camt053::Camt053, &coda::Coda];\n";

    fn with(modules: &[&str]) -> Vec<Finding> {
        let paths: Vec<String> = modules.iter().map(|name| format!("crates/formats/src/{name}")).collect();
        let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        files.push(("crates/formats/src/lib.rs", TABLE));
        check(&Tree::of(&files))
    }

    #[test]
    fn the_table_and_the_folder_are_compared_both_ways() {
        assert_eq!(with(&["camt053/mod.rs", "camt053/read.rs", "coda.rs"]), []);
        assert_eq!(with(&["camt053/mod.rs"]).len(), 1);
        assert_eq!(with(&["camt053/mod.rs", "coda.rs", "mt940.rs"]).len(), 1);
    }
}
