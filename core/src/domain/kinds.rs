//! The kinds of ops that this build knows.

/// Every kind, ascending. A kind is added, never changed: its fields mean for ever what they
/// meant when it was first shipped; a new meaning is a new field or a new version.
pub const KNOWN_KINDS: &[&str] = &[
    "answer.set/1",
    "assent.give/1",
    "assistance.plan/1",
    "attendance.confirm/1",
    "case.guide/1",
    "case.propose/1",
    "certificates.show/1",
    "check.number/1",
    "check.plan/1",
    "checklist.import/1",
    "comment.answer/1",
    "comment.write/1",
    "dossier.open/1",
    "enterprise.correct/1",
    "enterprise.register/1",
    "evidence.capture/1",
    "evidence.check_copy/1",
    "evidence.retract/1",
    "evidence_index.make/1",
    "filing.decide/1",
    "finding.correct/1",
    "finding.raise/1",
    "finding.retract/1",
    "finding.transfer/1",
    "hash_list.make/1",
    "interview.record/1",
    "investigation.conclude/1",
    "measure.lift/1",
    "measure.take/1",
    "note.write/1",
    "officer.enrol/1",
    "officer.list/1",
    "order.extend/1",
    "order.issue/1",
    "outcome.note/1",
    "paper.sign/1",
    "preservation.approve/1",
    "preservation.decide/1",
    "preservation.register/1",
    "recheck.record/1",
    "record.sign/1",
    "round.close/1",
    "round.open/1",
    "round.postpone/1",
    "skill.mark/1",
    "teaching.release/1",
    "training.record/1",
];

/// Whether this build knows a kind.
#[must_use]
pub fn is_known_kind(kind: &str) -> bool {
    KNOWN_KINDS.binary_search(&kind).is_ok()
}
