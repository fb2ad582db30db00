-- What enterprises are found by. Follows from the ops and the bodies that are held, as `live`
-- does; `place` differs from device to device, so that it is no part of the digest.

CREATE TABLE enterprise_found (
    place       INTEGER PRIMARY KEY,                            -- lowest op.place of the entity: the order of the register
    dossier     BLOB NOT NULL CHECK (length(dossier) = 16),
    entity      BLOB NOT NULL CHECK (length(entity) = 16),
    name        TEXT NOT NULL,                                  -- as the noun has it
    credit_code TEXT                                            -- as the noun has it
) STRICT;
CREATE UNIQUE INDEX enterprise_found_by_entity ON enterprise_found (dossier, entity);
CREATE INDEX enterprise_found_by_code ON enterprise_found (credit_code) WHERE credit_code IS NOT NULL;

-- Terms of each place: which rows are worth comparing. Nothing is read back from it.
CREATE VIRTUAL TABLE enterprise_term USING fts5 (
    terms,
    content = '', contentless_delete = 1, detail = none, prefix = '2 3 4', tokenize = 'ascii'
);
