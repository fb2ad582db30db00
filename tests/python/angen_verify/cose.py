"""Is this a COSE_Sign1 of the page, and does it verify? (docs/protocol.md, section 2)"""

from dataclasses import dataclass

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from pycose.keys import EC2Key, OKPKey
from pycose.keys.curves import P256, Ed25519
from pycose.messages import Sign1Message

from . import profile
from .shape import Misshapen, array, octets, require

EDDSA = -8
ES256 = -7
KEY_BYTES = {EDDSA: 32, ES256: 33}

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ED25519_PRIME = 2**255 - 19
ED25519_D = -121665 * pow(121666, -1, ED25519_PRIME) % ED25519_PRIME


@dataclass
class Signed:
    """A COSE_Sign1 whose envelope is in order; nothing is verified yet."""

    protected: bytes
    alg: int
    kid: bytes | None
    payload: bytes
    signature: bytes

    def verifies(self, key: bytes, alg: int, external_data: bytes) -> bool:
        """Whether `key` (bytes as in a certificate, for `alg`) made the signature."""
        if self.alg != alg:
            return False
        public_key = cose_key(alg, key)
        if public_key is None:
            return False
        if alg == ES256 and int.from_bytes(self.signature[32:]) > P256_ORDER // 2:
            return False
        parts = [self.protected, {}, self.payload, self.signature]
        message = Sign1Message.from_cose_obj(parts, allow_unknown_attributes=False)
        message.external_aad = external_data
        message.key = public_key
        return message.verify_signature()


def open_envelope(data: bytes, bytes_max: int) -> Signed:
    """Decodes strictly; raises NotInProfile or Misshapen."""
    require(len(data) <= bytes_max, f"the COSE message has more than {bytes_max} bytes")
    parts = array(profile.decode(data, cose=True).value, 4, "COSE_Sign1")
    protected = octets(parts[0], None, "protected header")
    require(type(parts[1]) is dict and not parts[1], "the unprotected header is not empty")
    payload = octets(parts[2], None, "payload")
    signature = octets(parts[3], 64, "signature")
    header = _protected_header(protected)
    return Signed(protected, header[1], header.get(4), payload, signature)


def _protected_header(data: bytes) -> dict:
    header = profile.read_item(_Whole(data))
    require(type(header) is dict, "the protected header is not a map")
    require(list(header) in ([1], [1, 4]), "the protected header has not alg and kid alone")
    require(all(type(key) is int for key in header), "a protected header key is not an integer")
    alg = header[1]
    require(type(alg) is int and alg in KEY_BYTES, "an algorithm other than -8 and -7")
    if 4 in header:
        octets(header[4], 32, "kid")
    require(cbor2.dumps(header, canonical=True) == data, "the protected header is not strict")
    return header


class _Whole:
    """A reader of bytes for `read_item`; the comparison afterwards finds bytes left over."""

    def __init__(self, data: bytes):
        self._data, self._at = data, 0

    def read(self, count: int) -> bytes:
        start, self._at = self._at, self._at + count
        return self._data[start : self._at]


def check_public_key(alg, key) -> None:
    """Refuses a `sign` entry of a certificate that is no key of its algorithm."""
    require(type(alg) is int and alg in KEY_BYTES, "a signing algorithm other than -8 and -7")
    octets(key, KEY_BYTES[alg], "the signing key")
    require(cose_key(alg, key) is not None, "the signing key is not a point that may sign")


def cose_key(alg: int, key: bytes):
    """The key for pycose, or None where the bytes are no permitted point."""
    if alg == EDDSA:
        if _has_small_order(key):
            return None
        return OKPKey(crv=Ed25519, x=key)
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key).public_numbers()
    except ValueError:
        return None
    return EC2Key(crv=P256, x=point.x.to_bytes(32), y=point.y.to_bytes(32))


def _has_small_order(key: bytes) -> bool:
    """Whether eight times the point is the neutral one, or the bytes are no point at all.

    Doubling on y alone: y' = (y^2 + x^2) / (1 - d x^2 y^2), with x^2 from the curve's equation.
    """
    p, d = ED25519_PRIME, ED25519_D
    y = int.from_bytes(key, "little") & (2**255 - 1)
    if y >= p:
        return True
    x2 = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
    if x2 and pow(x2, (p - 1) // 2, p) != 1:
        return True
    for _ in range(3):
        y2 = y * y % p
        x2 = (y2 - 1) * pow(d * y2 + 1, -1, p) % p
        y = (y2 + x2) * pow(1 - d * x2 * y2, -1, p) % p
    return y == 1


__all__ = ["EDDSA", "ES256", "Misshapen", "Signed", "check_public_key", "open_envelope"]
