//! The core knows no shell and no server: its manifests do not name what those are made of.
use super::Finding;
use super::tree::Tree;

/// What only the edges may depend on.
const EDGES: [&str; 3] = ["uniffi", "tokio", "axum"];

/// Finds lines of the core's manifests that name a crate of the edges.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let manifests = tree
        .files
        .iter()
        .filter(|file| file.path.starts_with("core/") && file.path.ends_with("/Cargo.toml"));
    for file in manifests {
        for (number, line) in file.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(edge) = words.find(|word| EDGES.contains(word)) {
                let message =
                    format!("the core must not depend on `{edge}`; it belongs to an edge");
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
    fn a_crate_of_the_edges_in_a_core_manifest_is_found() {
        let text = "[dependencies]\n# no tokio here\nuniffi.workspace = true\ntokio-util = \"1\"\n";
        let tree = Tree::planted(&[
            ("core/Cargo.toml", text),
            ("core/ledger/Cargo.toml", text),
            ("hub/Cargo.toml", text),
        ]);
        let found: Vec<(String, usize)> =
            check(&tree).into_iter().map(|finding| (finding.path, finding.line)).collect();
        let at = |path: &str, line| (path.to_owned(), line);
        assert_eq!(
            found,
            [
                at("core/Cargo.toml", 3),
                at("core/Cargo.toml", 4),
                at("core/ledger/Cargo.toml", 3),
                at("core/ledger/Cargo.toml", 4)
            ]
        );
    }
}
