//! No path of one person's machine: it means nothing to the next reader.
use super::Finding;
use super::tree::Tree;

/// What must not stand in a file; in two halves, so that this file is no finding.
const WORDS: [&str; 3] = [concat!("/", "work/"), concat!("/", "root/"), concat!("../", "shared")];

/// Finds such paths in every text file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.files {
        for (number, line) in file.lines() {
            if let Some(word) = WORDS.iter().find(|word| holds(line, word)) {
                let message = format!("`{word}` is a path of one machine; write a relative one");
                findings.push(Finding::new(&file.path, number, message));
            }
        }
    }
    findings
}

/// True when the path starts in this line; `net/work/` is the inside of another path.
fn holds(line: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || "._-~/".contains(c);
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_machine_are_found() {
        for word in WORDS {
            let text = format!("fine\nsee {word}notes\n(\"{word}\")\n");
            let lines: Vec<usize> = check(&Tree::planted(&[("a.md", &text)]))
                .iter()
                .map(|finding| finding.line)
                .collect();
            assert_eq!(lines, [2, 3], "{word}");
        }
    }

    #[test]
    fn the_inside_of_another_path_is_left_alone() {
        let text = format!("frame{}a docs{}b\n", WORDS[0], WORDS[1]);
        assert!(check(&Tree::planted(&[("a.md", &text)])).is_empty());
    }
}
