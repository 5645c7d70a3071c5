"""The scores of a cycle as values: by stage, and the present value of each item."""

from collections.abc import Mapping
from fractions import Fraction

from governance.assessment.course import ScoreStage
from governance.assessment.score_models import Score
from governance.kernel.db import db, within

ByStage = Mapping[ScoreStage, Mapping[str, Fraction]]
RATINGS = tuple(stage for stage in ScoreStage if stage is not ScoreStage.PROPOSAL)  # a proposal rates nothing


def scores_of(institution_id: int, cycle_id: int) -> dict[ScoreStage, dict[str, Fraction]]:
    """Every stage's values by item, exact; what is not rated is left out. One statement."""
    rows = within(institution_id, Score, Score.stage, Score.item, Score.value).where(
        Score.cycle_id == cycle_id, Score.counts, Score.value.is_not(None)
    )
    found: dict[ScoreStage, dict[str, Fraction]] = {stage: {} for stage in ScoreStage}
    for stage, item, value in db.session.execute(rows):
        found[stage][item] = Fraction(value)
    return found


def present(scores: ByStage) -> dict[str, Fraction]:
    """The latest rating of each item: what the final score says, else the visit, and so on down to the self-assessment.

    An item without a rating is left out: that is no level 1.
    """
    values: dict[str, Fraction] = {}
    for stage in RATINGS:
        values.update(scores.get(stage, {}))
    return values


def latest_stage(scores: ByStage) -> ScoreStage | None:
    """The last stage that has rated anything, None before the first."""
    return next((stage for stage in reversed(RATINGS) if scores.get(stage)), None)
