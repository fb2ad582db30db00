"""What does the header of an op say? (docs/protocol.md, section 3)"""

import re
from dataclasses import dataclass

from . import profile
from .hashing import OP, named_hash
from .limits import (
    BLOB_BYTES_MAX, BLOBS_MAX, BODY_BYTES_MAX, DEPS_MAX, HEADER_BYTES_MAX, KIND_BYTES_MAX,
    OVER_FIELDS_MAX, OVER_HASHES_MAX, REFS_MAX,
)
from .shape import (
    array, encoded_sorted_once, extension, field_name, integer, octets, require, sorted_once,
    suite, text, uint,
)

KIND = re.compile(r"[a-z_]+\.[a-z_]+/[1-9][0-9]*\Z")
ROLE = re.compile(r"[a-z_]{1,32}\Z")
OPEN_KIND = "dossier.open/1"
CAPTURE_KIND = "evidence.capture/1"


@dataclass
class Op:
    """The header of one op, decoded, with its hash."""

    hash: bytes
    dossier: bytes
    writer: bytes
    seq: int
    prev: bytes | None
    deps: list[tuple[bytes, int, bytes]]
    checkpoint: tuple[str, int, bytes] | None
    wall: int
    mono: int
    boot: bytes
    kind: str
    entity: bytes
    over: dict[str, list[bytes]]
    body: bytes
    body_len: int
    blobs: dict[bytes, int]

    @property
    def chain(self) -> tuple[bytes, bytes]:
        return (self.dossier, self.writer)

    def past(self) -> set[bytes]:
        """The hashes of the ops that `prev`, `deps` and `over` name."""
        names = {dep[2] for dep in self.deps}
        names.update(hash_ for hashes in self.over.values() for hash_ in hashes)
        if self.prev is not None:
            names.add(self.prev)
        return names

    def title(self) -> str:
        """How a verdict names the op: kind, seq, the start of its hash."""
        return f"op {self.kind} seq {self.seq} {self.hash.hex()[:16]}"


def decode_header(data: bytes) -> Op:
    """Decodes strictly; raises NotInProfile or Misshapen."""
    require(len(data) <= HEADER_BYTES_MAX, f"the header has more than {HEADER_BYTES_MAX} bytes")
    parts = array(profile.decode(data), 19, "header")
    suite(parts[0])
    dossier, writer = octets(parts[1], 16, "dossier"), octets(parts[2], 16, "writer")
    seq = uint(parts[3], "seq")
    prev = None if parts[4] is None else octets(parts[4], 32, "prev")
    require((seq == 0) == (prev is None), "prev is null exactly when seq is 0")
    deps = _deps(parts[5], writer)
    _check_refs(parts[6], dossier)
    checkpoint = _checkpoint(parts[7])
    wall, mono = integer(parts[8], "wall"), uint(parts[9], "mono")
    boot = octets(parts[10], 16, "boot")
    kind = text(parts[11], "kind", KIND_BYTES_MAX)
    require(KIND.match(kind), "a kind that is not noun.verb/version")
    require(type(parts[12]) is bool, "critical is not a boolean")
    entity = octets(parts[13], 16, "entity")
    over = _over(parts[14])
    body = octets(parts[15], 32, "body")
    body_len = uint(parts[16], "body_len")
    require(body_len <= BODY_BYTES_MAX, f"body_len is more than {BODY_BYTES_MAX}")
    blobs = _blobs(parts[17])
    extension(parts[18])
    hash_ = named_hash(OP, data)
    return Op(
        hash_, dossier, writer, seq, prev, deps, checkpoint, wall, mono, boot, kind, entity, over,
        body, body_len, blobs,
    )


def _deps(value, own_writer: bytes) -> list:
    array(value, None, "deps")
    require(len(value) <= DEPS_MAX, f"more than {DEPS_MAX} deps")
    for dep in value:
        writer, seq, op = array(dep, 3, "dep")
        octets(writer, 16, "the writer of a dep")
        uint(seq, "the seq of a dep")
        octets(op, 32, "the op of a dep")
        require(writer != own_writer, "a dep names the writer's own op")
    encoded_sorted_once(value, "deps")
    return [tuple(dep) for dep in value]


def _check_refs(value, own_dossier: bytes) -> None:
    array(value, None, "refs")
    require(len(value) <= REFS_MAX, f"more than {REFS_MAX} refs")
    for ref in value:
        role, dossier, op = array(ref, 3, "ref")
        require(type(role) is str and ROLE.match(role), "a role that is not of a-z_, 1 to 32")
        octets(dossier, 16, "the dossier of a ref")
        octets(op, 32, "the op of a ref")
        require(dossier != own_dossier, "a ref names the op's own dossier")
    encoded_sorted_once(value, "refs")


def _checkpoint(value) -> tuple[str, int, bytes] | None:
    if value is None:
        return None
    origin, size, root = array(value, 3, "checkpoint")
    text(origin, "origin")
    uint(size, "size")
    return origin, size, octets(root, 32, "the root of the checkpoint")


def _over(value) -> dict:
    array(value, None, "over")
    require(len(value) <= OVER_FIELDS_MAX, f"more than {OVER_FIELDS_MAX} fields in over")
    over = {}
    names = []
    for entry in value:
        name, hashes = array(entry, 2, "an entry of over")
        names.append(field_name(name).encode())
        array(hashes, None, "the hashes of over")
        require(1 <= len(hashes) <= OVER_HASHES_MAX, f"over has not 1 to {OVER_HASHES_MAX} hashes")
        over[name] = [octets(hash_, 32, "a hash of over") for hash_ in hashes]
        sorted_once(hashes, "the hashes of over")
    sorted_once(names, "over")
    return over


def _blobs(value) -> dict:
    array(value, None, "blobs")
    require(len(value) <= BLOBS_MAX, f"more than {BLOBS_MAX} blobs")
    for blob in value:
        address, length = array(blob, 2, "a blob")
        octets(address, 32, "the address of a blob")
        require(uint(length, "the length of a blob") <= BLOB_BYTES_MAX, "a blob of over 2^38 bytes")
    sorted_once([blob[0] for blob in value], "blobs")
    return {address: length for address, length in value}
