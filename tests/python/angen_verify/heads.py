"""Are the checkpoints of a log of one tree that only grew? (rule R3)"""

from .limits import PROOF_HASHES_MAX
from .note import Checkpoint
from .tree import is_consistent
from .verdict import Verdict


class Heads:
    """The checkpoints that hold: for each origin and size the roots, with their earliest time."""

    def __init__(self, verdict: Verdict):
        self._verdict = verdict
        self._logs: dict[str, dict[int, dict[bytes, int]]] = {}
        self._proofs: list[tuple[list, int]] = []

    def add(self, checkpoint: Checkpoint, time_ms: int) -> None:
        sizes = self._logs.setdefault(checkpoint.origin, {})
        roots = sizes.setdefault(checkpoint.size, {})
        roots[checkpoint.root] = min(time_ms, roots.get(checkpoint.root, time_ms))

    def claim(self, items: list, frame: int) -> None:
        _, _, old, new, proof = items
        if old >= new or len(proof) > PROOF_HASHES_MAX:
            self._verdict.broken("R3", f"frame {frame}: no proof of consistency")
        else:
            self._proofs.append((items, frame))

    def roots(self, origin: str, size: int) -> dict[bytes, int]:
        return self._logs.get(origin, {}).get(size, {})

    def having(self, size: int, root: bytes) -> list[tuple[str, int]]:
        """Origin and time of each log that had this head."""
        found = ((origin, sizes.get(size, {}).get(root)) for origin, sizes in self._logs.items())
        return [(origin, time_ms) for origin, time_ms in found if time_ms is not None]

    def finish(self) -> None:
        held: set[tuple[str, int, int]] = set()
        for (_, origin, old, new, proof), frame in self._proofs:
            before, after = self.roots(origin, old), self.roots(origin, new)
            if not before or not after:
                self._verdict.noted("R3", f"frame {frame}: no checkpoint of {origin} has its sizes")
            elif all(is_consistent(old, a, new, b, proof) for a in before for b in after):
                held.add((origin, old, new))
            else:
                self._verdict.broken("R3", f"frame {frame}: {old} to {new} is not consistent")
        for origin, sizes in self._logs.items():
            self._check_log(origin, sizes, held)

    def _check_log(self, origin: str, sizes: dict, held: set) -> None:
        reached, waiting = {max(sizes)}, [max(sizes)]
        while waiting:
            size = waiting.pop()
            below = {old for log, old, new in held if (log, new) == (origin, size)} - reached
            reached |= below
            waiting.extend(below)
        latest = None
        for size, roots in sorted(sizes.items()):
            title = f"{origin} at {size}"
            if len(roots) > 1:
                self._verdict.broken("R3", f"{title}: two roots")
            if size and size not in reached:
                self._verdict.noted("R3", f"{title}: no proof leads to it from the largest")
            time_ms = min(roots.values())
            if latest is not None and time_ms < latest:
                self._verdict.noted("R3", f"{title}: older than a smaller one")
            latest = time_ms if latest is None else max(time_ms, latest)
