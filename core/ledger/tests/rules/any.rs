//! Arbitrary values, bodies and headers.

use angen_ledger::body::Body;
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::{BlobRef, Checkpoint, Dep, Header, Over, Ref};
use angen_ledger::id::{BootId, DossierId, EntityId, WriterId};
use angen_ledger::kind::Kind;
use angen_ledger::value::Value;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;

/// Any value, a few levels deep.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-300..300i64).prop_map(Value::Int),
        vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        "[a-z安根]{0,30}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(6, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::Array),
            btree_map("[a-z]{0,25}", inner, 0..6).prop_map(Value::map),
        ]
    })
}

/// Any body of open fields.
pub(crate) fn body() -> impl Strategy<Value = Body> {
    let fields = btree_map("[a-z0-9_]{1,30}", (value(), any::<[u8; 16]>()), 0..8);
    fields.prop_map(|fields| {
        let salts: Vec<_> = fields.values().map(|(_, salt)| *salt).collect();
        let mut salts = salts.into_iter();
        let fields = fields.into_iter().map(|(name, (value, _))| (name, value));
        Body::open(fields, || salts.next().expect("a salt for each")).expect("within the rules")
    })
}

fn hash() -> impl Strategy<Value = Hash> {
    any::<[u8; 32]>().prop_map(Hash)
}

fn dep() -> impl Strategy<Value = Dep> {
    let parts = (any::<[u8; 16]>(), 0..i64::MAX as u64, hash());
    parts.prop_map(|(writer, seq, op)| Dep { writer: WriterId(writer), seq, op })
}

fn reference() -> impl Strategy<Value = Ref> {
    let parts = ("[a-z_]{1,32}", any::<[u8; 16]>(), hash());
    parts.prop_map(|(role, dossier, op)| Ref { role, dossier: DossierId(dossier), op })
}

fn kind() -> impl Strategy<Value = Kind> {
    "[a-z_]{1,20}\\.[a-z_]{1,20}/[1-9][0-9]{0,3}".prop_map(|text| Kind::new(&text).expect("a kind"))
}

/// The parts of a header that name other things.
fn links() -> impl Strategy<Value = (Vec<Dep>, Vec<Ref>, Vec<Over>, Vec<BlobRef>)> {
    let over = btree_map("[a-z0-9_]{1,20}", btree_set(any::<[u8; 32]>(), 1..4), 0..4);
    let over = over.prop_map(|over| {
        let heads = |heads: std::collections::BTreeSet<_>| heads.into_iter().map(Hash).collect();
        over.into_iter().map(|(field, set)| Over { field, heads: heads(set) }).collect()
    });
    let blobs = btree_map(any::<[u8; 32]>(), 0..=(1u64 << 38), 0..4);
    let blobs = blobs.prop_map(|blobs| {
        let blob = |(address, length)| BlobRef { address: Hash(address), length };
        blobs.into_iter().map(blob).collect()
    });
    let deps = vec(dep(), 0..4).prop_map(|mut deps| {
        deps.sort();
        deps.dedup();
        deps
    });
    let refs = vec(reference(), 0..4).prop_map(|mut refs| {
        refs.sort_by(|a, b| (a.role.len(), a).cmp(&(b.role.len(), b)));
        refs.dedup();
        refs
    });
    (deps, refs, over, blobs)
}

/// Any header that keeps the rules.
pub(crate) fn header() -> impl Strategy<Value = Header> {
    let place = (0..1_000u64, hash(), any::<[u8; 16]>(), any::<[u8; 16]>(), any::<[u8; 16]>());
    let clock = (any::<i64>(), 0..i64::MAX as u64, any::<[u8; 16]>());
    let checkpoint = option::of(("[a-z./]{0,30}", 0..i64::MAX as u64, hash()));
    let said = (kind(), any::<bool>(), hash(), 0..=1_048_576u64, checkpoint);
    let ext = btree_map("[a-z]{1,9}", value(), 0..3);
    (place, clock, said, links(), ext).prop_map(|(place, clock, said, links, ext)| {
        let (seq, prev, dossier, writer, entity) = place;
        let (kind, critical, body, body_len, checkpoint) = said;
        let (deps, refs, over, blobs) = links;
        let Value::Map(ext) = Value::map(ext) else { unreachable!("a map is made") };
        Header {
            suite: Suite::Sha256,
            dossier: DossierId(dossier),
            writer: WriterId(writer),
            seq,
            prev: (seq > 0).then_some(prev),
            deps,
            refs,
            checkpoint: checkpoint.map(|(origin, size, root)| Checkpoint { origin, size, root }),
            wall_ms: clock.0,
            mono_ms: clock.1,
            boot: BootId(clock.2),
            kind,
            critical,
            entity: EntityId(entity),
            over,
            body,
            body_len,
            blobs,
            ext,
        }
    })
}
