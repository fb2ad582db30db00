//! The files of the repository, as the guards see them.
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

/// One file.
pub(crate) struct File {
    /// From the top of the repository, with `/` between the parts.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

/// All files that git keeps or would keep.
pub(crate) struct Tree {
    /// In the order of their paths.
    pub(crate) files: Vec<File>,
}

impl File {
    /// The content, unless the file is not text.
    pub(crate) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|text| !text.contains('\0'))
    }

    /// The content, split into numbered lines; none when the file is not text.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text().unwrap_or_default().split('\n').enumerate().map(|(at, line)| (at + 1, line))
    }

    /// The last part of the name behind its dot.
    pub(crate) fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// True when one of the folders on its way has this name.
    pub(crate) fn is_below(&self, folder: &str) -> bool {
        self.path.split('/').rev().skip(1).any(|part| part == folder)
    }

    /// True for code that a program wrote.
    pub(crate) fn is_generated(&self) -> bool {
        self.is_below("generated")
    }

    /// True for code that only tests and measurements run.
    pub(crate) fn is_test(&self) -> bool {
        ["tests", "benches", "examples", "fuzz"].iter().any(|folder| self.is_below(folder))
            || self.path.ends_with("/tests.rs")
    }
}

impl Tree {
    /// Reads every file that git keeps, and new ones that it does not ignore.
    pub(crate) fn read(root: &Path) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        for path in list(root)? {
            let bytes =
                std::fs::read(root.join(&path)).with_context(|| format!("cannot read {path}"))?;
            files.push(File { path, bytes });
        }
        Ok(Self { files })
    }

    /// The hand-written Rust files.
    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.extension() == "rs" && !file.is_generated())
    }

    /// The file at this path.
    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// True when this path is a file of the tree, or a folder that holds one.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let below = |file: &File| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        path.is_empty() || self.files.iter().any(below)
    }

    /// A tree that a test makes up.
    #[cfg(test)]
    pub(crate) fn planted(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        Self { files: files.iter().map(file).collect() }
    }
}

/// The paths of all files that git keeps, and of new ones that it does not ignore. Symbolic links
/// and files that are deleted but not yet committed are left out.
fn list(root: &Path) -> anyhow::Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("cannot start git; the guards ask it which files belong to the project")?;
    if !output.status.success() {
        bail!("git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let mut paths: Vec<String> = String::from_utf8_lossy(&output.stdout)
        .split('\0')
        .filter(|path| !path.is_empty())
        .filter(|path| std::fs::symlink_metadata(root.join(path)).is_ok_and(|meta| meta.is_file()))
        .map(str::to_owned)
        .collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}

/// The path that a relative path means when it is written in a file of this folder; `None` when
/// it leads out of the repository.
pub(crate) fn resolve(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder that a file is in; empty at the top.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_are_resolved_inside_the_repository_only() {
        assert_eq!(resolve("docs/adr", "../protocol.md").as_deref(), Some("docs/protocol.md"));
        assert_eq!(resolve("", "./docs//a.md").as_deref(), Some("docs/a.md"));
        assert_eq!(resolve("docs", "../../outside.md"), None);
    }

    #[test]
    fn the_list_holds_this_file_and_nothing_ignored() {
        let paths = list(&crate::root::find()).unwrap();
        assert!(paths.iter().any(|path| path == "xtask/src/tidy/tree.rs"));
        assert!(!paths.iter().any(|path| path.starts_with("target/")));
    }

    #[test]
    fn files_know_what_they_are() {
        let tree = Tree::planted(&[("core/tests/a.rs", ""), ("core/src/test.rs", ""), ("a", "\0")]);
        assert!(tree.files[0].is_test() && !tree.files[1].is_test());
        assert_eq!(tree.files[2].text(), None);
        assert!(tree.holds("core/tests") && !tree.holds("core/test"));
    }
}
