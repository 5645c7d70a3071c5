"""Whose hand a change of a workbook is: the same act as at the door where it is entered by hand; pure."""

from dataclasses import dataclass

from governance.assessment.course import ScoreStage
from governance.assessment.cycles import Seen
from governance.assessment.eyes import Eyes
from governance.people.permissions import Act, may

ACTS = {"share": Act.RUN_CYCLE, "effort": Act.PLAN_EFFORT, "document": Act.PLAN_EFFORT}
SCORES = {ScoreStage.PROPOSAL: Act.PROPOSE_SCORE, ScoreStage.SELF: Act.RATE}


@dataclass(frozen=True)
class Hand:
    """Who brings a workbook, with his seats, and the cycle as he sees it."""

    eyes: Eyes
    seen: Seen

    def may_change(self, row: str) -> bool:
        """Whether the row is his to change."""
        kind, _, of = row.partition(":")
        item, actor = of.split(":")[0], self.eyes.actor
        act = ACTS.get(kind) or SCORES.get(ScoreStage(of.rpartition(":")[2]), Act.ENTER_SCORE)
        if act is Act.RATE:
            return self.eyes.rates(self.seen.id, item)
        return may(actor, act, self.seen.matter(actor, item if act is Act.PROPOSE_SCORE else None))
