"""What the timetable's rules are handed and what they answer: facts in, expectations out; no rule reads a table.

Each family of rules is one pure function `(law, year, facts) -> Iterable[Expected]`. A date is computed step by step;
each step is a wording's key with its parameters, so that a reader can follow it in his own language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.calendar.calendars import Calendar
from governance.mandates.evaluation import Round
from governance.people.manners import Manner
from governance.people.roles import Role


@dataclass(frozen=True)
class KnownAct:
    """An act of the institution. `until` is its own last day, `ended_on` the first day on which it was revoked."""

    id: int
    kind: str
    year: int
    number: str
    signed_on: date
    in_force_from: date
    until: date | None = None
    ended_on: date | None = None
    amends: bool = False  # it changes an act that goes on, and follows none


@dataclass(frozen=True)
class KnownFact:
    """A dated fact that the institution entered (`Milestone`): an RPJMD, an inauguration, an audit's report."""

    key: str
    day: date
    year: int | None = None
    until: date | None = None
    number: str = ""


@dataclass(frozen=True)
class KnownLetter:
    """The ministry's letter of a year; `windows` are {stage, start, end} with ISO days or None."""

    year: int
    round: Round
    number: str
    dated_on: date
    windows: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class KnownActing:
    """Someone who acts as an official whose post the law bounds: since when, until when, as what."""

    role: Role
    manner: Manner
    from_on: date
    to_on: date | None
    vacant: bool  # the post has no holder; otherwise its holder is prevented


@dataclass(frozen=True)
class Facts:
    """What is known of one institution when its timetable is computed."""

    calendar: Calendar
    acts: tuple[KnownAct, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    letters: Mapping[int, KnownLetter] = field(default_factory=dict)
    acting: tuple[KnownActing, ...] = ()


@dataclass(frozen=True)
class Met:
    """By what an expectation is met already, and on which day."""

    on: date
    by: str
    act_id: int | None = None


@dataclass(frozen=True)
class Expected:
    """One obligation as its rule sees it. `key` begins with the mandate's key; without `due_on` it is undated.

    `computed` are the steps that lead to the date, or say what is awaited: {"key": ..., "params": {...}} each.
    `how_sure` is that of the weakest thing the date rests on; `basis` names articles, each with its regulation.
    """

    key: str
    mandate: str
    family: str
    year: int
    due_on: date | None
    how_sure: str
    basis: str
    computed: tuple[Mapping[str, Any], ...]
    stage: str = ""
    begins_on: date | None = None
    estimated: bool = False
    responsible: Role = Role.DIGITAL
    ladder: str = "standard"
    met: Met | None = None
