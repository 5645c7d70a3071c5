"""What a cycle begins with: its target as it is typed, and what is missing before it opens or is handed on; pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from governance.assessment.course import CycleRole
from governance.mandates.evaluation import EvaluationYear, Round

YEARS = (2018, 2100)  # the first national evaluation; no typed year lies beyond the second
_TYPED = re.compile(r"(\d{1,3})(?:[.,](\d{1,9}))?|(\d{1,6})\s*/\s*([1-9]\d{0,5})", re.ASCII)


@dataclass(frozen=True)
class Lack:
    """Something missing before a move of a cycle. `blocks`: the move waits for it; else it is only told.

    `key` is the wording's, `way` the part of the assessment where it is mended.
    """

    key: str
    way: str
    blocks: bool = False
    params: dict[str, object] | None = None


@dataclass(frozen=True)
class Laid:
    """What is laid out in a cycle so far."""

    items: Collection[str]  # of the instrument
    shared: Collection[str]  # those with an office that answers for them
    shares: int  # how many shares there are in all
    seats: Collection[CycleRole]
    target: Fraction | None
    ready_by: date | None


@dataclass(frozen=True)
class Usual:
    """What is known of a year's round before it is set up; `sure` "" where nothing is, `letter` where the ministry's
    letter says the round.
    """

    instrument: str
    round: Round
    sure: str
    source: str = ""
    letter: bool = False


def usual(years: Mapping[int, EvaluationYear], year: int, by_letter: Round | None) -> Usual | None:
    """What the law data and the letter say of a year; of a year nobody knows yet, the instrument of the last known one.

    The round of an unknown year is none: its rhythm is no formula. None where no earlier year is known either.
    """
    known = years.get(year)
    last = max((one for one in years if one <= year), default=None)
    if known is None and last is None:
        return None
    instrument = (known or years[last or year]).instrument
    if by_letter is not None:
        return Usual(instrument, by_letter, "read", letter=True)
    if known is None:
        return Usual(instrument, Round.NONE, "")
    return Usual(instrument, known.type, known.how_sure, known.source)


def target_of(typed: str) -> Fraction | None:
    """The exact number that was typed: "2,60", "2.60" or "13/5"; None where it is none."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    whole, decimals, over, under = found.groups()
    return Fraction(int(over), int(under)) if under else Fraction(f"{whole}.{decimals or 0}")


def before_opening(laid: Laid) -> Iterator[Lack]:
    """What is missing before the offices get their tasks. Without a single share nobody would be asked."""
    if not laid.shares:
        yield Lack("cycle.lack.no_shares", "shares", blocks=True)
    elif alone := [item for item in laid.items if item not in laid.shared]:
        yield Lack("cycle.lack.items_alone", "shares", params=counted(alone))
    for role in (CycleRole.ASSESSOR, CycleRole.ANSWERABLE, CycleRole.COORDINATOR, CycleRole.DATA_ENTRY):
        if role not in laid.seats:
            yield Lack(f"cycle.lack.seat.{role.value}", "seats")
    if laid.target is None:
        yield Lack("cycle.lack.no_target", "target")
    if laid.ready_by is None:
        yield Lack("cycle.lack.no_ready_by", "target")


def counted(items: Collection[str]) -> dict[str, object]:
    """Items in a sentence: how many, and which, the first dozen by name."""
    named = list(items)
    return {"count": len(named), "items": ", ".join(named[:12]) + (", …" if len(named) > 12 else "")}
