"""Handing in: what the office's own page and the link without an account share; who is told of a step."""

from dataclasses import dataclass, field

from governance.kernel.db import db, one_within
from governance.kernel.errors import Invalid, Problem
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.tasks import lifecycle, wants
from governance.tasks.handing_in import FilePart, file_problems, media_of
from governance.tasks.lifecycle import SIDE, Move, Side, State
from governance.tasks.models import Assignment, HandIn, HandInFile, Task, TaskStep
from governance.tasks.wants import Kind, Want
from governance.trail.record import record
from workflows.asking import heads_of
from workflows.library import Library

WORDS_LIMIT = 4000
MOST_TOLD = 60  # problems at once: whoever has more begins with these
TOLD = {
    Move.ACCEPT: "task.acknowledged",
    Move.DECLINE: "task.declined",
    Move.RETURN: "task.returned",
    Move.VERIFY: "task.verified",
    Move.INSIST: "task.insisted",
    Move.CANCEL: "task.cancelled",
    Move.ASK_EXTENSION: "task.extension_asked",
    Move.GRANT_EXTENSION: "task.extension_granted",
    Move.REFUSE_EXTENSION: "task.extension_refused",
    Move.COMMENT: "task.commented",
    Move.REASSIGN: "task.asked",
    Move.HAND_IN: "task.handed_in",
}


@dataclass(frozen=True)
class Handed:
    """What is handed in: a note, the rows of each table asked for (typed, or read from a sheet), files."""

    task_id: int
    version: int
    note: str = ""
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    files: tuple[FilePart, ...] = ()
    wrong: tuple[Problem, ...] = ()  # what reading the sheets found, each by its cell


def take(handed: Handed, held: tuple[Task, Assignment], step: TaskStep, *, by: Actor, library: Library) -> None:
    """Keep what is handed in as this step of the task, tell who asked, and write the trail; Invalid changes nothing."""
    task, asked = held
    state = lifecycle.after(State(task.state), Move.HAND_IN)
    tables = _checked(handed, wants.read(asked.wants))
    step.words = handed.note.strip()
    db.session.add(step)
    db.session.flush()
    _keep(task, step, tables, handed.files, library)
    task.state, task.moved_at, task.version = state, step.at, task.version + 1
    task.wished_until = None
    tell(task, asked, step, by)
    rows = sum(map(len, tables.values()))
    told = {"task": task.id, "files": len(handed.files), "rows": rows}
    record("task.handed_in", by=by, about=("assignment", asked.id), at=step.at, **told)


def first_told(problems: list[Problem]) -> list[Problem]:
    """So many as a person mends at one sitting, and how many more there are."""
    more = len(problems) - MOST_TOLD
    if more <= 0:
        return problems
    return [*problems[:MOST_TOLD], Problem("", "task.more_problems", {"count": more})]


def _checked(handed: Handed, asked: tuple[Want, ...]) -> dict[str, list[dict[str, str]]]:
    """The tables as they are kept; Invalid names what is missing and each wrong cell."""
    problems = [*unprintable("note", handed.note), *file_problems(handed.files), *handed.wrong]
    if len(handed.note) > WORDS_LIMIT:
        problems.append(Problem("note", "decision.reason_long", {"limit": WORDS_LIMIT}))
    tables, told_of = {}, {one.place for one in handed.wrong}
    for want in asked:
        if want.kind is Kind.TABLE:
            tables[want.key], wrong = wants.checked_rows(want, handed.tables.get(want.key, []))
            problems += [one for one in wrong if one.place not in told_of]
        elif want.required and not any(file.want == want.key for file in handed.files):
            problems.append(Problem(want.key, "task.want_missing", {"label": want.label}))
    if not (handed.note.strip() or handed.files or any(tables.values()) or handed.wrong):
        problems.append(Problem("note", "task.nothing"))
    if problems:
        raise Invalid(*first_told(problems))
    return {key: rows for key, rows in tables.items() if rows}


def _keep(
    task: Task, step: TaskStep, tables: dict[str, list[dict[str, str]]], files: tuple[FilePart, ...], library: Library
) -> None:
    row = HandIn(institution_id=task.institution_id, task_id=task.id, step_id=step.id, tables=tables)
    db.session.add(row)
    db.session.flush()
    for file in files:
        kept = HandInFile(institution_id=task.institution_id, hand_in_id=row.id, want=file.want, name=file.name)
        kept.media, kept.size, kept.sha256 = media_of(file), len(file.data), library.files.keep(file.data)
        db.session.add(kept)


def tell(task: Task, asked: Assignment, step: TaskStep, by: Actor) -> None:
    """The other side is told; of a comment, whoever did not write it."""
    answers = SIDE.get(step.move, Side.ASKED if by.unit_id == task.unit_id else Side.ASKER) is Side.ASKED
    unit = one_within(by.institution_id, Unit, task.unit_id)
    params = {"what": asked.what[:300], "by": by.title, "unit": unit.short, "words": step.words[:300]}
    until = step.until or (task.due_on if step.move is Move.GRANT_EXTENSION else None)
    days = {"until_on": until, "due_on": task.due_on}
    params |= {name: day.isoformat() for name, day in days.items() if day is not None}
    leave(
        heads_of(by, [asked.unit_id if answers else task.unit_id]),
        TOLD[step.move],
        by=by,
        at=step.at,
        cause=f"task.step:{step.id}",
        document_id=asked.document_id,
        task_id=task.id,
        params=params,
    )
