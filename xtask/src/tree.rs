use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;

/// The files of the repository by their path from its root, with `/` between folders. Only what a rule reads has its
/// text (`.rs`, `.toml`, `.md`); of other files only the path is kept.
#[derive(Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
}

const READ: [&str; 3] = [".rs", ".toml", ".md"];
const SKIPPED: [&str; 4] = ["target", "node_modules", ".git", "data"];

impl Tree {
    /// Reads a folder.
    pub(crate) fn load(root: &Path) -> anyhow::Result<Tree> {
        let mut tree = Tree::default();
        tree.add_folder(root, "")?;
        Ok(tree)
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str) -> anyhow::Result<()> {
        for item in fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))? {
            let item = item?;
            let name = item.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if item.file_type()?.is_dir() {
                if !SKIPPED.contains(&name.as_str()) {
                    self.add_folder(&item.path(), &format!("{path}/"))?;
                }
            } else if READ.iter().any(|ending| name.ends_with(ending)) {
                let text = fs::read_to_string(item.path()).with_context(|| format!("{path} cannot be read as text"))?;
                self.files.insert(path, text);
            } else {
                self.files.insert(path, String::new());
            }
        }
        Ok(())
    }

    /// A tree written down in a test.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Tree {
        Tree { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// All files.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files below a folder (`crates/hub/`), with the path inside that folder.
    pub(crate) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files().filter_map(move |(path, text)| Some((path.strip_prefix(folder)?, text)))
    }

    /// The folders of all packages of the workspace: `crates/<name>`, `stories` and `xtask`. A fuzzing package inside
    /// a crate is a workspace of its own.
    pub(crate) fn packages(&self) -> Vec<&str> {
        let folders = self.files.keys().filter_map(|path| path.strip_suffix("/Cargo.toml"));
        folders.filter(|folder| !folder.trim_start_matches("crates/").contains('/')).collect()
    }
}

/// The line, counted from 1, on which a text first stands, else 1.
pub(crate) fn line_of(text: &str, wanted: &str) -> usize {
    text.lines().position(|line| line.contains(wanted)).map_or(1, |index| index + 1)
}
