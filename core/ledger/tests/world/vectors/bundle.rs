//! Bundles: whole ones with the keys of their readers, and bytes that nobody opens.

use std::io::{Read as _, Write as _};

use angen_ledger::bundle::{MAGIC, Recipient, open, read_header, seal};
use angen_ledger::hash::Hash;
use angen_ledger::limits::BLOB_CHUNK_BYTES;
use angen_ledger::testing::Chance;
use angen_ledger::wire::Wire as _;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::{hex, unhex};

/// A reader whose key everybody knows.
struct Holder {
    secret: [u8; 32],
    recipient: Recipient,
}

impl Holder {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let secret: [u8; 32] = chance.bytes();
        let seal_to = PublicKey::from(&StaticSecret::from(secret)).to_bytes();
        Self { secret, recipient: Recipient { certificate: Hash(chance.bytes()), seal_to } }
    }

    fn json(&self) -> Json {
        json!({
            "certificate": self.recipient.certificate.to_string(),
            "seal_to": hex(&self.recipient.seal_to),
            "secret": hex(&self.secret),
        })
    }
}

fn bundle(inside: &[u8], holders: &[&Holder], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let readers: Vec<_> = holders.iter().map(|holder| holder.recipient).collect();
    let mut writer = seal(Vec::new(), &readers, || chance.bytes()).expect("memory takes it");
    writer.write_all(inside).expect("memory takes it");
    writer.finish().expect("memory takes it")
}

/// Everything of bundle.json.
pub(crate) fn all() -> Json {
    let (first, second, other) = (Holder::new(1), Holder::new(2), Holder::new(3));
    let both = [&first, &second];
    let short = bundle(b"what a package says", &both, 11);
    let long: Vec<u8> = (0..BLOB_CHUNK_BYTES + 500).map(|at| (at / 256) as u8).collect();
    let long = bundle(&long, &[&first], 12);
    let mut rows = Vec::new();
    let mut add = |why: &str, holder: &Holder, bytes: &[u8]| {
        let mut row = json!({"why": why, "hex": hex(bytes), "reader": holder.json()});
        row["opens"] = judge(&row);
        rows.push(row);
    };
    add("one of two readers", &first, &short);
    add("the other of two readers", &second, &short);
    add("nothing inside", &first, &bundle(b"", &[&first], 13));
    add("two chunks", &first, &long);
    add("somebody else", &other, &short);
    let header = read_header(&mut short.as_slice()).expect("a header");
    let stream = 16 + header.to_wire().len();
    let under = |edit: &dyn Fn(&mut angen_ledger::bundle::BundleHeader)| {
        let mut header = header.clone();
        edit(&mut header);
        let wire = header.to_wire();
        let length = (wire.len() as u32).to_be_bytes();
        [MAGIC.as_slice(), &length, &wire, &short[stream..]].concat()
    };
    add("another id", &first, &under(&|header| header.id[0] ^= 1));
    add(
        "the other reader was removed",
        &first,
        &under(&|header| {
            header.readers.retain(|reader| reader.certificate == first.recipient.certificate);
        }),
    );
    add(
        "the other envelope was altered",
        &first,
        &under(&|header| {
            let other = |r: &&mut angen_ledger::bundle::Envelope| {
                r.certificate != first.recipient.certificate
            };
            header.readers.iter_mut().find(other).expect("another").wrapped[0] ^= 1;
        }),
    );
    add("readers that are not sorted", &first, &under(&|header| header.readers.reverse()));
    add("no readers", &first, &under(&|header| header.readers.clear()));
    add("the last byte is cut off", &first, &short[..short.len() - 1]);
    add("the stream is cut off", &first, &short[..stream]);
    add("a byte follows", &first, &[&short[..], &[0]].concat());
    add("two bundles", &first, &[&short[..], &short].concat());
    add("cut after the first of two chunks", &first, &long[..long.len() - 516]);
    add(
        "the second of two chunks stands first",
        &first,
        &[&long[..long.len() - 516 - BLOB_CHUNK_BYTES - 16], &long[long.len() - 516..]].concat(),
    );
    add("other magic", &first, &[&b"angen-bundlf"[..], &short[12..]].concat());
    add(
        "a longer header than is there",
        &first,
        &[&short[..12], &[0, 0, 0x40, 0], &short[16..]].concat(),
    );
    add(
        "a header over the limit",
        &first,
        &[&short[..12], &[0, 0, 0x40, 1], &[0; 16_385][..]].concat(),
    );
    json!({ "bundles": rows })
}

/// The SHA-256 and the length of what is inside, or nothing when it does not open.
pub(crate) fn judge(row: &Json) -> Json {
    let bytes = |pointer: &str| unhex(row.pointer(pointer).and_then(Json::as_str).expect("digits"));
    let fixed = |pointer: &str| <[u8; 32]>::try_from(bytes(pointer)).expect("32 bytes");
    let certificate = Hash(fixed("/reader/certificate"));
    let recipient = Recipient { certificate, seal_to: fixed("/reader/seal_to") };
    let secret = StaticSecret::from(fixed("/reader/secret"));
    let bundle = bytes("/hex");
    let opened = open(bundle.as_slice(), &recipient, |enc| {
        Ok(Zeroizing::new(secret.diffie_hellman(&PublicKey::from(*enc)).to_bytes()))
    });
    let Ok(mut inside) = opened else { return Json::Null };
    let mut out = Vec::new();
    match inside.read_to_end(&mut out) {
        Ok(_) => json!({"sha256": hex(&Sha256::digest(&out)), "length": out.len()}),
        Err(_) => Json::Null,
    }
}
