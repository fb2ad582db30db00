//! One value, one encoding: what decodes encodes to the same bytes.

use angen_ledger::body::Body;
use angen_ledger::hash::Suite;
use angen_ledger::header::Header;
use angen_ledger::value::Value;
use angen_ledger::wire::Wire;
use proptest::prelude::*;

use super::any;

/// Damage to some bytes.
#[derive(Debug, Clone)]
enum Damage {
    Flip(usize, u8),
    Set(usize, u8),
    Insert(usize, u8),
    Remove(usize),
    Cut(usize),
    Repeat(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    // CBOR's heads are where a second encoding of a value would hide.
    let byte = prop_oneof![
        proptest::arbitrary::any::<u8>(),
        proptest::sample::select(vec![
            0x00, 0x18, 0x19, 0x1b, 0x38, 0x58, 0x5f, 0x78, 0x98, 0x9f, 0xf6, 0xf7, 0xff
        ]),
    ];
    let place = 0..4_000usize;
    prop_oneof![
        (place.clone(), 0..8u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        (place.clone(), byte.clone()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (place.clone(), byte).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        place.clone().prop_map(Damage::Remove),
        place.clone().prop_map(Damage::Cut),
        (place, 1..20usize).prop_map(|(at, length)| Damage::Repeat(at, length)),
    ]
}

fn damaged(mut bytes: Vec<u8>, all: &[Damage]) -> Vec<u8> {
    for one in all {
        let length = bytes.len();
        if length == 0 {
            return bytes;
        }
        match *one {
            Damage::Flip(at, bit) => bytes[at % length] ^= 1 << bit,
            Damage::Set(at, byte) => bytes[at % length] = byte,
            Damage::Insert(at, byte) => bytes.insert(at % (length + 1), byte),
            Damage::Remove(at) => drop(bytes.drain(at % length..=at % length)),
            Damage::Cut(at) => bytes.truncate(at % length),
            Damage::Repeat(at, count) => {
                let part = bytes[at % length..length.min(at % length + count)].to_vec();
                bytes.extend(part);
            }
        }
    }
    bytes
}

fn refused_or_identical<T: Wire>(bytes: &[u8]) {
    if let Ok(value) = T::from_wire(bytes) {
        assert_eq!(value.to_wire(), bytes);
    }
}

proptest! {
    #[test]
    fn a_value_comes_back_as_it_went(value in any::value()) {
        prop_assert_eq!(Value::from_wire(&value.to_wire()), Ok(value));
    }

    #[test]
    fn a_body_comes_back_as_it_went(body in any::body()) {
        prop_assert_eq!(Body::from_wire(&body.to_wire()), Ok(body));
    }

    #[test]
    fn a_header_comes_back_as_it_went(header in any::header()) {
        prop_assert_eq!(Header::from_wire(&header.to_wire()), Ok(header));
    }

    #[test]
    fn a_damaged_header_is_refused_or_has_that_encoding(
        header in any::header(),
        all in proptest::collection::vec(damage(), 1..4),
    ) {
        refused_or_identical::<Header>(&damaged(header.to_wire(), &all));
    }

    #[test]
    fn a_damaged_body_is_refused_or_has_that_encoding(
        body in any::body(),
        all in proptest::collection::vec(damage(), 1..4),
    ) {
        let bytes = damaged(body.to_wire(), &all);
        refused_or_identical::<Body>(&bytes);
        refused_or_identical::<Value>(&bytes);
    }

    #[test]
    fn a_changed_header_has_another_hash(header in any::header(), all in proptest::collection::vec(damage(), 1..2)) {
        let bytes = damaged(header.to_wire(), &all);
        if let Ok(other) = Header::from_wire(&bytes) {
            prop_assert_eq!(other == header, other.hash() == header.hash());
        }
    }

    #[test]
    fn withholding_any_fields_keeps_the_commitment(body in any::body(), hidden in proptest::arbitrary::any::<u8>()) {
        let mut count = 0;
        let shown = body.withhold(Suite::Sha256, |_| {
            count += 1;
            hidden >> (count - 1) & 1 == 1
        });
        prop_assert_eq!(shown.commitment(Suite::Sha256), body.commitment(Suite::Sha256));
        let read = Body::from_wire(&shown.to_wire()).expect("a disclosed body reads");
        prop_assert_eq!(read.commitment(Suite::Sha256), body.commitment(Suite::Sha256));
        // Withholding more of what was withheld already changes nothing either.
        let none = shown.withhold(Suite::Sha256, |_| true);
        prop_assert_eq!(none.commitment(Suite::Sha256), body.commitment(Suite::Sha256));
    }

    #[test]
    fn another_salt_gives_another_commitment(value in any::value(), salt in proptest::arbitrary::any::<[u8; 16]>()) {
        let of = |salt| {
            let field = [("a".to_owned(), value.clone())];
            Body::open(field, || salt).expect("within the rules").commitment(Suite::Sha256)
        };
        let mut other = salt;
        other[15] ^= 1;
        prop_assert_ne!(of(salt), of(other));
    }
}

/// Encodings that mean a value of the profile and are not its one encoding, or mean none.
#[test]
fn other_encodings_are_refused() {
    let refused: &[(&str, &[u8])] = &[
        ("0 in two bytes", &[0x18, 0x00]),
        ("255 in three bytes", &[0x19, 0x00, 0xff]),
        ("-1 in two bytes", &[0x38, 0x00]),
        ("open text", &[0x7f, 0xff]),
        ("open bytes", &[0x5f, 0xff]),
        ("an open array", &[0x9f, 0xff]),
        ("an open map", &[0xbf, 0xff]),
        ("a long length", &[0x58, 0x01, 0x00]),
        ("a tag", &[0xc0, 0x60]),
        ("a bignum", &[0xc2, 0x41, 0x01]),
        ("undefined", &[0xf7]),
        ("a simple value", &[0xf0]),
        ("false in two bytes", &[0xf8, 0x14]),
        ("a half float", &[0xf9, 0x00, 0x00]),
        ("a single float", &[0xfa, 0, 0, 0, 0]),
        ("a double float", &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("2^63", &[0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        ("nothing", &[]),
        ("a break", &[0xff]),
        ("a claim of 2^60 entries", &[0x9b, 0x10, 0, 0, 0, 0, 0, 0, 0]),
        ("a claim of 2^60 bytes", &[0x5b, 0x10, 0, 0, 0, 0, 0, 0, 0]),
    ];
    for (what, bytes) in refused {
        assert!(Value::from_wire(bytes).is_err(), "{what}");
    }
}
