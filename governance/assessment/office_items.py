"""One office's items in a cycle: their scores, how far evidence has come, its task, and what assessors last said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select, union_all

from governance.assessment.asking import ORDER, States
from governance.assessment.course import Part, ScoreStage, Stage
from governance.assessment.cycle_models import Cycle, CycleTask, Share
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.judging import EvidenceState, Reason
from governance.assessment.score_models import Score
from governance.assessment.shares import in_order
from governance.documents.models import Secrecy
from governance.kernel.db import db, within
from governance.tasks.lifecycle import State
from governance.tasks.models import Task


@dataclass(frozen=True)
class OfficeItem:
    """An item in which an office has a share: its scores by stage, how far evidence has come, the office's task.

    `states` are everybody's evidence, `own` how many pieces of the office itself stand where.
    """

    item: str
    part: Part
    how_sure: str
    scores: Mapping[ScoreStage, Fraction]
    states: States
    own: Mapping[EvidenceState, int]
    task_id: int | None
    task_state: State | None
    due_on: date | None


@dataclass(frozen=True)
class AtHand:
    """The cycle at hand as an office's short block needs it."""

    id: int
    year: int
    instrument: str
    stage: Stage


@dataclass(frozen=True)
class Note:
    """The last that assessors said of an item: of the office's evidence, or with a score."""

    words: str
    reason: Reason | None
    by_title: str
    at: datetime


def items_of(institution_id: int, cycle_id: int, unit_id: int) -> list[OfficeItem]:
    """The items in which an office has a share, in their order. One statement."""
    rows = db.session.execute(_items(institution_id, unit_id).where(Share.cycle_id == cycle_id))
    return _ordered(_office_item(row) for row in rows)


def items_at_hand(institution_id: int, unit_id: int) -> tuple[AtHand | None, list[OfficeItem]]:
    """The same for the cycle at hand, with that cycle; (None, []) where the office has no share. One statement."""
    latest = (
        select(Cycle.id)
        .where(Cycle.institution_id == institution_id)
        .order_by((Cycle.stage == Stage.CLOSED), Cycle.year.desc())
        .limit(1)
        .scalar_subquery()
    )
    asked = _items(institution_id, unit_id).where(Share.cycle_id == latest).join(Cycle, Cycle.id == Share.cycle_id)
    rows = db.session.execute(asked.add_columns(Cycle.id, Cycle.year, Cycle.instrument, Cycle.stage)).all()
    cycle = AtHand(*rows[0][-4:]) if rows else None
    return cycle, _ordered(_office_item(row[:-4]) for row in rows)


def last_notes(institution_id: int, cycle_id: int, unit_id: int, *, plain: bool = False) -> dict[str, Note]:
    """The last that assessors said of each item to an office: of its evidence, or with the item's score.

    `plain` leaves out what was said of restricted evidence: for readers from other offices. One statement.
    """
    classes = (Secrecy.BIASA,) if plain else tuple(Secrecy)
    judged = (
        within(institution_id, EvidenceUse, *_said(EvidenceUse))
        .add_columns(EvidenceUse.reason)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(
            Evidence.secrecy.in_(classes),
            EvidenceUse.cycle_id == cycle_id,
            EvidenceUse.unit_id == unit_id,
            EvidenceUse.judged_at.is_not(None),
            EvidenceUse.withdrawn_at.is_(None),
        )
    )
    scored = within(
        institution_id,
        Score,
        Score.item,
        Score.at,
        Score.explanation,
        Score.by_title,
        literal(None, EvidenceUse.reason.type).label("reason"),
    ).where(
        Score.cycle_id == cycle_id, Score.counts, Score.stage != ScoreStage.PROPOSAL, func.length(Score.explanation) > 0
    )
    said = union_all(judged, scored).subquery()
    rows = db.session.execute(select(said).order_by(said.c.at))
    return {item: Note(words, reason, by_title, at) for item, at, words, by_title, reason in rows}


def _said(use: type[EvidenceUse]) -> tuple[Any, ...]:
    return use.item, use.judged_at.label("at"), use.words, use.judged_by


def _items(institution_id: int, unit_id: int) -> Select[Any]:
    """What a share's row is joined with: scores and evidence of its item, each as one text; the office's task."""
    here = (Score.institution_id == institution_id, Score.cycle_id == Share.cycle_id, Score.item == Share.item)
    scores = (
        select(func.aggregate_strings(cast(Score.stage, String).concat(":").concat(Score.value), ","))
        .where(*here, Score.counts, Score.value.is_not(None))
        .scalar_subquery()
    )
    task = (Task.assignment_id == CycleTask.assignment_id) & (Task.unit_id == unit_id)
    return (
        within(
            institution_id,
            Share,
            *(Share.item, Share.part, Share.how_sure, scores, _uses(institution_id)),
            _uses(institution_id, EvidenceUse.unit_id == unit_id),
            *(Task.id, Task.state, Task.due_on),
        )
        .outerjoin(CycleTask, (CycleTask.cycle_id == Share.cycle_id) & (CycleTask.item == Share.item))
        .outerjoin(Task, task)
        .where(Share.unit_id == unit_id)
    )


def _uses(institution_id: int, *only: ColumnElement[bool]) -> Any:
    said = cast(EvidenceUse.level, String).concat(":").concat(EvidenceUse.code).concat(":")
    said = said.concat(cast(EvidenceUse.state, String))
    return (
        select(func.aggregate_strings(said, ","))
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(
            EvidenceUse.institution_id == institution_id,
            Evidence.institution_id == institution_id,
            EvidenceUse.cycle_id == Share.cycle_id,
            EvidenceUse.item == Share.item,
            EvidenceUse.withdrawn_at.is_(None),
            Evidence.withdrawn_at.is_(None),
            *only,
        )
        .correlate(Share)
        .scalar_subquery()
    )


def _office_item(row: Any) -> OfficeItem:
    item, part, how_sure, scores, uses, own, task_id, task_state, due_on = row
    counted: dict[EvidenceState, int] = {}
    for _place, state in _read(own):
        counted[state] = counted.get(state, 0) + 1
    states: dict[tuple[int, str], EvidenceState] = {}
    for place, state in _read(uses):
        states[place] = max(states.get(place, state), state, key=ORDER.index)
    told = [one.split(":") for one in (scores or "").split(",") if one]
    return OfficeItem(
        item=item,
        part=part,
        how_sure=how_sure,
        scores={ScoreStage(stage): Fraction(value) for stage, value in told},
        states=states,
        own=counted,
        task_id=task_id,
        task_state=task_state,
        due_on=due_on,
    )


def _read(uses: str | None) -> list[tuple[tuple[int, str], EvidenceState]]:
    told = [one.split(":") for one in (uses or "").split(",") if one]
    return [((int(level), code), EvidenceState(state)) for level, code, state in told]


def _ordered(items: Any) -> list[OfficeItem]:
    return sorted(items, key=lambda one: in_order(one.item))
