//! A bundle opens for its readers, whole, or not at all: what each change of its bytes leads to.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

use std::io::{Read, Write};

use angen_ledger::bundle::{BundleError, BundleHeader, MAGIC, Recipient, open, read_header, seal};
use angen_ledger::hash::Hash;
use angen_ledger::key::SignError;
use angen_ledger::limits::{BLOB_CHUNK_BYTES, BUNDLE_HEADER_BYTES_MAX, BUNDLE_READERS_MAX};
use angen_ledger::testing::Chance;
use angen_ledger::wire::Wire;
use proptest::prelude::*;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

const CIPHER_BYTES: usize = BLOB_CHUNK_BYTES + 16;

struct Holder {
    recipient: Recipient,
    secret: StaticSecret,
}

impl Holder {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let secret = StaticSecret::from(chance.bytes::<32>());
        let seal_to = PublicKey::from(&secret).to_bytes();
        Self { recipient: Recipient { certificate: Hash(chance.bytes()), seal_to }, secret }
    }

    /// Everything that is inside, or why it does not open. What is given out before the fault is
    /// a beginning of what was put in.
    fn open(&self, bundle: &[u8]) -> Result<Vec<u8>, BundleError> {
        let mut out = Vec::new();
        let mut inside = open(bundle, &self.recipient, |enc| {
            let agreed = self.secret.diffie_hellman(&PublicKey::from(*enc));
            Ok::<_, SignError>(Zeroizing::new(agreed.to_bytes()))
        })?;
        match inside.read_to_end(&mut out) {
            Ok(_) => Ok(out),
            Err(why) => {
                assert!(out.len().is_multiple_of(BLOB_CHUNK_BYTES), "half a chunk came out");
                assert!(inside.read(&mut [0; 8]).is_err(), "a broken bundle goes on");
                match BundleError::within(&why) {
                    Some(BundleError::Altered { chunk }) => {
                        Err(BundleError::Altered { chunk: *chunk })
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
    }
}

fn sealed(inside: &[u8], holders: &[&Holder], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let readers: Vec<_> = holders.iter().map(|holder| holder.recipient).collect();
    let mut writer = seal(Vec::new(), &readers, || chance.bytes()).unwrap();
    writer.write_all(inside).unwrap();
    writer.finish().unwrap()
}

/// Three full chunks and a short one, for two readers.
struct Scene {
    first: Holder,
    second: Holder,
    inside: Vec<u8>,
    bundle: Vec<u8>,
    /// Where the stream begins.
    stream: usize,
}

impl Scene {
    fn new() -> Self {
        let (first, second) = (Holder::new(1), Holder::new(2));
        let inside: Vec<u8> = (0..3 * BLOB_CHUNK_BYTES + 100).map(|i| (i / 7) as u8).collect();
        let bundle = sealed(&inside, &[&first, &second], 3);
        let stream = 16 + u32::from_be_bytes(bundle[12..16].try_into().unwrap()) as usize;
        Self { first, second, inside, bundle, stream }
    }

    #[track_caller]
    fn assert_refused(&self, bundle: &[u8], what: &str) {
        for holder in [&self.first, &self.second] {
            assert!(holder.open(bundle).is_err(), "{what}: it opens");
        }
    }

    fn header(&self) -> BundleHeader {
        read_header(&mut self.bundle.as_slice()).unwrap()
    }

    /// The bundle under another header.
    fn under(&self, header: &BundleHeader) -> Vec<u8> {
        let wire = header.to_wire();
        let length = (wire.len() as u32).to_be_bytes();
        [MAGIC.as_slice(), &length, &wire, &self.bundle[self.stream..]].concat()
    }
}

#[test]
fn each_reader_opens_it_and_nobody_else() {
    let scene = Scene::new();
    assert_eq!(scene.first.open(&scene.bundle).unwrap(), scene.inside);
    assert_eq!(scene.second.open(&scene.bundle).unwrap(), scene.inside);
    let courier = Holder::new(9);
    assert!(matches!(courier.open(&scene.bundle), Err(BundleError::Envelope { .. })));
    // A courier who claims to be a reader still has another key.
    let recipient =
        Recipient { certificate: scene.first.recipient.certificate, ..courier.recipient };
    let liar = Holder { recipient, ..courier };
    assert!(matches!(liar.open(&scene.bundle), Err(BundleError::Envelope { .. })));
}

#[test]
fn the_header_says_to_whom_and_the_file_shows_nothing_of_what_is_inside() {
    let scene = Scene::new();
    let readers: Vec<_> = scene.header().readers.iter().map(|r| r.certificate).collect();
    let mut expected = vec![scene.first.recipient.certificate, scene.second.recipient.certificate];
    expected.sort_unstable();
    assert_eq!(readers, expected);
    let again = sealed(&scene.inside, &[&scene.first, &scene.second], 4);
    assert_eq!(again.len(), scene.bundle.len());
    let same = again[scene.stream..].iter().zip(&scene.bundle[scene.stream..]);
    let same = same.filter(|(one, other)| one == other).count();
    assert!(same < scene.bundle.len() / 100, "{same} bytes are the same under other keys");
}

#[test]
fn a_flipped_bit_in_any_region_is_refused() {
    let scene = Scene::new();
    let in_header = (0..scene.stream).flat_map(|at| (0..8).map(move |bit| (at, bit)));
    let ends: Vec<usize> = (0..=4).map(|n| scene.stream + n * CIPHER_BYTES).collect();
    // The edges of every chunk, its tag, and some bytes of its middle.
    let near =
        |at: usize| [at.wrapping_sub(17), at.wrapping_sub(16), at.wrapping_sub(1), at, at + 999];
    let in_stream = ends.into_iter().flat_map(near).chain([scene.bundle.len() - 1]);
    let in_stream = in_stream.filter(|at| (scene.stream..scene.bundle.len()).contains(at));
    let mut bundle = scene.bundle.clone();
    for (at, bit) in in_header.chain(in_stream.map(|at| (at, at % 8))) {
        bundle[at] ^= 1 << bit;
        scene.assert_refused(&bundle, &format!("bit {bit} of byte {at}"));
        bundle[at] ^= 1 << bit;
    }
    assert_eq!(bundle, scene.bundle);
}

#[test]
fn a_bundle_that_was_cut_anywhere_is_refused() {
    let scene = Scene::new();
    let boundaries = (0..=3).map(|n| scene.stream + n * CIPHER_BYTES);
    let between = boundaries.clone().flat_map(|at| [at + 1, at + 16, at + 17, at + 50]);
    let header = 0..scene.stream;
    for end in header.chain(boundaries).chain(between) {
        if end < scene.bundle.len() {
            scene.assert_refused(&scene.bundle[..end], &format!("cut at {end}"));
        }
    }
    let cut = &scene.bundle[..scene.bundle.len() - 1];
    assert!(matches!(scene.first.open(cut), Err(BundleError::Altered { chunk: 3 })));
    // A bundle whose writer was killed has no last chunk, also when it ends with a full one.
    let cut = &scene.bundle[..scene.stream + CIPHER_BYTES];
    assert!(matches!(scene.first.open(cut), Err(BundleError::Altered { chunk: 0 })));
}

#[test]
fn chunks_that_were_swapped_left_out_doubled_or_added_are_refused() {
    let scene = Scene::new();
    let (head, stream) = scene.bundle.split_at(scene.stream);
    let chunks: Vec<&[u8]> = stream.chunks(CIPHER_BYTES).collect();
    let orders: [&[usize]; 7] = [
        &[1, 0, 2, 3],
        &[0, 2, 1, 3],
        &[0, 1, 3, 2],
        &[0, 1, 3],
        &[1, 2, 3],
        &[0, 0, 1, 2, 3],
        &[0, 1, 2, 3, 3],
    ];
    for order in orders {
        let parts = order.iter().map(|index| chunks[*index]);
        let bundle: Vec<u8> = [head].into_iter().chain(parts).collect::<Vec<_>>().concat();
        scene.assert_refused(&bundle, &format!("chunks {order:?}"));
    }
}

#[test]
fn nothing_may_follow_the_last_chunk() {
    let scene = Scene::new();
    for more in [&[0][..], &[0; 16], &scene.bundle] {
        let longer = [&scene.bundle, more].concat();
        scene.assert_refused(&longer, &format!("{} bytes follow", more.len()));
    }
    // The last chunk is a full one: what follows begins like a chunk.
    let full = sealed(&vec![5; 2 * BLOB_CHUNK_BYTES], &[&scene.first, &scene.second], 6);
    assert_eq!(scene.first.open(&full).unwrap().len(), 2 * BLOB_CHUNK_BYTES);
    scene.assert_refused(&[&full[..], &full].concat(), "two bundles");
}

#[test]
fn an_oversized_header_is_refused_before_it_is_read() {
    let scene = Scene::new();
    for length in [BUNDLE_HEADER_BYTES_MAX as u32 + 1, u32::MAX] {
        let bundle = [MAGIC.as_slice(), &length.to_be_bytes()].concat();
        let error = scene.first.open(&bundle).unwrap_err();
        assert!(matches!(error, BundleError::Header(_)), "{length}: {error:?}");
    }
    let many: Vec<Recipient> =
        (0..=BUNDLE_READERS_MAX as u64).map(|seed| Holder::new(100 + seed).recipient).collect();
    let mut chance = Chance::new(1);
    assert!(seal(Vec::new(), &many, || chance.bytes()).is_err());
    assert!(seal(Vec::new(), &[], || chance.bytes()).is_err());
    let most = seal(Vec::new(), &many[1..], || chance.bytes()).unwrap().finish().unwrap();
    assert_eq!(read_header(&mut most.as_slice()).unwrap().readers.len(), BUNDLE_READERS_MAX);
    assert!(most.len() < BUNDLE_HEADER_BYTES_MAX);
}

#[test]
fn a_forged_header_opens_for_nobody() {
    let scene = Scene::new();
    let mut header = scene.header();
    header.readers.remove(0);
    scene.assert_refused(&scene.under(&header), "a reader was removed");
    let mut header = scene.header();
    let other = Scene { bundle: sealed(b"", &[&Holder::new(9)], 8), ..Scene::new() };
    header.readers.extend(other.header().readers);
    header.readers.sort_by_key(|reader| reader.certificate);
    scene.assert_refused(&scene.under(&header), "a reader was added");
    let mut header = scene.header();
    let again = sealed(&scene.inside, &[&scene.first, &scene.second], 5);
    let again = read_header(&mut again.as_slice()).unwrap();
    scene.assert_refused(&scene.under(&again), "the header of another bundle");
    header.readers[0] = again.readers[0].clone();
    scene.assert_refused(&scene.under(&header), "one envelope of another bundle");
    let mut header = scene.header();
    (header.readers[0].enc, header.readers[0].wrapped) =
        (header.readers[1].enc, header.readers[1].wrapped);
    scene.assert_refused(&scene.under(&header), "an envelope under another's name");
    header = scene.header();
    header.id = [0; 16];
    scene.assert_refused(&scene.under(&header), "another id");
}

#[test]
fn a_key_of_small_order_is_no_reader() {
    let mut chance = Chance::new(1);
    let reader = Recipient { certificate: Hash([1; 32]), seal_to: [0; 32] };
    let refused = seal(Vec::new(), &[reader], || chance.bytes()).map(drop);
    assert!(matches!(refused, Err(BundleError::WeakKey { .. })));
}

#[test]
fn a_reader_whose_key_is_locked_is_told_so() {
    let scene = Scene::new();
    let refused = open(scene.bundle.as_slice(), &scene.first.recipient, |_| Err(SignError::Locked));
    assert!(matches!(refused.map(drop), Err(BundleError::Key(SignError::Locked))));
}

#[test]
fn a_stream_of_many_chunks_passes_through_a_pipe_in_both_directions() {
    const CHUNKS: usize = 400;
    let holder = Holder::new(1);
    let (out, into) = std::io::pipe().unwrap();
    let recipient = holder.recipient;
    let writer = std::thread::spawn(move || {
        let mut chance = Chance::new(2);
        let mut bundle = seal(out_of(into), &[recipient], || chance.bytes()).unwrap();
        for number in 0..CHUNKS {
            bundle.write_all(&vec![number as u8; BLOB_CHUNK_BYTES + 1]).unwrap();
        }
        bundle.finish().unwrap();
    });
    let mut inside = open(out, &holder.recipient, |enc| {
        Ok(Zeroizing::new(holder.secret.diffie_hellman(&PublicKey::from(*enc)).to_bytes()))
    })
    .unwrap();
    let (mut buffer, mut total) = (vec![0; 10_000], 0);
    loop {
        let took = inside.read(&mut buffer).unwrap();
        if took == 0 {
            break;
        }
        let expected = |at: usize| (at / (BLOB_CHUNK_BYTES + 1)) as u8;
        assert!(buffer[..took].iter().enumerate().all(|(i, byte)| *byte == expected(total + i)));
        total += took;
    }
    writer.join().unwrap();
    assert_eq!(total, CHUNKS * (BLOB_CHUNK_BYTES + 1));
}

fn out_of(pipe: std::io::PipeWriter) -> std::io::BufWriter<std::io::PipeWriter> {
    std::io::BufWriter::new(pipe)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_goes_in_comes_out_however_it_is_cut_into_writes(
        length in prop_oneof![
            0_usize..200,
            BLOB_CHUNK_BYTES - 2..BLOB_CHUNK_BYTES + 3,
            2 * BLOB_CHUNK_BYTES - 1..2 * BLOB_CHUNK_BYTES + 2,
        ],
        pieces in prop::collection::vec(1_usize..100_000, 1..5),
        readers in 1_u64..5,
        seed: u64,
    ) {
        let holders: Vec<Holder> = (0..readers).map(|n| Holder::new(seed ^ n)).collect();
        let recipients: Vec<_> = holders.iter().map(|holder| holder.recipient).collect();
        let inside: Vec<u8> = (0..length).map(|at| (at as u64 ^ seed) as u8).collect();
        let mut chance = Chance::new(seed);
        let mut bundle = seal(Vec::new(), &recipients, || chance.bytes()).unwrap();
        let (mut rest, mut sizes) = (inside.as_slice(), pieces.iter().cycle());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
            bundle.write_all(piece).unwrap();
            rest = after;
        }
        let bundle = bundle.finish().unwrap();
        for holder in &holders {
            prop_assert_eq!(holder.open(&bundle).unwrap(), inside.clone());
        }
    }
}
