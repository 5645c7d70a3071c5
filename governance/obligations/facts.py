"""What is known of one institution when its timetable is computed, read from its rows in a few statements."""

from sqlalchemy import ColumnElement, exists

from governance.calendar.calendars import calendar_of
from governance.documents.act_models import ActRelation, Relation
from governance.documents.models import Act, Document, Promulgation, Secrecy
from governance.documents.queries import binding_day
from governance.kernel.db import db, within
from governance.mandates.law import Law
from governance.obligations.expected import Facts, KnownAct, KnownActing, KnownFact, KnownLetter
from governance.obligations.models import EvaluationLetter, Milestone
from governance.people.manners import VACANT, Manner
from governance.people.models import Holding, Post
from governance.people.roles import Role


def facts_of(institution_id: int, law: Law) -> Facts:
    """The facts as they stand now; the same rows give the same facts."""
    return Facts(
        calendar=calendar_of(institution_id, law.holidays),
        acts=_acts(institution_id),
        facts=_entered(institution_id),
        letters=_letters(institution_id),
        acting=_acting(institution_id),
    )


def _acts(institution_id: int) -> tuple[KnownAct, ...]:
    """The acts that bind; the number of one that is not for everyone is not told."""
    rows = (
        within(
            institution_id, Act, Act.id, Act.kind, Act.number, Act.signed_on, Act.in_force_to, Act.revoked_on,
            binding_day().label("binds_on"), _amends().label("amends"), Document.year, Document.secrecy,
        )
        .join(Document, (Document.institution_id == Act.institution_id) & (Document.act_id == Act.id))
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .order_by(Act.id)
    )  # fmt: skip
    return tuple(
        KnownAct(
            id=row.id,
            kind=row.kind,
            year=row.year,
            number=row.number if row.secrecy is Secrecy.BIASA else "",
            signed_on=row.signed_on,
            in_force_from=row.binds_on,
            until=row.in_force_to,
            ended_on=row.revoked_on,
            amends=bool(row.amends),
        )
        for row in db.session.execute(rows)
        if row.binds_on is not None
    )


def _amends() -> ColumnElement[bool]:
    """Whether an act only changes another one."""
    return exists().where(
        ActRelation.institution_id == Act.institution_id,
        ActRelation.act_id == Act.id,
        ActRelation.relation == Relation.AMENDS,
        ActRelation.withdrawn_at.is_(None),
    )


def _entered(institution_id: int) -> tuple[KnownFact, ...]:
    rows = within(institution_id, Milestone).where(Milestone.withdrawn_at.is_(None))
    found = db.session.scalars(rows.order_by(Milestone.day, Milestone.id))
    return tuple(KnownFact(one.key, one.day, one.year, one.until, one.number) for one in found)


def _letters(institution_id: int) -> dict[int, KnownLetter]:
    rows = db.session.scalars(within(institution_id, EvaluationLetter).order_by(EvaluationLetter.year))
    return {one.year: KnownLetter(one.year, one.round, one.number, one.dated_on, tuple(one.windows)) for one in rows}


def _acting(institution_id: int) -> tuple[KnownActing, ...]:
    """Who acts as Sekda without holding the post."""
    rows = (
        within(institution_id, Holding, Holding.manner, Holding.from_on, Holding.to_on)
        .join(Post, (Post.institution_id == Holding.institution_id) & (Post.id == Holding.post_id))
        .where(Post.role == Role.SECRETARY, Holding.manner != Manner.DEFINITIVE, Holding.withdrawn_at.is_(None))
        .order_by(Holding.from_on, Holding.id)
    )
    return tuple(
        KnownActing(Role.SECRETARY, row.manner, row.from_on, row.to_on, row.manner in VACANT)
        for row in db.session.execute(rows)
    )
