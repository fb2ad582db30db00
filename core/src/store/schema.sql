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
