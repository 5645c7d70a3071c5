"""A spreadsheet into a cycle: read and judged first, taken in only when it is confirmed, and brought back out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from governance.assessment import cycles
from governance.assessment.course import Stage
from governance.assessment.cycle_models import Cycle, TableImport
from governance.assessment.eyes import eyes_of
from governance.assessment.sheet_cells import Ground
from governance.assessment.sheet_changes import Change, changes_of, touched_since
from governance.assessment.sheet_efforts import effort_problems
from governance.assessment.sheet_judging import judge, sorted_problems
from governance.assessment.sheet_layout import layouts_of
from governance.assessment.sheet_reading import read
from governance.assessment.sheet_rights import Hand
from governance.assessment.sheet_rows import Row, offices_of, standing
from governance.assessment.sheet_scores import Around, score_problems, stage_of
from governance.assessment.usual_costs import Usual
from governance.kernel.db import AfterCommit, db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem, Refusal, Stale
from governance.notices.leaving import leave_job
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.trail.record import record
from workflows.bells import ring
from workflows.importing_rows import put
from workflows.library import Library
from workflows.rating import require_open

LONGEST_NAME = 200
MOST_TOLD = 500  # problems at once


@dataclass(frozen=True)
class Uploaded:
    """A spreadsheet as it came."""

    cycle_id: int
    name: str
    data: bytes


def read_table(came: Uploaded, *, by: Actor, now: datetime, library: Library) -> int:
    """Read and judge it, and keep what it would change; returns the key under which it can be confirmed.

    Nothing of the cycle changes. Invalid names every cell that cannot be taken in, and then nothing is kept.
    """
    with transaction():
        cycle = cycles.for_change(came.cycle_id, by)
        hand = _hand(cycle, by)
        changes = _changes(came, cycle, hand, library)
        row = TableImport(institution_id=by.institution_id, cycle_id=cycle.id, name=came.name[:LONGEST_NAME])
        row.sha256, row.changes = library.files.keep(came.data), changes
        row.by_title, row.read_at = by.title, now
        db.session.add(row)
        db.session.flush()
        told = {"table": row.id, "name": row.name, "rows": len(changes), "sha256": row.sha256}
        record("sheet.read", by=by, about=("cycle", cycle.id), at=now, **told)
        return row.id


def confirm(table_id: int, *, by: Actor, now: datetime) -> int:
    """Take the changes in; returns how many rows changed. Stale names the cells that someone else changed meanwhile."""
    with transaction() as after_commit:
        cycle, row = _locked(table_id, by)
        if row.confirmed_at is not None:
            raise Refusal("sheet.confirmed_already")
        _require_hand(cycle, row.changes, by)
        _require_untouched(row.changes, "before", by, cycle)
        put(cycle, {one["row"]: one["after"] for one in row.changes}, by=by, now=now)
        _follow(cycle, row.changes, by, now, after_commit)
        made = standing(by.institution_id, cycle.id)
        row.changes = [{**one, "made": made.get(one["row"])} for one in row.changes]
        row.confirmed_at = now
        told = {"table": row.id, "name": row.name, "rows": len(row.changes), "sha256": row.sha256}
        record("sheet.imported", by=by, about=("cycle", cycle.id), at=now, **told)
        return len(row.changes)


def undo(table_id: int, *, by: Actor, now: datetime) -> int:
    """Bring back what stood before; Stale names what was changed since, and then nothing is brought back.

    A score is brought back as one that counts from now on: what was imported stays in its history.
    """
    with transaction() as after_commit:
        cycle, row = _locked(table_id, by)
        if row.confirmed_at is None or row.undone_at is not None:
            raise Refusal("sheet.nothing_to_undo")
        _require_hand(cycle, row.changes, by)
        _require_untouched(row.changes, "made", by, cycle)
        put(cycle, {one["row"]: one["before"] for one in row.changes}, by=by, now=now)
        _follow(cycle, row.changes, by, now, after_commit)
        row.undone_at, row.undone_by = now, by.title
        told = {"table": row.id, "name": row.name, "rows": len(row.changes)}
        record("sheet.undone", by=by, about=("cycle", cycle.id), at=now, **told)
        return len(row.changes)


def _changes(came: Uploaded, cycle: Cycle, hand: Hand, library: Library) -> list[Change]:
    layouts = layouts_of(cycle.round)
    book = read(came.data, came.name, layouts, cycle.id)
    offices, rows = offices_of(cycle.institution_id), standing(cycle.institution_id, cycle.id)
    instrument = library.instruments.instrument(cycle.instrument)
    works = Usual(library.law, instrument).costs.documents
    wished = judge(book, layouts, Ground(instrument, offices, works))
    changes, problems = changes_of(wished, book.base, rows, offices)
    around = Around(instrument, cycle.stage, cycle.year, wished.at)
    problems += [*wished.problems, *_not_his(changes, hand), *effort_problems(changes, rows, instrument, works)]
    problems += score_problems(changes, rows, around)
    if problems:
        told = list(sorted_problems(problems, layouts))
        more = [Problem("file", "sheet.more", {"count": len(told) - MOST_TOLD})] if len(told) > MOST_TOLD else []
        raise Invalid(*told[:MOST_TOLD], *more)
    if not changes:
        raise Invalid(Problem("file", "sheet.nothing"))
    return changes


def _follow(cycle: Cycle, changes: Sequence[Change], by: Actor, now: datetime, after_commit: AfterCommit) -> None:
    """Where offices came or went after the opening, their tasks follow, as they do after a change by hand."""
    moved = [
        [one["row"].partition(":")[2], int(unit_id)]
        for one in changes
        if one["row"].startswith("share:")
        for unit_id in sorted(_offices(one["before"]) ^ _offices(one["after"]))
    ]
    if any(one["row"].startswith("share:") for one in changes):
        cycle.version += 1
    if moved and cycle.stage is not Stage.PREPARATION:
        key = f"cycle:{cycle.id}:{cycle.version}"
        leave_job("sharing.follow", key=key, by=by, at=now, cycle_id=cycle.id, changed=moved, mark=cycle.version)
        after_commit(ring("jobs.run"))


def _offices(row: Row | None) -> set[str]:
    return set((row or {"units": {}})["units"])


def _not_his(changes: Sequence[Change], hand: Hand) -> list[Problem]:
    """Every cell of a row that the actor's post may not change."""
    foreign = [one for one in changes if not hand.may_change(one["row"])]
    return [Problem(cell[0], "sheet.not_his", {"cell": cell[0]}) for one in foreign for cell in one["cells"]]


def _hand(cycle: Cycle, by: Actor) -> Hand:
    """Who brings it, or NotAllowed."""
    hand = Hand(eyes_of(by), cycles.seen(cycle.id, by))
    permissions.require(by, Act.ENTER_TABLE, hand.seen.matter(by))
    return hand


def _require_hand(cycle: Cycle, changes: Sequence[Change], by: Actor) -> None:
    """Whoever confirms or undoes has to have the right of each change, and scores their time."""
    for stage in {stage_of(one["row"])[1] for one in changes if one["row"].startswith("score:")}:
        require_open(cycle, stage)
    hand = _hand(cycle, by)
    if not all(hand.may_change(one["row"]) for one in changes):
        raise NotAllowed("sheet.not_all_his")


def _require_untouched(changes: Sequence[Change], side: str, by: Actor, cycle: Cycle) -> None:
    touched = touched_since(changes, standing(by.institution_id, cycle.id), side)
    if touched:
        raise Stale(touched)


def _locked(table_id: int, by: Actor) -> tuple[Cycle, TableImport]:
    """The import and its cycle, locked; the import is read after the lock, as whoever held it left it."""
    key = within(by.institution_id, TableImport, TableImport.cycle_id).where(TableImport.id == table_id)
    cycle_id = db.session.scalar(key)
    if cycle_id is None:
        raise NotFound
    cycle = cycles.for_change(cycle_id, by)
    row: TableImport = db.session.scalars(
        within(by.institution_id, TableImport).where(TableImport.id == table_id)
    ).one()
    return cycle, row
