-- The log of a hub: what reached it, in a tree that only grows (docs/protocol.md section 12).
-- Empty on a device that is no hub.

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

-- What a device has of the logs of hubs: shown by a hub, and verified before it is kept.

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
