"""Does this package verify? (docs/protocol.md, sections 8 and 9)

Reads frame after frame; holds headers, seals and certificates, and of blobs one chunk.
"""

from . import frames
from .body import Body, decode_body
from .chains import Chains
from .clocks import check_clocks
from .frames import EndOfFrames, Frame, FrameReader
from .hashing import PACKAGE
from .limits import BLOB_FRAME_BYTES, FRAMES_MAX
from .log import Log
from .media import Media
from .op import Op, decode_header
from .people import People
from .profile import NotInProfile, check_nesting
from .runs import Runs
from .seal import decode_seal
from .shape import Misshapen, array, octets, require, uint
from .start import decode_closing, decode_start, open_close
from .verdict import Verdict

CLOSING_RULES = ("C3", "C4", "C5")
# Frames come in this order of stages; ops and seals share one.
STAGES = {frames.START: 0, frames.CERT: 1, frames.OP: 2, frames.SEAL: 2, frames.BLOB: 3}


def verify(stream, root: bytes | None = None) -> Verdict:
    """Verifies a package from a binary stream, against the fingerprint of a root if given."""
    verdict = Verdict(root)
    reader = FrameReader(stream)
    try:
        first = reader.next()
    except EndOfFrames as error:
        return _unreadable(verdict, str(error))
    if first.items[:2] != [frames.START, frames.MAGIC]:
        return _unreadable(verdict, "the first frame is not the start of a package")
    try:
        start = decode_start(first.items)
    except (NotInProfile, Misshapen) as error:
        verdict.broken("C1", str(error))
        verdict.nothing_but(("C1",), "the start is not valid")
        return verdict
    Package(verdict, start, first, reader).read()
    return verdict


def _unreadable(verdict: Verdict, why: str) -> Verdict:
    verdict.unreadable = why
    verdict.nothing_but((), why)
    return verdict


class Package:
    """The reading of one package behind its start."""

    def __init__(self, verdict: Verdict, start, first: Frame, reader: FrameReader):
        self._verdict, self._start, self._reader = verdict, start, reader
        self._people = People(verdict)
        self._chains = Chains(start.modes, verdict)
        self._runs = Runs(self._people, self._chains, verdict)
        self._media = Media(verdict)
        self._log = Log(self._people, verdict)
        self._hashes = [first.hash]
        self._stage = STAGES[frames.START]
        self._op_before: Op | None = None

    def read(self) -> None:
        try:
            while True:
                frame = self._reader.next()
                if len(self._hashes) >= FRAMES_MAX:
                    raise EndOfFrames(f"more than {FRAMES_MAX} frames")
                if frame.type == frames.CLOSE:
                    break
                self._hashes.append(frame.hash)
                self._take(frame)
            self._close(frame)
            if not self._reader.at_end():
                self._verdict.broken("C5", "bytes follow the closing frame")
        except EndOfFrames as error:
            self._verdict.broken("C2", str(error))
            for code in CLOSING_RULES:
                self._verdict.not_checked(code, "no closing frame was reached")
        self._finish()

    def _take(self, frame: Frame) -> None:
        if frame.is_of_a_log():
            self._log.take(frame)
            return
        if frame.type in frames.RESERVED:
            self._take_reserved(frame)
            return
        op_before, self._op_before = self._op_before, None
        stage = STAGES.get(frame.type)
        if stage is None:
            self._verdict.broken("C2", f"frame {frame.index}: type {frame.type} is not permitted")
            return
        if stage < self._stage:
            self._verdict.broken("C2", f"frame {frame.index}: type {frame.type} comes too late")
        self._stage = max(self._stage, stage)
        try:
            self._take_known(frame, op_before)
        except Misshapen as error:
            self._verdict.broken("C2", f"frame {frame.index}: {error}")

    def _take_reserved(self, frame: Frame) -> None:
        self._verdict.noted("C2", f"frame {frame.index}: of type {frame.type}, not known here")
        try:
            for item in frame.items[1:]:
                check_nesting(item)
        except NotInProfile as error:
            self._verdict.broken("C2", f"frame {frame.index}: {error}")

    def _take_known(self, frame: Frame, op_before: Op | None) -> None:
        items = frame.items
        if frame.type == frames.CERT:
            array(items, 2, "a certificate frame")
            self._people.add(octets(items[1], None, "a certificate"), frame.index)
        elif frame.type == frames.OP:
            array(items, 3, "an op frame")
            octets(items[1], None, "a header")
            require(items[2] is None or type(items[2]) is bytes, "a body that is no byte string")
            self._take_op(items[1], items[2], frame.index)
        elif frame.type == frames.SEAL:
            array(items, 2, "a seal frame")
            self._take_seal(octets(items[1], None, "a seal"), frame.index, op_before)
        elif frame.type == frames.BLOB:
            array(items, 4, "a blob frame")
            address, offset = octets(items[1], 32, "an address"), uint(items[2], "an offset")
            data = octets(items[3], None, "the bytes of a blob")
            require(1 <= len(data) <= BLOB_FRAME_BYTES, "the bytes of a blob are not 1 to 1,048,576")
            self._media.add_frame(address, offset, data, frame.index)

    def _take_op(self, header: bytes, body_bytes: bytes | None, frame: int) -> None:
        try:
            op = decode_header(header)
        except (NotInProfile, Misshapen) as error:
            self._verdict.broken("O1", f"frame {frame}: {error}")
            return
        self._op_before = op
        body = self._body_of(op, body_bytes)
        if self._chains.add(op, body):
            self._media.add_op(op, body)

    def _body_of(self, op: Op, body_bytes: bytes | None) -> Body | None:
        """The body, unless it is withheld or cannot be decoded."""
        if body_bytes is None:
            self._verdict.noted("B2", f"{op.title()}: the whole body is withheld")
            return None
        try:
            body = decode_body(body_bytes)
        except (NotInProfile, Misshapen) as error:
            self._verdict.broken("B1", f"{op.title()}: {error}")
            return None
        if body.commitment != op.body:
            self._verdict.broken("B1", f"{op.title()}: the body is not the one it commits to")
        if not body.withheld and body.length_bytes != op.body_len:
            self._verdict.broken("B1", f"{op.title()}: the body has another length")
        for name in op.over:
            if not body.names(name):
                self._verdict.broken("B1", f"{op.title()}: over names {name}, the body has it not")
        for name in body.withheld:
            self._verdict.noted("B2", f"{op.title()}: {name} is withheld")
        return body

    def _take_seal(self, cose: bytes, frame: int, op_before: Op | None) -> None:
        try:
            seal = decode_seal(cose)
        except (NotInProfile, Misshapen) as error:
            self._verdict.broken("S1", f"frame {frame}: {error}")
            return
        self._runs.add(seal, op_before)

    def _close(self, frame: Frame) -> None:
        items = frame.items
        if len(items) != 2 or type(items[1]) is not bytes:
            raise EndOfFrames(f"frame {frame.index}: the closing frame has another shape")
        try:
            signed = open_close(items[1])
        except (NotInProfile, Misshapen) as error:
            self._verdict.broken("C4", str(error))
            self._verdict.not_checked("C3", "the closing list cannot be read")
            return
        exporter = self._people.get(self._start.exporter)
        if signed.kid != self._start.exporter:
            self._verdict.broken("C4", "the closing signature is not by the exporter")
        elif exporter is None:
            self._verdict.broken("C4", "the exporter's certificate is not here")
        elif not signed.verifies(exporter.key, exporter.alg, PACKAGE):
            self._verdict.broken("C4", "the closing signature does not verify")
        try:
            self._compare(decode_closing(signed.payload))
        except (NotInProfile, Misshapen) as error:
            self._verdict.broken("C3", str(error))

    def _compare(self, listed: list[bytes]) -> None:
        for index, (named, found) in enumerate(zip(listed, self._hashes)):
            if named != found:
                self._verdict.broken("C3", f"frame {index} is not the one that was closed over")
        if len(listed) != len(self._hashes):
            counts = f"{len(listed)} frames were closed over, {len(self._hashes)} are here"
            self._verdict.broken("C3", counts)

    def _finish(self) -> None:
        if self._people.get(self._start.exporter) is None:
            self._verdict.broken("C1", "the exporter's certificate is not here")
        self._runs.finish()
        self._chains.finish(self._runs.run_starts)
        self._media.finish()
        check_clocks(self._chains.ops, self._verdict)
        self._log.finish(self._start.modes, self._chains, self._runs, self._media)
        self._verdict.intervals = self._log.intervals
