"""The acts of an institution that offer themselves as evidence: for an item, in a cycle, or one by itself."""

from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, func, select

from governance.assessment.cycles import Seen
from governance.assessment.declarations import DeclarationTold, declaration_told
from governance.assessment.evidence_models import Declaration, Declared, Evidence, EvidenceUse
from governance.assessment.eyes import Eyes
from governance.assessment.offers import ActTold, Offering, Said, Term, Under, kinds_proving, offering
from governance.documents.effect import Period
from governance.documents.models import Act, Document, Promulgation
from governance.documents.queries import binding_day, readable
from governance.kernel.db import db, within
from governance.people.actors import Actor

SHOWN = 20  # acts for one item, the newest
A_PAGE = 25  # acts of a cycle's list


def term_of(cycle: Seen, today: date) -> Term:
    """The term for which acts are read in a cycle."""
    return Term.of(today, cycle.year, cycle.ready_by)


def offers_for(actor: Actor, cycle: Seen, item: str, under: Under, today: date) -> list[Offering]:
    """The newest acts that prove anything of an item, with what each may be offered for. One statement."""
    rows = _acts(actor.institution_id, cycle.id).where(readable(actor), _proving(under, item)).limit(SHOWN)
    return [offering(act, under, term_of(cycle, today), item) for act in _told(rows)]


def offered_in(
    actor: Actor, cycle: Seen, under: Under, today: date, after: int | None = None
) -> tuple[list[Offering], int | None]:
    """The acts with something left to offer in a cycle, newest first, and the key of the next page. One statement."""
    rows = _acts(actor.institution_id, cycle.id).where(readable(actor), _proving(under)).limit(A_PAGE + 1)
    if after is not None:
        rows = rows.where(Document.id < after)
    found = _told(rows)
    shown = [offering(act, under, term_of(cycle, today)) for act in found[:A_PAGE]]
    more = found[A_PAGE - 1].document_id if len(found) > A_PAGE else None
    return [one for one in shown if one.open], more


def act_seen(actor: Actor, document_id: int, cycle_id: int | None) -> ActTold | None:
    """The act of a document as far as offering asks of it, None where the actor may see none. One statement."""
    rows = _acts(actor.institution_id, cycle_id).where(readable(actor), Document.id == document_id)
    return next(iter(_told(rows)), None)


def act_page(actor: Actor, document_id: int, cycle_id: int | None) -> tuple[ActTold, list[DeclarationTold]] | None:
    """The same with all that was declared of it, in the order of days. One statement."""
    of_act = (Declaration.act_id == Act.id) & (Declaration.institution_id == Act.institution_id)
    rows = (
        _acts(actor.institution_id, cycle_id)
        .add_columns(Declaration, Evidence)
        .outerjoin(Declaration, of_act)
        .outerjoin(Evidence, Evidence.id == Declaration.evidence_id)
        .where(readable(actor), Document.id == document_id)
        .order_by(None)
        .order_by(Declaration.on, Declaration.id)
    )
    found = db.session.execute(rows).all()
    if not found:
        return None
    return _act(found[0][:-2]), [_declared(actor, *row[-2:]) for row in found if row[-2] is not None]


def act_of(institution_id: int, document_id: int, cycle_id: int) -> ActTold | None:
    """The same for the program itself, which sees every act. One statement."""
    return next(iter(_told(_acts(institution_id, cycle_id).where(Document.id == document_id))), None)


def _proving(under: Under, item: str | None = None) -> Any:
    return Act.kind.in_(sorted(kinds_proving(under, item)))


def _acts(institution_id: int, cycle_id: int | None) -> Select[Any]:
    """Acts, newest first, with what is declared of each and for what it is offered in the cycle."""
    return (
        within(institution_id, Act, Act, Document.id, Document.year, binding_day(), _said(), _taken(cycle_id))
        .select_from(Act)
        .join(Document, (Document.act_id == Act.id) & (Document.institution_id == Act.institution_id))
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .order_by(Document.id.desc())
    )


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
        .correlate(Act)
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
        .correlate(Act)
        .scalar_subquery()
    )


def _told(rows: Select[Any]) -> list[ActTold]:
    return [_act(row) for row in db.session.execute(rows)]


def _act(row: Any) -> ActTold:
    act, document_id, year, since, said, taken = row
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


def _declared(actor: Actor, row: Declaration, evidence: Evidence) -> DeclarationTold:
    """A declaration; the name of a proof that is not for this reader is left out."""
    may_read = Eyes(actor).may_read(evidence.secrecy, {evidence.unit_id}, ())
    return declaration_told(row, evidence.name if may_read else "")
