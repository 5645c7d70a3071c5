"""What the Sekda's one page tells of a cycle besides its values: who is behind, what is late, what waits."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, literal, union_all

from governance.assessment.cycle_models import CycleTask
from governance.assessment.cycles import Seen
from governance.assessment.heat import PublishedYear
from governance.assessment.result_models import FollowUp, PublishedResult, Recommendation
from governance.documents.lifecycle import State as DocumentState
from governance.documents.models import Document, Waiting
from governance.documents.queries import readable
from governance.kernel.db import db, json_of, within
from governance.obligations.models import Fulfilment, Obligation
from governance.people.actors import Actor
from governance.people.models import Post, Unit
from governance.people.roles import Role
from governance.tasks.lifecycle import OPEN
from governance.tasks.models import Task


@dataclass(frozen=True)
class Behind:
    """An office with the cycle's tasks that it has not done: how many it was asked, has open, is late with."""

    unit: str
    asked: int
    open: int
    late: int
    first_due_on: date | None


@dataclass(frozen=True)
class Late:
    """A duty whose day is past: the mandate and stage as the law names them."""

    id: int
    mandate: str
    stage: str
    due_on: date


@dataclass(frozen=True)
class Decision:
    """A document that waits for the Sekda."""

    id: int
    title: str
    kind: str


@dataclass(frozen=True)
class Undone:
    """A recommendation of an earlier result that is open or was not done."""

    id: int
    year: int
    number: int
    what: str
    unit: str
    due_on: date | None
    state: FollowUp


@dataclass(frozen=True)
class OnePage:
    """All of it, each list in the order of urgency."""

    published: PublishedYear | None
    offices: tuple[Behind, ...]
    duties: tuple[Late, ...]
    decisions: tuple[Decision, ...]
    recommendations: tuple[Undone, ...]


def one_page(actor: Actor, cycle: Seen, today: date) -> OnePage:
    """What the page tells, as far as the actor may see the documents. One statement."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for what, told in db.session.execute(union_all(*_parts(actor, cycle, today))):
        found[what].append(told)
    offices = [Behind(**one | {"first_due_on": _day(one["first_due_on"])}) for one in found["office"]]
    duties = [Late(**one | {"due_on": date.fromisoformat(one["due_on"])}) for one in found["duty"]]
    undone = [
        Undone(**one | {"due_on": _day(one["due_on"]), "state": FollowUp(one["state"])}) for one in found["undone"]
    ]
    return OnePage(
        _published(found["result"]),
        tuple(sorted((one for one in offices if one.open), key=lambda one: (-one.late, -one.open, one.unit))),
        tuple(sorted(duties, key=lambda one: (one.due_on, one.id))),
        tuple(Decision(**one) for one in sorted(found["decision"], key=lambda one: int(one["id"]))),
        tuple(sorted(undone, key=lambda one: (one.due_on or date.max, one.year, one.number))),
    )


def _parts(actor: Actor, cycle: Seen, today: date) -> list[Select[Any]]:
    """One SELECT of each sort of row, all of the same two columns: what it is, and the row as JSON."""
    return [
        _result(actor, cycle),
        _offices(actor, cycle, today),
        _duties(actor, today),
        _decisions(actor),
        _undone(actor, cycle),
    ]


def _result(actor: Actor, cycle: Seen) -> Select[Any]:
    names = ("values", "predicate", "number", "dated_on", "source")
    told = json_of(**{name: getattr(PublishedResult, name) for name in names})
    return within(actor.institution_id, PublishedResult, literal("result"), told).where(
        PublishedResult.year == cycle.year,
        PublishedResult.instrument == cycle.instrument,
        PublishedResult.withdrawn_at.is_(None),
    )


def _offices(actor: Actor, cycle: Seen, today: date) -> Select[Any]:
    undone = Task.state.in_(OPEN)
    late = undone & (Task.due_on < today)
    told = json_of(
        unit=Unit.short,
        asked=func.count(Task.id),
        open=func.sum(case((undone, 1), else_=0)),
        late=func.sum(case((late, 1), else_=0)),
        first_due_on=func.min(case((undone, Task.due_on))),
    )
    asked = (CycleTask.assignment_id == Task.assignment_id) & (CycleTask.institution_id == Task.institution_id)
    return (
        within(actor.institution_id, Task, literal("office"), told)
        .select_from(Task)
        .join(CycleTask, asked)
        .join(Unit, Unit.id == Task.unit_id)
        .where(CycleTask.cycle_id == cycle.id)
        .group_by(Unit.id, Unit.name, Unit.short)
    )


def _duties(actor: Actor, today: date) -> Select[Any]:
    told = json_of(**{name: getattr(Obligation, name) for name in ("id", "mandate", "stage", "due_on")})
    return within(actor.institution_id, Obligation, literal("duty"), told).where(
        Obligation.fulfilment == Fulfilment.OPEN, Obligation.due_on < today, Obligation.estimated.is_(False)
    )


def _decisions(actor: Actor) -> Select[Any]:
    told = json_of(id=Document.id, title=Document.title, kind=Document.kind)
    turn = (Waiting.document_id == Document.id) & (Waiting.institution_id == Document.institution_id)
    return (
        within(actor.institution_id, Document, literal("decision"), told)
        .select_from(Document)
        .join(Waiting, turn)
        .join(Post, (Post.id == Waiting.post_id) & (Post.institution_id == Waiting.institution_id))
        .where(Post.role == Role.SECRETARY, Document.state != DocumentState.WITHDRAWN, readable(actor))
    )


def _undone(actor: Actor, cycle: Seen) -> Select[Any]:
    names = ("id", "year", "number", "what", "due_on", "state")
    told = json_of(unit=Unit.short, **{name: getattr(Recommendation, name) for name in names})
    return (
        within(actor.institution_id, Recommendation, literal("undone"), told)
        .select_from(Recommendation)
        .join(Unit, Unit.id == Recommendation.unit_id)
        .where(Recommendation.state != FollowUp.DONE, Recommendation.year <= cycle.year)
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _published(rows: list[dict[str, Any]]) -> PublishedYear | None:
    if not rows:
        return None
    (told,) = rows
    values = told["values"]  # A JSON column inside a JSON object: SQLite hands it on as text.
    texts = json.loads(values) if isinstance(values, str) else values
    return PublishedYear(texts, told["predicate"], told["number"], _day(told["dated_on"]), told["source"])
