"""Reading tasks: a unit's own, all that was handed out, one task with its steps, and what was asked of whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_

from governance.documents.models import Act, Document
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.people.permissions import Matter
from governance.tasks import wants
from governance.tasks.lifecycle import OPEN, Move, Side, State, moves_from
from governance.tasks.models import Assignment, HandIn, HandInFile, Source, Task, TaskStep
from governance.tasks.wants import Want

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """A unit's part as pages and API show it; `version` is what the next move must name."""

    id: int
    assignment_id: int
    source: Source
    document_id: int | None
    document_title: str
    number: str
    obligation_id: int | None
    unit_id: int
    unit_name: str
    place: str
    what: str
    why: str
    due_on: date | None
    state: State
    created_at: datetime
    moved_at: datetime
    acknowledged_at: datetime | None
    wished_until: date | None
    version: int
    asker_unit_id: int
    asked_by: str
    wants: tuple[Want, ...]
    mine: bool
    follows_up: bool
    revoked_on: date | None = None

    def lapsed(self, today: date) -> bool:
        """Whether the act that asked for it was ended by a later one: nothing is asked any more."""
        return self.revoked_on is not None and self.revoked_on <= today

    def is_open(self, today: date) -> bool:
        """Whether the unit still has something to do."""
        return self.state in OPEN and not self.lapsed(today)

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the reader may do now."""
        sides = [side for side, true in ((Side.ASKED, self.mine), (Side.ASKER, self.follows_up)) if true]
        wished = self.wished_until is not None
        found = [move for side in sides for move in moves_from(self.state, side, extension_asked=wished)]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class HandedFile:
    """A file that was handed in."""

    id: int
    want: str
    name: str
    media: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Taken:
    """A step of a task as its page shows it; a hand-in with its tables and files."""

    id: int
    move: Move
    words: str
    until: date | None
    unit_name: str
    by_title: str
    at: datetime
    tables: dict[str, list[dict[str, str]]]
    files: tuple[HandedFile, ...]


def tasks_of_unit(actor: Actor) -> list[Asked]:
    """What the actor's unit is asked: what is open first, then by date."""
    rows = _rows(actor).where(Task.unit_id == actor.unit_id)
    return _asked(actor, rows.order_by(_closed_last(), Task.due_on, Task.id))


def tasks_of_document(actor: Actor, document_id: int) -> list[Asked]:
    """What a document asked: every unit's copy for posts that watch and for its initiator, else the own unit's."""
    rows = _rows(actor).where(Assignment.document_id == document_id, readable(actor))
    return _asked(actor, rows.order_by(Assignment.place, Unit.name))


def tasks_of_obligation(actor: Actor, obligation_id: int) -> list[Asked]:
    """What was asked because of an obligation: every unit's copy for posts that watch, else what is the reader's."""
    rows = _rows(actor).where(Assignment.obligation_id == obligation_id, readable(actor))
    return _asked(actor, rows.order_by(Unit.name, Task.id))


def tasks_handed_out(actor: Actor, limit: int = 200) -> list[Asked]:
    """What all units were asked, what is open first; for posts that watch."""
    return _asked(actor, _rows(actor).order_by(_closed_last(), Task.due_on, Unit.name).limit(limit))


def task(actor: Actor, task_id: int) -> Asked:
    """One task of the actor's unit, of one that it asks, or of any unit for posts that watch; NotFound otherwise."""
    found = _asked(actor, _rows(actor).where(Task.id == task_id, readable(actor)))
    if not found:
        raise NotFound
    return found[0]


def may_read(actor: Actor, task_id: int) -> bool:
    """Whether the actor may see a task."""
    rows = within(actor.institution_id, Task, Task.id).join(Assignment, Assignment.id == Task.assignment_id)
    return db.session.scalar(rows.where(Task.id == task_id, readable(actor))) is not None


def copies(actor: Actor, assignment_id: int) -> list[Asked]:
    """Every unit's copy of what was asked, the longest silent first; NotFound where it is not the actor's to see."""
    found = _asked(
        actor,
        _rows(actor).where(Task.assignment_id == assignment_id, readable(actor)).order_by(Task.moved_at, Unit.name),
    )
    if not found:
        raise NotFound
    return found


def late(actor: Actor, today: date) -> list[Asked]:
    """All that is open after its day of what the actor's unit asked (of all, for Diskominfo), the oldest day first."""
    rows = _rows(actor).where(Task.state.in_(OPEN), Task.due_on < today, _followed_up(actor))
    found = _asked(actor, rows.order_by(Task.due_on, Task.moved_at, Task.id))
    return [one for one in found if not one.lapsed(today)]


@dataclass(frozen=True)
class Round:
    """Something that was asked, and how many units stand where."""

    id: int
    source: Source
    what: str
    due_on: date | None
    created_at: datetime
    asked_by: str
    count: int
    open: int
    late: int
    handed_in: int
    verified: int
    declined: int


def rounds(actor: Actor, today: date, after: int | None = None) -> list[Round]:
    """What the actor's unit asked (for posts that watch: what anyone asked), newest first, one page."""

    def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    is_open = Task.state.in_(OPEN)
    sums = (
        func.count(Task.id),
        counted(is_open),
        counted(is_open & (Task.due_on < today)),
        counted(Task.state == State.HANDED_IN),
        counted(Task.state == State.VERIFIED),
        counted(Task.state == State.DECLINED),
    )
    rows = within(actor.institution_id, Assignment, Assignment, *sums).join(Task, Task.assignment_id == Assignment.id)
    if not permissions.may(actor, permissions.Act.WATCH):
        rows = rows.where(Assignment.unit_id == actor.unit_id)
    if after is not None:
        rows = rows.where(Assignment.id < after)
    found = db.session.execute(rows.group_by(Assignment.id).order_by(Assignment.id.desc()).limit(PAGE)).all()
    return [
        Round(row.id, row.source, row.what, row.due_on, row.created_at, row.by_title, *map(int, counts))
        for row, *counts in found
    ]


def steps(actor: Actor, task_id: int) -> list[Taken]:
    """What was done with a task that the actor may see, oldest first."""
    rows = (
        within(actor.institution_id, TaskStep, TaskStep, Unit.name, HandIn)
        .outerjoin(Unit, Unit.id == TaskStep.unit_id)
        .outerjoin(HandIn, HandIn.step_id == TaskStep.id)
        .where(TaskStep.task_id == task_id)
        .order_by(TaskStep.id)
    )
    found = db.session.execute(rows).all()
    files = _files(actor, [row.HandIn.id for row in found if row.HandIn])
    return [
        Taken(
            id=step.id,
            move=step.move,
            words=step.words,
            until=step.until,
            unit_name=unit or "",
            by_title=step.by_title,
            at=step.at,
            tables=dict(handed.tables) if handed else {},
            files=tuple(files.get(handed.id, ())) if handed else (),
        )
        for step, unit, handed in found
    ]


def handed_file(actor: Actor, file_id: int) -> HandedFile:
    """A file handed in for a task that the actor may see; NotFound otherwise."""
    rows = (
        within(actor.institution_id, HandInFile)
        .join(HandIn, HandIn.id == HandInFile.hand_in_id)
        .join(Task, Task.id == HandIn.task_id)
        .join(Assignment, Assignment.id == Task.assignment_id)
    )
    row = db.session.scalar(rows.where(HandInFile.id == file_id, readable(actor)))
    if row is None:
        raise NotFound
    return _file(row)


def _files(actor: Actor, hand_ins: list[int]) -> dict[int, list[HandedFile]]:
    found: dict[int, list[HandedFile]] = {}
    if hand_ins:
        rows = within(actor.institution_id, HandInFile).where(HandInFile.hand_in_id.in_(hand_ins))
        for row in db.session.scalars(rows.order_by(HandInFile.id)):
            found.setdefault(row.hand_in_id, []).append(_file(row))
    return found


def _file(row: HandInFile) -> HandedFile:
    return HandedFile(row.id, row.want, row.name, row.media, row.size, row.sha256)


def _closed_last() -> ColumnElement[bool]:
    return Task.state.not_in(OPEN)


def readable(actor: Actor) -> ColumnElement[bool]:
    """The own unit's, what the own unit asks, and all for the posts that watch."""
    if permissions.may(actor, permissions.Act.WATCH):
        return Task.id.is_not(None)
    return or_(Task.unit_id == actor.unit_id, Assignment.unit_id == actor.unit_id)


def _followed_up(actor: Actor) -> ColumnElement[bool]:
    if permissions.may(actor, permissions.Act.FOLLOW_UP):
        return Task.id.is_not(None)
    return Assignment.unit_id == actor.unit_id


def _rows(actor: Actor) -> Select[Any]:
    return (
        within(actor.institution_id, Task, Task, Assignment, Document.title, Act.number, Act.revoked_on, Unit.name)
        .join(Assignment, Assignment.id == Task.assignment_id)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Document, Document.id == Assignment.document_id)
        .outerjoin(Act, Act.id == Document.act_id)
    )


def _asked(actor: Actor, rows: Select[Any]) -> list[Asked]:
    return [
        Asked(
            id=row.id,
            assignment_id=asked.id,
            source=asked.source,
            document_id=asked.document_id,
            document_title=title or "",
            number=number or "",
            obligation_id=asked.obligation_id,
            unit_id=row.unit_id,
            unit_name=unit,
            place=asked.place,
            what=asked.what,
            why=asked.why,
            due_on=row.due_on,
            state=row.state,
            created_at=row.created_at,
            moved_at=row.moved_at,
            acknowledged_at=row.acknowledged_at,
            wished_until=row.wished_until,
            version=row.version,
            asker_unit_id=asked.unit_id,
            asked_by=asked.by_title,
            wants=wants.read(asked.wants),
            mine=actor.post_id is not None and row.unit_id == actor.unit_id,  # Who is stood in for answers nothing.
            revoked_on=revoked_on,
            follows_up=permissions.may(actor, permissions.Act.FOLLOW_UP, Matter(initiating_unit_id=asked.unit_id)),
        )
        for row, asked, title, number, revoked_on, unit in db.session.execute(rows)
    ]
