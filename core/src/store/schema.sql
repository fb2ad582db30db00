-- What the migrations make, as SQLite remembers it. Written by `UPDATE=1 cargo test -p angen-core schema`; never by hand.

CREATE TABLE certificate (
    place INTEGER PRIMARY KEY,                                  -- order of arrival: issuers come first
    hash  BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    cose  BLOB NOT NULL                                         -- the COSE message, exact bytes
) STRICT;

CREATE TABLE op (
    place    INTEGER PRIMARY KEY,                               -- order of arrival on this device
    hash     BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    dossier  BLOB NOT NULL CHECK (length(dossier) = 16),
    writer   BLOB NOT NULL CHECK (length(writer) = 16),
    seq      INTEGER NOT NULL CHECK (seq >= 0),
    pending  INTEGER NOT NULL CHECK (pending IN (0, 1)),        -- 1: something in its past is missing
    header   BLOB NOT NULL,                                     -- exact bytes
    body     BLOB                                               -- as far as disclosed; NULL: withheld or erased
) STRICT;

CREATE INDEX op_by_chain ON op (dossier, writer, seq);

CREATE TABLE waiting (
    missing BLOB NOT NULL CHECK (length(missing) = 32),         -- an op that is not here yet
    op      INTEGER NOT NULL,                                   -- the pending op that builds on it
    PRIMARY KEY (missing, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal (
    hash      BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    dossier   BLOB NOT NULL CHECK (length(dossier) = 16),
    writer    BLOB NOT NULL CHECK (length(writer) = 16),
    number    INTEGER NOT NULL CHECK (number >= 0),
    first_seq INTEGER NOT NULL,
    last_seq  INTEGER NOT NULL,
    head      BLOB NOT NULL CHECK (length(head) = 32),          -- op hash at last_seq
    cose      BLOB NOT NULL                                     -- the COSE message, exact bytes
) STRICT, WITHOUT ROWID;

CREATE INDEX seal_by_writer ON seal (writer, number);

CREATE INDEX seal_by_run ON seal (dossier, writer, first_seq);

CREATE TABLE named (
    dossier BLOB NOT NULL,
    writer  BLOB NOT NULL,                                      -- this writer's chain …
    other   BLOB NOT NULL,                                      -- … has named this other writer's op …
    seq     INTEGER NOT NULL,                                   -- … up to this one
    PRIMARY KEY (dossier, writer, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE live (
    dossier BLOB NOT NULL,
    entity  BLOB NOT NULL,
    op      INTEGER NOT NULL,                                   -- op.place
    noun    TEXT NOT NULL,                                      -- of the op's kind
    fields  TEXT NOT NULL,                                      -- fields that the op is a head of, ascending, one space between
    PRIMARY KEY (dossier, entity, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE locked (
    dossier BLOB NOT NULL,
    entity  BLOB NOT NULL,
    kind    TEXT NOT NULL,                                      -- a critical kind that this build does not know
    PRIMARY KEY (dossier, entity, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE original (
    sha256 BLOB NOT NULL,                                       -- of the original file
    op     INTEGER NOT NULL,                                    -- the op that captured it
    PRIMARY KEY (sha256, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE named_blob (
    address BLOB NOT NULL CHECK (length(address) = 32),         -- SHA-256 of the ciphertext
    length  INTEGER NOT NULL CHECK (length >= 0),               -- bytes of the ciphertext, as the op says
    dossier BLOB NOT NULL CHECK (length(dossier) = 16),
    PRIMARY KEY (address, length, dossier)
) STRICT, WITHOUT ROWID;

CREATE INDEX named_blob_by_dossier ON named_blob (dossier);

CREATE TABLE enterprise_found (
    place       INTEGER PRIMARY KEY,                            -- lowest op.place of the entity: the order of the register
    dossier     BLOB NOT NULL CHECK (length(dossier) = 16),
    entity      BLOB NOT NULL CHECK (length(entity) = 16),
    name        TEXT NOT NULL,                                  -- as the noun has it
    credit_code TEXT                                            -- as the noun has it
) STRICT;

CREATE UNIQUE INDEX enterprise_found_by_entity ON enterprise_found (dossier, entity);

CREATE INDEX enterprise_found_by_code ON enterprise_found (credit_code) WHERE credit_code IS NOT NULL;

CREATE VIRTUAL TABLE enterprise_term USING fts5 (
    terms,
    content = '', contentless_delete = 1, detail = none, prefix = '2 3 4', tokenize = 'ascii'
);

CREATE TABLE 'enterprise_term_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'enterprise_term_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE 'enterprise_term_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'enterprise_term_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE erased (
    op     BLOB NOT NULL CHECK (length(op) = 32),               -- whose field
    field  TEXT NOT NULL,
    by_op  BLOB NOT NULL CHECK (length(by_op) = 32),            -- the op that carried it out
    PRIMARY KEY (op, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE erased_blob (
    address BLOB NOT NULL PRIMARY KEY CHECK (length(address) = 32),
    length  INTEGER NOT NULL CHECK (length >= 0)                -- bytes of the ciphertext, as the op says
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
    number INTEGER PRIMARY KEY,                                 -- the newest is the one that grows
    origin TEXT NOT NULL UNIQUE                                 -- the hub, and which of its epochs
) STRICT;

CREATE TABLE log_entry (
    log     INTEGER NOT NULL,                                   -- log.number
    place   INTEGER NOT NULL CHECK (place >= 0),                -- of its leaf, from 0 without gaps
    dossier BLOB NOT NULL CHECK (length(dossier) = 16),
    what    INTEGER NOT NULL CHECK (what IN (0, 1)),            -- 0: a seal, 1: a blob
    subject BLOB NOT NULL CHECK (length(subject) = 32),         -- seal hash, or the blob's address
    arrival INTEGER NOT NULL CHECK (arrival >= 0),              -- as the entry says
    entry   BLOB NOT NULL,                                      -- exact bytes
    PRIMARY KEY (log, place)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX log_entry_by_subject ON log_entry (log, dossier, what, subject);

CREATE INDEX log_entry_by_dossier ON log_entry (log, dossier, place);

CREATE INDEX log_entry_by_arrival ON log_entry (log, dossier, what, arrival);

CREATE TABLE log_hash (
    log   INTEGER NOT NULL,                                     -- log.number
    level INTEGER NOT NULL CHECK (level >= 0),                  -- of tiles: every eighth of the tree
    place INTEGER NOT NULL CHECK (place >= 0),                  -- within the whole level
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (log, level, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_checkpoint (
    log  INTEGER NOT NULL,                                      -- log.number
    size INTEGER NOT NULL CHECK (size >= 0),
    note TEXT NOT NULL,                                         -- as it was signed
    PRIMARY KEY (log, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint_kept (
    origin    TEXT NOT NULL,
    size      INTEGER NOT NULL CHECK (size >= 0),
    root      BLOB NOT NULL CHECK (length(root) = 32),
    note      TEXT NOT NULL,                                    -- exact text
    agrees    INTEGER NOT NULL CHECK (agrees IN (0, 1)),        -- 0: contradicts another: evidence
    kept      INTEGER NOT NULL CHECK (kept >= 0),               -- order of keeping, over all logs
    from_size INTEGER NOT NULL CHECK (from_size >= 0),          -- the one that was kept before …
    proof     BLOB NOT NULL,                                    -- … and that it only grew since
    PRIMARY KEY (origin, size, root)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
    dossier BLOB NOT NULL CHECK (length(dossier) = 16),
    what    INTEGER NOT NULL CHECK (what IN (0, 1)),            -- as in log_entry
    subject BLOB NOT NULL CHECK (length(subject) = 32),
    origin  TEXT NOT NULL,
    place   INTEGER NOT NULL CHECK (place >= 0),                -- of its leaf
    size    INTEGER NOT NULL CHECK (size > place),              -- of the checkpoint that it leads to
    entry   BLOB NOT NULL,                                      -- exact bytes
    proof   BLOB NOT NULL,                                      -- hashes, one behind the other
    PRIMARY KEY (dossier, what, subject, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE pulled (
    origin  TEXT NOT NULL,
    dossier BLOB NOT NULL CHECK (length(dossier) = 16),
    arrival INTEGER NOT NULL CHECK (arrival >= 0),              -- the first seal not pulled yet
    running BLOB NOT NULL CHECK (length(running) = 32),         -- over those that were
    place   INTEGER NOT NULL CHECK (place >= 0),                -- the first receipt not fetched yet
    PRIMARY KEY (origin, dossier)
) STRICT, WITHOUT ROWID;

CREATE TABLE revocation (
    op      INTEGER PRIMARY KEY,                                -- op.place of what revokes or adopts
    writer  BLOB NOT NULL CHECK (length(writer) = 16),          -- of whose ops it speaks
    revokes INTEGER NOT NULL CHECK (revokes IN (0, 1)),         -- 0: it adopts
    counts  INTEGER CHECK (counts IN (0, 1))                    -- 0: who wrote it may not, or is cut off; NULL: not judged yet
) STRICT;

CREATE INDEX revocation_by_writer ON revocation (writer);

CREATE TABLE quarantined (
    op    INTEGER PRIMARY KEY,                                  -- op.place; it is not in `live`
    by_op BLOB NOT NULL CHECK (length(by_op) = 32)              -- the revocation that cuts it off
) STRICT;

CREATE TABLE refusal (
    origin  TEXT NOT NULL,                                      -- the log of the hub that refused
    subject BLOB NOT NULL CHECK (length(subject) = 32),         -- seal.hash
    reason  TEXT NOT NULL,                                      -- for programs
    dossier BLOB NOT NULL CHECK (length(dossier) = 16),         -- of the seal
    at_ms   INTEGER NOT NULL,                                   -- by the hub's clock: of the first one
    cose    BLOB NOT NULL,                                      -- exact bytes
    PRIMARY KEY (origin, subject, reason)
) STRICT, WITHOUT ROWID;

CREATE INDEX live_opening ON live (noun, dossier, entity, op) WHERE noun = 'dossier';
