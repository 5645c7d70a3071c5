"""Pages and lists among 550 institutions: how much slower than alone, and how many SQL statements each takes."""

import contextvars
import re
import secrets
import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from governance.assessment.cycle_models import Cycle, TableImport
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.calendar.models import ClosedDay
from governance.documents.models import Document
from governance.documents.number_models import Series
from governance.kernel import clock
from governance.kernel.db import db, transaction, within
from governance.obligations.models import Obligation
from governance.people.models import Holding, Institution, Person, Post, SignIn, Unit
from governance.people.roles import Role
from governance.tasks.models import Assignment, Task
from tests.bench.measure import seconds
from tests.bench.seeded import ALL, NOW, OBLIGATIONS, inside
from web.guard import OPEN
from workflows.signing_in import digest, make_token

ASKED = ("/", "/desk", "/api/v1/documents", "/api/v1/notices", "/documents", "/inbox")
WHO = (Role.DIGITAL, Role.SECRETARY, Role.LEGAL, Role.SERVICE)
ROUNDS = 40
FIRST = "contoh_001"
ACROSS = {"across": True}
# Answers that are files or verbs, and what strangers may see: neither a page nor a list.
NO_PAGES = {
    "pages.document_file", "pages.document_pdf", "pages.document_copy", "pages.document_scan", "pages.letter_scan",
    "pages.notice", "pages.agenda_xlsx", "pages.pack_file", "pages.template_file", "pages.template_sample",
    "pages.delivery_scan", "pages.prepared_pdf", "pages.signing_progress", "pages.signed_file", "pages.handed_file",
    "pages.deadline_report", "pages.fact_scan", "pages.evidence_file", "pages.file_as_evidence", "pages.result_scan",
    "pages.task_sheet", "pages.late_sheet", "pages.calendar_xlsx", "pages.year_xlsx",
    "pages.frozen_cycle",
    "pages.cycle_workbook",
    "pages.working_days_ical", "pages.working_days_table",
    "api.read_file", "api.read_pdf", "api.read_handed_file", *OPEN,
}  # fmt: skip

Ask = Callable[[str], Any]


def list_growth_550() -> float:
    """The median time of each page and list at 550 institutions against 1, the same rows in each; the largest ratio."""
    times: dict[tuple[int, str], list[float]] = {(count, path): [] for count in (1, ALL) for path in ASKED}
    with reader_of(1) as alone, reader_of(ALL) as among:
        for _ in range(ROUNDS):
            for count, ask in ((1, alone), (ALL, among)):
                for path in ASKED:
                    times[count, path].append(seconds(lambda to=path, by=ask: by(to)))  # type: ignore[misc]
    return max(statistics.median(times[ALL, path]) / statistics.median(times[1, path]) for path in ASKED)


def statements_per_page() -> float:
    """The largest count of SQL statements over every page and list, for four offices, documents in every state."""
    counts: dict[str, int] = {}
    for role in WHO:
        with reader_of(1, role) as ask:
            for path in _paths():
                ask(path)  # What a process keeps of an institution is read by the first who asks.
                statements = counted(lambda to=path, by=ask: by(to))  # type: ignore[misc]
                counts[path] = max(counts.get(path, 0), statements)
    return max(counts.values())


def counted(act: Callable[[], Any]) -> int:
    """How many statements it sends; a page that this office may not see counts too."""
    seen: list[str] = []

    def note(*told: Any) -> None:
        seen.append(told[2])

    sa.event.listen(db.engine, "before_cursor_execute", note)
    answer = act()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    assert answer.status_code < 500
    assert "sign-in" not in answer.headers.get("Location", ""), "nobody is signed in"
    return len(seen)


@contextmanager
def reader_of(institutions: int, role: Role = Role.DIGITAL) -> Iterator[Ask]:
    """Asks as one office of the first institution, in a context of its own each time, as a server gives it."""
    with inside(institutions, OBLIGATIONS) as app:
        token, session = _signed_in(role)
    client: FlaskClient = app.test_client()
    with client.session_transaction() as cookie:
        cookie["session"] = session
    headers = {"Authorization": f"Bearer {token}"}

    def ask(path: str) -> Any:
        return contextvars.Context().run(lambda: client.get(path, headers=headers if "/api/" in path else {}))

    with app.app_context():
        assert all(ask(path).status_code == 200 for path in ASKED)
        yield ask


def _signed_in(role: Role) -> tuple[str, str]:
    institution_id = db.session.scalar(sa.select(Institution.id).where(Institution.key == FIRST)) or 0
    rows = within(institution_id, Post, Person.id, Person.username).select_from(Post)
    rows = rows.join(Holding, Holding.post_id == Post.id).join(Person, Person.id == Holding.person_id)
    rows = rows.where(Post.role == role).order_by(Post.id)
    person_id, username = db.session.execute(rows).first() or (0, "")
    session = secrets.token_urlsafe(32)
    with transaction():
        db.session.add(SignIn(id=digest(session), person_id=person_id, since=clock.now()))
    return make_token(username, "bench", now=NOW), session


def _first(model: type[Any]) -> list[int]:
    """The key of one row, none where there is none."""
    return list(db.session.scalars(sa.select(model.id).limit(1).execution_options(**ACROSS)))


def _paths() -> list[str]:
    """Every page and list that shows something, for each state a document can have, and a task."""
    documents = sa.select(sa.func.max(Document.id)).group_by(Document.state).execution_options(**ACROSS)
    keys = {
        "document_id": list(db.session.scalars(documents)),
        "task_id": _first(Task),
        "kind": ["coordination_team_decree"],
        "key": ["uu_23_2014"],
        "year": [NOW.year],
        "fact_id": [],
        "series_id": _first(Series),
        "post_id": _first(Post),
        "assignment_id": _first(Assignment),
        "obligation_id": _first(Obligation),
        "day_id": _first(ClosedDay),
        "result_id": [],
        "cycle_id": _first(Cycle),
        "table_id": _first(TableImport),
        "unit_id": _first(Unit),
        "item": ["1"],
        "evidence_id": _first(Evidence),
        "use_id": _first(EvidenceUse),
    }
    paths = []
    for rule in current_app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint.partition(".")[0] not in ("pages", "api"):
            continue
        if rule.endpoint not in NO_PAGES:
            paths += _filled(rule, keys)
    return paths


def _filled(rule: Rule, keys: Mapping[str, list[Any]]) -> list[str]:
    """The addresses of a route: each of its places filled with each of its keys."""
    found = [rule.rule]
    for place in sorted(rule.arguments):
        found = [re.sub(rf"<(int:)?{place}>", str(key), path) for path in found for key in keys[place]]
    return found
