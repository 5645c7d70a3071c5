"""Reads the kinds of a folder from their .toml files, and refuses one whose parts do not agree."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template
from typing import Any, TypeVar

from governance.documents.assessors import PLOT_COLUMNS
from governance.documents.kinds import (
    FIELD_TYPES,
    INITIATOR_HEAD,
    LIST_TYPES,
    MOVES,
    NUMBERINGS,
    SECRECY,
    AnnexSpec,
    ChapterSpec,
    Column,
    DictumSpec,
    FieldSpec,
    Kind,
    LetterSpec,
    Option,
    PartSpec,
    Reason,
    Section,
    Step,
    TeamRoleSpec,
)
from governance.documents.route import HIERARCHY, Initials
from governance.documents.route_check import MOST_DAYS
from governance.documents.text import Form
from governance.people.roles import Role

T = TypeVar("T")
SHOWN_IN_PARTS = ("text", "long_text", "texts", "table", "members", "tasks")


class BrokenKind(Exception):
    """A kind's file that cannot be used: the program names it and refuses to start."""

    def __init__(self, file: Path, what: str) -> None:
        super().__init__(f"{file}: {what}")
        self.file = file


def read_kinds(folder: Path) -> dict[str, Kind]:
    """Every kind described in `folder`, by key; BrokenKind names the file that cannot be used."""
    return {file.stem: _read(file) for file in sorted(folder.glob("*.toml"))}


def _read(file: Path) -> Kind:
    try:
        kind = _kind(tomllib.loads(file.read_text(encoding="utf-8")))
        fault = next(_faults(kind, file), None)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BrokenKind(file, f"{type(wrong).__name__}: {wrong}") from wrong
    if fault:
        raise BrokenKind(file, fault)
    return kind


def _kind(data: dict[str, Any]) -> Kind:
    known = {
        "form": Form(data.pop("form", Form.DECREE)),
        "establishes": Role(data.pop("establishes")),
        "route": _each(Step, data.pop("route")),
        "sections": _each(Section, data.pop("sections")),
        "fields": tuple(_field(spec) for spec in data.pop("fields")),
        "reasons": _each(Reason, data.pop("reasons", ())),
        "roles": tuple(_role(role) for role in data.pop("roles", ())),
        "dictums": _each(DictumSpec, data.pop("dictums", ())),
        "chapters": _each(ChapterSpec, data.pop("chapters", ())),
        "parts": _each(PartSpec, data.pop("parts", ())),
        "annexes": tuple(_annex(annex) for annex in data.pop("annexes", ())),
        "letter": _letter(data.pop("letter", None)),
        "signers": data.pop("signers", {}).get("field"),
    }
    return Kind(**known, **{**data, "group": str(data["group"])})


def _each(shape: type[T], entries: Iterable[dict[str, Any]]) -> tuple[T, ...]:
    return tuple(shape(**_frozen(entry)) for entry in entries)


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    """Lists that are part of a value become tuples; a default stays as it is written."""
    return {
        name: tuple(value) if isinstance(value, list) and name != "default" else value for name, value in entry.items()
    }


def _field(data: dict[str, Any]) -> FieldSpec:
    columns, options = _each(Column, data.pop("columns", ())), _each(Option, data.pop("options", ()))
    return FieldSpec(**_frozen(data), columns=columns, options=options)


def _role(data: dict[str, Any]) -> TeamRoleSpec:
    return TeamRoleSpec(**{**_frozen(data), "posts": tuple(Role(post) for post in data.get("posts", ()))})


def _annex(data: dict[str, Any]) -> AnnexSpec:
    return AnnexSpec(**{**_frozen(data), "parts": _each(PartSpec, data.get("parts", ()))})


def _letter(data: dict[str, Any] | None) -> LetterSpec | None:
    if data is None:
        return None
    return LetterSpec(**{**data, "head": tuple((label, value) for label, value in data.get("head", ()))})


def _faults(kind: Kind, file: Path) -> Iterator[str]:
    """What is wrong between the parts of the description."""
    if kind.key != file.stem:
        yield f"key {kind.key!r} is not the file's name"
    if not file.with_suffix(".docx").is_file():
        yield "the Word template beside it is missing"
    if kind.secrecy not in SECRECY:
        yield f"secrecy is none of {SECRECY}"
    yield from _of_fields(kind)
    yield from _of_route(kind)
    yield from _of_pieces(kind)


def _of_fields(kind: Kind) -> Iterator[str]:
    sections = {section.key for section in kind.sections}
    keys = [spec.key for spec in kind.fields]
    if len(keys) != len(set(keys)):
        yield "a field's key stands twice"
    for spec in kind.fields:
        if spec.type not in FIELD_TYPES:
            yield f"field {spec.key!r}: the type is none of {FIELD_TYPES}"
        if spec.section not in sections:
            yield f"field {spec.key!r} names a section that is not there"
        if (spec.type == "table") != bool(spec.columns) or (spec.type == "choice") != bool(spec.options):
            yield f"field {spec.key!r}: a table has columns, a choice has options, and nothing else has"
        if spec.owners and tuple(column.key for column in spec.columns) != PLOT_COLUMNS:
            yield f"field {spec.key!r}: a table proposed from owners has the columns {PLOT_COLUMNS}"
        if isinstance(spec.default, list) != (spec.type in LIST_TYPES) and spec.default is not None:
            yield f"field {spec.key!r}: its default has another type"


def _of_route(kind: Kind) -> Iterator[str]:
    if not kind.route:
        yield "the route has no step"
    elif kind.route[-1].move != "approve":
        yield "the route's last step does not approve"
    if any(step.move not in MOVES for step in kind.route):
        yield f"a step's move is none of {MOVES}"
    if any((step.move == "record") != bool(step.external and step.title) for step in kind.route):
        yield "a step that is recorded, and no other, names what it is (external) and its title"
    if any(who not in (INITIATOR_HEAD, HIERARCHY, *Role) for step in kind.route for who in step.offices):
        yield "a step's who is no role"
    yield from _of_signers(kind)


def _of_signers(kind: Kind) -> Iterator[str]:
    """Who signs together and in how many days: a line and an approval stand by themselves."""
    for place, step in enumerate(kind.route, 1):
        alone = len(step.offices) == 1
        if not step.offices or len(set(step.offices)) != len(step.offices):
            yield "a step names nobody, or somebody twice"
        if step.move != "initial" and not alone:
            yield "only initials are asked of several offices in one step"
        if HIERARCHY in step.offices and not (alone and step.move == "initial"):
            yield "a line of initials (hierarchy) is a step of its own"
        if step.move == "approve" and (step.optional or place < len(kind.route)):
            yield "only the last step approves, and it is never optional"
    if any(isinstance(step.days, bool) or not 0 <= step.days <= MOST_DAYS for step in kind.route):
        yield f"a step's days are none of 0 to {MOST_DAYS}"
    if any(step.initials not in list(Initials) for step in kind.route):
        yield f"a step's initials are none of {tuple(Initials)}"


def _of_pieces(kind: Kind) -> Iterator[str]:
    body = {Form.DECREE: kind.dictums, Form.REGULATION: kind.chapters, Form.PAPER: kind.parts}[kind.form]
    if not body:
        yield f"a {kind.form.value} needs its dictums, chapters or parts"
    if any(numbering not in NUMBERINGS for numbering in (kind.numbering, *(one.numbering for one in kind.annexes))):
        yield f"a numbering is none of {NUMBERINGS}"
    for name, types in _named_fields(kind):
        spec = kind.spec(name)
        if spec is None:
            yield f"field {name!r} is named and not there"
        elif types and spec.type not in types:
            yield f"field {name!r} must be of type {' or '.join(types)}"
    for text in _texts(kind):
        if not Template(text).is_valid():
            yield f"broken ${{name}} in {text[:60]!r}"


def _named_fields(kind: Kind) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields that pieces name, with the types they may have there (none: any)."""
    for piece in kind.pieces:
        yield from ((name, ()) for name in (piece.when, piece.unless) if name)
    for dictum in kind.dictums:
        yield from ((name, (type_,)) for name, type_ in ((dictum.items, "texts"), (dictum.tasks, "tasks")) if name)
    yield from ((chapter.field, ("articles",)) for chapter in kind.chapters)
    parts = [*kind.parts, *(part for annex in kind.annexes for part in annex.parts)]
    yield from ((part.field, SHOWN_IN_PARTS) for part in parts if part.field)
    yield from ((annex.members, ("members",)) for annex in kind.annexes if annex.members)
    if kind.letter is not None and kind.letter.recipients:
        yield kind.letter.recipients, ("texts",)
    if kind.signers:
        yield kind.signers, ("table",)


def _texts(kind: Kind) -> Iterator[str]:
    yield from (value for value in kind.words.values() if isinstance(value, str))
    yield from (reason.text for reason in kind.reasons)
    for dictum in kind.dictums:
        yield from (dictum.text, dictum.one, dictum.more, dictum.item)
    yield from (part.text for part in kind.parts)
