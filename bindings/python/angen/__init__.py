"""Angen 安根 for Python: verify a dossier package, read what it says, drive the core.

    import angen

    verdict = angen.verify_package("visit.angen", root="1f2e…")
    print(verdict.headline.zh)
    for finding in angen.findings("visit.angen"):
        print(finding.enterprise, finding.title)

Everything here is the core's own: `angen.angen_bindings` is written by uniffi from the Rust
source, with its comments. Names are those of the other languages in Python's spelling.
"""

from collections.abc import Iterator

from .angen_bindings import *  # noqa: F403
from .angen_bindings import OpTime, PackageFinding, open_package


def findings(path: str, root: str | None = None) -> Iterator[PackageFinding]:
    """Every finding of a package that counts; none of one that does not verify."""
    package = open_package(path, root)
    return _pages(package.findings)


def times(path: str, root: str | None = None) -> Iterator[OpTime]:
    """Between which moments each record of a package was written, in the order of the package."""
    package = open_package(path, root)
    return _pages(package.times)


def _pages(ask) -> Iterator:
    start = 0
    while start is not None:
        page = ask(start)
        yield from page.rows
        start = page.next
