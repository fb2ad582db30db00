"""Which bytes stand for chance in a test?"""

import hashlib


def seeded(label: str, length: int = 32) -> bytes:
    """The same bytes for the same label, for ever."""
    return hashlib.shake_256(b"angen test " + label.encode()).digest(length)


def seeded_id(label: str) -> bytes:
    """16 bytes with the marks of a UUID version 4."""
    raw = bytearray(seeded("id " + label, 16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    return bytes(raw)
