"""The scores of a cycle as they are read: what counts, and of an item everything that was ever given and said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, func, select

from governance.assessment.course import ScoreStage
from governance.assessment.score_models import Rebuttal, Score
from governance.kernel.db import db, within


@dataclass(frozen=True)
class Rated:
    """A score as it was given. `value` is None where one was taken back; `source` is another body's index."""

    id: int
    item: str
    stage: ScoreStage
    value: Fraction | None
    source: Fraction | None
    explanation: str
    uses: tuple[int, ...]
    counts: bool
    by_title: str
    at: datetime
    waiting: int = 0  # rebuttals without an answer


@dataclass(frozen=True)
class Rebutted:
    """What was said against a score, and the answer to it, "" before there is one."""

    id: int
    score_id: int
    value: Fraction | None
    words: str
    uses: tuple[int, ...]
    by_title: str
    at: datetime
    answer: str
    upheld: bool | None
    answered_by: str
    answered_at: datetime | None


Counting = Mapping[tuple[str, ScoreStage], Rated]


def counting(institution_id: int, cycle_id: int) -> dict[tuple[str, ScoreStage], Rated]:
    """The scores that count, also those that were taken back, by item and stage. One statement."""
    waiting = (
        select(func.count())
        .select_from(Rebuttal)
        .where(
            Rebuttal.institution_id == institution_id,
            Rebuttal.score_id == Score.id,
            Rebuttal.answered_at.is_(None),
        )
        .scalar_subquery()
    )
    rows = within(institution_id, Score, Score, waiting).where(Score.cycle_id == cycle_id, Score.counts)
    return {(row.item, row.stage): _rated(row, open_) for row, open_ in db.session.execute(rows)}


def history(institution_id: int, cycle_id: int, item: str) -> tuple[list[Rated], list[Rebutted]]:
    """Every score of an item, oldest first, and every rebuttal. One statement."""
    rows: Select[Any] = (
        within(institution_id, Score, Score, Rebuttal)
        .outerjoin(Rebuttal, Rebuttal.score_id == Score.id)
        .where(Score.cycle_id == cycle_id, Score.item == item)
        .order_by(Score.id, Rebuttal.id)
    )
    found = db.session.execute(rows).all()
    scores = {row.id: _rated(row, 0) for row, _said in found}
    return list(scores.values()), [_rebutted(said) for _row, said in found if said is not None]


def values(found: Counting) -> dict[ScoreStage, dict[str, Fraction]]:
    """The values by stage and item, as `rated.scores_of` has them; what was taken back is left out."""
    told: dict[ScoreStage, dict[str, Fraction]] = {stage: {} for stage in ScoreStage}
    for (item, stage), one in found.items():
        if one.value is not None:
            told[stage][item] = one.value
    return told


def _rated(row: Score, waiting: int) -> Rated:
    return Rated(
        id=row.id,
        item=row.item,
        stage=row.stage,
        value=None if row.value is None else Fraction(row.value),
        source=Fraction(row.source_value) if row.source_value else None,
        explanation=row.explanation,
        uses=tuple(row.uses),
        counts=row.counts,
        by_title=row.by_title,
        at=row.at,
        waiting=waiting,
    )


def _rebutted(row: Rebuttal) -> Rebutted:
    return Rebutted(
        id=row.id,
        score_id=row.score_id,
        value=None if row.value is None else Fraction(row.value),
        words=row.words,
        uses=tuple(row.uses),
        by_title=row.by_title,
        at=row.at,
        answer=row.answer,
        upheld=row.upheld,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
    )
