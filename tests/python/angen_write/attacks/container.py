"""Which attacks are on the container itself? (rules C1 to C5)"""

from ..bench import Bench
from ..keys import EDDSA, Person, encode
from ..seeds import seeded, seeded_id
from .attack import (
    ADMIN, ANSWER, ASSENT, BLOB, LAN, OPEN, PHOTO, ROOT, SEAL_LAN, SEAL_PHOTO, SEAL_WEI, START,
    WEI, Attack, drop, flip, insert, order, put,
)

STRANGER = Person("stranger", EDDSA)
STRANGER_FRAME = Bench().certify(STRANGER, STRANGER, "root", ["*:*"])


def long_head(frame):
    """The same three items under a head that is longer than it must be."""
    return b"\x98\x03" + encode(frame)[1:]


def dossiers(count: int):
    """The dossier of the scene, and so many less one that nothing in the package belongs to."""
    return lambda old: sorted(old + [[seeded_id(f"dossier {at}"), 0] for at in range(count - 1)])


def impostor(person: Person) -> Person:
    """Someone with another key who claims the certificate of `person`."""
    other = Person("impostor of " + person.label, person.alg)
    other.hash = person.hash
    return other


CONTAINER = [
    Attack("nothing is changed", {}),
    Attack("no root is asked for", {}, root=None),
    Attack("exporter is not in the package", {"start": put(4, seeded("nobody"))}, "C1 C4"),
    Attack("start of a later version", {"start": put(2, 2)}, "C1"),
    Attack("software name too long", {"start": put(6, "x" * 257)}, "C1"),
    Attack("a dossier named twice", {"start": put(5, lambda old: old * 2)}, "C1"),
    Attack("a mode that does not exist", {"start": put(5, [[seeded_id("dossier"), 2]])}, "C1"),
    Attack("1,024 dossiers", {"start": put(5, dossiers(1_024))}, "O4"),
    Attack("1,025 dossiers", {"start": put(5, dossiers(1_025))}, "C1"),
    Attack("another magic word", {"start": put(1, "angen-bundle")}, verdict="unreadable"),
    Attack("no start", {"frames": drop(START)}, verdict="unreadable"),
    Attack("an empty file", {"bytes": lambda data: b""}, verdict="unreadable"),
    Attack("a frame of a forbidden type", {"frames": insert(BLOB, [33, b""])}, "C2"),
    Attack("a frame of a reserved type", {"frames": insert(BLOB, [7, {"later": [None]}])}, "", "C2"),
    Attack("an op frame of two items", {"frames": put(BLOB, lambda old: old[:2])}, "C2", "M4"),
    Attack("a longer head than needed", {"frames": put(OPEN, long_head)}, "C2 O4"),
    Attack("a certificate twice", {"frames": insert(OPEN, [1, STRANGER_FRAME[1]],
           [1, STRANGER_FRAME[1]])}, "C2", root=None),
    Attack("a certificate after the ops", {"frames": insert(BLOB, STRANGER_FRAME)}, "C2", root=None),
    Attack("an op after the blobs", {"frames": order(*range(PHOTO), BLOB, PHOTO, SEAL_PHOTO)},
           "C2 M1"),
    Attack("a blob frame with too many bytes",
           {"frames": put(BLOB, lambda old: [4, old[1], 0, bytes(1_048_577)])}, "C2", "M4"),
    Attack("a frame over the limit", {"frames": insert(BLOB, [9, bytes(1_179_648)])}, "C2", "M4"),
    Attack("a hash left out of the closing list",
           {"closing": lambda c: [*c[:2], c[2][:-1]]}, "C3"),
    Attack("a closing list of suite 2", {"closing": put(1, 2)}, "C3"),
    Attack("a frame removed after closing", {"encoded": drop(BLOB)}, "C3", "M4"),
    Attack("a frame added after closing", {"encoded": insert(BLOB, encode([9, "x"]))}, "C3", "C2"),
    Attack("two runs swapped after closing",
           {"encoded": order(START, ROOT, ADMIN, LAN, WEI, OPEN, ANSWER, SEAL_LAN, PHOTO,
                             SEAL_PHOTO, ASSENT, SEAL_WEI, BLOB)}, "C3"),
    Attack("closed by another key in the exporter's name",
           {"closer": impostor}, "C4"),
    Attack("closed by one who is not the exporter", {"close/kid": lambda _: STRANGER.hash}, "C4"),
    Attack("a closing signature altered", {"close/cose": put(3, flip)}, "C4"),
    Attack("a closing frame with an unprotected header",
           {"close/cose": put(1, {"x": 1})}, "C4"),
    Attack("the closing frame is missing", {"bytes": lambda data: data[:data.rindex(b"\x82\x18\x20")]},
           "C2"),
    Attack("a byte follows", {"bytes": lambda data: data + b"\x00"}, "C5"),
    Attack("a second package follows", {"bytes": lambda data: data * 2}, "C5"),
    Attack("the tail is dropped and the package closed again",
           {"frames": drop(PHOTO, SEAL_PHOTO, BLOB)}),
    Attack("re-exported by a stranger", {"frames": lambda frames: [
        [*frames[0][:4], STRANGER.hash, *frames[0][5:]], STRANGER_FRAME, *frames[1:]],
        "closer": lambda _: STRANGER, "close/kid": lambda _: STRANGER.hash}, "K3"),
]
