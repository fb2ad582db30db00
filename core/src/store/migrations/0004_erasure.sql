-- What was erased, and by which op. Follows from the ops of erasures, as `live` does; a field or
-- blob that arrives after it was erased is closed before it is stored.

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
