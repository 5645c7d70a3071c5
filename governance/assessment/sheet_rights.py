"""Whose hand a change of a workbook is: the same act as at the door where it is entered by hand."""

from collections.abc import Collection
from dataclasses import dataclass

from governance.assessment.course import CycleRole, ScoreStage
from governance.assessment.cycle_models import CycleSeat
from governance.assessment.cycles import Seen
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.permissions import Act, may

ACTS = {"share": Act.RUN_CYCLE, "effort": Act.PLAN_EFFORT, "document": Act.PLAN_EFFORT}
SCORES = {ScoreStage.PROPOSAL: Act.PROPOSE_SCORE, ScoreStage.SELF: Act.RATE}


@dataclass(frozen=True)
class Hand:
    """Who brings a workbook, the cycle as he sees it, and the items that his post rates (empty: all of them)."""

    actor: Actor
    seen: Seen
    rates: Collection[str] = ()

    def may_change(self, row: str) -> bool:
        """Whether the row is his to change."""
        kind, _, of = row.partition(":")
        item = of.split(":")[0]
        act = ACTS.get(kind) or SCORES.get(ScoreStage(of.rpartition(":")[2]), Act.ENTER_SCORE)
        if act is Act.RATE and self.rates and item not in self.rates:
            return False
        about = item if act is Act.PROPOSE_SCORE else None
        return may(self.actor, act, self.seen.matter(self.actor, about))


def rated_by(actor: Actor, cycle_id: int) -> frozenset[str]:
    """The items that the actor's post is to rate as an assessor; empty where it rates all, or none."""
    rows = within(actor.institution_id, CycleSeat, CycleSeat.items).where(
        CycleSeat.cycle_id == cycle_id, CycleSeat.role == CycleRole.ASSESSOR, CycleSeat.post_id == actor.post_id
    )
    return frozenset(db.session.scalar(rows) or ())
