"""The tenant guard itself: what it lets pass, and what it finds. It watches the whole suite (tests/tenants.py)."""

import pytest
import sqlalchemy as sa

from governance.documents.models import Document, Waiting
from governance.kernel.db import db, within
from governance.people.models import Institution, Post, Unit
from tests import tenants
from tests.world import World


@pytest.mark.parametrize(
    "statement",
    [
        within(1, Document).where(Document.id == 7),
        sa.select(Unit).join(Post, Post.unit_id == Unit.id).where(Post.institution_id == 1),
        within(1, Document).where(Document.id.in_(sa.select(Waiting.document_id).where(Waiting.institution_id == 1))),
        within(1, Document).where(sa.exists().where(Waiting.document_id == Document.id)),
        sa.select(Document).where(Document.institution_id.in_([1, 2])),
        sa.select(Institution),
    ],
)
def test_a_read_within_an_institution_passes(statement: sa.Select[tuple[object]]) -> None:
    assert tenants.unscoped(str(statement)) == ()


@pytest.mark.parametrize(
    "statement",
    [
        sa.select(Document),
        sa.select(Document).where(Document.id == 7),
        sa.select(Document.institution_id).where(Document.id == 7),
        sa.select(Unit).join(Post, Post.unit_id == Unit.id).where(Post.id == 1),
        within(1, Document).where(Document.id.in_(sa.select(Waiting.document_id).where(Waiting.post_id == 3))),
    ],
)
def test_a_read_beyond_an_institution_is_found(statement: sa.Select[tuple[object]]) -> None:
    assert tenants.unscoped(str(statement)) != ()


def test_the_guard_hears_what_reaches_the_database(world: World) -> None:
    heard: list[str] = []

    def listen(connection: object, cursor: object, sql: str, *rest: object) -> None:
        heard.append(sql)

    sa.event.listen(db.engine, "before_cursor_execute", listen)
    db.session.scalars(sa.select(Document)).all()
    sa.event.remove(db.engine, "before_cursor_execute", listen)
    assert [sql for sql in heard if tenants.unscoped(sql)]
