"""A kind of document as its .toml describes it (docs/kinds.md): fields, sections, route, and what it is composed of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.documents.text import Form
from governance.people.roles import Role

INITIATOR_HEAD = "initiator_head"
MOVES = ("initial", "approve", "record")
SECRECY = ("biasa", "terbatas", "rahasia")
LIST_TYPES = ("texts", "members", "tasks", "table")
FIELD_TYPES = ("institution", "year", "text", "long_text", "date", "choice", "articles", *LIST_TYPES)
NUMBERINGS = ("letter", "chapter", "number", "none")


@dataclass(frozen=True)
class Column:
    """A column of a table field; `width` is its weight in print, `heading` what is printed instead of the label."""

    key: str
    label: str
    width: int = 2
    required: bool = False
    heading: str = ""  # may use ${names}: a roadmap's years


@dataclass(frozen=True)
class Option:
    """One of the values of a choice field; the title is what is printed."""

    key: str
    title: str


@dataclass(frozen=True)
class FieldSpec:
    """One field of a kind; `source` is the wording's key that says where its default comes from."""

    key: str
    type: str
    label: str
    section: str
    help: str = ""
    source: str = "draft.source.typed"
    required: bool = False
    limit: int = 10_000  # characters of each text
    most: int = 100  # entries of a list
    default: Any = None
    carried: bool = False  # taken over from the last document of the kind
    owners: str = ""  # a table proposed from the owners of that instrument's indicators
    columns: tuple[Column, ...] = ()
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Section:
    """A group of fields, as the form shows them."""

    key: str
    title: str
    help: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the route: `who` is "initiator_head", "hierarchy" (the line above the initiator), a role, or several.

    `move` is initial, approve or record. What is recorded is a step that others take (`external` is its key): a
    review, a harmonisation, a facilitation. `days` are the working days in which it is to be decided, 0 for none.
    """

    who: str | tuple[str, ...]
    move: str
    external: str = ""
    title: str = ""
    optional: bool = False  # may be left out with a reason
    since: date | None = None
    until: date | None = None
    basis: str = ""  # the article that asks for it; none where it is practice
    days: int = 0
    initials: str = ""  # hierarchy, coordination; several offices in one step coordinate

    @property
    def offices(self) -> tuple[str, ...]:
        """Whom it asks, one or several."""
        return (self.who,) if isinstance(self.who, str) else self.who

    def stands(self, on: date) -> bool:
        """Whether a document of that day takes this step."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class TeamRoleSpec:
    """A role a team may have: `at_most` None is no bound; `posts` name the roles of the posts that hold it at first."""

    key: str
    title: str
    at_most: int | None = None
    posts: tuple[Role, ...] = ()
    office: str = ""  # what is printed at first where no post holds it: someone whom an office names later
    duties: tuple[str, ...] = ()  # practice, used only where the law on that date gives none
    owners: bool = False  # held at first by the heads of the offices that answer for the indicators of the day
    since: date | None = None  # the law renamed it: proposed only to documents dated in this span
    until: date | None = None

    def covers(self, on: date) -> bool:
        """Whether a document of that day has this role."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Reason:
    """A consideration to choose from: it stands only while `regulation` is in force and the date lies in its span."""

    aspect: str
    text: str
    regulation: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Piece:
    """What every piece of a document may say of itself: when it is shown, and which required sections it answers."""

    when: str | None = None
    unless: str | None = None
    since: date | None = None
    until: date | None = None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class DictumSpec(Piece):
    """One dictum: a text with its lettered items, or the tasks of the member offices."""

    text: str = ""
    items: str | None = None
    tasks: str | None = None
    one: str = ""
    more: str = ""
    item: str = ""


@dataclass(frozen=True)
class ChapterSpec(Piece):
    """One BAB, whose articles stand in a field."""

    title: str = ""
    field: str = ""


@dataclass(frozen=True)
class PartSpec(Piece):
    """One part of a paper or of an annex."""

    title: str = ""
    text: str = ""
    field: str | None = None
    duties: bool = False
    blank_rows: int = 0


@dataclass(frozen=True)
class AnnexSpec(Piece):
    """One annex: a table of members, or parts."""

    title: str = ""
    intro: str = ""
    members: str | None = None
    header: tuple[str, ...] = ()
    numbering: str = "letter"
    parts: tuple[PartSpec, ...] = ()


@dataclass(frozen=True)
class LetterSpec:
    """The head of a letter."""

    head: tuple[tuple[str, str], ...] = ()
    recipients: str | None = None
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of document."""

    key: str
    title: str
    group: str
    instrument: str  # "Keputusan"
    series: str
    secrecy: str
    establishes: Role
    route: tuple[Step, ...]
    sections: tuple[Section, ...]
    fields: tuple[FieldSpec, ...]
    form: Form = Form.DECREE
    numbering: str = "letter"  # of a paper's parts
    reasons: tuple[Reason, ...] = ()
    roles: tuple[TeamRoleSpec, ...] = ()
    dictums: tuple[DictumSpec, ...] = ()
    chapters: tuple[ChapterSpec, ...] = ()
    parts: tuple[PartSpec, ...] = ()
    annexes: tuple[AnnexSpec, ...] = ()
    letter: LetterSpec | None = None
    signers: str | None = None
    strategic: str = ""  # what it decides that a Plt. or Plh. should leave: "organisasi", "alokasi anggaran"
    words: Mapping[str, Any] = field(default_factory=dict)

    def spec(self, key: str) -> FieldSpec | None:
        """The field with that key, or None."""
        return next((spec for spec in self.fields if spec.key == key), None)

    def role(self, key: str) -> TeamRoleSpec | None:
        """The team role with that key, or None."""
        return next((role for role in self.roles if role.key == key), None)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything it is composed of, annexes before their parts."""
        annexed = [piece for annex in self.annexes for piece in (annex, *annex.parts)]
        return (*self.dictums, *self.chapters, *self.parts, *annexed)

    @property
    def covered(self) -> frozenset[str]:
        """The required sections that its pieces answer; what the form itself brings is not among them."""
        return frozenset(key for piece in self.pieces for key in piece.covers)
