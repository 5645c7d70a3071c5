"""The form check on the pages and over the API: what is found, where it leads, and who may see it."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest

from governance.documents.lifecycle import State
from tests.governance.documents.samples import DOCUMENT, changed
from tests.web.reader import Reader
from tests.world import Api, Maker, Paper, Someone, World

Sit = Callable[[Someone | None], Reader]
ApiOf = Callable[[Someone | None], Api]
WRONG_TITLE = "Pembentukan Tim Koordinasi Pemerintah Digital APBD Tahun 2026"


@pytest.fixture
def sit(world: World) -> Sit:
    """`sit(world.sekda)`: that person, signed in."""
    return lambda someone: Reader(world.app, someone)


def corrected(world: World, make: Maker, sit: Sit) -> Paper:
    """A document whose corrected file, put in place by Bagian Hukum, has an error."""
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    hukum = sit(world.hukum)
    data = changed(paper.file, DOCUMENT, "MEMUTUSKAN:", "M E M U T U S K A N :", 1)
    form = {"csrf_token": hukum.token(), "seen": paper.seen, "file": (BytesIO(data), "koreksi.docx"), "note": "Koreksi"}
    answer = hukum.post(f"/documents/{paper.id}/revision", form)
    assert answer.status_code == 303
    assert "1 kesalahan pada naskah koreksi" in hukum.get(answer.location).text
    return paper


def test_a_draft_shows_what_is_found_with_a_link_to_its_place(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(title=WRONG_TITLE)
    page = sit(world.diskominfo).get(f"/documents/{paper.id}/draft").text
    part = page[page.index('id="pemeriksaan"') :]
    first = part[: part.index("</li>")]
    assert "Salah:" in first
    assert 'href="#judul"' in first
    assert "APBD" in first
    assert "UU 12/2011 Lampiran II angka 5" in first


def test_every_link_of_a_finding_leads_to_a_place_on_the_page(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(title=WRONG_TITLE, considerations=["layanan dipandang perlu."], budget="APBD ....... 2019")
    page = sit(world.diskominfo).get(f"/documents/{paper.id}/draft").text
    part = page[page.index('id="pemeriksaan"') :]
    links = re.findall(r'href="#([^"]+)" lang="id"', part[: part.index("</section>")])
    assert len(links) >= 4
    assert [link for link in links if f'id="{link}"' not in page] == []


def test_a_submission_with_an_error_is_refused_on_the_page_and_names_the_place(
    world: World, make: Maker, sit: Sit
) -> None:
    paper = make.document(title=WRONG_TITLE)
    author = sit(world.diskominfo)
    form = {"csrf_token": author.token(), "seen": paper.seen, "move": "submit"}
    answer = author.post(f"/documents/{paper.id}/move", form)
    assert answer.status_code == 422
    summary = answer.text[answer.text.index('id="h-salah"') :]
    assert '<a href="#judul">Salah, Judul: Judul memakai singkatan APBD.' in summary
    assert paper.state is State.DRAFT


def test_who_decides_sees_what_is_found_in_the_very_file(world: World, make: Maker, sit: Sit) -> None:
    paper = corrected(world, make, sit)
    page = sit(world.sekda).get(f"/documents/{paper.id}/decide").text
    part = page[page.index('id="h-bentuk"') :]
    assert 'Salah:</b> <a href="#menetapkan" lang="id">MEMUTUSKAN</a>' in part[: part.index("</section>")]


def test_the_trail_says_how_much_was_found(world: World, make: Maker, sit: Sit) -> None:
    paper = corrected(world, make, sit)
    trail = sit(world.hukum).get(f"/documents/{paper.id}/trail").text
    assert "pemeriksaan bentuk: 1 kesalahan" in trail
    assert "mengajukan; pemeriksaan bentuk: 0 peringatan" in trail


def test_the_api_gives_the_findings_of_a_draft_and_of_a_file(world: World, make: Maker, sit: Sit, api: ApiOf) -> None:
    draft, paper = make.document(title=WRONG_TITLE), corrected(world, make, sit)
    asked = [api(world.diskominfo)("GET", f"/documents/{one.id}/findings").json or {} for one in (draft, paper)]
    firsts = [answer["items"][0] for answer in asked]
    assert [set(one) for one in firsts] == [{"rule", "severity", "place", "message", "source"}] * 2
    assert [(one["rule"], one["severity"]) for one in firsts] == [
        ("title.abbreviation", "error"),
        ("decided.form", "error"),
    ]


def test_a_refused_submission_over_the_api_names_place_and_what_to_do(world: World, make: Maker, api: ApiOf) -> None:
    answer = api(world.diskominfo).move(make.document(title=WRONG_TITLE), "submit")
    assert answer.status_code == 422
    (problem,) = (answer.json or {})["problems"]
    assert problem["place"] == "Judul"
    assert "APBD" in str(problem)


def test_findings_are_for_those_who_may_see_the_document(world: World, make: Maker, api: ApiOf) -> None:
    paper = make.document()
    assert api(world.kota.sekda)("GET", f"/documents/{paper.id}/findings").status_code == 404
    assert api(world.dinkes)("GET", f"/documents/{paper.id}/findings").status_code == 404
    assert api(None)("GET", f"/documents/{paper.id}/findings").status_code == 401


@pytest.mark.parametrize("state", State)
def test_findings_of_a_document_in_every_state_answer(world: World, make: Maker, api: ApiOf, state: State) -> None:
    answer = api(world.diskominfo)("GET", f"/documents/{make.document(state).id}/findings")
    assert answer.status_code == 200
    errors = {one["rule"] for one in (answer.json or {})["items"] if one["severity"] == "error"}
    assert errors == ({"bases.incomplete"} if state is State.ENACTED else set())  # what still reads "lengkapi"
