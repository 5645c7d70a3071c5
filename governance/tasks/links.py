"""Links by which an office hands in without an account: what a secret leads to, and a task's links."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from governance.documents.models import Act, Document
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.models import Institution, Unit
from governance.tasks import wants
from governance.tasks.lifecycle import MOVES, Move, State
from governance.tasks.models import Assignment, HandInLink, Task, TaskStep
from governance.tasks.wants import Want


class Standing(StrEnum):
    """Whether a link still opens its task, and why not."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    CLOSED = "closed"  # the task takes nothing any more, or is another office's now


@dataclass(frozen=True)
class Opened:
    """What a stranger with the secret sees: the office and what it is asked, and no person's name."""

    link_id: int
    institution_id: int
    institution: str
    timezone: str
    task_id: int
    unit_id: int
    unit: str
    unit_short: str
    asked_by: str
    what: str
    why: str
    place: str
    number: str
    title: str
    due_on: date | None
    returned: str
    wants: tuple[Want, ...]
    by_title: str
    expires_at: datetime
    used_at: datetime | None
    standing: Standing


@dataclass(frozen=True)
class Kept:
    """A link as the task's page shows it; its address is shown once and never again."""

    id: int
    by_title: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    revoked_by: str
    used_at: datetime | None

    def is_in_use(self, now: datetime) -> bool:
        """Whether somebody could still hand in by it."""
        return self.revoked_at is None and self.used_at is None and self.expires_at > now


def opened_by(digest: str, now: datetime, today_in: Any) -> Opened | None:
    """What the secret with that digest leads to; None where there is none. Asks across institutions."""
    rows = (
        select(HandInLink, Task, Assignment, Unit, Institution, Document.title, Act.number, Act.revoked_on)
        .join(Task, (Task.institution_id == HandInLink.institution_id) & (Task.id == HandInLink.task_id))
        .join(Assignment, (Assignment.institution_id == Task.institution_id) & (Assignment.id == Task.assignment_id))
        .join(Unit, (Unit.institution_id == HandInLink.institution_id) & (Unit.id == HandInLink.unit_id))
        .join(Institution, Institution.id == HandInLink.institution_id)
        .outerjoin(
            Document, (Document.institution_id == Assignment.institution_id) & (Document.id == Assignment.document_id)
        )
        .outerjoin(Act, (Act.institution_id == Document.institution_id) & (Act.id == Document.act_id))
        .where(HandInLink.digest == digest)
        .execution_options(across=True)
    )
    found = db.session.execute(rows).first()
    if found is None:
        return None
    row, task, asked, unit, place, title, number, revoked_on = found
    lapsed = revoked_on is not None and revoked_on <= today_in(place.timezone, now)
    return Opened(
        link_id=row.id, institution_id=row.institution_id, institution=place.name, timezone=place.timezone,
        task_id=task.id, unit_id=row.unit_id, unit=unit.name, unit_short=unit.short, asked_by=asked.by_title,
        what=asked.what, why=asked.why, place=asked.place, number=number or "", title=title or "", due_on=task.due_on,
        returned=_returned(task), wants=wants.read(asked.wants), by_title=row.by_title, expires_at=row.expires_at,
        used_at=row.used_at, standing=Standing.CLOSED if lapsed else standing(row, task, now),
    )  # fmt: skip


def standing(row: HandInLink, task: Task, now: datetime) -> Standing:
    """Whether a link opens its task at that moment."""
    if row.revoked_at is not None:
        return Standing.REVOKED
    if row.used_at is not None:
        return Standing.USED
    if row.expires_at <= now:
        return Standing.EXPIRED
    if task.unit_id != row.unit_id or (State(task.state), Move.HAND_IN) not in MOVES:
        return Standing.CLOSED
    return Standing.OPEN


def links_of(actor: Actor, task_id: int) -> list[Kept]:
    """The links of a task that the actor may see, the newest first."""
    rows = within(actor.institution_id, HandInLink).where(HandInLink.task_id == task_id)
    return [
        Kept(row.id, row.by_title, row.made_at, row.expires_at, row.revoked_at, row.revoked_by, row.used_at)
        for row in db.session.scalars(rows.order_by(HandInLink.id.desc()))
    ]


def _returned(task: Task) -> str:
    """What must be mended, where what was handed in was returned."""
    if task.state is not State.RETURNED:
        return ""
    rows = within(task.institution_id, TaskStep, TaskStep.words).where(TaskStep.task_id == task.id)
    return db.session.scalar(rows.where(TaskStep.move == Move.RETURN).order_by(TaskStep.id.desc()).limit(1)) or ""
