"""What differs between revisions is kept once, soon after the newer one is cut, and never changes."""

from typing import Any

import pytest
import sqlalchemy as sa

from governance.documents.comparison import Comparison, compare
from governance.documents.lifecycle import State
from governance.documents.revisions import difference, last_seen, revisions_of
from governance.kernel.db import db
from governance.kernel.errors import NotFound
from tests.governance.documents.samples import DOCUMENT, changed
from tests.workflows.test_closed_rows import sent
from tests.world import NOW, Maker, Paper, World
from workflows import approval, comparing, jobs


def run_jobs(world: World) -> int:
    db.session.rollback()
    return jobs.run_due(now=NOW, library=world.library)


def stored(world: World) -> list[tuple[int, int]]:
    """The numbers of the revisions that were compared."""
    return [
        (before, after)
        for before, after in world.rows(
            "SELECT b.number, a.number FROM comparison c JOIN revision b ON b.id = c.before_id"
            " JOIN revision a ON a.id = c.revision_id ORDER BY c.id"
        )
    ]


def kept(world: World, paper: Paper, read: Any) -> Comparison:
    actor = world.diskominfo.actor
    db.session.rollback()
    before, after = revisions_of(actor, paper.id)[-2:]
    return difference(actor, before, after, read)


def never(sha256: str) -> bytes:
    raise AssertionError(f"the file {sha256} need not be read")


def test_the_first_submission_has_nothing_to_be_compared_with(world: World, make: Maker) -> None:
    make.document(State.IN_REVIEW)
    assert run_jobs(world) == 0
    assert stored(world) == []


def test_a_second_submission_is_compared_with_the_first(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    first = paper.file
    make.revise(paper, budget="Anggaran dari sumber lain yang sah")
    assert stored(world) == [], "submitting does not wait for it"
    assert run_jobs(world) == 1
    assert stored(world) == [(1, 2)]
    found = kept(world, paper, never)
    assert found == compare(first, paper.file)
    assert found.counts["changed"] == 1


def test_a_corrected_file_is_compared_with_what_it_corrects(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    corrected = changed(paper.file, DOCUMENT, "Anggaran Pendapatan", "Koreksi Tangan", 1)
    approval.correct(paper.asked(), corrected, by=world.hukum.actor, now=NOW, library=world.library)
    run_jobs(world)
    assert stored(world) == [(1, 2)]
    assert kept(world, paper, never).counts == {"changed": 1, "added": 0, "removed": 0}


def test_comparing_twice_keeps_one_result_and_one_line_of_the_trail(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.revise(paper, budget="Lain")
    run_jobs(world)
    before = world.everything()
    by = world.diskominfo.actor
    comparing.store(paper.id, 2, by=by, now=NOW, library=world.library)
    assert world.everything() == before
    assert sum('"document.compared"' in line for line in world.trail()) == 1


def test_a_result_that_was_lost_is_computed_anew_from_the_files(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.revise(paper, budget="Lain")
    assert kept(world, paper, world.library.files.read).counts["changed"] == 1, "nothing is stored yet"
    run_jobs(world)
    world.change("UPDATE comparison SET content = '{\"form\": 0}'")
    assert kept(world, paper, world.library.files.read).counts["changed"] == 1, "an older program's form"


@pytest.mark.parametrize("change", ["UPDATE comparison SET content = '{}'", "DELETE FROM comparison"])
def test_a_result_that_is_kept_never_changes(world: World, make: Maker, change: str) -> None:
    make.revise(make.document(State.IN_REVIEW), budget="Lain")
    run_jobs(world)
    with pytest.raises(sa.exc.DBAPIError, match="closed"):
        sent(world, change)


def test_a_revision_of_another_institution_is_not_found(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.revise(paper, budget="Lain")
    db.session.rollback()
    with pytest.raises(NotFound):
        comparing.store(paper.id, 2, by=world.kota.diskominfo.actor, now=NOW, library=world.library)


def test_what_someone_saw_last_is_what_he_last_decided_on(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.revise(paper, budget="Dua")
    make.revise(paper, budget="Tiga")
    db.session.rollback()
    cuts = revisions_of(world.diskominfo.actor, paper.id)
    first, second, third = (cut.sha256 for cut in cuts)
    assert last_seen(cuts, [first, second, third]) == cuts[1]
    assert last_seen(cuts, [first]) == cuts[0]
    assert last_seen(cuts, [None, third]) is None
