"""Every kind that is shipped goes its way: drafted from its defaults, submitted, and numbered in its own book."""

from governance.documents.lifecycle import State
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import drafting
from workflows.drafting import NewDocument


def drafted(world: World, key: str) -> Paper:
    """A draft of that kind with the fields it starts with."""
    new = NewDocument(key, TODAY.year)
    number = drafting.open_document(new, by=world.diskominfo.actor, now=NOW, library=world.library)
    return Paper(number, world.diskominfo, world)


def test_every_kind_can_be_submitted_as_it_starts(world: World, make: Maker) -> None:
    states = {}
    for key in world.library.kinds:
        paper = drafted(world, key)
        make.submit(paper)
        states[key] = paper.state
    assert set(states.values()) == {State.IN_REVIEW}


def test_a_decree_of_the_secretary_is_numbered_in_the_secretarys_book(world: World, make: Maker) -> None:
    paper = drafted(world, "audit_team_decree")
    make.submit(paper)
    make.approve(paper)
    make.enact(paper, number="12 TAHUN 2026")
    assert paper.state is State.ENACTED
    book = "SELECT s.key FROM number n JOIN series s ON s.id = n.series_id WHERE n.document_id = :id"
    assert world.value(book, id=paper.id) == "keputusan_sekda"
