"""The running role's rights: every table has its line, and what is written once cannot be written twice."""

import re

import pytest

import web.app  # noqa: F401 - brings every table
from governance.kernel.db import db
from web.cli.rights import RIGHTS, rights_of

ONCE = (
    "trail_line",
    "revision",
    "comparison",
    "citation",
    "signature",
    "publication_detail",
    "reminder",
    "enclosure",
    "cycle_step",
    "evidence_step",
)


def test_every_table_is_named_and_no_other() -> None:
    assert RIGHTS.keys() == db.metadata.tables.keys() | {"alembic_version"}


def test_every_column_that_is_named_exists() -> None:
    wrong = [
        f"{table}.{column}"
        for table, rights in RIGHTS.items()
        for columns in re.findall(r"\((.*?)\)", rights)
        for column in columns.split(", ")
        if column not in db.metadata.tables[table].columns
    ]
    assert not wrong


@pytest.mark.parametrize("table", ONCE)
def test_what_is_written_once_is_only_read_and_added_to(table: str) -> None:
    assert RIGHTS[table] == "SELECT, INSERT"


def test_of_a_number_only_what_became_of_it_is_written_again() -> None:
    assert RIGHTS["number"] == "SELECT, INSERT, UPDATE (use, reason, dated_on, by_title, at)"


def test_only_a_turn_that_is_over_and_what_an_open_cycle_is_planned_with_is_deleted() -> None:
    planned = ["cycle_seat", "share", "step_effort", "document_effort", "peer_average"]
    assert [table for table, rights in RIGHTS.items() if "DELETE" in rights] == ["waiting", *planned]


def test_a_strange_name_is_quoted() -> None:
    assert all('"a""; DROP' in one for one in rights_of('a"; DROP')[1:])
