"""Verifies packages and writes their findings as one CSV table.

    angen-tabulate *.angen --root FINGERPRINT > findings.csv

A package that does not verify gives no rows: it is named on standard error, and the exit code is
1. Moments are in China's time (UTC+8); `not_before` and `not_after` are what a hub signed, and
empty where no hub has; `claimed` is what the officer's device says.
"""

import argparse
import csv
import sys
from datetime import datetime, timedelta, timezone
from typing import TextIO

from . import ApiError, VerdictOutcome, open_package
from . import _pages as pages

CHINA = timezone(timedelta(hours=8))

COLUMNS = [
    "package",
    "issuer_known",
    "dossier",
    "finding",
    "enterprise",
    "credit_code",
    "title",
    "legal_basis",
    "major_hazard",
    "authority",
    "consequence",
    "retracted",
    "evidence",
    "raised_by",
    "claimed",
    "not_before",
    "not_after",
]


def tabulate(paths: list[str], root: str | None, out: TextIO, told: TextIO) -> int:
    """Writes the table, and gives how many packages gave no rows."""
    table = csv.writer(out)
    table.writerow(COLUMNS)
    refused = 0
    for path in paths:
        try:
            package = open_package(path, root)
        except ApiError as error:
            print(f"{path}: {error}", file=told)
            refused += 1
            continue
        verdict = package.verdict()
        print(f"{path}: {verdict.headline.zh} / {verdict.headline.en}", file=told)
        if verdict.outcome != VerdictOutcome.VERIFIES:
            refused += 1
        for found in pages(package.findings):
            table.writerow(row(path, verdict, found))
    return refused


def row(path, verdict, found) -> list:
    """One finding as the cells of the table."""
    return [
        path,
        verdict.root.name == "KNOWN",
        found.dossier,
        found.finding,
        cell(found.enterprise),
        cell(found.credit_code),
        cell(found.title),
        cell(found.legal_basis),
        cell(found.major_hazard),
        found.authority,
        found.consequence,
        found.is_retracted,
        found.evidence,
        cell(found.writer_name),
        moment(found.claimed_ms),
        moment(found.not_before_ms),
        moment(found.not_after_ms),
    ]


def cell(text: str | None) -> str:
    """Text for a table program, which must not take what somebody typed for a formula."""
    text = text or ""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def moment(ms: int | None) -> str:
    """Milliseconds since 1970 UTC as a moment in China."""
    return "" if ms is None else datetime.fromtimestamp(ms / 1000, CHINA).isoformat()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="angen-tabulate", description=__doc__.splitlines()[0])
    parser.add_argument("packages", nargs="+", metavar="PACKAGE")
    parser.add_argument("--root", help="fingerprint of the root that you know")
    parser.add_argument("--out", help="file of the table; standard output without it")
    args = parser.parse_args()
    if args.out is None:
        refused = tabulate(args.packages, args.root, sys.stdout, sys.stderr)
    else:
        # With the mark that table programs know UTF-8 by.
        with open(args.out, "w", newline="", encoding="utf-8-sig") as out:
            refused = tabulate(args.packages, args.root, out, sys.stderr)
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()
