"""What is closed cannot be changed by a statement, whoever sends it: the database's own triggers refuse."""

from typing import Any

import pytest
import sqlalchemy as sa

from governance.documents.lifecycle import State
from governance.kernel.db import db
from tests.world import NOW, Maker, World
from workflows import enactment

GUARDED = (
    "act",
    "act_relation",
    "citation",
    "closed_day",
    "comparison",
    "cycle",
    "cycle_step",
    "decision",
    "declaration",
    "delegation",
    "delivery",
    "document",
    "evidence",
    "evidence_step",
    "external_step",
    "hand_in",
    "hand_in_file",
    "number",
    "opened",
    "promulgation",
    "publication",
    "publication_detail",
    "published_result",
    "regulation_entry",
    "regulation_fact",
    "revision",
    "section_comment",
    "signature",
    "signing",
    "step_change",
    "task_step",
    "trail_line",
)
OF_A_CYCLE = (
    "cycle_seat",
    "share",
    "cycle_task",
    "cycle_paper",
    "table_import",
    "evidence_use",
    "score",
    "rebuttal",
    "step_effort",
    "document_effort",
)
CHANGES = (
    "UPDATE trail_line SET text = text",
    "UPDATE trail_line SET about = '' WHERE number = 1",
    "DELETE FROM trail_line",
    "UPDATE revision SET sha256 = 'x'",
    "DELETE FROM revision",
    "UPDATE act SET number = '1'",
    "UPDATE act SET signed_on = '2020-01-01'",
    "UPDATE act SET sha256 = NULL",
    "UPDATE act SET title = ''",
    "UPDATE act SET in_force_to = '2020-01-01'",
    "UPDATE act SET issuer = 'Lembaga lain'",
    "UPDATE act SET objects = 'lain'",
    "DELETE FROM act",
    "UPDATE decision SET sha256 = 'x'",
    "UPDATE decision SET reason = 'lain'",
    "UPDATE decision SET post_id = post_id + 1",
    "DELETE FROM decision",
    "UPDATE number SET number = number + 1",
    "UPDATE number SET written = 'lain'",
    "UPDATE number SET use = 'void', reason = 'x', document_id = NULL",
    "DELETE FROM number",
    "UPDATE document SET state = 'draft', act_id = NULL",
    "UPDATE document SET title = 'lain'",
    "DELETE FROM document",
)
SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def sent(world: World, statement: str) -> Any:
    """A statement as any program might send it, with every trigger in its place."""
    db.session.rollback()
    with db.engine.begin() as connection:
        return connection.execute(sa.text(statement)).rowcount


def test_closed_rows_stay_as_they_are(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    before = world.everything()
    for statement in CHANGES:
        with pytest.raises(sa.exc.DBAPIError, match="closed"):
            sent(world, statement)
    assert world.everything() == before


def test_a_withdrawn_document_stays_withdrawn(world: World, make: Maker) -> None:
    make.document(State.WITHDRAWN)
    with pytest.raises(sa.exc.DBAPIError, match="closed"):
        sent(world, "UPDATE document SET state = 'draft'")


def test_a_scan_follows_once(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    enactment.add_scan(paper.id, SCAN, by=world.hukum.actor, now=NOW, library=world.library)
    for scan in ("'x'", "NULL"):
        with pytest.raises(sa.exc.DBAPIError, match="closed"):
            sent(world, f"UPDATE act SET scan_sha256 = {scan}")  # noqa: S608


def test_a_decision_may_stop_to_count_and_never_counts_again(world: World, make: Maker) -> None:
    make.document(State.APPROVED)
    assert sent(world, "UPDATE decision SET counts = false") > 0
    with pytest.raises(sa.exc.DBAPIError, match="closed"):
        sent(world, "UPDATE decision SET counts = true")


@pytest.mark.parametrize("table", GUARDED)
def test_every_guard_stands_after_the_last_migration(world: World, table: str) -> None:
    """A later migration that rebuilds a table on SQLite would lose its triggers without a word."""
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    postgresql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = CAST(:table AS regclass)"
    on_sqlite = db.engine.dialect.name == "sqlite"
    kinds = ("delete", "update") if on_sqlite else ("delete", "truncate", "update")
    found = {name for (name,) in world.rows(sqlite if on_sqlite else postgresql, table=table)}
    assert {name for name in found if "_no_" in name} == {f"{table}_no_{kind}" for kind in kinds}


@pytest.mark.parametrize("table", OF_A_CYCLE)
def test_every_guard_of_a_closed_cycle_stands_after_the_last_migration(world: World, table: str) -> None:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    postgresql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = CAST(:table AS regclass)"
    on_sqlite = db.engine.dialect.name == "sqlite"
    kinds = ("insert", "update", "delete") if on_sqlite else ("all",)
    found = {name for (name,) in world.rows(sqlite if on_sqlite else postgresql, table=table)}
    assert {name for name in found if "_closed_" in name} == {f"{table}_closed_{kind}" for kind in kinds}
