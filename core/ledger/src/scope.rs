//! What a certificate is good for: `role:area`.

use std::fmt;
use std::str::FromStr;

use crate::limits::ROLE_BYTES_MAX;
use crate::wire::Malformed;

const RULE: Malformed = Malformed::Rule {
    item: "scope",
    rule: "must be role:area, a role of a-z and _ or *, an area of 2 to 12 digits or *",
};

/// A role in an area, such as `enforcer:371102100` (a township by its division code).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    role: String,
    area: String,
}

impl Scope {
    /// The role, or `*`.
    #[must_use]
    pub fn role(&self) -> &str {
        &self.role
    }

    /// The division code, or `*`.
    #[must_use]
    pub fn area(&self) -> &str {
        &self.area
    }

    /// Whether a certificate with this scope may give the other.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        (self.role == "*" || self.role == other.role) && self.covers_area(&other.area)
    }

    /// Whether the area lies within this scope's.
    #[must_use]
    pub fn covers_area(&self, area: &str) -> bool {
        self.area == "*" || (area != "*" && area.starts_with(&self.area))
    }
}

/// Whether the text is a division code: 2 to 12 digits.
#[must_use]
pub fn is_area(text: &str) -> bool {
    (2..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

impl FromStr for Scope {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let (role, area) = text.split_once(':').ok_or(RULE)?;
        let word = !role.is_empty()
            && role.len() <= ROLE_BYTES_MAX
            && role.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if (role == "*" || word) && (area == "*" || is_area(area)) {
            Ok(Self { role: role.to_owned(), area: area.to_owned() })
        } else {
            Err(RULE)
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.role, self.area)
    }
}
