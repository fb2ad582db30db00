//! A case: a package, and what exactly the verdict on it must be.

use std::collections::BTreeSet;

use angen_ledger::hash::Hash;
use angen_ledger::verify::{NoObserver, Outcome, verify};

use super::Story;

/// What becomes of an attack.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// The package is refused.
    Detected,
    /// The package verifies, and the verdict limits what is gained.
    Bounded,
    /// The package alone cannot show it.
    NotPrevented,
}

/// An attack, for the page.
pub(crate) struct Told {
    /// Who can do it.
    pub(crate) who: &'static str,
    pub(crate) end: End,
    /// By what it is detected, bounded, or later caught.
    pub(crate) caught: &'static str,
}

/// One row of the tables.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Whether the reader asks for the fingerprint of the authority.
    pub(crate) root_asked: bool,
    pub(crate) verdict: &'static str,
    pub(crate) broken: &'static [&'static str],
    pub(crate) noted: &'static [&'static str],
    pub(crate) build: fn() -> Vec<u8>,
    pub(crate) told: Option<Told>,
}

/// What a verdict says, in the words of the vectors.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) verdict: String,
    pub(crate) broken: BTreeSet<String>,
    pub(crate) noted: BTreeSet<String>,
}

impl Case {
    /// A package that verifies.
    pub(crate) const fn verifies(name: &'static str, build: fn() -> Vec<u8>) -> Self {
        let (broken, noted): (&[&str], &[&str]) = (&[], &[]);
        Self { name, root_asked: true, verdict: "verifies", broken, noted, build, told: None }
    }

    /// A package that is refused by these rules.
    pub(crate) const fn refused(
        name: &'static str,
        broken: &'static [&'static str],
        build: fn() -> Vec<u8>,
    ) -> Self {
        Self { verdict: "refused", broken, ..Self::verifies(name, build) }
    }

    /// Bytes that are no package.
    pub(crate) const fn unreadable(name: &'static str, build: fn() -> Vec<u8>) -> Self {
        Self { verdict: "unreadable", ..Self::verifies(name, build) }
    }

    /// The rules that have something to note.
    pub(crate) const fn noting(self, noted: &'static [&'static str]) -> Self {
        Self { noted, ..self }
    }

    /// The reader knows no fingerprint.
    pub(crate) const fn without_root(self) -> Self {
        Self { root_asked: false, ..self }
    }

    /// An attack that is refused.
    pub(crate) const fn detected(self, who: &'static str, caught: &'static str) -> Self {
        Self { told: Some(Told { who, end: End::Detected, caught }), ..self }
    }

    /// An attack that verifies and gains little.
    pub(crate) const fn bounded(self, who: &'static str, caught: &'static str) -> Self {
        Self { told: Some(Told { who, end: End::Bounded, caught }), ..self }
    }

    /// An attack that no package can show.
    pub(crate) const fn not_prevented(self, who: &'static str, caught: &'static str) -> Self {
        Self { told: Some(Told { who, end: End::NotPrevented, caught }), ..self }
    }

    /// The fingerprint that the reader asks for.
    pub(crate) fn root(&self) -> Option<Hash> {
        self.root_asked.then(|| Story::new().fingerprint())
    }

    /// What must be said.
    pub(crate) fn expected(&self) -> Said {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Said {
            verdict: self.verdict.to_owned(),
            broken: owned(self.broken),
            noted: owned(self.noted),
        }
    }
}

/// What is said of a package.
pub(crate) fn said(bytes: &[u8], root: Option<Hash>) -> Said {
    let verdict = verify(bytes, root, &mut NoObserver).expect("memory reads");
    let word = match verdict.outcome {
        Outcome::Verifies => "verifies",
        Outcome::Refused => "refused",
        Outcome::Unreadable => "unreadable",
    };
    Said {
        verdict: word.to_owned(),
        broken: verdict.broken().map(|rule| rule.code().to_owned()).collect(),
        noted: verdict.noted().map(|rule| rule.code().to_owned()).collect(),
    }
}
