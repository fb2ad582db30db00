"""Is a leaf in a tree, and did a tree only grow? (docs/protocol.md, section 12; RFC 9162)"""

import hashlib

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of_leaves(leaves: list[bytes]) -> bytes:
    """The root over leaf data, by the definition of RFC 6962 section 2.1."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root_of_leaves(leaves[:middle]), root_of_leaves(leaves[middle:]))


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    """The root that a proof leads to (RFC 9162 section 2.1.3.2); None where it does not fit."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for side in proof:
        if last == 0:
            return None
        if place % 2 or place == last:
            found = node_hash(side, found)
            while place and place % 2 == 0:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, side)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: list) -> bool:
    """Whether the new tree begins with the old one (RFC 9162 section 2.1.4.2)."""
    if old == 0:
        return old_root == EMPTY_ROOT and not proof
    if old >= new:
        return (old, old_root) == (new, new_root) and not proof
    if not proof:
        return False
    sides = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    before = after = sides[0]
    for side in sides[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            before, after = node_hash(side, before), node_hash(side, after)
            while place and place % 2 == 0:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, side)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, new_root)
