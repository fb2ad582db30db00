//! Files of at most 400 lines, Rust comments of at most 100 characters a line.
use super::Finding;
use super::tree::Tree;

/// A longer file answers more than one question; about 100 lines is usual.
const FILE_LINES_MAX: usize = 400;

/// The width of rustfmt.toml: rustfmt keeps it for code, this guard for comments.
const COMMENT_CHARS_MAX: usize = 100;

/// Any line: rustfmt leaves texts whole, and a whole sentence is found by grep.
const LINE_CHARS_MAX: usize = 220;

/// The languages that people write here.
const EXTENSIONS: [&str; 4] = ["rs", "kt", "swift", "py"];

/// Finds source files that are too long. Generated ones are nobody's to shorten.
pub(super) fn files(tree: &Tree) -> Vec<Finding> {
    let written = tree.files.iter().filter(|file| !file.is_generated());
    let source = written.filter(|file| EXTENSIONS.contains(&file.extension()));
    source
        .map(|file| (file, file.text().unwrap_or_default().lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES_MAX)
        .map(|(file, lines)| {
            let message =
                format!("{lines} lines, more than {FILE_LINES_MAX}; split it by question");
            Finding::new(&file.path, 0, message)
        })
        .collect()
}

/// Finds Rust lines that are too long.
pub(super) fn lines(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        for (number, line) in file.lines() {
            let chars = line.chars().count();
            let is_comment = line.trim_start().starts_with("//");
            let max = if is_comment { COMMENT_CHARS_MAX } else { LINE_CHARS_MAX };
            if chars > max {
                let message = format!("{chars} characters, more than {max}; break it");
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
    fn a_file_of_401_lines_is_found_and_one_of_400_is_not() {
        let (full, over) = ("x\n".repeat(400), "x\n".repeat(401));
        let tree = Tree::planted(&[
            ("a.rs", &full),
            ("b.py", &over),
            ("c.md", &over),
            ("bindings/kotlin/generated/d.kt", &over),
        ]);
        let found = files(&tree);
        assert_eq!(found.iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), ["b.py"]);
    }

    #[test]
    fn a_comment_of_101_characters_is_found_and_one_of_100_chinese_ones_is_not() {
        let text = format!("// {}\n// {}\n", "隐".repeat(97), "x".repeat(98));
        let found = lines(&Tree::planted(&[("a.rs", &text), ("b.py", &text)]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].line), ("a.rs", 2));
    }

    #[test]
    fn a_text_may_be_longer_than_a_comment_and_has_an_end() {
        let text = format!("\"{}\"\n\"{}\"\n", "x".repeat(200), "x".repeat(219));
        let found = lines(&Tree::planted(&[("a.rs", &text)]));
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
    }
}
