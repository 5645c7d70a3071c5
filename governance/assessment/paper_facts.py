"""What a cycle's papers are written from: scores, evidence, shares, seats, as they stand; and the papers there are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, literal, union_all

from governance.assessment.course import CycleMove
from governance.assessment.cycle_models import CyclePaper, CycleSeat, CycleStep, Share
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.score_models import Score
from governance.documents.lifecycle import State
from governance.documents.models import Act, Document, WorkingCopy
from governance.documents.queries import readable
from governance.kernel.db import db, json_of, within
from governance.people.actors import Actor
from governance.people.models import Post, Unit

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """Plain rows: scores that count, evidence in force, shares, seats, and the day the cycle was handed on last."""

    scores: tuple[Told, ...] = ()
    uses: tuple[Told, ...] = ()
    shares: tuple[Told, ...] = ()
    seats: tuple[Told, ...] = ()
    reported_at: datetime | None = None


@dataclass(frozen=True)
class Paper:
    """A document of a cycle; `began` is what its draft was given at first, None where the reader may not read it."""

    kind: str
    document_id: int
    title: str
    state: State
    began: Mapping[str, Any] | None = field(default_factory=dict)


def facts_of(institution_id: int, cycle_id: int) -> Facts:
    """Everything that papers are written from. One statement."""
    found: dict[str, list[Told]] = defaultdict(list)
    for what, told in db.session.execute(union_all(*_parts(institution_id, cycle_id))):
        found[what].append(told)
    moments = [_moment(one["at"]) for one in found["step"]]
    return Facts(
        tuple(sorted(found["score"], key=lambda one: int(one["id"]))),
        tuple(sorted(found["use"], key=lambda one: int(one["id"]))),
        tuple(sorted(found["share"], key=lambda one: (one["part"] != "responsible", one["unit"]))),
        tuple(sorted(found["seat"], key=lambda one: int(one["id"]))),
        max(moments, default=None),
    )


def papers_of(actor: Actor, cycle_id: int) -> dict[str, Paper]:
    """The papers of a cycle by kind; what a withdrawn one was is told too. One statement."""
    rows = (
        within(actor.institution_id, CyclePaper, CyclePaper.kind, Document, WorkingCopy.began, readable(actor))
        .join(Document, Document.id == CyclePaper.document_id)
        .outerjoin(WorkingCopy, WorkingCopy.document_id == Document.id)
        .where(CyclePaper.cycle_id == cycle_id)
    )
    return {
        kind: Paper(kind, document.id, document.title, document.state, dict(began or {}) if may else None)
        for kind, document, began, may in db.session.execute(rows)
    }


def linkable(actor: Actor, kinds: tuple[str, ...], year: int) -> list[tuple[int, str, str]]:
    """(id, kind, title) of documents of these kinds that can be said to be a cycle's: of its year or the next."""
    rows = within(actor.institution_id, Document, Document.id, Document.kind, Document.title).where(
        Document.kind.in_(kinds),
        Document.year.in_((year, year + 1)),
        Document.state != State.WITHDRAWN,
        readable(actor),
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(rows.order_by(Document.id.desc()).limit(50))]


def _parts(institution_id: int, cycle_id: int) -> list[Select[Any]]:
    """One SELECT of each sort of row, all of the same two columns: what it is, and the row as JSON."""
    scores = {name: getattr(Score, name) for name in ("id", "item", "stage", "value", "explanation")}
    uses = {name: getattr(EvidenceUse, name) for name in ("id", "item", "level", "state", "evidence_id")}
    uses |= {"name": Evidence.name, "secrecy": Evidence.secrecy, "number": Act.number, "signed_on": Act.signed_on}
    uses |= {"unit": Unit.short, "dated_on": Evidence.dated_on}
    shares = {"item": Share.item, "part": Share.part, "unit": Unit.name}
    seats = {"id": CycleSeat.id, "role": CycleSeat.role, "post_id": CycleSeat.post_id, "title": Post.title}
    steps = {"at": CycleStep.at}

    def part(what: str, model: Any, columns: Mapping[str, Any]) -> Select[Any]:
        return within(institution_id, model, literal(what), json_of(**columns)).where(model.cycle_id == cycle_id)

    offered = part("use", EvidenceUse, uses).where(EvidenceUse.withdrawn_at.is_(None), Evidence.withdrawn_at.is_(None))
    return [
        part("score", Score, scores).where(Score.counts, Score.value.is_not(None)),
        offered.select_from(EvidenceUse)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .join(Unit, Unit.id == EvidenceUse.unit_id)
        .outerjoin(Act, (Act.id == Evidence.act_id) & (Act.institution_id == Evidence.institution_id)),
        part("share", Share, shares).select_from(Share).join(Unit, Unit.id == Share.unit_id),
        part("seat", CycleSeat, seats).select_from(CycleSeat).join(Post, Post.id == CycleSeat.post_id),
        part("step", CycleStep, steps).where(CycleStep.move == CycleMove.REPORT),
    ]


def _moment(text: str) -> datetime:
    """A moment as the database's JSON has it; SQLite forgets the zone: what it holds is UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day_of(text: str | None) -> date | None:
    """A day as the database's JSON has it."""
    return date.fromisoformat(text[:10]) if text else None
