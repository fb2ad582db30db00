//! Exports what others lack as a bundle: a package that only its readers open, for a stick.
//!
//! Whoever carries the stick learns to whom it goes and how long it is. As every export, it is
//! noted in each dossier first, and the file appears whole or not at all; one that was cut is made
//! again from the beginning.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use angen_ledger::bundle::{BundleError, Recipient, seal};
use angen_ledger::certificate::{Duty, SignedCertificate};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use rusqlite::Connection;

use crate::action::establish::established;
use crate::action::export_package::{begin, finish, note_export, part_of, synced};
use crate::action::import_package::trust_with;
use crate::action::may_read::may_read;
use crate::action::note_custody::{Handing, Noted};
use crate::action::package_contents::{Choice, Contents, gather, write_package};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::store;

/// Which files go along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleBlobs {
    /// All that are here.
    All,
    /// Those without a receipt.
    Waiting,
    /// None.
    None,
}

/// What is exported, and to whom.
#[derive(Debug, Clone)]
pub struct ExportBundle {
    /// Dossiers; none for all that have something without a receipt.
    pub dossiers: Vec<DossierId>,
    /// The certificates of the readers.
    pub readers: Vec<Hash>,
    /// Certificates that are not here yet, each behind its issuer, such as those of a hub.
    pub certificates: Vec<Vec<u8>>,
    /// Which files go along.
    pub blobs: BundleBlobs,
    /// The program, for the reader's information.
    pub software: String,
    /// To whom the bundle goes, and what for; without a name, those of the readers are noted.
    pub handing: Handing,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedBundle {
    /// The dossiers.
    pub dossiers: Vec<DossierId>,
    /// Dossiers with something without a receipt that some reader may not see.
    pub kept_back: Vec<DossierId>,
    /// Who can open it.
    pub readers: Vec<String>,
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

/// Exports dossiers to readers. `step` is told how many of how many blobs are in.
///
/// # Errors
/// `Invalid` without a reader, for one who may not see a dossier that was named, for a certificate
/// that leads to no known root, and when nothing waits; `NotFound` for a dossier or certificate
/// that is not here; `File`, `Sign`, `Storage`.
pub fn export_bundle(
    desk: &Desk<'_>,
    request: &ExportBundle,
    file: &Path,
    step: &mut dyn FnMut(u64, u64),
) -> Result<ExportedBundle> {
    let readers = readers_of(desk, request)?;
    let (dossiers, kept_back) = desk.store().read(|read| chosen(read, request, &readers))?;
    let temporary = &part_of(file);
    let _ = desk.store().free_ballast(desk.ports());
    let out = begin(&*desk.ports().disk, temporary)?;
    let names: Vec<String> = readers.iter().map(|held| held.certificate.name.clone()).collect();
    let mut handing = request.handing.clone();
    handing.recipient.get_or_insert_with(|| names.join("、"));
    let noted = note_export(desk, &dossiers, &BTreeSet::new(), &handing);
    finish(desk, noted, temporary, file, |noted| {
        let contents = contents(desk, request, &dossiers, noted)?;
        let bytes = write(desk, request, &contents, &readers, out, temporary, step)?;
        let (ops, blobs) = (contents.ops(), contents.blobs().len() as u64);
        let (dossiers, kept_back) = (dossiers.clone(), kept_back.clone());
        let (readers, contradicted) = (names.clone(), contents.contradicted());
        Ok(ExportedBundle { dossiers, kept_back, readers, ops, blobs, bytes, contradicted })
    })
}

/// The readers' certificates: here, and under the root of this device.
fn readers_of(desk: &Desk<'_>, request: &ExportBundle) -> Result<Vec<SignedCertificate>> {
    let store = desk.store();
    let root = established(store)?.root;
    let trust = trust_with(store, &[root], &request.certificates, "certificate")?;
    if !request.certificates.is_empty() {
        store.write(|tx| store::receive(tx, &request.certificates, &[]))?;
    }
    let mut readers = Vec::new();
    for reader in &request.readers {
        let held = store.read(|read| store::certificate(read, *reader))?;
        let held =
            held.ok_or_else(|| Error::NotFound { noun: "certificate", id: reader.to_string() })?;
        if trust.root_of(reader) != Some(root) {
            return Err(Error::invalid(
                "reader",
                format!("{} 的证书不出自本机的根证书，不能作收件人", held.certificate.name),
                format!(
                    "the certificate of {} is not under the root of this device",
                    held.certificate.name
                ),
            ));
        }
        readers.push(held);
    }
    if readers.is_empty() {
        return Err(Error::invalid(
            "reader",
            "请至少指定一个收件人的证书",
            "name at least one reader by a certificate",
        ));
    }
    Ok(readers)
}

/// The dossiers that go, and those that wait and that some reader may not see.
fn chosen(
    read: &Connection,
    request: &ExportBundle,
    readers: &[SignedCertificate],
) -> Result<(Vec<DossierId>, Vec<DossierId>)> {
    if !request.dossiers.is_empty() {
        let mut dossiers = request.dossiers.clone();
        dossiers.sort_unstable();
        dossiers.dedup();
        for dossier in &dossiers {
            if let Some(reader) = kept_from(read, readers, *dossier)? {
                return Err(Error::invalid(
                    dossier.to_string(),
                    format!("{reader} 不能看这个卷宗：请换收件人，或不带它"),
                    format!("{reader} may not see this dossier: name another reader or leave it"),
                ));
            }
        }
        return Ok((dossiers, Vec::new()));
    }
    let (mut dossiers, mut kept_back) = (Vec::new(), Vec::new());
    for dossier in store::dossiers(read)? {
        let left = store::unreceipted(read, dossier, None)?;
        let waits = !left.seals.is_empty() || !left.blobs.is_empty();
        // Without its opening nobody could check who may write in it: another device sends it.
        if !waits || store::areas_of(read, dossier)?.is_empty() {
            continue;
        }
        match kept_from(read, readers, dossier)? {
            None => dossiers.push(dossier),
            Some(_) => kept_back.push(dossier),
        }
    }
    if dossiers.is_empty() {
        return Err(Error::invalid(
            "dossier",
            "没有要带走的：收件人可看的卷宗都已有回执",
            "there is nothing to carry: what these readers may see has its receipts",
        ));
    }
    Ok((dossiers, kept_back))
}

/// The reader who may not see a dossier. A hub keeps what it is given, and asks who reads.
fn kept_from(
    read: &Connection,
    readers: &[SignedCertificate],
    dossier: DossierId,
) -> Result<Option<String>> {
    for SignedCertificate { certificate, .. } in readers {
        if certificate.duty != Duty::Hub && !may_read(read, certificate, dossier)? {
            return Ok(Some(certificate.name.clone()));
        }
    }
    Ok(None)
}

fn contents(
    desk: &Desk<'_>,
    request: &ExportBundle,
    dossiers: &[DossierId],
    noted: &[Noted],
) -> Result<Contents> {
    let store = desk.store();
    store.read(|read| {
        let choice = Choice { dossiers, withhold: &BTreeSet::new(), noted, gaps: true };
        let mut contents = gather(read, desk, &choice)?;
        let mut waiting = BTreeSet::new();
        if request.blobs == BundleBlobs::Waiting {
            for dossier in dossiers {
                let left = store::unreceipted(read, *dossier, None)?;
                waiting.extend(left.blobs.iter().map(|blob| blob.address));
            }
        }
        for address in contents.blobs() {
            let goes = match request.blobs {
                BundleBlobs::All => true,
                BundleBlobs::Waiting => waiting.contains(&address),
                BundleBlobs::None => false,
            };
            // A file that is on another device alone is that device's to send.
            if !goes || !store.blobs().holds(address) {
                contents.left_out.insert(address);
            }
        }
        Ok(contents)
    })
}

fn write(
    desk: &Desk<'_>,
    request: &ExportBundle,
    contents: &Contents,
    readers: &[SignedCertificate],
    out: File,
    temporary: &Path,
    step: &mut dyn FnMut(u64, u64),
) -> Result<u64> {
    let say = |why| bundle_error(temporary, &why);
    let recipients: Vec<Recipient> = readers.iter().map(recipient).collect();
    let out = seal_with(BufWriter::new(out), &recipients, desk.ports()).map_err(say)?;
    let out = write_package(desk, &request.software, contents, out, temporary, step)?;
    let mut out = out.finish().map_err(say)?;
    let failed = |source| Error::file(temporary, source);
    out.flush().map_err(failed)?;
    let out = out.into_inner().map_err(|error| failed(error.into_error()))?;
    synced(&*desk.ports().disk, &out, temporary)
}

fn seal_with<W: Write>(
    out: W,
    readers: &[Recipient],
    ports: &Ports,
) -> std::result::Result<angen_ledger::bundle::BundleWriter<W>, BundleError> {
    seal(out, readers, || ports.random())
}

/// How a certificate is written to.
pub(crate) fn recipient(held: &SignedCertificate) -> Recipient {
    Recipient { certificate: held.hash, seal_to: held.certificate.seal_to }
}

/// What is wrong with a bundle, and what to do.
pub(crate) fn bundle_error(file: &Path, why: &BundleError) -> Error {
    let place = file.display().to_string();
    let zh = match why {
        BundleError::Io(source) => {
            return Error::file(file, std::io::Error::new(source.kind(), source.to_string()));
        }
        BundleError::Key(key) => return Error::Sign(key.clone()),
        BundleError::NotABundle => "不是加密包：请核对选的是哪个文件".to_owned(),
        BundleError::EndsEarly => "文件不完整：请从原设备重新拷贝".to_owned(),
        BundleError::Header(why) => format!("文件头不合规定（{why}）：请从原设备重新拷贝"),
        BundleError::Envelope { .. } => {
            "用您的密钥打不开：文件头被改动，或不是给您的；请让发件人重新导出".to_owned()
        }
        BundleError::WeakKey { reader } => {
            format!("收件证书 {} 的密钥不能用，请让此人重新登记", reader.short())
        }
        BundleError::Altered { chunk } => {
            format!("第 {chunk} 段被改动、调换或截断：请从原设备重新拷贝")
        }
        BundleError::TooLong => "文件太大：请分几次导出".to_owned(),
    };
    let advice = match why {
        BundleError::NotABundle => ": check which file was chosen",
        BundleError::WeakKey { .. } => ": have this person enrolled again",
        BundleError::TooLong => ": export in several parts",
        BundleError::Envelope { .. } => ", or is not for you: have it exported again",
        _ => ": copy it from its device again",
    };
    Error::invalid(place, zh, format!("{why}{advice}"))
}
