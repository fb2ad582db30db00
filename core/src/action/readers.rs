//! To whom a bundle can be encrypted 收件人: everybody whose certificate is on this device.

use std::collections::BTreeMap;

use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;

use crate::error::Result;
use crate::store::{self, Store};

/// Somebody who can be given a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Everybody whose certificate is here and was not revoked, hubs first, then by name.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn readers(store: &Store) -> Result<Vec<Reader>> {
    store.read(|read| {
        // Certificates lie in the order of their arrival, so the last one of a writer stands.
        let mut newest: BTreeMap<WriterId, Reader> = BTreeMap::new();
        for (_, held) in store::certificates(read)? {
            let (certificate, hash) = (held.certificate, held.hash);
            let is_reader = matches!(certificate.duty, Duty::Writer | Duty::Admin | Duty::Hub);
            if !is_reader || store::revoked_by(read, certificate.writer)?.is_some() {
                continue;
            }
            let reader = Reader {
                certificate: hash,
                writer: certificate.writer,
                name: certificate.name,
                organisation: certificate.organisation,
                is_hub: certificate.duty == Duty::Hub,
            };
            newest.insert(reader.writer, reader);
        }
        let mut readers: Vec<Reader> = newest.into_values().collect();
        readers.sort_by(|a, b| (!a.is_hub, &a.name, a.writer).cmp(&(!b.is_hub, &b.name, b.writer)));
        Ok(readers)
    })
}
