//! A folder with everything in it, in memory.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A folder.
    Folder,
    /// A file with its bytes.
    File(Vec<u8>),
}

/// A folder with everything in it. Parents come before what they hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// By path, relative to the folder.
    pub nodes: BTreeMap<PathBuf, Node>,
}

impl Image {
    /// Reads a folder, but for SQLite's shared memory.
    ///
    /// # Errors
    /// What the file system says.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut image = Self::default();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                let below = path.strip_prefix(root).unwrap_or(&path).to_owned();
                if path.is_dir() {
                    image.nodes.insert(below, Node::Folder);
                    folders.push(path);
                } else if !path.to_string_lossy().ends_with("-shm") {
                    image.nodes.insert(below, Node::File(fs::read(&path)?));
                }
            }
        }
        Ok(image)
    }

    /// Writes everything into an empty folder.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write(&self, root: &Path) -> io::Result<()> {
        for (path, node) in &self.nodes {
            let path = root.join(path);
            match node {
                Node::Folder => fs::create_dir_all(path)?,
                Node::File(bytes) => fs::write(path, bytes)?,
            }
        }
        Ok(())
    }

    /// The bytes of a file.
    #[must_use]
    pub fn file(&self, path: &Path) -> Option<&[u8]> {
        match self.nodes.get(path) {
            Some(Node::File(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// The files whose path begins so.
    pub fn files_below<'i>(
        &'i self,
        folder: &'i Path,
    ) -> impl Iterator<Item = (&'i Path, &'i [u8])> {
        self.nodes.iter().filter_map(move |(path, node)| match node {
            Node::File(bytes) if path.starts_with(folder) => Some((path.as_path(), &bytes[..])),
            _ => None,
        })
    }
}
