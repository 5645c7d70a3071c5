"""Share tasks: what each office is asked for its indicators, given at the opening, and followed when shares change."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from governance.assessment import cycles, rated, wanted
from governance.assessment.course import CycleRole, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat, CycleTask
from governance.assessment.instruments import Instrument
from governance.assessment.proven import lowest_asked
from governance.assessment.shares import in_order
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Refusal
from governance.notices.leaving import leave
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.roles import Role
from governance.tasks.lifecycle import ENDED, Move, State, after
from governance.tasks.models import Assignment, Source, Task
from governance.trail.record import record
from workflows.asking import give, heads_of, step_of
from workflows.bells import ring
from workflows.library import Library
from workflows.seating import tell_seated
from workflows.sharing import shares_of

Pair = tuple[str, int]  # an item and an office
AGAIN = "Pembagian indikator diubah: kantor ini mendapat bagian lagi."
NO_LONGER = "Pembagian indikator diubah: kantor ini tidak lagi mendapat bagian."


@dataclass(frozen=True)
class Changed:
    """The offices whose shares in items came or went in one change; `mark` tells it from others."""

    cycle_id: int
    pairs: Collection[Pair]
    mark: int


@dataclass(frozen=True)
class Hand:
    """Who hands out, and when."""

    by: Actor
    at: datetime


def hand_out(cycle_id: int, *, by: Actor, now: datetime, library: Library) -> int:
    """Ask each office for the evidence of its indicators; returns how many tasks were given. Twice gives nothing more.

    One thing asked for each item, a copy for each office with a share in it, and one notice for each office.
    """
    with transaction() as after_commit:
        cycle = cycles.for_change(cycle_id, by)
        if cycle.stage is Stage.PREPARATION:
            return 0
        wished = {item: {row.unit_id for row in rows} for item, rows in shares_of(cycle).items()}
        given = set(_tasks_of(cycle))
        missing = {(item, unit) for item, units in wished.items() for unit in units} - given
        if not missing:
            return 0
        _give(cycle, missing, now, library)
        hand = Hand(by, now)
        _tell_counts(cycle, missing, hand)
        _tell_seated(cycle, hand)
        offices = len({unit for _item, unit in missing})
        record("share.handed_out", by=by, about=("cycle", cycle.id), at=now, units=offices, tasks=len(missing))
        after_commit(ring("notices.deliver"))
        return len(missing)


def follow(changed: Changed, *, by: Actor, now: datetime, library: Library) -> int:
    """Give or cancel the tasks of offices whose shares changed after the opening; returns how many tasks moved.

    What counts is how the shares stand now, not how they stood when they were changed.
    """
    with transaction() as after_commit:
        cycle = cycles.for_change(changed.cycle_id, by)
        if cycle.stage is Stage.PREPARATION:
            return 0
        standing = {(item, row.unit_id) for item, rows in shares_of(cycle).items() for row in rows}
        tasks = _tasks_of(cycle)
        added = {one for one in changed.pairs if one in standing and _is_missing(tasks.get(one))}
        removed = {
            one for one in changed.pairs if one not in standing and one in tasks and tasks[one].state not in ENDED
        }
        if not added | removed:
            return 0
        _give(cycle, {one for one in added if one not in tasks}, now, library)
        hand = Hand(by, now)
        for one in sorted(added & set(tasks)):
            _turn(tasks[one], Move.INSIST, AGAIN, hand)
        for one in sorted(removed):
            _turn(tasks[one], Move.CANCEL, NO_LONGER, hand)
        _tell_changes(cycle, (added, removed), changed.mark, hand)
        record("share.followed", by=by, about=("cycle", cycle.id), at=now, given=len(added), cancelled=len(removed))
        after_commit(ring("notices.deliver"))
        return len(added) + len(removed)


def _is_missing(task: Task | None) -> bool:
    """Whether the office has nothing to do for it: it was never asked, or is asked no longer."""
    return task is None or task.state is State.CANCELLED


def _tasks_of(cycle: Cycle) -> dict[Pair, Task]:
    """The tasks of the cycle's items, by item and office."""
    rows = (
        within(cycle.institution_id, CycleTask, CycleTask.item, Task)
        .join(Task, Task.assignment_id == CycleTask.assignment_id)
        .where(CycleTask.cycle_id == cycle.id)
    )
    return {(item, task.unit_id): task for item, task in db.session.execute(rows)}


def _give(cycle: Cycle, missing: Collection[Pair], now: datetime, library: Library) -> None:
    units: dict[str, set[int]] = defaultdict(set)
    for item, unit_id in sorted(missing, key=lambda one: in_order(one[0])):
        units[item].add(unit_id)
    asked = _assignments(cycle, list(units), now, library)
    for item, unit_ids in units.items():
        give(asked[item], unit_ids, at=now)


def _assignments(cycle: Cycle, items: Sequence[str], now: datetime, library: Library) -> dict[str, Assignment]:
    """What is asked for each of these items; what is not asked yet is asked now, by the digital office."""
    rows = (
        within(cycle.institution_id, CycleTask, CycleTask.item, Assignment)
        .join(Assignment, Assignment.id == CycleTask.assignment_id)
        .where(CycleTask.cycle_id == cycle.id)
    )
    found: dict[str, Assignment] = dict(db.session.execute(rows).all())
    fresh = [item for item in items if item not in found]
    if not fresh:
        return found
    instrument, asker = library.instruments.instrument(cycle.instrument), _asker(cycle.institution_id)
    present = _present(cycle, instrument)
    for item in fresh:
        found[item] = _assignment(cycle, instrument, (item, present.get(item)), asker)
        found[item].created_at = now
    db.session.add_all(found[item] for item in fresh)
    db.session.flush()
    db.session.add_all(
        CycleTask(institution_id=cycle.institution_id, cycle_id=cycle.id, item=item, assignment_id=found[item].id)
        for item in fresh
    )
    return found


def _assignment(cycle: Cycle, instrument: Instrument, standing: tuple[str, Fraction | None], asker: Post) -> Assignment:
    item, present = instrument.items[standing[0]], standing[1]
    row = Assignment(
        institution_id=cycle.institution_id, source=Source.INDICATOR, place=item.key, due_on=cycle.ready_by
    )
    row.what = wanted.what(item)[:2000]
    row.why = f"{instrument.title}, penilaian tahun {cycle.year}"
    row.wants = [want.as_data() for want in wanted.wanted(item, present, lowest_asked(instrument))]
    row.unit_id, row.by_title = asker.unit_id, asker.title
    return row


def _present(cycle: Cycle, instrument: Instrument) -> dict[str, Fraction]:
    """The items' values: of this cycle, else of the latest before it on the same instrument."""
    before = (
        within(cycle.institution_id, Cycle, Cycle.id)
        .where(Cycle.instrument == instrument.key, Cycle.year < cycle.year)
        .order_by(Cycle.year.desc())
        .limit(1)
    )
    earlier = db.session.scalar(before)
    values = rated.present(rated.scores_of(cycle.institution_id, earlier)) if earlier is not None else {}
    return values | rated.present(rated.scores_of(cycle.institution_id, cycle.id))


def _asker(institution_id: int) -> Post:
    """The post that asks and verifies: the head of the digital office."""
    rows = within(institution_id, Post).where(Post.role == Role.DIGITAL).order_by(Post.id).limit(1)
    found: Post | None = db.session.scalar(rows)
    if found is None:
        raise Refusal("share.no_asker")
    return found


def _turn(task: Task, move: Move, words: str, hand: Hand) -> None:
    """Ask no longer, or again, with the reason in the task's story."""
    step = step_of(task, move, hand.by, hand.at)
    step.words = words
    task.state, task.moved_at, task.version = after(State(task.state), move), hand.at, task.version + 1
    task.wished_until = None
    db.session.add(step)


def _tell_counts(cycle: Cycle, given: Collection[Pair], hand: Hand) -> None:
    """One notice for each office, with how many indicators it has; offices with as many are told at once."""
    offices: dict[int, list[int]] = defaultdict(list)
    for unit_id, count in Counter(unit for _item, unit in given).items():
        offices[count].append(unit_id)
    for count, unit_ids in sorted(offices.items()):
        params = _params(cycle, count=count)
        key = _dated("share.handed_out", cycle)
        leave(
            heads_of(hand.by, unit_ids),
            key,
            by=hand.by,
            at=hand.at,
            cause=f"share.handed_out:{cycle.id}",
            params=params,
        )


def _tell_seated(cycle: Cycle, hand: Hand) -> None:
    """Every post hears at the opening which part it takes."""
    rows = within(cycle.institution_id, CycleSeat, CycleSeat.role, CycleSeat.post_id)
    seats: dict[CycleRole, list[int]] = defaultdict(list)
    for role, post_id in db.session.execute(rows.where(CycleSeat.cycle_id == cycle.id)):
        seats[role].append(post_id)
    for role, posts in seats.items():
        tell_seated(cycle, role, posts, hand.by, hand.at)


def _tell_changes(cycle: Cycle, moved: tuple[set[Pair], set[Pair]], mark: int, hand: Hand) -> None:
    """One notice for each office whose tasks moved, however many did."""
    for unit_id in sorted({unit for part in moved for _item, unit in part}):
        added, removed = (_listed(item for item, unit in part if unit == unit_id) for part in moved)
        key = "share.removed" if not added else _dated("share.exchanged" if removed else "share.added", cycle)
        params = _params(cycle, items=added, removed=removed)
        cause = f"share.changed:{cycle.id}:{mark}"
        leave(heads_of(hand.by, [unit_id]), key, by=hand.by, at=hand.at, cause=cause, params=params)


def _listed(items: Iterable[str]) -> str:
    """Items as a reader counts them: 2 before 10, 35-1 before 35-2."""
    return ", ".join(sorted(items, key=in_order))


def _params(cycle: Cycle, **more: Any) -> Mapping[str, Any]:
    due = {"due_on": cycle.ready_by.isoformat()} if cycle.ready_by else {}
    return {"year": cycle.year, "cycle": cycle.id, **due, **more}


def _dated(key: str, cycle: Cycle) -> str:
    return key if cycle.ready_by else f"{key}_undated"
