//! Which fields are personal data: hidden on a screen until somebody says what for, offered first
//! for withholding, and the usual aim of an erasure.

/// Noun and field. docs/kinds.md marks the same fields with **P**; a test compares the two.
pub const PERSONAL: &[(&str, &str)] = &[
    ("certificate", "renewed_no"),
    ("certificates", "shown_to"),
    ("custody", "recipient"),
    ("document", "given"),
    ("enterprise", "representative"),
    ("filing", "approver"),
    ("hold", "ordered_by"),
    ("interview", "address"),
    ("interview", "id_no"),
    ("interview", "person"),
    ("interview", "phone"),
    ("measure", "told_to"),
    ("officer", "certificate_no"),
    ("officer", "id_number"),
    ("officer", "name"),
    ("order", "told_to"),
    ("paper", "signer"),
    ("preservation", "approver"),
    ("preservation", "holder"),
    ("preservation", "told_to"),
    ("record", "signer"),
    ("recusal", "approver"),
    ("recusal", "decision_reason"),
    ("recusal", "reason"),
];

/// Whether a field of a noun is personal data.
#[must_use]
pub fn is_personal(noun: &str, field: &str) -> bool {
    PERSONAL.contains(&(noun, field))
}

/// The fields of a noun that are personal data, ascending.
#[must_use]
pub fn personal_fields(noun: &str) -> Vec<&'static str> {
    PERSONAL.iter().filter(|(known, _)| *known == noun).map(|(_, field)| *field).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The fields with a **P** in a row of the table, by the noun of the row's kind.
    fn marked(page: &str) -> BTreeSet<(String, String)> {
        let mut marked = BTreeSet::new();
        for row in page.lines().filter(|line| line.starts_with("| `")) {
            let parts: Vec<&str> = row.split('`').collect();
            let noun = parts[1].split('.').next().unwrap_or_default();
            for (place, after) in parts.iter().enumerate().skip(2).step_by(2) {
                if after.trim_start_matches('?').trim_start().starts_with("**P**") {
                    marked.insert((noun.to_owned(), parts[place - 1].to_owned()));
                }
            }
        }
        marked
    }

    #[test]
    fn the_page_of_kinds_marks_the_same_fields() {
        let page = include_str!("../../../docs/kinds.md");
        let known = PERSONAL.iter().map(|(noun, field)| ((*noun).into(), (*field).into()));
        assert_eq!(marked(page), known.collect::<BTreeSet<_>>());
    }

    #[test]
    fn an_address_is_personal_in_an_interview_and_not_in_the_register() {
        assert!(is_personal("interview", "address") && !is_personal("enterprise", "address"));
        assert_eq!(personal_fields("record"), ["signer"]);
    }
}
