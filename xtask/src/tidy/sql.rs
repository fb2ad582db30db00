//! Only the stores speak SQL: who changes a table then knows every statement that reads it.
use super::tree::Tree;
use super::{Finding, rust};

/// Where SQL belongs.
const STORES: [&str; 2] = ["core/src/store", "hub/src/store"];

/// Words that follow one another in a statement, small here so that this file is no finding. SQL
/// is written in capitals in this project, which tells it from prose.
const STATEMENTS: [&[&str]; 10] = [
    &["select"],
    &["insert", "into"],
    &["update", "set"],
    &["delete", "from"],
    &["create", "table"],
    &["create", "index"],
    &["create", "trigger"],
    &["alter", "table"],
    &["drop", "table"],
    &["pragma"],
];

/// Finds SQL in string literals outside of the stores and the tests, and `.sql` files there.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let foreign = |path: &str| !STORES.iter().any(|store| path.starts_with(store));
    let message = "SQL outside of a store; move it below core/src/store or hub/src/store";
    for file in tree.files.iter().filter(|file| foreign(&file.path) && !file.is_test()) {
        match file.extension() {
            "sql" => findings.push(Finding::new(&file.path, 0, message)),
            "rs" if !file.is_generated() => {
                let literals = rust::read(file.text().unwrap_or_default()).literals;
                let sql = literals.iter().filter(|literal| is_sql(&literal.text));
                findings.extend(sql.map(|sql| Finding::new(&file.path, sql.line, message)));
            }
            _ => {}
        }
    }
    findings
}

fn is_sql(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    STATEMENTS.iter().any(|statement| {
        let mut rest = words.iter();
        statement.iter().all(|word| rest.any(|found| *found == word.to_ascii_uppercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, literal: &str) -> usize {
        check(&Tree::planted(&[(path, &format!("//! A.\nconst A: &str = \"{literal}\";\n"))])).len()
    }

    #[test]
    fn every_kind_of_statement_is_found_outside_of_the_stores() {
        let statements = [
            "SELECT id FROM op",
            "INSERT OR IGNORE INTO op VALUES (1)",
            "UPDATE op SET seq = 1",
            "DELETE FROM op",
            "CREATE TABLE op (id)",
            "CREATE UNIQUE INDEX a ON op (id)",
            "CREATE TRIGGER a",
            "ALTER TABLE op",
            "DROP TABLE op",
            "PRAGMA user_version",
        ];
        for statement in statements {
            assert_eq!(found("core/src/action/answer.rs", statement), 1, "{statement}");
            assert_eq!(found("core/src/store/answer.rs", statement), 0, "{statement}");
        }
        assert_eq!(check(&Tree::planted(&[("cli/a.sql", "")])).len(), 1);
    }

    #[test]
    fn prose_and_tests_are_left_alone() {
        assert_eq!(found("cli/src/a.rs", "please select one from the list"), 0);
        assert_eq!(found("cli/src/a.rs", "UPDATE the app; DELETE nothing"), 0);
        assert_eq!(found("cli/src/a.rs", "select_one SELECTED"), 0);
        assert_eq!(found("tests/bench/src/a.rs", "SELECT 1"), 0);
        let comment =
            "//! A.\n// SELECT 1\n#[cfg(test)]\nmod tests { const A: &str = \"SELECT 1\"; }";
        assert!(check(&Tree::planted(&[("cli/src/a.rs", comment)])).is_empty());
    }
}
