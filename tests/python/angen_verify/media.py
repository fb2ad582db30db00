"""Are the blobs here, and are they the ones that ops name? (rules M1 to M4)"""

import hashlib
from dataclasses import dataclass, field

from .blob import KEY_BYTES, Decryptor
from .body import Body
from .limits import BLOB_FRAME_BYTES
from .op import CAPTURE_KIND, Op
from .verdict import Verdict

BYTE_FIELDS = {"blob": 32, "blob_key": KEY_BYTES, "sha256": 32, "sm3": 32}
TEXT_FIELDS = ("mime",)


@dataclass
class Claim:
    """What one op says about a blob: the ciphertext's length, and the fields that are disclosed."""

    title: str
    length: int
    values: dict = field(default_factory=dict)


@dataclass
class Coming:
    """A blob whose frames are coming in."""

    address: bytes
    claims: list[Claim]
    length: int = 0
    hash: object = field(default_factory=hashlib.sha256)
    decryptors: dict[bytes, Decryptor] = field(default_factory=dict)
    short: bool = False
    misplaced: bool = False


class Media:
    """The blobs that ops name, and those that came."""

    def __init__(self, verdict: Verdict):
        self._verdict = verdict
        self._claims: dict[bytes, list[Claim]] = {}
        self._coming: Coming | None = None
        self._came: set[bytes] = set()

    def add_op(self, op: Op, body: Body | None) -> None:
        if op.kind == CAPTURE_KIND and len(op.blobs) != 1:
            self._verdict.broken("M1", f"{op.title()} names {len(op.blobs)} blobs")
        claims = {address: Claim(op.title(), length) for address, length in op.blobs.items()}
        for address, claim in claims.items():
            self._claims.setdefault(address, []).append(claim)
        if body is None or not (claims or op.kind == CAPTURE_KIND):
            return
        for complaint in _complaints(op, body):
            self._verdict.broken("M1", f"{op.title()}: {complaint}")
        # The fields describe the blob that `blob` names; when that is withheld, the only one.
        described = body.values.get("blob", next(iter(claims), None) if len(claims) == 1 else None)
        if type(described) is bytes and described in claims:
            claims[described].values = body.values

    def lengths(self) -> dict[bytes, int]:
        """The blobs that ops name, with the length of the ciphertext that the first of them gives."""
        return {address: claims[0].length for address, claims in self._claims.items()}

    def add_frame(self, address: bytes, offset: int, data: bytes, frame: int) -> None:
        if self._coming is None or self._coming.address != address:
            self.end_blob()
            if address in self._came:
                self._verdict.broken("M1", f"frame {frame}: blob {_short(address)} comes again")
                return
            self._begin(address, frame)
        coming = self._coming
        if offset != coming.length or coming.short:
            coming.misplaced = True
            self._verdict.broken("M1", f"frame {frame}: not where blob {_short(address)} goes on")
        coming.short = len(data) < BLOB_FRAME_BYTES
        coming.length += len(data)
        coming.hash.update(data)
        for decryptor in coming.decryptors.values():
            decryptor.update(data)

    def _begin(self, address: bytes, frame: int) -> None:
        claims = self._claims.get(address, [])
        if not claims:
            self._verdict.broken("M1", f"frame {frame}: no op names blob {_short(address)}")
        keys = {claim.values.get("blob_key") for claim in claims}
        good = [key for key in keys if type(key) is bytes and len(key) == KEY_BYTES]
        self._coming = Coming(address, claims, decryptors={key: Decryptor(key) for key in good})

    def end_blob(self) -> None:
        """Judges the blob whose frames came last."""
        coming, self._coming = self._coming, None
        if coming is None:
            return
        self._came.add(coming.address)
        if coming.hash.digest() != coming.address:
            self._verdict.broken("M1", f"blob {_short(coming.address)} has another address")
        for claim in coming.claims:
            if claim.length != coming.length:
                self._verdict.broken("M1", f"{claim.title}: its blob has another length")
        if not coming.misplaced:
            self._check_originals(coming)

    def _check_originals(self, coming: Coming) -> None:
        if coming.claims and not coming.decryptors:
            self._verdict.noted("M2", f"blob {_short(coming.address)}: its key is not here")
        found = {}
        for key, decryptor in coming.decryptors.items():
            if decryptor.finish():
                found[key] = dict(zip(("length", "sha256", "sm3"), decryptor.digests()))
            else:
                self._verdict.broken("M2", f"blob {_short(coming.address)} does not decrypt")
        for claim in coming.claims:
            for name, value in found.get(claim.values.get("blob_key"), {}).items():
                if name in claim.values and claim.values[name] != value:
                    self._verdict.broken("M3", f"{claim.title}: the original has another {name}")

    def finish(self) -> None:
        self.end_blob()
        for address, claims in self._claims.items():
            if address not in self._came:
                titles = ", ".join(claim.title for claim in claims)
                self._verdict.noted("M4", f"blob {_short(address)} of {titles} is not here")


def _complaints(op: Op, body: Body) -> list[str]:
    """What is wrong with the fields that every op with a blob has; withheld ones are not seen."""
    found = []
    texts = TEXT_FIELDS + (("caption",) if op.kind == CAPTURE_KIND else ())
    for name in (*BYTE_FIELDS, "length", *texts):
        if not body.names(name):
            found.append(f"it names a blob and has no field {name}")
        elif name in body.values and not _is_fit(name, body.values[name]):
            found.append(f"field {name} is of another kind")
    blob = body.values.get("blob")
    if type(blob) is bytes and blob not in op.blobs:
        found.append("field blob is not the blob of its header")
    return found


def _is_fit(name: str, value) -> bool:
    if name in BYTE_FIELDS:
        return type(value) is bytes and len(value) == BYTE_FIELDS[name]
    if name == "length":
        return type(value) is int and value >= 0
    return type(value) is str


def _short(address: bytes) -> str:
    return address.hex()[:16]
