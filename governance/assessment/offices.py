"""Which office has what in a cycle: the matrix, the posts with a part, one office's indicators, and what to warn of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select, union_all

from governance.assessment.asking import ORDER, States
from governance.assessment.conflicts import Conflict, Rater, conflicts
from governance.assessment.course import CycleRole, Part, ScoreStage, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat, CycleTask, Share
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceState, Reason
from governance.assessment.score_models import Score
from governance.assessment.shares import in_order
from governance.assessment.teams import AUDITORS, teams_in_force
from governance.documents.models import Secrecy
from governance.kernel.db import db, within
from governance.people.models import Post, Unit
from governance.people.queries import short_title
from governance.people.roles import Role
from governance.tasks.lifecycle import State
from governance.tasks.models import Task

REGION = (Role.HEAD_OF_REGION, Role.DEPUTY_HEAD)  # they are no office of their own in a matrix


@dataclass(frozen=True)
class Office:
    """A unit that can have a share: one with a post below the head of the region."""

    id: int
    key: str
    name: str
    short: str


@dataclass(frozen=True)
class Shared:
    """An office's part in an item; `how_sure` "" where it was set by hand."""

    unit_id: int
    part: Part
    how_sure: str


@dataclass(frozen=True)
class Seated:
    """A post's part in a cycle; `title` as people call the post, `items` those that it rates, none: all."""

    role: CycleRole
    post_id: int
    post_key: str
    title: str
    unit_id: int
    post_role: Role
    items: tuple[str, ...]
    how_sure: str


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


def offices_of(institution_id: int) -> list[Office]:
    """Every office of an institution, in the order of its file. One statement."""
    rows = (
        within(institution_id, Unit, Unit.id, Unit.key, Unit.name, Unit.short)
        .join(Post, Post.unit_id == Unit.id)
        .where(Post.role.not_in(REGION))
        .distinct()
        .order_by(Unit.id)
    )
    return [Office(*row) for row in db.session.execute(rows)]


def matrix(institution_id: int, cycle_id: int) -> dict[str, tuple[Shared, ...]]:
    """The offices of every item of a cycle, who is responsible first. One statement."""
    rows = within(institution_id, Share, Share.item, Share.unit_id, Share.part, Share.how_sure).where(
        Share.cycle_id == cycle_id
    )
    found: dict[str, list[Shared]] = {}
    for item, unit_id, part, how_sure in db.session.execute(rows.order_by(Share.unit_id)):
        found.setdefault(item, []).append(Shared(unit_id, part, how_sure))
    return {item: tuple(sorted(some, key=lambda one: one.part is not Part.RESPONSIBLE)) for item, some in found.items()}


def seated(institution_id: int, cycle_id: int) -> list[Seated]:
    """The posts with a part in a cycle, in the order in which they were given it. One statement."""
    rows = (
        within(institution_id, CycleSeat, CycleSeat, Post, Unit)
        .join(Post, Post.id == CycleSeat.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(CycleSeat.cycle_id == cycle_id)
        .order_by(CycleSeat.id)
    )
    return [
        Seated(
            role=seat.role,
            post_id=post.id,
            post_key=post.key,
            title=short_title(post, unit),
            unit_id=unit.id,
            post_role=post.role,
            items=tuple(seat.items),
            how_sure=seat.how_sure,
        )
        for seat, post, unit in db.session.execute(rows)
    ]


def warnings(
    instrument: Instrument,
    seats: Collection[Seated],
    shared: Mapping[str, Collection[Shared]],
    auditors: Collection[str],
) -> tuple[Conflict, ...]:
    """What is to be warned of; `auditors` are the keys of the posts in the audit team in force."""
    audits = {seat.unit_id for seat in seats if seat.post_key in auditors}
    raters = [
        Rater(seat.post_id, seat.unit_id, seat.post_role, seat.items, seat.unit_id in audits)
        for seat in seats
        if seat.role is CycleRole.ASSESSOR
    ]
    return conflicts(instrument, raters, {item: {one.unit_id for one in some} for item, some in shared.items()})


def auditors_of(institution_id: int, today: date) -> frozenset[str]:
    """The keys of the posts in the audit team decree in force. One statement."""
    members = teams_in_force(institution_id, today, (AUDITORS,)).get(AUDITORS, ())
    return frozenset(one.post_key for one in members)


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
