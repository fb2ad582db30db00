"""What is hashed under which name? (docs/protocol.md, section 2)"""

import hashlib

from cryptography.hazmat.primitives import hashes

OP = b"angen/op/1"
FIELD = b"angen/field/1"
BODY = b"angen/body/1"
SEAL = b"angen/seal/1"
CERTIFICATE = b"angen/certificate/1"
FRAME = b"angen/frame/1"
ENTRY = b"angen/entry/1"
RUNNING = b"angen/running/1"
# External data of a signature only; nothing is hashed under this name.
PACKAGE = b"angen/package/1"
REFUSAL = b"angen/refusal/1"


def named_hash(name: bytes, data: bytes) -> bytes:
    """H(name, data), 32 bytes."""
    return hashlib.sha256(name + b"\x00" + data).digest()


class Sm3:
    """SM3 (GB/T 32905-2016) with the shape of hashlib's objects."""

    def __init__(self, data: bytes = b""):
        self._hash = hashes.Hash(hashes.SM3())
        self._hash.update(data)

    def update(self, data: bytes) -> None:
        self._hash.update(data)

    def digest(self) -> bytes:
        return self._hash.finalize()
