"""Smaller rules of the law: what each office does, the deadlines articles set, and the words in use."""

from dataclasses import dataclass
from datetime import date

WORKING, CALENDAR = "working", "calendar"


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
    mass_from: int | None = None  # from how many on it is "many": a setting of ours, no article says it
    months: int | None = None
    months_prevented: int | None = None  # where the holder of a post cannot do it
    months_vacant: int | None = None  # where nobody holds it
    start: date | None = None
    latest: date | None = None
    counts: str | None = None  # what it counts: WORKING or CALENDAR days; None: it counts none


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


@dataclass(frozen=True)
class JdihField:
    """One field of what the legal-documentation network (JDIH) asks of a document; `title` is the network's name.

    Permenkumham 8/2019 sets the fields. Sixteen are compulsory, known here only by that count: none is called so.
    """

    key: str
    title: str
    filled_by: str  # "act": it follows from the act; "legal": Bagian Hukum completes it
    source: str
    how_sure: str
    note: str = ""


@dataclass(frozen=True)
class ShortForm:
    """The short name of a kind of legal product, by form and by the office that sets it: "PERBUP"."""

    form: str
    office: str
    short: str
    how_sure: str
