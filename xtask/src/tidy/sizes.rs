//! Files of at most 400 lines and functions of at most 70. Tests, fixtures and generated code are apart.

use super::Finding;
use crate::tree::Tree;

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.files().filter(|(path, text)| is_ours(path, text)).flat_map(|(path, text)| check_file(path, text)).collect()
}

fn is_ours(path: &str, text: &str) -> bool {
    let apart = ["tests/", "fixtures/", "benches/", "stories/"].iter().any(|folder| path.contains(folder));
    path.ends_with(".rs") && !apart && !path.ends_with("/tests.rs") && !text.starts_with("// @generated")
}

fn check_file(path: &str, text: &str) -> Vec<Finding> {
    let code: Vec<&str> = text.lines().take_while(|line| *line != "#[cfg(test)]").collect();
    let mut findings = long_functions(path, &code);
    if code.len() > FILE_LINES {
        let rule =
            format!("this file has {} lines without its tests, above {FILE_LINES}: split it by noun", code.len());
        findings.push(Finding::new(path, FILE_LINES + 1, rule));
    }
    findings
}

/// rustfmt closes a function with a brace in the column of its first word, which is all that is needed to find its
/// end without parsing Rust. Blank lines and comments do not count, as in clippy.
fn long_functions(path: &str, code: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (start, line) in code.iter().enumerate().filter(|(_, line)| begins_function(line)) {
        let indent = &line[..line.len() - line.trim_start().len()];
        let end_line = format!("{indent}}}");
        let Some(length) = code[start..].iter().position(|line| *line == end_line) else { continue };
        let counted = code[start..=start + length].iter().filter(|line| counts(line)).count();
        // The signature's line and the closing brace are no body.
        if counted > FUNCTION_LINES + 2 {
            let rule = format!("this function has {} lines, above {FUNCTION_LINES}: give its parts names", counted - 2);
            findings.push(Finding::new(path, start + 1, rule));
        }
    }
    findings
}

fn begins_function(line: &str) -> bool {
    let words = line.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
    let words = words.trim_start_matches("pub ").trim_start_matches("const ").trim_start_matches("async ");
    words.starts_with("fn ") && line.trim_end().ends_with(['{', '(', ')', '>', ','])
}

fn counts(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(lines: usize) -> String {
        format!("    pub(crate) async fn long() {{\n{}    }}\n", "        call();\n".repeat(lines))
    }

    #[test]
    fn a_long_function_is_found_and_a_comment_is_not_counted() {
        let path = "crates/a/src/lib.rs";
        let found = check(&Tree::of(&[(path, &format!("//! head\n{}", function(71)))]));
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
        let commented = function(70).replacen("        call();\n", "        call();\n        // why\n\n", 1);
        assert_eq!(check(&Tree::of(&[(path, &commented)])), []);
    }

    #[test]
    fn a_long_file_is_found_and_its_tests_are_not_counted() {
        let code = "const A: u8 = 1;\n".repeat(FILE_LINES);
        let tests = "#[cfg(test)]\n".to_owned() + &code;
        assert_eq!(check(&Tree::of(&[("crates/a/src/lib.rs", &(code.clone() + &tests))])), []);
        assert_eq!(check(&Tree::of(&[("crates/a/src/lib.rs", &(code.clone() + &code))])).len(), 1);
        assert_eq!(check(&Tree::of(&[("crates/a/tests/it/main.rs", &(code.clone() + &code))])), []);
        assert_eq!(check(&Tree::of(&[("crates/a/src/lib.rs", &format!("// @generated\n{code}{code}"))])), []);
    }
}
