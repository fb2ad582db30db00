"""Does each seal cover its run, under a certificate that fits? (rules S1, S2, S3, P1; T1)"""

from .certificate import SEALING_DUTIES
from .chains import Chains
from .op import Op
from .people import People
from .seal import Seal
from .verdict import Verdict


class Runs:
    """The seals of one package."""

    def __init__(self, people: People, chains: Chains, verdict: Verdict):
        self._people, self._chains, self._verdict = people, chains, verdict
        self.seals: dict[bytes, Seal] = {}
        self._heads: set[bytes] = set()
        self._sealed: set[bytes] = set()
        self._run_of: list[tuple[Seal, list[Op]]] = []
        self.run_starts: set[bytes] = set()

    def add(self, seal: Seal, op_before: Op | None) -> None:
        """`op_before` is the op of the frame directly before the seal, if that is one."""
        certificate = self._people.get(seal.signed.kid)
        if certificate is None:
            self._verdict.broken("S1", f"{seal.title()}: its certificate is not here")
        elif not seal.signed_by(certificate):
            self._verdict.broken("S1", f"{seal.title()}: the signature does not verify")
        run = self._walk(seal, op_before)
        self.seals[seal.hash] = seal
        self._heads.add(seal.head)
        self._sealed.update(op.hash for op in run)
        self._run_of.append((seal, run))

    def _walk(self, seal: Seal, op_before: Op | None) -> list[Op]:
        """The ops of the run that are here, from its head back to its first."""
        title = seal.title()
        if op_before is None or op_before.hash != seal.head:
            self._verdict.broken("S2", f"{title}: its head is not the op before it")
        op, run = self._chains.ops.get(seal.head), []
        if op and (op.chain, op.seq) != ((seal.dossier, seal.writer), seal.last):
            self._verdict.broken("S2", f"{title}: its head is another op")
            return run
        while op and op.chain == (seal.dossier, seal.writer) and op.seq >= seal.first:
            run.append(op)
            op = self._chains.ops.get(op.prev)
        if len(run) != seal.last - seal.first + 1:
            self._verdict.broken("S2", f"{title}: ops of its run are missing")
            return run
        first = run[-1]
        self.run_starts.add(first.hash)
        before_is_free = first.prev is None or first.prev in self._heads
        outside = self._chains.is_excerpt(seal.dossier) and first.prev not in self._chains.ops
        if not before_is_free and not outside:
            self._verdict.broken("S2", f"{title}: the run does not follow another")
        return run

    def all(self) -> list[tuple[Seal, list[Op]]]:
        """Each seal with the ops of its run that are here."""
        return self._run_of

    def finish(self) -> None:
        for op in self._chains.ops.values():
            if op.hash not in self._sealed:
                self._verdict.broken("S2", f"{op.title()} is not sealed")
        self._check_numbers()
        for seal, run in self._run_of:
            self._check_certificate(seal, run)

    def _check_numbers(self) -> None:
        numbers: dict[tuple[bytes, int], list[Seal]] = {}
        for seal in self.seals.values():
            numbers.setdefault((seal.writer, seal.number), []).append(seal)
        for seal in self.seals.values():
            before = numbers.get((seal.writer, seal.number - 1), [])
            if seal.number and not before:
                if seal.prev in self.seals:
                    self._verdict.broken("S3", f"{seal.title()}: prev is another seal")
                else:
                    self._verdict.noted("S3", f"{seal.title()}: the seal before is not here")
            elif seal.number and seal.prev not in {other.hash for other in before}:
                self._verdict.broken("S3", f"{seal.title()}: prev is not the seal before")
        for seals in numbers.values():
            if len({seal.dossier for seal in seals}) > 1:
                self._verdict.noted("S3", f"one number for two dossiers: {seals[0].title()}")

    def _check_certificate(self, seal: Seal, run: list[Op]) -> None:
        certificate = self._people.get(seal.signed.kid)
        if certificate is None:
            return
        if certificate.writer != seal.writer:
            self._verdict.broken("P1", f"{seal.title()}: the certificate is another writer's")
        if certificate.duty not in SEALING_DUTIES:
            self._verdict.broken("P1", f"{seal.title()}: sealed by a {certificate.duty}")
        area = self._chains.areas.get(seal.dossier)
        if area is not None and not certificate.covers_area(area):
            self._verdict.broken("P1", f"{seal.title()}: the certificate does not cover {area}")
        for op in run:
            if not certificate.covers_time(op.wall):
                self._verdict.noted("T1", f"{op.title()}: outside of the certificate's time")
