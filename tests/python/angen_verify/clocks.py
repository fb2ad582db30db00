"""Do the clocks agree? (rule T1)"""

from .limits import CLOCK_DISAGREEMENT_MS_MAX
from .op import Op
from .verdict import Verdict


def check_clocks(ops: dict[bytes, Op], verdict: Verdict) -> None:
    """Notes only: a clock is a claim, and a wrong one is no damage."""
    spread: dict[tuple[bytes, bytes], tuple[int, int]] = {}
    for op in ops.values():
        offset = op.wall - op.mono
        low, high = spread.get((op.writer, op.boot), (offset, offset))
        spread[(op.writer, op.boot)] = (min(low, offset), max(high, offset))
        before = ops.get(op.prev)
        if before and before.boot == op.boot and op.mono < before.mono:
            verdict.noted("T1", f"{op.title()}: the monotonic clock went back")
        for hash_ in op.past():
            named = ops.get(hash_)
            if named and named.wall - op.wall > CLOCK_DISAGREEMENT_MS_MAX:
                verdict.noted("T1", f"{op.title()}: dated before {named.title()} of its past")
    for (writer, boot), (low, high) in spread.items():
        if high - low > CLOCK_DISAGREEMENT_MS_MAX:
            verdict.noted(
                "T1",
                f"writer {writer.hex()[:8]}, boot {boot.hex()[:8]}: "
                f"wall and monotonic clock disagree by {high - low} ms",
            )
