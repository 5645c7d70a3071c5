"""Promulgation: by the Sekda, once, in Berita Daerah with its own number; a Peraturan binds from then."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.documents.reading import read_document
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.people.manners import Manner
from tests import peraturan
from tests.governance.documents.samples import members_of
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import appointing, promulgation
from workflows.appointing import NewHolding
from workflows.promulgation import Promulgated

SIGNED = TODAY - timedelta(3)


def promulgations(world: World) -> list[Any]:
    told = "SELECT promulgated_on, gazette_number, in_force_from, sha256 FROM promulgation ORDER BY id"
    return world.rows(told)


def days(row: Any) -> tuple[str, str]:
    """The day of promulgation and the day from which it binds."""
    return str(row[0]), str(row[2])


def test_until_its_promulgation_a_peraturan_waits_for_the_sekda(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make)
    assert paper.as_seen(world.sekda).waiting_for == ("sekda",)
    assert "document.asked_promulgate" in world.inbox(world.sekda)
    act = paper.as_seen().act
    assert act is not None
    assert act.promulgated_on is None


def test_a_promulgated_peraturan_binds_from_that_day_and_everyone_is_told(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make, signed_on=SIGNED)
    peraturan.promulgated(paper)
    (row,) = promulgations(world)
    assert days(row) == (TODAY.isoformat(), TODAY.isoformat())
    assert row[1] == "2026 NOMOR 1"
    act = paper.as_seen().act
    assert act is not None
    assert (act.gazette, act.promulgated_on, act.in_force_from) == ("2026 NOMOR 1", TODAY, TODAY)
    assert paper.as_seen().waiting_for == ()
    for office in (world.diskominfo, world.hukum, world.asisten):
        assert "act.promulgated" in world.inbox(office)
    assert "2026 NOMOR 1" in world.trail()[-1]


def test_only_the_three_places_of_the_promulgation_change_in_the_sealed_file(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make)
    sealed = paper.file
    peraturan.promulgated(paper)
    made = world.library.files.read(promulgations(world)[0][3])
    before, after = members_of(sealed), members_of(made)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    then, now = read_document(sealed), read_document(made)
    assert {key for key in then.__dict__ if then.__dict__[key] != now.__dict__[key]} == {"promulgation"}
    assert now.promulgation is not None
    assert (now.promulgation.date, now.promulgation.gazette_number) == ("20 November 2026", "2026 NOMOR 1")
    assert now.promulgation.name == "PEJABAT SEKDA"
    assert (now.number, now.date) == ("1 TAHUN 2026", "20 November 2026")
    assert not re.search(rb"\.{6}", after["word/document.xml"]), "no blank is left"


def test_an_acting_sekda_stands_in_the_gazettes_block_in_his_manner(world: World, make: Maker) -> None:
    paper, days = peraturan.enacted(make, signed_on=SIGNED), {"from_on": TODAY, "to_on": TODAY + timedelta(3)}
    told = {"person_id": world.asisten.actor.person_id, "letter": "800/12/2026", **days}
    acting = NewHolding(world.sekda.actor.post_id or 0, Manner.PLH, **told)
    appointing.enter(acting, by=world.bkpsdm.actor, now=NOW, library=world.library)
    sealed = read_document(paper.file).promulgation
    peraturan.promulgated(paper)
    made = read_document(world.library.files.read(promulgations(world)[0][3])).promulgation
    assert sealed is not None
    assert made is not None
    assert (made.office, made.name) == (f"Plh. {sealed.office}", "PEJABAT ASISTEN")


def test_the_gazette_counts_without_a_gap_through_refusals_and_years(world: World, make: Maker) -> None:
    first, second, third = (peraturan.enacted(make, number, SIGNED) for number in (1, 2, 3))
    peraturan.promulgated(first, SIGNED)
    with pytest.raises(Invalid):
        peraturan.promulgated(second, TODAY + timedelta(1))
    peraturan.promulgated(third)
    peraturan.promulgated(second)
    assert [row[1] for row in promulgations(world)] == [f"2026 NOMOR {number}" for number in (1, 2, 3)]
    book = "SELECT n.number FROM number n JOIN series s ON s.id = n.series_id WHERE s.key = :key ORDER BY 1"
    numbers = world.rows(book, key="berita_daerah")
    assert [row[0] for row in numbers] == [1, 2, 3]


@pytest.mark.parametrize(
    ("on", "key"),
    [(TODAY + timedelta(1), "enact.future"), (SIGNED - timedelta(1), "promulgate.before_signing"),
     (date(1945, 8, 16), "promulgate.before_signing")],
)  # fmt: skip
def test_a_day_to_come_or_before_the_signature_is_refused(world: World, make: Maker, on: date, key: str) -> None:
    paper = peraturan.enacted(make, signed_on=SIGNED)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        peraturan.promulgated(paper, on)
    assert [(one.place, one.key) for one in refusal.value.problems] == [("promulgated_on", key)]
    assert world.everything() == before


def test_twice_the_same_changes_nothing_and_takes_no_number(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make)
    asked = Promulgated(paper.id, paper.seen, TODAY)
    for _ in range(2):
        promulgation.promulgate(asked, by=world.sekda.actor, now=NOW, library=world.library)
        told = world.everything()
    promulgation.promulgate(asked, by=world.sekda.actor, now=NOW, library=world.library)
    assert world.everything() == told
    assert len(promulgations(world)) == 1


def test_it_is_promulgated_once_also_when_another_day_is_asked_for(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make, signed_on=SIGNED)
    peraturan.promulgated(paper, SIGNED)
    before = world.everything()
    later = Promulgated(paper.id, paper.seen, TODAY)
    promulgation.promulgate(later, by=world.sekda.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_nobody_but_the_sekda_promulgates(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make)
    asked, before = Promulgated(paper.id, paper.seen, TODAY), world.everything()
    for someone in world.everyone:
        if someone is not world.sekda:
            with pytest.raises((NotAllowed, NotFound)):
                promulgation.promulgate(asked, by=someone.actor, now=NOW, library=world.library)
    with pytest.raises(NotFound):
        promulgation.promulgate(asked, by=world.kota.sekda.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_what_was_not_seen_as_it_stands_is_not_promulgated(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make)
    asked, before = Promulgated(paper.id, "dilihat dahulu", TODAY), world.everything()
    with pytest.raises(Stale):
        promulgation.promulgate(asked, by=world.sekda.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_decree_is_never_promulgated_nor_a_peraturan_before_its_enactment(world: World, make: Maker) -> None:
    papers: list[Paper] = [make.document(State.ENACTED), peraturan.waiting_at(make, len(peraturan.WAY))]
    before = world.everything()
    for paper in papers:
        with pytest.raises(Refusal):
            peraturan.promulgated(paper)
    assert world.everything() == before
