"""What do an entry of a log and a refusal say? (docs/protocol.md, section 12)"""

import re
from dataclasses import dataclass

from . import profile
from .cose import Signed, open_envelope
from .hashing import ENTRY, RUNNING, named_hash
from .limits import (
    BLOB_BYTES_MAX, COSE_BYTES_MAX, ENTRY_BYTES_MAX, PROOF_HASHES_MAX, REASON_BYTES_MAX,
    REFUSAL_WORDS_BYTES_MAX, SEAL_OPS_MAX,
)
from .shape import array, integer, octets, require, suite, text, uint, version
from .tree import leaf_hash, root_by_inclusion

SEAL, BLOB = 0, 1
RUNNING_NONE = bytes(32)
REASON = re.compile(r"[a-z_]+\Z")


@dataclass
class Entry:
    """One entry, decoded, with the data of its leaf."""

    leaf_data: bytes
    what: int
    subject: bytes
    dossier: bytes
    arrival: int
    running: bytes
    length: int


@dataclass
class Receipt:
    """An entry, and the root that its proof leads to in a tree of `size` leaves."""

    entry: Entry
    size: int
    root: bytes
    frame: int


def running_head(before: bytes, seal: bytes) -> bytes:
    return named_hash(RUNNING, before + seal)


def decode_entry(data: bytes) -> Entry:
    """Decodes strictly; raises NotInProfile or Misshapen."""
    require(len(data) <= ENTRY_BYTES_MAX, f"an entry of over {ENTRY_BYTES_MAX} bytes")
    parts = array(profile.decode(data), 10, "entry")
    version(parts[0])
    suite(parts[1])
    octets(parts[2], 16, "salt")
    what = uint(parts[3], "what")
    require(what in (SEAL, BLOB), "what is neither 0 nor 1")
    subject, dossier = octets(parts[4], 32, "subject"), octets(parts[5], 16, "dossier")
    arrival, running = uint(parts[6], "arrival"), octets(parts[7], 32, "running")
    length = uint(parts[8], "length")
    integer(parts[9], "received")
    if what == SEAL:
        require(1 <= length <= SEAL_OPS_MAX, f"a run of not 1 to {SEAL_OPS_MAX} ops")
    require(length <= BLOB_BYTES_MAX, "a blob of over 2^38 bytes")
    first = running_head(RUNNING_NONE, subject) if what == SEAL else RUNNING_NONE
    require(arrival > 0 or running == first, "another running head than the first")
    data_of_leaf = named_hash(ENTRY, data)
    return Entry(data_of_leaf, what, subject, dossier, arrival, running, length)


def decode_receipt(items: list, frame: int) -> Receipt:
    """From the items of a frame of that shape; raises NotInProfile or Misshapen."""
    _, data, index, size, proof = items
    require(len(proof) <= PROOF_HASHES_MAX, f"a proof of over {PROOF_HASHES_MAX} hashes")
    entry = decode_entry(data)
    root = root_by_inclusion(leaf_hash(entry.leaf_data), index, size, proof)
    require(root is not None, "a proof that does not fit its place and size")
    return Receipt(entry, size, root, frame)


def decode_refusal(cose: bytes) -> tuple[Signed, bytes]:
    """The message and the seal that it is about; raises NotInProfile or Misshapen."""
    signed = open_envelope(cose, COSE_BYTES_MAX)
    require(signed.kid is not None, "a refusal without kid")
    parts = array(profile.decode(signed.payload), 7, "refusal")
    version(parts[0])
    suite(parts[1])
    subject = octets(parts[2], 32, "subject")
    octets(parts[3], 16, "dossier")
    require(REASON.match(text(parts[4], "reason", REASON_BYTES_MAX)), "a reason not of a-z_")
    text(parts[5], "words", REFUSAL_WORDS_BYTES_MAX)
    integer(parts[6], "at")
    return signed, subject
