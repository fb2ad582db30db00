"""The table of attacks: each with the rules that it must break or have noted."""

from .attack import Attack
from .container import CONTAINER
from .content import BLOBS, BODIES
from .ops import OPS
from .people import PEOPLE

ATTACKS: list[Attack] = [*CONTAINER, *PEOPLE, *OPS, *BODIES, *BLOBS]
