//! Transitions that collided 流转冲突: two writers moved one thing on in different ways, and
//! neither knew of the other.
//!
//! One side of each pair yields: it lets go of something, such as a retraction or a longer
//! deadline. It counts only over what its writer had seen; otherwise the other side holds until a
//! person decides. A decision is one of the two said again, by somebody who has both before their
//! eyes and names what it does not follow.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::past::Past;

use crate::domain::word_enum::word_enum;
use crate::domain::{Extension, Finding, Measure, Order, Recheck, Source};
use crate::error::Result;
use crate::procedure::decides::Deciders;
use crate::procedure::moves::{CheckMoves, case_pairs, closing_pairs};
use crate::procedure::visit::Trace;

word_enum! {
    /// How something was moved on.
    MoveKind {
        /// A finding was taken back.
        Retracted: "retracted", "撤回问题";
        /// A finding was corrected.
        Corrected: "corrected", "更正问题";
        /// A finding was handed over to another authority.
        Transferred: "transferred", "移送";
        /// A measure was taken on the spot.
        Measured: "measured", "现场处理措施";
        /// A measure was lifted.
        Lifted: "lifted", "解除现场处理措施";
        /// Correction was ordered.
        Ordered: "ordered", "责令整改";
        /// A longer deadline was asked for, granted or refused.
        Extended: "extended", "延期整改";
        /// The correction was looked at again.
        Rechecked: "rechecked", "整改复查";
        /// It was decided not to file a case.
        NotFiled: "not_filed", "不予立案";
        /// The investigation was concluded.
        Concluded: "concluded", "调查终结";
        /// The dossier was closed.
        Closed: "closed", "结案";
    }
}

/// One move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// How.
    pub kind: MoveKind,
    /// The entity that says so.
    pub entity: EntityId,
    /// The op.
    pub op: Hash,
    /// Who.
    pub writer: WriterId,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
}

/// Two moves that collided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// Where.
    pub dossier: DossierId,
    /// What was moved: a finding, a measure, a case or the dossier.
    pub subject: EntityId,
    /// What people call it; empty where it has no name.
    pub title: String,
    /// The move that holds until a person decides.
    pub holds: Move,
    /// The move that does not count meanwhile.
    pub yields: Move,
}

/// Two moves of one thing, whichever of their writers had seen what.
pub(crate) struct Pair {
    pub(crate) subject: EntityId,
    pub(crate) title: String,
    pub(crate) holds: Move,
    pub(crate) yields: Move,
}

/// How a pair came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Neither writer had seen the other's op.
    Undecided,
    /// A person decided for the side that holds anyway.
    Held,
    /// A person decided for the side that yields.
    Yielded,
    /// One came after the other, as usual.
    InOrder,
}

impl Pair {
    /// How it came out, by what the writers had seen and what was decided since.
    pub(crate) fn standing(&self, past: &Past, trace: &Trace) -> Standing {
        let (holds, yields) = (self.holds.op, self.yields.op);
        if past.has_seen(holds, yields) {
            let decided = trace.decides(holds, yields);
            return if decided { Standing::Held } else { Standing::InOrder };
        }
        if past.has_seen(yields, holds) {
            let decided = trace.decides(yields, holds);
            return if decided { Standing::Yielded } else { Standing::InOrder };
        }
        Standing::Undecided
    }
}

/// The collisions of a dossier that nobody has decided, by subject and ops.
pub(crate) fn collisions(
    source: &dyn Source,
    deciders: &Deciders,
    dossier: DossierId,
) -> Result<Vec<Collision>> {
    let mut trace = Trace::of(&deciders.people);
    let findings: Vec<Finding> = trace.read(source, dossier)?;
    let orders: Vec<Order> = trace.read(source, dossier)?;
    let extensions: Vec<Extension> = trace.read(source, dossier)?;
    let rechecks: Vec<Recheck> = trace.read(source, dossier)?;
    let measures: Vec<Measure> = trace.read(source, dossier)?;
    let moves = CheckMoves {
        findings: &findings,
        orders: &orders,
        extensions: &extensions,
        rechecks: &rechecks,
        measures: &measures,
        trace: &trace,
    };
    let (mut pairs, mut all) = (moves.pairs(), moves.all());
    let of_case = case_pairs(source, &mut trace, dossier)?;
    all.extend(of_case.iter().flat_map(|pair| [pair.holds.clone(), pair.yields.clone()]));
    pairs.extend(of_case);
    pairs.extend(closing_pairs(source, &mut trace, dossier, all)?);
    let past = if pairs.is_empty() { Past::default() } else { source.past(dossier)? };
    let open = pairs.into_iter().filter(|pair| pair.standing(&past, &trace) == Standing::Undecided);
    let mut open: Vec<Collision> = open
        .map(|pair| Collision {
            dossier,
            subject: pair.subject,
            title: pair.title,
            holds: pair.holds,
            yields: pair.yields,
        })
        .collect();
    open.sort_by_key(|c| (c.subject, c.holds.op, c.yields.op));
    open.dedup();
    Ok(open)
}
