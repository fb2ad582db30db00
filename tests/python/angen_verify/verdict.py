"""What has been found about each rule? (docs/protocol.md, section 9)"""

RULES = {
    "C1": "the package begins with a valid start, and its exporter's certificate is there",
    "C2": "every frame is well made, permitted, in order and within the limits",
    "C3": "the closing list is that of the frames",
    "C4": "the closing signature is the exporter's",
    "C5": "nothing follows the closing frame",
    "K1": "every certificate is signed by its issuer, up to a root",
    "K2": "every issuer was entitled to issue",
    "K3": "every certificate comes from the root that was asked for",
    "O1": "every op is well made and belongs to a dossier of this package",
    "O2": "each writer's chain is whole",
    "O3": "what an op builds on is there, and earlier",
    "O4": "each dossier is opened once",
    "O5": "no writer's chain forks",
    "S1": "every seal is signed with a certificate of this package",
    "S2": "every seal covers its ops, and every op is sealed",
    "S3": "each writer's seals follow each other",
    "P1": "each sealing certificate fits writer, area and time",
    "B1": "every body is the one that its op commits to",
    "B2": "nothing is withheld",
    "M1": "every blob is the one that an op names",
    "M2": "every blob whose key is here decrypts",
    "M3": "every original has the length and digests that its op names",
    "M4": "no blob is absent",
    "T1": "clocks agree with themselves, with each other and with what hubs signed",
    "R1": "every checkpoint and every refusal is signed by a hub of this package",
    "R2": "every receipt is of something here and under a checkpoint",
    "R3": "the checkpoints of a log are of one tree that only grew",
    "R4": "what a hub received follows each other and is all here",
    "R5": "every seal and blob has a receipt",
    "R6": "the checkpoints that ops name are those of this package",
}

PROVED = (
    "Proved, where nothing is broken: what is here was not altered since it was sealed, "
    "and was written by the named writers, by the times that they claim."
)
NOT_PROVED = (
    "Not proved: that the scene was true, that the clocks were right, "
    "and that nothing was left out after the last seal shown here."
)


class Verdict:
    """Collects findings per rule; `broken` outweighs `noted`."""

    def __init__(self, asked_root: bytes | None):
        self.asked_root = asked_root
        self.unreadable: str | None = None
        # For each op hash, when hubs gave bounds: not before, not after, in milliseconds.
        self.intervals: dict[bytes, tuple[int | None, int | None]] = {}
        self._broken = {code: [] for code in RULES}
        self._noted = {code: [] for code in RULES}
        self._not_checked: dict[str, str] = {}
        if asked_root is None:
            self.not_checked("K3", "no root was asked for")

    def broken(self, code: str, item: str) -> None:
        self._broken[code].append(item)

    def noted(self, code: str, item: str) -> None:
        self._noted[code].append(item)

    def not_checked(self, code: str, reason: str) -> None:
        self._not_checked[code] = reason

    def nothing_but(self, codes: tuple, reason: str) -> None:
        """Says of all other rules that they were not checked."""
        for code in RULES:
            if code not in codes:
                self.not_checked(code, reason)

    def status(self, code: str) -> str:
        if self._broken[code]:
            return "broken"
        if code in self._not_checked:
            return "not_checked"
        return "noted" if self._noted[code] else "holds"

    def codes(self, status: str) -> list[str]:
        return [code for code in RULES if self.status(code) == status]

    @property
    def outcome(self) -> str:
        if self.unreadable is not None:
            return "unreadable"
        return "refused" if self.codes("broken") else "verifies"

    @property
    def root(self) -> str:
        if self.asked_root is None or self.status("K3") == "not_checked":
            return "unknown"
        return "other" if self.status("K3") == "broken" else "known"

    def items(self, code: str) -> list[str]:
        status = self.status(code)
        if status == "not_checked":
            return [self._not_checked[code]]
        return self._broken[code] + self._noted[code]

    def as_json(self) -> dict:
        rules = {code: {"status": self.status(code), "items": self.items(code)} for code in RULES}
        return {"verdict": self.outcome, "root": self.root, "rules": rules}

    def as_text(self) -> str:
        if self.unreadable is not None:
            return f"无法读取 cannot be read: {self.unreadable}"
        words = {"verifies": "核验通过 verifies", "refused": "核验未通过 refused"}
        lines = [words[self.outcome] + f" (root: {self.root})"]
        for code, meaning in RULES.items():
            lines.append(f"{code} {self.status(code):11} {meaning}")
            lines.extend(f"     - {item}" for item in self.items(code))
        return "\n".join(lines + [PROVED, NOT_PROVED])
