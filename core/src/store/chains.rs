//! Certificates with all above them: what a signature is judged by, however many others are held.

use std::collections::BTreeSet;
use std::sync::Arc;

use angen_ledger::certificate::{Distrust, SignedCertificate, Trust};
use angen_ledger::hash::Hash;
use angen_ledger::lately::Lately;
use angen_ledger::limits::CERTIFICATE_CHAIN_MAX;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;

const COSE: &str = "SELECT cose FROM certificate WHERE hash = :hash";

/// Certificates that this process has read. A hub judges each seal by the same chain, and a phone
/// each answer. A township has a hundred; twice this number takes 4 MB.
static READ: Lately<Arc<SignedCertificate>> = Lately::new(2_048);

/// Signatures of certificates that this process has verified: for a hub, those of a province.
static VERIFIED: Lately<()> = Lately::new(16_384);

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
            let certificate = SignedCertificate::read_by(&cose, &READ)?;
            next = certificate.signed.signer;
            given.insert(hash);
            chain.push((cose, certificate));
        }
        all.extend(chain.into_iter().rev());
    }
    Ok(all)
}

/// Takes a certificate into a trust as [`Trust::admit`] does; a signature that this process has
/// verified over these very bytes, with this very key, is not verified again.
///
/// # Errors
/// [`Distrust`].
pub fn admit(
    trust: &mut Trust,
    certificate: &SignedCertificate,
) -> std::result::Result<(), Distrust> {
    trust.admit_by(certificate, &VERIFIED)
}

/// The trust in these certificates, as far as they are here: every certificate up to the root is
/// judged again by the bytes that the database gives now, so that one that was tampered with
/// vouches for nobody.
///
/// # Errors
/// As [`chains_of`], and `Distrust`.
pub fn trust_in(connection: &Connection, wanted: impl IntoIterator<Item = Hash>) -> Result<Trust> {
    let mut trust = Trust::default();
    for (_, certificate) in chains_of(connection, wanted)? {
        admit(&mut trust, &certificate)?;
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

    #[test]
    fn a_certificate_that_is_altered_after_it_was_verified_vouches_for_nobody_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let (root, false_root) = (scribe(21, Duty::Root, None), scribe(22, Duty::Root, None));
        let (writer, forged) = (scribe(23, Duty::Writer, Some(&root)), &false_root.cose);
        let all = [root.cose.clone(), writer.cose.clone()];
        store.write(|tx| receive(tx, &all, &[])).unwrap();
        let trusts = || store.read(|read| trust_in(read, [writer.certificate.hash]));
        // Twice: the second time from memory.
        assert!(trusts().is_ok() && trusts().is_ok());
        let mut other_signature = root.cose.clone();
        *other_signature.last_mut().unwrap() ^= 1;
        for altered in [forged, &other_signature] {
            store
                .write(|tx| {
                    let update = "UPDATE certificate SET cose = :cose WHERE hash = :hash";
                    let hash = root.certificate.hash;
                    let params = named_params! {":cose": altered, ":hash": hash.as_bytes()};
                    Ok(tx.execute(update, params)?)
                })
                .unwrap();
            assert!(trusts().is_err());
        }
    }
}
