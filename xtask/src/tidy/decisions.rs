//! Each dependency of the workspace has been chosen against something, and the reason is written down.

use toml::{Table, Value};

use super::Finding;
use crate::tree::{Tree, line_of};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let text = tree.text("Cargo.toml").unwrap_or_default();
    let manifest = text.parse::<Table>().unwrap_or_default();
    let dependencies =
        manifest.get("workspace").and_then(|workspace| workspace.get("dependencies")).and_then(Value::as_table);
    let written: Vec<&str> = tree.below("docs/decisions/").map(|(_, text)| text).collect();
    dependencies
        .into_iter()
        .flatten()
        .filter(|(_, value)| value.get("path").is_none())
        .filter(|(name, _)| !written.iter().any(|text| text.contains(&format!("`{name}`"))))
        .map(|(name, _)| {
            let line = line_of(text, &format!("{name} ="));
            Finding::new(
                "Cargo.toml",
                line,
                format!("`{name}` has no paragraph in docs/decisions: say why it was chosen"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let manifest = "[workspace.dependencies]\nours = { path = \"ours\" }\nserde = \"1\"\ntoml = \"1\"\n";
        let found = check(&Tree::of(&[("Cargo.toml", manifest), ("docs/decisions/text.md", "`toml` reads settings.")]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].rule.contains("`serde`")), (3, true));
    }
}
