"""What is inside a bundle, for one of its readers? (docs/protocol.md, section 15)"""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from . import profile
from .blob import SEALED_CHUNK_BYTES, TAG_BYTES, nonce
from .limits import BUNDLE_HEADER_BYTES_MAX, BUNDLE_READERS_MAX
from .shape import array, octets, require, sorted_once, suite, version

MAGIC = b"angen-bundle"
HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass
class Header:
    """The header, decoded, and where the stream begins."""

    id: bytes
    envelopes: dict[bytes, tuple[bytes, bytes]]
    stream_at: int


def decode_header(data: bytes) -> Header:
    """Decodes strictly; raises NotInProfile or Misshapen."""
    require(data[: len(MAGIC)] == MAGIC, "no bundle")
    at = len(MAGIC) + 4
    require(len(data) >= at, "the length is cut off")
    length = int.from_bytes(data[len(MAGIC) : at])
    require(length <= BUNDLE_HEADER_BYTES_MAX, "a header over the limit")
    require(len(data) >= at + length, "the header is cut off")
    parts = array(profile.decode(data[at : at + length]), 4, "bundle")
    version(parts[0])
    suite(parts[1])
    id = octets(parts[2], 16, "id")
    require(isinstance(parts[3], list), "readers is no array")
    require(1 <= len(parts[3]) <= BUNDLE_READERS_MAX, "no readers, or too many")
    envelopes = {}
    names = []
    for part in parts[3]:
        certificate, enc, wrapped = array(part, 3, "envelope")
        names.append(octets(certificate, 32, "certificate"))
        envelopes[certificate] = (octets(enc, 32, "enc"), octets(wrapped, 48, "wrapped"))
    sorted_once(names, "readers")
    return Header(id, envelopes, at + length)


def open_bundle(data: bytes, certificate: bytes, secret: bytes) -> bytes | None:
    """The package inside, or None where it does not open with this key."""
    header = decode_header(data)
    if certificate not in header.envelopes:
        return None
    enc, wrapped = header.envelopes[certificate]
    info = b"angen/bundle/1\0" + header.id + certificate
    try:
        key = X25519PrivateKey.from_private_bytes(secret)
        file_key = HPKE.decrypt(enc + wrapped, key, info=info)
        digest = hashlib.sha256(data[: header.stream_at]).digest()
        stream_info = b"angen/bundle-stream/1\0" + digest
        stream_key = HKDF(SHA256(), 32, salt=None, info=stream_info).derive(file_key)
        return _open_stream(data[header.stream_at :], stream_key)
    except (InvalidTag, ValueError):
        return None


def _open_stream(stream: bytes, key: bytes) -> bytes:
    cipher = AESGCM(key)
    inside = bytearray()
    at, index = 0, 0
    while True:
        chunk = stream[at : at + SEALED_CHUNK_BYTES]
        at += len(chunk)
        last = at == len(stream)
        if len(chunk) < TAG_BYTES or (len(chunk) == TAG_BYTES and index > 0):
            raise InvalidTag
        inside += cipher.decrypt(nonce(index, last), chunk, None)
        index += 1
        if last:
            return bytes(inside)
