//! What has shipped never changes: migrations on phones, bytes that were signed.
//!
//! A folder lists its shipped files in `SHIPPED.sha256`, in the format of `sha256sum`, with paths
//! from that folder. A file that is not listed may still change; a release adds it to the list.
use sha2::{Digest, Sha256};

use super::Finding;
use super::tree::{File, Tree, folder_of, resolve};

/// The name of such a list.
const LIST: &str = "SHIPPED.sha256";

/// Folders that must have a list as soon as they have files, so that removing the list is found.
const LIST_WANTED: [(&str, &str); 2] =
    [("core/src/store/migrations", "sql"), ("hub/src/store/migrations", "sql")];

/// Finds shipped files that are missing or differ, and lists that are missing or unreadable.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (folder, extension) in LIST_WANTED {
        let has_files = tree
            .files
            .iter()
            .any(|file| folder_of(&file.path) == folder && file.extension() == extension);
        let list = format!("{folder}/{LIST}");
        if has_files && tree.file(&list).is_none() {
            let message = "the list of shipped files is missing; before the first release it may \
                           hold only a comment line (#)";
            findings.push(Finding::new(&list, 0, message));
        }
    }
    let is_list = |file: &&File| file.path.rsplit('/').next() == Some(LIST);
    for list in tree.files.iter().filter(is_list) {
        check_list(tree, list, &mut findings);
    }
    findings
}

fn check_list(tree: &Tree, list: &File, findings: &mut Vec<Finding>) {
    for (number, line) in list.lines().filter(|(_, line)| !line.is_empty()) {
        if line.starts_with('#') {
            continue;
        }
        let Some((digest, name)) = line.split_once("  ").filter(|(digest, _)| digest.len() == 64)
        else {
            let message = "not a line of sha256sum: 64 digits, two blanks, a path";
            findings.push(Finding::new(&list.path, number, message));
            continue;
        };
        let path = resolve(folder_of(&list.path), name).unwrap_or_default();
        let message = match tree.file(&path) {
            None => format!("{name} has shipped and is missing; bring it back"),
            Some(file) if sha256(&file.bytes) != digest => {
                format!("{name} has shipped and differs; restore it and add a new file instead")
            }
            Some(_) => continue,
        };
        findings.push(Finding::new(&list.path, number, message));
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SHA-256 of the three letters `abc`, as FIPS 180-4 prints it.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::planted(files)).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_shipped_file_that_differs_or_is_gone_is_found() {
        let list = format!("# shipped\n{ABC}  a.json\n{ABC}  ../../docs/protocol.md\n");
        let listed = |a, page| {
            let list = ("core/vectors/SHIPPED.sha256", list.as_str());
            messages(&[list, ("core/vectors/a.json", a), (page, "abc")])
        };
        assert!(listed("abc", "docs/protocol.md").is_empty());
        let changed = listed("abf", "docs/protocol.md");
        assert!(changed.len() == 1 && changed[0].contains("a.json has shipped and differs"));
        let gone = listed("abc", "docs/renamed.md");
        assert!(gone.len() == 1 && gone[0].contains("protocol.md has shipped and is missing"));
    }

    #[test]
    fn migrations_without_a_list_and_lists_that_cannot_be_read_are_found() {
        let migration = ("core/src/store/migrations/0001.sql", "");
        assert_eq!(messages(&[migration]).len(), 1);
        let list = "core/src/store/migrations/SHIPPED.sha256";
        assert!(messages(&[migration, (list, "# nothing yet\n")]).is_empty());
        assert!(messages(&[migration, (list, "abc 0001.sql\n")])[0].contains("sha256sum"));
    }
}
