//! Blob stores: each claim for the folder and for memory.

mod claims;
mod faults;
mod sites;

use angen_hub::store::{Arrived, BlobStore, Part, Resumed};
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::testing::Chance;
use sha2::{Digest, Sha256};

macro_rules! suite {
    ($($group:ident: $($claim:ident)*;)*) => {
        mod folder {
            $($(#[test] fn $claim() { super::$group::$claim::<super::sites::Folder>(); })*)*
        }
        mod memory {
            $($(#[test] fn $claim() { super::$group::$claim::<super::sites::Memory>(); })*)*
        }
    };
}

suite! {
    claims:
        a_blob_comes_in_any_parts_and_the_offset_is_how_far_it_is
        an_altered_byte_is_noticed_and_every_byte_goes
        a_part_that_comes_twice_is_told_where_the_store_is
        a_part_that_is_taken_back_was_never_there
        any_piece_of_a_blob_is_the_bytes_that_were_sent
        a_length_that_is_a_lie_never_becomes_whole
        the_list_has_what_is_whole_and_nothing_else
        two_senders_of_one_blob_never_write_into_one
        an_erasure_takes_everything_and_wins_over_a_part_under_way
        damage_is_found
        what_outlives_the_process_is_as_it_was;
    faults:
        without_room_nothing_begins
        whatever_step_fails_nothing_false_is_whole_and_the_sender_goes_on
        an_erasure_that_failed_is_made_good;
}

/// Bytes from a seed, and what an op calls them.
fn blob_of(seed: u64, length: usize) -> (BlobRef, Vec<u8>) {
    let mut chance = Chance::new(seed);
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        bytes.extend(chance.bytes::<32>());
    }
    bytes.truncate(length);
    let address = Hash(Sha256::digest(&bytes).into());
    (BlobRef { address, length: length as u64 }, bytes)
}

/// A part that must be given.
fn part_at(store: &dyn BlobStore, blob: BlobRef, offset: u64) -> Box<dyn Part> {
    match store.resume(blob, offset).unwrap() {
        Resumed::Part(part) => part,
        Resumed::At(held) => panic!("the store is at {held}, not at {offset}"),
        Resumed::Taken => panic!("nobody else is at it"),
    }
}

/// Where the store says that it is instead.
fn told(store: &dyn BlobStore, blob: BlobRef, offset: u64) -> Option<u64> {
    match store.resume(blob, offset).unwrap() {
        Resumed::At(held) => Some(held),
        Resumed::Part(part) => {
            part.take_back().unwrap();
            None
        }
        Resumed::Taken => None,
    }
}

/// Sends everything that is missing, in one part.
pub(crate) fn send(store: &dyn BlobStore, blob: BlobRef, bytes: &[u8]) -> Arrived {
    let held = store.held_bytes(blob).unwrap();
    if held == blob.length {
        return Arrived::Whole;
    }
    let mut part = part_at(store, blob, held);
    part.append(&bytes[held as usize..]).unwrap();
    part.end().unwrap()
}

/// All bytes of a whole blob.
fn bytes_of(store: &dyn BlobStore, address: Hash) -> Vec<u8> {
    store.read(address, 0, u64::MAX).unwrap()
}
