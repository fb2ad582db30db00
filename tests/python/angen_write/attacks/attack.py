"""What is an attack: a scene, what is changed in it, and what must be found."""

from dataclasses import dataclass, field
from typing import Callable

import cbor2

from ..bench import Bench, named_hash
from ..keys import encode
from ..scenes import root_fingerprint, small

# Places in the frames of the small scene.
START, ROOT, ADMIN, LAN, WEI, OPEN, ANSWER, SEAL_LAN, ASSENT, SEAL_WEI, PHOTO, SEAL_PHOTO, BLOB = range(13)


@dataclass
class Attack:
    """`broken` and `noted` are rule codes in one string each; `root` is what the reader asks for."""

    name: str
    changes: dict
    broken: str = ""
    noted: str = ""
    scene: Callable = small
    root: bytes | None = field(default_factory=root_fingerprint)
    verdict: str = ""

    def bytes(self) -> bytes:
        bench = Bench(self.changes)
        data = self.scene(bench)
        unused = set(self.changes) - bench.used
        assert not unused, f"{self.name}: nothing is called {unused}"
        return data

    @property
    def expected_verdict(self) -> str:
        return self.verdict or ("refused" if self.broken else "verifies")


def put(index: int, value):
    """A change that replaces one item; `value` may be a function of the old one."""

    def change(items):
        items = list(items)
        items[index] = value(items[index]) if callable(value) else value
        return items

    return change


def nested(depth: int):
    """An empty array within arrays; `depth` counts them all."""
    value = []
    for _ in range(depth - 1):
        value = [value]
    return value


def drop(*indexes: int):
    return lambda items: [item for at, item in enumerate(items) if at not in indexes]


def order(*indexes: int):
    """Every item, in the order of their old places."""
    return lambda items: [items[at] for at in indexes]


def insert(index: int, *new):
    return lambda items: [*items[:index], *new, *items[index:]]


def withhold(name: str):
    """A change of an op frame that shows only the commitment of one field."""

    def change(frame):
        body = cbor2.loads(frame[2])
        shown = [
            [field[0], named_hash("angen/field/1", encode(field))] if field[0] == name else field
            for field in body
        ]
        return [2, frame[1], encode(shown)]

    return change


def flip(data: bytes) -> bytes:
    """The lowest bit of the last byte is the other one."""
    return data[:-1] + bytes([data[-1] ^ 1])
