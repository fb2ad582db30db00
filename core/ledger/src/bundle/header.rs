//! The header of a bundle: to whom it goes, and for each reader the wrapped key.

use std::io::{ErrorKind, Read};

use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::blob::BlobKey;
use crate::bundle::{Agreement, BundleError, MAGIC, Recipient, hpke};
use crate::hash::{Hash, Suite};
use crate::key::SignError;
use crate::limits::{BUNDLE_HEADER_BYTES_MAX, BUNDLE_READERS_MAX};
use crate::wire::{Malformed, Reader, Wire, Writer, ascending};

const INFO: &[u8] = b"angen/bundle/1\0";
const STREAM_INFO: &[u8] = b"angen/bundle-stream/1\0";
const WRAPPED_BYTES: usize = 32 + hpke::TAG_BYTES;

/// The key of a bundle, wrapped for one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The hash of the reader's certificate.
    pub certificate: Hash,
    /// The ephemeral X25519 key.
    pub enc: [u8; 32],
    /// The encrypted key.
    pub wrapped: [u8; WRAPPED_BYTES],
}

/// What the header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleHeader {
    /// Hash and encryption.
    pub suite: Suite,
    /// A random name: two bundles with one are the same bundle.
    pub id: [u8; 16],
    /// One envelope for each reader, ascending by certificate.
    pub readers: Vec<Envelope>,
}

impl Wire for BundleHeader {
    const ITEM: &'static str = "bundle";
    const BYTES_MAX: usize = BUNDLE_HEADER_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(4).uint(1).uint(self.suite.number()).bytes(&self.id);
        out.array(self.readers.len());
        for reader in &self.readers {
            out.array(3);
            reader.certificate.write(out);
            out.bytes(&reader.enc).bytes(&reader.wrapped);
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("bundle", 4)?;
        if input.uint("bundle.version")? != 1 {
            return Err(Malformed::Rule { item: "bundle.version", rule: "must be 1" });
        }
        let (suite, id) = (Suite::read(input)?, input.fixed("bundle.id")?);
        let len = input.array("bundle.readers", BUNDLE_READERS_MAX)?;
        let mut readers = Vec::with_capacity(len);
        for _ in 0..len {
            input.tuple("bundle.readers", 3)?;
            readers.push(Envelope {
                certificate: Hash::read(input, "bundle.readers")?,
                enc: input.fixed("bundle.enc")?,
                wrapped: input.fixed("bundle.wrapped")?,
            });
        }
        check(&readers)?;
        Ok(Self { suite, id, readers })
    }
}

fn check(readers: &[Envelope]) -> Result<(), Malformed> {
    let item = "bundle.readers";
    if readers.is_empty() {
        return Err(Malformed::Rule { item, rule: "at least one is needed" });
    }
    if readers.len() > BUNDLE_READERS_MAX {
        return Err(Malformed::TooLarge { item, max: BUNDLE_READERS_MAX });
    }
    let hashes: Vec<Hash> = readers.iter().map(|reader| reader.certificate).collect();
    ascending(item, &hashes)
}

/// Everything before the stream: the header with its exact bytes.
pub(crate) struct Lid {
    pub(crate) header: BundleHeader,
    pub(crate) bytes: Vec<u8>,
}

impl Lid {
    /// Wraps the key for each reader.
    pub(crate) fn make(
        readers: &[Recipient],
        file_key: &[u8; 32],
        mut random: impl FnMut() -> [u8; 32],
    ) -> Result<Self, BundleError> {
        let mut readers = readers.to_vec();
        readers.sort_unstable();
        readers.dedup();
        let mut id = [0; 16];
        id.copy_from_slice(&random()[..16]);
        let mut envelopes = Vec::with_capacity(readers.len());
        for Recipient { certificate, seal_to } in readers {
            let ephemeral = random();
            let weak = BundleError::WeakKey { reader: certificate };
            let info = info(&id, &certificate);
            let sealed = hpke::seal(&seal_to, ephemeral, &info, file_key);
            let Some((enc, sealed)) = sealed else { return Err(weak) };
            let wrapped = sealed.try_into().expect("a key and a tag have one length");
            envelopes.push(Envelope { certificate, enc, wrapped });
        }
        check(&envelopes)?;
        let header = BundleHeader { suite: Suite::Sha256, id, readers: envelopes };
        let wire = header.to_wire();
        let length = u32::try_from(wire.len()).expect("64 readers are short");
        let bytes = [MAGIC.as_slice(), &length.to_be_bytes(), &wire].concat();
        Ok(Self { header, bytes })
    }

    /// Reads magic, length and header.
    pub(crate) fn read(input: &mut impl Read) -> Result<Self, BundleError> {
        let mut magic = [0; MAGIC.len()];
        match input.read_exact(&mut magic) {
            Err(why) if why.kind() == ErrorKind::UnexpectedEof => {
                return Err(BundleError::NotABundle);
            }
            read => read?,
        }
        if magic != *MAGIC {
            return Err(BundleError::NotABundle);
        }
        let mut length = [0; 4];
        take(input, &mut length)?;
        // The length is a claim of whoever carries the file: nothing is reserved beyond the limit.
        let bytes = u32::from_be_bytes(length) as usize;
        if bytes > BUNDLE_HEADER_BYTES_MAX {
            let max = BUNDLE_HEADER_BYTES_MAX;
            return Err(Malformed::TooLarge { item: BundleHeader::ITEM, max }.into());
        }
        let mut wire = vec![0; bytes];
        take(input, &mut wire)?;
        let header = BundleHeader::from_wire(&wire)?;
        let bytes = [magic.as_slice(), &length, &wire].concat();
        Ok(Self { header, bytes })
    }

    /// The key of the stream. The whole header goes into it: who alters an envelope that is not
    /// opened here alters the key all the same.
    pub(crate) fn stream_key(&self, file_key: &[u8; 32]) -> BlobKey {
        let hkdf = Hkdf::<Sha256>::new(None, file_key);
        let mut key = Zeroizing::new([0; 32]);
        hkdf.expand_multi_info(&[STREAM_INFO, &Sha256::digest(&self.bytes)], key.as_mut_slice())
            .expect("a key is shorter than 255 hashes");
        BlobKey::new(*key)
    }

    /// Opens the envelope of a reader.
    pub(crate) fn unwrap_key(
        &self,
        reader: &Recipient,
        agree: impl FnOnce(&[u8; 32]) -> Result<Agreement, SignError>,
    ) -> Result<Zeroizing<[u8; 32]>, BundleError> {
        let failed = || BundleError::Envelope { reader: reader.certificate };
        let mut envelopes = self.header.readers.iter();
        let envelope = envelopes.find(|envelope| envelope.certificate == reader.certificate);
        let Envelope { enc, wrapped, .. } = envelope.ok_or_else(failed)?;
        let info = info(&self.header.id, &reader.certificate);
        let opened = hpke::open(&reader.seal_to, enc, &agree(enc)?, &info, wrapped);
        let key = <[u8; 32]>::try_from(opened.ok_or_else(failed)?.as_slice());
        key.map(Zeroizing::new).map_err(|_| failed())
    }
}

fn info(id: &[u8; 16], certificate: &Hash) -> Vec<u8> {
    [INFO, id, certificate.as_bytes()].concat()
}

fn take(input: &mut impl Read, into: &mut [u8]) -> Result<(), BundleError> {
    match input.read_exact(into) {
        Err(why) if why.kind() == ErrorKind::UnexpectedEof => Err(BundleError::EndsEarly),
        read => Ok(read?),
    }
}
