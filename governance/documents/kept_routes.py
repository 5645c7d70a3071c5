"""The routes that an institution keeps for its kinds, and what is under way on the one it began with."""

from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import aliased

from governance.documents.lifecycle import State
from governance.documents.models import Document
from governance.documents.step_models import RouteSetting
from governance.kernel.db import db, within


def kept_route(institution_id: int, kind: str) -> RouteSetting | None:
    """The institution's own route of a kind, None where it uses the one shipped."""
    setting: RouteSetting | None = db.session.scalar(_holding(institution_id, kind).limit(1))
    return setting


def for_change(institution_id: int, kind: str) -> RouteSetting | None:
    """The same, locked."""
    setting: RouteSetting | None = db.session.scalar(_holding(institution_id, kind).limit(1).with_for_update())
    return setting


def kept_and_running(institution_id: int, kind: str) -> tuple[RouteSetting | None, int]:
    """In one statement: its own route, and how many documents are on their way; they end on the one they began with."""
    going = [State.IN_REVIEW, State.APPROVED]
    running = within(institution_id, Document, func.count(Document.id).label("documents"))
    counted = running.where(Document.kind == kind, Document.state.in_(going)).subquery()
    own = _holding(institution_id, kind).limit(1).subquery()
    setting = aliased(RouteSetting, own)
    found = db.session.execute(select(setting, counted.c.documents).select_from(counted).outerjoin(own, true())).one()
    return found[0], found[1]


def _holding(institution_id: int, kind: str) -> Select[Any]:
    rows = within(institution_id, RouteSetting).where(RouteSetting.kind == kind, RouteSetting.withdrawn_at.is_(None))
    return rows.order_by(RouteSetting.id.desc())
