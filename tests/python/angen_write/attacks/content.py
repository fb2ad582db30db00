"""Which attacks are on bodies and blobs? (rules B1, B2, M1 to M4)"""

from ..bench import Bench
from ..keys import encode
from ..scenes import withheld
from ..seeds import seeded
from .attack import ANSWER, BLOB, PHOTO, Attack, drop, flip, insert, nested, put, withhold

OTHER_CIPHER = Bench().blob("other", seeded("other", 90))[0]


def value_of(name: str, value):
    """A change of one field's value in a body."""
    return lambda body: [[n, s, value if n == name else v] for n, s, v in body]


def fields(count: int):
    return lambda body: sorted(body + [
        [f"x{at:03}", bytes(16), at] for at in range(count - len(body))])


def with_body(value):
    return lambda frame: [2, frame[1], encode(value) if type(value) is list else value]


BODIES = [
    Attack("a body replaced", {"frames": put(ANSWER, with_body([["note", bytes(16), "x"]]))}, "B1"),
    Attack("a body that is no CBOR", {"frames": put(ANSWER, with_body(b"\xff"))}, "B1"),
    Attack("a body of another length", {"header/answer": put(16, lambda old: old + 1)}, "B1"),
    Attack("a body that is not sorted", {"body/answer": lambda body: body[::-1]}, "B1"),
    Attack("a field twice", {"body/answer": lambda body: [body[0], *body]}, "B1"),
    Attack("a salt of 15 bytes", {"body/answer": lambda b: [[b[0][0], bytes(15), 1], *b[1:]]}, "B1"),
    Attack("a field name in capitals", {"body/answer": lambda b: [["A", bytes(16), 1], *b]}, "B1"),
    Attack("a float in a body", {"body/answer": value_of("note", 0.5)}, "B1"),
    Attack("257 fields", {"body/answer": fields(257)}, "B1"),
    Attack("256 fields", {"body/answer": fields(256)}),
    Attack("a value nested eight deep", {"body/answer": value_of("note", nested(8))}),
    Attack("a value nested nine deep", {"body/answer": value_of("note", nested(9))}, "B1"),
    Attack("a body over 1,048,576 bytes", {"body/answer": value_of("note", bytes(1_048_576)),
           "header/answer": put(16, 1_048_576)}, "B1"),
    Attack("over names a field that the body has not",
           {"body/assent": lambda body: [["other", *body[0][1:]]]}, "B1"),
    Attack("a capture without caption",
           {"fields/photo": lambda f: {n: v for n, v in f.items() if n != "caption"}}, "M1"),
    Attack("a capture of two blobs", {"header/photo": put(17, lambda old: sorted(
        old + [[seeded("second"), 16]]))}, "M1", "M4"),
    Attack("a capture whose field names another blob",
           {"header/photo": put(17, [[seeded("second"), 16]])}, "M1", "M4"),
    Attack("fields and bodies withheld, a blob absent", {}, "", "B2 M4", scene=withheld),
]

BLOBS = [
    Attack("a blob altered", {"frames": put(BLOB, put(3, flip))}, "M1 M2"),
    Attack("a blob swapped with another valid one",
           {"frames": put(BLOB, put(3, OTHER_CIPHER))}, "M1 M2"),
    Attack("a blob that no op names",
           {"frames": lambda frames: frames + Bench().blob_frames(OTHER_CIPHER)}, "M1"),
    Attack("a blob of another length", {"header/photo": put(17, lambda old: [[old[0][0], 99]])}, "M1"),
    Attack("a blob that begins late", {"frames": put(BLOB, put(2, 1))}, "M1"),
    Attack("a blob twice", {"frames": lambda frames: [*frames, frames[BLOB]]}, "M1"),
    Attack("an empty blob frame", {"frames": put(BLOB, put(3, b""))}, "C2", "M4"),
    Attack("another key", {"fields/photo": lambda f: {**f, "blob_key": seeded("other")}}, "M2"),
    Attack("a key withheld", {"frames": put(PHOTO, withhold("blob_key"))}, "", "B2 M2"),
    Attack("the body of a capture withheld",
           {"frames": put(PHOTO, lambda frame: [2, frame[1], None])}, "", "B2 M2"),
    Attack("a ciphertext without its last byte", {"cipher/photo": lambda c: c[:-1]}, "M2"),
    Attack("another SHA-256", {"fields/photo": lambda f: {**f, "sha256": seeded("x")}}, "M3"),
    Attack("another SM3", {"fields/photo": lambda f: {**f, "sm3": seeded("x")}}, "M3"),
    Attack("another length", {"fields/photo": lambda f: {**f, "length": 91}}, "M3"),
    Attack("a blob left out", {"frames": drop(BLOB)}, "", "M4"),
    Attack("a blob frame before the ops",
           {"frames": lambda f: insert(5, f[BLOB])(drop(BLOB)(f))}, "C2 M1"),
]
