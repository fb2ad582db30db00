//! Every limit of what travels between a phone and a hub, by name (docs/hub.md, "Limits").

/// Bytes of the body with certificates: 256 of them, each at its largest, with room.
pub const CERTIFICATES_BYTES_MAX: usize = 256 * 4_200;
/// Certificates in one request.
pub const CERTIFICATES_MAX: usize = 256;
/// Bytes of the body with runs: a verb that writes a dozen of the largest bodies still fits. With
/// the hub's `PUSHES_MAX` it bounds its memory.
pub const RUNS_BYTES_MAX: usize = 16 << 20;
/// Runs in one request: one transaction, so that nobody waits long for the writer.
pub const RUNS_MAX: usize = 1_024;
/// Bytes of an answer with runs: one that was pushed alone, and the certificates.
pub const PULLED_BYTES_MAX: usize = RUNS_BYTES_MAX + CERTIFICATES_BYTES_MAX + 64;
/// Entries of the log that one answer with changes looks at.
pub const CHANGES_MAX: usize = 4_096;
/// Receipts in one answer.
pub const RECEIPTS_MAX: usize = 256;
/// Bytes of the body that asks for receipts: each for a seal at its largest, with room.
pub const ASKED_BYTES_MAX: usize = RECEIPTS_MAX * 4_200;
/// Bytes of an answer that a phone reads: heads of 10,000 writers.
pub const ANSWER_BYTES_MAX: usize = 1 << 20;
/// Heads in one answer: more writers than a province has officers in one dossier.
pub const HEADS_MAX: usize = 10_000;
/// Bytes of runs that a phone puts into one request; one larger run goes alone.
pub const PUSH_BYTES_USUAL: usize = 2 << 20;
/// Bytes of a blob that a phone sends or asks for in one request: what a cut can cost at most.
pub const PART_BYTES: u64 = 4 << 20;
/// Bytes of a blob that still travels where the network costs: a photo does, a video does not.
pub const METERED_BLOB_BYTES_MAX: u64 = 4 << 20;
/// Times that a phone tries again without any progress before it gives up.
pub const ATTEMPTS_MAX: u32 = 6;
/// A phone's first pause, in milliseconds; each further one is twice as long.
pub const PAUSE_FIRST_MS: u64 = 100;
/// Questions of new phones in one answer: an officer for each desk of a training room, eight times.
pub const ENROL_ASKS_MAX: usize = 256;
/// Invitations of one administrator at once; a ninth ends the one that would end first.
pub const INVITATIONS_OF_ONE_MAX: usize = 8;
/// Milliseconds for which an invitation is good: a day, so that who was away in the morning is let
/// in before the evening.
pub const INVITATION_MS: u64 = 24 * 60 * 60_000;
