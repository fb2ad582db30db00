-- Who is revoked, and which ops do not count because of it. Follows from ops and certificates, as
-- `live` does.

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
