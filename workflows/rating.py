"""Rating: items get their score of a stage; each score keeps its author and reasons, and the one it replaces stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from governance.assessment import cycles
from governance.assessment.course import ScoreStage, Stage
from governance.assessment.cycle_models import Cycle
from governance.assessment.evidence_models import EvidenceUse
from governance.assessment.eyes import eyes_of
from governance.assessment.rated import scores_of
from governance.assessment.score_check import Checked, Given, checked, is_open, place, previous, stages_of
from governance.assessment.score_models import Score
from governance.assessment.scoring import as_fraction
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, Problem, Refusal, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.trail.record import record
from workflows.library import Library

ACTS = {ScoreStage.PROPOSAL: Act.PROPOSE_SCORE, ScoreStage.SELF: Act.RATE}  # all others: ENTER_SCORE


@dataclass(frozen=True)
class Sheet:
    """Scores of one stage for some items of a cycle."""

    cycle_id: int
    stage: ScoreStage
    given: tuple[Given, ...]


def rate(sheet: Sheet, *, by: Actor, now: datetime, library: Library) -> tuple[str, ...]:
    """Give these items their score of the stage, all or none; the items that got another one.

    What is the same as what was shown is passed over, whatever became of it since. Invalid names every item that is
    wrong; Stale every one that somebody else scored since it was shown.
    """
    with transaction():
        cycle, stage = cycles.for_change(sheet.cycle_id, by), sheet.stage
        items = [one.item for one in sheet.given]
        require_open(cycle, stage)
        require_may(cycle, stage, items, by)
        counting = counting_scores(cycle, stage, items)
        found = _checked(cycle, sheet, by, library)
        shown = _shown(cycle, sheet)
        changed = [one for one in found if not _is_the_same(one, shown.get(one.given.item))]
        require_seen({one.given.item: one.given.replaces for one in changed}, counting)
        if problems := [problem for one in changed for problem in one.problems]:
            raise Invalid(*problems)
        for one in changed:
            write(cycle, stage, one, counting.get(one.given.item), (by, now))
        if changed:
            told = {one.given.item: None if one.value is None else as_fraction(one.value) for one in changed}
            record("score.given", by=by, about=("cycle", cycle.id), at=now, stage=stage.value, values=told)
        return tuple(one.given.item for one in changed)


def require_open(cycle: Cycle, stage: ScoreStage) -> None:
    """Refused where the round has no such score, or it is not given now."""
    if stage not in stages_of(cycle.round):
        raise Refusal("score.not_in_round", stage=stage.value, year=cycle.year)
    if cycle.stage is Stage.PREPARATION:
        raise Refusal("score.not_open", year=cycle.year)
    if not is_open(cycle.stage, stage):
        raise Refusal("score.handed_on", year=cycle.year)


def require_may(cycle: Cycle, stage: ScoreStage, items: Sequence[str], by: Actor) -> None:
    """NotAllowed unless the actor gives scores of that stage to those items; an assessor only to those of his seat."""
    seen = cycles.seen(cycle.id, by)
    for item in items:
        permissions.require(by, ACTS.get(stage, Act.ENTER_SCORE), seen.matter(by, item))
    if stage is ScoreStage.SELF:
        eyes = eyes_of(by)
        others = [item for item in items if not eyes.rates(cycle.id, item)]
        if others:
            raise NotAllowed("score.not_your_item", items=", ".join(others)[:200])


def counting_scores(cycle: Cycle, stage: ScoreStage, items: Sequence[str]) -> dict[str, Score]:
    """The rows that count now."""
    rows = within(cycle.institution_id, Score).where(
        Score.cycle_id == cycle.id, Score.stage == stage, Score.counts, Score.item.in_(items)
    )
    return {row.item: row for row in db.session.scalars(rows)}


def require_seen(shown: dict[str, int | None], counting: dict[str, Score]) -> None:
    """Stale where another score counts than the one that was shown."""
    others = [item for item, row_id in shown.items() if row_id != (counting[item].id if item in counting else None)]
    if others:
        raise Stale(tuple(f"score:{item}" for item in others))


def write(cycle: Cycle, stage: ScoreStage, one: Checked, before: Score | None, by_now: tuple[Actor, datetime]) -> Score:
    """The new score counts; the one before stays to be read."""
    if before is not None:
        before.counts = False
        db.session.flush()
    by, now = by_now
    row = Score(institution_id=cycle.institution_id, cycle_id=cycle.id, item=one.given.item, stage=stage)
    row.value = None if one.value is None else as_fraction(one.value)
    row.source_value, row.explanation = one.source, one.given.explanation.strip()
    row.uses, row.counts, row.holding_id = list(one.given.uses), True, by.holding_id
    row.by_title, row.at = by.title, now
    db.session.add(row)
    db.session.flush()
    return row


def uses_problems(cycle: Cycle, item: str, uses: Sequence[int]) -> list[Problem]:
    """Evidence that is not offered for the item in this cycle."""
    if not uses:
        return []
    rows = within(cycle.institution_id, EvidenceUse, EvidenceUse.id).where(
        EvidenceUse.cycle_id == cycle.id,
        EvidenceUse.item == item,
        EvidenceUse.withdrawn_at.is_(None),
        EvidenceUse.id.in_(uses),
    )
    strange = set(uses) - set(db.session.scalars(rows))
    return [Problem(place(item, "uses"), "score.no_such_evidence", {"item": item})] if strange else []


def _checked(cycle: Cycle, sheet: Sheet, by: Actor, library: Library) -> list[Checked]:
    """Everything that was given, with what is wrong with each."""
    instrument = library.instruments.instrument(cycle.instrument)
    if len({one.item for one in sheet.given}) != len(sheet.given):
        raise Invalid(Problem("", "score.twice"))
    scores = scores_of(by.institution_id, cycle.id)
    found = []
    for one in sheet.given:
        read = checked(instrument, one, previous(sheet.stage, one.item, scores))
        strange = uses_problems(cycle, one.item, one.uses)
        found.append(Checked(one, read.value, read.source, (*read.problems, *strange)))
    return found


def _shown(cycle: Cycle, sheet: Sheet) -> dict[str, Score]:
    """The scores that were shown when the sheet was filled in: they are still there, whether they count or not."""
    ids = [one.replaces for one in sheet.given if one.replaces is not None]
    rows = within(cycle.institution_id, Score).where(
        Score.cycle_id == cycle.id, Score.stage == sheet.stage, Score.id.in_(ids)
    )
    return {row.item: row for row in db.session.scalars(rows)} if ids else {}


def _is_the_same(one: Checked, before: Score | None) -> bool:
    """Whether nothing would be said anew."""
    if one.problems and not one.given.takes_back:
        return False
    if before is None:
        return one.given.takes_back and not one.given.explanation.strip()
    if one.given.takes_back:
        return before.value is None and one.given.explanation.strip() in ("", before.explanation)
    value: Fraction | None = None if before.value is None else Fraction(before.value)
    was = (value, before.source_value, before.explanation, sorted(before.uses))
    return was == (one.value, one.source, one.given.explanation.strip(), sorted(one.given.uses))
