//! Every limit of the hub, by name (docs/hub.md, "Limits").

use std::time::Duration;

pub use angen_core::sync::limits::{
    ASKED_BYTES_MAX, CERTIFICATES_BYTES_MAX, CERTIFICATES_MAX, CHANGES_MAX, ENROL_ASKS_MAX,
    INVITATION_MS, INVITATIONS_OF_ONE_MAX, RECEIPTS_MAX, RUNS_BYTES_MAX, RUNS_MAX,
};

/// Connections at once; a township has fewer phones. More wait in the system's queue.
pub const CONNECTIONS_MAX: usize = 1_024;
/// Callers whose pace is kept apart. Those who come beyond share one.
pub const PACED_MAX: usize = 65_536;
/// How long the metrics may tell the same number of blobs: counting them walks their folder.
pub const BLOBS_COUNTED_FOR: Duration = Duration::from_secs(60);
/// Bytes of a request's head: our longest is below 400, a proxy adds a few hundred more.
pub const HEAD_BYTES_MAX: usize = 16 * 1_024;
/// Header fields of a request: we send six, a proxy adds some.
pub const HEAD_FIELDS_MAX: usize = 64;
/// Requests with runs or certificates that are under way at once; most of them wait for a slow
/// phone, so there are many.
pub const PUSHES_MAX: usize = 64;
/// How long a request waits for its place among them before it is told that the hub is busy:
/// hundreds of phones that come at once are served within seconds, and each refusal costs more
/// than a wait. Nothing of its body is read meanwhile.
pub const PLACE_WAIT: Duration = Duration::from_secs(5);
/// Requests that are decoded at once: what they hold then waits for the database.
pub const STORING_MAX: usize = 2;
/// Requests that are stored in one transaction: half of those under way, so that these are written
/// while those are answered.
pub const TOGETHER_MAX: usize = PUSHES_MAX / 2;
/// Blobs that are taken at once: each has a thread and an open file.
pub const UPLOADS_MAX: usize = 16;
/// Pieces of a blob that wait for the disk; a slow disk then slows the sender.
pub const PIECES_AHEAD_MAX: usize = 8;
/// Answers with runs, receipts or changes that are made at once: each reads much of the database.
pub const READS_MAX: usize = 8;
/// Blobs that are given at once: each holds an open file.
pub const DOWNLOADS_MAX: usize = 16;
/// Bytes of a blob that are read at once; a slow reader holds no more of the hub's memory.
pub const PIECE_BYTES: usize = 256 << 10;
/// Bytes of runs in one answer, unless one run alone is larger.
pub const PULL_BYTES_USUAL: usize = 2 << 20;
/// Sealers in one answer with runs: each brings at most 4 certificates.
pub const SEALERS_MAX: usize = CERTIFICATES_MAX / 4;
/// Bytes of the text behind the question mark of a request.
pub const QUERY_BYTES_MAX: usize = 64;
/// Milliseconds in which a challenge must be answered: a PIN is asked for in between.
pub const CHALLENGE_MS: u64 = 10 * 60_000;
/// Milliseconds that a session lasts: a pull over a village's network.
pub const SESSION_MS: u64 = 60 * 60_000;
/// Sessions at once. The hub forgets the oldest of a certificate when it has more than
/// [`SESSIONS_OF_ONE_MAX`], so that nobody keeps the others out.
pub const SESSIONS_MAX: usize = 4_096;
/// Sessions of one certificate at once.
pub const SESSIONS_OF_ONE_MAX: usize = 8;
/// Answered challenges that are remembered until they would have ended anyway.
pub const ANSWERED_MAX: usize = 65_536;
/// Invitations at once; townships of a province invite on few days.
pub const INVITATIONS_MAX: usize = 4_096;
/// Questions under one invitation: a training room sees it on one screen.
pub const ENROL_ASKS_OF_ONE_MAX: usize = 32;
/// Questions under all invitations: with their answers at most 34 MB of memory.
pub const ENROL_ASKS_ALL_MAX: usize = 1_024;
/// Seconds after which one who was told that the hub is busy may ask again.
pub const RETRY_AFTER_SECONDS: u64 = 1;

/// How often one caller may ask: a burst, and what fills it again.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Requests that come back in each second.
    pub per_second: u32,
    /// Requests that may come at once.
    pub burst: u32,
}

/// The shares of one caller.
#[derive(Debug, Clone, Copy)]
pub struct Paces {
    /// Of one address; of IPv6 the network of one customer.
    pub peer: Pace,
    /// Of one session.
    pub session: Pace,
    /// Connections of one address at once.
    pub connections_of_peer: usize,
    /// Whether the address of this machine has a share as well. A proxy or a tunnel on it asks for
    /// many, and limits them itself.
    pub counts_loopback: bool,
}

impl Paces {
    /// What the field needs: many phones may have one address, where a mobile network or an office
    /// puts them behind one. A phone's first exchange of a township asks a few hundred times.
    pub const USUAL: Self = Self {
        peer: Pace { per_second: 100, burst: 2_000 },
        session: Pace { per_second: 50, burst: 600 },
        connections_of_peer: 128,
        counts_loopback: false,
    };
}

/// How long the hub waits for a client.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the whole head of a request, for the next request on an open connection, and for the
    /// handshake of TLS.
    pub head: Duration,
    /// For the next piece of a body.
    pub piece: Duration,
    /// For a whole body, so that one who sends a byte a minute does not hold a place for ever.
    pub body: Duration,
    /// For a client that takes nothing of its answer.
    pub write: Duration,
    /// For requests under way when the hub stops.
    pub stop: Duration,
}

impl Patience {
    /// What the field needs: a phone on a village's 2G sends 16 MiB in less than an hour, and a
    /// blob goes on from its offset when it is cut.
    pub const USUAL: Self = Self {
        head: Duration::from_secs(20),
        piece: Duration::from_secs(60),
        body: Duration::from_secs(3_600),
        write: Duration::from_secs(60),
        stop: Duration::from_secs(10),
    };
}
