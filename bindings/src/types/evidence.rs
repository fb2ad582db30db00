//! Evidence: what is captured, and how it is shown.

use std::path::PathBuf;

use angen_core::action::{CaptureEvidence, EvidenceView};
use angen_core::domain::{EvidenceKind, Media, Place, Purpose, SourceClass};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

/// The eight kinds of evidence (行政处罚法 2021, article 46), as far as officers capture them.
#[uniffi::remote(Enum)]
pub enum EvidenceKind {
    /// 书证: papers, original or checked copy.
    Documentary,
    /// 物证: things, or photos of them.
    Physical,
    /// 视听资料: photos, video, sound.
    AudioVisual,
    /// 电子数据: files, readings of instruments.
    Electronic,
    /// 证人证言.
    Testimony,
    /// 当事人的陈述.
    PartyStatement,
    /// 鉴定意见.
    ExpertOpinion,
    /// 勘验笔录、现场笔录.
    SceneRecord,
}

/// Where a file comes from. Only the first is made by this phone before the officer's eyes.
#[uniffi::remote(Enum)]
pub enum SourceClass {
    /// 本机拍摄: this phone's camera, in the app.
    OwnCamera,
    /// 执法记录仪: a body camera; its serial is recorded.
    BodyCamera,
    /// 监控复制: a copy of the enterprise's CCTV; who copied it is recorded.
    CctvCopy,
    /// 当事人提供: received from the party.
    FromParty,
    /// 同事手机: a colleague's phone.
    ColleaguePhone,
    /// 扫描件: a scan of a paper.
    Scan,
    /// 仪器导出: exported by an instrument.
    Instrument,
    /// 非本机拍摄: imported from the gallery, origin not known.
    Imported,
}

/// What a piece of evidence is for, where that decides whether something counts.
#[uniffi::remote(Enum)]
pub enum Purpose {
    /// 课件: what was taught in a training.
    Courseware,
    /// 签到表: who signed in at a training, on paper.
    SignInSheet,
    /// 签字页: a record or list that the party signed, as a photo or scan.
    SignedPage,
    /// 主体资格材料: licence copy, identity papers, authority letter.
    SubjectPapers,
    /// 询问笔录: a statement that was taken, as a signed page or a recording.
    Interview,
    /// 证据清单签认页: the list of digests that the party signed.
    HashList,
    /// 拒签、拒述说明: the party refuses to sign or to state, noted or filmed.
    RefusalNote,
}

/// A place in WGS-84. The map's own shift (GCJ-02) is for showing, never for storing.
#[uniffi::remote(Record)]
pub struct Place {
    /// Latitude in 10⁻⁷ degrees, north positive.
    pub latitude_e7: i64,
    /// Longitude in 10⁻⁷ degrees, east positive.
    pub longitude_e7: i64,
    /// Accuracy in millimetres, where it is known.
    #[uniffi(default = None)]
    pub accuracy_mm: Option<i64>,
}

/// What the first and last bytes of a file tell.
#[uniffi::remote(Record)]
pub struct Media {
    /// Media type (RFC 6838), such as `image/jpeg`.
    pub mime: String,
    /// When the camera says that it was taken, in milliseconds since 1970 UTC.
    pub exif_time_ms: Option<i64>,
    /// Where the camera says that it was taken.
    pub exif_place: Option<Place>,
    /// The camera's make and model.
    pub camera: Option<String>,
}

/// What is captured.
#[uniffi::remote(Record)]
pub struct CaptureEvidence {
    /// The file. It is read in a stream and never changed.
    pub path: PathBuf,
    /// The dossier that it belongs to.
    pub dossier: DossierId,
    /// The finding, training, record or answer that it shows, if it is about one: of an item of a
    /// checklist its `answer`.
    #[uniffi(default = None)]
    pub about: Option<EntityId>,
    /// Which kind of evidence it is.
    pub kind: EvidenceKind,
    /// Where the file comes from.
    pub source: SourceClass,
    /// The body camera's serial, who copied the CCTV, which colleague: as the source needs.
    #[uniffi(default = None)]
    pub source_note: Option<String>,
    /// What one sees or hears, in a few words.
    pub caption: String,
    /// How it was made 制作方法, if it is worth saying.
    #[uniffi(default = None)]
    pub method: Option<String>,
    /// What it is to prove 证明对象.
    #[uniffi(default = None)]
    pub proves: Option<String>,
    /// What it is for, where that decides whether something counts.
    #[uniffi(default = None)]
    pub purpose: Option<Purpose>,
    /// Where the device is, as the app knows it.
    #[uniffi(default = None)]
    pub place: Option<Place>,
    /// The device: make, model, and the app's version.
    pub device: String,
    /// The evidence that this one was made from (cropped, compressed, blurred).
    #[uniffi(default = None)]
    pub derived_from: Option<EntityId>,
}

/// Evidence as it is shown.
#[uniffi::remote(Record)]
pub struct EvidenceView {
    /// The entity.
    pub evidence: EntityId,
    /// The op.
    pub op: Hash,
    /// SHA-256 of the ciphertext.
    pub address: Hash,
    /// SHA-256 of the original.
    pub sha256: Hash,
    /// SM3 of the original.
    pub sm3: Hash,
    /// Bytes of the original.
    pub length: u64,
    /// What the file is, and what its camera says.
    pub media: Media,
    /// Earlier ops that captured the same original: the same photo used twice.
    pub same_original: Vec<Hash>,
    /// By how much the camera's clock and the device's differ, in milliseconds, if both are known.
    pub camera_clock_offset_ms: Option<i64>,
}
