"""What is declared of an act beyond its enactment: when it may be, and all that was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from governance.assessment.evidence_models import Declaration, Declared
from governance.assessment.offers import DATED, Said, declarable
from governance.documents.models import Document
from governance.documents.queries import readable
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound, Problem
from governance.mandates.law import Law
from governance.people.actors import Actor


@dataclass(frozen=True)
class OfAct:
    """What the rules ask of the act of which something is declared."""

    kind: str
    signed_on: date
    said: tuple[Said, ...]


@dataclass(frozen=True)
class DeclarationTold:
    """A declaration as the page of its act shows it, withdrawn ones too."""

    id: int
    state: Declared
    on: date
    pointer: str
    evidence: str
    by_title: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    reason: str


def problems_of(new: Said, act: OfAct, law: Law, today: date) -> list[Problem]:
    """Why it cannot be declared of the act.

    A review and what follows it come after the enactment, the follow-up not before a review: proofs.yaml.
    """
    if new.state not in declarable(act.kind, law):
        return [Problem("state", "proof.not_asked")]
    problems = []
    if new.on > today:
        problems.append(Problem("on", "proof.future", {"today": today.isoformat()}))
    if new.on < act.signed_on or (new.state in DATED and new.on == act.signed_on):
        problems.append(Problem("on", "proof.before_enactment", {"signed_on": act.signed_on.isoformat()}))
    if new in act.said:
        problems.append(Problem("on", "proof.said_already"))
    reviewed = [one.on for one in act.said if one.state is Declared.REVIEWED]
    asked = new.state is Declared.FOLLOWED_UP and Declared.REVIEWED in declarable(act.kind, law)
    if asked and not any(on <= new.on for on in reviewed):
        problems.append(Problem("state", "proof.no_review"))
    return problems


def rests_on(state: Declared, on: date, others: Iterable[Said]) -> bool:
    """Whether a follow-up that is declared has no review left to follow once this one is taken back."""
    if state is not Declared.REVIEWED:
        return False
    left = list(others)
    left.remove(Said(state, on))
    reviews = [one.on for one in left if one.state is Declared.REVIEWED]
    followed = [one.on for one in left if one.state is Declared.FOLLOWED_UP]
    return any(not any(review <= day for review in reviews) for day in followed)


def said_of(institution_id: int, act_id: int) -> tuple[Said, ...]:
    """What is declared of an act and not withdrawn. One statement."""
    rows = within(institution_id, Declaration, Declaration.state, Declaration.on).where(
        Declaration.act_id == act_id, Declaration.withdrawn_at.is_(None)
    )
    return tuple(Said(state, on) for state, on in db.session.execute(rows))


def document_of(actor: Actor, declaration_id: int) -> int:
    """The document whose act it is declared of; NotFound where the actor may not see it. One statement."""
    rows = (
        within(actor.institution_id, Declaration, Document.id)
        .select_from(Declaration)
        .join(Document, Document.act_id == Declaration.act_id)
    )
    found: int | None = db.session.scalar(rows.where(Declaration.id == declaration_id, readable(actor)))
    if found is None:
        raise NotFound
    return found


def declaration_told(row: Declaration, evidence: str) -> DeclarationTold:
    """A row as it is shown; `evidence` is the name of its proof."""
    return DeclarationTold(
        id=row.id,
        state=row.state,
        on=row.on,
        pointer=row.pointer,
        evidence=evidence,
        by_title=row.by_title,
        at=row.at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        reason=row.withdrawn_reason,
    )
