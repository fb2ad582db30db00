//! Imports a checklist 检查表 from an Excel workbook: the workbook is kept as it is, beside the
//! compiled form.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use angen_forms::{Form, FormErrors, limits::WORKBOOK_BYTES_MAX};
use angen_ledger::blob::BlobKey;
use angen_ledger::header::BlobRef;

use crate::action::establish::established;
use crate::desk::{Desk, Entry};
use crate::domain::{Checklist, read_all, read_one};
use crate::error::{Error, Result};

/// Media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Why a workbook was not imported. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Cells that cannot be taken, all of them.
    #[error("{0}")]
    Form(FormErrors),
    /// Anything else.
    #[error(transparent)]
    Core(#[from] Error),
}

/// Imports a workbook. One that is there with the same id and version is given back as it is.
///
/// # Errors
/// [`ImportError`].
pub fn import_checklist(
    desk: &Desk<'_>,
    path: &Path,
) -> std::result::Result<Checklist, ImportError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_else(|| path.display().to_string());
    let bytes = read_workbook(path)?;
    let form = Form::from_xlsx(&bytes, &name).map_err(ImportError::Form)?;
    let place = established(desk.store())?;
    let known: Vec<Checklist> = desk.store().read(|read| read_all(read, place.library))?;
    let same = |known: &Checklist| known.list_id == form.id() && known.version == form.version();
    if let Some(known) = known.into_iter().find(same) {
        return Ok(known);
    }
    let key = BlobKey::new(desk.ports().random());
    let blob = desk.store().blobs().put(desk.ports(), path, &key)?;
    let imported = desk.write(|page| {
        desk.store().blobs().require(blob.address)?;
        let checklist = page.new_entity();
        let mut entry = Entry::new("checklist.import/1", place.library, checklist)
            .set("list_id", form.id())
            .set("title", form.title())
            .set("version", form.version())
            .set("item_list_version", form.item_list_version().unwrap_or_default())
            .set("form", form.to_json())
            .set("caption", name.as_str())
            .set("blob", blob.address.as_bytes().as_slice())
            .set("blob_key", key.as_bytes().as_slice())
            .set("length", blob.original.length.cast_signed())
            .set("sha256", blob.original.sha256.as_bytes().as_slice())
            .set("sm3", blob.original.sm3.as_bytes().as_slice())
            .set("mime", XLSX);
        entry.blob = Some(BlobRef { address: blob.address, length: blob.cipher_length });
        page.put(entry)?;
        read_one(page.read(), place.library, checklist)
    });
    Ok(imported?)
}

fn read_workbook(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = WORKBOOK_BYTES_MAX as u64 + 1;
    File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|source| Error::file(path, source))?;
    Ok(bytes)
}
