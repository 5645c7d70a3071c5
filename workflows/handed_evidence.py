"""What an office handed in for an indicator's task, made evidence at once: each file for what it answers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func

from governance.assessment import cycles
from governance.assessment.cycle_models import CycleTask
from governance.assessment.wanted import answers
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem
from governance.people.actors import Actor
from governance.tasks.models import HandIn, HandInFile, Task
from governance.trail.record import record
from workflows.evidence_keeping import Piece
from workflows.library import Library
from workflows.proving import Offer, lay


@dataclass(frozen=True)
class Taken:
    """How many files are evidence now, and how many answer no evidence item and are left to be chosen."""

    cycle_id: int
    item: str
    offered: int
    left: int


def offer_handed(task_id: int, *, by: Actor, now: datetime, library: Library) -> Taken:
    """Make drafts of what the actor's own office handed in last for an item's task. Done twice it does nothing new."""
    found = within(by.institution_id, CycleTask).join(Task, Task.assignment_id == CycleTask.assignment_id)
    asked = db.session.scalar(found.where(Task.id == task_id, Task.unit_id == by.unit_id))
    if asked is None:
        raise NotFound
    cycle_id, key = asked.cycle_id, asked.item
    with transaction():
        cycle = cycles.for_change(cycle_id, by)
        item = library.instruments.instrument(cycle.instrument).items[key]
        asked_for, files = answers(item), _files(task_id, by)
        wishes = [
            Offer(cycle_id, key, asked_for[want][0], Piece(handed_id=file_id), asked_for[want][1])
            for file_id, want in files
            if want in asked_for
        ]
        if not wishes:
            raise Invalid(Problem("", "evidence.nothing_handed"))
        made = [lay(cycle, wish, by=by, now=now, library=library) for wish in wishes]
        uses = [one.use.id for one in made if one.is_laid]
        record("evidence.offered_handed", by=by, about=("cycle", cycle_id), at=now, item=key, uses=uses)
    return Taken(cycle_id, key, len(wishes), len(files) - len(wishes))


def _files(task_id: int, by: Actor) -> list[tuple[int, str]]:
    """The files of the last hand-in, each with the key of what it answers."""
    last = within(by.institution_id, HandIn, func.max(HandIn.id)).where(HandIn.task_id == task_id).scalar_subquery()
    rows = within(by.institution_id, HandInFile, HandInFile.id, HandInFile.want).where(HandInFile.hand_in_id == last)
    return [(file_id, want) for file_id, want in db.session.execute(rows.order_by(HandInFile.id))]
