"""Scores of a workbook, judged by the rules of the hand: what they find is told of the cell that says so; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from governance.assessment.course import ScoreStage, Stage
from governance.assessment.instruments import Instrument
from governance.assessment.score_check import Given, checked, is_open, previous
from governance.assessment.sheet_changes import Change
from governance.assessment.sheet_layout import SCORED, Place, why
from governance.assessment.sheet_rows import Rows
from governance.kernel.errors import Problem


def stage_of(name: str) -> tuple[str, ScoreStage]:
    """The item and the stage of a score's row."""
    item, _, stage = name.partition(":")[2].rpartition(":")
    return item, ScoreStage(stage)


@dataclass(frozen=True)
class Around:
    """What scores are judged in: the cycle's instrument, stage and year, and where each cell stands in the workbook."""

    instrument: Instrument
    stage: Stage
    year: int
    at: Mapping[Place, str]


def score_problems(changes: Sequence[Change], rows: Rows, around: Around) -> Iterator[Problem]:
    """Everything wrong with the scores that change, seen as they would stand together.

    A score that differs from the stage before is explained, and one that is taken back too; those of a stage that is
    over are not given any more.
    """
    mine = [one for one in changes if one["row"].startswith("score:")]
    scores = _together({**rows, **{one["row"]: one["after"] for one in mine}})
    for one in mine:
        item, stage = stage_of(one["row"])
        if not is_open(around.stage, stage):
            key = "score.not_open" if around.stage is Stage.PREPARATION else "score.handed_on"
            yield _told(around.at[SCORED, item, stage.value], Problem("", key, {"year": around.year}))
            continue
        given = Given(item, one["after"]["value"] or "", explanation=one["after"]["explanation"])
        for problem in checked(around.instrument, given, previous(stage, item, scores)).problems:
            column = why(stage) if problem.place.endswith(".explanation") else stage.value
            yield _told(around.at[SCORED, item, column], problem)


def _together(rows: Rows) -> dict[ScoreStage, dict[str, Fraction]]:
    scores: dict[ScoreStage, dict[str, Fraction]] = {stage: {} for stage in ScoreStage}
    for name, row in rows.items():
        if name.startswith("score:") and row["value"] is not None:
            item, stage = stage_of(name)
            scores[stage][item] = Fraction(row["value"])
    return scores


def _told(cell: str, problem: Problem) -> Problem:
    return Problem(cell, "sheet.because", {"cell": cell, "because": {"key": problem.key, "params": problem.params}})
