"""Does a body belong to its op, and which of its fields are withheld? (docs/protocol.md, section 3)"""

from dataclasses import dataclass, field

from . import profile
from .hashing import BODY, FIELD, named_hash
from .limits import BODY_BYTES_MAX, BODY_FIELDS_MAX
from .shape import Misshapen, array, field_name, octets, require, sorted_once

SALT_BYTES = 16


@dataclass
class Body:
    """A disclosed body: the values that are here, and the names of those that are not."""

    commitment: bytes
    length_bytes: int
    values: dict = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)

    def names(self, name: str) -> bool:
        return name in self.values or name in self.withheld


def decode_body(data: bytes) -> Body:
    """Decodes strictly and computes the commitment; raises NotInProfile or Misshapen."""
    require(len(data) <= BODY_BYTES_MAX, f"the body has more than {BODY_BYTES_MAX} bytes")
    entries = array(profile.decode(data), None, "body")
    require(len(entries) <= BODY_FIELDS_MAX, f"the body has more than {BODY_FIELDS_MAX} fields")
    body = Body(b"", len(data))
    commitments = []
    for entry in entries:
        array(entry, None, "field")
        if len(entry) == 3:
            name = field_name(entry[0])
            octets(entry[1], SALT_BYTES, "salt")
            profile.check_nesting(entry[2])
            body.values[name] = entry[2]
            commitments.append([name, named_hash(FIELD, profile.encode(entry))])
        elif len(entry) == 2:
            name = field_name(entry[0])
            body.withheld.append(name)
            commitments.append([name, octets(entry[1], 32, "commitment")])
        else:
            raise Misshapen("a field has neither two nor three items")
    sorted_once([entry[0].encode() for entry in entries], "body")
    body.commitment = named_hash(BODY, profile.encode(commitments))
    return body
