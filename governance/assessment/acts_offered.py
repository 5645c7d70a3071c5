"""The acts of an institution that offer themselves as evidence: for an item, in a cycle, or one by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, select

from governance.assessment.cycles import Seen
from governance.assessment.evidence_models import Declaration, Declared, Evidence, EvidenceUse
from governance.assessment.offers import ActTold, Offering, Said, Term, Under, kinds_proving, offering
from governance.documents.effect import Period
from governance.documents.models import Act, Document, Promulgation
from governance.documents.queries import binding_day, readable
from governance.kernel.db import db, within
from governance.people.actors import Actor

SHOWN = 20  # acts for one item, the newest
A_PAGE = 25  # acts of a cycle's list


@dataclass(frozen=True)
class DeclarationTold:
    """A declaration as the page of its act shows it, withdrawn ones too."""

    id: int
    state: Declared
    on: date
    pointer: str
    evidence_id: int
    evidence: str
    by_title: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    reason: str


def term_of(cycle: Seen, today: date) -> Term:
    """The term for which acts are read in a cycle."""
    return Term.of(today, cycle.year, cycle.ready_by)


def offers_for(actor: Actor, cycle: Seen, item: str, under: Under, today: date) -> list[Offering]:
    """The newest acts that prove anything of an item, with what each may be offered for. One statement."""
    rows = _acts(actor, cycle.id, kinds_proving(under, item)).limit(SHOWN)
    return [offering(act, under, term_of(cycle, today), item) for act in _told(rows)]


def offered_in(
    actor: Actor, cycle: Seen, under: Under, today: date, after: int | None = None
) -> tuple[list[Offering], int | None]:
    """The acts with something left to offer in a cycle, newest first, and the key of the next page. One statement."""
    rows = _acts(actor, cycle.id, kinds_proving(under)).limit(A_PAGE + 1)
    if after is not None:
        rows = rows.where(Document.id < after)
    found = _told(rows)
    shown = [offering(act, under, term_of(cycle, today)) for act in found[:A_PAGE]]
    more = found[A_PAGE - 1].document_id if len(found) > A_PAGE else None
    return [one for one in shown if one.open], more


def act_told(actor: Actor, document_id: int, cycle_id: int | None) -> ActTold | None:
    """The act of a document as far as offering asks of it, None where there is none to be seen. One statement."""
    found = _told(_acts(actor, cycle_id).where(Document.id == document_id))
    return found[0] if found else None


def declarations_of(institution_id: int, act_id: int) -> list[DeclarationTold]:
    """All that was declared of an act, oldest first. One statement."""
    rows = (
        within(institution_id, Declaration, Declaration, Evidence.name)
        .join(Evidence, Evidence.id == Declaration.evidence_id)
        .where(Declaration.act_id == act_id)
        .order_by(Declaration.on, Declaration.id)
    )
    return [_declaration(row, name) for row, name in db.session.execute(rows)]


def _acts(actor: Actor, cycle_id: int | None, kinds: Collection[str] | None = None) -> Select[Any]:
    """Acts that the actor may see, newest first, with what is declared of each and offered of it in the cycle."""
    rows = (
        within(actor.institution_id, Act, Act, Document.id, Document.year, binding_day(), _said(), _taken(cycle_id))
        .select_from(Act)
        .join(Document, (Document.act_id == Act.id) & (Document.institution_id == Act.institution_id))
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .where(readable(actor))
        .order_by(Document.id.desc())
    )
    return rows if kinds is None else rows.where(Act.kind.in_(sorted(kinds)))


def _said() -> Any:
    """What is declared of the act and not withdrawn, as "reviewed 2025-06-01" and so on."""
    said = cast(Declaration.state, String) + " " + cast(Declaration.on, String)
    return (
        select(func.aggregate_strings(said, ","))
        .where(
            Declaration.institution_id == Act.institution_id,
            Declaration.act_id == Act.id,
            Declaration.withdrawn_at.is_(None),
        )
        .scalar_subquery()
    )


def _taken(cycle_id: int | None) -> Any:
    """The items and levels that the act is offered for in the cycle, as "19:2" and so on."""
    taken = EvidenceUse.item + ":" + cast(EvidenceUse.level, String)
    return (
        select(func.aggregate_strings(taken, ","))
        .select_from(EvidenceUse)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .where(
            EvidenceUse.institution_id == Act.institution_id,
            EvidenceUse.cycle_id == cycle_id,
            EvidenceUse.withdrawn_at.is_(None),
            Evidence.act_id == Act.id,
            Evidence.withdrawn_at.is_(None),
        )
        .scalar_subquery()
    )


def _told(rows: Select[Any]) -> list[ActTold]:
    return [_act(*row) for row in db.session.execute(rows)]


def _act(act: Act, document_id: int, year: int, since: date | None, said: str | None, taken: str | None) -> ActTold:
    words = [one.split(" ") for one in (said or "").split(",") if one]
    places = [one.rsplit(":", 1) for one in (taken or "").split(",") if one]
    return ActTold(
        document_id=document_id,
        act_id=act.id,
        kind=act.kind,
        title=act.title,
        number=act.number,
        year=year,
        signed_on=act.signed_on,
        period=Period(since, act.in_force_to, act.revoked_on),
        said=tuple(Said(Declared(state), date.fromisoformat(on)) for state, on in words),
        taken=frozenset((item, int(level)) for item, level in places),
    )


def _declaration(row: Declaration, evidence: str) -> DeclarationTold:
    return DeclarationTold(
        id=row.id,
        state=row.state,
        on=row.on,
        pointer=row.pointer,
        evidence_id=row.evidence_id,
        evidence=evidence,
        by_title=row.by_title,
        at=row.at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        reason=row.withdrawn_reason,
    )
