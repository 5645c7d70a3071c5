"""What an office can offer without uploading: files that it handed in for the item's task, and acts that it may see."""

from dataclasses import dataclass
from datetime import date

from governance.assessment.cycle_models import CycleTask
from governance.documents.models import Act as Enacted
from governance.documents.models import Document
from governance.documents.queries import readable
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people.actors import Actor
from governance.people.roles import Role
from governance.tasks.models import HandIn, HandInFile, Task

LATEST = 200


@dataclass(frozen=True)
class HandedFile:
    """A file that was handed in for the task of an item."""

    id: int
    name: str
    size: int


@dataclass(frozen=True)
class EnactedAct:
    """An act as it is chosen from a list."""

    id: int
    title: str
    number: str
    signed_on: date


def handed_for(actor: Actor, cycle_id: int, item: str) -> list[HandedFile]:
    """The files that the actor's office handed in for the item's task (every office's, for the digital one)."""
    rows = (
        within(actor.institution_id, HandInFile, HandInFile.id, HandInFile.name, HandInFile.size)
        .join(HandIn, HandIn.id == HandInFile.hand_in_id)
        .join(Task, Task.id == HandIn.task_id)
        .join(CycleTask, CycleTask.assignment_id == Task.assignment_id)
        .where(CycleTask.cycle_id == cycle_id, CycleTask.item == item)
        .order_by(HandInFile.id.desc())
        .limit(LATEST)
    )
    if actor.role is not Role.DIGITAL:
        rows = rows.where(Task.unit_id == actor.unit_id)
    return [HandedFile(*row) for row in db.session.execute(rows)]


def place_of_handed(actor: Actor, file_id: int) -> tuple[int, str, str]:
    """The cycle and the item whose task a file was handed in for, and the key of what it answers; NotFound."""
    rows = (
        within(actor.institution_id, HandInFile, CycleTask.cycle_id, CycleTask.item, HandInFile.want)
        .select_from(HandInFile)
        .join(HandIn, HandIn.id == HandInFile.hand_in_id)
        .join(Task, Task.id == HandIn.task_id)
        .join(CycleTask, CycleTask.assignment_id == Task.assignment_id)
        .where(HandInFile.id == file_id)
    )
    if actor.role is not Role.DIGITAL:
        rows = rows.where(Task.unit_id == actor.unit_id)
    found = db.session.execute(rows).first()
    if found is None:
        raise NotFound
    return found[0], found[1], found[2]


def acts_for(actor: Actor) -> list[EnactedAct]:
    """The latest acts that the actor may see."""
    rows = (
        within(actor.institution_id, Document, Enacted.id, Enacted.title, Enacted.number, Enacted.signed_on)
        .select_from(Document)
        .join(Enacted, Enacted.id == Document.act_id)
        .where(readable(actor))
        .order_by(Enacted.signed_on.desc(), Enacted.id.desc())
        .limit(LATEST)
    )
    return [EnactedAct(*row) for row in db.session.execute(rows)]
