//! A module is named for its noun. These names say nothing, so everything ends up in them.

use super::Finding;
use crate::tree::Tree;

const EMPTY: [&str; 10] =
    ["utils", "util", "helpers", "helper", "common", "manager", "service", "services", "types", "misc"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| path.ends_with(".rs")) {
        for part in path.trim_end_matches(".rs").split('/').filter(|part| EMPTY.contains(part)) {
            findings.push(Finding::new(
                path,
                1,
                format!("'{part}' is no noun of ours: name the module for what it holds"),
            ));
        }
        for (index, line) in text.lines().enumerate() {
            let declared = line.trim().trim_end_matches('{').trim_end().trim_end_matches(';').rsplit_once("mod ");
            let Some((before, name)) = declared else { continue };
            if EMPTY.contains(&name) && (before.is_empty() || before.starts_with("pub")) {
                findings.push(Finding::new(
                    path,
                    index + 1,
                    format!("'{name}' is no noun of ours: name the module for what it holds"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_name_is_found_as_a_file_and_as_a_module() {
        assert_eq!(check(&Tree::of(&[("crates/a/src/utils.rs", "")])).len(), 1);
        assert_eq!(check(&Tree::of(&[("crates/a/src/types/money.rs", "")])).len(), 1);
        assert_eq!(check(&Tree::of(&[("crates/a/src/lib.rs", "mod money;\npub(crate) mod helpers {\n")]))[0].line, 2);
        assert_eq!(check(&Tree::of(&[("crates/a/src/money.rs", "// the mod common to all\nmod money;\n")])), []);
    }
}
