//! Every limit of the protocol, by name (docs/protocol.md section 10).

/// Bytes of one header: an op that names 64 writers and 64 other ops stays below 10 kB.
pub const HEADER_BYTES_MAX: usize = 16_384;
/// Entries of `deps`: more writers than a township has officers.
pub const DEPS_MAX: usize = 64;
/// Entries of `refs`: a visit relies on a handful of enterprises, mandates and templates.
pub const REFS_MAX: usize = 64;
/// Blobs of one op; only the first is used today.
pub const BLOBS_MAX: usize = 64;
/// Fields that one op may replace.
pub const OVER_FIELDS_MAX: usize = 128;
/// Heads that one field may have when it is replaced.
pub const OVER_HEADS_MAX: usize = 32;
/// Entries of an extension map.
pub const EXT_MAX: usize = 16;
/// Bytes of one body: a compiled checklist of 1,000 items stays below half of this.
pub const BODY_BYTES_MAX: usize = 1_048_576;
/// Fields of one body.
pub const BODY_FIELDS_MAX: usize = 256;
/// Bytes of a field's name.
pub const FIELD_NAME_BYTES_MAX: usize = 64;
/// Bytes of a kind.
pub const KIND_BYTES_MAX: usize = 64;
/// Bytes of a role in `refs` or in a scope.
pub const ROLE_BYTES_MAX: usize = 32;
/// Ops that one seal may cover: bounds what a reader holds before it can check a signature.
pub const SEAL_OPS_MAX: usize = 1_024;
/// Bytes of the COSE message of a seal or a certificate.
pub const COSE_BYTES_MAX: usize = 4_096;
/// Scopes of one certificate.
pub const SCOPES_MAX: usize = 32;
/// Bytes of a name, an organisation, a log's origin, a program's name.
pub const NAME_BYTES_MAX: usize = 256;
/// Certificates from a root to a writer, both counted.
pub const CERTIFICATE_CHAIN_MAX: usize = 4;
/// Nesting of arrays and maps: a bound for the stack of any reader.
pub const CBOR_DEPTH_MAX: usize = 8;
/// Bytes of a blob's ciphertext: a day of body-camera video.
pub const BLOB_BYTES_MAX: u64 = 1 << 38;
/// Bytes of plaintext in one encrypted chunk of a blob.
pub const BLOB_CHUNK_BYTES: usize = 65_536;
/// Bytes of a blob in one package frame.
pub const BLOB_FRAME_BYTES: usize = 1_048_576;
/// Bytes of one frame other than the closing one: a blob frame, or a header with its body.
pub const FRAME_BYTES_MAX: usize = 1_179_648;
/// Frames of one package, the closing one not counted.
pub const FRAMES_MAX: usize = 1_000_000;
/// Dossiers of one package.
pub const DOSSIERS_MAX: usize = 1_024;
/// Certificates of one package.
pub const CERTIFICATES_MAX: usize = 10_000;
/// Bytes of the closing COSE message: 1,000,000 frame hashes of 34 bytes, and room.
pub const CLOSE_BYTES_MAX: usize = 40_000_000;
/// Bytes of one entry of a hub's log: it has about 150, and room.
pub const ENTRY_BYTES_MAX: usize = 1_024;
/// Bytes of the signed note of a checkpoint: the longest origin, and 32 signatures.
pub const NOTE_BYTES_MAX: usize = 16_384;
/// Signatures of one note: the hub's two, and those of witnesses.
pub const NOTE_SIGNATURES_MAX: usize = 32;
/// Hashes of one proof: a tree of 2^63 leaves needs no more.
pub const PROOF_HASHES_MAX: usize = 64;
/// Bytes of the reason of a refusal, for programs.
pub const REASON_BYTES_MAX: usize = 64;
/// Bytes of the words of a refusal, for people.
pub const REFUSAL_WORDS_BYTES_MAX: usize = 1_024;
/// Checkpoints of one package and proofs of consistency between them, counted together: a year of
/// one of each a day for each of thirteen hubs.
pub const CHECKPOINTS_MAX: usize = 10_000;
/// Chains that one revocation may name: a writer of twenty years with a dossier each day, in half
/// of a body.
pub const CUT_MAX: usize = 8_192;
/// Bytes of the COSE message by which a device asks to be enrolled: 200, and room. As text it is a
/// QR code of version 11.
pub const ENROL_ASK_BYTES_MAX: usize = 256;
/// Bytes of the COSE message that answers: four certificates of the greatest length, and room. The
/// usual answer has about 1,500.
pub const ENROL_ANSWER_BYTES_MAX: usize = 20_480;
/// Bytes of the address of a hub in an invitation.
pub const HUB_URL_BYTES_MAX: usize = 256;
/// Bytes of an invitation to be enrolled over a hub: the longest address, and room.
pub const INVITATION_BYTES_MAX: usize = 384;
/// Signs of the text of a question: its prefix, and the greatest length in base32.
pub const ENROL_ASK_CHARS_MAX: usize = 512;
/// Signs of the text of an answer: its prefix, and the greatest length in base32.
pub const ENROL_ANSWER_CHARS_MAX: usize = 32_800;
/// Signs that one QR code holds (ISO/IEC 18004, version 40-L, alphanumeric). A longer answer goes
/// as a file or a message.
pub const QR_CHARS_MAX: usize = 4_296;
/// Dossiers to which one certificate may be limited: with 17 bytes each they leave room for the
/// rest of its message.
pub const SCOPE_DOSSIERS_MAX: usize = 64;
/// Readers of one bundle: the officers of a township, and a hub.
pub const BUNDLE_READERS_MAX: usize = 64;
/// Bytes of the header of a bundle: 64 readers have less than 8,000.
pub const BUNDLE_HEADER_BYTES_MAX: usize = 16_384;
/// Bytes of what somebody is asked to assent to: as text a QR code of version 17, which a phone
/// reads off another's screen. Findings that do not fit are counted.
pub const ASSENT_REQUEST_BYTES_MAX: usize = 512;
/// Bytes of the dossier's title in it; a longer one is cut.
pub const ASSENT_TITLE_BYTES_MAX: usize = 96;
/// Nouns, and titles of findings, in it: more do not fit anyway.
pub const ASSENT_TOLD_MAX: usize = 64;
/// Bytes of the COSE message that assents: the request, the writer, the time, and a signature.
pub const ASSENT_STATEMENT_BYTES_MAX: usize = 768;
/// Bytes of the code that shows it: with the longest certificate, and room.
pub const ASSENT_CARD_BYTES_MAX: usize = 4_928;
/// Signs of the text of such a code with which the certificate still goes along: a QR code of
/// version 29. Who holds a longer certificate must be known to the other phone.
pub const ASSENT_CARD_CHARS_MAX: usize = 2_400;
