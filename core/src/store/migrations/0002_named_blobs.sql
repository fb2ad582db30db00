-- Which blobs the ops of a dossier name. A hub takes no other, and a device finds here what it
-- still has to send. Follows from the headers of the log.

CREATE TABLE named_blob (
    address BLOB NOT NULL CHECK (length(address) = 32),         -- SHA-256 of the ciphertext
    length  INTEGER NOT NULL CHECK (length >= 0),               -- bytes of the ciphertext, as the op says
    dossier BLOB NOT NULL CHECK (length(dossier) = 16),
    PRIMARY KEY (address, length, dossier)
) STRICT, WITHOUT ROWID;
CREATE INDEX named_blob_by_dossier ON named_blob (dossier);
