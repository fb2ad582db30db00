"""Whose key is this, and what may it do? (docs/protocol.md, section 5)"""

import re
from dataclasses import dataclass

from . import profile
from .cose import Signed, check_public_key, open_envelope
from .hashing import CERTIFICATE, named_hash
from .limits import COSE_BYTES_MAX, SCOPES_MAX
from .shape import (
    array, extension, integer, octets, require, sorted_once, suite, text, uint, version,
)

DUTIES = ("root", "admin", "writer", "hub")
ISSUING_DUTIES = ("root", "admin")
SEALING_DUTIES = ("admin", "writer")
SCOPE = re.compile(r"(\*|[a-z_]{1,32}):(\*|[0-9]{2,12})\Z")
KEM_X25519 = 1


@dataclass
class Certificate:
    """One certificate, decoded; `hash` is a root's fingerprint."""

    hash: bytes
    signed: Signed
    duty: str
    writer: bytes
    scopes: list[str]
    not_before: int
    not_after: int | None
    alg: int
    key: bytes
    ext: dict

    @property
    def is_root(self) -> bool:
        return self.duty == "root"

    def signed_by(self, issuer: "Certificate") -> bool:
        return self.signed.verifies(issuer.key, issuer.alg, CERTIFICATE)

    def covers_time(self, wall_ms: int) -> bool:
        """Both ends are inclusive; no end is open."""
        return self.not_before <= wall_ms and (self.not_after is None or wall_ms <= self.not_after)

    def contains_time_of(self, other: "Certificate") -> bool:
        if other.not_before < self.not_before:
            return False
        if self.not_after is None:
            return True
        return other.not_after is not None and other.not_after <= self.not_after

    def covers_area(self, area: str) -> bool:
        return any(_area_covers(scope.split(":")[1], area) for scope in self.scopes)

    def covers_scope(self, scope: str) -> bool:
        return any(_scope_covers(own, scope) for own in self.scopes)


def _area_covers(own: str, other: str) -> bool:
    return own == "*" or other.startswith(own)


def _scope_covers(own: str, other: str) -> bool:
    own_role, own_area = own.split(":")
    role, area = other.split(":")
    return own_role in ("*", role) and _area_covers(own_area, area)


def decode_certificate(data: bytes) -> Certificate:
    """Decodes strictly; raises NotInProfile or Misshapen. Verifies no signature."""
    signed = open_envelope(data, COSE_BYTES_MAX)
    parts = array(profile.decode(signed.payload), 13, "certificate")
    version(parts[0])
    suite(parts[1])
    duty = parts[2]
    require(duty in DUTIES, "a duty that is none of root, admin, writer, hub")
    require((duty == "root") == (signed.kid is None), "a root has no kid, every other one has")
    writer = octets(parts[3], 16, "writer")
    octets(parts[4], 16, "person")
    text(parts[5], "name")
    text(parts[6], "organisation")
    scopes = _scopes(parts[7])
    not_before = integer(parts[8], "not_before")
    not_after = None if parts[9] is None else integer(parts[9], "not_after")
    require(not_after is None or not_before <= not_after, "not_after lies before not_before")
    alg, key = array(parts[10], 2, "sign")
    check_public_key(alg, key)
    kem, kem_key = array(parts[11], 2, "seal_to")
    require(uint(kem, "kem") == KEM_X25519, "a kem other than 1")
    octets(kem_key, 32, "the encryption key")
    ext = extension(parts[12])
    hash_ = named_hash(CERTIFICATE, data)
    return Certificate(
        hash_, signed, duty, writer, scopes, not_before, not_after, alg, key, ext
    )


def _scopes(value) -> list[str]:
    array(value, None, "scopes")
    require(1 <= len(value) <= SCOPES_MAX, f"scopes are not 1 to {SCOPES_MAX}")
    for scope in value:
        require(type(scope) is str and SCOPE.match(scope), "a scope that is not role:area")
    sorted_once([scope.encode() for scope in value], "scopes")
    return value
