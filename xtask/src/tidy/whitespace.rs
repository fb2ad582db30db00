//! No white space at the end of a line: it hides in every review.
use super::Finding;
use super::tree::Tree;

/// The kinds of files that people write. Files with other names may hold what a program wrote.
const EXTENSIONS: [&str; 16] = [
    "rs", "toml", "md", "sql", "kt", "swift", "py", "sh", "yml", "yaml", "xml", "js", "css",
    "html", "json", "txt",
];

/// Finds lines that end in white space.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let written = tree.files.iter().filter(|file| !file.is_generated());
    for file in written.filter(|file| EXTENSIONS.contains(&file.extension())) {
        for (number, line) in file.lines() {
            if line.ends_with(char::is_whitespace) {
                let message = "the line ends in white space; remove it";
                findings.push(Finding::new(&file.path, number, message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_tabs_and_carriage_returns_are_found() {
        let tree = Tree::planted(&[("a.md", "one \ntwo\t\nthree\r\nfour\n\n"), ("a.png", "x \n")]);
        let lines: Vec<usize> = check(&tree).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [1, 2, 3]);
    }
}
