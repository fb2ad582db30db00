"""Which bytes are a value of the CBOR profile? (docs/protocol.md, section 1)"""

import io

import cbor2

from .limits import INT_MAX, INT_MIN, NEST_MAX

COSE_SIGN1_TAG = 18


class NotInProfile(ValueError):
    """The bytes are not one strictly encoded item of the profile."""


def encode(value) -> bytes:
    """The one encoding of a value.

    cbor2 sorts map keys by length and then by bytes; for keys that all are text with shortest
    heads this is the order of RFC 8949 section 4.2.1.
    """
    return cbor2.dumps(value, canonical=True)


def decode(data: bytes, *, cose: bool = False):
    """The value of `data`, or NotInProfile. With `cose`, the item is one under the tag 18."""
    stream = io.BytesIO(data)
    value = read_item(stream)
    if stream.tell() != len(data):
        raise NotInProfile("bytes follow the item")
    check_strict(value, data, cose=cose)
    return value


def read_item(stream):
    """Reads one item from anything with `read`; says nothing yet about strictness."""
    try:
        return cbor2.CBORDecoder(stream).decode()
    except NotInProfile:
        raise
    # cbor2 builds dates, patterns and addresses out of tags, each with errors of its own.
    except Exception as error:
        raise NotInProfile(f"not an item of CBOR: {error}") from error


def check_strict(value, data: bytes, *, cose: bool = False) -> None:
    """Refuses a value outside of the profile, and bytes that are not its one encoding."""
    if cose:
        if type(value) is not cbor2.CBORTag or value.tag != COSE_SIGN1_TAG:
            raise NotInProfile("not tagged as a COSE_Sign1")
        _check_kinds(value.value)
    else:
        _check_kinds(value)
    if encode(value) != data:
        raise NotInProfile("not in the deterministic encoding")


def check_nesting(value, depth: int = 1) -> None:
    """Refuses a value (of a field, of an entry of `ext`) that nests too deep."""
    if type(value) not in (list, dict):
        return
    if depth > NEST_MAX:
        raise NotInProfile(f"a value nested more than {NEST_MAX} deep")
    for item in value.values() if type(value) is dict else value:
        check_nesting(item, depth + 1)


def _check_kinds(value) -> None:
    """Only the kinds of the profile. cbor2 gives up on 400 levels, which bounds the recursion."""
    kind = type(value)
    if kind in (bytes, str, bool) or value is None:
        return
    if kind is int:
        if not INT_MIN <= value <= INT_MAX:
            raise NotInProfile("an integer of more than 64 bits")
    elif kind in (list, dict):
        if kind is dict:
            for key in value:
                if type(key) is not str:
                    raise NotInProfile("a map key that is not text")
        for item in value.values() if kind is dict else value:
            _check_kinds(item)
    else:
        raise NotInProfile(f"a value of type {kind.__name__}")
