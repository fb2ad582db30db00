//! The page of the rules says what the tree says: it is made, and made again after each change.
use super::Finding;
use super::tree::Tree;
use crate::rules::{PAGE, TABLE, made};

/// Finds a page that is out of date, and a table that cannot be read.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    // The trees that other guards' tests plant have no rules.
    if tree.file(TABLE).is_none() {
        return Vec::new();
    }
    match made(tree) {
        Err(why) => vec![Finding::new(TABLE, 0, format!("{why:#}"))],
        Ok(made) if tree.file(PAGE).and_then(|page| page.text()) == Some(&made.text) => Vec::new(),
        Ok(_) => {
            let message = "the page is not what the tree says; run `cargo xtask rules`";
            vec![Finding::new(PAGE, 0, message)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "number\nR22\tconfirmed\tlaw\t中\ten\n";

    #[test]
    fn a_page_that_is_missing_old_or_whole_is_told_apart() {
        let planted = |page: &str| {
            let test = "//! A.\n#[test]\nfn r22_it_is_kept() {}\n";
            check(&Tree::planted(&[(TABLE, RULES), ("a.rs", test), (PAGE, page)])).len()
        };
        assert_eq!(planted("# old\n"), 1);
        let tree = Tree::planted(&[(TABLE, RULES), ("a.rs", "#[test]\nfn r22_it_is_kept() {}\n")]);
        assert_eq!(planted(&made(&tree).unwrap().text), 0);
        assert_eq!(check(&tree).len(), 1, "the page is missing");
        assert_eq!(check(&Tree::planted(&[(TABLE, "number\nR22\n")])).len(), 1);
    }
}
