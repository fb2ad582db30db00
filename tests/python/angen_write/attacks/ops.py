"""Which attacks are on ops, chains, seals and clocks? (rules O1 to O5, S2, S3, T1)"""

from ..keys import encode
from ..scenes import ANSWER, conflict, excerpt, forked
from ..seeds import seeded, seeded_id
from .attack import (
    ADMIN, ANSWER as ANSWER_FRAME, ASSENT, BLOB, LAN, OPEN, PHOTO, ROOT, SEAL_LAN, SEAL_PHOTO,
    SEAL_WEI, START, WEI, Attack, drop, nested, order, put, withhold,
)

OTHER = seeded_id("another dossier")


def deps(count: int):
    """So many deps on ops that are nowhere, sorted."""
    made = [[seeded_id(f"writer {at}"), 0, seeded(f"op {at}")] for at in range(count)]
    return sorted(made, key=encode)


def over(fields: int, hashes: int):
    ops = sorted(seeded(f"over {at}") for at in range(hashes))
    return [[f"f{at:03}", ops] for at in range(fields)]


def header(name: str, label: str, index: int, value, broken: str = "O1 S2", **more) -> Attack:
    """A change of one header item. An op that is refused is absent for the seal behind it."""
    return Attack(name, {f"header/{label}": put(index, value)}, broken, **more)


OPS = [
    header("an op of suite 2", "assent", 0, 2),
    header("a header over 16,384 bytes", "assent", 18, {"x": bytes(16_384)}),
    header("65 deps", "assent", 5, deps(65)),
    header("64 deps on nothing", "assent", 5, deps(64), "O3"),
    header("65 refs", "assent", 6, sorted([["visit", OTHER, seeded(str(at))] for at in range(65)])),
    header("65 blobs", "assent", 17, sorted([[seeded(str(at)), 16] for at in range(65)])),
    header("129 fields in over", "assent", 14, over(129, 1)),
    header("33 hashes in over", "assent", 14, over(1, 33)),
    header("17 entries in ext", "assent", 18, {str(at): at for at in range(17)}),
    header("an entry of ext that nobody knows", "assent", 18, {"later": [1, {"a": None}]}, ""),
    header("an unknown critical kind", "assent", 11, "rite.unknown/7", ""),
    header("deps that are not sorted", "assent", 5, deps(2)[::-1]),
    header("a kind without version", "assent", 11, "assent.give"),
    header("a kind with a leading zero", "assent", 11, "assent.give/01"),
    header("a kind of 65 bytes", "assent", 11, "a" * 58 + ".give/1"),
    header("a negative monotonic clock", "assent", 9, -1),
    header("a blob of over 2^38 bytes", "assent", 17, [[seeded("blob"), 2**38 + 1]]),
    header("a float", "assent", 18, {"x": 1.5}),
    header("an integer over 2^63", "assent", 18, {"x": 2**63}),
    header("nested nine deep", "assent", 18, {"x": nested(9)}),
    header("nested eight deep", "assent", 18, {"x": nested(8)}, ""),
    Attack("an op of a dossier that start does not name",
           {"header/assent": put(1, OTHER), "seal/seal-wei": put(2, OTHER)}, "O1 O3"),
    Attack("a prev that is not the op before", {"header/photo": put(4, seeded("nothing"))}, "O2 S2"),
    Attack("a seq skipped", {"header/photo": put(3, 3),
           "seal/seal-photo": lambda s: [*s[:6], 3, 3, s[8]]}, "O2"),
    Attack("an op removed, closed again", {"frames": drop(ANSWER_FRAME)}, "O2 O3 S2"),
    Attack("a run removed from the middle, closed again",
           {"frames": drop(ANSWER_FRAME, SEAL_LAN, OPEN)}, "O2 O3 O4 S2", "S3"),
    Attack("a dep that is not here", {"header/assent": put(5, deps(1))}, "O3"),
    Attack("a dep with another seq",
           {"header/assent": put(5, lambda old: [[old[0][0], 0, old[0][2]]])}, "O3"),
    Attack("over an op of another entity", {"header/assent": put(13, seeded_id("elsewhere"))}, "O3"),
    Attack("what is built on comes later",
           {"frames": order(START, ROOT, ADMIN, LAN, WEI, ASSENT, SEAL_WEI, OPEN, ANSWER_FRAME,
                            SEAL_LAN, PHOTO, SEAL_PHOTO, BLOB)}, "O3 O4"),
    Attack("absent pasts in an excerpt", {}, "", "O3 S3", scene=excerpt),
    Attack("an excerpt that calls itself whole",
           {"start": put(5, lambda old: [[dossier, 0] for dossier, _ in old])}, "O2 O3 S2", "S3",
           scene=excerpt),
    Attack("opened twice", {"header/answer": put(11, "dossier.open/1")}, "O4"),
    Attack("never opened", {"header/open": put(11, "dossier.start/1")}, "O4"),
    Attack("opened as another entity", {"header/open": put(13, ANSWER)}, "O4"),
    Attack("an area that is no division code",
           {"body/open": lambda body: [[n, s, "东港" if n == "area" else v] for n, s, v in body]},
           "O4"),
    Attack("the area withheld", {"frames": put(OPEN, withhold("area"))}, "O4", "B2"),
    Attack("two writers in conflict", {}, scene=conflict),
    Attack("a fork", {}, "", "O5", scene=forked),
    Attack("a seal removed, closed again", {"frames": drop(SEAL_PHOTO)}, "S2"),
    Attack("a seal that leaves out the first op", {"seal/seal-lan": put(6, 1)}, "S2"),
    Attack("a seal over another head", {"seal/seal-wei": put(8, seeded("nothing"))}, "S2"),
    Attack("a seal before its last op",
           {"frames": order(START, ROOT, ADMIN, LAN, WEI, OPEN, ANSWER_FRAME, SEAL_LAN, SEAL_WEI,
                            ASSENT, PHOTO, SEAL_PHOTO, BLOB)}, "S2"),
    Attack("a seal over 1,025 ops", {"seal/seal-wei": put(7, 1_024)}, "S1 S2"),
    Attack("a seal with another prev", {"seal/seal-photo": put(5, seeded("nothing"))}, "S3"),
    Attack("a seal number skipped", {"seal/seal-photo": put(4, 2)}, "S3"),
    Attack("a whole dossier left out shows as a gap",
           {"seal/seal-photo": lambda s: [*s[:4], 2, seeded("elsewhere"), *s[6:]]}, "", "S3"),
    Attack("the monotonic clock goes back", {"header/photo": lambda h: [
        *h[:8], h[8] - 360_000, 0, *h[10:]]}, "", "T1"),
    Attack("wall and monotonic clock disagree",
           {"header/photo": put(8, lambda ms: ms + 120_001)}, "", "T1"),
    Attack("wall and monotonic clock disagree by two minutes",
           {"header/photo": put(8, lambda ms: ms + 120_000)}, ""),
    Attack("dated before what it builds on", {"header/assent": lambda h: [
        *h[:8], h[8] - 240_001, *h[9:]]}, "", "T1"),
]
