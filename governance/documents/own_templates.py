"""Which Word template an institution uses for a kind: its own where it has one, else the one shipped."""

from dataclasses import dataclass
from datetime import datetime

from governance.documents.models import OwnTemplate
from governance.kernel.db import db, within


@dataclass(frozen=True)
class InUse:
    """An institution's own template."""

    id: int
    kind: str
    sha256: str
    by_title: str
    at: datetime


def own_template(institution_id: int, kind: str) -> InUse | None:
    """The newest template of its own that is not withdrawn."""
    rows = within(institution_id, OwnTemplate).where(OwnTemplate.kind == kind, OwnTemplate.withdrawn_at.is_(None))
    found: OwnTemplate | None = db.session.scalar(rows.order_by(OwnTemplate.id.desc()).limit(1))
    return InUse(found.id, found.kind, found.sha256, found.by_title, found.at) if found else None


def own_templates(institution_id: int) -> dict[str, InUse]:
    """All of an institution's own templates in use, by kind."""
    rows = within(institution_id, OwnTemplate).where(OwnTemplate.withdrawn_at.is_(None)).order_by(OwnTemplate.id)
    return {row.kind: InUse(row.id, row.kind, row.sha256, row.by_title, row.at) for row in db.session.scalars(rows)}
