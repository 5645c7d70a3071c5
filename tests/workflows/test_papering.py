"""A cycle's papers: drafted from what it holds, readable and submittable, one of each kind, linked, compared again."""

from collections.abc import Callable
from typing import Any

import pytest

from governance.assessment import cycles
from governance.assessment.course import CycleRole, Part, Stage
from governance.assessment.paper_facts import facts_of, papers_of
from governance.assessment.papers import CONSENT, KINDS, MINUTES, REPORT, Changed, changed_since, fields_of
from governance.documents import drafting as composing
from governance.documents import fields as field_rules
from governance.documents import queries
from governance.documents.reading import read_document
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from tests.cycles import cycle_of, seat, share
from tests.workbooks import changed, downloaded, read
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import approval, drafting, importing, papering
from workflows.drafting import NewDocument


@pytest.fixture
def cycle_id(world: World) -> int:
    """An evaluation of 2025 in which every item is rated 3, but item 2 with 2 though 4 was proposed."""
    made = cycle_of(world)
    for role, someone in ((CycleRole.DATA_ENTRY, world.diskominfo), (CycleRole.ASSESSOR, world.diskominfo)):
        seat(world, made, role, someone)
    seat(world, made, CycleRole.ANSWERABLE, world.inspektorat)
    share(world, made, {str(one): world.diskominfo for one in range(1, 47)} | {"47": world.dinkes})
    share(world, made, {"1": world.dinkes}, Part.CONTRIBUTOR)
    return rated(
        world,
        made,
        {f"Nilai!E{row}": 3 for row in range(2, 49)}
        | {"Nilai!E3": 2, "Nilai!C3": 4, "Nilai!F3": "Tanpa bukti tingkat 3"},
    )


def rated(world: World, cycle_id: int, cells: dict[str, Any]) -> int:
    table = read(world, cycle_id, changed(downloaded(world, cycle_id), cells))
    importing.confirm(table, by=world.diskominfo.actor, now=NOW)
    return cycle_id


def drafted(world: World, cycle_id: int, kind: str) -> int:
    return papering.draft_paper(cycle_id, kind, by=world.diskominfo.actor, now=NOW, library=world.library)


def fields_in(world: World, document_id: int) -> dict[str, Any]:
    db.session.rollback()
    seen = Paper(document_id, world.diskominfo, world)
    return dict(queries.working_copy(seen.author.actor, document_id).fields)


def differing(world: World, cycle_id: int, kind: str) -> list[Changed]:
    db.session.rollback()
    actor = world.diskominfo.actor
    seen, facts = cycles.seen(cycle_id, actor), facts_of(actor.institution_id, cycle_id)
    ground = papering.ground_of(seen, facts, by=actor, now=NOW, library=world.library)
    asked = world.library.kind(kind)
    began = papers_of(actor, cycle_id)[kind].began or {}
    return changed_since(asked, began, fields_of(asked, facts, ground))


def test_the_report_says_what_the_cycle_holds(world: World, cycle_id: int) -> None:
    fields = fields_in(world, drafted(world, cycle_id, REPORT))
    assert fields["counted"].startswith("47 (empat puluh tujuh) butir")
    assert [row["score"] for row in fields["scores"]][:3] == ["3", "2", "3"]
    assert len(fields["scores"]) == 47
    own = next(row for row in fields["summary"] if "penilaian mandiri" in row["what"])
    assert own["score"] == "2,99"  # item 2 weighs 1.3 %: 3 - 0.013 = 2.987, rounded half up
    assert "eksak 2987/1000" in own["note"]
    proposed = next(row for row in fields["summary"] if "usulan responden" in row["what"])
    assert (proposed["score"], proposed["note"][:22]) == ("", "46 butir belum dinilai")
    assert {"office": "Dinas Kesehatan", "part": "penanggung jawab butir 47; kontributor butir 1"} in [
        row | {"office": "Dinas Kesehatan"} for row in fields["participants"] if "47" in row["part"]
    ]
    assert any("butir 2 (4 menjadi 2)" in note for note in fields["notes"])
    assert fields["year"] == 2025


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_of_a_cycle_can_be_printed_read_back_and_submitted(world: World, cycle_id: int, kind: str) -> None:
    document_id = drafted(world, cycle_id, kind)
    fields, asked = fields_in(world, document_id), world.library.kind(kind)
    facts, law = world.serang.facts, world.library.law
    assert not field_rules.problems(asked, fields, institution=facts, complete=True, law=law)
    text = composing.compose(asked, fields, institution=facts, law=law, on=TODAY)
    data, _template = world.library.render(world.serang.id, kind, text)
    found = read_document(data).parts
    assert [cells for part in found for cells in part.rows] == [cells for part in text.parts for cells in part.rows]
    assert [item for part in found for item in part.items] == [item for part in text.parts for item in part.items]
    paper = Paper(document_id, world.diskominfo, world)
    approval.submit(paper.asked(), by=world.diskominfo.actor, now=NOW, library=world.library)


def test_last_years_cycle_keeps_its_own_instrument_in_the_report(world: World, cycle_id: int) -> None:
    fields = fields_in(world, drafted(world, cycle_id, REPORT))
    kind = world.library.kind(REPORT)
    text = composing.compose(kind, fields, institution=world.serang.facts, law=world.library.law, on=TODAY)
    (scores,) = [part for part in text.parts if "Indikator" in part.header[1:2]]
    assert len(scores.rows) == 47
    assert "47 (empat puluh tujuh) butir" in scores.intro


def test_the_minutes_name_who_signs_and_the_consent_the_value(world: World, cycle_id: int) -> None:
    minutes = fields_in(world, drafted(world, cycle_id, MINUTES))
    assert minutes["signers"][0]["office"].startswith("Penanggung Jawab Tim Asesor Internal (")
    assert [row["name"] for row in minutes["signers"]] == [
        "Pejabat inspektorat",
        "Pejabat diskominfo",
        "Pejabat diskominfo",
    ]
    consent = fields_in(world, drafted(world, cycle_id, CONSENT))
    assert consent["self_assessed"].startswith("2,99 menurut ")


def test_a_cycle_with_gaps_has_no_index_in_its_papers(world: World) -> None:
    cycle_id = cycle_of(world)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.diskominfo)
    rated(world, cycle_id, {"Nilai!E2": 3})
    summary = fields_in(world, drafted(world, cycle_id, MINUTES))["summary"]
    assert summary[0]["score"] == ""
    assert "46 butir belum dinilai; rentang 1," in summary[0]["note"]
    assert "self_assessed" not in {
        key for key, value in fields_in(world, drafted(world, cycle_id, CONSENT)).items() if value
    }


def test_what_changed_since_the_draft_is_told_with_what(world: World, cycle_id: int) -> None:
    drafted(world, cycle_id, REPORT)
    assert differing(world, cycle_id, REPORT) == []
    rated(world, cycle_id, {"Nilai!E4": 4})
    told = {one.label: one.rows for one in differing(world, cycle_id, REPORT)}
    (row,) = told["Nilai per indikator"]
    assert row[0].startswith("3. ")
    assert row[1:] == ("3", "4")
    assert "Ringkasan nilai" in told


def test_a_cycle_has_one_paper_of_each_kind_until_it_is_withdrawn(world: World, cycle_id: int) -> None:
    first = drafted(world, cycle_id, REPORT)
    before = world.everything()
    with pytest.raises(Refusal, match=r"paper\.there"):
        drafted(world, cycle_id, REPORT)
    assert world.everything() == before
    paper = Paper(first, world.diskominfo, world)
    approval.withdraw(paper.asked("Keliru"), by=world.diskominfo.actor, now=NOW)
    second = drafted(world, cycle_id, REPORT)
    assert world.rows("SELECT document_id FROM cycle_paper") == [(second,)]


def test_a_paper_drafted_elsewhere_is_linked(world: World, make: Maker, cycle_id: int) -> None:
    by, library = world.diskominfo.actor, world.library
    elsewhere = drafting.open_document(NewDocument(MINUTES, 2025), by=by, now=NOW, library=library)
    papering.link_paper(cycle_id, elsewhere, by=by, now=NOW, library=library)
    assert world.rows("SELECT kind, document_id FROM cycle_paper") == [(MINUTES, elsewhere)]
    with pytest.raises(Invalid, match="invalid"):
        papering.link_paper(cycle_id, make.document().id, by=by, now=NOW, library=library)
    assert differing(world, cycle_id, MINUTES) == []


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda world, cycle: papering.draft_paper(cycle, REPORT, **given(world, "sekda")), NotAllowed),
        (lambda world, cycle: papering.draft_paper(cycle, "circular", **given(world, "diskominfo")), Invalid),
        (lambda world, cycle: papering.draft_paper(cycle + 9, REPORT, **given(world, "diskominfo")), NotFound),
        (lambda world, cycle: papering.link_paper(cycle, 999, **given(world, "diskominfo")), NotFound),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    world: World, cycle_id: int, act: Callable[[World, int], Any], refusal: type[Refusal]
) -> None:
    before = world.everything()
    with pytest.raises(refusal):
        act(world, cycle_id)
    assert world.everything() == before


def given(world: World, office: str) -> dict[str, Any]:
    return {"by": world.serang.people[office].actor, "now": NOW, "library": world.library}


def test_the_day_of_handing_on_is_the_day_of_the_minutes(world: World, cycle_id: int) -> None:
    world.change(
        "INSERT INTO cycle_step (institution_id, cycle_id, move, words, by_title, at)"
        " SELECT institution_id, id, 'report', '', 'Kepala', '2026-11-19 18:30:00+00:00' FROM cycle WHERE id = :id",
        id=cycle_id,
    )
    minutes = fields_in(world, drafted(world, cycle_id, MINUTES))
    assert (minutes["weekday"], minutes["held_on"]) == ("Jumat", "2026-11-20")  # 01.30 WIB of the day after


def test_closed_cycles_take_no_paper(world: World, cycle_id: int) -> None:
    world.change(
        "UPDATE cycle SET stage = 'closed', frozen_sha256 = :sha, closed_at = made_at WHERE id = :id",
        sha="0" * 64,
        id=cycle_id,
    )
    with pytest.raises(Refusal, match=r"cycle\.closed"):
        drafted(world, cycle_id, REPORT)
    assert Stage.CLOSED is cycles.seen(cycle_id, world.diskominfo.actor).stage
