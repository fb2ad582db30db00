"""No flipped bit and no truncation passes."""

import functools
import io
import os

import pytest

from angen_verify.cose import Signed
from angen_verify.frames import FrameReader
from angen_verify.log import RULES as LOG_RULES
from angen_write.bench import Bench
from angen_write.keys import encode
from angen_write.scenes import small

# All bits take minutes; the sample takes every bit of a byte in turn.
EVERY_BIT = "ANGEN_EVERY_BIT"
SAMPLE_STEP_BYTES = 3
CLOSED_SAMPLE_STEP_BYTES = 31
TYPE_AT = 1


@pytest.fixture(autouse=True)
def one_look_at_each_signature(monkeypatch):
    """One flip leaves nearly all signatures as they were: the same bytes are judged once."""
    verifies = Signed.verifies

    @functools.cache
    def judged(parts, *key):
        return verifies(Signed(*parts), *key)

    def remembered(self, *key):
        parts = (self.protected, self.alg, self.kid, self.payload, self.signature)
        return judged(parts, *key)

    monkeypatch.setattr(Signed, "verifies", remembered)


def places(length: int):
    """Byte and bit of every flip to try."""
    if os.environ.get(EVERY_BIT):
        return [(at, bit) for at in range(length) for bit in range(8)]
    return [(at, (at // SAMPLE_STEP_BYTES) % 8) for at in range(0, length, SAMPLE_STEP_BYTES)]


def test_no_flipped_bit_verifies(small_package, judge):
    passed = []
    for at, bit in places(len(small_package)):
        data = bytearray(small_package)
        data[at] ^= 1 << bit
        if judge(bytes(data)).outcome == "verifies":
            passed.append((at, bit))
    assert passed == []


def test_no_bit_flipped_behind_the_start_verifies_when_the_package_is_closed_again(judge):
    def flipped(index, at, bit):
        """The small scene with one bit of one frame altered before its exporter closes it."""

        def change(frames):
            data = bytearray(encode(frames[index]))
            data[at] ^= 1 << bit
            return [*frames[:index], bytes(data), *frames[index + 1 :]]

        return small(Bench({"frames": change}))

    sizes = []
    small(Bench({"frames": lambda frames: sizes.extend(len(encode(f)) for f in frames) or frames}))
    step = 1 if os.environ.get(EVERY_BIT) else CLOSED_SAMPLE_STEP_BYTES
    passed = [
        (index, at)
        for index, size in enumerate(sizes)
        for at in range(index % step, size, step)
        # The type stays: a blob frame that becomes a reserved one is a blob left out.
        if index > 0 and at != TYPE_AT and judge(flipped(index, at, (at // step) % 8)).outcome == "verifies"
    ]
    assert passed == []


def borders(data: bytes) -> list[int]:
    """Where each frame ends."""
    stream = io.BufferedReader(io.BytesIO(data))
    reader, ends = FrameReader(stream), []
    while not reader.at_end():
        reader.next()
        ends.append(stream.tell())
    return ends


def test_a_package_cut_at_a_frame_border_is_refused(small_package, judge):
    ends = borders(small_package)
    assert len(ends) == 14 and ends[-1] == len(small_package)
    for end in ends[:-1]:
        verdict = judge(small_package[:end])
        assert verdict.outcome == "refused" and "C2" in verdict.codes("broken"), end
        assert verdict.codes("not_checked") == ["C3", "C4", "C5", "K3", *LOG_RULES]


def test_a_package_cut_within_a_frame_is_refused_or_unreadable(small_package, judge):
    start_end = borders(small_package)[0]
    for end in range(0, len(small_package), 37):
        expected = "unreadable" if end < start_end else "refused"
        assert judge(small_package[:end]).outcome == expected, end


def test_a_package_of_too_many_frames_is_refused(small_package, judge, monkeypatch):
    monkeypatch.setattr("angen_verify.package.FRAMES_MAX", 14)
    assert judge(small_package).outcome == "verifies"
    monkeypatch.setattr("angen_verify.package.FRAMES_MAX", 13)
    assert judge(small_package).codes("broken") == ["C2"]
