//! A township in a folder of its own for each test.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use angen_core::action::{ExportPackage, Exported, Handing, export_package};
use angen_core::error::Result;
use angen_ledger::id::DossierId;
use angen_ledger::verify::{NoObserver, Outcome, Verdict, verify};
use angen_testing::case::{CaseCast, build_case};
use angen_testing::township::Township;
use tempfile::TempDir;

/// A township with a case, and a folder that goes when the test ends.
pub(crate) struct Scene {
    pub(crate) town: Township,
    pub(crate) case: CaseCast,
    pub(crate) folder: TempDir,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let town = Township::build(&folder.path().join("data"), 11);
        let case = build_case(&town);
        Self { town, case, folder }
    }

    pub(crate) fn check(&self) -> DossierId {
        self.town.cast.check.dossier
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a stranger says of a package.
    pub(crate) fn verdict(&self, name: &str) -> Verdict {
        let input = BufReader::new(File::open(self.path(name)).unwrap());
        let verdict = verify(input, Some(self.town.place.root), &mut NoObserver).unwrap();
        assert_eq!(verdict.outcome, Outcome::Verifies, "{:?}", verdict.rules);
        verdict
    }

    /// Exports a dossier for a lawyer.
    pub(crate) fn export(&self, dossier: DossierId, name: &str) -> Result<Exported> {
        let request = ExportPackage {
            dossiers: vec![dossier],
            withhold: Default::default(),
            software: "test".to_owned(),
            handing: Handing {
                recipient: Some("周律师".to_owned()),
                purpose: Some("阅卷".to_owned()),
            },
        };
        export_package(&self.town.officer(), &request, &self.path(name), &mut |_, _| {})
    }
}
