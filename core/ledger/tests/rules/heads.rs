//! The values of fields do not depend on the order in which ops arrive.

use angen_ledger::header::Over;
use angen_ledger::heads::Heads;
use angen_ledger::op::Op;
use angen_ledger::testing::{Scribe, draft};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::world::{DOSSIER, FINDING, Story};

const FIELDS: [&str; 3] = ["a", "b", "c"];

/// One op to come: who writes, which field, and how much of what stands there it has seen.
type Step = (bool, usize, u8);

/// Ops of two writers who each see some of the other's.
fn history(steps: &[Step]) -> Vec<Op> {
    let mut story = Story::new();
    let mut ops: Vec<Op> = Vec::new();
    for (number, (first, field, seen)) in steps.iter().enumerate() {
        let field = FIELDS[*field];
        let sets = |op: &&Op| op.body.as_ref().is_some_and(|body| body.get(field).is_some());
        let seen = |place: usize| seen >> (place % 8) & 1 == 1;
        let heads: Vec<_> = ops.iter().filter(sets).enumerate().collect();
        let heads = heads.into_iter().filter(|(place, _)| seen(*place)).map(|(_, op)| op.hash);
        let mut step = draft(DOSSIER, FINDING, "a.b/1", &[(field, (number as i64).into())]);
        let heads: Vec<_> = heads.take(32).collect();
        if !heads.is_empty() {
            step.over.push(Over { field: field.to_owned(), heads });
        }
        let writer: &mut Scribe = if *first { &mut story.first } else { &mut story.second };
        ops.push(writer.write(step, vec![]));
    }
    ops
}

/// Everything that can be read out of heads.
fn read(heads: &Heads) -> String {
    format!("{:?} {:?}", heads.fields(DOSSIER, FINDING), heads.entities("a"))
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec((any::<bool>(), 0..FIELDS.len(), any::<u8>()), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_batching_gives_the_same_heads(
        steps in steps(),
        picks in proptest::collection::vec(any::<Index>(), 24),
        again in proptest::collection::vec(any::<Index>(), 0..6),
        cut in any::<Index>(),
    ) {
        let ops = history(&steps);
        let mut in_order = Heads::default();
        ops.iter().for_each(|op| in_order.apply(op));

        let mut left: Vec<&Op> = ops.iter().collect();
        let mut shuffled: Vec<&Op> = Vec::new();
        for pick in picks.iter().take(ops.len()) {
            shuffled.push(left.swap_remove(pick.index(left.len())));
        }
        shuffled.extend(again.iter().map(|pick| &ops[pick.index(ops.len())]));
        // The first batch is applied, kept, and the second comes onto a copy of it.
        let (first, second) = shuffled.split_at(cut.index(shuffled.len()));
        let mut batch = Heads::default();
        first.iter().for_each(|op| batch.apply(op));
        let mut batch = batch.clone();
        second.iter().for_each(|op| batch.apply(op));
        prop_assert_eq!(read(&batch), read(&in_order));
    }

    /// The definition of the page, computed the slow way.
    #[test]
    fn heads_are_the_ops_that_no_op_replaces(steps in steps()) {
        let ops = history(&steps);
        let mut heads = Heads::default();
        ops.iter().for_each(|op| heads.apply(op));
        for field in FIELDS {
            let replaced = |hash| ops.iter().any(|op| {
                op.header.over.iter().any(|over| over.field == field && over.heads.contains(&hash))
            });
            let sets = |op: &&Op| op.body.as_ref().is_some_and(|body| body.get(field).is_some());
            let mut expected: Vec<_> =
                ops.iter().filter(sets).map(|op| op.hash).filter(|hash| !replaced(*hash)).collect();
            expected.sort();
            let found: Vec<_> = heads.of(DOSSIER, FINDING, field).iter().map(|head| head.op).collect();
            prop_assert_eq!(found, expected, "field {}", field);
        }
    }
}
