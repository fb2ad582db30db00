"""What is the original of a blob? (docs/protocol.md, section 7)"""

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .hashing import Sm3
from .limits import BLOB_CHUNK_BYTES

TAG_BYTES = 16
KEY_BYTES = 32
SEALED_CHUNK_BYTES = BLOB_CHUNK_BYTES + TAG_BYTES


def nonce(index: int, last: bool) -> bytes:
    """Seven zero bytes, the index of the chunk, and whether it is the final one."""
    return bytes(7) + index.to_bytes(4) + (b"\x01" if last else b"\x00")


class Decryptor:
    """Decrypts one blob as its ciphertext comes, holding one chunk, and digests the original."""

    def __init__(self, key: bytes):
        self._cipher = AESGCM(key)
        self._held = bytearray()
        self._index = 0
        self._sha256 = hashlib.sha256()
        self._sm3 = Sm3()
        self.length_bytes = 0
        self.failed = False

    def update(self, ciphertext: bytes) -> None:
        if self.failed:
            return
        self._held += ciphertext
        # A full chunk is decrypted only once more follows it: before, it may be the final one.
        at = 0
        while len(self._held) - at > SEALED_CHUNK_BYTES:
            self._open(bytes(self._held[at : at + SEALED_CHUNK_BYTES]), last=False)
            at += SEALED_CHUNK_BYTES
        del self._held[:at]

    def finish(self) -> bool:
        """Whether every chunk, the final one included, decrypts."""
        if not self.failed:
            if len(self._held) == TAG_BYTES and self._index > 0:
                self.failed = True  # An empty final chunk is for empty files only.
            else:
                self._open(bytes(self._held), last=True)
        return not self.failed

    def digests(self) -> tuple[int, bytes, bytes]:
        """Length, SHA-256 and SM3 of the original; call once, after `finish`."""
        return self.length_bytes, self._sha256.digest(), self._sm3.digest()

    def _open(self, chunk: bytes, last: bool) -> None:
        if self.failed:
            return
        try:
            plain = self._cipher.decrypt(nonce(self._index, last), chunk, None)
        except (InvalidTag, ValueError):
            self.failed = True
            return
        self._index += 1
        self.length_bytes += len(plain)
        self._sha256.update(plain)
        self._sm3.update(plain)
