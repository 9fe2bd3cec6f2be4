//! A plug-in is one line in its crate's table. A module that is in no table would be dead without anybody noticing.

use std::collections::BTreeSet;

use super::Finding;
use crate::tree::{Tree, line_of};

/// A table of plug-ins and the folder whose modules it lists.
struct Plugins {
    table: &'static str,
    folder: &'static str,
    /// What makes a module of the folder a plug-in, as it is written there.
    mark: &'static str,
}

const ALL: [Plugins; 3] = [
    Plugins { table: "crates/formats/src/lib.rs", folder: "crates/formats/src/", mark: "const FORMAT: Format =" },
    Plugins { table: "crates/connectors/src/lib.rs", folder: "crates/connectors/src/", mark: "impl Connector for " },
    Plugins { table: "crates/books/src/targets/mod.rs", folder: "crates/books/src/targets/", mark: "impl Target for " },
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    ALL.iter().flat_map(|plugins| check_table(tree, plugins)).collect()
}

fn check_table(tree: &Tree, plugins: &Plugins) -> Vec<Finding> {
    let found: BTreeSet<&str> = tree
        .below(plugins.folder)
        .filter(|(_, text)| text.contains(plugins.mark))
        .filter_map(|(path, _)| path.split('/').next())
        .map(|name| name.trim_end_matches(".rs"))
        .collect();
    let text = tree.text(plugins.table).unwrap_or_default();
    let listed = listed(text);
    let line = line_of(text, " ALL:");
    let unlisted = found.iter().filter(|name| !listed.contains(*name)).map(|name| {
        Finding::new(plugins.table, line, format!("{}{name} is a plug-in that ALL does not list", plugins.folder))
    });
    let missing = listed.iter().filter(|name| !found.contains(*name)).map(|name| {
        Finding::new(plugins.table, line, format!("ALL lists {name}, which is no plug-in in {}", plugins.folder))
    });
    unlisted.chain(missing).collect()
}

/// The first segments of the paths in `ALL: … = …[ … ];`; none when there is no table.
fn listed(text: &str) -> BTreeSet<&str> {
    let rows = text.split_once(" ALL:").and_then(|(_, table)| table.split_once('=')).map_or("", |(_, rows)| rows);
    let rows = rows.split_once(';').map_or(rows, |(rows, _)| rows);
    rows.split([',', '[', ']', '&', ' ', '\n', '('])
        .filter_map(|row| row.find("::").map(|end| &row[..end]))
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "pub const ALL: &[&Format] = &[\n    &camt::FORMAT,\n    &coda::FORMAT,\n];\n";
    const PLUGIN: &str = "pub(crate) const FORMAT: Format = Format {";

    fn with(plugins: &[&str]) -> Vec<Finding> {
        let paths: Vec<String> = plugins.iter().map(|name| format!("crates/formats/src/{name}")).collect();
        let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), PLUGIN)).collect();
        files.extend([("crates/formats/src/lib.rs", TABLE), ("crates/formats/src/exact.rs", "struct Exact;")]);
        check(&Tree::of(&files))
    }

    #[test]
    fn the_table_and_the_folder_are_compared_both_ways() {
        assert_eq!(with(&["camt/mod.rs", "coda.rs"]), []);
        assert!(with(&["camt/mod.rs"])[0].rule.starts_with("ALL lists coda"));
        assert!(with(&["camt/mod.rs", "coda.rs", "mt940.rs"])[0].rule.contains("mt940 is a plug-in"));
    }

    #[test]
    fn a_plugin_without_any_table_is_found() {
        let files = [("crates/connectors/src/berlin_group/mod.rs", "impl Connector for BerlinGroup {")];
        assert_eq!(check(&Tree::of(&files)).len(), 1);
    }
}
