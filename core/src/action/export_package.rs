//! Exports a dossier, with what it relies on, as one package that a stranger verifies.
//!
//! The dossier itself goes whole, with its blobs. Of the standing dossiers that it relies on, and
//! of the dossiers that it names, go the runs that hold the ops it names (an excerpt), so that
//! a check travels with its enterprise and its checklist, and not with the whole register.
//!
//! The custody event of the export is written and committed first, and the package contains it:
//! a package that somebody holds is on record wherever the dossier is, whatever the exporter's
//! device did next. An export that then fails is noted as failed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use angen_ledger::id::DossierId;

use crate::action::close_dossier::opened;
use crate::action::note_custody::{
    Handing, NoteCustody, Noted, note_failure, prepare_custody, put_custody,
};
use crate::action::package_contents::{Choice, gather, write_package};
use crate::action::release_teaching::check_released;
use crate::desk::Desk;
use crate::domain::CustodyAct;
use crate::error::{Error, Result};
use crate::ports::Disk;

/// What is exported.
#[derive(Debug, Clone)]
pub struct ExportPackage {
    /// Dossiers that go whole.
    pub dossiers: Vec<DossierId>,
    /// Fields that are withheld: wherever they stand (`signer`), or of one noun
    /// (`interview.phone`).
    pub withhold: BTreeSet<String>,
    /// The program, for the reader's information.
    pub software: String,
    /// To whom the package goes, and what for.
    pub handing: Handing,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Ops in the package.
    pub ops: u64,
    /// Blobs in the package.
    pub blobs: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Logs of hubs of which an op names another tree than this device has seen: the hub showed
    /// two, or the op's writer lies. The heads concerned stay here, with their receipts.
    pub contradicted: Vec<String>,
}

/// Exports dossiers into a file. The file appears whole or not at all. `step` is told how many of
/// how many blobs are in.
///
/// # Errors
/// `NotFound` for a dossier that is not here, or a blob whose file is missing; `File`, `Sign`,
/// `Storage`; `Invalid` for a teaching dossier that a mentor has not released. Of an export that
/// failed, only its custody events remain.
pub fn export_package(
    desk: &Desk<'_>,
    request: &ExportPackage,
    file: &Path,
    step: &mut dyn FnMut(u64, u64),
) -> Result<Exported> {
    export_package_once(desk, request, file, &mut || {}, step)
}

/// As [`export_package`]; `noted` is called when the export is on record and before anything is
/// packed: what a hub gives a receipt for then goes along with that receipt, the export's own event
/// among it.
///
/// # Errors
/// As [`export_package`].
pub fn export_package_once(
    desk: &Desk<'_>,
    request: &ExportPackage,
    file: &Path,
    noted: &mut dyn FnMut(),
    step: &mut dyn FnMut(u64, u64),
) -> Result<Exported> {
    let temporary = &part_of(file);
    // On a full disk the package goes before the ballast.
    let _ = desk.store().free_ballast(desk.ports());
    // Whoever mistyped the folder is told before anything is noted.
    let out = begin(&*desk.ports().disk, temporary)?;
    let events = note_export(desk, &request.dossiers, &request.withhold, &request.handing);
    finish(desk, events, temporary, file, |events| {
        noted();
        export(desk, request, events, out, temporary, step)
    })
}

/// Makes the file, gives it its name, and takes all of it back when something fails.
pub(crate) fn finish<T>(
    desk: &Desk<'_>,
    noted: Result<Vec<Noted>>,
    temporary: &Path,
    file: &Path,
    make: impl FnOnce(&[Noted]) -> Result<T>,
) -> Result<T> {
    let made = noted.and_then(|noted| {
        let made = make(&noted)
            .and_then(|made| settle(&*desk.ports().disk, temporary, file).map(|()| made));
        if made.is_err() {
            // When not even that can be written, an event without a failure is the safer story.
            let _ = note_failure(desk, &noted);
        }
        made
    });
    if made.is_err() {
        // What could not be removed is named .part and no reader takes it for a package.
        let _ = fs::remove_file(temporary);
    }
    made
}

/// Makes the file that the package is written into.
pub(crate) fn begin(disk: &dyn Disk, temporary: &Path) -> Result<File> {
    let failed = |source| Error::file(temporary, source);
    disk.before("create").map_err(failed)?;
    File::create(temporary).map_err(failed)
}

/// What a file is called until it is whole.
pub(crate) fn part_of(file: &Path) -> PathBuf {
    let mut temporary = file.as_os_str().to_owned();
    temporary.push(".part");
    PathBuf::from(temporary)
}

/// Notes the export in each dossier.
pub(crate) fn note_export(
    desk: &Desk<'_>,
    dossiers: &[DossierId],
    withhold: &BTreeSet<String>,
    handing: &Handing,
) -> Result<Vec<Noted>> {
    dossiers.iter().try_for_each(|dossier| prepare_custody(desk, *dossier))?;
    desk.write(|page| {
        let mut noted = Vec::new();
        for dossier in dossiers {
            opened(page.read(), *dossier)?;
            noted.push(put_custody(
                page,
                &NoteCustody {
                    act: CustodyAct::Export,
                    dossier: *dossier,
                    about: Vec::new(),
                    fields: withhold.iter().cloned().collect(),
                    handing: handing.clone(),
                },
            )?);
        }
        Ok(noted)
    })
}

fn export(
    desk: &Desk<'_>,
    request: &ExportPackage,
    noted: &[Noted],
    out: File,
    temporary: &Path,
    step: &mut dyn FnMut(u64, u64),
) -> Result<Exported> {
    let contents = desk.store().read(|read| {
        for dossier in &request.dossiers {
            check_released(read, desk, *dossier)?;
        }
        let (dossiers, withhold) = (&request.dossiers, &request.withhold);
        gather(read, desk, &Choice { dossiers, withhold, noted, gaps: false })
    })?;
    let out = BufWriter::new(out);
    let mut out = write_package(desk, &request.software, &contents, out, temporary, step)?;
    let failed = |source| Error::file(temporary, source);
    out.flush().map_err(failed)?;
    let out = out.into_inner().map_err(|error| failed(error.into_error()))?;
    let bytes = synced(&*desk.ports().disk, &out, temporary)?;
    let (ops, blobs) = (contents.ops(), contents.blobs().len() as u64);
    Ok(Exported { ops, blobs, bytes, contradicted: contents.contradicted() })
}

/// Waits until a file is on the disk. Gives its length.
pub(crate) fn synced(disk: &dyn Disk, out: &File, path: &Path) -> Result<u64> {
    let failed = |source| Error::file(path, source);
    disk.before("sync").map_err(failed)?;
    out.sync_all().map_err(failed)?;
    Ok(out.metadata().map_err(failed)?.len())
}

/// Gives the written file its name, for good.
pub(crate) fn settle(disk: &dyn Disk, temporary: &Path, file: &Path) -> Result<()> {
    let failed = |source| Error::file(file, source);
    disk.before("rename").map_err(failed)?;
    fs::rename(temporary, file).map_err(failed)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // The package is whole under its name from here on; should this sync fail, a power cut may
    // take it away again, and exporting once more is all that it costs.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}
