//! What one database has, as another receives it: certificates and sealed runs.

use std::collections::BTreeMap;
use std::path::Path;

use angen_core::error::Result;
use angen_core::store::{self, Received, SealedRun, Store};
use angen_ledger::hash::Hash;
use angen_ledger::op::Op;
use angen_ledger::wire::Wire as _;

use crate::files::copy_folder;

/// What a database has.
#[derive(Debug, Clone, Default)]
pub struct Shipment {
    /// Certificates, issuers first.
    pub certificates: Vec<Vec<u8>>,
    /// Runs, by dossier and writer.
    pub runs: Vec<SealedRun>,
}

/// Takes everything that a database has.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn pack(from: &Store) -> Result<Shipment> {
    from.read(|read| {
        let certificates = store::certificates(read)?.into_iter().map(|(cose, _)| cose).collect();
        let mut runs = Vec::new();
        for dossier in store::dossiers(read)? {
            let held = store::ops_of_dossier(read, dossier)?;
            let ops: BTreeMap<Hash, Op> =
                held.into_iter().map(|stored| (stored.op.hash, stored.op)).collect();
            for (seal, signed) in store::seals_of(read, dossier)? {
                let mut run = Vec::new();
                let mut next = Some(signed.seal.head);
                while let Some(op) = next.and_then(|hash| ops.get(&hash)) {
                    run.push((op.bytes.clone(), op.body.as_ref().map(|body| body.to_wire())));
                    next = op.header.prev.filter(|_| op.header.seq > signed.seal.first);
                }
                run.reverse();
                runs.push(SealedRun { ops: run, seal });
            }
        }
        Ok(Shipment { certificates, runs })
    })
}

/// Gives a database what another has.
///
/// # Errors
/// As [`store::receive`].
pub fn deliver(shipment: &Shipment, to: &Store) -> Result<Received> {
    to.write(|tx| store::receive(tx, &shipment.certificates, &shipment.runs))
}

/// Makes a second phone of the same township: it received what the first one had, knows the
/// standing dossiers, and holds the first one's blobs.
///
/// # Errors
/// As [`store::receive`], and `File`.
pub fn second_phone(first: &Store, folder: &Path) -> Result<Store> {
    /// What a phone is told when it joins a township.
    const FACTS: [&str; 7] =
        ["root", "administrator", "area", "township", "roster", "library", "register"];
    let phone = Store::open(folder)?;
    deliver(&pack(first)?, &phone)?;
    for name in FACTS {
        let value = first.read(|read| store::get_setting(read, name))?.unwrap_or_default();
        phone.write(|tx| store::put_setting(tx, name, &value))?;
    }
    copy_folder(&first.folder().join("blobs"), &folder.join("blobs"))
        .map_err(|source| angen_core::error::Error::file(folder, source))?;
    Ok(phone)
}
