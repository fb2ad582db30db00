"""Whatever the bytes are, the verifier answers, and never that they verify."""

import random

import pytest

from angen_write import scenes
from angen_write.bench import Bench

SEED = 20210601
TRIES = 60


def damaged(package: bytes, rng: random.Random) -> bytes:
    """A copy with a few bytes set, cut out, put in, or doubled from elsewhere."""
    data = bytearray(package)
    for _ in range(rng.choice((1, 2, 4, 16))):
        at, length = rng.randrange(len(data)), rng.randrange(1, 40)
        way = rng.randrange(4)
        if way == 0:
            data[at] ^= rng.randrange(1, 256)
        elif way == 1:
            del data[at : at + length]
        elif way == 2:
            data[at:at] = rng.randbytes(length)
        else:
            source = rng.randrange(len(package))
            data[at:at] = package[source : source + 10 * length]
    return bytes(data)


@pytest.mark.parametrize("name", ["small", "withheld", "forked", "excerpt"])
def test_random_damage_is_never_taken_for_a_package(name, judge):
    rng, package = random.Random(SEED), getattr(scenes, name)(Bench())
    for _ in range(TRIES):
        data = damaged(package, rng)
        if data == package:
            continue
        verdict = judge(data)
        assert verdict.outcome in ("refused", "unreadable"), data.hex()
        assert verdict.as_text()


def test_random_bytes_cannot_be_read(judge):
    rng = random.Random(SEED)
    for length in range(200):
        assert judge(rng.randbytes(length)).outcome == "unreadable"
