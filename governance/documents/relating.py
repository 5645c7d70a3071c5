"""What one act does to another, written down inside a verb: it amends, revokes, replaces or implements.

Revoking and replacing end the other act from the day on which the acting one binds; a Peraturan binds from its
promulgation, so until then the relation waits.
"""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents.act_models import ENDING, ActRelation, Relation
from governance.documents.models import Act, Binding, Document, Promulgation
from governance.documents.queries import readable
from governance.kernel.db import db, within
from governance.kernel.errors import Invalid, Problem
from governance.kernel.texts import unprintable
from governance.people.actors import Actor

TITLE_LIMIT = 1000


@dataclass(frozen=True)
class Wish:
    """What an act is said to do: to an act of this institution, by its document; else to one that is only named."""

    relation: Relation
    document_id: int | None = None
    title: str = ""


def write_down(act: Act, wish: Wish, *, by: Actor, at: datetime) -> ActRelation:
    """Write a relation down and end the other act where it ends it, or Invalid; both acts are locked by their verbs."""
    other = _other(act, wish, by)
    row = ActRelation(institution_id=act.institution_id, act_id=act.id, relation=wish.relation)
    row.other_id, row.other_title = (other.id, other.title) if other else (None, wish.title.strip())
    row.since, row.by_title, row.at = binds_on(act), by.title, at
    db.session.add(row)
    _end(row, other)
    db.session.flush()
    return row


def begin(act: Act, since: date) -> None:
    """The act binds from this day on: what it does to others begins."""
    rows = within(act.institution_id, ActRelation).where(
        ActRelation.act_id == act.id, ActRelation.since.is_(None), ActRelation.withdrawn_at.is_(None)
    )
    for row in db.session.scalars(rows.order_by(ActRelation.id)).all():
        row.since = since
        other = _locked(act.institution_id, row.other_id) if row.other_id else None
        _end(row, other)


def take_back(row: ActRelation, reason: str, *, by: Actor, at: datetime) -> None:
    """Take a mistaken relation back: it stays readable with the reason, and an act that it ended holds again."""
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by.title, reason
    db.session.flush()  # The act's trigger looks for the withdrawn row before it lets the day go.
    if row.relation in ENDING and row.other_id is not None and row.since is not None:
        _locked(row.institution_id, row.other_id).revoked_on = None


def binds_on(act: Act) -> date | None:
    """The day from which an act binds, None while a Peraturan waits for its promulgation."""
    if act.binds_from != Binding.PROMULGATION or act.recorded:
        return act.in_force_from
    rows = within(act.institution_id, Promulgation, Promulgation.in_force_from)
    since: date | None = db.session.scalar(rows.where(Promulgation.act_id == act.id))
    return since


def _other(act: Act, wish: Wish, by: Actor) -> Act | None:
    """The act that is meant, locked; None where it is only named. Invalid where the relation cannot be."""
    if wish.document_id is None:
        _require_title(act, wish)
        return None
    rows = within(act.institution_id, Act).join(Document, Document.act_id == Act.id)
    rows = rows.where(Document.id == wish.document_id, readable(by)).with_for_update(of=Act)
    other: Act | None = db.session.scalar(rows.execution_options(populate_existing=True))
    if other is None:
        raise Invalid(Problem("other", "relation.unknown_act"))
    if other.id == act.id:
        raise Invalid(Problem("other", "relation.itself"))
    if problem := _problem(act, wish.relation, other):
        raise Invalid(problem)
    return other


def _problem(act: Act, relation: Relation, other: Act) -> Problem | None:
    """What stands against it: the other is younger, it is said already, or the other's end is known."""
    named = {"other": other.number}
    if other.signed_on > act.signed_on:
        return Problem("other", "relation.earlier", named)
    known = _live(act.institution_id, other.id)
    if any(row.act_id == act.id and row.relation is relation for row in known):
        return Problem("other", "relation.there")
    if relation in ENDING and (other.revoked_on or any(row.relation in ENDING for row in known)):
        return Problem("other", "relation.ended_already", named)
    back = [row for row in _live(act.institution_id, act.id) if row.act_id == other.id and row.relation in ENDING]
    return Problem("other", "relation.round", named) if back else None


def _live(institution_id: int, other_id: int) -> list[ActRelation]:
    rows = within(institution_id, ActRelation).where(
        ActRelation.other_id == other_id, ActRelation.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(rows))


def _require_title(act: Act, wish: Wish) -> None:
    title = wish.title.strip()
    problems = unprintable("other_title", title)
    if not title:
        problems.append(Problem("other_title", "relation.title_missing"))
    if len(title) > TITLE_LIMIT:
        problems.append(Problem("other_title", "draft.too_long", {"limit": TITLE_LIMIT}))
    said = within(act.institution_id, ActRelation, ActRelation.id).where(
        ActRelation.act_id == act.id,
        ActRelation.relation == wish.relation,
        ActRelation.other_title == title,
        ActRelation.withdrawn_at.is_(None),
    )
    if not problems and db.session.scalar(said) is not None:
        problems.append(Problem("other_title", "relation.there"))
    if problems:
        raise Invalid(*problems)


def _end(row: ActRelation, other: Act | None) -> None:
    if other is not None and row.relation in ENDING and row.since is not None and other.revoked_on is None:
        other.revoked_on = row.since


def _locked(institution_id: int, act_id: int) -> Act:
    rows = within(institution_id, Act).where(Act.id == act_id).with_for_update()
    act: Act = db.session.scalars(rows.execution_options(populate_existing=True)).one()
    return act
