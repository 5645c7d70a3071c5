"""What a decree says that it revokes, as acts of this institution: shown before enactment, recorded with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func

from governance.documents.act_models import ENDING, ActRelation, Relation
from governance.documents.kinds import Kind
from governance.documents.models import Act, Document
from governance.documents.naming import Named, named_in
from governance.documents.relating import TITLE_LIMIT, Wish
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
    if not text:
        return []
    ended = within(by.institution_id, ActRelation, ActRelation.other_id).where(
        ActRelation.relation.in_(ENDING), ActRelation.withdrawn_at.is_(None), ActRelation.other_id.is_not(None)
    )
    found = func.instr if db.engine.dialect.name == "sqlite" else func.strpos
    rows = (
        within(by.institution_id, Act, Document.id, Act.kind, Act.number, Act.title)
        .select_from(Act)
        .join(Document, Document.act_id == Act.id)
        .where(found(text.lower(), func.lower(Act.number)) > 0, Act.signed_on <= upto, Act.id.not_in(ended))
        .order_by(Act.id)
    )
    acts = [Named(*row) for row in db.session.execute(rows)]
    offices = (facts.establishing_office, f"Sekretaris Daerah {facts.region}")
    return named_in(text, acts, offices=offices, kind=kind)


def with_named(wishes: tuple[Wish, ...], text: str, named: list[Named]) -> tuple[Wish, ...]:
    """The wishes of who enacts, and what the decree itself revokes: its dictum is the law, whatever is chosen."""
    if not text:
        return wishes
    ended = {wish.document_id for wish in wishes if wish.relation in ENDING}
    own = tuple(Wish(Relation.REVOKES, act.document_id) for act in named if act.document_id not in ended)
    if named or any(wish.relation in ENDING for wish in wishes):
        return wishes + own
    return (*wishes, Wish(Relation.REVOKES, title=text[:TITLE_LIMIT]))
