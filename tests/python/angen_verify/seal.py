"""Which run of which chain does a seal sign? (docs/protocol.md, section 4)"""

from dataclasses import dataclass

from . import profile
from .certificate import Certificate
from .cose import Signed, open_envelope
from .hashing import SEAL, named_hash
from .limits import COSE_BYTES_MAX, SEAL_OPS_MAX
from .shape import array, octets, require, suite, uint, version


@dataclass
class Seal:
    """One seal, decoded, with its hash."""

    hash: bytes
    signed: Signed
    dossier: bytes
    writer: bytes
    number: int
    prev: bytes | None
    first: int
    last: int
    head: bytes

    def signed_by(self, certificate: Certificate) -> bool:
        return self.signed.verifies(certificate.key, certificate.alg, SEAL)

    def title(self) -> str:
        return f"seal {self.number} of writer {self.writer.hex()[:8]} (seq {self.first} to {self.last})"


def decode_seal(data: bytes) -> Seal:
    """Decodes strictly; raises NotInProfile or Misshapen. Verifies no signature."""
    signed = open_envelope(data, COSE_BYTES_MAX)
    require(signed.kid is not None, "a seal without kid")
    parts = array(profile.decode(signed.payload), 9, "seal")
    version(parts[0])
    suite(parts[1])
    dossier, writer = octets(parts[2], 16, "dossier"), octets(parts[3], 16, "writer")
    number = uint(parts[4], "number")
    prev = None if parts[5] is None else octets(parts[5], 32, "prev")
    require((number == 0) == (prev is None), "prev is null exactly when number is 0")
    first, last = uint(parts[6], "first"), uint(parts[7], "last")
    require(first <= last, "first is greater than last")
    require(last - first < SEAL_OPS_MAX, f"a run of more than {SEAL_OPS_MAX} ops")
    head = octets(parts[8], 32, "head")
    return Seal(named_hash(SEAL, data), signed, dossier, writer, number, prev, first, last, head)
