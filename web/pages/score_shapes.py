"""How scores look to their pages: an item with all stages and their differences, and the form of a stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from governance.assessment.course import ScoreStage
from governance.assessment.cycles import Seen
from governance.assessment.eyes import Eyes
from governance.assessment.instruments import Instrument, Item
from governance.assessment.score_check import as_written, is_open, previous, signed, stages_of
from governance.assessment.score_history import Counting, Rated, values
from governance.assessment.scoring import as_fraction
from governance.assessment.standing import ByStage, by_stage, differences
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.pages.path_figures import figure_shape


@dataclass(frozen=True)
class Desk:
    """Who looks at the scores of a cycle, with what he may enter."""

    actor: Actor
    cycle: Seen
    instrument: Instrument
    eyes: Eyes

    @property
    def stages(self) -> tuple[ScoreStage, ...]:
        """The scores that the round asks for."""
        return stages_of(self.cycle.round)

    def may_enter(self, stage: ScoreStage, item: str) -> bool:
        """Whether he gives that stage's score to the item now."""
        if stage not in self.stages or not is_open(self.cycle.stage, stage):
            return False
        return self.gives(stage, item)

    def gives(self, stage: ScoreStage, item: str) -> bool:
        """Whether that is his part in the cycle, whatever the time."""
        matter = self.cycle.matter(self.actor, item)
        if stage is ScoreStage.SELF:
            return permissions.may(self.actor, Act.RATE, matter) and self.eyes.rates(self.cycle.id, item)
        act = Act.PROPOSE_SCORE if stage is ScoreStage.PROPOSAL else Act.ENTER_SCORE
        return permissions.may(self.actor, act, matter)

    def may_rebut(self, one: Rated) -> bool:
        """Whether he says something against that score now."""
        runs = is_open(self.cycle.stage, ScoreStage.FINAL)
        rates = one.stage is not ScoreStage.PROPOSAL and one.value is not None and one.counts
        return runs and rates and permissions.may(self.actor, Act.REBUT, self.cycle.matter(self.actor, one.item))

    def entered(self) -> list[ScoreStage]:
        """The stages that he may enter now for at least one item."""
        return [stage for stage in self.stages if any(self.may_enter(stage, item) for item in self.instrument.items)]


def row_shape(desk: Desk, item: Item, found: Counting, scores: ByStage) -> dict[str, Any]:
    """An item with its score of every stage, and how each differs from the one before."""
    differ = {one.stage: one for one in differences(scores, item.key, desk.stages)}
    cells: list[dict[str, Any]] = []
    for stage in desk.stages:
        one = found.get((item.key, stage))
        change = differ.get(stage)
        cells.append(
            {
                "stage": stage.value,
                "value": as_written(one.value) if one and one.value is not None else "",
                "by": signed(change.by) if change and change.by else "",
                "up": bool(change and change.by > 0),
                "waiting": one.waiting if one else 0,
                "source": as_written(one.source) if one and one.source is not None else "",
            }
        )
    differs = any(cell["by"] for cell in cells)
    rated = any(cell["value"] for cell in cells if cell["stage"] != ScoreStage.PROPOSAL.value)
    mine = item.key in desk.cycle.shared or desk.eyes.rates(desk.cycle.id, item.key)
    waiting = sum(cell["waiting"] for cell in cells)
    return {"item": item, "cells": cells, "differs": differs, "rated": rated, "mine": mine, "waiting": waiting}


def stage_indices(desk: Desk, found: Counting) -> list[dict[str, Any]]:
    """What each stage's own values give: an index, or how many items it has not rated."""
    told = []
    for stage, index in by_stage(desk.instrument, values(found), desk.stages).items():
        exact = index.exact
        told.append(
            {
                "stage": stage.value,
                "figure": figure_shape(desk.instrument, exact) if exact is not None else None,
                "missing": len(index.missing),
            }
        )
    return told


def entry_shapes(desk: Desk, stage: ScoreStage, rows: Sequence[Any], found: Counting, typed: Any) -> list[Any]:
    """The rows of a stage's form: what stands, what was typed, and which score the form replaces."""
    scores = values(found)
    return [
        entry_shape(stage, row["item"], found.get((row["item"].key, stage)), previous(stage, row["item"].key, scores))
        | typed.get(row["item"].key, {})
        for row in rows
        if desk.may_enter(stage, row["item"].key)
    ]


def entry_shape(stage: ScoreStage, item: Item, one: Rated | None, before: Fraction | None) -> dict[str, Any]:
    """The form of one item as it is before anything is typed."""
    return {
        "item": item,
        "stage": stage.value,
        "value": as_written(one.value) if one and one.value is not None else "",
        "source": as_written(one.source) if one and one.source is not None else "",
        "explanation": one.explanation if one else "",
        "uses": ",".join(str(use) for use in one.uses) if one else "",
        "seen": one.id if one else "",
        "now": now_shape(one),
        "before": as_written(before) if before is not None else "",
    }


def now_shape(one: Rated | None) -> dict[str, Any] | None:
    """The score that stands."""
    if one is None:
        return None
    return {
        "id": one.id,
        "value": as_written(one.value) if one.value is not None else "",
        "exact": as_fraction(one.value) if one.value is not None else "",
        "source": as_written(one.source) if one.source is not None else "",
        "explanation": one.explanation,
        "by": one.by_title,
        "at": one.at,
    }
