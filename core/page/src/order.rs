//! The order in which a reader meets the ops: never before what they build on.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use angen_ledger::hash::Hash;
use angen_ledger::op::Op;

/// The ops so that each comes after all that it names as its past or relies on. Ops that know
/// nothing of each other stand by claimed time, then by hash: that helps the eye and proves
/// nothing, and the values of fields never depend on it.
pub(crate) fn in_causal_order(ops: &[Op]) -> Vec<&Op> {
    let index: HashMap<Hash, usize> = ops.iter().enumerate().map(|(i, op)| (op.hash, i)).collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); ops.len()];
    let mut waits_for = vec![0_usize; ops.len()];
    for (place, op) in ops.iter().enumerate() {
        for past in past_of(op).iter().filter_map(|hash| index.get(hash)) {
            after[*past].push(place);
            waits_for[place] += 1;
        }
    }
    let entry = |place: usize| Reverse((ops[place].header.wall_ms, ops[place].hash, place));
    let free = (0..ops.len()).filter(|place| waits_for[*place] == 0);
    let mut ready: BinaryHeap<_> = free.map(entry).collect();
    let mut ordered = Vec::with_capacity(ops.len());
    while let Some(Reverse((_, _, place))) = ready.pop() {
        ordered.push(&ops[place]);
        for next in &after[place] {
            waits_for[*next] -= 1;
            if waits_for[*next] == 0 {
                ready.push(entry(*next));
            }
        }
    }
    // An op's hash covers its past, so there is no circle and every op has been reached.
    ordered
}

fn past_of(op: &Op) -> HashSet<Hash> {
    let header = &op.header;
    let over = header.over.iter().flat_map(|over| over.heads.iter().copied());
    let deps = header.deps.iter().map(|dep| dep.op);
    let refs = header.refs.iter().map(|reference| reference.op);
    header.prev.into_iter().chain(deps).chain(refs).chain(over).collect()
}

#[cfg(test)]
mod tests {
    use angen_ledger::certificate::Duty;
    use angen_ledger::id::DossierId;
    use angen_ledger::key::Algorithm;
    use angen_ledger::testing::{Grant, Scribe, opening};

    use super::in_causal_order;

    #[test]
    fn a_clock_that_is_behind_does_not_put_an_op_before_what_it_builds_on() {
        let grant = |name| Grant {
            duty: Duty::Root,
            name,
            scopes: &["*:*"],
            algorithm: Algorithm::Ed25519,
        };
        let (mut early, mut late) =
            (Scribe::new(1, &grant("early"), None), Scribe::new(2, &grant("late"), None));
        let dossier = DossierId([1; 16]);
        late.clock_ms = 600_000;
        let first = late.write(opening(dossier, "371102"), Vec::new());
        let deps = late.dep(dossier).into_iter().collect();
        let second = early.write(opening(dossier, "371102"), deps);
        assert!(second.header.wall_ms < first.header.wall_ms);
        let ops = [second.clone(), first.clone()];
        let order: Vec<_> = in_causal_order(&ops).iter().map(|op| op.hash).collect();
        assert_eq!(order, [first.hash, second.hash]);
    }
}
