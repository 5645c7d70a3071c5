"""The desk as queries see it: its order, what changed since the post last looked, and what the form check counted."""

from datetime import timedelta

import pytest

from governance.desk import queries
from governance.desk.queries import ON_A_PAGE, Desk
from governance.documents.lifecycle import State
from governance.kernel.db import db
from tests import peraturan
from tests.web.counting import heard
from tests.world import NOW, TODAY, Maker, Paper, Someone, World
from workflows import comparing, opening


def desk_of(world: World, someone: Someone, page: int = 1) -> Desk:
    db.session.rollback()
    kinds = world.library.kinds
    return queries.desk_of(someone.actor, TODAY, lambda kind: kinds[kind].form if kind in kinds else None, page)


def opened(paper: Paper, by: Someone) -> None:
    opening.note_opened(paper.as_seen(by), by=by.actor, now=NOW)


def test_a_paper_says_who_signed_who_still_must_and_what_was_found(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    (lying,) = desk_of(world, world.hukum).papers
    assert (lying.id, lying.asked, lying.revision) == (paper.id, "initial", 1)
    assert lying.signed == (world.diskominfo.actor.title,)
    assert len(lying.missing) == 2, "the Asisten and the Sekda; not the reader himself"
    assert lying.findings is not None
    assert lying.findings["error"] == 0
    assert lying.seen_revision is None
    assert desk_of(world, world.sekda).total == 0


def test_what_changed_is_counted_from_the_revision_that_the_post_last_opened(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    opened(paper, world.hukum)
    (before,) = desk_of(world, world.hukum).papers
    assert (before.seen_revision, before.revision) == (1, 1)
    make.revise(paper, budget="Anggaran Pendapatan dan Belanja Daerah")
    comparing.store(paper.id, 2, by=world.diskominfo.actor, now=NOW, library=world.library)
    make.initial(paper, "diskominfo")
    (after,) = desk_of(world, world.hukum).papers
    assert (after.seen_revision, after.revision) == (1, 2)
    assert after.changed == 1


def test_opening_twice_keeps_the_first_time_and_leaves_no_line(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    lines = len(world.trail())
    opened(paper, world.diskominfo)
    opening.note_opened(paper.as_seen(), by=world.diskominfo.actor, now=NOW + timedelta(days=1))
    assert world.value("SELECT count(*) FROM opened") == 1
    assert desk_of(world, world.diskominfo).papers[0].seen_at == NOW
    assert len(world.trail()) == lines


def test_a_late_obligation_of_the_kind_brings_its_paper_to_the_top(world: World, make: Maker) -> None:
    first, second = make.document(State.IN_REVIEW), make.document(State.IN_REVIEW)
    assert [one.id for one in desk_of(world, world.diskominfo).papers] == [first.id, second.id]
    world.change("UPDATE document SET year = 2025 WHERE id = :id", id=second.id)
    world.change(
        "INSERT INTO obligation (institution_id, key, mandate, stage, year, due_on, estimated, how_sure, basis,"
        " computed, fulfilment, met_by)"
        " VALUES (:place, 'x:2025', :kind, '', 2025, '2026-11-01', false, '', '', '[]', 'open', '')",
        place=world.serang.id,
        kind=first.as_seen().kind,
    )
    desk = desk_of(world, world.diskominfo)
    assert [one.id for one in desk.papers] == [second.id, first.id]
    assert desk.late == 1


def test_the_promulgation_of_a_peraturan_stands_on_the_desk(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make)
    (lying,) = desk_of(world, world.sekda).papers
    assert (lying.id, lying.asked) == (paper.id, "promulgate")
    assert lying.act is not None
    assert lying.missing == ()


def test_a_page_takes_as_many_statements_however_much_waits(world: World, make: Maker) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            make.document(State.IN_REVIEW)
        with heard() as said:
            desk_of(world, world.diskominfo)
        counts.append(len([sql for sql in said if "SELECT" in sql]))
    assert counts == [3, 3]


@pytest.mark.parametrize(("page", "there"), [(1, 1), (2, 2), (3, 2), (0, 1), (99, 2)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(world: World, make: Maker, page: int, there: int) -> None:
    paper = make.document(State.IN_REVIEW)
    many_alike(world, paper, ON_A_PAGE)
    desk = desk_of(world, world.diskominfo, page)
    assert (desk.page, desk.pages, desk.total) == (there, 2, ON_A_PAGE + 1)
    assert len(desk.papers) == (ON_A_PAGE if there == 1 else 1)


def many_alike(world: World, paper: Paper, count: int) -> None:
    """Papers that wait for the same post, as rows: what submits them is tested elsewhere."""
    document = "institution_id, kind, year, initiating_unit_id, secrecy, state, route, revision_number, created_at"
    revision = "institution_id, number, origin, fields, sha256, template_sha256, law_release, checked, created_at"
    waiting = "institution_id, post_id, asked, since"
    for number in range(count):
        world.change(
            f"INSERT INTO document (title, changed_at, {document})"  # noqa: S608
            f" SELECT title || ' {number}', changed_at, {document} FROM document WHERE id = :id",
            id=paper.id,
        )
    for table, columns in (("revision", revision), ("waiting", waiting)):
        taken = ", ".join(f"old.{column}" for column in columns.split(", "))
        world.change(
            f"INSERT INTO {table} (document_id, {columns}) SELECT document.id, {taken}"  # noqa: S608
            f" FROM document JOIN {table} old ON old.document_id = :id WHERE document.id > :id",
            id=paper.id,
        )
