"""Who signs, and how are the bytes of a COSE_Sign1 made?

The Sig_structure of RFC 9052 is built here by hand, so that the verifier's COSE package is
checked against something that is not itself.
"""

import hashlib

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from ecdsa import NIST256p, SigningKey
from ecdsa.util import sigencode_string_canonize

from .seeds import seeded, seeded_id

EDDSA, ES256 = -8, -7


def encode(value) -> bytes:
    """Deterministic CBOR."""
    return cbor2.dumps(value, canonical=True)


class Person:
    """A writer with a key of its own; `certificate` and `hash` come once it is certified."""

    def __init__(self, label: str, alg: int):
        self.label, self.alg = label, alg
        self.writer = seeded_id("writer " + label)
        self.person = seeded_id("person " + label)
        self.seal_to = X25519PrivateKey.from_private_bytes(seeded("x25519 " + label))
        self.certificate = b""
        self.hash = b""
        seed = seeded("key " + label)
        if alg == EDDSA:
            self._ed25519 = Ed25519PrivateKey.from_private_bytes(seed)
            self.public = self._ed25519.public_key().public_bytes_raw()
        else:
            exponent = int.from_bytes(seed) % NIST256p.order
            self._p256 = SigningKey.from_secret_exponent(exponent, NIST256p)
            self.public = self._p256.verifying_key.to_string("compressed")

    def sign(self, data: bytes) -> bytes:
        """64 bytes; for P-256 with a nonce after RFC 6979 and the lower `s`."""
        if self.alg == EDDSA:
            return self._ed25519.sign(data)
        return self._p256.sign_deterministic(
            data, hashfunc=hashlib.sha256, sigencode=sigencode_string_canonize
        )


def sign1(signer: Person, kid: bytes | None, payload: bytes, external_data: bytes, change) -> bytes:
    """A tagged COSE_Sign1; `change` may spoil its four parts before they are encoded."""
    header = {1: signer.alg} if kid is None else {1: signer.alg, 4: kid}
    protected = encode(header)
    to_sign = encode(["Signature1", protected, external_data, payload])
    parts = change([protected, {}, payload, signer.sign(to_sign)])
    return encode(cbor2.CBORTag(18, parts))
