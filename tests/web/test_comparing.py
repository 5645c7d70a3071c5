"""The page of comparison: who sees it sees the document, what it shows by default, and what it hands over."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest

from governance.documents.lifecycle import State
from tests.governance.documents import samples
from tests.governance.documents.tracked import Tracked, texts
from tests.web.reader import Reader
from tests.world import NOW, Maker, Paper, Someone, World
from workflows import approval, jobs

Sit = Callable[[Someone], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def paper(world: World, make: Maker) -> Paper:
    """Three revisions: the budget says Satu, Dua, Tiga."""
    made = make.document(State.IN_REVIEW, budget="Anggaran Satu")
    make.revise(made, budget="Anggaran Dua")
    make.revise(made, budget="Anggaran Tiga")
    jobs.run_due(now=NOW, library=world.library)
    return made


def place(paper: Paper, rest: str = "") -> str:
    return f"/documents/{paper.id}/compare{rest}"


def marks(page: str) -> tuple[set[str], set[str]]:
    """What the page strikes out, and what it underlines as new."""
    return set(re.findall(r"<del>([^<]*)</del>", page)), set(re.findall(r"<ins>([^<]*)</ins>", page))


def test_the_last_two_revisions_are_compared_for_one_who_has_not_decided(sit: Sit, world: World, paper: Paper) -> None:
    assert marks(sit(world.sekda).get(place(paper)).text) == ({"Dua"}, {"Tiga"})


def test_one_who_decided_sees_what_changed_since_then(sit: Sit, world: World, make: Maker) -> None:
    made = make.document(State.IN_REVIEW, budget="Anggaran Satu")
    make.revise(made, budget="Anggaran Dua")  # Bagian Hukum returned revision 1 ...
    make.initial(made, "diskominfo")
    corrected = samples.changed(made.file, samples.DOCUMENT, "Anggaran Dua", "Anggaran Tiga", 1)
    approval.correct(made.asked(), corrected, by=world.hukum.actor, now=NOW, library=world.library)  # ... and made 3.
    assert marks(sit(world.hukum).get(place(made)).text) == ({"Satu"}, {"Tiga"})
    assert marks(sit(world.diskominfo).get(place(made)).text) == ({"Dua"}, {"Tiga"}), "who initialled revision 2"


def test_any_two_revisions_are_compared_by_address(sit: Sit, world: World, paper: Paper) -> None:
    reader = sit(world.diskominfo)
    assert marks(reader.get(place(paper, "?from=1&to=3")).text) == ({"Satu"}, {"Tiga"})
    assert marks(reader.get(place(paper, "?from=3&to=1")).text) == ({"Tiga"}, {"Satu"})
    assert marks(reader.get(place(paper, "?from=2&to=2")).text) == (set(), set())


@pytest.mark.parametrize("query", ["?from=9", "?to=0", "?from=x", "?from=-1&to=2", "?from=1%00", "?to=²"])
def test_a_revision_that_is_not_there_is_not_found(sit: Sit, world: World, paper: Paper, query: str) -> None:
    assert sit(world.diskominfo).get(place(paper, query)).status_code == 404
    assert sit(world.diskominfo).get(place(paper, f"/file{query}")).status_code == 404


@pytest.mark.parametrize(
    ("view", "shape"), [("side", "is-side"), ("inline", "is-inline"), ("", "is-auto"), ("x", "is-auto")]
)
def test_the_view_is_chosen_by_address(sit: Sit, world: World, paper: Paper, view: str, shape: str) -> None:
    assert f'class="m-cmp {shape}"' in sit(world.diskominfo).get(place(paper, f"?view={view}")).text


def test_who_may_not_see_the_document_sees_no_comparison(sit: Sit, world: World, paper: Paper) -> None:
    for someone in (world.dinkes, world.kota.diskominfo, world.provinsi.sekda):
        for rest in ("", "/file", "?from=1&to=2"):
            assert sit(someone).get(place(paper, rest)).status_code == 404


def test_the_word_file_holds_both_revisions(sit: Sit, world: World, paper: Paper) -> None:
    answer = sit(world.sekda).get(place(paper, "/file?from=1&to=3"))
    assert "r1-r3-terlacak.docx" in answer.headers["Content-Disposition"]
    made = Tracked(answer.data)
    hashes = dict(world.rows("SELECT number, sha256 FROM revision WHERE document_id = :id", id=paper.id))
    old, new = (Tracked(world.library.files.read(hashes[number])).plain() for number in (1, 3))
    assert texts(made.accepted()) == texts(new)
    assert texts(made.rejected()) == texts(old)


def test_an_uploaded_file_is_compared_and_not_kept(sit: Sit, world: World, paper: Paper) -> None:
    reader = sit(world.diskominfo)
    file = samples.changed(paper.file, samples.DOCUMENT, "Anggaran Tiga", "Anggaran Empat", 1)
    before = world.everything()
    form = {"csrf_token": reader.token(place(paper)), "file": (BytesIO(file), "naskah.docx")}
    answer = reader.post(place(paper), form)
    assert answer.status_code == 200
    assert marks(answer.text) == ({"Tiga"}, {"Empat"})
    assert world.everything() == before


@pytest.mark.parametrize("sent", [b"", b"MZ bukan naskah", b"PK\3\4"])
def test_a_wrong_upload_is_refused_with_what_to_do(sit: Sit, world: World, paper: Paper, sent: bytes) -> None:
    reader = sit(world.diskominfo)
    answer = reader.post(place(paper), {"csrf_token": reader.token(place(paper)), "file": (BytesIO(sent), "a.docx")})
    assert answer.status_code == 422
    assert "<main" in answer.text


def test_the_margins_are_shown_where_they_differ(sit: Sit, world: World, make: Maker) -> None:
    made = make.document(State.IN_REVIEW)
    make.initial(made, "diskominfo")
    heading = "<w:r><w:t>Salinan</w:t></w:r></w:p>"
    corrected = samples.changed(made.file, "word/header1.xml", "</w:p>", heading, 1)
    approval.correct(made.asked(), corrected, by=world.hukum.actor, now=NOW, library=world.library)
    page = sit(world.diskominfo).get(place(made)).text
    assert "Kepala, kaki halaman, dan catatan" in page
    assert any("Salinan" in text for text in marks(page)[1])
    make.initial(made, "diskominfo")
    body = samples.changed(made.file, samples.DOCUMENT, "KESATU", "KESATU lagi", 1)
    approval.correct(made.asked(), body, by=world.hukum.actor, now=NOW, library=world.library)
    assert "Kepala, kaki halaman, dan catatan" not in sit(world.diskominfo).get(place(made)).text


def test_a_document_with_one_revision_or_none_says_so(sit: Sit, world: World, make: Maker) -> None:
    reader = sit(world.diskominfo)
    assert "Belum ada revisi." in reader.get(place(make.document())).text
    once = make.document(State.IN_REVIEW)
    assert "Baru ada satu revisi." in reader.get(place(once)).text
    assert "/compare" not in reader.get(f"/documents/{once.id}").text
    assert reader.get(place(make.document(), "/file")).status_code == 404


def test_document_and_decision_lead_to_the_comparison(sit: Sit, world: World, make: Maker, paper: Paper) -> None:
    make.initial(paper, "diskominfo")
    reader = sit(world.hukum)
    for page in ("", "/decide"):
        assert f'href="{place(paper)}"' in reader.get(f"/documents/{paper.id}{page}").text, page


def test_text_of_the_file_is_shown_as_text(sit: Sit, world: World, make: Maker) -> None:
    made = make.document(State.IN_REVIEW)
    make.revise(made, budget="<script>alert(1)</script>")
    page = sit(world.diskominfo).get(place(made)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
