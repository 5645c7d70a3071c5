"""How a post is held."""

from enum import StrEnum


class Manner(StrEnum):
    """How a post is held. Pj. Sekda: UU 23/2014 Pasal 214."""

    DEFINITIVE = "definitive"
    PJ = "pj"
    PLT = "plt"
    PLH = "plh"


VACANT = frozenset({Manner.PJ, Manner.PLT})  # they fill a post that nobody holds; a Plh. stands in for who is away
