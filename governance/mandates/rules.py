"""Smaller rules of the law: what each office does, the deadlines articles set, and the words in use."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OfficeRule:
    """What an office has to do in digital government; `role` is its key in people/roles.py."""

    key: str
    role: str
    title: str
    does: tuple[str, ...]
    verified: bool = True


@dataclass(frozen=True)
class Deadline:
    """A term an article sets."""

    key: str
    rule: str
    article: str
    regulation: str
    verified: bool
    in_force_from: date | None
    in_force_to: date | None
    working_days: int | None = None
    working_days_mass: int | None = None
    months: int | None = None
    start: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class Term:
    """What titles call the subject: SPBE or Pemerintah Digital; an institution chooses."""

    key: str
    title: str
    short: str
    how_sure: str
    note: str = ""


@dataclass(frozen=True)
class Input:
    """Something a mandate builds on that this program does not make (RPJMD, the national architecture)."""

    key: str
    title: str


@dataclass(frozen=True)
class DraftingFlow:
    """The order in which some documents are drafted, reviewed and set."""

    for_documents: tuple[str, ...]
    legal_basis: str
    steps: tuple[str, ...]
    in_force_from: date | None
    in_force_to: date | None
    note: str = ""
    before_note: str = ""
