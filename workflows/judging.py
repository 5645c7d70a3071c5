"""Judging: an assessor accepts what an office offered, gives it back with one of three reasons, or looks again."""

from dataclasses import dataclass
from datetime import datetime

from governance.assessment import cycles
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.eyes import eyes_of
from governance.assessment.judging import EvidenceMove, EvidenceState, Reason, open_below
from governance.assessment.proven import lowest_asked
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.trail.record import record
from workflows import offered
from workflows.bells import ring
from workflows.library import Library
from workflows.offered import Held, Said, for_change, step, tell_office, words_problems


@dataclass(frozen=True)
class Verdict:
    """What an assessor says of an offer in the version that he saw: the reason where it is given back, and words."""

    use_id: int
    version: int
    move: EvidenceMove
    reason: Reason | None = None
    words: str = ""


def judge(verdict: Verdict, *, by: Actor, now: datetime, library: Library) -> None:
    """Accept, give back, or look at it again.

    What is accepted while a lower level is open stays accepted and does not count until that level is closed.
    """
    _require_said(verdict)
    with transaction() as after_commit:
        held = for_change(verdict.use_id, verdict.version, by)
        permissions.require(by, Act.JUDGE_EVIDENCE, cycles.matter_of(held.cycle, by, held.use.item))
        if not eyes_of(by).rates(held.cycle.id, held.use.item):
            raise NotAllowed("evidence.not_your_item", item=held.use.item)
        if verdict.reason is Reason.LOWER_LEVEL_OPEN and not _open_below(held, library):
            raise Invalid(Problem("reason", "evidence.no_lower_open", {"level": held.use.level}))
        offered.move(held.use, verdict.move)
        held.use.reason = verdict.reason if verdict.move is EvidenceMove.SEND_BACK else None
        held.use.words, held.use.judged_by, held.use.judged_at = verdict.words.strip(), by.title, now
        made = step(held.use, verdict.move, by=by, now=now, said=Said(verdict.words, held.use.reason))
        if verdict.move is not EvidenceMove.ACCEPT:
            why = f"returned.{held.use.reason.value}" if held.use.reason else "reopened"
            tell_office(held, made, f"evidence.{why}", by=by)
        about = {"item": held.use.item, "level": held.use.level, "use": held.use.id}
        record(f"evidence.{verdict.move.value}", by=by, about=("cycle", held.cycle.id), at=now, **about)
        after_commit(ring("notices.deliver"))


def _require_said(verdict: Verdict) -> None:
    """Words to whoever must do something; a reason exactly where it is given back."""
    needed = "" if verdict.move is EvidenceMove.ACCEPT else "evidence.words_missing"
    problems = words_problems("words", verdict.words, needed=needed)
    if verdict.move not in (EvidenceMove.ACCEPT, EvidenceMove.SEND_BACK, EvidenceMove.REOPEN):
        raise NotAllowed("refused.not_allowed", act=verdict.move.value)
    if verdict.move is EvidenceMove.SEND_BACK and verdict.reason is None:
        problems.append(Problem("reason", "evidence.reason_missing"))
    if problems:
        raise Invalid(*problems)


def _open_below(held: Held, library: Library) -> tuple[int, ...]:
    """The lower levels of the item on which nothing is accepted yet."""
    rows = (
        within(held.cycle.institution_id, EvidenceUse, EvidenceUse.level)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(
            EvidenceUse.cycle_id == held.cycle.id,
            EvidenceUse.item == held.use.item,
            EvidenceUse.state == EvidenceState.ACCEPTED,
            EvidenceUse.withdrawn_at.is_(None),
            Evidence.withdrawn_at.is_(None),
        )
    )
    lowest = lowest_asked(library.instruments.instrument(held.cycle.instrument))
    return open_below(set(db.session.scalars(rows)), held.use.level, lowest)
