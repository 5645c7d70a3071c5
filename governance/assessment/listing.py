"""The years' cycles as pages show them: all of them, what was done with one, and its own part of the timetable."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import Text, cast, exists, literal, null, select, union_all

from governance.assessment.course import CycleMove, CycleRole, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat, CycleStep
from governance.kernel.db import Moment, db, within
from governance.mandates.evaluation import Round
from governance.notices.models import Doing, Job
from governance.obligations.models import Obligation
from governance.people.actors import Actor
from governance.people.models import Post

MOST = 60  # a cycle a year: more than there will be
LAY_OUT = "sharing.lay_out"
OWN_STAGE = ("monitoring_evaluation", "penilaian_mandiri")  # the part of the year's round that the region itself does


@dataclass(frozen=True)
class Listed:
    """A year's cycle in the list. `target` is exact."""

    id: int
    year: int
    instrument: str
    round: Round
    stage: Stage
    target: Fraction | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Done:
    """A move that was made, with what was said."""

    move: CycleMove
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Seat:
    """A post's part in a cycle."""

    role: CycleRole
    title: str


@dataclass(frozen=True)
class Story:
    """What was done with a cycle, the newest first, who takes which part, and whether its shares are on the way."""

    done: tuple[Done, ...] = ()
    seats: tuple[Seat, ...] = ()
    is_being_laid_out: bool = False


@dataclass(frozen=True)
class OwnPart:
    """The last day of the year's self-assessment in the timetable; `estimated`: only seen elsewhere."""

    due_on: date | None
    estimated: bool
    basis: str = ""


def years(institution_id: int) -> list[Listed]:
    """Every year's cycle, the newest first. One statement."""
    rows = within(institution_id, Cycle).order_by(Cycle.year.desc()).limit(MOST)
    return [
        Listed(
            id=row.id,
            year=row.year,
            instrument=row.instrument,
            round=row.round,
            stage=row.stage,
            target=Fraction(row.target) if row.target else None,
            closed_at=row.closed_at,
        )
        for row in db.session.scalars(rows)
    ]


def story(institution_id: int, cycle_id: int) -> Story:
    """One statement."""
    none, no_moment = literal(""), null().cast(Moment)
    steps = within(
        institution_id,
        CycleStep,
        literal("step").label("what"),
        cast(CycleStep.move, Text).label("name"),
        CycleStep.words.label("words"),
        CycleStep.by_title.label("title"),
        CycleStep.at.label("at"),
        CycleStep.id.label("id"),
    ).where(CycleStep.cycle_id == cycle_id)
    seats = (
        within(institution_id, CycleSeat, literal("seat"), cast(CycleSeat.role, Text), none, Post.title, no_moment)
        .add_columns(CycleSeat.id)
        .join(Post, Post.id == CycleSeat.post_id)
        .where(CycleSeat.cycle_id == cycle_id)
    )
    waiting = within(institution_id, Job, literal("job"), none, none, none, no_moment, Job.id).where(
        Job.verb == LAY_OUT, Job.key == f"cycle:{cycle_id}", Job.state.in_((Doing.WAITING, Doing.RUNNING))
    )
    found = union_all(steps, seats, waiting).subquery()
    rows = db.session.execute(select(found).order_by(found.c.id)).all()
    order = list(CycleRole)
    taken = [Seat(CycleRole(row.name), row.title) for row in rows if row.what == "seat"]
    return Story(
        done=tuple(
            Done(CycleMove(row.name), row.words, row.title, row.at) for row in reversed(rows) if row.what == "step"
        ),
        seats=tuple(sorted(taken, key=lambda seat: order.index(seat.role))),
        is_being_laid_out=any(row.what == "job" for row in rows),
    )


def own_part(institution_id: int, year: int) -> OwnPart | None:
    """Until when the timetable says the region assesses itself in that year: the last day of it. One statement."""
    mandate, stage = OWN_STAGE
    rows = within(institution_id, Obligation).where(
        Obligation.mandate == mandate, Obligation.stage == stage, Obligation.year == year
    )
    last: Obligation | None = db.session.scalar(
        rows.where(Obligation.due_on.is_not(None)).order_by(Obligation.due_on.desc()).limit(1)
    )
    return OwnPart(last.due_on, last.estimated, last.basis) if last is not None else None


def waiting_for(actor: Actor) -> list[Listed]:
    """The cycles that were handed on to the actor's post: it answers for them, or coordinates. One statement."""
    asked = exists().where(
        CycleSeat.institution_id == actor.institution_id,
        CycleSeat.cycle_id == Cycle.id,
        CycleSeat.post_id == actor.post_id,
        CycleSeat.role.in_((CycleRole.ANSWERABLE, CycleRole.COORDINATOR)),
    )
    rows = within(actor.institution_id, Cycle).where(Cycle.stage == Stage.REPORTING, asked).order_by(Cycle.year)
    return [
        Listed(row.id, row.year, row.instrument, row.round, row.stage, None, None) for row in db.session.scalars(rows)
    ]
