"""Where does one frame end and the next begin? (docs/protocol.md, section 8)"""

import io
from dataclasses import dataclass

from . import profile
from .hashing import FRAME, named_hash
from .limits import CLOSE_FRAME_BYTES_MAX, FRAME_BYTES_MAX

START, CERT, OP, SEAL, BLOB, CLOSE = 0, 1, 2, 3, 4, 32
RESERVED = range(5, 32)
# The frames of a hub's log (section 12), with the types of their items behind the first.
RECEIPT, CHECKPOINT, CONSISTENCY, REFUSAL = 5, 6, 7, 8
LOG_SHAPES = {
    RECEIPT: (bytes, int, int, list),
    CHECKPOINT: (str,),
    CONSISTENCY: (str, int, int, list),
    REFUSAL: (bytes,),
}
MAGIC = "angen-package"
# An array head of up to 23 items is one byte; the type 32 takes the next two.
CLOSE_MARK = b"\x18\x20"


class EndOfFrames(Exception):
    """Reading cannot go on; the text says why."""


@dataclass
class Frame:
    """One strictly encoded frame: its place, its items and the hash of its bytes."""

    index: int
    items: list
    hash: bytes

    @property
    def type(self):
        return self.items[0]

    def is_of_a_log(self) -> bool:
        """Whether it has one of the shapes of section 12; any other is one of a later version."""
        shape = LOG_SHAPES.get(self.type)
        if shape is None or tuple(type(item) for item in self.items[1:]) != shape:
            return False
        numbers = [item for item in self.items[1:] if type(item) is int]
        hashes = self.items[-1] if shape[-1] is list else []
        return all(number >= 0 for number in numbers) and all(
            type(hash_) is bytes and len(hash_) == 32 for hash_ in hashes
        )


class _Tape:
    """Lends bytes to the decoder, remembers them, and stops at the limit of a frame."""

    def __init__(self, stream):
        self._stream = stream
        self.taken = bytearray()

    def read(self, count: int) -> bytes:
        close = self.taken[1:3] == CLOSE_MARK
        limit = CLOSE_FRAME_BYTES_MAX if close else FRAME_BYTES_MAX
        if len(self.taken) + count > limit:
            raise profile.NotInProfile(f"the frame has more than {limit} bytes")
        data = self._stream.read(count)
        self.taken += data
        return data


class FrameReader:
    """Reads frames one after the other from a binary stream, one in memory at a time."""

    def __init__(self, stream):
        self._stream = stream if hasattr(stream, "peek") else io.BufferedReader(stream)
        self._index = 0

    def at_end(self) -> bool:
        return not self._stream.peek(1)

    def next(self) -> Frame:
        """The next frame; raises EndOfFrames when the bytes are none."""
        index, self._index = self._index, self._index + 1
        if self.at_end():
            raise EndOfFrames(f"the file ends before frame {index}; no closing frame")
        tape = _Tape(self._stream)
        try:
            items = profile.read_item(tape)
            data = bytes(tape.taken)
            profile.check_strict(items, data)
        except profile.NotInProfile as error:
            raise EndOfFrames(f"frame {index}: {error}") from error
        if type(items) is not list or not items or type(items[0]) is not int:
            raise EndOfFrames(f"frame {index}: not an array that begins with its type")
        return Frame(index, items, named_hash(FRAME, data))
