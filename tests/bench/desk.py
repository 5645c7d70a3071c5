"""The Sekda's desk with 500 papers: statements, bytes on the line, and how much slower than with one page of them."""

import contextvars
import gzip
import secrets
import statistics
from typing import Any

import sqlalchemy as sa
from flask import current_app

from governance.kernel import clock
from governance.kernel.db import db, transaction
from governance.people.models import SignIn
from tests.bench.listing import FIRST, counted
from tests.bench.measure import seconds
from tests.bench.seeded import inside
from workflows.signing_in import digest

HOUSE = 2  # institutions: a house of its own, so that these papers slow no other measurement
MANY, PAGE = 500, 25
ROUNDS = 30
PAPERS = """
INSERT INTO document (title, institution_id, kind, year, initiating_unit_id, secrecy, state, route, revision_number,
 created_at, changed_at)
SELECT d.title || ' ' || n, d.institution_id, d.kind, d.year, d.initiating_unit_id, 'biasa', 'in_review', r.route, 1,
 d.created_at, d.changed_at
FROM generate_series(1, :count) n, document d,
 LATERAL (SELECT route FROM document WHERE institution_id = d.institution_id AND state = 'in_review' LIMIT 1) r
WHERE d.id = (SELECT min(id) FROM document WHERE institution_id = :place AND state = 'in_review')
RETURNING id"""
REVISIONS = """
INSERT INTO revision (institution_id, document_id, number, origin, fields, sha256, template_sha256, law_release,
 checked, created_at)
SELECT d.institution_id, d.id, 1, 'submitted', '{}', repeat('0', 64), '', '',
 '{"checked": true, "error": 0, "warning": 2, "note": 1}', d.created_at FROM document d WHERE d.id = ANY(:keys)"""
TURNS = """
INSERT INTO waiting (institution_id, document_id, post_id, asked, since)
SELECT d.institution_id, d.id, :post, 'approve', d.created_at FROM document d WHERE d.id = ANY(:keys)"""
SEKDA = """
SELECT post.institution_id, post.id, holding.person_id FROM post JOIN holding ON holding.post_id = post.id
JOIN institution ON institution.id = post.institution_id
WHERE institution.key = :key AND post.role = 'secretary' LIMIT 1"""


def desk_statements_500() -> float:
    """SQL statements of the desk with 500 papers, who asks among them."""
    with inside(HOUSE):
        ask = _asking(MANY)
        ask()
        return counted(ask)


def desk_kilobytes_500() -> float:
    """Kilobytes of its first page as it goes over the line."""
    with inside(HOUSE):
        return len(gzip.compress(_asking(MANY)().data, 6)) / 1000


def desk_500_vs_25() -> float:
    """The median time with 500 papers against that with 25, a page being 25."""
    times: dict[int, list[float]] = {PAGE: [], MANY: []}
    with inside(HOUSE):
        for count in (PAGE, MANY):
            ask = _asking(count)
            ask()
            times[count] = [seconds(ask) for _ in range(ROUNDS)]
    return statistics.median(times[MANY]) / statistics.median(times[PAGE])


def _asking(count: int) -> Any:
    """Asks for the desk of the first institution's Sekda, with that many papers on it."""
    place, post, person = db.session.execute(sa.text(SEKDA), {"key": FIRST}).one()
    session = secrets.token_urlsafe(32)
    with transaction():
        db.session.execute(sa.text("DELETE FROM waiting WHERE post_id = :post"), {"post": post})
        keys = list(db.session.scalars(sa.text(PAPERS), {"count": count, "place": place}))
        for statement in (REVISIONS, TURNS):
            told = {"keys": keys, "post": post} if ":post" in statement else {"keys": keys}
            db.session.execute(sa.text(statement), told)
        db.session.add(SignIn(id=digest(session), person_id=person, since=clock.now()))
    client = current_app.test_client()
    with client.session_transaction() as cookie:
        cookie["session"] = session

    def ask() -> Any:
        return contextvars.Context().run(lambda: client.get("/"))

    assert "halaman 1 dari" in ask().text or count <= PAGE
    assert ask().text.count("<h3>") >= PAGE
    return ask
