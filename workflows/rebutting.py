"""Rebutting (sanggahan): saying why a score is not right, and the one answer to it, with the score changed or not."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from governance.assessment import cycles
from governance.assessment.course import CycleRole, ScoreStage, Stage
from governance.assessment.cycle_models import Cycle, CycleSeat, Share
from governance.assessment.instruments import Instrument
from governance.assessment.score_check import Given, checked, value_problem, words_problems
from governance.assessment.score_models import Rebuttal, Score
from governance.assessment.scoring import as_fraction
from governance.assessment.values import number_in
from governance.kernel.db import db, one_within, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Problem, Refusal, Stale
from governance.notices.leaving import leave
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.trail.record import record
from workflows import rating
from workflows.asking import heads_of
from workflows.bells import ring
from workflows.library import Library


@dataclass(frozen=True)
class Objection:
    """What is said against a score: why, the value wanted ("" where none is named), the evidence for it."""

    score_id: int
    words: str
    value: str = ""
    uses: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The answer to a rebuttal; where it is upheld, the value that the item gets. `seen` is the score that counts."""

    rebuttal_id: int
    words: str
    upheld: bool
    value: str = ""
    seen: int | None = None


def rebut(said: Objection, *, by: Actor, now: datetime, library: Library) -> int:
    """Say why a score is not right; who gave it is told. Returns the rebuttal's id."""
    with transaction() as after_commit:
        score, cycle = _score(said.score_id, by)
        permissions.require(by, Act.REBUT, cycles.matter_of(cycle, by, score.item))
        _require_rebuttable(score, cycle, by)
        instrument = library.instruments.instrument(cycle.instrument)
        problems = _objection_problems(said, score, instrument)
        if problems := [*problems, *rating.uses_problems(cycle, score.item, said.uses)]:
            raise Invalid(*(Problem(one.place.split(".")[-1], one.key, one.params) for one in problems))
        wanted = number_in(said.value) if said.value.strip() else None
        row = Rebuttal(institution_id=by.institution_id, cycle_id=cycle.id, score_id=score.id)
        row.words, row.value = said.words.strip(), None if wanted is None else as_fraction(wanted)
        row.uses, row.by_title, row.at = list(said.uses), by.title, now
        db.session.add(row)
        db.session.flush()
        about = _about(cycle, score) | {"by": by.title, "words": row.words[:300]}
        cause = f"score.rebuttal:{row.id}"
        leave(_answerers(cycle, score), "score.rebutted", by=by, at=now, cause=cause, params=about)
        record("score.rebutted", by=by, about=("cycle", cycle.id), at=now, **_trail(score), rebuttal=row.id)
        after_commit(ring("notices.deliver"))
        return row.id


def answer(said: Answer, *, by: Actor, now: datetime, library: Library) -> None:
    """Answer a rebuttal, once. Upheld, the item gets the value named here, with the answer as its explanation.

    Of the self-assessment an assessor of the item answers; of the ministry's scores the data entry post records it.
    """
    with transaction() as after_commit:
        row, score, cycle = _rebuttal(said.rebuttal_id, by)
        rating.require_may(cycle, score.stage, [score.item], by)
        if row.answered_at is not None:
            raise Refusal("score.answered_already", by=row.answered_by)
        problems = words_problems("words", said.words)
        if not said.words.strip():
            problems.append(Problem("words", "score.answer_missing"))
        if problems:
            raise Invalid(*problems)
        if said.upheld:
            _change(said, score, cycle, (by, now), library)
        row.answer, row.upheld = said.words.strip(), said.upheld
        row.answered_by, row.answered_at = by.title, now
        key = "score.upheld" if said.upheld else "score.not_upheld"
        about = _about(cycle, score) | {"by": by.title, "words": row.answer[:300]}
        cause = f"score.rebuttal:{row.id}:answer"
        leave(_askers(cycle, score, by), key, by=by, at=now, cause=cause, params=about)
        record(key, by=by, about=("cycle", cycle.id), at=now, **_trail(score), rebuttal=row.id)
        after_commit(ring("notices.deliver"))


def _score(score_id: int, by: Actor) -> tuple[Score, Cycle]:
    """The score with its locked cycle; Stale where another counts meanwhile."""
    rows = within(by.institution_id, Score, Score.cycle_id).where(Score.id == score_id)
    cycle_id = db.session.scalar(rows)
    if cycle_id is None:
        raise NotFound
    cycle = cycles.for_change(cycle_id, by)
    score = one_within(by.institution_id, Score, score_id)
    if not score.counts:
        raise Stale((f"score:{score.item}",))
    return score, cycle


def _rebuttal(rebuttal_id: int, by: Actor) -> tuple[Rebuttal, Score, Cycle]:
    rows = within(by.institution_id, Rebuttal, Rebuttal.cycle_id).where(Rebuttal.id == rebuttal_id)
    cycle_id = db.session.scalar(rows)
    if cycle_id is None:
        raise NotFound
    cycle = cycles.for_change(cycle_id, by)
    row = one_within(by.institution_id, Rebuttal, rebuttal_id)
    return row, one_within(by.institution_id, Score, row.score_id), cycle


def _require_rebuttable(score: Score, cycle: Cycle, by: Actor) -> None:
    """A score that stands and rates, of a cycle that runs, and against which nothing waits for an answer."""
    if cycle.stage is Stage.PREPARATION:
        raise Refusal("score.not_open", year=cycle.year)
    if score.stage is ScoreStage.PROPOSAL or score.value is None:
        raise NotAllowed("score.nothing_to_rebut")
    open_one = within(by.institution_id, Rebuttal, Rebuttal.by_title).where(
        Rebuttal.score_id == score.id, Rebuttal.answered_at.is_(None)
    )
    if (other := db.session.scalar(open_one.limit(1))) is not None:
        raise Refusal("score.rebutted_already", by=other)


def _objection_problems(said: Objection, score: Score, instrument: Instrument) -> list[Problem]:
    problems = words_problems("words", said.words)
    if not said.words.strip():
        problems.append(Problem("words", "score.rebut_missing"))
    if not said.value.strip():
        return problems
    if problem := value_problem(instrument, said.value.strip(), "value"):
        problems.append(problem)
    elif score.value is not None and number_in(said.value) == Fraction(score.value):
        problems.append(Problem("value", "score.same_value"))
    return problems


def _change(said: Answer, score: Score, cycle: Cycle, by_now: tuple[Actor, datetime], library: Library) -> None:
    """The score that is given for an upheld rebuttal, in the place of the one that counts now."""
    rating.require_open(cycle, score.stage)
    counting = rating.counting_scores(cycle, score.stage, [score.item])
    rating.require_seen({score.item: said.seen}, counting)
    if not said.value.strip():
        raise Invalid(Problem("value", "score.upheld_value"))
    before = counting.get(score.item)
    if before is not None and before.value is not None and number_in(said.value) == Fraction(before.value):
        raise Invalid(Problem("value", "score.upheld_same"))
    given = Given(score.item, said.value, "", said.words, tuple(before.uses if before else ()))
    read = checked(library.instruments.instrument(cycle.instrument), given, None)
    if read.problems:
        raise Invalid(*(Problem(one.place.split(".")[-1], one.key, one.params) for one in read.problems))
    rating.write(cycle, score.stage, read, before, by_now)


def _answerers(cycle: Cycle, score: Score) -> list[int]:
    """Who answers: the item's assessors, or the post that enters what the ministry gave."""
    role = CycleRole.ASSESSOR if score.stage is ScoreStage.SELF else CycleRole.DATA_ENTRY
    rows = within(cycle.institution_id, CycleSeat).where(CycleSeat.cycle_id == cycle.id, CycleSeat.role == role)
    return [seat.post_id for seat in db.session.scalars(rows) if not seat.items or score.item in seat.items]


def _askers(cycle: Cycle, score: Score, by: Actor) -> list[int]:
    """Who may have asked and whom the answer concerns: the offices that share in the item, and the data entry post."""
    shares = within(by.institution_id, Share, Share.unit_id).where(Share.cycle_id == cycle.id, Share.item == score.item)
    entry = within(by.institution_id, CycleSeat, CycleSeat.post_id).where(
        CycleSeat.cycle_id == cycle.id, CycleSeat.role == CycleRole.DATA_ENTRY
    )
    heads = heads_of(by, list(db.session.scalars(shares)))
    return [*db.session.scalars(heads), *db.session.scalars(entry)]


def _about(cycle: Cycle, score: Score) -> dict[str, Any]:
    return {"cycle": cycle.id, "year": cycle.year, "item": score.item, "stage": score.stage.value}


def _trail(score: Score) -> dict[str, Any]:
    return {"item": score.item, "stage": score.stage.value, "score": score.id}
