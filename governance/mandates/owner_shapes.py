"""The shape of config/law/owners.yaml: which offices usually answer for an indicator."""

from collections.abc import Iterable
from typing import Any

from governance.kernel.data_files import Spot
from governance.kernel.data_shapes import Shape, choice, defines, flag, many, number, refers, text
from governance.mandates.owners import IndicatorOwner, InstrumentOwners, OwnerUnit
from governance.mandates.regulation_shapes import words_of
from governance.people.roles import Role

A_UNIT = refers("owner")


def _unit_faults(made: OwnerUnit) -> Iterable[str]:
    if sum((made.role is not None, bool(made.named), made.outside)) > 1:
        yield "kantor dikenali dengan satu cara saja: role, named, atau outside"


def _owners_faults(made: InstrumentOwners) -> Iterable[str]:
    numbers = [owner.indicator for owner in made.owners]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "indikator harus urut dari 1, masing-masing satu kali"


def _an_instrument(value: Any, spot: Spot) -> str:
    """An instrument's key, which may stand in this file once."""
    name = refers("instrument")(value, spot)
    spot.define("owned_instrument", name)
    return str(name)


OWNER_UNIT = Shape(
    OwnerUnit,
    {"key": defines("owner"), "title": text},
    {"role": words_of(Role), "named": many(text), "outside": flag},
    check=_unit_faults,
)
_OWNER = Shape(
    IndicatorOwner,
    {
        "indicator": number,
        "name": text,
        "aspect": text,
        "responsible": A_UNIT,
        "contributors": many(A_UNIT),
        "how_sure": choice("seen_twice", "seen", "function", "inferred"),
        "source": many(text),
    },
    {"note": text},
)
OWNERS = Shape(InstrumentOwners, {"instrument": _an_instrument, "owners": many(_OWNER)}, check=_owners_faults)
