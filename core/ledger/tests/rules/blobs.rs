//! The cipher of blobs: chunks can be neither swapped, cut, extended nor divided otherwise.

use angen_ledger::blob::{BlobError, BlobKey, BlobOpener, BlobSealer, Digests, TAG_BYTES};
use angen_ledger::hash::Hash;
use angen_ledger::limits::BLOB_CHUNK_BYTES;
use proptest::prelude::*;

const KEY: [u8; 32] = [9; 32];
const SEALED_CHUNK_BYTES: usize = BLOB_CHUNK_BYTES + TAG_BYTES;

fn file(length: usize) -> Vec<u8> {
    (0..length).map(|place| (place * 31 + place / 256) as u8).collect()
}

fn sealed(plain: &[u8]) -> (Vec<u8>, Hash, u64, Digests) {
    let mut sealer = BlobSealer::new(&BlobKey::new(KEY));
    let mut cipher = Vec::new();
    let count = plain.len().div_ceil(BLOB_CHUNK_BYTES).max(1);
    for index in 0..count {
        let end = plain.len().min((index + 1) * BLOB_CHUNK_BYTES);
        let mut chunk = plain[index * BLOB_CHUNK_BYTES..end].to_vec();
        sealer.chunk(&mut chunk, index + 1 == count).expect("short enough");
        cipher.extend(chunk);
    }
    let (address, length, digests) = sealer.finish();
    (cipher, address, length, digests)
}

fn opened(cipher: &[u8]) -> Result<(Vec<u8>, Digests), BlobError> {
    let mut opener = BlobOpener::new(&BlobKey::new(KEY));
    let mut plain = Vec::new();
    let count = cipher.len().div_ceil(SEALED_CHUNK_BYTES).max(1);
    for index in 0..count {
        let end = cipher.len().min((index + 1) * SEALED_CHUNK_BYTES);
        let mut chunk = cipher[index * SEALED_CHUNK_BYTES..end].to_vec();
        opener.chunk(&mut chunk, index + 1 == count)?;
        plain.extend(chunk);
    }
    Ok((plain, opener.finish()))
}

#[test]
fn files_of_every_size_come_back() {
    let one = BLOB_CHUNK_BYTES;
    for length in [0, 1, one - 1, one, one + 1, 2 * one, 5 * 1_048_576 + 3] {
        let plain = file(length);
        let (cipher, address, cipher_length, digests) = sealed(&plain);
        let chunks = length.div_ceil(one).max(1);
        assert_eq!(cipher.len(), length + chunks * TAG_BYTES, "{length}");
        assert_eq!(cipher.len() as u64, cipher_length);
        assert_eq!(address.0, *<sha2::Sha256 as sha2::Digest>::digest(&cipher));
        let (back, measured) = opened(&cipher).expect("it opens");
        assert!(back == plain, "{length}");
        assert_eq!(measured, digests);
        assert_eq!(digests.length, length as u64);
    }
}

/// The digests of "abc" as FIPS 180-4 and GB/T 32905-2016 (appendix A.1) give them.
#[test]
fn the_digests_are_those_of_the_standards() {
    let (_, _, _, digests) = sealed(b"abc");
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let sm3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    assert_eq!((digests.sha256.to_string(), digests.sm3.to_string()), (sha256.into(), sm3.into()));
}

#[test]
fn swapped_chunks_do_not_open() {
    let (mut cipher, ..) = sealed(&file(3 * BLOB_CHUNK_BYTES));
    let (first, rest) = cipher.split_at_mut(SEALED_CHUNK_BYTES);
    first.swap_with_slice(&mut rest[..SEALED_CHUNK_BYTES]);
    assert_eq!(opened(&cipher).unwrap_err(), BlobError::Chunk { chunk: 0 });
}

#[test]
fn a_cut_file_does_not_open() {
    let (cipher, ..) = sealed(&file(3 * BLOB_CHUNK_BYTES));
    // At the end of a chunk, within one, within a tag, before everything.
    for end in [2 * SEALED_CHUNK_BYTES, SEALED_CHUNK_BYTES + 9, cipher.len() - 3, TAG_BYTES, 3, 0] {
        assert!(opened(&cipher[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn an_extended_file_does_not_open() {
    let (cipher, ..) = sealed(&file(2 * BLOB_CHUNK_BYTES));
    let (empty, ..) = sealed(&[]);
    let again = cipher[SEALED_CHUNK_BYTES..].to_vec();
    for more in [vec![0], empty, again] {
        assert!(opened(&[cipher.clone(), more].concat()).is_err());
    }
}

#[test]
fn a_missing_first_chunk_does_not_open() {
    let (cipher, ..) = sealed(&file(2 * BLOB_CHUNK_BYTES));
    assert!(opened(&cipher[SEALED_CHUNK_BYTES..]).is_err());
}

#[test]
fn another_key_does_not_open() {
    let (cipher, ..) = sealed(&file(100));
    let mut opener = BlobOpener::new(&BlobKey::new([8; 32]));
    assert!(opener.chunk(&mut cipher.clone(), true).is_err());
}

#[test]
#[should_panic(expected = "only the last chunk may be short")]
fn an_empty_chunk_behind_others_is_not_sealed() {
    let mut sealer = BlobSealer::new(&BlobKey::new(KEY));
    sealer.chunk(&mut file(BLOB_CHUNK_BYTES), false).unwrap();
    let _ = sealer.chunk(&mut Vec::new(), true);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_flipped_bit_keeps_a_file_shut(length in 0..70_000usize, place in any::<usize>(), bit in 0..8u8) {
        let (mut cipher, ..) = sealed(&file(length));
        let place = place % cipher.len();
        cipher[place] ^= 1 << bit;
        prop_assert!(opened(&cipher).is_err());
    }
}
