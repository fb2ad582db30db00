//! Every relative link of a Markdown page leads to a file of the repository.
use super::Finding;
use super::tree::{Tree, folder_of, resolve};

/// What stands before the target of a link: in Markdown, and in the HTML that Markdown may hold.
const OPENERS: [(&str, char); 3] = [("](", ')'), ("src=\"", '"'), ("href=\"", '"')];

/// Finds links that lead nowhere. Links to other sites break on their own and are not looked at.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.extension() == "md") {
        let mut in_code = false;
        for (number, line) in file.lines() {
            if line.trim_start().starts_with("```") {
                in_code = !in_code;
            }
            if in_code {
                continue;
            }
            for target in targets(&without_code(line)) {
                let there = match target.strip_prefix('/') {
                    Some(from_top) => resolve("", from_top),
                    None => resolve(folder_of(&file.path), &target),
                };
                if !there.is_some_and(|path| tree.holds(&path)) {
                    let message = format!("the link to `{target}` leads to no file");
                    findings.push(Finding::new(&file.path, number, message));
                }
            }
        }
    }
    findings
}

/// The line with its `code` left out.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// The targets of the line's links that are files: no other site, no place on the same page.
fn targets(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (opener, closer) in OPENERS {
        for rest in line.split(opener).skip(1) {
            found.extend(rest.split_once(closer).map(|(target, _)| target));
        }
    }
    // `[name]: target` on a line of its own.
    if let Some((_, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) {
        found.push(target);
    }
    found
        .into_iter()
        .filter_map(|target| target.split_whitespace().next())
        .map(|target| target.trim_matches(['<', '>']))
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .map(|target| target.split(['#', '?']).next().unwrap_or_default().replace("%20", " "))
        .filter(|target| !target.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str) -> Vec<usize> {
        let tree =
            Tree::planted(&[("docs/a.md", text), ("docs/b c.md", ""), ("core/src/lib.rs", "")]);
        check(&tree).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_link_to_no_file_is_found() {
        assert_eq!(broken("[a](gone.md)\n![p](../gone.png \"title\")\n[x]: gone.md\n"), [1, 2, 3]);
        assert_eq!(broken("<img src=\"gone.svg\"> <a href=\"b%20c.md\">\n"), [1]);
        assert_eq!(broken("two [a](a.md), [b](gone.md)\n[out](../../a.md)\n"), [1, 2]);
    }

    #[test]
    fn links_to_files_folders_places_and_other_sites_are_left_alone() {
        let fine = "[a](a.md#part) [b](b%20c.md) [c](../core/src) [e](#here)\n\
                    [d](/core/src/lib.rs)\n\
                    [f](https://example.org/x) <mailto:a@example.org> `[g](gone.md)`\n\
                    ```\n[h](gone.md)\n```\n";
        assert!(broken(fine).is_empty());
    }
}
