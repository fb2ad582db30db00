//! The rules of blobs (M): the named ciphertext, its key, and the original behind it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use sha2::{Digest, Sha256};

use crate::blob::{BlobKey, BlobOpener, Digests, TAG_BYTES};
use crate::hash::Hash;
use crate::limits::{BLOB_CHUNK_BYTES, BLOB_FRAME_BYTES};
use crate::op::Op;
use crate::value::Value;
use crate::verify::Observer;
use crate::verify::marks::label;
use crate::verify::rule::Rule;
use crate::verify::verdict::{Contents, Findings, Subject};
use crate::verify::words::Fault;

/// The kind whose ops exist for a blob.
const CAPTURE: &str = "evidence.capture/1";

/// What an op says of a blob.
struct Claim {
    length: u64,
    key: Option<BlobKey>,
    original: Option<Digests>,
    label: Option<String>,
}

impl Claim {
    /// Whether two ops say the same of one blob, as far as both disclose it.
    fn agrees(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        self.length == other.length
            && same(self.key.as_ref(), other.key.as_ref())
            && same(self.original.as_ref(), other.original.as_ref())
    }

    fn learn(&mut self, other: Self) {
        self.key = self.key.take().or(other.key);
        self.original = self.original.take().or(other.original);
        self.label = self.label.take().or(other.label);
    }
}

/// The blob whose frames are coming in.
struct Incoming {
    address: Hash,
    next: u64,
    sha256: Sha256,
    opener: Option<BlobOpener>,
    chunk: Vec<u8>,
    opens: bool,
    misplaced: bool,
}

#[derive(Default)]
pub(crate) struct Blobs {
    claims: BTreeMap<Hash, Claim>,
    incoming: Option<Incoming>,
    seen: HashSet<Hash>,
    held: u64,
}

impl Blobs {
    /// Takes what a checked op says of its blob.
    pub(crate) fn claim(&mut self, op: &Op, findings: &mut Findings) {
        if op.header.blobs.is_empty() && op.header.kind.as_str() == CAPTURE {
            let subject = Subject::Op {
                hash: op.hash,
                kind: op.header.kind.to_string(),
                seq: op.header.seq,
                writer: None,
                label: label(op),
            };
            findings.broken(Rule::M1, subject, Fault::BadClaim);
        }
        for blob in &op.header.blobs {
            let claim = Claim {
                length: blob.length,
                key: op.get("blob_key").and_then(|key| BlobKey::from_slice(key.as_bytes()?)),
                original: recorded(op),
                label: label(op),
            };
            let subject = Subject::Blob { address: blob.address, label: claim.label.clone() };
            let named = op.get("blob").and_then(|value| Hash::from_slice(value.as_bytes()?));
            let agrees = named.is_none_or(|named| named == blob.address);
            let agrees_with_known =
                self.claims.get(&blob.address).is_none_or(|known| known.agrees(&claim));
            if !describes(op) || !agrees || !agrees_with_known || op.header.blobs.len() != 1 {
                findings.broken(Rule::M1, subject, Fault::BadClaim);
            }
            match self.claims.entry(blob.address) {
                Entry::Vacant(place) => {
                    place.insert(claim);
                }
                // What one op withholds, another may disclose.
                Entry::Occupied(mut known) => known.get_mut().learn(claim),
            }
        }
    }

    /// Takes one frame of a blob.
    pub(crate) fn part(
        &mut self,
        address: Hash,
        offset: u64,
        bytes: &[u8],
        findings: &mut Findings,
        observer: &mut dyn Observer,
    ) {
        if self.incoming.as_ref().is_none_or(|incoming| incoming.address != address) {
            self.end(findings, observer);
            self.begin(address, findings);
        }
        let Some(incoming) = &mut self.incoming else { return };
        let claim = self.claims.get(&address).expect("only a claimed blob comes in");
        let after = offset + bytes.len() as u64;
        let whole = bytes.len() == BLOB_FRAME_BYTES || after == claim.length;
        if offset != incoming.next || !whole || after > claim.length {
            let subject = Subject::Blob { address, label: claim.label.clone() };
            findings.broken(Rule::M1, subject, Fault::OutOfOrder);
            incoming.misplaced = true;
        }
        incoming.next = after;
        incoming.sha256.update(bytes);
        incoming.open(bytes, after >= claim.length, observer);
    }

    /// The blobs that ops name: address, length of the ciphertext, and how an item names it.
    pub(crate) fn named(&self) -> impl Iterator<Item = (Hash, u64, Subject)> {
        self.claims.iter().map(|(address, claim)| {
            let subject = Subject::Blob { address: *address, label: claim.label.clone() };
            (*address, claim.length, subject)
        })
    }

    /// The rules that need the whole package.
    pub(crate) fn finish(
        &mut self,
        findings: &mut Findings,
        observer: &mut dyn Observer,
        contents: &mut Contents,
    ) {
        self.end(findings, observer);
        for (address, claim) in &self.claims {
            findings.checked(Rule::M4);
            if !self.seen.contains(address) {
                let subject = Subject::Blob { address: *address, label: claim.label.clone() };
                findings.noted(Rule::M4, subject, Fault::Absent);
            }
        }
        contents.blobs_named = self.claims.len() as u64;
        contents.blobs_held = self.held;
    }

    fn begin(&mut self, address: Hash, findings: &mut Findings) {
        findings.checked(Rule::M1);
        let fresh = self.seen.insert(address);
        let Some(claim) = self.claims.get(&address) else {
            let subject = Subject::Blob { address, label: None };
            findings.broken(Rule::M1, subject, Fault::NotNamed);
            return;
        };
        let subject = || Subject::Blob { address, label: claim.label.clone() };
        if !fresh {
            findings.broken(Rule::M1, subject(), Fault::Twice);
        }
        if claim.key.is_none() {
            findings.noted(Rule::M2, subject(), Fault::KeyWithheld);
        }
        self.incoming = Some(Incoming {
            address,
            next: 0,
            sha256: Sha256::new(),
            opener: claim.key.as_ref().map(BlobOpener::new),
            chunk: Vec::with_capacity(BLOB_CHUNK_BYTES + TAG_BYTES),
            opens: true,
            misplaced: false,
        });
    }

    /// The blob is over: is it the one that was named, and the original the recorded one?
    fn end(&mut self, findings: &mut Findings, observer: &mut dyn Observer) {
        let Some(incoming) = self.incoming.take() else { return };
        let address = incoming.address;
        let claim = self.claims.get(&address).expect("only a claimed blob comes in");
        let subject = || Subject::Blob { address, label: claim.label.clone() };
        let is_named =
            Hash(incoming.sha256.finalize().into()) == address && incoming.next == claim.length;
        if is_named {
            self.held += 1;
        } else {
            findings.broken(Rule::M1, subject(), Fault::WrongBlob);
        }
        let Some(opener) = incoming.opener else { return };
        // Bytes out of place say nothing of the key or of the original.
        if incoming.misplaced {
            observer.original_end(address, false);
            return;
        }
        findings.checked(Rule::M2);
        findings.checked(Rule::M3);
        let mut holds = false;
        if !incoming.opens || !incoming.chunk.is_empty() {
            findings.broken(Rule::M2, subject(), Fault::NotOpened);
        } else if claim.original.as_ref().is_some_and(|recorded| *recorded != opener.finish()) {
            findings.broken(Rule::M3, subject(), Fault::WrongOriginal);
        } else {
            holds = is_named;
        }
        observer.original_end(address, holds);
    }
}

impl Incoming {
    /// Decrypts as many chunks as have come in.
    fn open(&mut self, mut bytes: &[u8], complete: bool, observer: &mut dyn Observer) {
        let Some(opener) = &mut self.opener else { return };
        while self.opens && !self.misplaced {
            let wanted = BLOB_CHUNK_BYTES + TAG_BYTES - self.chunk.len();
            let (taken, rest) = bytes.split_at(wanted.min(bytes.len()));
            self.chunk.extend_from_slice(taken);
            bytes = rest;
            let last = complete && bytes.is_empty();
            if self.chunk.is_empty() || (self.chunk.len() < BLOB_CHUNK_BYTES + TAG_BYTES && !last) {
                return;
            }
            self.opens = opener.chunk(&mut self.chunk, last).is_ok();
            if self.opens {
                observer.original(self.address, &self.chunk);
            }
            self.chunk.clear();
        }
    }
}

/// Whether the op has the fields that describe a blob, and each that is open is of its type.
fn describes(op: &Op) -> bool {
    let Some(body) = &op.body else { return true };
    let bytes =
        |length: usize| move |value: &Value| value.as_bytes().map(<[u8]>::len) == Some(length);
    let fits = |name: &str, fit: &dyn Fn(&Value) -> bool| {
        let named = body.fields().iter().any(|field| field.name == name);
        named && body.get(name).is_none_or(fit)
    };
    let text = |value: &Value| value.as_text().is_some();
    ["blob", "blob_key", "sha256", "sm3"].iter().all(|name| fits(name, &bytes(32)))
        && fits("length", &|value| value.as_int().is_some_and(|length| length >= 0))
        && fits("mime", &text)
        && (fits("caption", &text) || op.header.kind.as_str() != CAPTURE)
}

/// Length and digests of the original, as the op records them.
fn recorded(op: &Op) -> Option<Digests> {
    let hash = |field: &str| Hash::from_slice(op.get(field)?.as_bytes()?);
    Some(Digests {
        length: u64::try_from(op.get("length")?.as_int()?).ok()?,
        sha256: hash("sha256")?,
        sm3: hash("sm3")?,
    })
}
