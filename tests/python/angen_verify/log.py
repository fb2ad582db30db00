"""What did a hub receive, in which order, and by when? (rules R1 to R6; T1)"""

from .certificate import Certificate
from .chains import Chains
from .cose import EDDSA
from .entry import BLOB, SEAL, Receipt, decode_receipt, decode_refusal, running_head
from .frames import CHECKPOINT, CONSISTENCY, RECEIPT, REFUSAL, Frame
from .hashing import REFUSAL as REFUSAL_DATA
from .heads import Heads
from .limits import CHECKPOINTS_MAX, CLOCK_DISAGREEMENT_MS_MAX
from .media import Media
from .note import decode_checkpoint, is_origin
from .people import People
from .profile import NotInProfile
from .runs import Runs
from .shape import Misshapen
from .verdict import Verdict

RULES = ("R1", "R2", "R3", "R4", "R5", "R6")


def origin_of(certificate: Certificate) -> str | None:
    """The log of a hub's certificate, or None where it is for no log."""
    origin = certificate.ext.get("origin")
    hub = certificate.duty == "hub" and certificate.alg == EDDSA
    return origin if hub and is_origin(origin) else None


class Log:
    """The frames of hubs' logs in one package."""

    def __init__(self, people: People, verdict: Verdict):
        self._people, self._verdict = people, verdict
        self._seen: set[bytes] = set()
        self._counted = 0
        self._heads = Heads(verdict)
        self._receipts: list[Receipt] = []
        self._refused: list[tuple[bytes, int]] = []
        # For each op hash: not before, not after (milliseconds, or None).
        self.intervals: dict[bytes, tuple[int | None, int | None]] = {}

    def take(self, frame: Frame) -> None:
        if frame.hash in self._seen:
            self._verdict.broken("C2", f"frame {frame.index} stands here twice")
            return
        self._seen.add(frame.hash)
        if frame.type in (CHECKPOINT, CONSISTENCY):
            self._counted += 1
            if self._counted > CHECKPOINTS_MAX:
                self._verdict.broken("C2", f"frame {frame.index}: over {CHECKPOINTS_MAX}")
                return
        rule = {RECEIPT: "R2", CONSISTENCY: "R3"}.get(frame.type, "R1")
        try:
            self._take_known(frame)
        except (NotInProfile, Misshapen) as error:
            self._verdict.broken(rule, f"frame {frame.index}: {error}")

    def _take_known(self, frame: Frame) -> None:
        if frame.type == RECEIPT:
            self._receipts.append(decode_receipt(frame.items, frame.index))
        elif frame.type == CHECKPOINT:
            self._take_checkpoint(frame.items[1], frame.index)
        elif frame.type == CONSISTENCY:
            self._heads.claim(frame.items, frame.index)
        elif frame.type == REFUSAL:
            self._take_refusal(frame.items[1], frame.index)

    def _take_checkpoint(self, note: str, frame: int) -> None:
        checkpoint = decode_checkpoint(note)
        hubs = [c for c in self._people.all() if origin_of(c) == checkpoint.origin]
        times = [(hub, checkpoint.time_by(hub.key)) for hub in hubs]
        times = [(hub, time_ms) for hub, time_ms in times if time_ms is not None]
        if not times:
            self._verdict.broken("R1", f"frame {frame}: by no hub of this package for that log")
            return
        for hub, time_ms in times:
            if not hub.covers_time(time_ms):
                self._verdict.noted("R1", f"frame {frame}: outside of its hub's time")
        if len(checkpoint.lines) > 2 * len(times):
            self._verdict.noted("R1", f"frame {frame}: signatures of keys that are not here")
        self._heads.add(checkpoint, min(time_ms for _, time_ms in times))

    def _take_refusal(self, cose: bytes, frame: int) -> None:
        signed, subject = decode_refusal(cose)
        hub = self._people.get(signed.kid)
        if hub is None or origin_of(hub) is None:
            self._verdict.broken("R1", f"frame {frame}: a refusal by no hub of this package")
        elif not signed.verifies(hub.key, hub.alg, REFUSAL_DATA):
            self._verdict.broken("R1", f"frame {frame}: the refusal's signature does not verify")
        else:
            self._refused.append((subject, frame))

    def finish(self, modes: dict, chains: Chains, runs: Runs, media: Media) -> None:
        if not self._seen:
            for code in RULES:
                self._verdict.not_checked(code, "the package has nothing of a hub's log")
            return
        self._heads.finish()
        self._check_named(chains)
        good = self._check_receipts(modes, chains, runs, media)
        Arrivals(self._verdict).check(good)
        received: dict[bytes, int] = {}
        for _, time_ms, receipt, _ in good:
            subject = receipt.entry.subject
            received[subject] = min(time_ms, received.get(subject, time_ms))
        self._note_unreceipted(runs, media, received)
        self._find_intervals(chains, runs, received)

    def _check_named(self, chains: Chains) -> None:
        for op in chains.ops.values():
            if op.checkpoint is not None:
                origin, size, root = op.checkpoint
                if any(other != root for other in self._heads.roots(origin, size)):
                    self._verdict.broken("R6", f"{op.title()}: its checkpoint is another here")

    def _check_receipts(self, modes: dict, chains: Chains, runs: Runs, media: Media) -> list:
        """Those that hold, once for each log: origin, time, receipt, whether it is shown."""
        good = []
        for receipt in self._receipts:
            entry, title = receipt.entry, f"frame {receipt.frame}"
            found = None
            if entry.what == SEAL and entry.subject in runs.seals:
                seal = runs.seals[entry.subject]
                found = (seal.dossier, seal.last - seal.first + 1)
            elif entry.what == BLOB and entry.subject in media.lengths():
                found = (entry.dossier, media.lengths()[entry.subject])
            if entry.dossier not in modes:
                self._verdict.broken("R2", f"{title}: of another dossier")
            elif found not in (None, (entry.dossier, entry.length)):
                self._verdict.broken("R2", f"{title}: another dossier or length than its subject")
            elif found is None and not chains.is_excerpt(entry.dossier):
                self._verdict.broken("R2", f"{title}: its subject is not here")
            else:
                under = self._heads.having(receipt.size, receipt.root)
                if not under:
                    self._verdict.broken("R2", f"{title}: under no checkpoint of this package")
                good += [(origin, time, receipt, found is not None) for origin, time in under]
        return good

    def _note_unreceipted(self, runs: Runs, media: Media, received: dict) -> None:
        for hash_, seal in runs.seals.items():
            if hash_ not in received:
                self._verdict.noted("R5", f"{seal.title()} has no receipt")
        for address in media.lengths():
            if address not in received:
                self._verdict.noted("R5", f"blob {address.hex()[:16]} has no receipt")
        for subject, frame in self._refused:
            seal = runs.seals.get(subject)
            what = seal.title() if seal else f"frame {frame}: a seal that is not here"
            self._verdict.noted("R5", f"{what} was refused by a hub")

    def _find_intervals(self, chains: Chains, runs: Runs, received: dict) -> None:
        seal_of = {op.hash: seal for seal, run in runs.all() for op in run}
        for op in chains.ops.values():
            bounds = [self.intervals.get(hash_, (None, None))[0] for hash_ in op.past()]
            if op.checkpoint is not None:
                origin, size, root = op.checkpoint
                bounds.append(self._heads.roots(origin, size).get(root))
            bounds = [bound for bound in bounds if bound is not None]
            seal = seal_of.get(op.hash)
            early, late = max(bounds, default=None), received.get(seal.hash) if seal else None
            self.intervals[op.hash] = (early, late)
            before = early is not None and op.wall + CLOCK_DISAGREEMENT_MS_MAX < early
            after = late is not None and late + CLOCK_DISAGREEMENT_MS_MAX < op.wall
            if before or after:
                self._verdict.noted("T1", f"{op.title()}: outside of what hubs signed")


class Arrivals:
    """The order in which the seals of a dossier reached a hub (rule R4)."""

    def __init__(self, verdict: Verdict):
        self._verdict = verdict

    def check(self, good: list) -> None:
        groups: dict[tuple, list] = {}
        for origin, _, receipt, shown in good:
            group = groups.setdefault((origin, receipt.entry.dossier), [])
            group.append((receipt, shown))
        for (_, dossier), group in groups.items():
            self._check_group(dossier, group)

    def _check_group(self, dossier: bytes, group: list) -> None:
        seals: dict[int, Receipt] = {}
        places: dict[bytes, int] = {}
        shown_at, count = set(), 0
        for receipt, shown in group:
            entry = receipt.entry
            count = max(count, entry.arrival + (entry.what == SEAL))
            if entry.what != SEAL:
                continue
            known = seals.setdefault(entry.arrival, receipt).entry
            same = (known.subject, known.running) == (entry.subject, entry.running)
            if not same or places.setdefault(entry.subject, entry.arrival) != entry.arrival:
                self._verdict.broken("R4", f"frame {receipt.frame}: contradicts another arrival")
            if shown:
                shown_at.add(entry.arrival)
        firsts = [(receipt, receipt.entry.what) for receipt in seals.values()]
        blobs = [(receipt, BLOB) for receipt, _ in group if receipt.entry.what == BLOB]
        for receipt, what in firsts + blobs:
            entry = receipt.entry
            before = seals.get(entry.arrival - 1)
            if before is None:
                continue
            head = before.entry.running
            if entry.running != (running_head(head, entry.subject) if what == SEAL else head):
                self._verdict.broken("R4", f"frame {receipt.frame}: the running head does not follow")
        if len(shown_at) < count:
            missing = count - len(shown_at)
            self._verdict.noted("R4", f"dossier {dossier.hex()[:8]}: {missing} seals are not shown")
