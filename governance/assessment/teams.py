"""The posts that team decrees in force name: who rates by the assessors' decree, whose office audits by the other."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select

from governance.assessment.shares import TeamMember
from governance.documents.models import Act, Document, Revision
from governance.documents.values import as_entries
from governance.kernel.db import db, within

ASSESSORS = "internal_assessor_team_decree"
AUDITORS = "audit_team_decree"


def team_in_force(institution_id: int, today: date, kind: str) -> tuple[TeamMember, ...]:
    """The members with a post of the newest decree of that kind that holds today; none where there is none.

    A decree that was only recorded names nobody: it has no fields. One statement.
    """
    fields = db.session.scalar(newest_in_force(institution_id, today, kind, lambda fields: (fields,)))
    return members_of(fields) if fields else ()


def newest_in_force(institution_id: int, today: date, kind: str, told: Callable[[Any], tuple[Any, ...]]) -> Select[Any]:
    """The select of what is `told` of the fields of the newest decree of that kind that holds today."""
    newest = (
        within(institution_id, Act, Act.id)
        .where(
            Act.kind == kind,
            Act.recorded.is_(False),
            Act.in_force_from <= today,
            or_(Act.in_force_to.is_(None), Act.in_force_to >= today),
            or_(Act.revoked_on.is_(None), Act.revoked_on > today),
        )
        .order_by(Act.in_force_from.desc(), Act.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(*told(Revision.fields))
        .join(Document, (Document.id == Revision.document_id) & (Document.revision_number == Revision.number))
        .where(
            Revision.institution_id == institution_id,
            Document.institution_id == institution_id,
            Document.act_id == newest,
        )
    )


def members_of(fields: dict[str, Any]) -> tuple[TeamMember, ...]:
    """The posts that a team decree's fields name."""
    return tuple(
        TeamMember(str(one["role"]), str(one["post"]))
        for one in as_entries(fields.get("members"))
        if one.get("role") and one.get("post")
    )
