//! Words that must not stay in the tree: notes to self, and lints that are silenced without a reason.

use super::Finding;
use crate::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    // Spelled in two parts, so that this file does not find itself.
    let notes = [concat!("FIX", "ME"), concat!("TO", "DO")];
    let silenced = concat!("#[al", "low(");
    let expected = concat!("#[exp", "ect(");
    let mut findings = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| path.ends_with(".rs") || path.ends_with(".md")) {
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let is_note = |word: &&str| line.split(|c: char| !c.is_alphanumeric()).any(|found| found == *word);
            if let Some(note) = notes.iter().find(|word| is_note(word)) {
                let rule = format!("{note} does not stay in the tree: do it, or open an issue");
                findings.push(Finding::new(path, index + 1, rule));
            }
            if path.ends_with(".rs") && line.contains(silenced) {
                findings.push(Finding::new(
                    path,
                    index + 1,
                    format!("{expected}…, reason = …)] instead of {silenced}…)]"),
                ));
            }
            let attribute = lines[index..].iter().take_while(|line| !line.trim_end().ends_with(")]")).count();
            let whole = lines[index..=(index + attribute).min(lines.len() - 1)].join(" ");
            if path.ends_with(".rs") && line.contains(expected) && !whole.contains("reason") {
                findings.push(Finding::new(path, index + 1, format!("{expected}…)] says its reason")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> usize {
        check(&Tree::of(&[("crates/a/src/lib.rs", text)])).len()
    }

    #[test]
    fn notes_are_found_as_words() {
        assert_eq!(one(concat!("// TO", "DO later")), 1);
        assert_eq!(one(concat!("// AUTO", "DOTS are not a note")), 0);
    }

    #[test]
    fn a_lint_is_silenced_with_a_reason_only() {
        assert_eq!(one(concat!("#[al", "low(dead_code)]\nfn a() {}")), 1);
        assert_eq!(one(concat!("#[exp", "ect(dead_code)]\nfn a() {}")), 1);
        assert_eq!(one(concat!("#[exp", "ect(\n    dead_code,\n    reason = \"tests\"\n)]\nfn a() {}")), 0);
    }
}
