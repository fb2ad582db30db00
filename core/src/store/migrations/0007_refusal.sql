-- What hubs refused under their signature: verified before it is kept (docs/protocol.md section 12).

CREATE TABLE refusal (
    origin  TEXT NOT NULL,                                      -- the log of the hub that refused
    subject BLOB NOT NULL CHECK (length(subject) = 32),         -- seal.hash
    reason  TEXT NOT NULL,                                      -- for programs
    dossier BLOB NOT NULL CHECK (length(dossier) = 16),         -- of the seal
    at_ms   INTEGER NOT NULL,                                   -- by the hub's clock: of the first one
    cose    BLOB NOT NULL,                                      -- exact bytes
    PRIMARY KEY (origin, subject, reason)
) STRICT, WITHOUT ROWID;
