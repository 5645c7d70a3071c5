"""What published acts do to others and what others did to them, as strangers may know it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from governance.documents.act_models import ActRelation, Relation
from governance.documents.models import Act, Document, Secrecy
from governance.documents.publication_models import Publication
from governance.kernel.db import db, within


@dataclass(frozen=True)
class Related:
    """One relation, seen from a published act: `forth` where it does this, else it was done to it.

    The other act is named by kind, number and title, or by `words` alone; `token` only where it is published too.
    Of an act that is not biasa nothing is named: all of these are empty.
    """

    relation: Relation
    forth: bool
    since: date | None
    at: datetime
    kind: str = ""
    number: str = ""
    title: str = ""
    token: str | None = None
    words: str = ""

    @property
    def is_named(self) -> bool:
        """Whether anything may be said of the other act."""
        return bool(self.title or self.words)


def relations_of(institution_id: int, act_ids: Collection[int]) -> dict[int, list[Related]]:
    """The relations of these acts both ways, by the act's id, the oldest first."""
    found: dict[int, list[Related]] = {act_id: [] for act_id in act_ids}
    for column, far, forth in (
        (ActRelation.act_id, ActRelation.other_id, True),
        (ActRelation.other_id, ActRelation.act_id, False),
    ):
        rows = _rows(institution_id, far).where(column.in_(act_ids)).order_by(ActRelation.id)
        for row, other, secrecy, published in db.session.execute(rows):
            mine = row.act_id if forth else row.other_id
            found[mine].append(_related(row, other, (secrecy, published), forth=forth))
    return found


def _rows(institution_id: int, far: InstrumentedAttribute[Any]) -> Select[Any]:
    other = aliased(Act)
    return (
        within(institution_id, ActRelation, ActRelation, other, Document.secrecy, _is_published(other))
        .outerjoin(other, other.id == far)
        .outerjoin(Document, Document.act_id == other.id)
        .where(ActRelation.withdrawn_at.is_(None), ActRelation.since.is_not(None))
    )


def _is_published(other: Any) -> ColumnElement[bool]:
    same = (Publication.institution_id == other.institution_id) & (Publication.act_id == other.id)
    return select(Publication.id).where(same, Publication.withdrawn_at.is_(None)).correlate(other).exists()


def _related(row: ActRelation, other: Act | None, standing: tuple[Secrecy | None, bool], *, forth: bool) -> Related:
    bare = Related(row.relation, forth, row.since, row.at)
    if other is None:
        return replace(bare, words=row.other_title)
    secrecy, published = standing
    if secrecy is not Secrecy.BIASA:
        return bare
    token = other.token if published else None
    return replace(bare, kind=other.kind, number=other.number, title=other.title, token=token)
