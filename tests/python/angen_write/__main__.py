"""`python -m angen_write OUT.json`: packages made here, with what other verifiers must find."""

import json
import sys
from pathlib import Path

from .attacks import ATTACKS
from .attacks.attack import Attack

# Each rule broken once at least; all of the table would be a file of many megabytes.
SHARED = """
nothing is changed
no root is asked for
two writers in conflict
absent pasts in an excerpt
a fork
fields and bodies withheld, a blob absent
an empty file
another magic word
exporter is not in the package
start of a later version
a frame of a reserved type
a frame of a forbidden type
a hash left out of the closing list
a frame removed after closing
two runs swapped after closing
closed by another key in the exporter's name
a byte follows
the tail is dropped and the package closed again
re-exported by a stranger
a certificate's signature altered
a scope beyond the issuer's
a time beyond the issuer's
another root was asked for
a seal's signature altered
a seal whose signature has the greater s
a certificate for another area
backdated before the certificate
deps that are not sorted
an op removed, closed again
a prev that is not the op before
a dep that is not here
opened twice
a seal removed, closed again
a seal with another prev
a body replaced
a blob altered
another key
another SM3
a blob left out
""".strip().splitlines()


def as_case(attack: Attack) -> dict:
    """One entry of `packages.json`, as core/ledger/tests/vectors has them."""
    return {
        "name": attack.name,
        "hex": attack.bytes().hex(),
        "root": attack.root.hex() if attack.root else None,
        "verdict": attack.expected_verdict,
        "broken": attack.broken.split(),
        "noted": attack.noted.split(),
    }


def made_by_python() -> str:
    """The whole file; the same bytes on every run."""
    named = {attack.name: attack for attack in ATTACKS}
    cases = [as_case(named[name]) for name in SHARED]
    return json.dumps({"packages": cases}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m angen_write OUT.json")
    Path(sys.argv[1]).write_text(made_by_python(), encoding="utf-8")
