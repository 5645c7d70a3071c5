"""The form check inside the verbs: an error refuses a submission, the rest is counted in the trail."""

from datetime import date

import pytest

from governance.documents.lifecycle import State
from governance.kernel.errors import Invalid
from tests.governance.documents.samples import DOCUMENT, changed
from tests.world import NOW, Maker, World
from workflows import approval


def last_line(world: World, what: str) -> str:
    """The newest line of the trail that says so, as it is kept."""
    lines = [
        text
        for (text,) in world.rows("SELECT text FROM trail_line ORDER BY institution_id, number")
        if f'"what":"{what}"' in text
    ]
    return lines[-1]


def test_an_error_of_the_form_refuses_the_submission_and_names_its_place(world: World, make: Maker) -> None:
    paper = make.document(title="Pembentukan Tim Koordinasi Pemerintah Digital APBD Tahun 2026")
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        make.submit(paper)
    (problem,) = refusal.value.problems
    assert (problem.place, problem.key) == ("Judul", "form.title.abbreviation")
    assert problem.params == {"abbreviation": "APBD", "anchor": "judul"}
    assert world.everything() == before


def test_warnings_and_notes_go_along_and_are_counted_in_the_trail(world: World, make: Maker) -> None:
    make.submit(make.document(budget="anggaran daerah Tahun Anggaran 2019"))
    line = last_line(world, "document.submitted")
    assert '"checked":true' in line
    assert '"error":0' in line
    assert '"warning":1' in line


def test_a_correction_is_judged_and_counted_and_never_refused(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    data = changed(paper.file, DOCUMENT, "MEMUTUSKAN:", "M E M U T U S K A N :", 1)
    approval.correct(paper.asked("Koreksi"), data, by=world.hukum.actor, now=NOW, library=world.library)
    line = last_line(world, "document.form_corrected")
    assert '"error":1' in line
    assert paper.state is State.IN_REVIEW
    assert paper.as_seen().waiting_for == ("hukum",), "only its form was corrected: the initial given still counts"


def test_the_law_of_the_planned_day_judges(world: World, make: Maker) -> None:
    members = [{"role": "pengarah", "post": "bupati"}, {"role": "ketua", "post": "asda1"},
               {"role": "sekretaris", "post": "diskominfo"}, {"role": "anggota", "post": "bappeda"}]  # fmt: skip
    early = {"dated": "2024-09-03", "effective_from": None, "effective_to": "2026-12-31"}
    make.submit(make.document(members=members, **early))
    with pytest.raises(Invalid) as refusal:
        make.submit(make.document(members=members, dated="2026-11-22"))
    assert [problem.key for problem in refusal.value.problems] == ["form.team.chair"]
    assert date(2024, 9, 3) < NOW.date()
