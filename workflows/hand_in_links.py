"""Links by which an office hands in without an account: made with a secret told once, revoked, and used once."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from governance.documents.models import Document, Secrecy
from governance.kernel.clock import day_in
from governance.kernel.db import db, one_within, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem
from governance.kernel.texts import unprintable
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act, Matter
from governance.tasks import links
from governance.tasks.lifecycle import MOVES, Move, State
from governance.tasks.links import Opened, Standing
from governance.tasks.models import Assignment, HandInLink, Task, TaskStep
from governance.trail.record import record
from workflows.bells import ring
from workflows.handing import Handed, take
from workflows.library import Library
from workflows.screening import require_clean
from workflows.signing_in import digest

DAYS = (1, 3, 7, 14, 30)  # how long a link may open its task
MOST_IN_USE = 5  # of one task: whoever has more does not know who holds them
LONGEST_NAME = 80


@dataclass(frozen=True)
class ByLink:
    """What came by a link: the secret's digest, who says he hands it in, and what."""

    digest: str
    name: str
    handed: Handed


def make_link(task_id: int, days: int, *, by: Actor, now: datetime) -> str:
    """Make a link to a task for the office that is asked, and return its secret; it can never be shown again."""
    with transaction():
        task, asked = _for_links(task_id, by)
        if (State(task.state), Move.HAND_IN) not in MOVES:
            raise NotAllowed("task.link_closed")
        if asked.document_id is not None and _is_closed(asked.document_id, by):
            raise NotAllowed("task.link_secret")
        _require_room(task, days, by, now)
        secret = secrets.token_hex(16)
        row = HandInLink(institution_id=by.institution_id, task_id=task.id, unit_id=task.unit_id)
        row.digest, row.by_title, row.made_at = digest(secret), by.title, now
        row.expires_at, row.revoked_by = now + timedelta(days=days), ""
        db.session.add(row)
        db.session.flush()
        record("task.link_made", by=by, about=("assignment", asked.id), at=now, task=task.id, days=days)
    return secret


def revoke_link(link_id: int, *, by: Actor, now: datetime) -> int:
    """End a link of a task that the actor answers or follows up; a second time changes nothing. Returns its task."""
    with transaction():
        row = db.session.scalar(within(by.institution_id, HandInLink).where(HandInLink.id == link_id).with_for_update())
        if row is None:
            raise NotFound
        task, asked = _for_links(row.task_id, by)
        if row.revoked_at is None and row.used_at is None:
            row.revoked_at, row.revoked_by = now, by.title
            record("task.link_revoked", by=by, about=("assignment", asked.id), at=now, task=task.id)
        return task.id


def hand_in(came: ByLink, *, now: datetime, library: Library) -> None:
    """Hand in by a link, which is used up by it; every check is that of the office's own page."""
    opened = links.opened_by(came.digest, now, day_in)
    if opened is None:
        raise NotFound
    require_clean(came.handed.files, library)
    by = _stranger(opened)
    with transaction() as after_commit:
        rows = within(by.institution_id, Task).where(Task.id == opened.task_id)
        task = db.session.scalars(rows.with_for_update()).one()
        kept = within(by.institution_id, HandInLink).where(HandInLink.id == opened.link_id)
        row = db.session.scalars(kept.with_for_update()).one()
        if opened.standing is Standing.CLOSED or links.standing(row, task, now) is not Standing.OPEN:
            raise NotAllowed("task.link_closed")
        asked = one_within(by.institution_id, Assignment, task.assignment_id)
        step = TaskStep(institution_id=by.institution_id, task_id=task.id, move=Move.HAND_IN, at=now)
        problems = _name_problems(came.name)
        name = "" if problems else came.name.strip()
        step.by_title = f"{name}, melalui tautan {row.by_title}"[:200]
        db.session.add(step)
        db.session.flush()
        row.used_at, row.step_id = now, step.id
        handed = replace(came.handed, wrong=(*problems, *came.handed.wrong))
        take(handed, (task, asked), step, by=by, library=library)
        after_commit(ring("notices.deliver"))


def _stranger(opened: Opened) -> Actor:
    """Who acts by a link: the office, by no person and in no post."""
    title = f"{opened.unit_short} melalui tautan"
    return Actor(opened.institution_id, opened.timezone, unit_id=opened.unit_id, title=title)


def _for_links(task_id: int, by: Actor) -> tuple[Task, Assignment]:
    """The task, for whoever answers it or follows it up."""
    task = db.session.scalar(within(by.institution_id, Task).where(Task.id == task_id).with_for_update())
    if task is None:
        raise NotFound
    asked = one_within(by.institution_id, Assignment, task.assignment_id)
    mine = permissions.may(by, Act.ACKNOWLEDGE, Matter(addressed_unit_id=task.unit_id))
    if mine or permissions.may(by, Act.FOLLOW_UP, Matter(initiating_unit_id=asked.unit_id)):
        return task, asked
    if permissions.may(by, Act.WATCH) or by.unit_id in (task.unit_id, asked.unit_id):
        raise NotAllowed("refused.not_allowed", act=Act.FOLLOW_UP.value)
    raise NotFound


def _is_closed(document_id: int, by: Actor) -> bool:
    """Whether what asks is of a closed class: nothing of it goes to whoever merely holds an address."""
    return one_within(by.institution_id, Document, document_id).secrecy is not Secrecy.BIASA


def _require_room(task: Task, days: int, by: Actor, now: datetime) -> None:
    if days not in DAYS:
        raise Invalid(Problem("days", "task.link_days", {"known": ", ".join(map(str, DAYS))}))
    if len([one for one in links.links_of(by, task.id) if one.is_in_use(now)]) >= MOST_IN_USE:
        raise Invalid(Problem("days", "task.link_many", {"limit": MOST_IN_USE}))


def _name_problems(name: str) -> list[Problem]:
    problems = unprintable("name", name)
    if not name.strip():
        problems.append(Problem("name", "task.link_name"))
    elif len(name.strip()) > LONGEST_NAME:
        problems.append(Problem("name", "draft.too_long", {"limit": LONGEST_NAME}))
    return problems
