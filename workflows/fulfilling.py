"""Fulfilling: an obligation reported as met, waived with a reason, acknowledged, or its answer taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents.scans import kept
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Refusal, Stale
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.obligations import delivery
from governance.obligations.models import Fulfilment, Obligation, is_answered
from governance.obligations.recomputing import timetable_changed
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post, Unit
from governance.people.permissions import Act, Matter
from governance.people.roles import Role
from governance.tasks.lifecycle import State
from governance.tasks.models import Assignment, Task
from governance.trail.record import record
from workflows.asking import heads_of
from workflows.bells import ring
from workflows.library import Library

HOW_LIMIT = 200
REASON_LIMIT = 1000


@dataclass(frozen=True)
class Report:
    """With what an obligation was met: a text (a report's number), its file, or what a unit handed in (`task_id`).

    `version` is the one that was seen; `on` the day it was met, today where none is named.
    """

    obligation_id: int
    version: int
    how: str = ""
    on: date | None = None
    file: bytes | None = None
    task_id: int | None = None


def report(given: Report, *, by: Actor, now: datetime, library: Library) -> None:
    """Report an obligation as met; its reminders end."""
    with transaction():
        row = _for_change(given.obligation_id, given.version, by)
        permissions.require(by, Act.ANSWER_DUTY, Matter(addressed_unit_id=row.unit_id))
        _require_open(row)
        how, on = _how(given, row, by), given.on or day_in(by.timezone, now)
        if on > day_in(by.timezone, now):
            raise Invalid(Problem("on", "enact.future", {"today": day_in(by.timezone, now).isoformat()}))
        row.report_sha256 = kept(given.file, library.files)
        row.fulfilment, row.met_on, row.met_by = Fulfilment.MET, on, how
        _answered(row, by, now)
        told = {"how": how, "met_on": on.isoformat(), "report": row.report_sha256, "task": given.task_id}
        record("obligation.met", by=by, about=("obligation", row.id), at=now, **told)


def waive(obligation_id: int, version: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Say why an obligation need not be met; the unit that answers for it, Diskominfo and the Sekda are told."""
    with transaction() as after_commit:
        row = _for_change(obligation_id, version, by)
        permissions.require(by, Act.WAIVE)
        _require_open(row)
        row.fulfilment, row.reason = Fulfilment.WAIVED, _reason(reason)
        _answered(row, by, now)
        roles = within(by.institution_id, Post, Post.id).where(Post.role.in_([Role.DIGITAL, Role.SECRETARY]))
        posts = {*db.session.scalars(roles), *db.session.scalars(heads_of(by, [row.unit_id or 0]))}
        told = {"mandate": row.mandate, "stage": row.stage, "year": row.year, "by": by.title, "reason": row.reason}
        cause = f"obligation.waived:{row.id}:{row.version}"
        posts -= {by.post_id or 0}
        leave(posts, "obligation.waived", by=by, at=now, cause=cause, obligation_id=row.id, params=told)
        record("obligation.waived", by=by, about=("obligation", row.id), at=now, reason=row.reason)
        after_commit(ring("notices.deliver"))


def take_back(obligation_id: int, version: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Take an answer back, with a reason: the obligation is open again, and its date is computed anew."""
    with transaction() as after_commit:
        row = _for_change(obligation_id, version, by)
        act = Act.WAIVE if row.fulfilment is Fulfilment.WAIVED else Act.ANSWER_DUTY
        permissions.require(by, act, Matter(addressed_unit_id=row.unit_id))
        _require_ours(row)
        if not is_answered(row):
            raise Refusal("obligation.not_answered")
        why = _reason(reason)
        row.fulfilment, row.met_on, row.met_by = Fulfilment.OPEN, None, ""
        row.report_sha256, row.act_id = None, None
        _answered(row, by, now)
        row.reason = row.by_title = ""
        because = {"key": "because.taken_back", "params": {}}
        timetable_changed(f"obligation:{row.id}:{row.version}", by=by, at=now, because=because)
        record("obligation.taken_back", by=by, about=("obligation", row.id), at=now, reason=why)
        after_commit(ring("jobs.run"))


def acknowledge(obligation_id: int, version: int, *, by: Actor, now: datetime) -> None:
    """Say that it is being dealt with: no more reminders for this due date. A date that moves asks anew."""
    with transaction():
        row = _for_change(obligation_id, version, by)
        permissions.require(by, Act.ANSWER_DUTY, Matter(addressed_unit_id=row.unit_id))
        if row.fulfilment is not Fulfilment.OPEN:
            raise Refusal("obligation.not_open")
        if row.due_on is None:
            raise Refusal("obligation.undated")
        row.acknowledged_at, row.acknowledged_by, row.acknowledged_due = now, by.title, row.due_on
        row.version, row.changed_at = row.version + 1, now
        due_on = row.due_on.isoformat()
        record("obligation.acknowledged", by=by, about=("obligation", row.id), at=now, due_on=due_on)


def _for_change(obligation_id: int, version: int, by: Actor) -> Obligation:
    rows = within(by.institution_id, Obligation).where(Obligation.id == obligation_id)
    row: Obligation | None = db.session.scalar(rows.with_for_update())
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale((f"obligation:{row.version}",))
    return row


def _require_ours(row: Obligation) -> None:
    if row.stage == delivery.STAGE:
        raise Refusal("delivery.met_by_receipts")


def _require_open(row: Obligation) -> None:
    _require_ours(row)
    if row.fulfilment is not Fulfilment.OPEN:
        raise Refusal("obligation.not_open")


def _answered(row: Obligation, by: Actor, now: datetime) -> None:
    row.by_title, row.version, row.changed_at = by.title or "–", row.version + 1, now


def _how(given: Report, row: Obligation, by: Actor) -> str:
    """What met it, in words: as typed, and whose hand-in it was."""
    typed = given.how.strip()
    problems = unprintable("how", typed)
    if len(typed) > HOW_LIMIT:
        problems.append(Problem("how", "draft.too_long", {"limit": HOW_LIMIT}))
    if not typed and given.task_id is None:
        problems.append(Problem("how", "obligation.how_missing"))
    if problems:
        raise Invalid(*problems)
    handed = _handed(given.task_id, row, by) if given.task_id is not None else ""
    return "; ".join(part for part in (typed, handed) if part)[:HOW_LIMIT]


def _handed(task_id: int, row: Obligation, by: Actor) -> str:
    """Whose verified hand-in it was, of a task that was asked because of this obligation; else Invalid."""
    rows = within(by.institution_id, Task, Unit.name, Assignment.what).select_from(Task)
    rows = rows.join(Assignment, Assignment.id == Task.assignment_id).join(Unit, Unit.id == Task.unit_id)
    rows = rows.where(Task.id == task_id, Task.state == State.VERIFIED, Assignment.obligation_id == row.id)
    found = db.session.execute(rows).first()
    if found is None:
        raise Invalid(Problem("task", "obligation.task_unknown"))
    return f"{found.name}: {found.what}"


def _reason(reason: str) -> str:
    problems = unprintable("reason", reason)
    if not reason.strip():
        problems.append(Problem("reason", "obligation.reason_missing"))
    if len(reason) > REASON_LIMIT:
        problems.append(Problem("reason", "draft.too_long", {"limit": REASON_LIMIT}))
    if problems:
        raise Invalid(*problems)
    return reason.strip()
