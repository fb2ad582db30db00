"""How is a package put together, and where can a test reach in?

Every made thing passes `Bench.at` under a name; a test hands in changes for names. Whatever is
made later signs and links to the changed thing, so that a change breaks what it means to break.
"""

import copy
import hashlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SM3, Hash

from .keys import Person, encode, sign1
from .seeds import seeded, seeded_id

START_MS = 1_622_505_600_000  # 2021-06-01T00:00:00Z
CHUNK_BYTES = 65_536
BLOB_FRAME_BYTES = 1_048_576


def named_hash(name: str, data: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\x00" + data).digest()


def sm3(data: bytes) -> bytes:
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()


class Bench:
    """Makes certificates, blobs and packages; `changes` maps names to functions."""

    def __init__(self, changes: dict | None = None):
        self.changes = changes or {}
        self.used: set[str] = set()

    def at(self, name: str, value):
        if name not in self.changes:
            return value
        self.used.add(name)
        return self.changes[name](value)

    def certify(self, person: Person, issuer: Person, duty: str, scopes: list, years=(0, 10)):
        """Gives `person` a certificate frame; a root is its own issuer."""
        year = 365 * 86_400_000
        payload = [
            1, 1, duty, person.writer, person.person, person.label, "Rizhao Donggang 日照东港",
            sorted(scopes), START_MS + years[0] * year, START_MS + years[1] * year,
            [person.alg, person.public],
            [1, person.seal_to.public_key().public_bytes_raw()], {},
        ]
        payload = self.at(f"certificate/{person.label}", payload)
        issuer = self.at(f"issuer/{person.label}", issuer)
        kid = self.at(f"kid/{person.label}", None if issuer is person else issuer.hash)
        person.certificate = sign1(
            issuer, kid, encode(payload), b"angen/certificate/1",
            lambda parts: self.at(f"cose/{person.label}", parts),
        )
        person.hash = named_hash("angen/certificate/1", person.certificate)
        return [1, person.certificate]

    def blob(self, label: str, plain: bytes):
        """Encrypts; returns the ciphertext and the fields of the op that captures it."""
        key = seeded("blob key " + label)
        cipher = AESGCM(key)
        chunks = [plain[at : at + CHUNK_BYTES] for at in range(0, len(plain), CHUNK_BYTES)] or [b""]
        sealed = b""
        for index, chunk in enumerate(chunks):
            last = b"\x01" if index == len(chunks) - 1 else b"\x00"
            sealed += cipher.encrypt(bytes(7) + index.to_bytes(4) + last, chunk, None)
        sealed = self.at(f"cipher/{label}", sealed)
        fields = {
            "blob": hashlib.sha256(sealed).digest(), "blob_key": key, "length": len(plain),
            "sha256": hashlib.sha256(plain).digest(), "sm3": sm3(plain),
            "mime": "image/jpeg", "caption": "配电箱 " + label,
        }
        return sealed, fields

    def blob_frames(self, ciphertext: bytes) -> list:
        address = hashlib.sha256(ciphertext).digest()
        return [
            [4, address, at, ciphertext[at : at + BLOB_FRAME_BYTES]]
            for at in range(0, len(ciphertext), BLOB_FRAME_BYTES)
        ]

    def package(self, exporter: Person, dossiers: list, frames: list) -> bytes:
        """Closes over the start and `frames`, and encodes everything."""
        start = [
            0, "angen-package", 1, START_MS + 86_400_000, exporter.hash, sorted(dossiers),
            "angen_write 1", {},
        ]
        frames = self.at("frames", [self.at("start", start), *frames])
        encoded = [frame if type(frame) is bytes else encode(frame) for frame in frames]
        listed = [named_hash("angen/frame/1", data) for data in encoded]
        exporter = self.at("closer", exporter)
        close = sign1(
            exporter, self.at("close/kid", exporter.hash),
            encode(self.at("closing", [1, 1, listed])), b"angen/package/1",
            lambda parts: self.at("close/cose", parts),
        )
        # What happens to the frames after they were closed over.
        encoded = self.at("encoded", encoded)
        return self.at("bytes", b"".join(encoded) + encode([32, close]))


class Chain:
    """One writer's chain in one dossier; `seals` is shared by all chains of the writer."""

    def __init__(self, bench: Bench, person: Person, dossier: bytes, seals: "Chain | None" = None):
        self.bench, self.person, self.dossier = bench, person, dossier
        self.seq, self.prev, self.first = 0, None, 0
        self.numbers = seals.numbers if seals else {"number": 0, "prev": None}

    def fork(self) -> "Chain":
        """A clone of the device, with its own count of seals from here on."""
        other = copy.copy(self)
        other.numbers = dict(self.numbers)
        return other

    def op(self, label: str, kind: str, entity: bytes, fields: dict, **more) -> tuple:
        """An op frame and the op's hash. `more`: over, deps, refs, blobs, minute, withhold."""
        body = sorted(
            [name, seeded(f"salt {label} {name}", 16), value] for name, value in fields.items()
        )
        body = self.bench.at(f"body/{label}", body)
        commitments = [[name, named_hash("angen/field/1", encode([name, salt, value]))]
                       for name, salt, value in body]
        minute = more.get("minute", self.seq) * 60_000
        header = [
            1, self.dossier, self.person.writer, self.seq, self.prev,
            sorted(more.get("deps", []), key=encode), sorted(more.get("refs", []), key=encode),
            None, START_MS + minute, 1_000 + minute, seeded_id("boot " + self.person.label), kind,
            False, entity, sorted([name, sorted(ops)] for name, ops in more.get("over", {}).items()),
            named_hash("angen/body/1", encode(commitments)), len(encode(body)),
            sorted(more.get("blobs", [])), {},
        ]
        header = encode(self.bench.at(f"header/{label}", header))
        hash_ = named_hash("angen/op/1", header)
        self.prev, self.seq = hash_, self.seq + 1
        withhold = more.get("withhold", ())
        disclosed = None if withhold == "all" else encode([
            [name, commitment] if name in withhold else field
            for field, (name, commitment) in zip(body, commitments)
        ])
        return [2, header, disclosed], hash_

    def seal(self, label: str) -> list:
        """A seal frame over the ops since the last one."""
        payload = self.bench.at(f"seal/{label}", [
            1, 1, self.dossier, self.person.writer, self.numbers["number"], self.numbers["prev"],
            self.first, self.seq - 1, self.prev,
        ])
        signer = self.bench.at(f"sealer/{label}", self.person)
        cose = sign1(
            signer, signer.hash, encode(payload), b"angen/seal/1",
            lambda parts: self.bench.at(f"cose/{label}", parts),
        )
        self.numbers["number"] += 1
        self.numbers["prev"] = named_hash("angen/seal/1", cose)
        self.first = self.seq
        return [3, cose]
