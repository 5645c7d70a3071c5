"""Drafting: opening a document and saving its working copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.documents import fields as field_rules
from governance.documents import under_way
from governance.documents.earlier import in_force_beyond, last_of_kind
from governance.documents.kinds import Kind
from governance.documents.lifecycle import State
from governance.documents.models import Document, Secrecy, WorkingCopy
from governance.documents.starting import Began, beginning, carried_over, kept, starts_on, with_revoked
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, OutOfOrder, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Act, Matter
from governance.people.queries import facts_of
from governance.trail.record import record
from workflows.library import Library

YEARS = range(2000, 2101)
LOSES_NOTHING = frozenset(
    {"draft.unknown_field", "draft.too_long", "draft.too_many", "draft.not_fields", "draft.control_characters"}
)


@dataclass(frozen=True)
class NewDocument:
    """What someone asks to open. `fields` None means: fill in all that institution, law and posts already say."""

    kind: str
    year: int
    fields: Mapping[str, Any] | None = None
    title: str = ""
    secrecy: Secrecy | None = None


def open_document(new: NewDocument, *, by: Actor, now: datetime, library: Library) -> int:
    """Open a draft with the actor's unit as its initiating unit (pemrakarsa); returns the document's id."""
    with transaction():
        permissions.require(by, Act.DRAFT)
        kind = library.kind(new.kind)
        began = beginning_of(kind, new, by=by, now=now, library=library)
        fields = _opening_fields(kind, new, by, began)
        if new.title:
            fields["title"] = new.title  # The title asked for is the decree's own, and stays through every later save.
        return opened(kind, new, Start(fields, began), by=by, now=now).id


@dataclass(frozen=True)
class Start:
    """The first fields of a draft, and where each value came from."""

    fields: dict[str, Any]
    began: Mapping[str, Began]


def opened(kind: Kind, new: NewDocument, start: Start, *, by: Actor, now: datetime) -> Document:
    """The document with its working copy and its turn, written within the caller's transaction."""
    document = Document(
        institution_id=by.institution_id,
        kind=kind.key,
        year=new.year,
        title=title_of(kind, start.fields),
        initiating_unit_id=by.unit_id,
        secrecy=new.secrecy or Secrecy(kind.secrecy),
        state=State.DRAFT,
        created_at=now,
        changed_at=now,
    )
    db.session.add(document)
    db.session.flush()
    copy = _first_copy(document, start.fields, by, now)
    copy.began = kept(start.began)
    db.session.add(copy)
    under_way.ask(document, dict.fromkeys(initiators(document), "submit"), now)
    record("document.opened", by=by, about=("document", document.id), at=now, kind=kind.key, year=new.year)
    return document


@dataclass(frozen=True)
class Typed:
    """What was typed into a draft's form, on the version of the working copy that the form showed."""

    document_id: int
    version: int
    fields: Mapping[str, Any]


def save_copy(typed: Typed, *, by: Actor, now: datetime, library: Library) -> int:
    """Save what was typed, also while it is not yet right; returns the new version.

    Stale when someone else saved meanwhile: nothing is overwritten, and what was typed stays with the caller.
    """
    with transaction():
        document = under_way.for_change(typed.document_id, by)
        permissions.require(by, Act.EDIT, Matter(initiating_unit_id=document.initiating_unit_id))
        if document.state is not State.DRAFT:
            raise OutOfOrder(document.state, "edit")
        copy = under_way.copy_of(document)
        if copy is None or copy.version != typed.version:
            raise Stale((f"saved:{copy.version}:{copy.saved_at.isoformat()}",) if copy else (), document_id=document.id)
        kind = library.kind(document.kind)
        cleaned = field_rules.cleaned(typed.fields)
        _require_storable(kind, cleaned, document, by)
        if cleaned == copy.fields:
            return copy.version
        if copy.file_sha256 is not None:
            raise Refusal("word.file_stands")
        copy.fields, copy.version, copy.saved_at, copy.saved_by_id = cleaned, copy.version + 1, now, by.person_id
        document.title, document.changed_at = title_of(kind, cleaned), now
        record("document.saved", by=by, about=("document", document.id), at=now, version=copy.version)
        return copy.version


def initiators(document: Document) -> list[int]:
    """The posts that head the initiating unit."""
    rows = within(document.institution_id, Post, Post.id).where(Post.unit_id == document.initiating_unit_id)
    return list(db.session.scalars(rows.order_by(Post.id).limit(1)))


def beginning_of(kind: Kind, new: NewDocument, *, by: Actor, now: datetime, library: Library) -> dict[str, Began]:
    """What a new draft of the kind starts with; what it starts with is kept beside what is written later."""
    if problems := unprintable("title", new.title):
        raise Invalid(*problems)
    if new.year not in YEARS:
        raise Invalid(Problem("year", "document.year", {"first": YEARS[0], "last": YEARS[-1]}))
    facts, on, law = facts_of(by.institution_id), day_in(by.timezone, now), library.law_of(by.institution_id)
    found = beginning(kind, institution=facts, law=law, year=new.year, on=on)
    carried = carried_over(kind, facts, last_of_kind(by, kind.key))
    values = {key: one.value for key, one in carried.items()}
    wrong = field_rules.problems(kind, values, institution=facts, complete=False)
    refused = {problem.place.split(".")[0] for problem in wrong}  # The kind has changed since: its own default stands.
    found |= {key: one for key, one in carried.items() if key not in refused}
    start = starts_on(found)
    return with_revoked(found, kind, facts, law, in_force_beyond(by, kind.key, start) if start else None)


def _opening_fields(kind: Kind, new: NewDocument, by: Actor, began: Mapping[str, Began]) -> dict[str, Any]:
    """The fields that were handed over; without any, all that institution, law, posts and the last document say."""
    if new.fields is None:
        return {key: one.value for key, one in began.items()}
    facts = facts_of(by.institution_id)
    problems = list(field_rules.problems(kind, new.fields, institution=facts, complete=False))
    if not problems:
        problems = _elsewhere(new.fields, facts.key, new.year)
    if problems:
        raise Invalid(*problems)
    return field_rules.cleaned(new.fields)


def _elsewhere(fields: Mapping[str, Any], institution: str, year: int) -> list[Problem]:
    """Fields that speak of another institution or year than the document."""
    problems = []
    if fields.get("institution") not in (None, "", institution):
        problems.append(Problem("institution", "document.other_institution", {"institution": institution}))
    if fields.get("year") not in (None, "", year):
        problems.append(Problem("year", "document.other_year", {"year": year}))
    return problems


def _require_storable(kind: Kind, fields: Mapping[str, Any], document: Document, by: Actor) -> None:
    found = field_rules.problems(kind, fields, institution=facts_of(by.institution_id), complete=False)
    serious = [problem for problem in found if problem.key in LOSES_NOTHING]
    if serious:
        raise Invalid(*serious)


def _first_copy(document: Document, fields: dict[str, Any], by: Actor, now: datetime) -> WorkingCopy:
    return WorkingCopy(
        institution_id=document.institution_id,
        document_id=document.id,
        fields=fields,
        saved_at=now,
        saved_by_id=by.person_id,
    )


def title_of(kind: Kind, fields: Mapping[str, Any]) -> str:
    """What lists call a document: its title, the kind's while none is written."""
    written = fields.get("title")
    return written[:1000] if isinstance(written, str) and written.strip() else kind.title
