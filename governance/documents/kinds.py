"""A kind of document as its .toml describes it: its fields, sections, route, and the words it is composed of."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from governance.people.roles import Role

INITIATOR_HEAD = "initiator_head"
MOVES = ("initial", "approve")
SECRECY = ("biasa", "terbatas", "rahasia")
FIELD_TYPES = ("institution", "year", "text", "long_text", "texts", "date", "members", "tasks")


class BrokenKind(Exception):
    """A kind's file that cannot be used: the program names it and refuses to start."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(f"{file}: {what}")
        self.file = file


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


@dataclass(frozen=True)
class Section:
    """A group of fields, as the form shows them."""

    key: str
    title: str
    help: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the route: `who` is "initiator_head" or a role's name, `move` is "initial" or "approve"."""

    who: str
    move: str


@dataclass(frozen=True)
class TeamRoleSpec:
    """A role a team may have: `at_most` None is no bound; `posts` name the roles of the posts that hold it at first."""

    key: str
    title: str
    at_most: int | None = None
    posts: tuple[Role, ...] = ()
    duties: tuple[str, ...] = ()  # practice, used only where the law on that date gives none


@dataclass(frozen=True)
class Reason:
    """A consideration to choose from: it stands only while `regulation` is in force and the date lies in its span."""

    aspect: str
    text: str
    regulation: str | None = None
    since: date | None = None
    until: date | None = None


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
    reasons: tuple[Reason, ...] = ()
    roles: tuple[TeamRoleSpec, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)

    def spec(self, key: str) -> FieldSpec | None:
        """The field with that key, or None."""
        return next((spec for spec in self.fields if spec.key == key), None)

    def role(self, key: str) -> TeamRoleSpec | None:
        """The team role with that key, or None."""
        return next((role for role in self.roles if role.key == key), None)


def read_kinds(folder: Path) -> dict[str, Kind]:
    """Every kind described in `folder`, by key; BrokenKind names the file that cannot be used."""
    kinds: dict[str, Kind] = {}
    for file in sorted(folder.glob("*.toml")):
        kinds[file.stem] = _read(file)
    return kinds


def _read(file: Path) -> Kind:
    try:
        kind = _kind(tomllib.loads(file.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BrokenKind(file, f"{type(wrong).__name__}: {wrong}") from wrong
    fault = _fault(kind, file)
    if fault:
        raise BrokenKind(file, fault)
    return kind


def _kind(data: dict[str, Any]) -> Kind:
    return Kind(
        key=data["key"],
        title=data["title"],
        group=str(data["group"]),
        instrument=data["instrument"],
        series=data["series"],
        secrecy=data["secrecy"],
        establishes=Role(data["establishes"]),
        route=tuple(Step(**step) for step in data["route"]),
        sections=tuple(Section(**section) for section in data["sections"]),
        fields=tuple(FieldSpec(**spec) for spec in data["fields"]),
        reasons=tuple(Reason(**reason) for reason in data.get("reasons", ())),
        roles=tuple(_role(role) for role in data.get("roles", ())),
        words=data.get("words", {}),
    )


def _role(data: dict[str, Any]) -> TeamRoleSpec:
    posts = tuple(Role(post) for post in data.get("posts", ()))
    return TeamRoleSpec(**{**data, "posts": posts, "duties": tuple(data.get("duties", ()))})


def _fault(kind: Kind, file: Path) -> str | None:
    """What is wrong between the parts of the description, or None."""
    sections = {section.key for section in kind.sections}
    keys = [spec.key for spec in kind.fields]
    checks = (
        (kind.key != file.stem, f"key {kind.key!r} is not the file's name"),
        (len(keys) != len(set(keys)), "a field's key stands twice"),
        (any(spec.type not in FIELD_TYPES for spec in kind.fields), f"a field's type is none of {FIELD_TYPES}"),
        (any(spec.section not in sections for spec in kind.fields), "a field names a section that is not there"),
        (not kind.route, "the route has no step"),
        (any(step.move not in MOVES for step in kind.route), f"a step's move is none of {MOVES}"),
        (any(step.who not in (INITIATOR_HEAD, *Role) for step in kind.route), "a step's who is no role"),
        (kind.secrecy not in SECRECY, f"secrecy is none of {SECRECY}"),
        (not file.with_suffix(".docx").is_file(), "the Word template beside it is missing"),
    )
    return next((what for wrong, what in checks if wrong), None)
