"""Mandates: what the law demands of a regional government, since when, how strongly, and by which article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Strength(StrEnum):
    """How strongly a duty binds, strongest first."""

    REQUIRED = "wajib"  # the text says wajib, harus or paling sedikit
    TASK = "tugas"  # the text gives the task without naming the document
    ASSESSED = "dinilai"  # only the assessment instrument asks for it
    CUSTOMARY = "lazim"  # practice
    OPTIONAL = "pilihan"  # may


@dataclass(frozen=True)
class Basis:
    """An article a mandate rests on, what it says, and how sure that is."""

    regulation: str
    article: str
    says: str
    verified: bool
    evidence: str
    in_force_from: date | None
    in_force_to: date | None
    in_force_latest: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Duty:
    """A span of days in which the mandate binds with a certain strength; no span means no duty that is known."""

    start: date | None
    end: date | None
    strength: Strength
    regulation: str | None
    article: str | None
    says: str
    how_sure: str
    note: str = ""
    start_latest: date | None = None  # where the start is not known: the last first day of its regulation

    def covers(self, on: date) -> bool:
        """Whether it binds on that day; an unknown start counts from the regulation's last possible first day."""
        start = self.start or self.start_latest
        return (start is None or start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class TeamRole:
    """A role a team has, who holds it, and its duties in the law's own terms."""

    key: str
    title: str
    how_sure: str
    held_by: str | None = None
    also: str = ""
    office: str | None = None  # the Role (people/roles.py) whose post holds it, where one does
    article: str | None = None
    min: int = 0
    max: int | None = None
    duties: tuple[str, ...] = ()

    @property
    def demanded(self) -> bool:
        """Whether an article demands it; what is only practice warns and never refuses."""
        return self.min > 0 and self.how_sure in {"read", "secondary"}


@dataclass(frozen=True)
class TeamRule:
    """The composition of a team in a span of days."""

    start: date | None
    end: date | None
    how_sure: str
    regulation: str | None
    article: str | None
    roles: tuple[TeamRole, ...]
    functions: tuple[str, ...] = ()
    note: str = ""

    def covers(self, on: date) -> bool:
        """Whether this composition is the one for that day."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class Review:
    """When an enacted document is looked at again."""

    when: str
    key: str = ""
    at_year: float | None = None
    by: str = ""
    article: str = ""
    basis: str = ""
    regulation: str | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    triggers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recurrence:
    """How often it comes again: annual, at_least_every_n_years, every_n_years, periodic, ..."""

    type: str
    n: int | None = None
    article: str = ""
    regulation: str | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    verified: bool = True
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part the document has."""

    key: str
    title: str
    legal_basis: str = ""
    note: str = ""
    optional: bool = False
    verified: bool = True


@dataclass(frozen=True)
class Stage:
    """A step of a yearly round."""

    key: str
    title: str


@dataclass(frozen=True)
class Establisher:
    """Who establishes the document in a span of days."""

    start: date | None
    end: date | None
    by: str
    how_sure: str


@dataclass(frozen=True)
class Habit:
    """What is seen in governments without any article: chapters, columns."""

    items: tuple[str, ...]
    note: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Mandate:
    """A document, or a yearly round, that the law, the instrument or practice asks of a regional government."""

    key: str
    group: str  # "1" .. "5", "related"
    title: str
    nature: str  # law | practice
    established_by: str
    instrument: str | None
    legal_basis: tuple[Basis, ...]
    duty: tuple[Duty, ...]
    depends_on: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    cites_note: str = ""
    mandatory: bool = True
    external: bool = False  # made by others (an accredited auditor): registered here, never drafted
    established_by_on_date: tuple[Establisher, ...] = ()
    prepared_by: str = ""
    prepared_by_note: str = ""
    reviewed_by: str = ""
    approved_by: str = ""
    validity_years: int | None = None
    validity_note: str = ""
    reviews: tuple[Review, ...] = ()
    reviews_note: str = ""
    recurrence: Recurrence | None = None
    required_sections: tuple[Section, ...] = ()
    required_sections_note: str = ""
    required_sections_nature: str = "law"
    common_chapters: Habit | None = None
    common_columns: Habit | None = None
    stages: tuple[Stage, ...] = ()
    team: tuple[TeamRule, ...] = ()
    team_practice_roles: tuple[str, ...] = ()
    evidence_for: tuple[tuple[str, tuple[str, ...]], ...] = ()
    evidence_for_note: str = ""
    note: str = ""

    @property
    def optional(self) -> bool:
        """Whether a region may leave it: the regional master plan (Rencana Induk)."""
        return not self.mandatory

    def duties_on(self, on: date) -> tuple[Duty, ...]:
        """The duties that bind on that day, strongest first."""
        return tuple(sorted((duty for duty in self.duty if duty.covers(on)), key=_by_strength))

    def strength_on(self, on: date) -> Strength | None:
        """The strongest duty of that day, or None: no duty is known."""
        return next((duty.strength for duty in self.duties_on(on)), None)

    def team_on(self, on: date) -> TeamRule | None:
        """The composition of its team on that day, or None: none is known."""
        return next((rule for rule in self.team if rule.covers(on)), None)


@dataclass(frozen=True)
class Group:
    """One of the five groups of mandated documents."""

    key: str
    title: str
    short: str
    note: str = ""


@dataclass(frozen=True)
class Glance:
    """A mandate as the page of the five groups shows it on a day."""

    mandate: Mandate
    strength: Strength | None
    duty: Duty | None


def at_a_glance(mandates: Iterable[Mandate], on: date) -> tuple[Glance, ...]:
    """Each mandate with its strongest duty of that day."""
    rows = []
    for mandate in mandates:
        duty = next(iter(mandate.duties_on(on)), None)
        rows.append(Glance(mandate, duty.strength if duty else None, duty))
    return tuple(rows)


def _by_strength(duty: Duty) -> int:
    return list(Strength).index(duty.strength)
