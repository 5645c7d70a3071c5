"""What a decree says that it revokes, as acts of this institution: shown before enactment, recorded with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, false, func, or_

from governance.documents.act_models import ENDING, ActRelation, Relation
from governance.documents.kinds import Kind
from governance.documents.models import Act, Document, Promulgation
from governance.documents.naming import Named, named_in
from governance.documents.relating import TITLE_LIMIT, Wish
from governance.documents.relations import Choice, holds
from governance.kernel.db import db, within
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts

FIELD = "revokes"


def said_to_revoke(kind: Kind, fields: Mapping[str, Any]) -> str:
    """What the decree says it revokes, in its own words; "" where it says nothing."""
    spec, text = kind.spec(FIELD), fields.get(FIELD)
    return " ".join(text.split()) if spec is not None and spec.type == "text" and isinstance(text, str) else ""


def named_acts(facts: InstitutionFacts, text: str, kind: str, by: Actor, upto: date) -> list[Named]:
    """The acts of this institution, signed until that day, that a text names and that no other act ends."""
    return before_enactment(facts, text, kind, by, upto)[0] if text else []


def before_enactment(
    facts: InstitutionFacts, text: str, kind: str, by: Actor, on: date
) -> tuple[list[Named], list[Choice]]:
    """In one statement: the acts that a text names, and the others of the kind that hold on that day."""
    find = func.instr if db.engine.dialect.name == "sqlite" else func.strpos
    ended = within(by.institution_id, ActRelation, ActRelation.other_id).where(
        ActRelation.relation.in_(ENDING), ActRelation.withdrawn_at.is_(None), ActRelation.other_id.is_not(None)
    )
    said = find(text.lower(), func.lower(Act.number)) > 0 if text else false()
    may_be_named, beside = and_(said, Act.signed_on <= on, Act.id.not_in(ended)), holds(kind, on)
    columns = (Document.id, Act.kind, Act.number, Act.title, Act.signed_on)
    rows = (
        within(by.institution_id, Act, *columns, may_be_named.label("named"), beside.label("beside"))
        .select_from(Act)
        .join(Document, Document.act_id == Act.id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .where(or_(may_be_named, beside))
        .order_by(Act.signed_on, Act.id)
    )
    found = db.session.execute(rows).all()
    offices = (facts.establishing_office, f"Sekretaris Daerah {facts.region}")
    acts = [Named(row[0], row[1], row[2], row[3]) for row in found if row.named]
    named = named_in(text, acts, offices=offices, kind=kind)
    mine = {act.document_id for act in named}
    return named, [Choice(*row[:5]) for row in found if row.beside and row[0] not in mine]


def with_named(wishes: tuple[Wish, ...], text: str, named: list[Named]) -> tuple[Wish, ...]:
    """The wishes of who enacts, and what the decree itself revokes: its dictum is the law, whatever is chosen."""
    if not text:
        return wishes
    ended = {wish.document_id for wish in wishes if wish.relation in ENDING}
    own = tuple(Wish(Relation.REVOKES, act.document_id) for act in named if act.document_id not in ended)
    if named or any(wish.relation in ENDING for wish in wishes):
        return wishes + own
    return (*wishes, Wish(Relation.REVOKES, title=text[:TITLE_LIMIT]))
