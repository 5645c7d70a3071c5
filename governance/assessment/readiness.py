"""How far the work of a cycle is, read in one statement: what is laid out, rated, signed, and still with somebody."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Integer, Select, Text, cast, func, literal, union_all

from governance.assessment.closing import Standing
from governance.assessment.course import SCORES, CycleRole, Part, ScoreStage
from governance.assessment.cycle_models import CyclePaper, CycleSeat, Share
from governance.assessment.cycles import Seen
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceState
from governance.assessment.opening import Laid
from governance.assessment.rated import RATINGS
from governance.assessment.score_models import Rebuttal, Score
from governance.documents.lifecycle import State
from governance.documents.models import Document
from governance.kernel.db import db, within

UNFINISHED = (EvidenceState.DRAFT, EvidenceState.REVISE)
IN_HAND = (State.DRAFT, State.IN_REVIEW, State.APPROVED)


def standing_of(institution_id: int, cycle: Seen, instrument: Instrument) -> Standing:
    """The cycle's standing. One statement, however much hangs on it."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for what, name, count in db.session.execute(union_all(*_parts(institution_id, cycle.id))):
        found[what][name].append(int(count))
    uses, papers = found["use"], found["paper"]
    counts = {state: sum(uses[state.value]) for state in EvidenceState}
    last = ScoreStage.FINAL if ScoreStage.FINAL in SCORES[cycle.round] else ScoreStage.SELF
    return Standing(
        laid=Laid(
            items=instrument.items,
            shared=found[f"share.{Part.RESPONSIBLE.value}"],
            shares=sum(len(items) for part in Part for items in found[f"share.{part.value}"].values()),
            seats={CycleRole(role) for role in found["seat"]},
            target=cycle.target,
            ready_by=cycle.ready_by,
        ),
        rated={item for stage in RATINGS for item in found[f"score.{stage.value}"]},
        final=set(found[f"score.{last.value}"]),
        signed={kind.split(":")[0] for kind in papers if kind.endswith(f":{State.ENACTED.value}")},
        in_hand={kind.split(":")[0] for kind in papers if kind.split(":")[1] in IN_HAND},
        in_process=counts[EvidenceState.IN_PROCESS],
        drafts=sum(counts[state] for state in UNFINISHED),
        unanswered=sum(found["rebuttal"][""]),
    )


def _parts(institution_id: int, cycle_id: int) -> list[Select[Any]]:
    """Rows of (what it is, its name, how many)."""
    one = cast(literal(1), Integer)
    uses = (
        within(institution_id, EvidenceUse, literal("use"), cast(EvidenceUse.state, Text), func.count())
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(EvidenceUse.cycle_id == cycle_id, EvidenceUse.withdrawn_at.is_(None), Evidence.withdrawn_at.is_(None))
        .group_by(EvidenceUse.state)
    )
    shares = within(institution_id, Share, literal("share.") + cast(Share.part, Text), Share.item, one)
    scores = within(institution_id, Score, literal("score.") + cast(Score.stage, Text), Score.item, one)
    seats = within(institution_id, CycleSeat, literal("seat"), cast(CycleSeat.role, Text), one)
    papers = within(
        institution_id, CyclePaper, literal("paper"), CyclePaper.kind + ":" + cast(Document.state, Text), one
    ).join(Document, Document.id == CyclePaper.document_id)
    rebuttals = within(institution_id, Rebuttal, literal("rebuttal"), literal(""), func.count())
    return [
        uses,
        shares.where(Share.cycle_id == cycle_id),
        scores.where(Score.cycle_id == cycle_id, Score.counts, Score.value.is_not(None)),
        seats.where(CycleSeat.cycle_id == cycle_id),
        papers.where(CyclePaper.cycle_id == cycle_id),
        rebuttals.where(Rebuttal.cycle_id == cycle_id, Rebuttal.answered_at.is_(None)),
    ]
