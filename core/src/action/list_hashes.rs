//! Lists the digests 证据哈希清单 of what was captured, for the party to sign on site: the cheap way
//! to have electronic evidence confirmed by the other side (最高法 行政诉讼证据规定, article 64).

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;
use sha2::{Digest, Sha256};

use crate::action::look::require_dossier;
use crate::desk::{Desk, Entry};
use crate::domain::{Evidence, HashList, Purpose, read_all, read_one};
use crate::error::{Error, Result};

/// A list, with the files on it.
#[derive(Debug, Clone)]
pub struct HashListView {
    /// The list.
    pub list: HashList,
    /// The files, in its order.
    pub files: Vec<Evidence>,
    /// SHA-256 over every line of it: the one number that the party's signature stands for.
    pub digest: Hash,
}

/// Lists every file of a dossier that stands, but for the papers that are signed themselves.
///
/// # Errors
/// `Invalid` when nothing was captured; `NotFound`; `Sign`, `Storage`.
pub fn list_hashes(desk: &Desk<'_>, dossier: DossierId) -> Result<HashListView> {
    desk.write(|page| {
        require_dossier(page.read(), dossier)?;
        let mut files: Vec<Evidence> = read_all(page.read(), dossier)?;
        files.retain(|file| {
            !file.retracted
                && !matches!(file.purpose, Some(Purpose::SignedPage | Purpose::HashList))
        });
        if files.is_empty() {
            return Err(Error::invalid(
                "evidence",
                "还没有固定证据，没有可列的清单",
                "nothing was captured yet: there is nothing to list",
            ));
        }
        files.sort_by_key(|file| (file.wall_ms, file.op));
        let digest = digest_of(&files);
        let items = files.iter().map(|file| Value::from(file.op.as_bytes().as_slice()));
        let list: EntityId = page.new_entity();
        page.put(
            Entry::new("hash_list.make/1", dossier, list)
                .set("items", items.collect::<Vec<_>>())
                .set("digest", digest.as_bytes().as_slice()),
        )?;
        Ok(HashListView { list: read_one(page.read(), dossier, list)?, files, digest })
    })
}

/// SHA-256 over the lines of a list: both digests of each file as they are printed.
#[must_use]
pub fn digest_of(files: &[Evidence]) -> Hash {
    let mut sha = Sha256::new();
    for file in files {
        sha.update(format!("{} {}\n", file.sha256, file.sm3));
    }
    Hash(sha.finalize().into())
}
