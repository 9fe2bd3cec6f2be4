//! Every case under `fixtures/` is whole and somebody reads it.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut cases: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut findings = Vec::new();
    for (path, _) in tree.files() {
        let Some((package, inside)) = path.split_once("/fixtures/") else { continue };
        match inside.split('/').collect::<Vec<_>>()[..] {
            [kind, case, file] => {
                cases.entry(format!("{package}/fixtures/{kind}/{case}")).or_default().insert(file);
            }
            _ => findings.push(Finding::new(path, 1, "a fixture lies at fixtures/<kind>/<case>/<file>")),
        }
    }
    for (case, files) in &cases {
        let count = files.iter().filter(|file| file.starts_with("in.")).count();
        if count != 1 {
            findings.push(Finding::new(case, 1, format!("a case has exactly one in.*, this one has {count}")));
        }
        if !files.contains("want.json") {
            findings.push(Finding::new(case, 1, "a case says what is wanted in want.json"));
        }
    }
    let packages: BTreeSet<&str> = cases.keys().filter_map(|case| case.split("/fixtures/").next()).collect();
    for package in packages {
        let read = tree.below(package).any(|(path, text)| path.ends_with(".rs") && text.contains("want.json"));
        if !read {
            findings.push(Finding::new(format!("{package}/fixtures"), 1, "no test of this crate reads its fixtures"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: (&str, &str) = ("crates/a/tests/it/main.rs", "fixtures … want.json");

    #[test]
    fn a_case_without_its_want_is_found() {
        let found = check(&Tree::of(&[TEST, ("crates/a/fixtures/camt053/one/in.xml", "")]));
        assert_eq!(found.len(), 1);
        assert!(found[0].rule.contains("want.json"));
    }

    #[test]
    fn a_stray_file_and_fixtures_that_nobody_reads_are_found() {
        let whole = [("crates/a/fixtures/camt053/one/in.xml", ""), ("crates/a/fixtures/camt053/one/want.json", "")];
        assert_eq!(check(&Tree::of(&[whole[0], whole[1], TEST])), []);
        assert_eq!(check(&Tree::of(&whole)).len(), 1);
        assert_eq!(check(&Tree::of(&[whole[0], whole[1], TEST, ("crates/a/fixtures/stray.xml", "")])).len(), 1);
    }
}
