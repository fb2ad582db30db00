//! Keeping and handing over a dossier: custody, packages, bundles.

use angen_core::action::{
    self, BundleBlobs, ExportBundle, Exported, ExportedBundle, Handing, Imported, NoteCustody,
    Noted, Reader,
};
use angen_core::domain::{Custody, CustodyAct};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// What is done with a dossier, or a part of it.
#[uniffi::remote(Enum)]
pub enum CustodyAct {
    /// 查看: personal data was shown on a screen.
    View,
    /// 导出: a package was made.
    Export,
    /// 打印: a document was printed.
    Print,
    /// 复制: a file was copied out.
    Copy,
    /// 开封: a sealed carrier or package was opened.
    Open,
}

/// To whom something goes, and what for. Nothing waits for either.
#[uniffi::remote(Record)]
pub struct Handing {
    /// The person or body that gets it.
    #[uniffi(default = None)]
    pub recipient: Option<String>,
    /// What for.
    #[uniffi(default = None)]
    pub purpose: Option<String>,
}

/// A custody event 流转登记 that is noted.
#[uniffi::remote(Record)]
pub struct NoteCustody {
    /// What is done.
    pub act: CustodyAct,
    /// With which dossier.
    pub dossier: DossierId,
    /// With which entities of it; none for all of it.
    pub about: Vec<EntityId>,
    /// Fields that are shown, or withheld from a package.
    pub fields: Vec<String>,
    /// To whom, and what for.
    pub handing: Handing,
}

/// An event that was noted.
#[uniffi::remote(Record)]
pub struct Noted {
    /// The dossier that holds it.
    pub dossier: DossierId,
    /// The entity.
    pub custody: EntityId,
    /// The record.
    pub op: Hash,
}

/// A custody event as it is shown.
#[uniffi::remote(Record)]
pub struct Custody {
    /// The entity.
    pub custody: EntityId,
    /// The record.
    pub op: Hash,
    /// What was done.
    pub act: CustodyAct,
    /// The dossier that it was done with.
    pub dossier: DossierId,
    /// The entities that it was about; none when it was about the whole dossier.
    pub about: Vec<EntityId>,
    /// The fields that were shown or withheld.
    pub fields: Vec<String>,
    /// To whom it went, if it is disclosed and anybody said so.
    pub recipient: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// Whether it came to nothing, such as an export onto a full disk.
    pub failed: bool,
    /// Who did it.
    pub writer: WriterId,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
}

/// Custody events, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CustodyPage {
    /// At most 50.
    pub rows: Vec<Custody>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<u64>,
}

/// What is exported as a package that anybody can verify.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ExportPackage {
    /// Dossiers that go whole.
    pub dossiers: Vec<DossierId>,
    /// Fields that are withheld: wherever they stand (`signer`), or of one noun
    /// (`interview.phone`).
    #[uniffi(default = [])]
    pub withhold: Vec<String>,
    /// The app and its version, for the reader's information.
    pub software: String,
    /// To whom the package goes, and what for.
    pub handing: Handing,
}

impl From<ExportPackage> for action::ExportPackage {
    fn from(given: ExportPackage) -> Self {
        let ExportPackage { dossiers, withhold, software, handing } = given;
        Self { dossiers, withhold: withhold.into_iter().collect(), software, handing }
    }
}

/// What was exported.
#[uniffi::remote(Record)]
pub struct Exported {
    /// Records in the package.
    pub ops: u64,
    /// Files in the package.
    pub blobs: u64,
    /// Bytes of the package.
    pub bytes: u64,
    /// Logs of hubs of which a record names another tree than this device has seen: report it.
    pub contradicted: Vec<String>,
}

/// Which files go along in a bundle.
#[uniffi::remote(Enum)]
pub enum BundleBlobs {
    /// All that are here.
    All,
    /// Those without a receipt.
    Waiting,
    /// None.
    None,
}

/// What is exported as a bundle 摆渡包, and to whom: only they can open it, whoever carries it.
#[uniffi::remote(Record)]
pub struct ExportBundle {
    /// Dossiers; none for all that have something without a receipt.
    pub dossiers: Vec<DossierId>,
    /// The certificates of the readers, as `readers` gives them.
    pub readers: Vec<Hash>,
    /// Certificates that are not here yet, each behind its issuer, such as those of a hub.
    pub certificates: Vec<Vec<u8>>,
    /// Which files go along.
    pub blobs: BundleBlobs,
    /// The app and its version, for the reader's information.
    pub software: String,
    /// To whom the bundle goes, and what for; without a name, those of the readers are noted.
    pub handing: Handing,
}

/// What was exported.
#[uniffi::remote(Record)]
pub struct ExportedBundle {
    /// The dossiers.
    pub dossiers: Vec<DossierId>,
    /// Dossiers with something without a receipt that some reader may not see.
    pub kept_back: Vec<DossierId>,
    /// Who can open it.
    pub readers: Vec<String>,
    /// Records in it.
    pub ops: u64,
    /// Files in it.
    pub blobs: u64,
    /// Bytes of the bundle.
    pub bytes: u64,
    /// Logs of hubs of which a record names another tree than this device has seen: report it.
    pub contradicted: Vec<String>,
}

/// What came of an import.
#[uniffi::remote(Record)]
pub struct Imported {
    /// The dossiers of the package.
    pub dossiers: Vec<DossierId>,
    /// Records that were not here before.
    pub new_ops: u64,
    /// Records that were here already.
    pub known_ops: u64,
    /// Files that are whole here now and were not before.
    pub new_blobs: u64,
    /// Files that the package names and that are not here.
    pub absent_blobs: u64,
    /// Receipts that were verified and were not here before.
    pub receipts: u64,
    /// Refusals that a hub signed, of what is here, and that were not here before.
    pub refusals: u64,
    /// Receipts that nothing ties to what is known here of that log: left out.
    pub unproved_receipts: u64,
    /// Logs of which a checkpoint contradicts one that is kept here. Both are kept: report it.
    pub contradicted: Vec<String>,
}

/// Somebody who can be given a bundle.
#[uniffi::remote(Record)]
pub struct Reader {
    /// The newest certificate, which is named in a bundle.
    pub certificate: Hash,
    /// The writer.
    pub writer: WriterId,
    /// The name in it.
    pub name: String,
    /// The organisation in it.
    pub organisation: String,
    /// Whether it is a hub's.
    pub is_hub: bool,
}

/// Readers, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReaderPage {
    /// At most 50, hubs first, then by name.
    pub rows: Vec<Reader>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<u64>,
}
