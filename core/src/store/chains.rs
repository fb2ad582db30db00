//! Certificates with all above them: what a signature is judged by, however many others are held.

use std::collections::BTreeSet;

use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::Hash;
use angen_ledger::limits::CERTIFICATE_CHAIN_MAX;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;

const COSE: &str = "SELECT cose FROM certificate WHERE hash = :hash";

/// A certificate with its exact bytes.
pub type Held = (Vec<u8>, SignedCertificate);

/// The certificates under these hashes with all above them, each once and behind its issuer. Those
/// that are not here are left out. It costs what is asked for, not what is held.
///
/// # Errors
/// `Storage`; `Malformed` when the database holds what was never a certificate.
pub fn chains_of(
    connection: &Connection,
    wanted: impl IntoIterator<Item = Hash>,
) -> Result<Vec<Held>> {
    let mut statement = connection.prepare_cached(COSE)?;
    let (mut given, mut all) = (BTreeSet::new(), Vec::new());
    for hash in wanted {
        let (mut chain, mut next) = (Vec::new(), Some(hash));
        // Nothing longer was ever admitted.
        while let Some(hash) = next.filter(|_| chain.len() < CERTIFICATE_CHAIN_MAX) {
            if given.contains(&hash) {
                break;
            }
            let params = named_params! {":hash": hash.as_bytes()};
            let cose = statement.query_row(params, |row| row.get::<_, Vec<u8>>("cose"));
            let Some(cose) = cose.optional()? else { break };
            let certificate = SignedCertificate::read(&cose)?;
            next = certificate.signed.signer;
            given.insert(hash);
            chain.push((cose, certificate));
        }
        all.extend(chain.into_iter().rev());
    }
    Ok(all)
}

/// The trust in these certificates, as far as they are here: every signature up to the root is
/// checked again, so that a database that was tampered with vouches for nobody.
///
/// # Errors
/// As [`chains_of`], and `Distrust`.
pub fn trust_in(connection: &Connection, wanted: impl IntoIterator<Item = Hash>) -> Result<Trust> {
    let mut trust = Trust::default();
    for (_, certificate) in chains_of(connection, wanted)? {
        trust.admit(&certificate)?;
    }
    Ok(trust)
}

#[cfg(test)]
mod tests {
    use angen_ledger::certificate::Duty;
    use angen_ledger::key::Algorithm;
    use angen_ledger::limits::CERTIFICATES_MAX;
    use angen_ledger::testing::{Grant, Scribe};

    use super::*;
    use crate::store::{Store, insert_certificate, receive};

    fn scribe(seed: u64, duty: Duty, issuer: Option<&Scribe>) -> Scribe {
        let grant =
            Grant { duty, name: "王安", scopes: &["*:371102110"], algorithm: Algorithm::Ed25519 };
        Scribe::new(seed, &grant, issuer)
    }

    #[test]
    fn a_store_that_holds_more_certificates_than_a_package_takes_one_more() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let root = scribe(1, Duty::Root, None);
        let others = (2..).map(|seed| scribe(seed, Duty::Writer, Some(&root)));
        let others: Vec<Scribe> = others.take(CERTIFICATES_MAX).collect();
        store
            .write(|tx| {
                for one in [&root].into_iter().chain(&others) {
                    insert_certificate(tx, &one.cose, one.certificate.hash)?;
                }
                Ok(())
            })
            .unwrap();
        let one_more = scribe(0, Duty::Writer, Some(&root));

        store.write(|tx| receive(tx, std::slice::from_ref(&one_more.cose), &[])).unwrap();

        let chain = store.read(|read| chains_of(read, [one_more.certificate.hash])).unwrap();
        let hashes: Vec<Hash> = chain.iter().map(|(_, certificate)| certificate.hash).collect();
        assert_eq!(hashes, [root.certificate.hash, one_more.certificate.hash]);
    }

    #[test]
    fn a_certificate_whose_issuer_was_altered_in_the_database_vouches_for_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let (root, false_root) = (scribe(1, Duty::Root, None), scribe(2, Duty::Root, None));
        let writer = scribe(3, Duty::Writer, Some(&root));
        store
            .write(|tx| {
                // The bytes of another root under the name of the true one.
                insert_certificate(tx, &false_root.cose, root.certificate.hash)?;
                insert_certificate(tx, &writer.cose, writer.certificate.hash)
            })
            .unwrap();
        assert!(store.read(|read| trust_in(read, [writer.certificate.hash])).is_err());
    }
}
