//! Citations of law (法律依据): name, version and article, never the text.
use std::fmt;

use crate::entry::Printed;

/// One article of one version of a law, regulation, rule or standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The full name without brackets, such as 中华人民共和国安全生产法.
    pub law: String,
    /// Which version, such as 2021年修正; needed since articles move when a law is amended.
    pub version: String,
    /// The article with paragraph and item, such as 第三十八条第一款.
    pub article: String,
}

impl Citation {
    /// A citation.
    #[must_use]
    pub fn new(law: &str, version: &str, article: &str) -> Self {
        let own = |text: &str| text.trim().to_owned();
        Self { law: own(law), version: own(version), article: own(article) }
    }

    /// True when nothing of it is missing.
    pub(crate) fn is_whole(&self) -> bool {
        [&self.law, &self.version, &self.article].iter().all(|part| !part.is_empty())
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》（{}）{}", self.law, self.version, self.article)
    }
}

impl Printed for Vec<Citation> {
    const BY_HAND: &'static str = "";

    fn printed(&self) -> String {
        let texts: Vec<String> = self.iter().map(ToString::to_string).collect();
        texts.join("、")
    }
}
