"""Recommending: what a year's result recommends becomes its office's task, and is followed up in the years after."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func

from governance.assessment.instruments import Instrument
from governance.assessment.result_models import FollowUp, PublishedResult, Recommendation
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotFound, Problem, Stale
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave, leave_job
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.people.permissions import Act, Matter
from governance.tasks.models import Assignment, Source, Task
from governance.trail.record import record
from workflows.asking import give, heads_of
from workflows.bells import ring
from workflows.library import Library

WHAT_LIMIT, OUTCOME_LIMIT, LARGEST = 2000, 4000, 999
ANSWERS = (FollowUp.DONE, FollowUp.NOT_DONE)


@dataclass(frozen=True)
class NewRecommendation:
    """A recommendation of a year's result. `number` None: the next; `item` "": none in particular.

    One that was answered long ago is entered with its `state`, `outcome` and the year: nobody is asked for it any more.
    """

    year: int
    what: str
    unit_id: int
    item: str = ""
    number: int | None = None
    due_on: date | None = None
    state: FollowUp = FollowUp.OPEN
    outcome: str = ""
    followed_in: int | None = None


@dataclass(frozen=True)
class FollowedUp:
    """What became of a recommendation, seen in this version, in the year of the follow-up."""

    recommendation_id: int
    version: int
    state: FollowUp
    outcome: str
    year: int


@dataclass(frozen=True)
class Asker:
    """Who asks by the task: the office that recorded the recommendation, and its post's title then."""

    unit_id: int
    holding_id: int | None
    title: str


def add(new: NewRecommendation, *, by: Actor, now: datetime, library: Library) -> int:
    """Record a recommendation with its year's result; a job gives it to its office as a task. Returns its id."""
    with transaction() as after_commit:
        permissions.require(by, Act.RECORD_RESULT)
        result = _result_of(new.year, by)
        today = day_in(by.timezone, now)
        _require_right(new, library.instruments.instrument(result.instrument), by, today)
        row = Recommendation(institution_id=by.institution_id, year=new.year, number=_number(new, by))
        row.item, row.what, row.unit_id, row.due_on = new.item, new.what.strip(), new.unit_id, new.due_on
        row.state, row.outcome, row.followed_in = new.state, new.outcome.strip(), new.followed_in
        row.by_title, row.entered_at, row.version = by.title, now, 1
        db.session.add(row)
        db.session.flush()
        if row.state is FollowUp.OPEN:
            asker = {"unit_id": by.unit_id, "holding_id": by.holding_id, "title": by.title}
            leave_job("recommending.hand_out", key=f"recommendation:{row.id}", by=by, at=now, id=row.id, asker=asker)
            after_commit(ring("jobs.run"))
        told = {"year": row.year, "recommendation": row.number, "asked": row.what[:200], "unit": row.unit_id}
        record("recommendation.recorded", by=by, about=("recommendation", row.id), at=now, **told)
        return row.id


def hand_out(recommendation_id: int, asker: Asker, *, by: Actor, now: datetime) -> int | None:
    """Give an open recommendation to its office as a task; returns the assignment. Doing it twice adds nothing."""
    with transaction() as after_commit:
        row = _for_change(recommendation_id, by)
        if row.assignment_id is not None or row.state is not FollowUp.OPEN:
            return row.assignment_id
        asked = Assignment(institution_id=row.institution_id, source=Source.RECOMMENDATION, unit_id=asker.unit_id)
        asked.place, asked.what, asked.due_on = place_of(row), row.what, row.due_on
        asked.why = f"Rekomendasi nomor {row.number} atas hasil evaluasi tahun {row.year}."
        asked.holding_id, asked.by_title, asked.created_at = asker.holding_id, asker.title, now
        db.session.add(asked)
        db.session.flush()
        give(asked, [row.unit_id], at=now)
        row.assignment_id = asked.id
        task_id = db.session.scalar(within(by.institution_id, Task, Task.id).where(Task.assignment_id == asked.id))
        due_on = {"due_on": row.due_on.isoformat()} if row.due_on else {}
        params = {"year": row.year, "number": row.number, "what": row.what[:300], **due_on}
        cause = f"recommendation.given:{row.id}"
        heads = heads_of(by, [row.unit_id])
        leave(heads, "recommendation.given", by=by, at=now, cause=cause, task_id=task_id, params=params)
        told = {"year": row.year, "recommendation": row.number, "assignment": asked.id}
        record("recommendation.handed_out", by=by, about=("recommendation", row.id), at=now, **told)
        after_commit(ring("notices.deliver"))
        return asked.id


def follow_up(asked: FollowedUp, *, by: Actor, now: datetime) -> None:
    """Say what became of a recommendation: done, or not done, with words. It may be answered anew in a later year."""
    with transaction() as after_commit:
        row = _for_change(asked.recommendation_id, by)
        permissions.require(by, Act.ANSWER_RECOMMENDATION, Matter(addressed_unit_id=row.unit_id))
        if row.version != asked.version:
            raise Stale((f"recommendation:{row.version}",))
        _require_answer(asked, row.year, day_in(by.timezone, now))
        row.state, row.outcome, row.followed_in = asked.state, asked.outcome.strip(), asked.year
        row.version += 1
        answered = f"recommendation.{asked.state.value}"
        params = {"year": row.year, "number": row.number, "words": row.outcome[:300], "by": by.title}
        params["recommendation"] = row.id
        cause = f"recommendation.answered:{row.id}:{row.version}"
        others = heads_of(by, [one for one in _concerned(row, by) if one != by.unit_id])
        leave(others, answered, by=by, at=now, cause=cause, params=params)
        told = {"year": row.year, "recommendation": row.number, "words": row.outcome[:300], "followed_in": asked.year}
        record(answered, by=by, about=("recommendation", row.id), at=now, **told)
        after_commit(ring("notices.deliver"))


def place_of(row: Recommendation) -> str:
    """Where a recommendation stands, as its task names it."""
    return f"rek. {row.number}/{row.year}"


def _concerned(row: Recommendation, by: Actor) -> list[int]:
    """Its office, and the office that asked for it."""
    if row.assignment_id is None:
        return [row.unit_id]
    asker = within(by.institution_id, Assignment, Assignment.unit_id).where(Assignment.id == row.assignment_id)
    return [row.unit_id, *db.session.scalars(asker)]


def _for_change(recommendation_id: int, by: Actor) -> Recommendation:
    rows = within(by.institution_id, Recommendation).where(Recommendation.id == recommendation_id).with_for_update()
    row: Recommendation | None = db.session.scalar(rows)
    if row is None:
        raise NotFound
    return row


def _result_of(year: int, by: Actor) -> PublishedResult:
    """The result of that year that holds, locked: recommendations are numbered one after the other."""
    rows = within(by.institution_id, PublishedResult).where(
        PublishedResult.year == year, PublishedResult.withdrawn_at.is_(None)
    )
    found: PublishedResult | None = db.session.scalar(rows.with_for_update())
    if found is None:
        raise Invalid(Problem("year", "recommendation.no_result", {"year": year}))
    return found


def _number(new: NewRecommendation, by: Actor) -> int:
    """The number given, where it is free; else the next."""
    taken = within(by.institution_id, Recommendation, Recommendation.number).where(Recommendation.year == new.year)
    if new.number is None:
        return (db.session.scalar(taken.with_only_columns(func.max(Recommendation.number))) or 0) + 1
    if db.session.scalar(taken.where(Recommendation.number == new.number)) is not None:
        raise Invalid(Problem("number", "recommendation.number_taken", {"number": new.number, "year": new.year}))
    return new.number


def _require_right(new: NewRecommendation, instrument: Instrument, by: Actor, today: date) -> None:
    problems = _what_problems(new.what)
    if new.item and new.item not in instrument.items:
        problems.append(Problem("item", "recommendation.item_unknown", {"item": new.item[:20]}))
    if new.number is not None and not 1 <= new.number <= LARGEST:
        problems.append(Problem("number", "recommendation.number", {"last": LARGEST}))
    known = within(by.institution_id, Unit, Unit.id).where(Unit.id == new.unit_id)
    if db.session.scalar(known) is None:
        problems.append(Problem("unit", "recommendation.unit_missing"))
    if new.state is FollowUp.OPEN and new.due_on is not None and new.due_on < today:
        problems.append(Problem("due_on", "task.due_past", {"today": today.isoformat()}))
    if new.state is not FollowUp.OPEN:
        problems += _answer_problems(new.outcome, new.followed_in or 0, new.year, today)
    if problems:
        raise Invalid(*problems)


def _what_problems(what: str) -> list[Problem]:
    problems = unprintable("what", what)
    if not what.strip():
        problems.append(Problem("what", "field.missing"))
    if len(what) > WHAT_LIMIT:
        problems.append(Problem("what", "draft.too_long", {"limit": WHAT_LIMIT}))
    return problems


def _require_answer(asked: FollowedUp, of: int, today: date) -> None:
    problems = _answer_problems(asked.outcome, asked.year, of, today)
    if asked.state not in ANSWERS:
        problems.append(Problem("state", "recommendation.answer_missing"))
    if problems:
        raise Invalid(*problems)


def _answer_problems(outcome: str, year: int, of: int, today: date) -> list[Problem]:
    problems = unprintable("outcome", outcome)
    if not outcome.strip():
        problems.append(Problem("outcome", "recommendation.outcome_missing"))
    if len(outcome) > OUTCOME_LIMIT:
        problems.append(Problem("outcome", "draft.too_long", {"limit": OUTCOME_LIMIT}))
    if not of <= year <= today.year:
        problems.append(Problem("followed_in", "recommendation.year", {"first": of, "last": today.year}))
    return problems
