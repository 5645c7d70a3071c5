"""The posts that team decrees in force name: who rates by the assessors' decree, whose office audits by the other."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_

from governance.assessment.shares import TeamMember
from governance.documents.models import Act, Document, Revision
from governance.documents.values import as_entries
from governance.kernel.db import db, within

ASSESSORS = "internal_assessor_team_decree"
AUDITORS = "audit_team_decree"


def teams_in_force(
    institution_id: int, today: date, kinds: Collection[str] = (ASSESSORS,)
) -> dict[str, tuple[TeamMember, ...]]:
    """The members with a post of the newest decree of each kind that holds today; a kind without one is left out.

    A decree that was only recorded names nobody: it has no fields. One statement.
    """
    rows = (
        within(institution_id, Act, Act.kind, Revision.fields)
        .join(Document, Document.act_id == Act.id)
        .join(Revision, (Revision.document_id == Document.id) & (Revision.number == Document.revision_number))
        .where(
            Act.kind.in_(kinds),
            Act.in_force_from <= today,
            or_(Act.in_force_to.is_(None), Act.in_force_to >= today),
            or_(Act.revoked_on.is_(None), Act.revoked_on > today),
        )
        .order_by(Act.in_force_from, Act.id)  # The newest of a kind comes last and stays.
    )
    found = {kind: _members(fields) for kind, fields in db.session.execute(rows)}
    return {kind: members for kind, members in found.items() if members}


def _members(fields: dict[str, object]) -> tuple[TeamMember, ...]:
    return tuple(
        TeamMember(str(one["role"]), str(one["post"]))
        for one in as_entries(fields.get("members"))
        if one.get("role") and one.get("post")
    )
