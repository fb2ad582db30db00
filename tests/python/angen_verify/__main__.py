"""`python -m angen_verify FILE [--root FINGERPRINT] [--json]`: 0 verifies, 1 refused, 2 unreadable."""

import argparse
import json
import sys

from .package import verify

EXIT = {"verifies": 0, "refused": 1, "unreadable": 2}


def fingerprint(text: str) -> bytes:
    """A root's certificate hash, 64 hexadecimal digits."""
    root = bytes.fromhex(text)
    if len(root) != 32:
        raise argparse.ArgumentTypeError("a fingerprint has 64 hexadecimal digits")
    return root


def main() -> int:
    parser = argparse.ArgumentParser(prog="angen_verify", description=__doc__)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--root", type=fingerprint, metavar="FINGERPRINT")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        with open(options.file, "rb") as stream:
            verdict = verify(stream, options.root)
    except OSError as error:
        print(f"{options.file}: 无法打开 cannot be opened: {error.strerror}", file=sys.stderr)
        return EXIT["unreadable"]
    print(json.dumps(verdict.as_json(), ensure_ascii=False) if options.json else verdict.as_text())
    return EXIT[verdict.outcome]


if __name__ == "__main__":
    sys.exit(main())
