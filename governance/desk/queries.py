"""What waits on a desk: ordered by urgency, a page of it told whole, in a number of statements that never grows."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, and_, func, literal, select, type_coerce, union_all

from governance.desk.models import Opened
from governance.desk.urgency import Waits, Weight, by_urgency
from governance.documents import route
from governance.documents.lifecycle import Move
from governance.documents.models import (
    Act,
    Decision,
    Document,
    ExternalStep,
    Revision,
    Secrecy,
    StoredComparison,
    Waiting,
)
from governance.documents.text import Form
from governance.kernel.db import among, db, within
from governance.obligations.models import Fulfilment, Obligation
from governance.people.actors import Actor
from governance.people.models import Unit

ON_A_PAGE = 25
COUNTED = (Move.INITIAL.value, Move.APPROVE.value)


@dataclass(frozen=True)
class Lying:
    """One paper on the desk. `seen_revision` is the newest that this post opened, None: never."""

    id: int
    kind: str
    year: int
    title: str
    secrecy: Secrecy
    unit_name: str
    asked: str
    since: datetime
    due_on: date | None
    revision: int | None
    sha256: str | None
    findings: dict[str, int] | None  # None: the form check never looked at this revision
    seen_revision: int | None
    seen_at: datetime | None
    changed: int | None  # passages that differ from the revision before; None: not counted
    signed: tuple[str, ...]  # who has signed this revision, as what
    missing: tuple[int, ...]  # posts of the route that still must, without the reader's own
    outside: tuple[str, ...]  # steps of others that are still to be recorded
    act: Act | None


@dataclass(frozen=True)
class Desk:
    """A page of what waits, the most urgent first; `late` counts all that is late, on whatever page it lies."""

    papers: tuple[Lying, ...]
    total: int
    late: int
    page: int
    pages: int


def desk_of(actor: Actor, today: date, form_of: Callable[[str], Form | None], page: int = 1) -> Desk:
    """The desk of the actor's post; `form_of` tells whether a kind is a Peraturan, a Keputusan or a paper."""
    waits = by_urgency(_all_waiting(actor, form_of), today)
    pages = max(1, -(-len(waits) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    shown = waits[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    papers = _told(actor, shown) if shown else ()
    return Desk(papers, len(waits), sum(one.is_late(today) for one in waits), page, pages)


@dataclass(frozen=True)
class Opening:
    """A revision of a document, and when the reader's post first opened it (None: never)."""

    number: int
    sha256: str
    at: datetime | None


def openings(actor: Actor, document_id: int) -> list[Opening]:
    """Every revision with when the actor's post opened it, oldest first."""
    mine = and_(
        Opened.document_id == Revision.document_id,
        Opened.revision_number == Revision.number,
        Opened.post_id == actor.post_id,
    )
    rows = (
        within(actor.institution_id, Revision, Revision.number, Revision.sha256, Opened.opened_at)
        .outerjoin(Opened, mine)
        .where(Revision.document_id == document_id)
    )
    return [Opening(*row) for row in db.session.execute(rows.order_by(Revision.number))]


def _all_waiting(actor: Actor, form_of: Callable[[str], Form | None]) -> list[Waits]:
    """Everything that waits for the post, as the order needs it: one light row each."""
    due = _obligations(actor.institution_id)
    columns = (Waiting.document_id, Waiting.asked, Waiting.since, Waiting.due_on, Document.kind, due.c.due_on)
    answers = and_(due.c.mandate == Document.kind, due.c.year == Document.year)
    rows = (
        within(actor.institution_id, Waiting, *columns)
        .join(Document, Document.id == Waiting.document_id)
        .outerjoin(due, answers)
        .where(Waiting.post_id == actor.post_id)
    )
    return [
        Waits(document_id, weight_of(asked, form_of(kind)), since, step_due, obligation_due)
        for document_id, asked, since, step_due, kind, obligation_due in db.session.execute(rows)
    ]


def weight_of(asked: str, form: Form | None) -> Weight:
    """What lies still while it waits."""
    if asked == Move.PROMULGATE.value:
        return Weight.SET_REGULATION
    return {Form.REGULATION: Weight.REGULATION, Form.DECREE: Weight.DECREE}.get(form or Form.PAPER, Weight.PAPER)


def _obligations(institution_id: int) -> Any:
    """The first firm day on which an obligation of a mandate and a year is due and not yet met."""
    return (
        within(
            institution_id, Obligation, Obligation.mandate, Obligation.year, func.min(Obligation.due_on).label("due_on")
        )
        .where(Obligation.fulfilment == Fulfilment.OPEN, Obligation.estimated.is_(False))
        .group_by(Obligation.mandate, Obligation.year)
        .subquery()
    )


def _told(actor: Actor, shown: list[Waits]) -> tuple[Lying, ...]:
    keys = [one.key for one in shown]
    rows = {row.Document.id: row for row in db.session.execute(_rows(actor, keys))}
    made = _made(actor.institution_id, keys)
    return tuple(_one(actor, one, rows[one.key], made.get(one.key, [])) for one in shown if one.key in rows)


def _rows(actor: Actor, keys: Collection[int]) -> Select[Any]:
    """Each paper with its current revision, what this post saw of it before, and what changed in it."""
    newest = (
        within(actor.institution_id, Opened, func.max(Opened.revision_number))
        .where(Opened.document_id == Document.id, Opened.post_id == actor.post_id)
        .correlate(Document)
        .scalar_subquery()
    )
    current = and_(Revision.document_id == Document.id, Revision.number == Document.revision_number)
    mine = and_(Opened.document_id == Document.id, Opened.post_id == actor.post_id, Opened.revision_number == newest)
    asked = and_(Waiting.document_id == Document.id, Waiting.post_id == actor.post_id)
    found = (Revision.sha256, Revision.checked, Opened.revision_number, Opened.opened_at, StoredComparison.changed)
    return (
        within(actor.institution_id, Document, Document, Unit.name, Waiting.asked, Waiting.since, Act, *found)
        .join(Unit, Unit.id == Document.initiating_unit_id)
        .join(Waiting, asked)
        .outerjoin(Revision, current)
        .outerjoin(StoredComparison, StoredComparison.revision_id == Revision.id)
        .outerjoin(Opened, mine)
        .outerjoin(Act, Act.id == Document.act_id)
        .where(among(Document.id, keys))
    )


def _made(institution_id: int, keys: Collection[int]) -> dict[int, list[Any]]:
    """The decisions and the recorded steps that count, of all these papers, in the order in which they were made."""
    decided = (
        within(
            institution_id,
            Decision,
            Decision.document_id,
            Decision.post_id,
            Decision.title.label("title"),
            type_coerce(Decision.move, String).label("move"),
            literal("").label("step"),
            Decision.at.label("at"),
        )
        .where(among(Decision.document_id, keys), Decision.counts.is_(True), Decision.move.in_(COUNTED))
        .order_by(None)
    )
    recorded = within(
        institution_id,
        ExternalStep,
        ExternalStep.document_id,
        ExternalStep.post_id,
        ExternalStep.title,
        literal(Move.RECORD.value),
        ExternalStep.step,
        ExternalStep.at,
    ).where(among(ExternalStep.document_id, keys), ExternalStep.counts.is_(True))
    both = union_all(decided, recorded).subquery()
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(select(both).order_by(both.c.at)):
        found.setdefault(row.document_id, []).append(row)
    return found


def _one(actor: Actor, waits: Waits, row: Any, made: list[Any]) -> Lying:
    document: Document = row.Document
    steps = _open_steps(route.read(document.route), made) if waits.weight is not Weight.SET_REGULATION else []
    return Lying(
        id=document.id,
        kind=document.kind,
        year=document.year,
        title=document.title,
        secrecy=document.secrecy,
        unit_name=row.name,
        asked=row.asked,
        since=row.since,
        due_on=waits.due_on,
        revision=document.revision_number,
        sha256=row.sha256,
        findings=row.checked,
        seen_revision=row.revision_number,
        seen_at=row.opened_at,
        changed=row.changed,
        signed=tuple(dict.fromkeys(one.title for one in made)),
        missing=tuple(
            dict.fromkeys(post for step, posts in steps if not step.external for post in posts if post != actor.post_id)
        ),
        outside=tuple(step.title for step, _ in steps if step.external),
        act=row.Act,
    )


def _open_steps(steps: Iterable[route.Step], made: list[Any]) -> list[tuple[route.Step, tuple[int, ...]]]:
    """The steps that still miss somebody, with whom they miss."""
    decided = frozenset(route.Decided(one.post_id, route.Asked(one.move), one.step) for one in made)
    found = [(step, step.open_posts(decided)) for step in steps]
    return [(step, posts) for step, posts in found if posts]
