"""What does a checkpoint say, and did its hub sign it? (docs/protocol.md, section 12)"""

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .limits import INT_MAX, NOTE_BYTES_MAX, NOTE_SIGNATURES_MAX, TEXT_BYTES_MAX
from .shape import Misshapen, require
from .tree import EMPTY_ROOT

PLAIN, COSIGNATURE = 1, 4
NAME = re.compile(r"[^\s+\x85]+\Z")
ORIGIN = re.compile(r"[!-*,-~]+/([1-9][0-9]{0,9})\Z")
SIZE = re.compile(r"(0|[1-9][0-9]{0,18})\Z")


def is_origin(text) -> bool:
    match = ORIGIN.match(text) if type(text) is str else None
    return bool(match) and len(text) <= TEXT_BYTES_MAX and int(match[1]) < 2**32


@dataclass
class Checkpoint:
    """A checkpoint, decoded, with every line of a signature; nothing is verified yet."""

    origin: str
    size: int
    root: bytes
    body: bytes
    lines: dict[tuple[str, bytes], bytes]

    def time_by(self, key: bytes) -> int | None:
        """Milliseconds of the cosignature, or None where one of the hub's two lines is absent.

        Raises Misshapen where a line of this key does not verify.
        """
        plain = self.lines.get((self.origin, key_id(self.origin, PLAIN, key)))
        if plain is not None:
            require(_verifies(key, plain, self.body), "the hub's signature does not verify")
        cosigned = self.lines.get((self.origin, key_id(self.origin, COSIGNATURE, key)))
        if cosigned is None:
            return None
        seconds = int.from_bytes(cosigned[:8])
        require(len(cosigned) == 72 and 0 < seconds <= INT_MAX // 1_000, "no time of a cosignature")
        message = b"cosignature/v1\ntime %d\n" % seconds + self.body
        require(_verifies(key, cosigned[8:], message), "the hub's cosignature does not verify")
        return None if plain is None else seconds * 1_000


def key_id(name: str, kind: int, key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + bytes([0x0A, kind]) + key).digest()[:4]


def decode_checkpoint(text: str) -> Checkpoint:
    """Decodes strictly; raises Misshapen."""
    require(len(text.encode()) <= NOTE_BYTES_MAX, f"a note of over {NOTE_BYTES_MAX} bytes")
    require(not any(c < " " and c != "\n" for c in text), "a control character in a note")
    head, found, tail = text.rpartition("\n\n")
    require(found and tail.endswith("\n"), "a note without signatures")
    lines = _signatures(tail[:-1].split("\n"))
    body = head + "\n"
    parts = body.split("\n")
    require(len(parts) == 4, "a checkpoint that has not three lines")
    origin, size, root = parts[0], parts[1], _base64(parts[2])
    require(is_origin(origin), "an origin that is not hub/epoch")
    require(SIZE.match(size) and int(size) <= INT_MAX, "a size that is no number")
    require(len(root) == 32, "a root that is not 32 bytes")
    require(int(size) > 0 or root == EMPTY_ROOT, "an empty tree with another root")
    return Checkpoint(origin, int(size), root, body.encode(), lines)


def _signatures(texts: list[str]) -> dict:
    require(len(texts) <= NOTE_SIGNATURES_MAX, f"over {NOTE_SIGNATURES_MAX} signatures")
    lines = {}
    for text in texts:
        parts = text.split(" ")
        require(len(parts) == 3 and parts[0] == "—", "a line that is no signature")
        require(NAME.match(parts[1]), "a key name with white space or plus")
        data = _base64(parts[2])
        require(len(data) > 4, "a signature without an id")
        require((parts[1], data[:4]) not in lines, "two signatures of one key")
        lines[parts[1], data[:4]] = data[4:]
    return lines


def _base64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Misshapen(f"not base64: {error}") from error
    require(base64.b64encode(data).decode() == text, "not the one base64 of its bytes")
    return data


def _verifies(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
