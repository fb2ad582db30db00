"""Has a decoded value the shape that its CDDL asks for? One check a function."""

import re

from .limits import EXT_ENTRIES_MAX, SUITE, TEXT_BYTES_MAX, VERSION
from .profile import check_nesting, encode

FIELD_NAME = re.compile(r"[a-z0-9_]{1,64}\Z")


class Misshapen(ValueError):
    """A value that is in the profile and not in the shape of the page."""


def require(condition, complaint: str) -> None:
    if not condition:
        raise Misshapen(complaint)


def array(value, length, name: str):
    """A list of exactly `length` items (any number when None)."""
    require(type(value) is list, f"{name} is not an array")
    require(length is None or len(value) == length, f"{name} has not {length} items")
    return value


def uint(value, name: str) -> int:
    require(type(value) is int and value >= 0, f"{name} is not an unsigned integer")
    return value


def integer(value, name: str) -> int:
    require(type(value) is int, f"{name} is not an integer")
    return value


def octets(value, length, name: str) -> bytes:
    """A byte string of exactly `length` bytes (any number when None)."""
    require(type(value) is bytes, f"{name} is not a byte string")
    require(length is None or len(value) == length, f"{name} is not {length} bytes long")
    return value


def text(value, name: str, bytes_max: int = TEXT_BYTES_MAX) -> str:
    require(type(value) is str, f"{name} is not text")
    require(len(value.encode()) <= bytes_max, f"{name} has more than {bytes_max} bytes")
    return value


def extension(value, name: str = "ext") -> dict:
    require(type(value) is dict, f"{name} is not a map")
    require(len(value) <= EXT_ENTRIES_MAX, f"{name} has more than {EXT_ENTRIES_MAX} entries")
    for entry in value.values():
        check_nesting(entry)
    return value


def suite(value) -> None:
    require(type(value) is int and value == SUITE, "a suite other than 1")


def version(value) -> None:
    require(type(value) is int and value == VERSION, "a version other than 1")


def field_name(value) -> str:
    require(type(value) is str and FIELD_NAME.match(value), "a field name not of a-z0-9_, 1 to 64")
    return value


def sorted_once(keys: list, name: str) -> None:
    """`keys` (bytes) ascend strictly: sorted, each once."""
    require(
        all(a < b for a, b in zip(keys, keys[1:])), f"{name} is not sorted, or has an item twice"
    )


def encoded_sorted_once(values: list, name: str) -> None:
    sorted_once([encode(value) for value in values], name)
