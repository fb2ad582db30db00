"""What does a package say about itself at its two ends? (docs/protocol.md, section 8)"""

from dataclasses import dataclass

from . import profile
from .cose import Signed, open_envelope
from .limits import CLOSE_COSE_BYTES_MAX, DOSSIERS_MAX
from .shape import (
    array, extension, integer, octets, require, sorted_once, suite, text, version,
)

MODES = (0, 1)


@dataclass
class Start:
    """The first frame: the exporter's certificate hash, and the mode of each dossier."""

    exporter: bytes
    modes: dict[bytes, int]


def decode_start(items: list) -> Start:
    """From the items of the first frame; raises Misshapen."""
    array(items, 8, "start")
    version(items[2])
    integer(items[3], "created")
    exporter = octets(items[4], 32, "exporter")
    dossiers = array(items[5], None, "dossiers")
    require(1 <= len(dossiers) <= DOSSIERS_MAX, f"dossiers are not 1 to {DOSSIERS_MAX}")
    for entry in dossiers:
        dossier, mode = array(entry, 2, "an entry of dossiers")
        octets(dossier, 16, "a dossier")
        require(type(mode) is int and mode in MODES, "a mode that is neither 0 nor 1")
    sorted_once([dossier for dossier, _ in dossiers], "dossiers")
    text(items[6], "software")
    extension(items[7])
    return Start(exporter, {dossier: mode for dossier, mode in dossiers})


def open_close(cose: bytes) -> Signed:
    """The envelope of the closing frame; raises NotInProfile or Misshapen."""
    signed = open_envelope(cose, CLOSE_COSE_BYTES_MAX)
    require(signed.kid is not None, "a closing signature without kid")
    return signed


def decode_closing(payload: bytes) -> list[bytes]:
    """The frame hashes that the exporter signed; raises NotInProfile or Misshapen."""
    parts = array(profile.decode(payload), 3, "closing")
    version(parts[0])
    suite(parts[1])
    hashes = array(parts[2], None, "frames")
    require(hashes, "frames is empty")
    return [octets(hash_, 32, "a frame hash") for hash_ in hashes]
