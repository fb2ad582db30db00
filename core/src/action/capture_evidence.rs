//! Captures a file as evidence 证据: encrypted, with both digests, sealed, and on the disk before
//! the call returns.
//!
//! This is the verb that the others are modelled on. Its parts, in order: the request, the view
//! that comes back, the verb itself (check, store the blob, one transaction), and the checks.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use angen_ledger::blob::BlobKey;
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::require_dossier;
use crate::desk::{Desk, Entry};
use crate::domain::{EvidenceKind, Media, Place, Purpose, SourceClass, inspect};
use crate::error::{Error, Result};
use crate::store::{self, StoredBlob, read_head};

/// Bytes of the end of a file that are looked at to tell whether it is whole.
const TAIL_BYTES_MAX: u64 = 64 * 1024;

/// What is captured.
#[derive(Debug, Clone)]
pub struct CaptureEvidence {
    /// The file. It is read in a stream and never changed.
    pub path: PathBuf,
    /// The dossier that it belongs to.
    pub dossier: DossierId,
    /// The finding, training, record or answer that it shows, if it is about one. The entity of an
    /// answer is known before anybody answers ([`Answer::entity_of`](crate::domain::Answer)).
    pub about: Option<EntityId>,
    /// Which kind of evidence it is.
    pub kind: EvidenceKind,
    /// Where the file comes from.
    pub source: SourceClass,
    /// The body camera's serial, who copied the CCTV, which colleague: as the source needs.
    pub source_note: Option<String>,
    /// What it is in the procedure: courseware, sign-in sheet, signed page; none for the rest.
    pub purpose: Option<Purpose>,
    /// What one sees or hears, in a few words.
    pub caption: String,
    /// How it was made 制作方法, if it is worth saying.
    pub method: Option<String>,
    /// What it is to prove 证明对象.
    pub proves: Option<String>,
    /// Where the device is, as the host knows it.
    pub place: Option<Place>,
    /// The device: make, model, and the app's version.
    pub device: String,
    /// The evidence that this one was made from (cropped, compressed, blurred).
    pub derived_from: Option<EntityId>,
}

/// Evidence as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Captures a file.
///
/// # Errors
/// `Invalid` for a file that is empty, cut off, or not what its name says, an empty caption, a
/// source that needs a note and has none; `NoSpace`; `NotFound` for a dossier that is not here;
/// `File`, `Sign`, `Storage`.
pub fn capture_evidence(desk: &Desk<'_>, request: &CaptureEvidence) -> Result<EvidenceView> {
    let media = request.check(desk)?;
    let key = BlobKey::new(desk.ports().random());
    let blob = desk.store().blobs().put(desk.ports(), &request.path, &key)?;
    let now = desk.ports().clock.now();
    let clock = desk.ports().clock.source();
    desk.write(|page| {
        desk.store().blobs().require(blob.address)?;
        let same_original = store::captured_before(page.read(), blob.original.sha256)?;
        let evidence = page.new_entity();
        let same = same_original.iter().map(|op| Value::from(op.as_bytes().as_slice()));
        let entry = request
            .entry(evidence, &media, &blob, &key)
            .set("clock_source", clock.word())
            .set("same_original", same.collect::<Vec<_>>());
        let op = page.put(entry)?;
        Ok(EvidenceView {
            evidence,
            op,
            address: blob.address,
            sha256: blob.original.sha256,
            sm3: blob.original.sm3,
            length: blob.original.length,
            camera_clock_offset_ms: media.exif_time_ms.map(|camera| camera - now.wall_ms),
            media: media.clone(),
            same_original,
        })
    })
}

impl CaptureEvidence {
    fn check(&self, desk: &Desk<'_>) -> Result<Media> {
        if self.caption.trim().is_empty() {
            return Err(Error::invalid(
                "caption",
                "请用几个字说明拍的是什么",
                "say in a few words what it shows",
            ));
        }
        let note = self.source_note.as_deref().unwrap_or_default();
        if self.source.needs_note() && note.trim().is_empty() {
            return Err(Error::invalid(
                "source_note",
                format!("来源是“{}”，请写明设备编号或复制人", self.source.term()),
                "this source needs a note: the device's serial, or who copied it",
            ));
        }
        if self.place.is_some_and(|place| !place.is_on_earth()) {
            return Err(Error::invalid("place", "经纬度超出范围", "the place is not on Earth"));
        }
        desk.store().read(|connection| require_dossier(connection, self.dossier))?;
        let (length, tail) = read_tail(&self.path)?;
        desk.store().check_room(&*desk.ports().disk, length)?;
        let head = read_head(&self.path)?;
        inspect(&self.file_name(), length, &head, &tail).map_err(Error::Invalid)
    }

    fn entry(&self, evidence: EntityId, media: &Media, blob: &StoredBlob, key: &BlobKey) -> Entry {
        let original = &blob.original;
        let mut entry = Entry::new("evidence.capture/1", self.dossier, evidence)
            .set("blob", blob.address.as_bytes().as_slice())
            .set("blob_key", key.as_bytes().as_slice())
            .set("length", original.length.cast_signed())
            .set("sha256", original.sha256.as_bytes().as_slice())
            .set("sm3", original.sm3.as_bytes().as_slice())
            .set("mime", media.mime.as_str())
            .set("caption", self.caption.as_str())
            .set("file_name", self.file_name())
            .set("kind", self.kind.word())
            .set("source", self.source.word())
            .set("device", self.device.as_str())
            .set_some("source_note", self.source_note.as_deref())
            .set_some("purpose", self.purpose.map(Purpose::word))
            .set_some("method", self.method.as_deref())
            .set_some("proves", self.proves.as_deref())
            .set_some("place", self.place.map(Place::to_value))
            .set_some("about", self.about.as_ref().map(|about| about.raw().as_slice()))
            .set_some("derived_from", self.derived_from.as_ref().map(|id| id.raw().as_slice()))
            .set_some("camera", media.camera.as_deref())
            .set_some("camera_time", media.exif_time_ms)
            .set_some("camera_place", media.exif_place.map(Place::to_value));
        entry.blob = Some(BlobRef { address: blob.address, length: blob.cipher_length });
        entry
    }

    fn file_name(&self) -> String {
        self.path
            .file_name()
            .map_or_else(|| "file".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

/// The length of a regular file, and its last bytes.
fn read_tail(path: &Path) -> Result<(u64, Vec<u8>)> {
    let failed = |source| Error::file(path, source);
    let mut file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(Error::invalid(
            path.display().to_string(),
            "不是文件，请选择一个文件",
            "is not a file: choose one",
        ));
    }
    let length = metadata.len();
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES_MAX))).map_err(failed)?;
    file.take(TAIL_BYTES_MAX).read_to_end(&mut tail).map_err(failed)?;
    Ok((length, tail))
}
