//! Imports a bundle: opens it with a key of this device, and takes the package inside.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use angen_ledger::bundle::{Agreement, BundleHeader, MAGIC, open, read_header};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::key::SignError;

use crate::action::establish::established;
use crate::action::export_bundle::{bundle_error, recipient};
use crate::action::import_package::{Imported, Receiver, import_from, import_package};
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::store::{self, Store};

/// Bytes that are read from the file at a time.
const BUFFER_BYTES: usize = 1 << 20;

/// Whose bundles this device opens, and how.
pub struct BundleKeys<'k> {
    /// The certificates that a bundle may name.
    pub certificates: Vec<SignedCertificate>,
    /// What the key of one of them and another key agree upon.
    #[expect(clippy::type_complexity, reason = "a question to the host, named once")]
    pub agree:
        &'k dyn Fn(&SignedCertificate, &[u8; 32]) -> std::result::Result<Agreement, SignError>,
}

/// Imports a bundle for who is at the desk.
///
/// # Errors
/// As [`import_bundle`].
pub fn import_bundle_at(desk: &Desk<'_>, receiver: &Receiver<'_>, file: &Path) -> Result<Imported> {
    let held = desk.store().read(store::certificates)?.into_iter().map(|(_, held)| held);
    let certificates = held.filter(|held| held.certificate.writer == desk.writer()).collect();
    let keys = &desk.ports().keys;
    let agree =
        |held: &SignedCertificate, public: &[u8; 32]| keys.agree(held.certificate.writer, public);
    import_bundle(receiver, &BundleKeys { certificates, agree: &agree }, file)
}

/// Imports a bundle. Importing it again, or after others, changes nothing; one that was cut leaves
/// what is whole, and is imported again.
///
/// # Errors
/// `Invalid` with the file for a bundle that is not for these keys, was altered, or whose package
/// does not hold: nothing was stored; `Sign`, `File`, `NoSpace`, `Storage`.
pub fn import_bundle(
    receiver: &Receiver<'_>,
    keys: &BundleKeys<'_>,
    file: &Path,
) -> Result<Imported> {
    let header = bundle_header(file)?;
    let mine = keys
        .certificates
        .iter()
        .find(|own| header.readers.iter().any(|envelope| envelope.certificate == own.hash));
    let Some(own) = mine else { return Err(not_for_you(receiver.store, &header, file)?) };
    let reader = recipient(own);
    let envelope = header.readers.iter().find(|envelope| envelope.certificate == own.hash);
    let enc = envelope.map(|envelope| envelope.enc).unwrap_or_default();
    // Once, so that a phone asks for the fingerprint once.
    let agreed = (keys.agree)(own, &enc)?;
    import_from(receiver, file, &|| {
        let input = opened(file)?;
        // Whoever changes the file between two readings gets an agreement that does not fit.
        let inside = open(input, &reader, |_| Ok(agreed.clone()));
        let inside = inside.map_err(|why| bundle_error(file, &why))?;
        Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, inside)) as Box<dyn Read>)
    })
}

/// To whom a bundle goes: all that its header says.
///
/// # Errors
/// `Invalid` with the file for what is no bundle, `File`.
pub fn bundle_header(file: &Path) -> Result<BundleHeader> {
    read_header(&mut opened(file)?).map_err(|why| bundle_error(file, &why))
}

/// Imports a file that somebody handed over, bundle or package, on a phone: what it says is judged
/// by the root of this database.
///
/// # Errors
/// As [`import_bundle`].
pub fn import_file(desk: &Desk<'_>, file: &Path) -> Result<Imported> {
    let (store, disk) = (desk.store(), &*desk.ports().disk);
    let roots = vec![established(store)?.root];
    let receiver = Receiver { store, disk, roots, log: None };
    if is_bundle(file)? {
        import_bundle_at(desk, &receiver, file)
    } else {
        import_package(&receiver, file)
    }
}

/// Whether a file begins as bundles do.
///
/// # Errors
/// `File`.
pub fn is_bundle(file: &Path) -> Result<bool> {
    let mut first = Vec::new();
    let read = opened(file)?.take(MAGIC.len() as u64).read_to_end(&mut first);
    read.map_err(|source| Error::file(file, source))?;
    Ok(first == MAGIC)
}

pub(super) fn opened(file: &Path) -> Result<BufReader<File>> {
    let input = File::open(file).map_err(|source| Error::file(file, source))?;
    Ok(BufReader::with_capacity(BUFFER_BYTES, input))
}

/// Names the readers whose certificates are here, the others by their hash.
fn not_for_you(store: &Store, header: &BundleHeader, file: &Path) -> Result<Error> {
    let mut names = Vec::new();
    for envelope in &header.readers {
        names.push(name_of(store, envelope.certificate)?);
    }
    let place = file.display().to_string();
    Ok(Error::invalid(
        place,
        format!("这个包是给 {} 的，您的密钥打不开：请原样交给收件人", names.join("、")),
        format!("it is for {}, and your key does not open it: carry it on", names.join(", ")),
    ))
}

fn name_of(store: &Store, certificate: Hash) -> Result<String> {
    let held = store.read(|read| store::certificate(read, certificate))?;
    Ok(held.map_or_else(|| certificate.short(), |held| held.certificate.name))
}
