"""What one request reads once, however many of its parts ask: the reader's institution, its law, a working copy."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from flask import current_app, g

from governance.assessment import offices
from governance.assessment.offices import Office
from governance.calendar import calendars
from governance.calendar.calendars import Calendar
from governance.documents import queries
from governance.documents.seen import Seen
from governance.mandates.law import Law
from governance.people import queries as people
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts
from workflows.library import Library

T = TypeVar("T")
MOST_KEPT = 600  # facts and laws of institutions in one process


@dataclass(frozen=True)
class Copy:
    """A working copy as it stood in one version."""

    fields: Mapping[str, Any]
    file_sha256: str | None
    began: Mapping[str, Any]
    version: int
    saved_at: datetime


def library() -> Library:
    """The law, the kinds and the files of this application."""
    found: Library = current_app.extensions["mandat"]
    return found


def institution_of(actor: Actor) -> InstitutionFacts:
    """The reader's institution."""
    return _kept("institution", actor, lambda: people.facts_of(actor.institution_id))


def law_of(actor: Actor) -> Law:
    """The law as the reader's institution sees it. A request that changes the register answers by leading elsewhere."""
    return _kept("law", actor, lambda: library().law_of(actor.institution_id))


def calendar_of(actor: Actor) -> Calendar:
    """The working days of the reader's institution; a closed day that is entered or withdrawn changes the mark."""
    return _kept("calendar", actor, lambda: calendars.calendar_of(actor.institution_id, library().law.holidays))


def titles_of(actor: Actor) -> dict[int, str]:
    """What people call each post of the reader's institution."""
    return {post_id: one.title for post_id, one in posts_of(actor).items()}


def posts_of(actor: Actor) -> dict[int, people.PostNamed]:
    """Each post of the reader's institution: what people call it, and its role."""
    return _kept("posts", actor, lambda: people.posts_named(actor.institution_id))


def offices_of(actor: Actor) -> list[Office]:
    """Every office of the reader's institution that can have a share in an assessment."""
    return _kept("offices", actor, lambda: offices.offices_of(actor.institution_id))


def copy_of(actor: Actor, document: Seen) -> Copy:
    """The working copy in the version that the reader sees; another version is read anew."""
    return _once(("copy", document.id, document.version), lambda: _copy(actor, document.id))


def _copy(actor: Actor, document_id: int) -> Copy:
    row = queries.working_copy(actor, document_id)
    return Copy(dict(row.fields), row.file_sha256, dict(row.began), row.version, row.saved_at)


def _kept(what: str, actor: Actor, read: Callable[[], T]) -> T:
    """Kept by the process as long as the institution's mark is the same: a change of facts or register changes it."""
    if not actor.facts_mark:
        return _once((what, actor.institution_id), read)
    kept: OrderedDict[tuple[Any, ...], Any] = current_app.extensions.setdefault("mandat.at_hand", OrderedDict())
    key = (what, actor.institution_id, actor.facts_mark)
    if key not in kept:
        kept[key] = _once(key, read)
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return cast("T", kept[key])


def _once(key: tuple[Any, ...], read: Callable[[], T]) -> T:
    kept: dict[tuple[Any, ...], Any] = g.setdefault("at_hand", {})
    if key not in kept:
        kept[key] = read()
    return cast("T", kept[key])
