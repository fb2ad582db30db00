"""Which attacks are on certificates and on who sealed? (rules K1 to K3, S1, P1)"""

from ..bench import Bench, Chain
from ..keys import EDDSA, Person
from ..scenes import Cast, DOSSIER, OPENING
from ..seeds import seeded
from .attack import Attack, flip, order, put
from .container import STRANGER, impostor

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
DAY_MS = 86_400_000
YEAR_MS = 365 * DAY_MS


def high_s(signature: bytes) -> bytes:
    """The other valid form of an ECDSA signature."""
    s = int.from_bytes(signature[32:])
    return signature[:32] + (P256_ORDER - s).to_bytes(32)


def chain_of(length: int):
    """A scene whose writer stands at the end of a chain of so many certificates."""

    def scene(bench: Bench) -> bytes:
        people = [Person(f"link {at}", EDDSA) for at in range(length)]
        issuers = [people[0], *people]
        frames = []
        for at, (person, issuer) in enumerate(zip(people, issuers)):
            duty = "root" if at == 0 else "writer" if at == length - 1 else "admin"
            frames.append(bench.certify(person, issuer, duty, ["*:*"]))
        chain = Chain(bench, people[-1], DOSSIER)
        opened, _ = chain.op("open", "dossier.open/1", DOSSIER, OPENING)
        return bench.package(people[-1], [[DOSSIER, 0]], [*frames, opened, chain.seal("seal")])

    return scene


def lan_of_small() -> Person:
    """Lan as the small scene certifies her: the same labels make the same bytes."""
    return Cast(Bench()).lan


PEOPLE = [
    Attack("a certificate's signature altered", {"cose/lan": put(3, flip)}, "C1 C4 K1 S1"),
    Attack("a certificate by another key in the admin's name", {"issuer/wei": impostor}, "K1 S1"),
    Attack("a root that did not sign itself", {"issuer/root": impostor, "kid/root": lambda _: None},
           "C1 C4 K1 S1", root=None),
    Attack("a subject before its issuer", {"certificates": order(0, 2, 1, 3)}, "C1 C4 K1 S1"),
    Attack("a certificate of suite 2", {"certificate/wei": put(1, 2)}, "K1 S1"),
    Attack("scopes that are not sorted", {"certificate/lan": put(7, ["b:3711", "a:3711"])},
           "C1 C4 K1 S1"),
    Attack("33 scopes", {"certificate/wei": put(7, [f"*:{at}" for at in range(371100, 371133)])},
           "K1 S1"),
    Attack("a name of 257 bytes", {"certificate/wei": put(5, "x" * 257)}, "K1 S1"),
    Attack("a certificate over 4,096 bytes",
           {"certificate/wei": put(12, {"x": bytes(4_096)})}, "K1 S1"),
    Attack("a signing key of small order", {"certificate/wei": put(10, [-8, bytes(32)])}, "K1 S1"),
    Attack("a scope beyond the issuer's", {"certificate/wei": put(7, ["officer:*"])}, "K2 S1"),
    Attack("a time beyond the issuer's",
           {"certificate/wei": put(9, None)}, "K2 S1"),
    Attack("issued by a writer", {"issuer/wei": lambda admin: lan_of_small(),
           "certificate/wei": put(7, ["officer:371102"])}, "K2 S1"),
    Attack("a chain of four", {}, scene=chain_of(4), root=None),
    Attack("a chain of five", {}, "C1 C4 K2 S1", scene=chain_of(5), root=None),
    Attack("another root was asked for", {}, "K3", root=seeded("another root")),
    Attack("a seal's signature altered", {"cose/seal-wei": put(3, flip)}, "S1"),
    Attack("a seal whose signature has the greater s", {"cose/seal-photo": put(3, high_s)}, "S1"),
    Attack("a seal with an unprotected header", {"cose/seal-wei": put(1, {"x": 1})}, "S1 S2"),
    Attack("a seal by a stranger", {"sealer/seal-wei": lambda _: STRANGER}, "S1"),
    Attack("a seal under a kid that is not the key's", {"sealer/seal-wei": impostor}, "S1"),
    Attack("sealed by another writer", {"sealer/seal-wei": lambda _: lan_of_small()}, "P1"),
    Attack("a certificate for another area", {"certificate/wei": put(7, ["officer:371103"])}, "P1"),
    Attack("sealed by a hub", {"certificate/wei": put(2, "hub")}, "P1"),
    Attack("backdated before the certificate", {"header/assent": put(8, lambda ms: ms - DAY_MS)},
           "", "T1"),
    Attack("dated after the certificate", {"header/photo": put(8, lambda ms: ms + 11 * YEAR_MS)},
           "", "T1"),
]
