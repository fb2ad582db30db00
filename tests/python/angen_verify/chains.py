"""Are the ops of each chain all here, and in their order? (rules O1 to O5)"""

import re

from .body import Body
from .op import OPEN_KIND, Op
from .verdict import Verdict

WHOLE, EXCERPT = 0, 1
AREA = re.compile(r"[0-9]{2,12}\Z")


class Chains:
    """The headers of one package, by hash, in the order of their frames."""

    def __init__(self, modes: dict[bytes, int], verdict: Verdict):
        self._verdict = verdict
        self._modes = modes
        self.ops: dict[bytes, Op] = {}
        self._place: dict[bytes, int] = {}
        self._by_seq: dict[tuple, list[Op]] = {}
        self._opened: dict[bytes, list[Op]] = {}
        self._unopened: dict[bytes, Op] = {}
        self.areas: dict[bytes, str] = {}

    def is_excerpt(self, dossier: bytes) -> bool:
        return self._modes.get(dossier, WHOLE) == EXCERPT

    def add(self, op: Op, body: Body | None) -> bool:
        """Whether the op is new to the package."""
        if op.hash in self.ops:
            self._verdict.broken("C2", f"{op.title()} is there twice")
            return False
        if op.dossier not in self._modes:
            self._verdict.broken("O1", f"{op.title()}: start does not name its dossier")
        self._place[op.hash] = len(self.ops)
        self.ops[op.hash] = op
        self._by_seq.setdefault((op.chain, op.seq), []).append(op)
        if op.kind != OPEN_KIND and op.dossier not in self._opened:
            self._unopened.setdefault(op.dossier, op)
        if op.kind == OPEN_KIND:
            self._opened.setdefault(op.dossier, []).append(op)
            self._check_open(op, body)
        return True

    def finish(self, run_starts: set[bytes]) -> None:
        """`run_starts` are the hashes of the ops that a seal calls the first of its run."""
        for op in self.ops.values():
            self._check_prev(op, run_starts)
            self._check_deps(op)
            self._check_over(op)
        for dossier in self._modes:
            count = len(self._opened.get(dossier, []))
            if count != 1:
                self._verdict.broken("O4", f"dossier {dossier.hex()}: opened {count} times")
            elif dossier in self._unopened:
                title = self._unopened[dossier].title()
                self._verdict.broken("O4", f"{title} comes before its dossier is opened")
        for branches in self._by_seq.values():
            if len(branches) > 1:
                self._verdict.noted("O5", f"fork: {', '.join(op.title() for op in branches)}")

    def _check_open(self, op: Op, body: Body | None) -> None:
        if op.seq != 0 or op.entity != op.dossier:
            self._verdict.broken("O4", f"{op.title()}: not seq 0 with the dossier as its entity")
        area = body.values.get("area") if body else None
        if type(area) is str and AREA.match(area):
            self.areas.setdefault(op.dossier, area)
        else:
            self._verdict.broken("O4", f"{op.title()}: no area that is a division code")

    def _check_prev(self, op: Op, run_starts: set[bytes]) -> None:
        if op.prev is None:
            return
        before = self.ops.get(op.prev)
        if before is None:
            if not (self.is_excerpt(op.dossier) and op.hash in run_starts):
                self._verdict.broken("O2", f"{op.title()}: the op before is not here")
        elif before.chain != op.chain or before.seq != op.seq - 1:
            self._verdict.broken("O2", f"{op.title()}: prev is not the op before")
        elif not self._is_earlier(before, op):
            self._verdict.broken("O2", f"{op.title()}: the op before comes after it")

    def _check_deps(self, op: Op) -> None:
        for writer, seq, hash_ in op.deps:
            named = self._named(op, hash_, "deps")
            if named and (named.chain, named.seq) != ((op.dossier, writer), seq):
                self._verdict.broken("O3", f"{op.title()}: a dep with another writer or seq")

    def _check_over(self, op: Op) -> None:
        for hashes in op.over.values():
            for hash_ in hashes:
                named = self._named(op, hash_, "over")
                if named and (named.dossier, named.entity) != (op.dossier, op.entity):
                    self._verdict.broken("O3", f"{op.title()}: over names another entity's op")

    def _named(self, op: Op, hash_: bytes, where: str) -> Op | None:
        named = self.ops.get(hash_)
        if named is None:
            say = self._verdict.noted if self.is_excerpt(op.dossier) else self._verdict.broken
            say("O3", f"{op.title()}: {hash_.hex()[:16]} of its {where} is not here")
        elif not self._is_earlier(named, op):
            self._verdict.broken("O3", f"{op.title()}: {hash_.hex()[:16]} of its {where} comes later")
        return named

    def _is_earlier(self, one: Op, other: Op) -> bool:
        return self._place[one.hash] < self._place[other.hash]
