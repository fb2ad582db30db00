//! The first line of each Rust file is a sentence that says what is inside.
use super::Finding;
use super::tree::Tree;

/// Finds Rust files that do not open with `//!` and a whole sentence.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| !opens_with_a_sentence(file.text().unwrap_or_default()))
        .map(|file| {
            let message = "the file must open with `//!` and one sentence that says what is inside";
            Finding::new(&file.path, 1, message)
        })
        .collect()
}

/// True when the first paragraph is a doc comment with a sentence in it. The sentence may run
/// over several lines; a heading is no sentence.
fn opens_with_a_sentence(text: &str) -> bool {
    let lines = text.lines().map_while(|line| line.strip_prefix("//! "));
    let paragraph = lines.collect::<Vec<_>>().join(" ");
    !paragraph.starts_with('#') && paragraph.contains(['.', '。', ':', '：', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_first_sentence_is_found() {
        let tree = Tree::planted(&[
            ("a.rs", "//! What a finding is.\n\nfn a() {}\n"),
            ("b.rs", "//! A sentence that runs\n//! over two lines.\nfn a() {}\n"),
            ("c.rs", "fn a() {}\n"),
            ("d.rs", "//! # Heading\n//!\n//! Text.\n"),
            ("e.rs", "use std::io;\n//! Too late.\n"),
            ("build.rs", "//! no end\n"),
            ("f.rs", ""),
        ]);
        let found: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["c.rs", "d.rs", "e.rs", "build.rs", "f.rs"]);
    }
}
